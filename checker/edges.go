package checker

import "math/bits"

// edges are the transitions of a graph in compressed sparse rows: those that leave state n are list[first[n]:first[n+1]],
// in canonical order. Loops are left out: to liveness a step that does not change the state is stuttering, which is
// allowed everywhere. They are built when the first liveness property is judged.
type edges struct {
	first []uint64
	list  []arc
}

// leaving are the edges that leave state n.
func (e *edges) leaving(n uint32) []arc { return e.list[e.first[n]:e.first[n+1]] }

func (e *edges) bytes() int64 { return int64(cap(e.first))*8 + int64(cap(e.list))*8 }

// newEdges builds the edges of the expanded states: it counts them, and then fills them in.
func newEdges(s *space, workers int) *edges {
	e := &edges{first: make([]uint64, s.expanded+1)}
	each := func(do func(n int, next successor)) {
		inChunks(workers, 0, s.expanded, roundSize, func(_, _, lo, hi int) {
			var buf []successor
			for n := lo; n < hi; n++ {
				buf = s.successors(s.keys[n], buf)
				for _, next := range buf {
					if next.key != s.keys[n] {
						do(n, next)
					}
				}
			}
		})
	}
	each(func(n int, _ successor) { e.first[n+1]++ })
	for n := range s.expanded {
		e.first[n+1] += e.first[n]
	}
	e.list = make([]arc, e.first[s.expanded])
	at := append([]uint64{}, e.first...)
	each(func(n int, next successor) {
		e.list[at[n]] = arc{next.label, s.number(next.key)}
		at[n]++
	})
	return e
}

// bitset is a set of states, or of other small numbers.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) has(n uint32) bool { return b[n/64]>>(n%64)&1 != 0 }
func (b bitset) put(n uint32)      { b[n/64] |= 1 << (n % 64) }

func (b bitset) count() (n uint64) {
	for _, word := range b {
		n += uint64(bits.OnesCount64(word))
	}
	return n
}

// states are the numbers that the set holds, in order.
func (b bitset) states() (list []uint32) {
	list = make([]uint32, 0, b.count())
	for i, word := range b {
		for ; word != 0; word &= word - 1 {
			list = append(list, uint32(i*64+bits.TrailingZeros64(word)))
		}
	}
	return list
}
