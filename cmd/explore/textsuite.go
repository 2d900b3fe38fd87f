package main

import (
	"fmt"
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

// unexercised lists the actions and arrows that no scenario took, with the reason.
func (t *textReport) unexercised(s *suite) {
	reasons := properties.Unpromised()
	var lines []string
	for k := range system.NumKinds {
		if s.tally[k.String()] == 0 {
			lines = append(lines, fmt.Sprintf("  %-44s %s", "action "+k.String(), k.Text()))
		}
	}
	for a := range model.Arrows {
		if s.tally[a.String()] == 0 {
			lines = append(lines, fmt.Sprintf("  %-52s %s", a, reasons[a]))
		}
	}
	if len(lines) > 0 {
		t.printf("%s\n%s\n\n", t.a.paint(bold, "Taken by no scenario"), strings.Join(lines, "\n"))
	}
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
		{exitSafety, "safety violated in %d"}, {exitLiveness, "liveness violated in %d"}, {exitDeadlock, "deadlock in %d"},
		{exitVacuous, "vacuous in %d"}, {exitInconclusive, "inconclusive in %d"},
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
