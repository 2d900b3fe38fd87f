package checker

// For P ~> Q a fair cycle without Q matters only if it can be reached from a state with P on a way without Q.

// predicate is a predicate over states, for one worker. If it has a projection, it is evaluated once for a pair of classes.
type predicate[S comparable] struct {
	holds      func(Pair[S]) bool
	rows, cols *classes[S]
	known      []byte // by pair of classes: 0 not yet, 1 no, 2 yes
}

// mostPairs is how many pairs of classes a predicate remembers at most.
const mostPairs = 1 << 26

// evaluator prepares a predicate for as many workers as there are.
func (m *matrixCheck[S, A]) evaluator(p *Property[Pair[S], A], holds func(Pair[S]) bool) []predicate[S] {
	list := make([]predicate[S], len(m.workers))
	list[0].holds = holds
	if of := m.projection(p); of != nil {
		rows, cols := sortSides(of, m.system.values, m.place[0].sides), sortSides(of, m.system.values, m.place[1].sides)
		if len(rows.values)*len(cols.values) <= mostPairs {
			list[0].rows, list[0].cols = rows, cols
		}
	}
	for i := range list {
		list[i] = list[0]
		if list[i].rows != nil {
			list[i].known = make([]byte, len(list[i].rows.values)*len(list[i].cols.values))
		}
	}
	return list
}

// at evaluates the predicate at a state.
func (m *matrixCheck[S, A]) at(p *predicate[S], row, column uint32) bool {
	if p.known == nil {
		return p.holds(m.system.view(m.key(row, column)))
	}
	r, c := p.rows.of[row], p.cols.of[column]
	k := &p.known[int(r)*len(p.cols.values)+int(c)]
	if *k == 0 {
		*k = 1
		if p.holds(Pair[S]{&p.rows.values[r], &p.cols.values[c]}) {
			*k = 2
		}
	}
	return *k == 2
}

// starts adds the states with P and without Q to an empty exploration.
func (m *matrixCheck[S, A]) starts(p *Property[Pair[S], A], y *layers) {
	begins := m.evaluator(p, func(v Pair[S]) bool { return p.claim(v) && !p.goal(v) })
	m.eachRow(true, func(worker int, row uint32, pieces []piece) {
		for i := range pieces {
			columns(pieces[i].at, &pieces[i].words, func(c uint32) {
				if m.at(&begins[worker], row, c) {
					y.workers[worker].add(row, c)
				}
			})
		}
	})
	y.advance()
}

// waiting tells whether there is a fair cycle among those states of a pool that can be reached from a state with P without
// passing one with Q. First it looks at those that the sides, each by itself, can get to: often there is none.
func (m *matrixCheck[S, A]) waiting(p *Property[Pair[S], A], pools *pools, pool []uint64, fair func([]uint64) bool) bool {
	y := newLayers(m.memo, m.oracle, len(m.workers))
	y.place, y.guards, y.columns = m.place, m.guards, m.columns
	y.spill = m.spill
	y.room()
	m.starts(p, y)

	left := y.within(pools, pool)
	if len(left) == 0 || !fair(left) {
		return false
	}
	goals := m.evaluator(p, p.goal)
	for len(y.frontier) > 0 {
		inChunks(len(y.workers), 0, len(y.frontier), piecesPerTask, func(worker, _, lo, hi int) {
			y.expandAll(&y.workers[worker], y.frontier[lo:hi])
		})
		y.advance()
		inChunks(len(y.workers), 0, len(y.frontier), piecesPerTask, func(worker, _, lo, hi int) {
			for i := lo; i < hi; i++ {
				next := &y.frontier[i]
				words := next.words
				columns(next.at, &words, func(c uint32) {
					if m.at(&goals[worker], next.row, c) {
						next.words[c/64%blockWords] &^= 1 << (c % 64)
					}
				})
			}
		})
	}
	reached := left[:0]
	for _, key := range left {
		if y.has(m.place, key) {
			reached = append(reached, key)
		}
	}
	return fair(reached)
}

// within lists those states whose sides, each by itself, can be reached from a side of the frontier.
func (x *layers) within(pools *pools, pool []uint64) (left []uint64) {
	var reached [2][]bool
	for p := range reached {
		reached[p] = make([]bool, len(x.place[p].sides))
	}
	for i := range x.frontier {
		f := &x.frontier[i]
		reached[0][f.row] = true
		columns(f.at, &f.words, func(c uint32) { reached[1][c] = true })
	}
	for p := range reached {
		pools.graphs[p].reach(reached[p])
	}
	for _, key := range pool {
		a, b := split(key)
		if reached[0][x.place[0].number[a]-1] && reached[1][x.place[1].number[b]-1] {
			left = append(left, key)
		}
	}
	return left
}

// reach completes a set of sides by those that can be reached from them.
func (g *sideGraph) reach(set []bool) {
	var stack []uint32
	for n, in := range set {
		if in {
			stack = append(stack, uint32(n))
		}
	}
	for len(stack) > 0 {
		n := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, e := range g.edges[g.first[n]:g.first[n+1]] {
			if !set[e.target] {
				set[e.target] = true
				stack = append(stack, e.target)
			}
		}
	}
}

// has tells whether a state is in the set, given in the memo's numbers.
func (x *layers) has(place [2]place, key uint64) bool {
	a, b := split(key)
	row, column := place[0].number[a]-1, place[1].number[b]-1
	found := x.find(row, column/blockBits)
	return found != nil && found[column/64%blockWords]>>(column%64)&1 != 0
}
