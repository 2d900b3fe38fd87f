package checker

// HoldsIn evaluates an invariant in one state, outside any graph: for random
// walks beyond what can be explored. It reports whether the premise held, and
// whether the claim did. Properties of other kinds hold vacuously.
func (p Property[V, A]) HoldsIn(state V) (premise, holds bool) {
	if p.op != always {
		return false, true
	}
	premise, fails := p.atState(state)
	return premise, !fails
}

// HoldsFor evaluates a property of half-moves for one half-move, outside any
// graph, in the same way.
func HoldsFor[S, A any](p Property[Pair[S], A], half SideStep[S, A]) (premise, holds bool) {
	c, ok := p.side.(sideClaim[S, A])
	if !ok || p.op != alwaysSideStep || c.when != nil && !c.when(half) {
		return false, true
	}
	return true, c.claim(half)
}
