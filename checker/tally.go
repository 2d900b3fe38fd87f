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
