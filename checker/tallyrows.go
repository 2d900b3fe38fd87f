package checker

import (
	"encoding/binary"
)

// counter is what one worker counts.
type counter struct {
	local     [2][]uint64 // by place and trait: local moves
	pairs     [2][]uint64 // by place and pair of traits: offers and joint moves
	columns   []uint64    // by column: in how many rows of the stall at hand it occurs
	stalls    []uint64    // by stall of the columns: how many of them occur in the row at hand
	deadlocks int
	buf       []successor
}

// stall is what a side shows to the other: its facts, and what it offers, each with the trait of its half-move. Sides with
// equal stalls are counted together: what the other side does with them is the same.
type stall struct {
	facts  uint64
	offers []goods
	sides  []uint32 // that have it
}

type goods struct{ act, need, trait uint32 }

// stalls sorts the sides of a place; those whose moves are not known have none.
func (p *place) stalls(t *traits) (list []stall, of []uint32) {
	of = make([]uint32, len(p.actors))
	numbers := map[string]uint32{}
	var key []byte
	for n := range p.actors {
		a := &p.actors[n]
		if !a.known {
			continue
		}
		s := stall{facts: a.facts}
		key = binary.LittleEndian.AppendUint64(key[:0], a.facts)
		for _, o := range p.offers(a) {
			g := goods{o.act, o.need, t.of[o.half]}
			s.offers = append(s.offers, g)
			key = binary.AppendUvarint(binary.AppendUvarint(binary.AppendUvarint(key, uint64(g.act)), uint64(g.need)), uint64(g.trait))
		}
		number, known := numbers[string(key)]
		if !known {
			number = uint32(len(list))
			numbers[string(key)] = number
			list = append(list, s)
		}
		list[number].sides = append(list[number].sides, uint32(n))
		of[n] = number
	}
	return list, of
}

// count counts over the states whose successors are known.
func (x *layers) count(masks []sideMask, actions, points, claims int) *tally {
	if !x.plain() {
		return x.countEach(masks, actions, points, claims)
	}
	t := x.sort(masks)
	rows, _ := x.place[0].stalls(t)
	columns, stallOf := x.place[1].stalls(t)
	counters := make([]counter, len(x.workers))
	for i := range counters {
		c := &counters[i]
		c.local = [2][]uint64{make([]uint64, len(t.list)), make([]uint64, len(t.list))}
		c.pairs = [2][]uint64{make([]uint64, len(t.movers)*len(t.list)), make([]uint64, len(t.movers)*len(t.list))}
		c.columns = make([]uint64, len(x.place[1].sides))
		c.stalls = make([]uint64, len(columns))
	}
	stuck, pieces := x.stuck(), x.reader()
	buffers := make([][]piece, len(x.workers))
	parallel(len(counters), len(rows), func(worker, task int) {
		x.spill.ease()
		c := &counters[worker]
		for _, row := range rows[task].sides {
			buffers[worker] = pieces(row, buffers[worker])
			x.countRow(c, t, row, buffers[worker], stallOf, stuck)
			x.countStalls(c, t, row, columns)
		}
		x.countColumns(c, t, &rows[task])
	})
	sum := &tally{
		labels: make([]uint64, 2*actions), hits: make([]uint64, points),
		premise: make([]uint64, claims), fails: make([]uint64, claims),
	}
	for i := range counters {
		c := &counters[i]
		sum.deadlocks += c.deadlocks
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

// stuck are the columns that have no local move that needs nothing.
func (x *layers) stuck() []uint64 {
	set := make([]uint64, x.stride*blockWords)
	for n := range x.place[1].actors {
		if x.place[1].actors[n].guarded == 0 {
			put(set, uint32(n))
		}
	}
	return set
}

// countRow counts the transitions that depend on the row alone, and its columns, each and by stall.
func (x *layers) countRow(c *counter, t *traits, row uint32, pieces []piece, stallOf []uint32, stuck []uint64) {
	rows, cols := &x.place[0], &x.place[1]
	me := &rows.actors[row]
	var states uint64
	for i := range pieces {
		p := &pieces[i]
		states += uint64(count(&p.words))
		for _, m := range rows.guarded(me) {
			words := x.guarded(p, m.need)
			c.local[0][t.of[m.half]] += uint64(count(&words))
		}
		columns(p.at, &p.words, func(column uint32) {
			c.columns[column]++
			c.stalls[stallOf[column]]++
		})
		if me.guarded == 0 {
			words := p.words
			for k := range words {
				words[k] &= stuck[int(p.at)*blockWords+k]
			}
			columns(p.at, &words, func(column uint32) { x.countDead(c, x.key(row, column)) })
		}
		for _, m := range rows.joint(me) {
			columns(p.at, &p.words, func(column uint32) {
				you := &cols.actors[column]
				for _, n := range cols.joint(you) {
					if m.act == n.act && x.enabled(m.need, you.facts) && x.enabled(n.need, me.facts) {
						c.pairs[0][t.pair(m.half, n.half)]++
					}
				}
			})
		}
	}
	for _, m := range rows.local(me) {
		c.local[0][t.of[m.half]] += states
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

// countStalls counts what the columns of a row offer to it.
func (x *layers) countStalls(c *counter, t *traits, row uint32, columns []stall) {
	for n, times := range c.stalls {
		if times != 0 {
			c.stalls[n] = 0
			x.countMet(c, t, 1, &columns[n], row, times)
		}
	}
}

// countMet counts what sides in a place, all with one stall, offer to a side in the other.
func (x *layers) countMet(c *counter, t *traits, place int, s *stall, other uint32, times uint64) {
	theirs := &x.place[1-place]
	answers, facts := x.answers[theirs.sides[other]], theirs.actors[other].facts
	for _, o := range s.offers {
		if o.need != 0 && !x.enabled(o.need, facts) {
			continue
		}
		for i := answers[o.act]; i >= firstHalf; i++ {
			h := &x.halves[i]
			if h.need == 0 || x.enabled(h.need, s.facts) {
				c.pairs[place][int(t.mover[o.trait])*len(t.list)+int(t.of[i])] += times
			}
			if !h.more {
				break
			}
		}
	}
}

// countColumns counts the local moves of the columns that have occurred with a stall of rows, and what these offer to
// them.
func (x *layers) countColumns(c *counter, t *traits, s *stall) {
	cols := &x.place[1]
	for column, times := range c.columns {
		if times == 0 {
			continue
		}
		c.columns[column] = 0
		a := &cols.actors[column]
		for _, m := range cols.local(a) {
			c.local[1][t.of[m.half]] += times
		}
		for _, m := range cols.guarded(a) {
			if x.enabled(m.need, s.facts) {
				c.local[1][t.of[m.half]] += times
			}
		}
		x.countMet(c, t, 0, s, uint32(column), times)
	}
}
