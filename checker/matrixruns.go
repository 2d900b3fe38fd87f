package checker

import (
	"context"
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
	if p.op != leadsTo {
		f.premise = uint64(m.found)
	}
	switch p.op {
	case leadsTo:
		if m.projection(p) == nil { // otherwise judgeStates has counted them
			f.premise = m.countStates(p.claim)
		}
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
		f.found = m.waiting(p, pools, pool, func(some []uint64) bool { return m.fairIn(search, some, nil) })
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
