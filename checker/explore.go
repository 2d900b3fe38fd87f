package checker

import (
	"context"
	"fmt"
	"math"
	"time"
)

// oracle is what the explorer, which knows only numbers, wants to be told about values.
type oracle interface {
	learnRows(sides []uint32)
	learnAnswers(questions []question)
	initial(yield func(key uint64) bool)
	terminal(key uint64) bool
	sizes() (actions, points int)
	bytes() int64
}

// The frontier is expanded in rounds of chunks. Workers share the chunks of a round; what one round found is merged
// before the next begins. The sizes do not depend on the number of workers, so that limits do not either.
const (
	chunkSize = 128
	roundSize = 64 * chunkSize
)

// explorer does the breadth-first search. A round has three parts:
//
//  1. The memo learns what the round's states need (learn.go).
//  2. Workers generate the successors and look them up. The visited set is only read: nothing is locked, nothing is
//     swapped atomically. Candidates, states not yet in the set, go to the chunk's list, in order.
//  3. The chunks' candidates are added in order. The first to name a state is its least parent, by its least move;
//     so states are numbered just as a sequential search would, whoever found them first.
type explorer struct {
	*space
	oracle   oracle
	workers  []worker
	chunks   []chunk
	max      int
	memory   int64
	progress func(Progress)
	began    time.Time
	reported time.Time
	saver    *saver
	resumed  int
	enough   func(lo, hi int) bool // called when the states [lo, hi), a level, have been expanded: is that enough?
}

// worker is what one worker keeps to itself.
type worker struct {
	buf         []successor // the transitions of a state, and then their twins
	distinct    int         // how many transitions
	batch       []candidate // successors that are to be looked up
	points      []uint32    // the coverage points of a transition
	transitions uint64
	labels      []uint64
	hits        []uint64
}

// chunk is what came out of one chunk of a round.
type chunk struct {
	candidates []candidate
	dead       []uint32
	questions  []question
}

// candidate is a state that was not in the visited set when the round began.
type candidate struct {
	key    uint64
	parent uint32
}

// run explores until the frontier is empty or a limit is met.
func (x *explorer) run(ctx context.Context) {
	if len(x.keys) == 0 { // it is not resumed
		x.begin()
	}
	for lo := x.expanded; lo < len(x.keys) && x.truncated == ""; {
		level, hi := lo, x.open()
		for ; lo < hi && x.truncated == ""; lo = min(lo+roundSize, hi) {
			if x.truncated = x.limit(ctx); x.truncated != "" {
				break
			}
			x.round(lo, min(lo+roundSize, hi))
			x.report(false)
		}
		if len(x.keys) > hi {
			x.levels = append(x.levels, uint32(hi))
		}
		x.report(true)
		x.save(x.truncated != "")
		if x.enough != nil && x.enough(level, x.expanded) {
			break
		}
	}
	x.total()
}

// open is the end of the level at hand. The next one has begun already if the exploration was cut off in the middle.
func (x *explorer) open() (hi int) {
	if last := len(x.levels) - 1; int(x.levels[last]) > x.expanded {
		hi = int(x.levels[last])
		x.levels = x.levels[:last]
		return hi
	}
	return len(x.keys)
}

// begin enters the initial states.
func (x *explorer) begin() {
	x.oracle.initial(func(key uint64) bool {
		if x.atLimit(key) {
			return false
		}
		x.enter(candidate{key, root})
		return true
	})
	if len(x.keys) > 0 {
		x.levels = append(x.levels, 0)
	}
}

// limit tells why the exploration has to stop, or nothing.
func (x *explorer) limit(ctx context.Context) string {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx).Error()
	}
	bytes := x.bytes()
	if x.visited.used+roundSize >= len(x.visited.slots)/4*3 {
		bytes += int64(len(x.visited.slots)) * 4 // the set is about to double
	}
	if x.memory > 0 && bytes > x.memory {
		return fmt.Sprintf("memory limit of %d bytes", x.memory)
	}
	if len(x.halves) > math.MaxUint32-1<<28 {
		return "the table of moves is full"
	}
	return ""
}

func (x *explorer) bytes() int64 { return x.space.bytes() + x.oracle.bytes() }

// total adds up what the workers counted.
func (x *explorer) total() {
	actions, points := x.oracle.sizes()
	x.labels, x.hits = make([]uint64, 2*actions), make([]uint64, points)
	for i := range x.workers {
		w := &x.workers[i]
		x.transitions += w.transitions
		add(x.labels, w.labels)
		add(x.hits, w.hits)
	}
}

// report calls the progress function: at the end of a level always, otherwise not too often.
func (x *explorer) report(level bool) {
	if x.progress == nil {
		return
	}
	now := time.Now()
	if !level && now.Sub(x.reported) < time.Second/4 {
		return
	}
	x.reported = now
	p := Progress{
		States: len(x.keys), Depth: len(x.levels) - 1, Frontier: len(x.keys) - x.expanded, Resumed: x.resumed,
		Bytes: x.bytes(), Elapsed: now.Sub(x.began),
	}
	for i := range x.workers {
		p.Transitions += x.workers[i].transitions
	}
	x.progress(p)
}
