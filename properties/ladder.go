package properties

import (
	"fmt"
	"strings"

	"finwait/checker"
	"finwait/ladder"
	"finwait/model"
	"finwait/model/system"
)

// Ladder draws a run of the system: a row for each step, and one more for a
// segment that is sent in reply, and for what a user is told. The clauses come
// from the machine, asked again.
func Ladder(b *system.System, t *Trace) *ladder.Ladder {
	l := &ladder.Ladder{}
	first := t.Steps[0].State
	l.Add(ladder.Row{A: stateOf(first.A), B: stateOf(first.B)})
	now := 0
	for i := 1; i < len(t.Steps); i++ {
		mark := t.Loop != checker.NoLoop && i == t.Loop+1
		if n := ticksFrom(t, i); n > 0 {
			now += n
			addTicks(l, n, now, mark)
			i += n - 1
			continue
		}
		addStep(l, b, t.Steps[i-1].State, t.Steps[i], mark)
	}
	if t.Loop != checker.NoLoop {
		l.Loop = "and so on for ever"
		if t.Stutters() {
			l.Loop = "and nothing happens any more"
		}
	}
	return l
}

func stateOf(s *system.Side) string {
	if s.Broken {
		return "PANIC"
	}
	return s.State.String()
}

// ticksFrom counts the ticks that follow one another from step i on, up to
// where a loop begins: they share a row.
func ticksFrom(t *Trace, i int) (n int) {
	for i+n < len(t.Steps) && t.Steps[i+n].Action.Kind == system.Tick && (n == 0 || i+n != t.Loop+1) {
		n++
	}
	return n
}

// addTicks draws n ticks of the clock, which then shows now.
func addTicks(l *ladder.Ladder, n, now int, mark bool) {
	last := l.Rows[len(l.Rows)-1]
	row := ladder.Row{Action: system.Tick.String(), A: last.A, B: last.B, Text: fmt.Sprintf("time %d", now), Mark: mark}
	if n > 1 {
		row.Action += fmt.Sprintf(" ×%d", n)
	}
	l.Add(row)
}

func addStep(l *ladder.Ladder, b *system.System, before View, st checker.TraceStep[View, system.Action], mark bool) {
	a, role := st.Action, st.Side
	row := ladder.Row{
		Action: actionText(role, a), A: stateOf(st.State.A), B: stateOf(st.State.B), Mark: mark,
	}
	switch a.Kind {
	case system.Lose:
		row.Way, row.Text = way(role, ladder.LostFromA), b.SegmentString(role, a.Segment)
		l.Add(row)
		return
	case system.Inject:
		row.Action = "injected"
		row.Way, row.Text = way(role, ladder.FromA), b.SegmentString(role, a.Segment)
		l.Add(row)
		return
	}
	if !a.Kind.Asks() {
		l.Add(row)
		return
	}
	asked, who := before.A, role
	if a.Kind.Arrives() {
		row.Way, row.Text = way(role, ladder.ToB), b.SegmentString(role, a.Segment)
		who = 1 - role
	}
	if who == 1 {
		asked = before.B
	}
	list, _ := b.Happenings(*asked, a)
	if len(list) == 0 {
		l.Add(row) // the machine has panicked
		return
	}
	fx := list[0].Fx
	row.Clause = clauseText(fx.Clauses)
	sent := b.SegmentString(who, fx.Segment)
	if fx.Sends && !a.Kind.Arrives() {
		row.Way, row.Text = way(role, ladder.FromA), sent
	}
	l.Add(row)
	if fx.Sends && a.Kind.Arrives() {
		reply := ladder.Row{Action: "  " + side(who) + " replies", A: row.A, B: row.B, Way: way(who, ladder.FromA), Text: sent}
		if a.Kind == system.Overflow || a.Kind == system.DuplicateOverflow {
			reply.Way = way(who, ladder.LostFromA)
		}
		l.Add(reply)
	}
	if told := toldText(who, list); told != "" {
		l.Add(ladder.Row{A: row.A, B: row.B, Text: told})
	}
}

func side(role int) string { return string(rune('A' + role)) }

func way(role int, w ladder.Way) ladder.Way {
	if role == 1 {
		return w.Reverse()
	}
	return w
}

// actionText is what stands at the left: "A Transmit(1,FIN)", "B Deliver".
func actionText(role int, a system.Action) string { return side(role) + " " + a.String() }

// clauseText names the clause that decided.
func clauseText(c model.Clauses) string {
	last, ok := c.Last()
	if !ok {
		return ""
	}
	return ladder.Clause(last.Section())
}

// toldText is what the user learns in a step.
func toldText(who int, list []system.Happening) string {
	var words []string
	for i := range list {
		fx := &list[i].Fx
		if n := fx.Delivered.Len(); n > 0 {
			words = append(words, fmt.Sprintf("%d octet%s", n, plural(int(n))))
		}
		words = append(words, (fx.Notices & (model.ToldEOF | model.ToldReset | model.ToldRefused | model.ToldUserTimeout)).Strings()...)
	}
	if len(words) == 0 {
		return ""
	}
	return side(who) + "'s user: " + strings.Join(words, ", ")
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}
