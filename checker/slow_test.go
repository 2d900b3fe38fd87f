package checker_test

import (
	"math"
	"slices"

	"finwait/checker"
)

// A second model checker: slow, small, and written from the definitions, so that the first can be held against it.

// slowState is a state of a product, or of a whole-state model (then the second is zero).
type slowState[S comparable] = [2]S

type slowEdge[A comparable] struct {
	from, side int
	action     A
	to         int
}

// slowGraph has its states in breadth-first order.
type slowGraph[S, A comparable] struct {
	states []slowState[S]
	number map[slowState[S]]int
	depth  []int
	edges  []slowEdge[A]
	out    [][]slowEdge[A]
}

type slowStep[S, A comparable] struct {
	side   int
	action A
	to     slowState[S]
}

func slowExplore[S, A comparable](initial []slowState[S], next func(slowState[S]) []slowStep[S, A]) *slowGraph[S, A] {
	g := &slowGraph[S, A]{number: map[slowState[S]]int{}}
	find := func(s slowState[S], depth int) int {
		n, ok := g.number[s]
		if !ok {
			n = len(g.states)
			g.number[s] = n
			g.states, g.depth, g.out = append(g.states, s), append(g.depth, depth), append(g.out, nil)
		}
		return n
	}
	for _, s := range initial {
		find(s, 0)
	}
	for n := 0; n < len(g.states); n++ { //nolint:intrange // the list grows
		for _, step := range next(g.states[n]) {
			e := slowEdge[A]{n, step.side, step.action, find(step.to, g.depth[n]+1)}
			if !slices.Contains(g.out[n], e) {
				g.out[n], g.edges = append(g.out[n], e), append(g.edges, e)
			}
		}
	}
	return g
}

// slowProduct composes two sides by the definition in the documentation of Component.
func slowProduct[S, A comparable](c checker.Component[S, A]) *slowGraph[S, A] {
	var initial []slowState[S]
	c.Init(func(a, b S) bool {
		initial = append(initial, slowState[S]{a, b})
		return true
	})
	return slowExplore(initial, func(s slowState[S]) (steps []slowStep[S, A]) {
		a, b := s[0], s[1]
		able := func(need uint64, s S) bool { return c.Facts(s)&need == need }
		for _, m := range c.Moves(a, nil) {
			if !able(m.Need, b) {
				continue
			}
			switch m.Kind {
			case checker.Local:
				steps = append(steps, slowStep[S, A]{0, m.Action, slowState[S]{m.Next, b}})
			case checker.Offer:
				for _, r := range c.Accept(b, m.Action, nil) {
					if able(r.Need, a) {
						steps = append(steps, slowStep[S, A]{0, r.Action, slowState[S]{m.Next, r.Next}})
					}
				}
			case checker.Joint:
				for _, r := range c.Moves(b, nil) {
					if r.Kind == checker.Joint && r.Action == m.Action && able(r.Need, a) {
						steps = append(steps, slowStep[S, A]{0, m.Action, slowState[S]{m.Next, r.Next}})
					}
				}
			}
		}
		for _, m := range c.Moves(b, nil) {
			if !able(m.Need, a) {
				continue
			}
			switch m.Kind {
			case checker.Local:
				steps = append(steps, slowStep[S, A]{1, m.Action, slowState[S]{a, m.Next}})
			case checker.Offer:
				for _, r := range c.Accept(a, m.Action, nil) {
					if able(r.Need, b) {
						steps = append(steps, slowStep[S, A]{1, r.Action, slowState[S]{r.Next, m.Next}})
					}
				}
			}
		}
		return steps
	})
}

// enabled tells whether a step of a class leaves a state: one that changes it.
func (g *slowGraph[S, A]) enabled(n int, in func(slowEdge[A]) bool) bool {
	return slices.ContainsFunc(g.out[n], func(e slowEdge[A]) bool { return e.to != n && in(e) })
}

// connected tells whether a set of states is strongly connected by the usable edges inside it.
func (g *slowGraph[S, A]) connected(set []int, usable func(slowEdge[A]) bool) bool {
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
func (g *slowGraph[S, A]) fair(set []int, usable func(slowEdge[A]) bool, fair []checker.Fairness[A]) bool {
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
			class := func(e slowEdge[A]) bool {
				k, in := f.Class(e.side, e.action)
				return in && k == key
			}
			on, taken := 0, false
			for _, n := range set {
				if g.enabled(n, class) {
					on++
				}
				taken = taken || slices.ContainsFunc(g.out[n], func(e slowEdge[A]) bool {
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
func (g *slowGraph[S, A]) fairSets(candidates []int, steps func(slowEdge[A]) bool, fair []checker.Fairness[A], yield func([]int)) {
	usable := func(e slowEdge[A]) bool {
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
func (g *slowGraph[S, A]) stems(p, q func(int) bool) []int {
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

// slowVerdict is a verdict on a liveness property. If it is violated, stem is the length of the shortest stem, and
// stutter that of the shortest stem after which a run may stutter for ever.
type slowVerdict struct {
	violated      bool
	stem, stutter int
}

// judge looks at the fair sets among states that have a stem and satisfy keep, and that as a set satisfy want.
func (g *slowGraph[S, A]) judge(stems []int, keep func(int) bool, want func([]int) bool, steps func(slowEdge[A]) bool, fair []checker.Fairness[A]) slowVerdict {
	v := slowVerdict{stem: math.MaxInt, stutter: math.MaxInt}
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
		v.violated = true
		for _, n := range set {
			v.stem = min(v.stem, stems[n])
			if len(set) == 1 {
				v.stutter = min(v.stutter, stems[n])
			}
		}
	})
	return v
}

func anyState(int) bool                      { return true }
func anySet([]int) bool                      { return true }
func anyEdge[A comparable](slowEdge[A]) bool { return true }

func (g *slowGraph[S, A]) leadsTo(p, q func(int) bool, fair []checker.Fairness[A]) slowVerdict {
	return g.judge(g.stems(p, q), anyState, anySet, anyEdge[A], fair)
}

func (g *slowGraph[S, A]) alwaysEventually(p func(int) bool, fair []checker.Fairness[A]) slowVerdict {
	return g.judge(g.depth, func(n int) bool { return !p(n) }, anySet, anyEdge[A], fair)
}

func (g *slowGraph[S, A]) eventuallyAlways(p func(int) bool, fair []checker.Fairness[A]) slowVerdict {
	some := func(set []int) bool { return slices.ContainsFunc(set, func(n int) bool { return !p(n) }) }
	return g.judge(g.depth, anyState, some, anyEdge[A], fair)
}

func (g *slowGraph[S, A]) noFairCycle(steps func(slowEdge[A]) bool, fair []checker.Fairness[A]) slowVerdict {
	return g.judge(g.depth, anyState, func(set []int) bool { return len(set) > 1 }, steps, fair)
}
