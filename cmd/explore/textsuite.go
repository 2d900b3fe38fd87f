package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// suite closes the report: what never happened anywhere, and the verdict.
func (t *textReport) suite(s *suite) {
	if !t.quiet && len(s.done) == len(system.Scenarios()) {
		t.unexercised(s)
	}
	if list := s.notRun(); len(list) > 0 {
		t.printf("%s\n", t.a.paint(yellow, wrap(s.why+"; not run: "+strings.Join(list, ", "), "", columns)))
	}
	t.printf("%s\n", t.closing(s))
}

// unexercised lists the actions and arrows that no scenario took, by the reason.
func (t *textReport) unexercised(s *suite) {
	var actions []string
	for k := range system.NumKinds {
		if s.tally[k.String()] == 0 {
			actions = append(actions, k.String()+" ("+k.Text()+")")
		}
	}
	arrows := untaken(s.tally)
	if len(actions)+len(arrows) == 0 {
		return
	}
	t.printf("%s\n", t.a.paint(bold, "Taken by no scenario"))
	if len(actions) > 0 {
		t.printf("%s\n", wrap("actions: "+strings.Join(actions, ", "), "  ", columns))
	}
	for _, g := range arrows {
		t.printf("%s\n", t.a.paint(faint, wrap(g.reason, "  ", columns)))
		for _, a := range g.arrows {
			t.printf("%s\n", wrap(a.trigger+", from "+strings.Join(a.from, ", ")+" to "+a.to, "      ", columns))
		}
	}
	t.printf("\n")
}

// reasoned are arrows that nothing took, for the same reason.
type reasoned struct {
	reason string
	arrows []bundle
}

// bundle is arrows with the same label to the same box.
type bundle struct {
	trigger, to string
	from        []string
}

// untaken sorts the arrows that nothing took by their reasons.
func untaken(taken tally) []reasoned {
	var list []reasoned
	reasons := properties.Unpromised()
	for a := range model.Arrows {
		if taken[a.String()] > 0 {
			continue
		}
		reason := cmp.Or(reasons[a], "for no reason that is known:")
		i := slices.IndexFunc(list, func(r reasoned) bool { return r.reason == reason })
		if i < 0 {
			i = len(list)
			list = append(list, reasoned{reason: reason})
		}
		r := &list[i]
		j := slices.IndexFunc(r.arrows, func(b bundle) bool { return b.trigger == a.Trigger.String() && b.to == a.To.String() })
		if j < 0 {
			j = len(r.arrows)
			r.arrows = append(r.arrows, bundle{trigger: a.Trigger.String(), to: a.To.String()})
		}
		r.arrows[j].from = append(r.arrows[j].from, a.From.String())
	}
	return list
}

// closing is the last line.
func (t *textReport) closing(s *suite) string {
	head := fmt.Sprintf("%s, %s, %s, %s", count(len(s.done), "scenario"), count(s.states, "state"),
		count(s.transitions, "transition"), seconds(time.Since(s.began)))
	var parts []string
	for _, k := range [...]struct {
		code int
		text string
	}{
		{exitSafety, "safety violated in %d"},
		{exitLiveness, "liveness violated in %d"},
		{exitDeadlock, "deadlock in %d"},
		{exitVacuous, "vacuous in %d"},
		{exitInconclusive, "inconclusive in %d"},
	} {
		if n := s.verdicts[k.code]; n > 0 {
			parts = append(parts, fmt.Sprintf(k.text, n))
		}
	}
	switch {
	case len(parts) > 0:
		return head + ": " + t.a.paint(red, strings.Join(parts, ", "))
	case s.code != exitOK:
		return head + ": " + t.a.paint(yellow, "inconclusive")
	}
	return head + ": " + t.a.paint(green, "every claim holds")
}
