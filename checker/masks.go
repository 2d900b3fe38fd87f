package checker

// sideMask holds, by half-move, which of up to 64 claims apply to it, and which fail.
type sideMask struct{ applies, fails []uint64 }

// of are the masks of a transition: of both its halves.
func (m *sideMask) of(s *successor) (applies, fails uint64) {
	return m.applies[s.mover] | m.applies[s.other], m.fails[s.mover] | m.fails[s.other]
}

// sideMasks evaluates each claim once per half-move.
func (k *knowledge[S, A]) sideMasks(claims []any) sideMask {
	if len(claims) == 0 {
		return sideMask{}
	}
	typed := make([]sideClaim[S, A], len(claims))
	for i, c := range claims {
		var ok bool
		if typed[i], ok = c.(sideClaim[S, A]); !ok {
			panic("BUG: a claim about the half-moves of another component")
		}
	}
	m := sideMask{make([]uint64, len(k.halves)), make([]uint64, len(k.halves))}
	inChunks(k.workers, 1, len(k.values), chunkSize, func(_, _, lo, hi int) {
		var memo any
		for s := lo; s < hi; s++ {
			k.halvesOf(uint32(s), func(i uint32, step SideStep[S, A]) {
				memo, step.Memo = nil, &memo
				for bit, c := range typed {
					if c.when != nil && !c.when(step) {
						continue
					}
					m.applies[i] |= 1 << bit
					if !c.claim(step) {
						m.fails[i] |= 1 << bit
					}
				}
			})
		}
	})
	return m
}

// halvesOf calls do with each half-move that a side is known to make: its own, and its answers to offers.
func (k *knowledge[S, A]) halvesOf(s uint32, do func(i uint32, step SideStep[S, A])) {
	half := func(i, act uint32) {
		h := &k.halves[i]
		do(i, SideStep[S, A]{Kind: h.kind, Action: k.actions[act], From: &k.values[s], To: &k.values[h.next]})
	}
	for i := k.rows[s].first; i < k.rows[s].end; i++ {
		act := k.halves[i].act
		if k.halves[i].kind == Offer {
			act = k.offers[act]
		}
		half(i, act)
	}
	for _, i := range k.answers[s] {
		for more := i >= firstHalf; more; i++ {
			half(i, k.halves[i].act)
			more = k.halves[i].more
		}
	}
}
