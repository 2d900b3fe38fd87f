package proof

import (
	"context"
	"errors"
	"fmt"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// Held is what came of holding a system against the proof.
type Held struct {
	States int
	Edges  uint64
	// Refused tells what the relation, or the invariant, does not allow; nil if
	// it allows everything. After is how many steps the shortest run to it takes.
	Refused error
	After   int
	Run     *Run // to it
}

type view = checker.Pair[Followed]

// Hold explores a system, and holds every state of it against the invariant and
// every edge against the relation.
func Hold(ctx context.Context, b system.Bounds) (Held, error) {
	s, err := system.New(b)
	if err != nil {
		return Held{}, err
	}
	if b.Start == system.FromClosed || b.Reincarnates() || b.Inject > 0 || b.Crashing() || b.Timed.On() {
		return Held{}, errors.New("the proof begins in ESTABLISHED, and knows two endpoints, no third party, no crash, no clock and no second connection")
	}
	f, judges := Follower{System: s}, NewJudges()
	r, err := checker.CheckProduct(ctx, f, checker.ProductOptions[Followed, system.Action]{
		Terminal: func(v view) bool { return system.Terminal(&v.A.Side, &v.B.Side) },
	},
		checker.Always[system.Action]("the invariant", func(v view) bool { return f.InState(judges, v.A, v.B) == nil }),
		checker.AlwaysSideStep("the relation", func(h Half) bool { return f.InHalf(judges, &h) == nil }),
		checker.AlwaysStepWhen("the TIME-WAIT timeout",
			func(x checker.Step[view, system.Action]) bool { return x.Action.Kind == system.TimeWaitExpire },
			func(x checker.Step[view, system.Action]) bool {
				return f.whole(judges, x.Side, x.Action, x.From, x.To) == nil
			}),
	)
	if err != nil {
		return Held{}, err
	}
	h := Held{States: r.States, Edges: r.Transitions}
	if r.Truncated != "" {
		return h, errors.New("not all was explored: " + r.Truncated)
	}
	for i, o := range r.Results {
		if o.Verdict == checker.Inconclusive {
			return h, errors.New("not all was judged: " + o.Message)
		}
		if o.Verdict != checker.Violated || h.Refused != nil && len(o.Trace.Steps)-1 >= h.After {
			continue
		}
		h.Run = runOf(s, o.Trace)
		h.After = h.Run.Steps
		last := o.Trace.Steps[h.After]
		if i == 0 {
			h.Refused = f.InState(judges, last.State.A, last.State.B)
		} else {
			h.Refused = f.whole(judges, last.Side, last.Action, o.Trace.Steps[h.After-1].State, last.State)
		}
		if h.Refused == nil {
			return h, fmt.Errorf("%s is violated by a trace that does not show it", o.Name)
		}
	}
	return h, nil
}

// Covered lists the scenarios that the proof covers: they begin in ESTABLISHED,
// and nobody is there but two endpoints.
func Covered() []string {
	return []string{"close", "half-close", "simultaneous-close", "abort", "zero-window", "loss-free"}
}

// HoldBug holds the machine with an option against the proof, in one scenario
// after the other, at small bounds, until something is refused.
func HoldBug(ctx context.Context, name string) (scenario string, h Held, err error) {
	d, ok := model.Lookup(name)
	if !ok {
		return "", Held{}, errors.New("there is no option " + name)
	}
	for _, scenario := range Covered() {
		s, _ := system.LookupScenario(scenario)
		b := s.Small()
		if scenario == "loss-free" {
			b.Octets, b.InFlight = [2]int{1, 1}, 2
		}
		d.Set(&b.Options, true)
		if h, err = Hold(ctx, b); err != nil || h.Refused != nil {
			return scenario, h, err
		}
	}
	return "", h, nil
}

// whole judges a whole transition.
func (f Follower) whole(j *Judges, mover int, a system.Action, from, to view) error {
	before, after := [2]*Followed{from.A, from.B}, [2]*Followed{to.A, to.B}
	me, other := before[mover], before[1-mover]
	if a.Kind == system.TimeWaitExpire {
		return f.InTimeWait(j, me, other, after[mover])
	}
	mine := Half{Kind: checker.Local, Action: a, From: me, To: after[mover]}
	if a.Kind.Arrives() {
		mine.Kind = checker.Offer
	}
	its := Half{Kind: checker.Accept, Action: a, From: other, To: after[1-mover]}
	if !a.Kind.Arrives() {
		its.Kind = checker.Offer // nothing is asked of it
	}
	return errors.Join(f.InHalf(j, &mine), f.InHalf(j, &its))
}
