package checker

import (
	"fmt"
	"slices"
)

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
		w.generate(x.memo, x.keys[n])
		if w.distinct == 0 {
			c.dead = append(c.dead, uint32(n))
		}
		for i := range w.distinct {
			w.batch = append(w.batch, candidate{w.buf[i].key, uint32(n)})
		}
		if w.count(x.memo, 1); len(w.batch) >= batchSize || n+1 == hi {
			c.candidates = x.visited.sift(x.keys, w.batch, c.candidates)
			w.batch = w.batch[:0]
		}
	}
}

// generate fills the worker's buffer with the transitions of a state.
func (w *worker) generate(m *memo, key uint64) { w.buf, w.distinct = m.compose(key, w.buf) }

// count adds the transitions in the worker's buffer to its counters; times is 1, or -1 to take them back.
func (w *worker) count(m *memo, times int) {
	one := uint64(times)
	w.transitions += one * uint64(w.distinct)
	for i := range w.distinct {
		w.labels[w.buf[i].label] += one
	}
	if len(m.covers) == 0 {
		return
	}
	for i := range w.distinct {
		w.points = w.points[:0]
		w.cover(m, &w.buf[i])
		for j := w.distinct; j < len(w.buf); j++ {
			if w.buf[j].same(&w.buf[i]) {
				w.cover(m, &w.buf[j])
			}
		}
		for _, p := range w.points {
			w.hits[p] += one
		}
	}
}

// cover collects the coverage points of a transition, each once.
func (w *worker) cover(m *memo, s *successor) {
	for _, h := range [...]uint32{s.mover, s.other} {
		for _, p := range m.pointsOf(h) {
			if !slices.Contains(w.points, p) {
				w.points = append(w.points, p)
			}
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
		w.generate(x.memo, x.keys[n])
		w.count(x.memo, -1)
	}
}
