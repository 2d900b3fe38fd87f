package checker

import (
	"context"
	"slices"
)

// judgeRuns judges the liveness properties: each is violated by a fair cycle of a certain kind. It returns the memory
// that the edges take.
func (g *Graph[V, A]) judgeRuns(ctx context.Context, properties []Property[V, A], findings []finding) (bytes int64) {
	judged := pick(properties, leadsTo, alwaysEventually, eventuallyAlways, noFairCycle)
	if len(judged) == 0 {
		return 0
	}
	g.once.Do(func() { g.adjacent = newEdges(g.space, g.workers) })
	parallel(g.workers, len(judged), func(_, task int) {
		i := judged[task]
		if findings[i].stopped = ctx.Err() != nil; !findings[i].stopped {
			g.judgeRun(ctx, &properties[i], &findings[i])
		}
	})
	return g.adjacent.bytes()
}

// judgeRun states which cycles would violate a property, and searches for one. Only expanded states are candidates:
// of the others it is not known what is enabled, and so not what is fair.
func (g *Graph[V, A]) judgeRun(ctx context.Context, p *Property[V, A], f *finding) {
	s := g.space
	search, ofClass := newFairSearch(ctx, p, s.labels, g.action)
	search.edges = g.adjacent
	stem := s.path

	f.premise = uint64(g.States())
	switch p.op {
	case leadsTo:
		pending := g.pending(p, f)
		search.candidates, search.rank = pending.order, pending.rank
		stem = pending.path
	case alwaysEventually:
		search.candidates = g.states(g.Expanded(), func(v V) bool { return !p.claim(v) }).states()
	case eventuallyAlways:
		search.candidates = g.states(g.Expanded(), func(V) bool { return true }).states()
		search.must = g.states(g.Expanded(), func(v V) bool { return !p.claim(v) })
	case noFairCycle:
		search.candidates = g.states(g.Expanded(), func(V) bool { return true }).states()
		f.premise = ofClass
	}

	f.found = search.run()
	f.stopped = search.stopped
	if f.found {
		run := search.lasso(stem)
		f.path, f.loop = slices.Concat(run.stem, run.cycle), len(run.stem)-1
	}
}

// newFairSearch begins a search for a cycle that violates a property: what it must meet, which labels it may use, and
// whether it has to move. labels counts the transitions; those of the class that NoFairCycle speaks of are added up.
func newFairSearch[V, A any](ctx context.Context, p *Property[V, A], labels []uint64, action func(label uint32) (int, A)) (f *fairSearch, ofClass uint64) {
	f = &fairSearch{
		ctx: ctx, constraints: constrain(p.fair, len(labels), action), usable: make([]bool, len(labels)), moving: p.op == noFairCycle,
	}
	for l, n := range labels {
		f.usable[l] = !f.finite[l]
		if f.moving {
			if p.cycle(action(uint32(l))) {
				ofClass += n
			} else {
				f.usable[l] = false
			}
		}
	}
	return f, ofClass
}

// states are those below n that satisfy a predicate.
func (g *Graph[V, A]) states(n int, p func(V) bool) bitset {
	b := newBitset(n)
	// A range of roundSize states has words of its own, so workers do not meet.
	inChunks(g.workers, 0, n, roundSize, func(_, _, lo, hi int) {
		for n := lo; n < hi; n++ {
			if p(g.View(n)) {
				b.put(uint32(n))
			}
		}
	})
	return b
}

// pending are the states that can be reached from a state with P without passing one with Q, P's own state included:
// those in which a promise of P ~> Q may be open.
type pending struct {
	*space
	order   []uint32 // the states, as they are reached, breadth first
	rank    []uint32 // by state: its place in order
	parents []uint32 // by state: from where; root: by the promise made in it
}

// pending searches breadth first over (state, promise open or not): level by level, the states that make a promise
// join those that inherit one.
func (g *Graph[V, A]) pending(p *Property[V, A], f *finding) *pending {
	s := g.space
	goal := g.states(s.expanded, p.goal)
	promise := g.states(g.States(), p.claim)
	f.premise = promise.count()

	n := s.expanded
	q := &pending{space: s, rank: make([]uint32, n), parents: make([]uint32, n)}
	reached := newBitset(n)
	reach := func(n, parent uint32) {
		if int(n) < s.expanded && !goal.has(n) && !reached.has(n) {
			reached.put(n)
			q.rank[n], q.parents[n] = uint32(len(q.order)), parent
			q.order = append(q.order, n)
		}
	}
	inherit := 0 // the states from here on have been reached at the depth before
	for depth := 0; depth < len(s.levels) || inherit < len(q.order); depth++ {
		frontier := q.order[inherit:]
		inherit = len(q.order)
		for _, n := range frontier {
			for _, e := range g.adjacent.leaving(n) {
				reach(e.target, n)
			}
		}
		if depth < len(s.levels) {
			for n := s.levels[depth]; int(n) < min(s.end(depth), s.expanded); n++ {
				if promise.has(n) {
					reach(n, root)
				}
			}
		}
	}
	return q
}

// path is the shortest path to a state by way of the promise that is open in it.
func (q *pending) path(n uint32) []arc {
	numbers := []uint32{n}
	for ; q.parents[n] != root; n = q.parents[n] {
		numbers = append(numbers, q.parents[n])
	}
	return q.along(q.space.path(n), numbers)
}
