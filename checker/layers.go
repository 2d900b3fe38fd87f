package checker

import (
	"context"
	"fmt"
	"math/bits"
	"sync/atomic"
	"time"
)

// layers explores a product layer by layer, on a matrix. Where the hash-table engine takes one state and makes its
// successors, this one takes a piece of a row, up to 512 states that share the side in place 0. A local move of that
// side takes them all to another row at once; the moves of their other sides stay in the row; and what one side offers,
// the other answers by table. Nothing is counted on the way: what a finished set of states implies is counted
// afterwards (tally.go).
type layers struct {
	*memo
	*matrix
	oracle   oracle
	place    [2]place
	guards   []guard  // by need
	columns  []uint32 // those that are known
	workers  []layerer
	frontier []piece
	sorter   sorter
	lists    int64 // bytes of what was added to the last layer
	found    int   // states in the set
	depth    int   // layers, without the first
	opened   []uint64

	memory    int64
	progress  func(Progress)
	began     time.Time
	truncated string // why the exploration stopped early
	most      int    // places of blocks
	sparse    bool   // there are too many sides for a matrix
	expanded  int    // states whose successors are in the set
	saver     *saver // of checkpoints, or nil
	resumed   int    // states that had been expanded before the checkpoint
	pulse
}

// layerer is what one worker keeps to itself.
type layerer struct {
	adder
	images
	waiting []wait // offers that wait for an answer
}

// piecesPerTask is how many pieces a worker takes at a time.
const piecesPerTask = 64

// begin enters the initial states.
func (x *layers) begin() {
	x.oracle.initial(func(key uint64) bool {
		a, b := split(key)
		row, column := x.place[0].meet(a), x.place[1].meet(b)
		if x.room(); !x.sparse {
			x.workers[0].add(row, column)
		}
		return true
	})
	x.advance()
}

// run explores until the frontier is empty, or a limit is met.
func (x *layers) run(ctx context.Context) {
	if len(x.place[0].sides) == 0 { // it is not resumed
		x.begin()
	}
	for len(x.frontier) > 0 && x.truncated == "" {
		if !x.layer(ctx) {
			break
		}
		x.expanded = x.found
		if x.advance(); len(x.frontier) > 0 {
			x.depth++
		}
		x.report(x.found - x.expanded)
		x.save(false)
	}
	if x.truncated != "" {
		x.save(true)
	}
}

// layer expands the frontier. It reports false if it was stopped; then what it found is forgotten.
func (x *layers) layer(ctx context.Context) bool {
	if x.learnFrontier(); x.sparse {
		return false
	}
	tasks := (len(x.frontier) + piecesPerTask - 1) / piecesPerTask
	var stopped atomic.Bool
	x.done.Store(0)
	parallel(len(x.workers), tasks, func(worker, task int) {
		if stopped.Load() || ctx.Err() != nil {
			stopped.Store(true)
			return
		}
		w := &x.workers[worker]
		x.expandAll(w, x.frontier[task*piecesPerTask:min((task+1)*piecesPerTask, len(x.frontier))])
		x.tick(tasks)
	})
	x.learnAnswers()
	if x.sparse {
		return false
	}
	if stopped.Load() || x.atLimit(ctx) {
		for i := range x.workers {
			x.remove(x.workers[i].added)
			x.workers[i].added = x.workers[i].added[:0]
		}
		if x.truncated == "" {
			x.truncated = context.Cause(ctx).Error()
		}
		return false
	}
	return true
}

// expandAll adds the successors of some pieces, which are in the order of their rows.
func (x *layers) expandAll(w *layerer, pieces []piece) {
	for len(pieces) > 0 {
		n := 1
		for n < len(pieces) && pieces[n].row == pieces[0].row {
			n++
		}
		x.expand(w, pieces[:n])
		pieces = pieces[n:]
	}
}

// atLimit tells whether the exploration has to stop, and says why.
func (x *layers) atLimit(ctx context.Context) bool {
	if x.spill != nil && x.bytes()-x.spill.resident() > x.memory/4*3 {
		x.move()
	}
	switch {
	case ctx.Err() != nil:
		x.truncated = context.Cause(ctx).Error()
	case x.spill.problem() != "":
		x.truncated = x.spill.problem()
	case x.memory > 0 && x.bytes()-x.spill.resident() > x.memory:
		x.truncated = fmt.Sprintf("memory limit of %d bytes", x.memory)
	}
	return x.truncated != ""
}

// advance makes a new frontier of what was added. It is ordered by row, so numbers of sides do not depend on the workers.
func (x *layers) advance() {
	lists := make([][]word, len(x.workers))
	for i := range x.workers {
		lists[i] = x.workers[i].added
		x.workers[i].added = x.workers[i].added[:0]
	}
	x.lists = x.sorter.load(lists, len(x.place[0].sides))
	pieces := x.frontier[:0]
	if x.spill != nil {
		pieces = x.spill.pieces(x.sorter.count(x.stride*blockBits), x.frontier)
	}
	x.frontier = x.sorter.pieces(x.stride*blockBits, pieces)
	for i := range x.frontier {
		x.found += count(&x.frontier[i].words)
	}
}

// mostPlaces is how many places of blocks a matrix may have, used or not: they take four bytes each.
const mostPlaces = 1 << 27

// room makes room in the matrix for all sides that have been met, unless that would be more than fits.
func (x *layers) room() {
	rows, stride := len(x.place[0].sides), len(x.place[1].sides)/blockBits+1
	if x.sparse = x.sparse || rows*stride > x.most; !x.sparse {
		x.grow(rows, len(x.place[1].sides))
	}
}

// learnFrontier has the oracle asked for the moves of the sides that appear in the frontier for the first time.
func (x *layers) learnFrontier() {
	var fresh [2][]uint32
	want := func(p int, n uint32) {
		if !x.place[p].actors[n].known {
			x.place[p].actors[n].known = true
			fresh[p] = append(fresh[p], n)
		}
	}
	x.opened = append(x.opened, make([]uint64, max(0, x.stride*blockWords-len(x.opened)))...)
	clear(x.opened)
	for i := range x.frontier {
		p := &x.frontier[i]
		want(0, p.row)
		for j, word := range p.words {
			x.opened[int(p.at)*blockWords+j] |= word
		}
	}
	for i, word := range x.opened {
		for ; word != 0; word &= word - 1 {
			want(1, uint32(i*64+bits.TrailingZeros64(word)))
		}
	}
	x.learnSides(fresh)
}

func (x *layers) learnSides(fresh [2][]uint32) {
	var sides []uint32
	for p := range fresh {
		for _, n := range fresh[p] {
			if s := x.place[p].sides[n]; !x.rows[s].known {
				x.rows[s].known = true // once is enough
				sides = append(sides, s)
			}
		}
	}
	if len(sides) > 0 {
		x.oracle.learnRows(sides)
	}
	for p := range fresh {
		for _, n := range fresh[p] {
			x.place[p].learn(n)
		}
	}
	if x.room(); !x.sparse {
		x.guard(fresh[1])
	}
}

// guard is the set of columns whose facts satisfy a need.
type guard struct {
	columns []uint64
	entered int // how many of the known columns have been looked at
}

// guard brings the guards up to date, new columns having become known.
func (x *layers) guard(columns []uint32) {
	x.columns = append(x.columns, columns...)
	for len(x.guards) < len(x.needs) {
		x.guards = append(x.guards, guard{})
	}
	for need := range x.guards {
		g := &x.guards[need]
		g.columns = append(g.columns, make([]uint64, max(0, x.stride*blockWords-len(g.columns)))...)
		for ; g.entered < len(x.columns); g.entered++ {
			c := x.columns[g.entered]
			if x.enabled(uint32(need), x.place[1].actors[c].facts) {
				g.columns[c/64] |= 1 << (c % 64)
			}
		}
	}
}

func (x *layers) bytes() int64 {
	n := x.matrix.bytes() + x.place[0].bytes() + x.place[1].bytes() + x.oracle.bytes()
	n += x.lists
	if !x.spill.listing() {
		n += int64(cap(x.frontier)) * (blockWords*8 + 8)
	}
	return n + x.spill.resident()
}

func newLayers(m *memo, o oracle, workers int) *layers {
	x := &layers{memo: m, matrix: newMatrix(), oracle: o, workers: make([]layerer, workers), most: mostPlaces}
	for p := range x.place {
		x.place[p].memo = m
	}
	for i := range x.workers {
		x.workers[i].matrix = x.matrix
	}
	return x
}
