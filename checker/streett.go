package checker

import (
	"cmp"
	"context"
	"slices"
)

// fairSearch looks for fair cycles: Tarjan's strongly connected components of the candidate states, and in each the
// refinement of Streett, until every component left is fair or gone.
//
// A component stands for the closed walk through all of it. Stuttering is allowed, so one state alone is a component
// too. By the constraints that some state of it enables, and no edge inside takes,
//
//   - a weak one that every state enables: no part of the component is fair either;
//   - a strong one: no fair walk visits the states that enable it; they are removed, and the components of the rest
//     are looked at in turn;
//   - none: the component is fair.
//
// Enabledness is a matter of all edges that leave a state; being taken, of the edges inside that a cycle may use.
type fairSearch struct {
	ctx context.Context
	*edges
	*constraints
	usable     []bool   // by label: a cycle may use the edge
	candidates []uint32 // the states that may be in the cycle, by length of stem
	must       bitset   // the cycle must visit one of these; nil: no matter
	moving     bool     // the cycle must have an edge
	rank       []uint32 // by state: its place among the candidates; nil: they are in the order of their numbers

	region []uint32 // by state: the part of the graph that it is in at the moment
	last   uint32   // the last region given out
	index  []uint32 // by state: Tarjan's index; 0: not visited

	tick    uint64
	stamp   []uint64     // by constraint: the tick at which it was last counted
	counts  []int        // by constraint: how many states of the component enable it
	taken   []bool       // by constraint: an edge inside takes it
	touched []uint32     // the constraints counted
	owing   []obligation // what owed returns

	best    []uint32 // the fair component whose stem is shortest
	entry   uint32   // its first state
	stopped bool     // the context was done
	effort  int      // nodes searched for a cycle
}

// run finds the fair component that can be entered first.
func (f *fairSearch) run() (found bool) {
	n := len(f.first) - 1
	f.region, f.index = make([]uint32, n), make([]uint32, n)
	f.stamp, f.counts = make([]uint64, len(f.strong)), make([]int, len(f.strong))
	f.taken = make([]bool, len(f.strong))

	work := [][]uint32{f.candidates}
	for len(work) > 0 && !f.stopped {
		states := work[len(work)-1]
		work = work[:len(work)-1]
		f.components(states, func(c []uint32) {
			entry := slices.MinFunc(c, f.compare)
			if f.best != nil && f.compare(entry, f.entry) > 0 {
				return // whatever is in it cannot be entered earlier
			}
			fair, rest := f.judge(c)
			if fair {
				f.best, f.entry = slices.Clone(c), entry
			} else if len(rest) > 0 {
				work = append(work, rest)
			}
		})
	}
	return f.best != nil
}

// compare orders states by length of stem.
func (f *fairSearch) compare(m, n uint32) int {
	if f.rank == nil {
		return cmp.Compare(m, n)
	}
	return cmp.Compare(f.rank[m], f.rank[n])
}

// enclose makes the states a region of their own.
func (f *fairSearch) enclose(states []uint32) (region uint32) {
	f.last++
	for _, n := range states {
		f.region[n] = f.last
	}
	return f.last
}

// judge tells whether a component is fair as a whole, and if not, which states of it may still be part of a fair one.
func (f *fairSearch) judge(c []uint32) (fair bool, rest []uint32) {
	if f.moving && len(c) == 1 || f.must != nil && !slices.ContainsFunc(c, f.must.has) {
		return false, nil
	}
	owed := f.owed(c)
	for _, o := range owed {
		if !o.taken && !f.strong[o.constraint] && o.enabled == len(c) {
			return false, nil
		}
	}
	var broken []uint32
	for _, o := range owed {
		if !o.taken && f.strong[o.constraint] {
			broken = append(broken, o.constraint)
		}
	}
	if len(broken) == 0 {
		return true, nil
	}
	return false, f.without(c, broken)
}

// obligation is a constraint that some states of a component enable.
type obligation struct {
	constraint uint32
	enabled    int  // in how many states
	taken      bool // by an edge inside
}

// owed lists the constraints that a component enables somewhere, in order. The list is valid until the next call.
func (f *fairSearch) owed(c []uint32) []obligation {
	region := f.enclose(c)
	return f.tally(c, func(e arc) bool { return f.usable[e.label] && f.within(e.target, region) })
}

// tally counts in how many of the states each constraint is enabled, and whether an edge that is inside takes it.
func (f *fairSearch) tally(states []uint32, inside func(arc) bool) []obligation {
	f.touched, f.owing = f.touched[:0], f.owing[:0]
	for _, n := range states {
		f.tick++
		for _, e := range f.leaving(n) {
			if len(f.of[e.label]) == 0 {
				continue
			}
			in := inside(e)
			for _, k := range f.of[e.label] {
				if f.stamp[k] != f.tick {
					f.stamp[k] = f.tick
					if f.counts[k] == 0 {
						f.touched = append(f.touched, k)
					}
					f.counts[k]++
				}
				f.taken[k] = f.taken[k] || in
			}
		}
	}
	slices.Sort(f.touched)
	for _, k := range f.touched {
		f.owing = append(f.owing, obligation{k, f.counts[k], f.taken[k]})
		f.counts[k], f.taken[k] = 0, false
	}
	return f.owing
}

// within tells whether a state is in a region; states that are not expanded are in none.
func (f *fairSearch) within(n, region uint32) bool {
	return int(n) < len(f.region) && f.region[n] == region
}

// without leaves out the states that enable one of the constraints.
func (f *fairSearch) without(c []uint32, constraints []uint32) (rest []uint32) {
	for _, n := range c {
		if !slices.ContainsFunc(constraints, func(k uint32) bool { return f.enables(n, k) }) {
			rest = append(rest, n)
		}
	}
	return rest
}

// enables tells whether a step of a constraint's class leaves a state.
func (f *fairSearch) enables(n, constraint uint32) bool {
	for _, e := range f.leaving(n) {
		if slices.Contains(f.of[e.label], constraint) {
			return true
		}
	}
	return false
}
