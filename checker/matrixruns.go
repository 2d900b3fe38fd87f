package checker

import (
	"context"
	"slices"
)

// judgeRuns judges the liveness properties. It looks for fair cycles only among the states that both sides, each by
// itself, let be part of one: usually a small part of all. Where it finds one that violates a property, the reference
// engine is asked for the lasso, and has the last word.
func (m *matrixCheck[S, A]) judgeRuns(ctx context.Context) {
	judged := pick(m.properties, leadsTo, alwaysEventually, eventuallyAlways, noFairCycle)
	if len(judged) == 0 {
		return
	}
	pools := &pools{layers: m.layers, labelsOf: m.labelsOf(), known: map[string][]uint64{}}
	for p := range pools.graphs {
		pools.graphs[p] = m.graph(p, pools.labelsOf)
	}
	for _, i := range judged {
		m.findings[i].stopped = ctx.Err() != nil
		if !m.findings[i].stopped {
			m.judgeRun(ctx, pools, &m.properties[i], &m.findings[i])
		}
	}
}

func (m *matrixCheck[S, A]) judgeRun(ctx context.Context, pools *pools, p *Property[Pair[S], A], f *finding) {
	if m.truncated != "" {
		f.unsure = true // the reference engine will say
		return
	}
	search, ofClass := newFairSearch(ctx, p, m.tally.labels, m.action)
	keep, must := func(Pair[S]) bool { return true }, (func(Pair[S]) bool)(nil)
	f.premise = uint64(m.found)
	switch p.op {
	case leadsTo:
		f.premise = m.countStates(p.claim)
		keep = func(v Pair[S]) bool { return !p.goal(v) }
	case alwaysEventually:
		keep = func(v Pair[S]) bool { return !p.claim(v) }
	case eventuallyAlways:
		must = func(v Pair[S]) bool { return !p.claim(v) }
	case noFairCycle:
		f.premise = ofClass
	}

	var pool []uint64
	for _, key := range pools.states(search) {
		if keep(m.system.view(key)) {
			pool = append(pool, key)
		}
	}
	f.found = m.fairIn(search, pool, must)
	if p.op == leadsTo && f.found {
		waiting := m.waiting(p)
		pool = slices.DeleteFunc(pool, func(key uint64) bool { return !waiting.has(m.place, key) })
		f.found = m.fairIn(search, pool, nil)
	}
	f.stopped = search.stopped
}

// countStates counts the states that satisfy a predicate.
func (m *matrixCheck[S, A]) countStates(p func(Pair[S]) bool) (n uint64) {
	counts := make([]uint64, len(m.workers))
	m.eachRow(true, func(worker int, row uint32, pieces []piece) {
		m.views(row, pieces, func(_ uint32, v Pair[S]) {
			if p(v) {
				counts[worker]++
			}
		})
	})
	for _, c := range counts {
		n += c
	}
	return n
}

// outside is the number of a state that is not in the pool.
const outside = ^uint32(0) - 1

// fairIn tells whether there is a fair cycle among some states, which visits one that must be visited.
func (m *matrixCheck[S, A]) fairIn(search *fairSearch, pool []uint64, must func(Pair[S]) bool) bool {
	numbers := make(map[uint64]uint32, len(pool))
	for n, key := range pool {
		numbers[key] = uint32(n)
	}
	search.edges = &edges{first: make([]uint64, len(pool)+1)}
	search.candidates = make([]uint32, len(pool))
	search.best = nil
	if search.must = nil; must != nil {
		search.must = newBitset(len(pool))
	}
	var buf []successor
	for n, key := range pool {
		search.candidates[n] = uint32(n)
		buf = m.successors(key, buf)
		for _, next := range buf {
			if next.key == key {
				continue
			}
			target, inside := numbers[next.key]
			if !inside {
				target = outside
			}
			search.list = append(search.list, arc{next.label, target})
		}
		search.first[n+1] = uint64(len(search.list))
		if must != nil && must(m.system.view(key)) {
			search.must.put(uint32(n))
		}
	}
	return search.run()
}

// waiting is the set of states that can be reached from a state with P without passing one with Q.
func (m *matrixCheck[S, A]) waiting(p *Property[Pair[S], A]) *layers {
	y := newLayers(m.memo, m.oracle, len(m.workers))
	y.place, y.guards, y.columns = m.place, m.guards, m.columns
	y.spill = m.spill
	y.room()
	m.eachRow(true, func(worker int, row uint32, pieces []piece) {
		m.views(row, pieces, func(c uint32, v Pair[S]) {
			if p.claim(v) && !p.goal(v) {
				y.workers[worker].add(row, c)
			}
		})
	})
	y.advance()
	for len(y.frontier) > 0 {
		parallel(len(y.workers), len(y.frontier), func(worker, task int) { y.expand(&y.workers[worker], y.frontier[task:task+1]) })
		y.advance()
		for i := range y.frontier {
			next := &y.frontier[i]
			m.views(next.row, []piece{*next}, func(c uint32, v Pair[S]) {
				if p.goal(v) {
					next.words[c/64%blockWords] &^= 1 << (c % 64)
				}
			})
		}
	}
	return y
}

// has tells whether a state is in the set, given in the memo's numbers.
func (x *layers) has(place [2]place, key uint64) bool {
	a, b := split(key)
	row, column := place[0].number[a]-1, place[1].number[b]-1
	found := x.find(row, column/blockBits)
	return found != nil && found[column/64%blockWords]>>(column%64)&1 != 0
}
