package checker

import "sort"

// space is the set of states found so far, in numbers. A state's number is its index in the arena; states are
// numbered in breadth-first order, and within a level by (number of the parent, canonical order), so the frontier is
// a range of numbers, and the least-numbered state of a kind has the shortest, lexicographically least trace.
type space struct {
	*memo
	keys    []uint64 // the arena
	parents []uint32
	visited set
	levels  []uint32 // the first number of each level

	expanded    int      // the successors of states below this number are known
	transitions uint64   // of the expanded states
	labels      []uint64 // the same, by label
	hits        []uint64 // the same, by coverage point

	deadlocks     int
	firstDeadlock uint32
	truncated     string // why the exploration stopped early, or empty
}

// root is the parent of the initial states.
const root = ^uint32(0)

// depth is the length of the shortest path to a state.
func (s *space) depth(n int) int {
	return sort.Search(len(s.levels), func(i int) bool { return int(s.levels[i]) > n }) - 1
}

// end is the number after the last state of a level.
func (s *space) end(level int) int {
	if level+1 < len(s.levels) {
		return int(s.levels[level+1])
	}
	return len(s.keys)
}

// arc is one step of a path: the label, and the state it leads to.
type arc struct{ label, target uint32 }

// noLabel is the label of the arc that begins a path, and leads to an initial state.
const noLabel = ^uint32(0)

// path is the canonical shortest path to a state: along the parents, each time by the first edge that fits.
func (s *space) path(n uint32) []arc {
	numbers := []uint32{n}
	for p := s.parents[n]; p != root; p = s.parents[p] {
		numbers = append(numbers, p)
	}
	return s.along([]arc{{noLabel, numbers[len(numbers)-1]}}, numbers)
}

// along continues a path through states, given from the last to the one where the path has arrived.
func (s *space) along(path []arc, numbers []uint32) []arc {
	for i := len(numbers) - 2; i >= 0; i-- {
		path = append(path, s.edge(numbers[i+1], numbers[i]))
	}
	return path
}

// edge is the first edge from one state to another.
func (s *space) edge(from, to uint32) arc {
	for _, next := range s.successors(s.keys[from], nil) {
		if next.key == s.keys[to] {
			return arc{next.label, to}
		}
	}
	panic("BUG: no edge between a parent and its child")
}

// bytes estimates the memory of the states.
func (s *space) bytes() int64 {
	return int64(cap(s.keys))*8 + int64(cap(s.parents))*4 + int64(len(s.visited.slots))*4
}
