package proof

import (
	"context"
	"errors"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// Run is a run of the machine, and the system whose run it is.
type Run struct {
	System *system.System
	Trace  *properties.Trace
	Steps  int
}

// Ladder draws it.
func (r *Run) Ladder() string { return properties.Ladder(r.System, r.Trace).String() }

// Searched is how far a search for a run has come.
type Searched struct {
	Run    *Run // nil: none was found
	States int
	CutOff string // why not all was searched, or empty
}

// maxReach is how many states are searched for one that a counterexample begins with.
const maxReach = 200_000

// Reach looks for a run of the machine, with the bug if there is one, to the
// state with which the counterexample begins, with the segment that arrives in
// flight. The search is bounded: as many octets as the counterexample has, at
// most two, one a segment, and one segment in flight per direction, or two.
func (c *Counterexample) Reach(ctx context.Context, bugs []string) (Searched, error) {
	b := system.Bounds{MSS: 1, InFlight: 2, Loss: true, Dup: system.Unlimited, Start: system.FromEstablished}
	for i, v := range c.Before {
		b.Octets[i] = int(min(2, max(0, v.get("written"))))
		b.Aborts = b.Aborts || v.get("ended") == ByAbort
		b.ReceiveMoves = b.ReceiveMoves || v.get("read") != v.get("rcv")-v.get("fin-received") || v.get("told") != v.get("fin-received")
	}
	if err := plant(&b, bugs); err != nil {
		return Searched{}, err
	}
	s, err := system.New(b)
	if err != nil {
		return Searched{}, err
	}
	f := Follower{System: s}
	r, err := checker.CheckProduct(ctx, f, checker.ProductOptions[Followed, system.Action]{
		MaxStates: maxReach,
		Terminal:  func(view) bool { return true },
	}, checker.Sometimes[system.Action]("the state", func(v view) bool { return c.begins(v) }))
	if err != nil {
		return Searched{}, err
	}
	found := Searched{States: r.States, CutOff: r.Truncated}
	if o := r.Results[0]; o.Verdict == checker.Holds {
		found.Run = runOf(s, o.Trace)
	}
	return found, nil
}

// plant sets the options of the machine that are the bugs of the relation.
func plant(b *system.Bounds, bugs []string) error {
	for _, name := range bugs {
		if name == FreeTimeWait {
			b.TimeWait = system.TimeWaitFree
			continue
		}
		d, ok := model.Lookup(name)
		if !ok {
			return errors.New("there is no option " + name)
		}
		d.Set(&b.Options, true)
	}
	return nil
}

// begins reports whether the counterexample begins in this state.
func (c *Counterexample) begins(v view) bool {
	sides := [2]*Followed{v.A, v.B}
	for i, s := range sides {
		now := s.view()
		v := c.Before[i]
		for k, f := range fields {
			switch f.name {
			case "x-held", "x-buffered", "x-delivered": // the machine has numbers, and no octets
				continue
			case "fin-held-at":
				if v.get("fin-held") == 0 {
					continue
				}
			case "held-to":
				if now.HMax == 0 && v.get("held-to") <= v.get("rcv") {
					continue // nothing is held
				}
			}
			if f.value(&now, 0) != v[k].Value {
				return false
			}
		}
	}
	if c.Arrives == nil {
		return true
	}
	mover := c.Open.Part.Action.Mover
	from := sides[1-mover]
	for _, g := range from.InFlight() {
		if c.Arrives.Segment() == g.String() { // the initial sequence numbers are 0: numbers are relative
			return true
		}
	}
	return false
}

// runOf is the run of a system that was followed.
func runOf(s *system.System, t *checker.Trace[view, system.Action]) *Run {
	trace := &properties.Trace{Loop: t.Loop}
	for _, st := range t.Steps {
		trace.Steps = append(trace.Steps, checker.TraceStep[properties.View, system.Action]{
			Side: st.Side, Action: st.Action, State: properties.View{A: &st.State.A.Side, B: &st.State.B.Side},
		})
	}
	return &Run{s, trace, len(t.Steps) - 1}
}
