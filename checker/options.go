package checker

import (
	"fmt"
	"time"
)

// Options say how far to explore and what to watch. The zero value explores everything with a worker for each
// processor, and takes every state without a successor for a deadlock. V is the view of a state: [ProductOptions]
// and [ModelOptions] name the two cases.
type Options[S, A, V any] struct {
	Workers   int   // at most this many at work; 0: one for each processor. No result depends on it
	MaxStates int   // truncate when there would be more states than this; 0: no limit
	MaxMemory int64 // truncate when the tables would take more bytes than this, by estimate; 0: no limit

	// Spill is a directory. With it, CheckProduct does not stop at MaxMemory, but keeps what there is no room for in a
	// file there, if it explores on a matrix, and the system is Linux. It stops when there is no room on the disk, or
	// for what has to be in memory. MaxMemory is kept to within some tens of milliseconds, not at every moment.
	Spill string

	// Symmetry explores one of each pair of mirror images, where that is possible. Only CheckProduct looks at it.
	Symmetry bool

	// Terminal tells which states may be without a successor. Any other is a deadlock.
	Terminal func(V) bool
	// Name is the name under which coverage counts a label; nil: the action as fmt prints it.
	Name func(side int, a A) string
	// Cover yields the coverage points of a half-move. It is asked once per half-move; a point is counted for each
	// transition that uses the half-move.
	Cover func(half SideStep[S, A], yield func(point string))
	// Checkpoint, unless it is nil, saves what has been explored, and goes on from there. Check and CheckProduct look
	// at it; a Graph is not saved.
	Checkpoint *Checkpoint
	// Progress is called at the end of each level, and up to four times a second within one.
	Progress func(Progress)
}

// name is Name, or what stands for it.
func (o *Options[S, A, V]) name() func(side int, a A) string {
	if o.Name == nil {
		return func(_ int, a A) string { return fmt.Sprint(a) }
	}
	return o.Name
}

// ProductOptions are the options of a product of two components.
type ProductOptions[S, A any] = Options[S, A, Pair[S]]

// ModelOptions are the options of a whole-state model.
type ModelOptions[S, A any] = Options[S, A, *S]

// Progress is how far an exploration has come.
type Progress struct {
	States      int
	Transitions uint64 // of the expanded states; 0 on a matrix, which counts them in the end
	Depth       int    // of the level being expanded
	Frontier    int    // states found but not expanded; within a layer of a matrix, about
	Resumed     int    // expanded states that a checkpoint had
	Bytes       int64
	Spilled     int64 // bytes on disk; what of them is in memory as well is counted in Bytes, too
	Elapsed     time.Duration
}

// Rate is how many states have been expanded in a second, on average.
func (p *Progress) Rate() float64 {
	if p.Elapsed <= 0 {
		return 0
	}
	return float64(p.States-p.Frontier-p.Resumed) / p.Elapsed.Seconds()
}
