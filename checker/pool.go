package checker

import "encoding/binary"

// pools finds the states that may be part of a fair cycle, as far as that can be told without looking for cycles in the
// product: usually few. It remembers what it found for equal questions.
type pools struct {
	*layers
	labelsOf [][]uint32 // by offer: the actions that label its answers
	graphs   [2]*sideGraph
	known    map[string][]uint64
}

// of lists the states for a search: for its constraints, the labels that a cycle may use, and whether it has to move.
func (s *pools) states(search *fairSearch) []uint64 {
	var question []byte
	for l, of := range search.of {
		flag := byte(0)
		if search.usable[l] {
			flag = 1
		}
		question = append(question, flag)
		for _, k := range of {
			question = binary.AppendUvarint(question, uint64(k)+1)
		}
		question = append(question, 0)
	}
	for _, strong := range search.strong {
		question = append(question, bits8(strong, search.moving))
	}
	question = append(question, bits8(search.moving))
	if pool, found := s.known[string(question)]; found {
		return pool
	}
	pool := s.find(search)
	s.known[string(question)] = pool
	return pool
}

func bits8(flags ...bool) (b byte) {
	for i, f := range flags {
		if f {
			b |= 1 << i
		}
	}
	return b
}

func (s *pools) find(search *fairSearch) []uint64 {
	b := &blocks{pools: s, fairSearch: search}
	for p := range b.sides {
		b.sides[p] = s.surviving(p, s.graphs[p], search.constraints, search.usable)
	}
	b.prepare()
	for p := range b.inside {
		b.look(p)
	}
	b.reduce()
	return b.list()
}
