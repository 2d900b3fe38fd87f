package checker

import "math/bits"

// memo holds what is known of the sides, in numbers: the moves of each, and its answers to offers. Everything that
// is done per transition works on these tables alone. While workers read it nobody writes it; what is missing is
// asked for between two rounds (learn.go).
type memo struct {
	rows    []row      // by number of a side; number 0 is nobody, who has no moves
	halves  []half     // all half-moves; a row, or an answer, is a range of them
	needs   []uint64   // the distinct guards; number 0 is none
	offers  []uint32   // the action of each offer
	answers [][]uint32 // by acceptor and offer: unasked, blocked, or the first half of the answer
	slots   int64      // of answers, all told

	// Coverage points: those of half i are points[covers[i-1]:covers[i]]. Both are empty if nobody asked for coverage.
	covers []uint32
	points []uint32
}

// row is one side: its half-moves are halves[first:end], in canonical order.
type row struct {
	facts      uint64
	first, end uint32
	known      bool // Moves and Facts have been asked
	offering   bool // some move is an Offer
	clash      bool // two moves have the same action and the same next side: the same transition may come twice
}

// half is one side's part of a transition.
type half struct {
	act  uint32 // the number of the action; of an Offer, the number of the offer
	next uint32 // the side afterwards
	need uint32 // the number of the guard
	kind uint8
	more bool // of an answer: another result follows
	twin bool // of an answer: it may repeat a transition that another move makes
}

// Special values in answers; the first halves are left unused for them.
const (
	unasked = iota
	blocked
	firstHalf
)

// successor is a transition, seen from its source. The mover's half and, if there is one, the other side's half are
// what properties and coverage of half-moves look at.
type successor struct {
	key          uint64
	label        uint32
	mover, other uint32
}

// label numbers a label of the system: an action and the place of the mover.
func label(act, place uint32) uint32 { return act<<1 | place }

// join makes the key of a state, its sides being in place 0 and 1.
func join(a, b uint32) uint64 { return uint64(a)<<32 | uint64(b) }

// split is the inverse of join.
func split(key uint64) (a, b uint32) { return uint32(key >> 32), uint32(key) }

func newMemo() memo {
	return memo{
		rows:    []row{{known: true}},
		halves:  make([]half, firstHalf),
		needs:   []uint64{0},
		answers: [][]uint32{nil},
	}
}

// enabled tells whether a guard is satisfied by the other side's facts.
func (m *memo) enabled(need uint32, facts uint64) bool { return m.needs[need]&^facts == 0 }

// successors lists the successors of a state in canonical order, in place of what is in buf: first the moves of side 0
// in their order of appending, joint moves among them, then those of side 1. Each (label, target) is there once.
func (m *memo) successors(key uint64, buf []successor) []successor {
	list, n := m.compose(key, buf)
	return list[:n]
}

// compose is the composition of the two sides; there is no other but the replay, which does without the memo. It lists
// n transitions in canonical order, and after them their twins: other half-moves that make one of those n.
func (m *memo) compose(key uint64, buf []successor) (list []successor, n int) {
	buf = buf[:0]
	a, b := split(key)
	twins := m.rows[a].clash || m.rows[b].clash
	self, peer := a, b
	for place := range uint32(2) {
		turn := int(place) * 32 // join puts the mover first: turn it to its place
		me, you := &m.rows[self], &m.rows[peer]
		for i := me.first; i < me.end; i++ {
			h := &m.halves[i]
			if h.need != 0 && !m.enabled(h.need, you.facts) {
				continue
			}
			switch h.kind {
			case Local:
				buf = append(buf, successor{bits.RotateLeft64(join(h.next, peer), turn), label(h.act, place), i, 0})
			case Offer:
				for j := m.answers[peer][h.act]; j >= firstHalf; j++ {
					r := &m.halves[j]
					if r.need == 0 || m.enabled(r.need, me.facts) {
						buf = append(buf, successor{bits.RotateLeft64(join(h.next, r.next), turn), label(r.act, place), i, j})
						twins = twins || r.twin
					}
					if !r.more {
						break
					}
				}
			case Joint:
				if place == 0 {
					buf = m.jointly(i, me, you, buf)
				}
			}
		}
		self, peer = b, a
	}
	if twins {
		return buf, distinct(buf)
	}
	return buf, len(buf)
}

// jointly appends the steps that side 0's joint move i makes with each joint move of the same action of side 1.
func (m *memo) jointly(i uint32, me, you *row, buf []successor) []successor {
	h := &m.halves[i]
	for j := you.first; j < you.end; j++ {
		g := &m.halves[j]
		if g.kind == Joint && g.act == h.act && m.enabled(g.need, me.facts) {
			buf = append(buf, successor{join(h.next, g.next), label(h.act, 0), i, j})
		}
	}
	return buf
}

// same tells whether two half-moves make the same transition.
func (s *successor) same(t *successor) bool { return s.key == t.key && s.label == t.label }

// distinct moves the first of equal transitions to the front, in order, and returns how many there are. The lists are
// short.
func distinct(list []successor) (n int) {
next:
	for i := range list {
		for k := range n {
			if list[k].same(&list[i]) {
				continue next
			}
		}
		if first := list[i]; i > n {
			copy(list[n+1:i+1], list[n:i])
			list[n] = first
		}
		n++
	}
	return n
}

// question is what the memo does not know: how a side answers an offer.
type question struct{ acceptor, offer uint32 }

// unanswered appends the questions which successors(key) would need an answer to.
func (m *memo) unanswered(key uint64, buf []question) []question {
	a, b := split(key)
	for range 2 {
		me, you := &m.rows[a], &m.rows[b]
		if me.offering {
			known := m.answers[b]
			for i := me.first; i < me.end; i++ {
				h := &m.halves[i]
				if h.kind == Offer && (int(h.act) >= len(known) || known[h.act] == unasked) && m.enabled(h.need, you.facts) {
					buf = append(buf, question{b, h.act})
				}
			}
		}
		a, b = b, a
	}
	return buf
}

// pointsOf are the coverage points of a half-move.
func (m *memo) pointsOf(h uint32) []uint32 {
	if h == 0 || len(m.covers) == 0 {
		return nil
	}
	return m.points[m.covers[h-1]:m.covers[h]]
}

// bytes estimates the size of the tables.
func (m *memo) bytes() int64 {
	n := int64(cap(m.rows))*24 + int64(cap(m.halves))*16 + int64(cap(m.answers))*24
	return n + int64(cap(m.needs))*8 + (int64(cap(m.offers)+cap(m.covers)+cap(m.points))+m.slots)*4
}
