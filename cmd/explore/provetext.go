package main

import (
	"fmt"
	"strings"

	"finwait/properties/proof/smt"
)

// proveText writes the proof for people.
type proveText struct {
	a     *app
	quiet bool
	sum   *proveSum
	begun bool
}

func (t *proveText) printf(format string, args ...any) { fmt.Fprintf(t.a.out, format, args...) }

func (t *proveText) part(p *provedPart) {
	if t.quiet {
		return
	}
	defer t.a.out.Flush() //nolint:errcheck // the first error is kept
	if !t.begun {
		t.begun = true
		t.printf("%-24s %11s", "", "obligations")
		for _, s := range t.sum.solvers {
			t.printf("  %-16s", s.Name)
		}
		t.printf("\n")
	}
	t.printf("%-24s %11s", p.name, number(p.obligations))
	for i := range t.sum.solvers {
		word, style := "proved", green
		if n := p.open[i]; n > 0 {
			word, style = number(n)+" open", red
		}
		t.printf("  %s %6s", t.a.paint(style, fmt.Sprintf("%-9s", word)), seconds(p.took[i]))
	}
	t.printf("\n")
}

func (t *proveText) refuted(r *refutation) {
	if t.quiet {
		t.printf("%s %v: %s\n", t.a.paint(red, "open:"), r.open, r.open.Answer)
		return
	}
	defer t.a.out.Flush() //nolint:errcheck // the first error is kept
	t.printf("\n%s %s (%s)\n", t.a.paint(red, "open:"), r.open.String(), r.solver)
	switch {
	case r.open.Answer == smt.Unknown:
		t.printf("  the solver gave up\n\n")
		return
	case r.counter == nil:
		t.printf("  this is to be possible, and is not\n\n")
		return
	}
	t.printf("a counterexample to induction:\n\n%s\n", r.counter)
	switch s := &r.search; {
	case s.Run != nil:
		t.printf("a run of the machine comes to the first of these states:\n\n%s\n", s.Run.Ladder())
	case s.CutOff != "":
		t.printf("no run of the machine to the first of these states was found (%s, then the search was cut off)\n\n", count(s.States, "state"))
	default:
		t.printf("no run of the machine with these octets, one a segment, and two segments in flight comes to the first\nof these states (%s)\n\n", count(s.States, "state"))
	}
}

func (t *proveText) held(h *heldMachine) {
	switch {
	case h.Refused == nil:
		t.printf("the machine with %s: every edge of the small scenarios is one of the relation\n\n", h.bug)
	case t.quiet:
		t.printf("the machine with %s, in %s, after %s: %v\n", h.bug, h.scenario, count(h.After, "step"), h.Refused)
	default:
		t.printf("the machine with %s, in %s, after %s, does what the relation of RFC 9293 does not have\n(%v):\n\n%s\n",
			h.bug, h.scenario, count(h.After, "step"), h.Refused, h.Run.Ladder())
	}
}

func (t *proveText) end(s *proveSum) {
	var by []string
	for i := range s.solvers {
		by = append(by, fmt.Sprintf("%s (%s) in %s", s.solvers[i].Name, s.versions[i], seconds(s.took[i])))
	}
	verb := "proved by"
	if s.exitCode != exitOK {
		verb = "asked of"
	}
	t.printf("%s, %s %s\n", count(s.obligations, "obligation"), verb, strings.Join(by, " and "))
	if s.refuted > 0 {
		t.printf("%s\n", t.a.paint(red, count(s.refuted, "answer")+" not as expected: the invariant is not inductive"))
	}
	if s.unknown > 0 {
		t.printf("%s\n", t.a.paint(yellow, number(s.unknown)+" times a solver gave up"))
	}
	if s.cutOff != "" {
		t.printf("%s\n", t.a.paint(yellow, "not proved: "+s.cutOff))
	}
}
