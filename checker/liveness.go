package checker

import "context"

// judgeRuns judges the liveness properties: each is violated by a fair cycle of a certain kind. It returns the memory
// that the edges take.
func (g *Graph[V, A]) judgeRuns(ctx context.Context, properties []Property[V, A], findings []finding) (bytes int64) {
	for _, i := range pick(properties, leadsTo, alwaysEventually, eventuallyAlways, noFairCycle) {
		f := &findings[i]
		if f.stopped = ctx.Err() != nil; f.stopped {
			continue
		}
		g.once.Do(func() { g.adjacent = newEdges(g.space, g.workers) })
		g.judgeRun(ctx, &properties[i], f)
		bytes = g.adjacent.bytes()
	}
	return bytes
}

// judgeRun states which cycles would violate a property, and searches for one. Only expanded states are candidates:
// of the others it is not known what is enabled, and so not what is fair.
func (g *Graph[V, A]) judgeRun(ctx context.Context, p *Property[V, A], f *finding) {
	s := g.space
	search := &fairSearch{
		ctx:         ctx,
		edges:       g.adjacent,
		constraints: constrain(p.fair, len(s.labels), g.action),
		usable:      make([]bool, len(s.labels)),
	}
	for l := range search.usable {
		search.usable[l] = !search.finite[l]
	}
	stem := s.path

	f.premise = uint64(g.States())
	switch p.op {
	case leadsTo:
		pending := g.pending(p, f)
		search.in, search.rank = pending.reached, pending.rank
		stem = pending.path
	case alwaysEventually:
		search.in = g.states(func(v V) bool { return !p.claim(v) })
	case eventuallyAlways:
		search.in = g.states(func(V) bool { return true })
		search.must = g.states(func(v V) bool { return !p.claim(v) })
	case noFairCycle:
		search.in = g.states(func(V) bool { return true })
		search.moving = true
		f.premise = 0
		for l, n := range s.labels {
			of := p.cycle(g.action(uint32(l)))
			search.usable[l] = search.usable[l] && of
			if of {
				f.premise += n
			}
		}
	}

	f.found = search.run()
	f.stopped = search.stopped
	if f.found {
		f.path = stem(search.entry)
		f.loop = len(f.path) - 1
		f.path = append(f.path, search.walk()...)
	}
}

// states are the expanded states that satisfy a predicate.
func (g *Graph[V, A]) states(p func(V) bool) bitset {
	b := newBitset(g.Expanded())
	// A range of roundSize states has words of its own, so workers do not meet.
	inChunks(g.workers, 0, g.Expanded(), roundSize, func(_, _, lo, hi int) {
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
	reached bitset
	rank    []uint32 // by state: the order of reaching it, breadth first
	parents []uint32 // by state: from where; root: by the promise made in it
}

// pending searches breadth first over (state, promise open or not): level by level, the states that make a promise
// join those that inherit one.
func (g *Graph[V, A]) pending(p *Property[V, A], f *finding) *pending {
	s := g.space
	goal := g.states(p.goal)
	promise := g.states(p.claim)
	f.premise = uint64(g.count(p.claim))

	n := s.expanded
	q := &pending{s, newBitset(n), make([]uint32, n), make([]uint32, n)}
	order := uint32(0)
	var frontier, next []uint32
	reach := func(n, parent uint32, list []uint32) []uint32 {
		if int(n) >= s.expanded || goal.has(n) || q.reached.has(n) {
			return list
		}
		q.reached.put(n)
		q.rank[n], q.parents[n] = order, parent
		order++
		return append(list, n)
	}
	for depth := 0; depth < len(s.levels) || len(frontier) > 0; depth++ {
		if depth < len(s.levels) {
			end := len(s.keys)
			if depth+1 < len(s.levels) {
				end = int(s.levels[depth+1])
			}
			for n := s.levels[depth]; int(n) < min(end, s.expanded); n++ {
				if promise.has(n) {
					frontier = reach(n, root, frontier)
				}
			}
		}
		next = next[:0]
		for _, n := range frontier {
			for _, e := range g.adjacent.leaving(n) {
				next = reach(e.target, n, next)
			}
		}
		frontier, next = next, frontier
	}
	return q
}

// count is the number of states that satisfy a predicate, expanded or not.
func (g *Graph[V, A]) count(p func(V) bool) (total int) {
	for n := range g.States() {
		if p(g.View(n)) {
			total++
		}
	}
	return total
}

// path is the shortest path to a state by way of the promise that is open in it.
func (q *pending) path(n uint32) []arc {
	if q.parents[n] == root {
		return q.space.path(n)
	}
	return append(q.path(q.parents[n]), q.edge(q.parents[n], n))
}
