package properties

import (
	"fmt"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// Transition is one step that a system can take: who moves, by which action,
// and where both sides are afterwards.
type Transition struct {
	Side   int
	Action system.Action
	To     [2]system.Side
	halves []Half // the mover's, and the other side's if it has a part in it
}

// Transitions lists the steps that lead out of a state, in canonical order.
// It is for walks; the checker has tables.
func Transitions(b *system.System, state *[2]system.Side) []Transition {
	var list []Transition
	from := *state // the halves keep it, whatever becomes of the caller's
	for side := range 2 {
		me, other := &from[side], &from[1-side]
		for _, m := range b.Moves(*me, nil) {
			if m.Need&^b.Facts(*other) == 0 {
				list = append(list, complete(b, side, me, other, m)...)
			}
		}
	}
	return list
}

// complete makes steps of a move that is enabled: one of a local move, and with
// an offer or a joint move one for each way in which the other side joins in.
func complete(b *system.System, side int, me, other *system.Side, m system.Move) []Transition {
	var list []Transition
	add := func(a system.Action, next system.Side, halves ...Half) {
		t := Transition{Side: side, Action: a, halves: halves}
		t.To[side], t.To[1-side] = m.Next, next
		list = append(list, t)
	}
	half := Half{Kind: m.Kind, Action: m.Action, From: me}
	switch m.Kind {
	case checker.Local:
		add(m.Action, *other, half)
	case checker.Offer:
		for _, a := range b.Accept(*other, m.Action, nil) {
			add(a.Action, a.Next, half, Half{Kind: checker.Accept, Action: a.Action, From: other})
		}
	case checker.Joint:
		if side == 1 {
			break // it is the step of side 0, too
		}
		for _, j := range b.Moves(*other, nil) {
			if j.Kind == checker.Joint && j.Action == m.Action && j.Need&^b.Facts(*me) == 0 {
				add(m.Action, j.Next, half, Half{Kind: checker.Joint, Action: j.Action, From: other})
			}
		}
	}
	return list
}

// Monitor watches the safety claims along a walk.
type Monitor struct {
	parts []part
}

type part struct {
	claim    Claim
	property Property
}

// NewMonitor watches the claims of a scenario that speak of states and steps.
func NewMonitor(b *system.System, scenario string) *Monitor {
	return MonitorOf(b, Judged(scenario))
}

// MonitorOf watches those of the claims that speak of states and steps.
func MonitorOf(b *system.System, claims []Claim) *Monitor {
	m := &Monitor{}
	for _, c := range claims {
		if c.Kind != Safety && c.Kind != Step {
			continue
		}
		for _, p := range c.Properties(b) {
			m.parts = append(m.parts, part{c, p})
		}
	}
	return m
}

// Step judges one step, and returns what it violates: the claim, in words, or
// an invariant of a TCB.
func (m *Monitor) Step(t *Transition) error {
	for i := range t.halves {
		h := t.halves[i]
		h.To = &t.To[t.Side]
		if i == 1 {
			h.To = &t.To[1-t.Side]
		}
		var memo any
		h.Memo = &memo
		for _, p := range m.parts {
			if _, ok := checker.HoldsFor(p.property, h); !ok {
				return fmt.Errorf("%s %s: %s", p.claim.Number, p.claim.Name, p.claim.Text)
			}
		}
	}
	v := View{A: &t.To[0], B: &t.To[1]}
	for _, p := range m.parts {
		if _, ok := p.property.HoldsIn(v); !ok {
			return fmt.Errorf("%s %s: %s", p.claim.Number, p.claim.Name, p.claim.Text)
		}
	}
	for _, s := range t.To {
		if err := s.Valid(); err != nil && !s.Broken {
			return err
		}
	}
	return nil
}

// Walk is a run that is made step by step. Its trace can be drawn.
type Walk struct {
	System *system.System
	State  [2]system.Side
	Trace  Trace
}

// NewWalk begins in the initial state of a system.
func NewWalk(b *system.System) *Walk {
	w := &Walk{System: b, Trace: Trace{Loop: checker.NoLoop}}
	b.Init(func(x, y system.Side) bool {
		w.State = [2]system.Side{x, y}
		return false
	})
	w.note(-1, system.Action{})
	return w
}

// Next lists the steps that can be taken.
func (w *Walk) Next() []Transition { return Transitions(w.System, &w.State) }

// Take takes a step.
func (w *Walk) Take(t *Transition) {
	w.State = t.To
	w.note(t.Side, t.Action)
}

func (w *Walk) note(side int, a system.Action) {
	x, y := w.State[0], w.State[1]
	w.Trace.Steps = append(w.Trace.Steps, checker.TraceStep[View, system.Action]{
		Side: side, Action: a, State: View{A: &x, B: &y},
	})
}

// Over reports whether both endpoints are CLOSED.
func (w *Walk) Over() bool {
	return w.State[0].State == model.Closed && w.State[1].State == model.Closed
}
