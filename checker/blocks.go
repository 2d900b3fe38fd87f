package checker

import (
	"math/bits"
	"slices"
)

// blocks is the search for one question. A block is the states whose sides are in a component of rows and in one of
// columns. A fair cycle lies within one block, so the block has to have what the cycle owes.
type blocks struct {
	*pools
	*fairSearch
	sides  [2]*fairSides
	bit    []uint64    // by constraint: its bit in masks; 0 if there are too many
	strong uint64      // the strong ones among them
	label  []uint64    // by label: its constraints
	offer  [2][]uint64 // by place and offer: what may be taken by offering it
	alone  [2][]uint64 // by place and side: what its own moves enable
	inside [2][]inside // by place and component
	alike  [2][]uint32 // by place and component: equal for those that can do the same
}

// inside is what one side can do within a component.
type inside struct {
	moves bool     // by itself
	takes uint64   // the constraints that it takes by itself
	gives []uint64 // offers, as bits
	gets  []uint64 // offers that it answers
}

// prepare gives bits to constraints, the strong ones first, and lays out the masks.
func (b *blocks) prepare() {
	b.bit = make([]uint64, len(b.fairSearch.strong))
	given := 0
	for _, strong := range []bool{true, false} {
		for k := range b.bit {
			if b.fairSearch.strong[k] == strong && given < 64 {
				b.bit[k] = 1 << given
				given++
				if strong {
					b.strong |= b.bit[k]
				}
			}
		}
	}
	b.label = make([]uint64, len(b.of))
	for l, of := range b.of {
		for _, k := range of {
			b.label[l] |= b.bit[k]
		}
	}
	for p := range b.offer {
		b.offer[p] = make([]uint64, len(b.labelsOf))
		for o, acts := range b.labelsOf {
			for _, act := range acts {
				if l := label(act, uint32(p)); b.usable[l] {
					b.offer[p][o] |= b.label[l]
				}
			}
		}
		b.alone[p] = make([]uint64, len(b.place[p].sides))
		for n, of := range b.sides[p].alone {
			for _, k := range of {
				b.alone[p][n] |= b.bit[k]
			}
		}
	}
}

func (in *inside) equal(to *inside) bool {
	return in.moves == to.moves && in.takes == to.takes && slices.Equal(in.gives, to.gives) && slices.Equal(in.gets, to.gets)
}

// look finds out what one side can do within its components.
func (b *blocks) look(which int) {
	f := b.sides[which]
	b.inside[which] = make([]inside, len(f.members))
	for c, members := range f.members {
		b.inside[which][c] = b.within(f, members)
	}
}

// within is what a side can do within a set of its states, which is strongly connected.
func (b *blocks) within(f *fairSides, members []uint32) inside {
	words := (len(b.labelsOf) + 63) / 64
	in := inside{gives: make([]uint64, words), gets: make([]uint64, words)}
	part := f.enclose(members)
	for _, n := range members {
		for _, e := range f.edges[f.first[n]:f.first[n+1]] {
			if f.part[e.target] != part || !f.allowed(e) {
				continue
			}
			switch e.kind {
			case own:
				in.moves = true
				in.takes |= b.label[e.label]
			case gives:
				put(in.gives, e.offer)
			case gets:
				put(in.gets, e.offer)
			}
		}
	}
	return in
}

// narrow is what a side can do within a component in cycles, if of its offers, and of those of the other side, only
// some can be met.
func (b *blocks) narrow(f *fairSides, c uint32, matched *inside) inside {
	words := (len(b.labelsOf) + 63) / 64
	in := inside{gives: make([]uint64, words), gets: make([]uint64, words)}
	if len(f.members[c]) == 1 {
		all := &b.inside[f.which][c]
		for i := range words {
			in.gives[i], in.gets[i] = all.gives[i]&matched.gets[i], all.gets[i]&matched.gives[i]
		}
		return in
	}
	f.matched = matched
	f.components(f.members[c], func(members []uint32) {
		part := b.within(f, members)
		in.moves, in.takes = in.moves || part.moves, in.takes|part.takes
		for i := range words {
			in.gives[i] |= part.gives[i]
			in.gets[i] |= part.gets[i]
		}
	})
	f.matched = nil
	return in
}

// meet is what a block can take, and whether it can move at all, if its sides can do what is given.
func (b *blocks) meet(x, y *inside) (takes uint64, moves bool) {
	takes, moves = x.takes|y.takes, x.moves || y.moves
	for i := range x.gives {
		for word := x.gives[i] & y.gets[i]; word != 0; word &= word - 1 {
			takes, moves = takes|b.offer[0][i*64+bits.TrailingZeros64(word)], true
		}
		for word := y.gives[i] & x.gets[i]; word != 0; word &= word - 1 {
			takes, moves = takes|b.offer[1][i*64+bits.TrailingZeros64(word)], true
		}
	}
	return takes, moves
}
