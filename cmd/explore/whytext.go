package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"finwait/properties"
	"finwait/properties/why"
)

// whyText writes the findings for people.
type whyText struct {
	a     *app
	quiet bool // a line per mechanism
	every bool // a run for every claim that falls, not the shortest alone
	part  why.Part
}

func (t *whyText) printf(format string, args ...any) { fmt.Fprintf(t.a.out, format, args...) }

func (t *whyText) begin(base []properties.Result) {
	if t.quiet {
		return
	}
	t.printf("%s\n", t.a.paint(bold, "the intact machine"))
	for i := range base {
		r := &base[i]
		t.printf("  %-20s %14s  %s\n", r.Scenario.Name, count(r.Figures.States, "state"), t.a.paint(faint, boundsText(r.Bounds)))
	}
	t.printf("\n")
	t.a.out.Flush() //nolint:errcheck // the first error is kept
}

func (t *whyText) finding(f *why.Finding) {
	defer t.a.out.Flush() //nolint:errcheck // the first error is kept
	style := red
	if f.Nothing() {
		style = green
	}
	if t.quiet {
		t.printf("%-36s  %s\n", f.Name, t.a.paint(style, t.shortly(f)))
		return
	}
	if f.Part != t.part {
		t.part = f.Part
		t.printf("%s\n\n", strings.ToUpper(string(f.Part)))
	}
	clause := ""
	if f.Clause != "" {
		clause = " [" + f.Clause + "]"
	}
	t.printf("%s%s\n%s\n%s\n", t.a.paint(bold, f.Name), clause, wrap(f.Text, "  ", columns),
		wrap("without it"+of(f.How())+": "+f.Without, "  ", columns))
	t.printf("  %s\n", t.a.paint(style, t.shortly(f)))
	t.details(f)
	t.runs(f)
	t.printf("\n")
}

// of puts a flag between parentheses, if there is one.
func of(flag string) string {
	if flag == "" {
		return ""
	}
	return " (" + flag + ")"
}

func (t *whyText) shortly(f *why.Finding) string {
	if len(f.Places) == 0 {
		return "it is not there to remove in any scenario that was asked for"
	}
	return f.Sum()
}

// details tells what falls where, and what is lost.
func (t *whyText) details(f *why.Finding) {
	for i := range f.Falls {
		c := &f.Falls[i].Claim
		t.hanging(fmt.Sprintf("  %-4s %-26s ", c.Number, c.Name), why.Where(f.Falls[i].Runs))
	}
	if len(f.Deadlocks) > 0 {
		t.hanging(fmt.Sprintf("  %-31s ", "deadlock"), why.Where(f.Deadlocks))
	}
	for i := range f.Lost {
		t.printf("%s\n", wrap(f.Lost[i].Says(), "  ", columns))
	}
	if len(f.Arrows) > 0 {
		t.printf("%s\n", wrap("never taken any more: "+strings.Join(f.Arrows, ", "), "  ", columns))
	}
	for _, p := range f.Places {
		if p.Doubt != "" {
			t.printf("%s\n", t.a.paint(yellow, wrap("cut off in "+p.Scenario+": "+p.Doubt, "  ", columns)))
		}
	}
}

// hanging writes a list behind a head, its further lines indented as far; what
// stands between two commas stays together.
func (t *whyText) hanging(head, list string) {
	const glue = "\x00"
	glued := strings.ReplaceAll(strings.ReplaceAll(list, " ", glue), ","+glue, ", ")
	body := strings.ReplaceAll(wrap(glued, strings.Repeat(" ", len(head)), columns), glue, " ")
	t.printf("%s%s\n", head, strings.TrimLeft(body, " "))
}

// runs draws the shortest run, or one for every claim that falls.
func (t *whyText) runs(f *why.Finding) {
	if claim, e := f.Shortest(); !t.every && e != nil {
		t.run(cmp.Or(strings.TrimSpace(claim.Number+" "+claim.Name), "a deadlock"), e, "the shortest run")
		return
	}
	drawn := map[string]string{}
	show := func(what string, e *why.Evidence) {
		ladder := e.Ladder()
		if as, ok := drawn[ladder]; ok {
			t.printf("\n  %s in %s, after %s: the run above, of %s\n", what, e.Scenario, e.After(), as)
			return
		}
		drawn[ladder] = what
		t.run(what, e, "shortest")
	}
	for i := range f.Falls {
		show(f.Falls[i].Claim.Number+" "+f.Falls[i].Claim.Name, &f.Falls[i].Runs[0])
	}
	if len(f.Deadlocks) > 0 {
		show("a deadlock", &f.Deadlocks[0])
	}
}

func (t *whyText) run(what string, e *why.Evidence, lead string) {
	t.printf("\n  %s in %s, after %s (%s):\n\n%s", what, e.Scenario, e.After(), lead, e.Ladder())
}

func (t *whyText) end(s *whySum) {
	nothing := 0
	for i := range s.done {
		if s.done[i].Nothing() {
			nothing++
		}
	}
	t.printf("%s, each removed alone: without %s something falls, without %s nothing does (%s)\n",
		count(len(s.done), "mechanism"), number(len(s.done)-nothing), number(nothing), seconds(time.Since(s.began)))
	if s.cutOff != "" {
		t.printf("%s\n", t.a.paint(yellow, wrap("cut off: "+s.cutOff, "", columns)))
	}
}

// listMechanisms lists them, and judges nothing.
func (a *app) listMechanisms(list []why.Mechanism, asJSON bool) {
	var part why.Part
	for i := range list {
		m := &list[i]
		if asJSON {
			a.out.line(whyEntryOf(m))
			continue
		}
		if m.Part != part {
			part = m.Part
			fmt.Fprintf(a.out, "%s\n", a.paint(bold, string(part)))
		}
		fmt.Fprintf(a.out, "  %-36s %s\n%s\n", m.Name, m.Clause, wrap(m.Text, "       ", columns))
		fmt.Fprintf(a.out, "%s\n", a.paint(faint, wrap("without it"+of(m.How())+": "+m.Without, "       ", columns)))
	}
}
