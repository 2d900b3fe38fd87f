package checker

import "slices"

// lasso is a fair run: a stem, and then a closed walk for ever; an empty one is stuttering.
type lasso struct {
	stem  []arc
	cycle []arc
}

func (l *lasso) length() int { return len(l.stem) + len(l.cycle) }

// These bound how many states of a component are tried as the one where the cycle begins: by their number, and by the
// nodes that the searches for the cycles may take.
const (
	mostEntries = 32
	mostEffort  = 1 << 22
)

// lasso shows the component found as a run. It begins with the shortest stem to any fair cycle, and a short cycle from
// there; but if another entry to the component, or stuttering somewhere else, makes fewer steps in all, it shows that.
func (f *fairSearch) lasso(stem func(n uint32) []arc) *lasso {
	best := &lasso{stem: stem(f.entry)}
	best.cycle = f.cycle(f.entry)
	entries := slices.Clone(f.best)
	slices.SortFunc(entries, f.compare)
	for _, n := range entries[:min(mostEntries, len(entries))] {
		try := &lasso{stem: stem(n)}
		if try.length() >= best.length() || f.effort > mostEffort {
			break
		}
		if try.cycle = f.cycle(n); try.length() < best.length() {
			best = try
		}
	}
	for _, n := range f.candidates {
		if fair, _ := f.judge([]uint32{n}); fair {
			if try := (&lasso{stem: stem(n)}); try.length() < best.length() {
				best = try
			}
			break // the others have longer stems
		}
	}
	return best
}

// cycle is a short fair closed walk within the component found, from one of its states.
func (f *fairSearch) cycle(entry uint32) []arc {
	c := f.shrink(f.best, entry)
	return f.shorten(entry, f.tour(c, entry).closed())
}

// shrink looks for a fair part of a component, around the entry, that owes less: the entry alone, or what is left
// when a strong constraint is not enabled at all.
func (f *fairSearch) shrink(c []uint32, entry uint32) []uint32 {
	alone := []uint32{entry}
	if fair, _ := f.judge(alone); fair {
		return alone
	}
	for _, o := range slices.Clone(f.owed(c)) {
		if !f.strong[o.constraint] || f.enables(entry, o.constraint) {
			continue
		}
		f.components(f.without(c, []uint32{o.constraint}), func(part []uint32) {
			if slices.Contains(part, entry) {
				if fair, _ := f.judge(part); fair {
					c = slices.Clone(part)
				}
			}
		})
	}
	return c
}

// tour is a closed walk in a fair component that has to meet obligations, of three sorts: to take an edge of a
// constraint, or, if it is weak, to visit a state that disables it; to visit a certain state; to move at all. Usually
// they are few enough for a breadth-first search over (state, obligations met), and the walk is the shortest that meets
// them all; if not, they are met a handful at a time.
type tour struct {
	*fairSearch
	states []uint32
	entry  uint32
	region uint32
	owes   []func(e arc) bool // does this edge, or the state it leads to, meet the obligation?
}

const (
	mostNodes = 1 << 20 // of one search
	handful   = 4
)

func (f *fairSearch) tour(c []uint32, entry uint32) *tour {
	t := &tour{fairSearch: f, states: c, entry: entry}
	for _, o := range f.owed(c) {
		k := o.constraint
		takes := func(e arc) bool { return slices.Contains(f.of[e.label], k) }
		if f.strong[k] {
			t.owes = append(t.owes, takes)
		} else if f.enables(entry, k) {
			t.owes = append(t.owes, func(e arc) bool { return takes(e) || !f.enables(e.target, k) })
		}
	}
	if f.must != nil && !f.must.has(entry) {
		t.owes = append(t.owes, func(e arc) bool { return f.must.has(e.target) })
	}
	if f.moving {
		t.owes = append(t.owes, func(arc) bool { return true })
	}
	t.region = f.enclose(c)
	for i, n := range c {
		f.index[n] = uint32(i) // Tarjan is done with it
	}
	return t
}

// closed is a closed walk from the entry that meets every obligation.
func (t *tour) closed() (walk []arc) {
	at, owes := t.entry, t.owes
	for len(owes) > handful && (len(owes) > 16 || len(t.states)<<len(owes) > mostNodes) {
		leg := t.leg(at, owes[:handful], false)
		walk = append(walk, leg...)
		at = leg[len(leg)-1].target
		owes = slices.DeleteFunc(slices.Clone(owes), func(meets func(arc) bool) bool {
			return slices.ContainsFunc(leg, meets)
		})
	}
	return append(walk, t.leg(at, owes, true)...)
}

// leg is the shortest walk inside the component that meets some obligations and, if it is the last, ends in the entry.
func (t *tour) leg(from uint32, owes []func(arc) bool, last bool) []arc {
	type node struct {
		mask     uint32 // the obligations met
		arc      arc    // the last step
		previous int
	}
	// What each edge meets is found out once, for the search passes it with many masks.
	meets := map[arc]uint32{}
	for _, n := range t.states {
		for _, e := range t.leaving(n) {
			if _, known := meets[e]; known || !t.usable[e.label] || !t.within(e.target, t.region) {
				continue
			}
			mask := uint32(0)
			for i, met := range owes {
				if met(e) {
					mask |= 1 << i
				}
			}
			meets[e] = mask
		}
	}

	all := uint32(1)<<len(owes) - 1
	seen := newBitset(len(t.states) << len(owes))
	queue := []node{{arc: arc{noLabel, from}, previous: -1}}
	seen.put(t.index[from] << len(owes))
	for at := 0; at < len(queue); at++ {
		t.effort++
		n := queue[at]
		if n.mask == all && (!last || n.arc.target == t.entry) {
			var walk []arc
			for ; n.previous >= 0; n = queue[n.previous] {
				walk = append(walk, n.arc)
			}
			slices.Reverse(walk)
			return walk
		}
		for _, e := range t.leaving(n.arc.target) {
			met, inside := meets[e]
			if !inside {
				continue
			}
			mask := n.mask | met
			if id := t.index[e.target]<<len(owes) | mask; !seen.has(id) {
				seen.put(id)
				queue = append(queue, node{mask, e, at})
			}
		}
	}
	panic("BUG: a fair component without a closed walk")
}

// longest is the longest cycle that is worth the time to shorten: no reader follows a longer one anyway.
const longest = 100

// shorten cuts closed parts out of a cycle while the rest is fair.
func (f *fairSearch) shorten(entry uint32, cycle []arc) []arc {
	if len(cycle) > longest {
		return cycle
	}
	for length := len(cycle); length > 0; length-- {
		for i := 0; i+length <= len(cycle); i++ {
			before := entry
			if i > 0 {
				before = cycle[i-1].target
			}
			if before != cycle[i+length-1].target {
				continue
			}
			if rest := slices.Concat(cycle[:i], cycle[i+length:]); f.fairCycle(entry, rest) {
				return f.shorten(entry, rest)
			}
		}
	}
	return cycle
}

// fairCycle tells whether a closed walk from the entry meets every constraint.
func (f *fairSearch) fairCycle(entry uint32, cycle []arc) bool {
	states := []uint32{entry}
	for _, e := range cycle {
		states = append(states, e.target)
	}
	slices.Sort(states)
	states = slices.Compact(states)
	if f.moving && len(cycle) == 0 || f.must != nil && !slices.ContainsFunc(states, f.must.has) {
		return false
	}
	taken := map[uint32]bool{}
	for _, e := range cycle {
		for _, k := range f.of[e.label] {
			taken[k] = true
		}
	}
	for _, o := range f.tally(states, func(arc) bool { return false }) {
		if !taken[o.constraint] && (f.strong[o.constraint] || o.enabled == len(states)) {
			return false
		}
	}
	return true
}
