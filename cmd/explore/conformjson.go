package main

import (
	"finwait/conformance"
)

const conformSchema = `
With --json, lines have a "type": "case" (name, state, event, outcome; with a deviation also at:
the index of the input, inputs, seen, allowed: each with force, clause and readings, states,
looksLike; readings; reason), and last "result" (cases, a count per outcome, deviations, code).`

type conformAllowed struct {
	Reaction string   `json:"reaction"`
	Force    string   `json:"force"`
	Clause   string   `json:"clause"`
	Readings []string `json:"readings,omitempty"`
}

type conformLine struct {
	Type      string           `json:"type"`
	Name      string           `json:"name"`
	State     string           `json:"state"`
	Event     string           `json:"event"`
	Outcome   string           `json:"outcome"`
	Readings  []string         `json:"readings,omitempty"`
	Reason    string           `json:"reason,omitempty"`
	At        *int             `json:"at,omitempty"`
	Inputs    []string         `json:"inputs,omitempty"`
	Seen      string           `json:"seen,omitempty"`
	Allowed   []conformAllowed `json:"allowed,omitempty"`
	States    []string         `json:"states,omitempty"`
	LooksLike []string         `json:"looksLike,omitempty"`
}

// conformCase writes one case.
func (a *app) conformCase(r *conformance.Result) {
	l := conformLine{
		Type: "case", Name: r.Case.Name, State: r.Case.State.String(), Event: r.Case.Event,
		Outcome: r.Outcome.String(), Readings: r.Readings, Reason: r.Reason, LooksLike: r.LooksLike,
	}
	switch r.Outcome {
	case conformance.Deviation, conformance.Unreached:
		l.Seen = r.Got.String()
		fallthrough
	case conformance.Broken:
		l.At = &r.At
		for _, in := range r.Case.Inputs {
			l.Inputs = append(l.Inputs, in.String())
		}
	}
	for _, w := range r.Want {
		l.Allowed = append(l.Allowed, conformAllowed{w.String(), w.Force.String(), w.Clause.String(), w.Options})
	}
	for _, s := range r.States {
		l.States = append(l.States, s.String())
	}
	a.out.encode(l)
}

// conformResult writes the last line.
func (a *app) conformResult(r *conformance.Report, interrupted bool, code int) {
	l := map[string]any{
		"type": "result", "cases": r.Count.Total(), "deviations": len(r.Findings()), "interrupted": interrupted, "code": code,
	}
	for o, n := range r.Count {
		l[conformance.Outcome(o).String()] = n
	}
	a.out.line(l)
}
