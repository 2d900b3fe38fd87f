package checker

import "slices"

// A cycle of the system, seen from one side, is a closed walk in that side's own graph: along its local moves, along
// what it offers, and along its answers to offers. If the cycle is fair, the walk meets those fairness constraints
// that the side can judge alone. So what cannot be part of such a walk cannot be part of a fair cycle, in whatever
// state of the other side: and a side's graph is small, where the product is not.

// fairSides is the search for the sides that may be part of a fair cycle.
type fairSides struct {
	*sideGraph
	*constraints
	which   int // the place
	usable  []bool
	visible []bool   // by constraint: no move of it goes unseen by this side
	part    []uint32 // by side: the part of the graph that it is in at the moment
	last    uint32
	index   []uint32
	lives   []uint32   // by side: the component that survived, or 0
	members [][]uint32 // by component

	// What the other side can get, and give, if that is known: sets of offers.
	matched *inside
}

// surviving finds the components of a place whose sides may be part of a fair cycle.
func (x *layers) surviving(which int, g *sideGraph, c *constraints, usable []bool) *fairSides {
	p := &x.place[which]
	f := &fairSides{
		sideGraph: g, constraints: c, which: which, usable: usable, visible: x.visible(which, c),
		part: make([]uint32, len(p.sides)), index: make([]uint32, len(p.sides)), lives: make([]uint32, len(p.sides)), members: [][]uint32{nil},
	}
	f.alone = make([][]uint32, len(p.sides))
	var all []uint32
	for n := range p.actors {
		a := &p.actors[n]
		if !a.known {
			continue
		}
		all = append(all, uint32(n))
		for _, m := range p.local(a) {
			if m.target == uint32(n) {
				continue
			}
			for _, k := range c.of[label(m.act, uint32(which))] {
				if !slices.Contains(f.alone[n], k) {
					f.alone[n] = append(f.alone[n], k)
				}
			}
		}
	}
	work := [][]uint32{all}
	for len(work) > 0 {
		sides := work[len(work)-1]
		work = work[:len(work)-1]
		f.components(sides, func(component []uint32) {
			ok, rest := f.judge(component)
			if ok {
				for _, n := range component {
					f.lives[n] = uint32(len(f.members))
				}
				f.members = append(f.members, component)
			} else if len(rest) > 0 {
				work = append(work, rest)
			}
		})
	}
	return f
}

// visible tells of which constraints a side sees each move: of all but those to which a local move of the other side
// belongs.
func (x *layers) visible(which int, c *constraints) []bool {
	see := make([]bool, len(c.strong))
	for k := range see {
		see[k] = true
	}
	other := &x.place[1-which]
	for n := range other.actors {
		a := &other.actors[n]
		for _, m := range append(slices.Clone(other.local(a)), other.guarded(a)...) {
			for _, k := range c.of[label(m.act, uint32(1-which))] {
				see[k] = false
			}
		}
	}
	return see
}

// judge is the refinement of Streett, as far as one side can tell.
func (f *fairSides) judge(component []uint32) (ok bool, rest []uint32) {
	part := f.enclose(component)
	enabled := map[uint32]int{}
	for _, n := range component {
		for _, k := range f.alone[n] {
			if f.visible[k] {
				enabled[k]++
			}
		}
	}
	if len(enabled) == 0 {
		return true, nil
	}
	for _, n := range component {
		for _, e := range f.edges[f.first[n]:f.first[n+1]] {
			if f.usable[e.label] && f.part[e.target] == part {
				for _, k := range f.of[e.label] {
					delete(enabled, k) // it may be taken
				}
			}
		}
	}
	var broken []uint32
	for k, n := range enabled {
		if f.strong[k] {
			broken = append(broken, k)
		} else if n == len(component) {
			return false, nil
		}
	}
	if len(broken) == 0 {
		return true, nil
	}
	for _, n := range component {
		if !slices.ContainsFunc(f.alone[n], func(k uint32) bool { return slices.Contains(broken, k) }) {
			rest = append(rest, n)
		}
	}
	return false, rest
}

func (f *fairSides) enclose(sides []uint32) uint32 {
	f.last++
	for _, n := range sides {
		f.part[n] = f.last
	}
	return f.last
}

// components yields the strongly connected components: Tarjan's algorithm once more, on a graph small enough for
// recursion to be deep at most by a constant times its size.
func (f *fairSides) components(sides []uint32, yield func([]uint32)) {
	part := f.enclose(sides)
	for _, n := range sides {
		f.index[n] = 0
	}
	var stack []uint32
	visited := uint32(0)
	var visit func(n uint32) uint32
	visit = func(n uint32) uint32 {
		visited++
		f.index[n] = visited
		low := visited
		stack = append(stack, n)
		for _, e := range f.edges[f.first[n]:f.first[n+1]] {
			if f.part[e.target] != part || !f.allowed(e) {
				continue
			}
			if f.index[e.target] == 0 {
				low = min(low, visit(e.target))
			} else {
				low = min(low, f.index[e.target])
			}
		}
		if low == f.index[n] {
			at := len(stack) - 1
			for stack[at] != n {
				at--
			}
			component := slices.Clone(stack[at:])
			stack = stack[:at]
			f.enclose(component)
			yield(component)
		}
		return low
	}
	for _, n := range sides {
		if f.index[n] == 0 {
			visit(n)
		}
	}
}

// allowed tells whether a cycle may use an edge.
func (f *fairSides) allowed(e sideEdge) bool {
	if !f.usable[e.label] {
		return false
	}
	if f.matched == nil {
		return true
	}
	switch e.kind {
	case gives:
		return has(f.matched.gets, e.offer)
	case gets:
		return has(f.matched.gives, e.offer)
	}
	return true
}

func has(set []uint64, n uint32) bool { return set[n/64]>>(n%64)&1 != 0 }
func put(set []uint64, n uint32)      { set[n/64] |= 1 << (n % 64) }

// fork is the same search for another worker.
func (f *fairSides) fork() *fairSides {
	g := *f
	g.part, g.index, g.last = make([]uint32, len(f.part)), make([]uint32, len(f.index)), 0
	return &g
}
