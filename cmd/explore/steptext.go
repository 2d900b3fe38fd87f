package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"finwait/model"
)

// showAnswer is the answer for people.
func (a *app) showAnswer(x *answer) {
	machine := "RFC 9293"
	if names := x.options.Names(); len(names) > 0 {
		machine += " with " + strings.Join(names, ", ")
	}
	fmt.Fprintf(a.out, "%s: %s in %s\n\n", a.paint(bold, machine), x.happens(), x.before.State)
	row := func(head string, lines ...string) {
		for _, l := range lines {
			fmt.Fprintln(a.out, strings.TrimRight(fmt.Sprintf("  %-8s %s", head, l), " "))
			head = ""
		}
	}
	if x.panicked != "" {
		row("panics", a.paint(red, x.panicked))
		return
	}
	if path := x.path(); len(path) > 1 {
		row("state", a.paint(bold, strings.Join(path, " --> ")))
		for t := range x.fx.Took {
			row("", a.paint(faint, t.From.String()+": "+t.Trigger.String()))
		}
	} else {
		row("state", a.paint(bold, path[0])+" stays")
	}
	row("before", numbersText(&x.before))
	if x.after == x.before {
		row("after", "the same")
	} else {
		row("after", numbersText(&x.after))
	}
	silence := "nothing"
	if x.after.Is(model.ACKPending) {
		silence = "nothing yet: an ACK is owed, which the output ack sends"
	}
	row("sends", cmp.Or(x.sent(), silence))
	if told := x.told(); len(told) > 0 {
		row("user", told...)
	}
	row("reply", x.fx.Reply.String())
	if x.fx.Dropped {
		row("drops", "what the segment carries")
	}
	if s := timersText(x.fx.Started); s != "" {
		row("starts", s)
	}
	if s := timersText(x.fx.Stopped); s != "" {
		row("stops", s)
	}
	var clauses []string
	for c := range x.fx.Clauses.All {
		clauses = append(clauses, fmt.Sprintf("%-18s %s", c.Section(), c.Text()))
	}
	row("clauses", clauses...)
}

// numbersText is a TCB in a line.
func numbersText(c *model.TCB) string {
	j := tcbOf(c)
	if c.State == model.Closed {
		text := "no TCB"
		if n := c.Unread(); n > 0 {
			text += ", " + count(int(n), "octet") + " to read"
		}
		if c.Is(model.FINReceived) && !c.Is(model.EOFTold) {
			text += ", the end of the stream to read"
		}
		return text
	}
	words := []string{fmt.Sprintf("SND.UNA=%d SND.NXT=%d RCV.NXT=%d", j.SND.UNA, j.SND.NXT, j.RCV.NXT)}
	add := func(format string, args ...any) { words = append(words, fmt.Sprintf(format, args...)) }
	if n := c.Unsent(); n > 0 {
		add("unsent=%d", n)
	}
	if n := c.Unread(); n > 0 {
		add("unread=%d", n)
	}
	for _, h := range j.Held {
		add("held=%d-%d", h[0], h[1]-1)
	}
	if c.Is(model.FINHeld) {
		add("fin-held=%d", j.RCV.FIN)
	}
	if flags := slices.DeleteFunc(j.Flags, func(f string) bool { return f == "fin-held" }); len(flags) > 0 {
		add("%s", strings.Join(flags, ","))
	}
	return strings.Join(words, " ")
}

func timersText(t model.Timers) string {
	var list []string
	for i, name := range [...]string{"retransmission", "time-wait", "persist"} {
		if t&(1<<i) != 0 {
			list = append(list, name)
		}
	}
	return strings.Join(list, ", ")
}
