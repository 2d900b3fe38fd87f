package checker

import "slices"

// owing is what is known of a block while its states are gone through.
type owing struct {
	dead   bool   // it has no fair cycle
	narrow bool   // takes has been narrowed down
	takes  uint64 // the constraints that a cycle in it may take
	common uint64 // those that all its states enable
	states []uint64
}

// searcher is what one worker keeps to itself.
type searcher struct {
	*blocks
	sides [2]*fairSides
	buf   []successor
	met   map[uint32]*owing // the blocks of a component of rows, by component of columns
	sieve *sieve
	known map[[2]uint32]can // what inCycles has found
}

// can is what a block can take in cycles, and whether it can move.
type can struct {
	takes uint64
	moves bool
}

// inCycles is what a block can take in cycles: each side can only give what the other gets, and get what the other
// gives, in a cycle of its own.
func (b *searcher) inCycles(row, column uint32) can {
	key := [2]uint32{b.alike[0][row], b.alike[1][column]}
	if c, known := b.known[key]; known {
		return c
	}
	x, y := b.inside[0][row], b.inside[1][column]
	for range 4 { // as far as it pays
		theirs := b.narrow(b.sides[1], column, &x)
		mine := b.narrow(b.sides[0], row, &theirs)
		settled := mine.equal(&x) && theirs.equal(&y)
		if x, y = mine, theirs; settled {
			break
		}
	}
	var c can
	c.takes, c.moves = b.meet(&x, &y)
	b.known[key] = c
	return c
}

// list goes through the states, component by component of the rows. What it lists is in no certain order.
func (b *blocks) list() []uint64 {
	lists := make([][]uint64, len(b.workers))
	searchers := make([]*searcher, len(b.workers))
	sieve := newSieve(b)
	inChunks(len(b.workers), 1, len(b.sides[0].members), 4, func(worker, _, lo, hi int) {
		if searchers[worker] == nil {
			sides := [2]*fairSides{b.sides[0].fork(), b.sides[1].fork()}
			searchers[worker] = &searcher{blocks: b, sides: sides, met: map[uint32]*owing{}, sieve: sieve, known: map[[2]uint32]can{}}
		}
		for c := lo; c < hi; c++ {
			lists[worker] = searchers[worker].component(uint32(c), lists[worker])
		}
	})
	return slices.Concat(lists...)
}

// component goes through the blocks of a component of rows. A block all of whose states owe what it cannot take is left
// out.
func (b *searcher) component(c uint32, list []uint64) []uint64 {
	clear(b.met)
	for _, row := range b.sides[0].members[c] {
		b.sieve.look(row, func(column uint32) { b.state(c, b.sides[1].lives[column], row, column) })
	}
	for _, o := range b.met {
		if o.common&^o.takes == 0 {
			list = append(list, o.states...)
		}
	}
	return list
}

// state notes a state in its block, unless it enables a strong constraint that no cycle of the block takes: no fair run
// visits it again and again. The sieve has seen to what its sides enable each by itself.
func (b *searcher) state(mine, yours, row, column uint32) {
	o := b.met[yours]
	if o == nil {
		o = b.open(mine, yours)
		b.met[yours] = o
	}
	if o.dead {
		return
	}
	owes := b.enabledIn(row, column)
	out := func() bool { return o.dead || owes&b.strong&^o.takes != 0 }
	if out() {
		return
	}
	if !o.narrow {
		can := b.inCycles(mine, yours)
		o.takes, o.dead, o.narrow = can.takes, b.moving && !can.moves, true
		if out() {
			return
		}
	}
	o.common &= owes
	o.states = append(o.states, b.key(row, column))
}

// open begins with a block.
func (b *searcher) open(mine, yours uint32) *owing {
	if len(b.sides[0].members[mine]) == 1 && len(b.sides[1].members[yours]) == 1 {
		// One state: nothing moves, and nothing is taken.
		return &owing{common: ^uint64(0), narrow: true, dead: b.moving}
	}
	takes, moves := b.meet(&b.inside[0][mine], &b.inside[1][yours])
	return &owing{common: ^uint64(0), takes: takes, dead: b.moving && !moves}
}

// enabledIn are the constraints that are enabled in a state.
func (b *searcher) enabledIn(row, column uint32) (owes uint64) {
	key := b.key(row, column)
	b.buf = b.successors(key, b.buf)
	for _, next := range b.buf {
		if next.key != key {
			owes |= b.label[next.label]
		}
	}
	return owes
}
