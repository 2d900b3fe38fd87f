package checker

import (
	"encoding/binary"
	"math/bits"
)

// tally is what a finished set of states implies: how many transitions there are, of which labels, which coverage
// points they hit, to how many of them claims about half-moves apply and fail, and which states have none.
//
// Nothing of this is counted transition by transition where it can be counted by rows and columns: a local move of a
// side that needs nothing is made as often as the side occurs.
type tally struct {
	transitions uint64
	labels      []uint64 // by label
	hits        []uint64 // by coverage point
	premise     []uint64 // by claim about half-moves
	fails       []uint64
	deadlocks   int
}

// trait is all that counting needs to know of a half-move. Half-moves with equal traits are counted together.
type trait struct {
	act            uint32 // the label; of an offer, 0: its label is the answer's
	points         []uint32
	applies, fails []uint64 // a word for each 64 claims
}

// traits sorts the half-moves of the memo.
type traits struct {
	of     []uint32 // by half-move
	list   []trait
	movers []uint32 // the traits of offers and joint moves
	mover  []uint32 // by trait: its place among the movers
}

func (x *layers) sort(masks []sideMask) *traits {
	t := &traits{of: make([]uint32, len(x.halves))}
	numbers := map[string]uint32{}
	var key []byte
	for i := firstHalf; i < len(x.halves); i++ {
		h := &x.halves[i]
		kind := trait{act: h.act, points: x.pointsOf(uint32(i))}
		if h.kind == Offer {
			kind.act = 0
		}
		key = binary.AppendUvarint(append(key[:0], h.kind), uint64(kind.act))
		for _, p := range kind.points {
			key = binary.AppendUvarint(key, uint64(p)+1)
		}
		key = append(key, 0)
		for _, m := range masks {
			kind.applies, kind.fails = append(kind.applies, m.applies[i]), append(kind.fails, m.fails[i])
			key = binary.AppendUvarint(binary.AppendUvarint(key, m.applies[i]), m.fails[i])
		}
		n, known := numbers[string(key)]
		if !known {
			n = uint32(len(t.list))
			numbers[string(key)] = n
			t.list, t.mover = append(t.list, kind), append(t.mover, 0)
			if h.kind == Offer || h.kind == Joint {
				t.mover[n] = uint32(len(t.movers))
				t.movers = append(t.movers, n)
			}
		}
		t.of[i] = n
	}
	return t
}

// pair is the place of a pair of half-moves in a table of pairs.
func (t *traits) pair(mover, other uint32) int {
	return int(t.mover[t.of[mover]])*len(t.list) + int(t.of[other])
}

// counter is what one worker counts.
type counter struct {
	local     [2][]uint64 // by place and trait: local moves
	pairs     [2][]uint64 // by place and pair of traits: offers and joint moves
	columns   [][]uint32  // by facts of the rows, and column: how many states
	deadlocks int
	buf       []successor
}

// count counts over the states whose successors are known.
func (x *layers) count(masks []sideMask, actions, points, claims int) *tally {
	if !x.plain() {
		return x.countEach(masks, actions, points, claims)
	}
	t := x.sort(masks)
	facts := map[uint64]int{} // of the rows
	for i := range x.place[0].actors {
		if a := &x.place[0].actors[i]; a.known {
			if _, seen := facts[a.facts]; !seen {
				facts[a.facts] = len(facts)
			}
		}
	}
	counters := make([]counter, len(x.workers))
	for i := range counters {
		c := &counters[i]
		c.local = [2][]uint64{make([]uint64, len(t.list)), make([]uint64, len(t.list))}
		c.pairs = [2][]uint64{make([]uint64, len(t.movers)*len(t.list)), make([]uint64, len(t.movers)*len(t.list))}
		c.columns = make([][]uint32, len(facts))
		for f := range c.columns {
			c.columns[f] = make([]uint32, len(x.place[1].sides))
		}
	}
	x.eachRow(false, func(worker int, row uint32, pieces []piece) {
		c := &counters[worker]
		x.countRow(c, t, row, pieces, c.columns[facts[x.place[0].actors[row].facts]])
	})
	sum := &tally{
		labels: make([]uint64, 2*actions), hits: make([]uint64, points),
		premise: make([]uint64, claims), fails: make([]uint64, claims),
	}
	for i := range counters {
		c := &counters[i]
		sum.deadlocks += c.deadlocks
		x.countColumns(c, t, facts)
		for place, list := range c.local {
			for n, times := range list {
				sum.note(&t.list[n], nil, uint32(place), times)
			}
		}
		for place, list := range c.pairs {
			for n, times := range list {
				sum.note(&t.list[n%len(t.list)], &t.list[t.movers[n/len(t.list)]], uint32(place), times)
			}
		}
	}
	return sum
}

// eachRow goes over the states row by row: all of them, or only those whose successors are known.
func (x *layers) eachRow(all bool, do func(worker int, row uint32, pieces []piece)) {
	left := map[uint64]*[blockWords]uint64{}
	if x.truncated != "" && !all {
		for i := range x.frontier {
			left[join(x.frontier[i].row, x.frontier[i].at)] = &x.frontier[i].words
		}
	}
	buffers := make([][]piece, len(x.workers))
	inChunks(len(x.workers), 0, len(x.place[0].sides), 16, func(worker, _, lo, hi int) {
		x.spill.ease()
		for r := lo; r < hi; r++ {
			buf := buffers[worker][:0]
			x.row(uint32(r), func(at uint32, words *[blockWords]uint64) {
				p := piece{uint32(r), at, *words}
				if without := left[join(p.row, at)]; without != nil {
					for i := range p.words {
						p.words[i] &^= without[i]
					}
				}
				if count(&p.words) > 0 {
					buf = append(buf, p)
				}
			})
			if buffers[worker] = buf; len(buf) > 0 {
				do(worker, uint32(r), buf)
			}
		}
	})
}

// countRow counts the transitions of a row that depend on it, and the states of each column.
func (x *layers) countRow(c *counter, t *traits, row uint32, pieces []piece, inColumn []uint32) {
	rows, cols := &x.place[0], &x.place[1]
	me := &rows.actors[row]
	var states uint64
	for i := range pieces {
		states += uint64(count(&pieces[i].words))
	}
	for _, m := range rows.local(me) {
		c.local[0][t.of[m.half]] += states
	}
	for i := range pieces {
		p := &pieces[i]
		for _, m := range rows.guarded(me) {
			words := x.guarded(p, m.need)
			c.local[0][t.of[m.half]] += uint64(count(&words))
		}
		for k, word := range &p.words {
			for ; word != 0; word &= word - 1 {
				column := p.at*blockBits + uint32(k*64+bits.TrailingZeros64(word))
				you := &cols.actors[column]
				inColumn[column]++
				x.countMet(c, t, 0, row, column)
				x.countMet(c, t, 1, column, row)
				for _, m := range rows.joint(me) {
					for _, n := range cols.joint(you) {
						if m.act == n.act && x.enabled(m.need, you.facts) && x.enabled(n.need, me.facts) {
							c.pairs[0][t.pair(m.half, n.half)]++
						}
					}
				}
				if me.guarded == 0 && you.guarded == 0 { // no local move that needs nothing
					x.countDead(c, x.key(row, column))
				}
			}
		}
	}
}

// countDead counts a state that may be a deadlock, if it is one.
func (x *layers) countDead(c *counter, key uint64) {
	if c.buf = x.successors(key, c.buf); len(c.buf) == 0 && !x.oracle.terminal(key) {
		c.deadlocks++
	}
}

// key is a state, in the memo's numbers.
func (x *layers) key(row, column uint32) uint64 {
	return join(x.place[0].sides[row], x.place[1].sides[column])
}

// countMet counts what the side in a place offers to the other.
func (x *layers) countMet(c *counter, t *traits, place int, mover, other uint32) {
	mine, theirs := &x.place[place], &x.place[1-place]
	me, you := &mine.actors[mover], &theirs.actors[other]
	for _, o := range mine.offers(me) {
		if o.need != 0 && !x.enabled(o.need, you.facts) {
			continue
		}
		for i := x.answers[theirs.sides[other]][o.act]; i >= firstHalf; i++ {
			h := &x.halves[i]
			if h.need == 0 || x.enabled(h.need, me.facts) {
				c.pairs[place][t.pair(o.half, i)]++
			}
			if !h.more {
				break
			}
		}
	}
}

// countColumns counts the local moves of the columns.
func (x *layers) countColumns(c *counter, t *traits, facts map[uint64]int) {
	cols := &x.place[1]
	for theirs, f := range facts {
		for column, times := range c.columns[f] {
			if times == 0 {
				continue
			}
			a := &cols.actors[column]
			for _, m := range cols.local(a) {
				c.local[1][t.of[m.half]] += uint64(times)
			}
			for _, m := range cols.guarded(a) {
				if x.enabled(m.need, theirs) {
					c.local[1][t.of[m.half]] += uint64(times)
				}
			}
		}
	}
}

// note adds transitions to the sums: of one half-move, or of two of which the first bears the label.
func (s *tally) note(a, b *trait, place uint32, times uint64) {
	if times == 0 {
		return
	}
	s.transitions += times
	s.labels[label(a.act, place)] += times
	for _, p := range a.points {
		s.hits[p] += times
	}
	if b != nil {
	next:
		for _, p := range b.points {
			for _, q := range a.points {
				if p == q {
					continue next
				}
			}
			s.hits[p] += times
		}
	}
	for w := range a.applies {
		applies, fails := a.applies[w], a.fails[w]
		if b != nil {
			applies, fails = applies|b.applies[w], fails|b.fails[w]
		}
		for ; applies != 0; applies &= applies - 1 {
			s.premise[w*64+bits.TrailingZeros64(applies)] += times
		}
		for ; fails != 0; fails &= fails - 1 {
			s.fails[w*64+bits.TrailingZeros64(fails)] += times
		}
	}
}
