package checker

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// strongOf are the strong constraints that are enabled by an offer of a place that has a certain answer and leads to
// another side. What nobody was asked is not enabled in any state.
func (s *sieve) strongOf(p int, first uint32) (enabled uint64) {
	for i := first; i >= firstHalf; i++ {
		h := &s.halves[i]
		if h.need == 0 {
			enabled |= s.label[label(h.act, uint32(p))]
		}
		if !h.more {
			break
		}
	}
	return enabled & s.strong
}

// prepareTaken finds out which columns take an offer.
func (s *sieve) prepareTaken() {
	s.taken = make([][]strongSet, len(s.offers))
	for n, side := range s.place[1].sides {
		for o, first := range s.answers[side] {
			for e := s.strongOf(0, first); e != 0; e &= e - 1 {
				put(s.setOf(&s.taken[o], bits.TrailingZeros64(e)), uint32(n))
			}
		}
	}
}

// setOf is the set for a constraint in a list of sets.
func (s *sieve) setOf(list *[]strongSet, bit int) []uint64 {
	for _, set := range *list {
		if set.bit == bit {
			return set.columns
		}
	}
	*list = append(*list, strongSet{bit, s.columnSet()})
	return (*list)[len(*list)-1].columns
}

// prepareOffered finds out which columns offer what a row takes, once for rows that answer in the same way. What a row
// was never asked is no matter, for no column in it offers that: it passes for what most rows would answer.
func (s *sieve) prepareOffered() {
	from, usual := s.offerers(), s.usual()
	s.way = make([]uint32, len(s.place[0].sides))
	numbers := map[string]uint32{}
	way := slices.Clone(usual)
	var key []byte
	for n, side := range s.place[0].sides {
		copy(way, usual)
		for o, first := range s.answers[side] {
			if first != unasked {
				way[o] = s.strongOf(1, first)
			}
		}
		key = key[:0]
		for o, enabled := range way {
			if from[o] != nil {
				key = binary.LittleEndian.AppendUint64(key, enabled)
			}
		}
		number, known := numbers[string(key)]
		if !known {
			number = uint32(len(s.offered))
			numbers[string(key)] = number
			s.offered = append(s.offered, s.offering(way, from))
		}
		s.way[n] = number
	}
}

// offerers are, by offer, the columns that make it; nil if there are none.
func (s *sieve) offerers() [][]uint64 {
	from := make([][]uint64, len(s.offers))
	for n := range s.place[1].actors {
		a := &s.place[1].actors[n]
		if !a.known {
			continue
		}
		for _, o := range s.place[1].offers(a) {
			if !enables(o, uint32(n)) {
				continue
			}
			if from[o.act] == nil {
				from[o.act] = s.columnSet()
			}
			put(from[o.act], uint32(n))
		}
	}
	return from
}

// enables tells whether an offer of a side enables what it is taken for, whoever takes it: it leads elsewhere.
func enables(o step, from uint32) bool { return o.need == 0 && o.target != from }

// usual is, by offer, what most rows enable by their answer.
func (s *sieve) usual() []uint64 {
	counts := make([]map[uint64]int, len(s.offers))
	for o := range counts {
		counts[o] = map[uint64]int{}
	}
	for _, side := range s.place[0].sides {
		for o, first := range s.answers[side] {
			if first != unasked {
				counts[o][s.strongOf(1, first)]++
			}
		}
	}
	usual := make([]uint64, len(counts))
	for o, of := range counts {
		most := 0
		for enabled, n := range of {
			if n > most || n == most && enabled < usual[o] {
				usual[o], most = enabled, n
			}
		}
	}
	return usual
}

// offering are the columns that offer what is answered in a certain way.
func (s *sieve) offering(way []uint64, from [][]uint64) (list []strongSet) {
	for o, enabled := range way {
		if from[o] == nil {
			continue
		}
		for ; enabled != 0; enabled &= enabled - 1 {
			set := s.setOf(&list, bits.TrailingZeros64(enabled))
			for i, word := range from[o] {
				set[i] |= word
			}
		}
	}
	return list
}
