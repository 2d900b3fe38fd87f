package checker

import (
	"math/bits"
	"slices"
)

// walk finds a short closed walk from the entry of the best component that is fair: the cycle of the lasso. It is
// empty if the run may stutter there for ever.
func (f *fairSearch) walk() []arc {
	c := f.shrink(f.best)
	t := f.tour(c)
	cycle := t.closed(f.entry)
	return f.shorten(cycle)
}

// shrink looks for a fair part of a component, around the entry, that owes less: the entry alone, or what is left
// when a strong constraint is not enabled at all.
func (f *fairSearch) shrink(c []uint32) []uint32 {
	alone := []uint32{f.entry}
	if fair, _ := f.judge(alone); fair {
		return alone
	}
	for _, o := range slices.Clone(f.owed(c)) {
		if !f.strong[o.constraint] || f.enables(f.entry, o.constraint) {
			continue
		}
		f.components(f.without(c, []uint32{o.constraint}), func(part []uint32) {
			if slices.Contains(part, f.entry) {
				if fair, _ := f.judge(part); fair {
					c = slices.Clone(part)
				}
			}
		})
	}
	return c
}

// tour is a walk inside a fair component that has to meet obligations: to take an edge of a constraint, to visit a
// state that disables a weak one, to visit a state, to move at all. Obligations are bits of a mask, in groups small
// enough for a breadth-first search over (state, obligations met); usually there is one group, and the walk is the
// shortest that meets them.
type tour struct {
	*fairSearch
	states []uint32
	local  map[uint32]uint32 // by state: its index in states
	region uint32
	owes   []func(e arc) bool // does this edge, or its target, meet the obligation?
}

// mostNodes bounds the nodes of one search.
const mostNodes = 1 << 22

func (f *fairSearch) tour(c []uint32) *tour {
	t := &tour{fairSearch: f, states: c, local: map[uint32]uint32{}}
	for i, n := range c {
		t.local[n] = uint32(i)
	}
	for _, o := range f.owed(c) {
		k := o.constraint
		takes := func(e arc) bool { return slices.Contains(f.of[e.label], k) }
		if f.strong[k] {
			t.owes = append(t.owes, takes)
		} else if f.enables(f.entry, k) {
			t.owes = append(t.owes, func(e arc) bool { return takes(e) || !f.enables(e.target, k) })
		}
	}
	if f.must != nil && !f.must.has(f.entry) {
		t.owes = append(t.owes, func(e arc) bool { return f.must.has(e.target) })
	}
	if f.moving {
		t.owes = append(t.owes, func(arc) bool { return true })
	}
	t.region = f.enclose(c)
	return t
}

// closed is a closed walk that meets every obligation.
func (t *tour) closed(entry uint32) (walk []arc) {
	size := max(1, min(16, bits.Len(uint(mostNodes/len(t.states)))-1))
	at, owes := entry, t.owes
	for len(owes) > size {
		leg := t.leg(at, owes[:size], nil)
		walk = append(walk, leg...)
		at = leg[len(leg)-1].target
		owes = slices.DeleteFunc(slices.Clone(owes), func(meets func(arc) bool) bool {
			return slices.ContainsFunc(leg, meets)
		})
	}
	return append(walk, t.leg(at, owes, &entry)...)
}

// leg is the shortest walk inside the component that meets some obligations, and ends in a given state if there is one.
func (t *tour) leg(from uint32, owes []func(arc) bool, to *uint32) []arc {
	type node struct {
		mask     uint32
		arc      arc // the last step
		previous int
	}
	all := uint32(1)<<len(owes) - 1
	ends := func(n node) bool { return n.mask == all && (to == nil || *to == n.arc.target) }
	seen := newBitset(len(t.states) << len(owes))
	queue := []node{{arc: arc{noLabel, from}, previous: -1}}
	seen.put(t.local[from] << len(owes))
	for at := 0; ; at++ {
		if at == len(queue) {
			panic("BUG: a fair component without a closed walk")
		}
		n := queue[at]
		if ends(n) {
			var walk []arc
			for ; n.previous >= 0; n = queue[n.previous] {
				walk = append(walk, n.arc)
			}
			slices.Reverse(walk)
			return walk
		}
		for _, e := range t.leaving(n.arc.target) {
			if !t.usable[e.label] || !t.within(e.target, t.region) {
				continue
			}
			mask := n.mask
			for i, meets := range owes {
				if mask>>i&1 == 0 && meets(e) {
					mask |= 1 << i
				}
			}
			if id := t.local[e.target]<<len(owes) | mask; !seen.has(id) {
				seen.put(id)
				queue = append(queue, node{mask, e, at})
			}
		}
	}
}

// shorten cuts closed parts out of a cycle while the rest is fair.
func (f *fairSearch) shorten(cycle []arc) []arc {
	for length := len(cycle); length > 0; length-- {
		for i := 0; i+length <= len(cycle); i++ {
			before := f.entry
			if i > 0 {
				before = cycle[i-1].target
			}
			if before != cycle[i+length-1].target {
				continue
			}
			if rest := slices.Concat(cycle[:i], cycle[i+length:]); f.fairCycle(rest) {
				return f.shorten(rest)
			}
		}
	}
	return cycle
}

// fairCycle tells whether a closed walk from the entry meets every constraint, by their definition.
func (f *fairSearch) fairCycle(cycle []arc) bool {
	states := []uint32{f.entry}
	for _, e := range cycle {
		states = append(states, e.target)
	}
	if f.moving && len(cycle) == 0 || f.must != nil && !slices.ContainsFunc(states, f.must.has) {
		return false
	}
	for k := range uint32(len(f.strong)) {
		takes := func(e arc) bool { return slices.Contains(f.of[e.label], k) }
		if slices.ContainsFunc(cycle, takes) {
			continue
		}
		enables := func(n uint32) bool { return f.enables(n, k) }
		if f.strong[k] {
			if slices.ContainsFunc(states, enables) {
				return false
			}
		} else if !slices.ContainsFunc(states, func(n uint32) bool { return !enables(n) }) {
			return false
		}
	}
	return true
}
