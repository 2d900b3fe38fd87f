package checker

// Successors lists the transitions that leave a state of a product, in canonical order. It asks the component and
// remembers nothing, so it serves random walks through systems that are too large to explore.
func Successors[S, A comparable](c Component[S, A], v Pair[S]) []TraceStep[Pair[S], A] {
	var list []TraceStep[Pair[S], A]
	for _, t := range (&product[S, A]{component: c}).next(v) {
		list = append(list, TraceStep[Pair[S], A]{t.side, t.action, t.to})
	}
	return list
}

// Breaks tells whether a step of a walk violates an Always, AlwaysStep or AlwaysSideStep of any form: whether it does
// so itself, or leads to a state that does. Of a witness, and of liveness, a single step says nothing.
func Breaks[S, A comparable](c Component[S, A], p Property[Pair[S], A], from Pair[S], step TraceStep[Pair[S], A]) bool {
	switch p.op {
	case always:
		return (p.when == nil || p.when(step.State)) && !p.claim(step.State)
	case alwaysStep:
		s := Step[Pair[S], A]{step.Side, step.Action, from, step.State}
		return (p.stepWhen == nil || p.stepWhen(s)) && !p.stepClaim(s)
	case alwaysSideStep:
		claim, ok := p.side.(sideClaim[S, A])
		if !ok {
			return false
		}
		for _, h := range halvesOf(c, from, step) {
			if (claim.when == nil || claim.when(h)) && !claim.claim(h) {
				return true
			}
		}
	}
	return false
}

// halvesOf finds the halves of a transition again.
func halvesOf[S, A comparable](c Component[S, A], from Pair[S], step TraceStep[Pair[S], A]) []SideStep[S, A] {
	before, after := [2]*S{from.A, from.B}, [2]*S{step.State.A, step.State.B}
	me, other := step.Side, 1-step.Side
	for _, m := range c.Moves(*before[me], nil) {
		if m.Next != *after[me] {
			continue
		}
		mine := SideStep[S, A]{m.Kind, m.Action, before[me], after[me]}
		switch m.Kind {
		case Local:
			if m.Action == step.Action && *before[other] == *after[other] {
				return []SideStep[S, A]{mine}
			}
		case Joint:
			if m.Action == step.Action {
				return []SideStep[S, A]{mine, {Joint, m.Action, before[other], after[other]}}
			}
		case Offer:
			for _, r := range c.Accept(*before[other], m.Action, nil) {
				if r.Action == step.Action && r.Next == *after[other] {
					return []SideStep[S, A]{mine, {Accept, r.Action, before[other], after[other]}}
				}
			}
		}
	}
	return nil
}
