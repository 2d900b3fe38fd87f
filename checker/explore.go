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
}

// worker is what one worker keeps to itself.
type worker struct {
	buf         []successor
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
	x.begin()
	for lo := 0; lo < len(x.keys) && x.truncated == ""; {
		hi := len(x.keys)
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
	}
	x.total()
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

// round expands the states [lo, hi).
func (x *explorer) round(lo, hi int) {
	x.learn(lo, hi)
	actions, points := x.oracle.sizes()
	for i := range x.workers {
		w := &x.workers[i]
		w.labels = extend(w.labels, 2*actions)
		w.hits = extend(w.hits, points)
	}
	inChunks(len(x.workers), lo, hi, chunkSize, func(id, task, lo, hi int) {
		x.expand(&x.workers[id], &x.chunks[task], lo, hi)
	})
	x.merge(lo, hi)
}

// extend lengthens a list of counters.
func extend(counts []uint64, n int) []uint64 {
	return append(counts, make([]uint64, max(0, n-len(counts)))...)
}

// learn has the oracle asked what the memo lacks for the states [lo, hi).
func (x *explorer) learn(lo, hi int) {
	var sides []uint32
	want := func(s uint32) {
		if r := &x.rows[s]; !r.known {
			r.known = true // once is enough
			sides = append(sides, s)
		}
	}
	for _, key := range x.keys[lo:hi] {
		a, b := split(key)
		want(a)
		want(b)
	}
	if len(sides) > 0 {
		x.oracle.learnRows(sides)
	}

	if len(x.offers) == 0 {
		return
	}
	inChunks(len(x.workers), lo, hi, chunkSize, func(_, task, lo, hi int) {
		c := &x.chunks[task]
		c.questions = c.questions[:0]
		for _, key := range x.keys[lo:hi] {
			c.questions = x.unanswered(key, c.questions)
		}
	})
	var questions []question
	asked := map[question]bool{}
	for i := range (hi - lo + chunkSize - 1) / chunkSize {
		for _, q := range x.chunks[i].questions {
			if !asked[q] {
				asked[q] = true
				questions = append(questions, q)
			}
		}
	}
	if len(questions) > 0 {
		x.oracle.learnAnswers(questions)
	}
}

// expand generates the successors of the states [lo, hi) and counts them.
func (x *explorer) expand(w *worker, c *chunk, lo, hi int) {
	c.candidates, c.dead = c.candidates[:0], c.dead[:0]
	for n := lo; n < hi; n++ {
		w.buf = x.successors(x.keys[n], w.buf[:0])
		if len(w.buf) == 0 {
			c.dead = append(c.dead, uint32(n))
		}
		for i := range w.buf {
			key := w.buf[i].key
			if _, found := x.visited.find(x.keys, key); !found {
				c.candidates = append(c.candidates, candidate{key, uint32(n)})
			}
		}
		x.count(w, 1)
	}
}

// count adds the transitions in the worker's buffer to its counters; times is 1, or -1 to take them back.
func (x *explorer) count(w *worker, times int) {
	one := uint64(times)
	w.transitions += one * uint64(len(w.buf))
	for i := range w.buf {
		w.labels[w.buf[i].label] += one
	}
	if len(x.covers) == 0 {
		return
	}
	for i := range w.buf {
		mine := x.pointsOf(w.buf[i].mover)
		for _, p := range mine {
			w.hits[p] += one
		}
	next:
		for _, p := range x.pointsOf(w.buf[i].other) {
			for _, q := range mine {
				if p == q {
					continue next // both halves use it, in one transition
				}
			}
			w.hits[p] += one
		}
	}
}

// merge gives numbers to the round's new states.
func (x *explorer) merge(lo, hi int) {
	x.expanded = hi
	tasks := (hi - lo + chunkSize - 1) / chunkSize
adding:
	for i := range tasks {
		for _, c := range x.chunks[i].candidates {
			if x.atLimit(c.key) {
				x.cut(int(c.parent), hi)
				break adding
			}
			x.enter(c)
		}
	}
	for i := range tasks {
		for _, n := range x.chunks[i].dead {
			if int(n) < x.expanded && !x.oracle.terminal(x.keys[n]) {
				if x.deadlocks++; x.deadlocks == 1 {
					x.firstDeadlock = n
				}
			}
		}
	}
}

// enter gives a number to a state, if it has none.
func (x *explorer) enter(c candidate) {
	if n := len(x.keys); x.visited.add(x.keys, c.key, uint32(n)) {
		x.keys = append(x.keys, c.key)
		x.parents = append(x.parents, c.parent)
	}
}

// atLimit tells whether a state would be one too many, and then says so.
func (x *explorer) atLimit(key uint64) bool {
	if len(x.keys) < x.max {
		return false
	}
	if _, found := x.visited.find(x.keys, key); found {
		return false
	}
	x.truncated = fmt.Sprintf("limit of %d states", x.max)
	return true
}

// cut makes the state n the first that is not expanded, and takes back what was counted from it up to hi.
func (x *explorer) cut(n, hi int) {
	x.expanded = n
	w := &x.workers[0]
	for ; n < hi; n++ {
		w.buf = x.successors(x.keys[n], w.buf[:0])
		x.count(w, -1)
	}
}

// total adds up what the workers counted.
func (x *explorer) total() {
	actions, points := x.oracle.sizes()
	x.labels, x.hits = make([]uint64, 2*actions), make([]uint64, points)
	for i := range x.workers {
		w := &x.workers[i]
		x.transitions += w.transitions
		for l, n := range w.labels {
			x.labels[l] += n
		}
		for p, n := range w.hits {
			x.hits[p] += n
		}
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
		States: len(x.keys), Depth: len(x.levels) - 1, Frontier: len(x.keys) - x.expanded,
		Bytes: x.bytes(), Elapsed: now.Sub(x.began),
	}
	for i := range x.workers {
		p.Transitions += x.workers[i].transitions
	}
	x.progress(p)
}
