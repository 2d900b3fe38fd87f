package checker_test

import (
	"slices"

	"finwait/checker"
)

// A second model checker: slow, small, and written from the definitions, so that the first can be held against it.

// slowState is a state of a product, or of a whole-state model (then the second is 0).
type slowState [2]uint8

type slowEdge struct {
	from, side int
	action     uint8
	to         int
}

// slowGraph has its states in breadth-first order.
type slowGraph struct {
	states []slowState
	depth  []int
	edges  []slowEdge
	out    [][]slowEdge
}

type slowStep struct {
	side   int
	action uint8
	to     slowState
}

func slowExplore(initial []slowState, next func(slowState) []slowStep) *slowGraph {
	g := &slowGraph{}
	find := func(s slowState, depth int) int {
		n := slices.Index(g.states, s)
		if n < 0 {
			n = len(g.states)
			g.states, g.depth, g.out = append(g.states, s), append(g.depth, depth), append(g.out, nil)
		}
		return n
	}
	for _, s := range initial {
		find(s, 0)
	}
	for n := 0; n < len(g.states); n++ {
		for _, step := range next(g.states[n]) {
			e := slowEdge{n, step.side, step.action, find(step.to, g.depth[n]+1)}
			if !slices.Contains(g.out[n], e) {
				g.out[n], g.edges = append(g.out[n], e), append(g.edges, e)
			}
		}
	}
	return g
}

// enabled tells whether a step of a class leaves a state: one that changes it.
func (g *slowGraph) enabled(n int, in func(slowEdge) bool) bool {
	return slices.ContainsFunc(g.out[n], func(e slowEdge) bool { return e.to != n && in(e) })
}

// connected tells whether a set of states is strongly connected by the usable edges inside it.
func (g *slowGraph) connected(set []int, usable func(slowEdge) bool) bool {
	for _, from := range set {
		reached := []int{from}
		for i := 0; i < len(reached); i++ {
			for _, e := range g.out[reached[i]] {
				if usable(e) && slices.Contains(set, e.to) && !slices.Contains(reached, e.to) {
					reached = append(reached, e.to)
				}
			}
		}
		if len(reached) != len(set) {
			return false
		}
	}
	return true
}

// fair tells whether a run can be fair that visits exactly these states for ever. If so, one that takes all usable
// edges between them is; so only that one need be looked at.
func (g *slowGraph) fair(set []int, usable func(slowEdge) bool, fair []checker.Fairness[uint8]) bool {
	for _, f := range fair {
		if f.Kind == checker.Finite {
			continue // it made edges unusable
		}
		keys := map[any]bool{}
		for _, e := range g.edges {
			if key, in := f.Class(e.side, e.action); in {
				keys[key] = true
			}
		}
		for key := range keys {
			class := func(e slowEdge) bool {
				k, in := f.Class(e.side, e.action)
				return in && k == key
			}
			on, taken := 0, false
			for _, n := range set {
				if g.enabled(n, class) {
					on++
				}
				taken = taken || slices.ContainsFunc(g.out[n], func(e slowEdge) bool {
					return e.to != n && class(e) && usable(e) && slices.Contains(set, e.to)
				})
			}
			if !taken && (on == len(set) || on > 0 && f.Kind == checker.Strong) {
				return false
			}
		}
	}
	return true
}

// fairSets calls yield with every set of states, out of the candidates, that some fair run visits for ever.
func (g *slowGraph) fairSets(candidates []int, steps func(slowEdge) bool, fair []checker.Fairness[uint8], yield func([]int)) {
	usable := func(e slowEdge) bool {
		for _, f := range fair {
			if _, in := f.Class(e.side, e.action); in && f.Kind == checker.Finite {
				return false
			}
		}
		return e.from != e.to && steps(e)
	}
	for mask := 1; mask < 1<<len(candidates); mask++ {
		var set []int
		for i, n := range candidates {
			if mask>>i&1 != 0 {
				set = append(set, n)
			}
		}
		if g.connected(set, usable) && g.fair(set, usable, fair) {
			yield(set)
		}
	}
}

// stems are the lengths of the shortest paths to each state on which a promise p is still open at the end: from some
// state with p on, no state has q. It is -1 where there is no such path. Every state is a promise if p is nil.
func (g *slowGraph) stems(p, q func(int) bool) []int {
	best := make([]int, len(g.states))
	for n := range best {
		best[n] = -1
		if !q(n) && p(n) {
			best[n] = g.depth[n]
		}
	}
	for changed := true; changed; {
		changed = false
		for _, e := range g.edges {
			if d := best[e.from]; d >= 0 && !q(e.to) && (best[e.to] < 0 || best[e.to] > d+1) {
				best[e.to] = d + 1
				changed = true
			}
		}
	}
	return best
}

// slowVerdict is a verdict on a liveness property, with the length of the shortest stem if it is violated.
type slowVerdict struct {
	violated bool
	stem     int
}

// judge looks at the fair sets among states that have a stem and satisfy keep, and that as a set satisfy want.
func (g *slowGraph) judge(stems []int, keep func(int) bool, want func([]int) bool, steps func(slowEdge) bool, fair []checker.Fairness[uint8]) (v slowVerdict) {
	var candidates []int
	for n := range g.states {
		if stems[n] >= 0 && keep(n) {
			candidates = append(candidates, n)
		}
	}
	g.fairSets(candidates, steps, fair, func(set []int) {
		if !want(set) {
			return
		}
		for _, n := range set {
			if !v.violated || stems[n] < v.stem {
				v = slowVerdict{true, stems[n]}
			}
		}
	})
	return v
}

func anyState(int) bool     { return true }
func noState(int) bool      { return false }
func anySet([]int) bool     { return true }
func anyEdge(slowEdge) bool { return true }

func (g *slowGraph) leadsTo(p, q func(int) bool, fair []checker.Fairness[uint8]) slowVerdict {
	return g.judge(g.stems(p, q), anyState, anySet, anyEdge, fair)
}

func (g *slowGraph) alwaysEventually(p func(int) bool, fair []checker.Fairness[uint8]) slowVerdict {
	return g.judge(g.depth, func(n int) bool { return !p(n) }, anySet, anyEdge, fair)
}

func (g *slowGraph) eventuallyAlways(p func(int) bool, fair []checker.Fairness[uint8]) slowVerdict {
	some := func(set []int) bool { return slices.ContainsFunc(set, func(n int) bool { return !p(n) }) }
	return g.judge(g.depth, anyState, some, anyEdge, fair)
}

func (g *slowGraph) noFairCycle(steps func(slowEdge) bool, fair []checker.Fairness[uint8]) slowVerdict {
	return g.judge(g.depth, anyState, func(set []int) bool { return len(set) > 1 }, steps, fair)
}
