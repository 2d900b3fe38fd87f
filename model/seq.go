package model

// Seq is a sequence number: an element of the circle of 2^32 numbers [3.4].
//
//	"It is essential to remember that the actual sequence number space is
//	finite, though large. This space ranges from 0 to 2^32 - 1. Since the
//	space is finite, all arithmetic dealing with sequence numbers must be
//	performed modulo 2^32."
//
// Comparisons are meaningful while the two numbers are less than 2^31 apart.
type Seq uint32

// Before reports whether s < t on the circle.
func (s Seq) Before(t Seq) bool { return int32(s-t) < 0 }

// AtMost reports whether s =< t on the circle.
func (s Seq) AtMost(t Seq) bool { return int32(s-t) <= 0 }

// In reports whether lo =< s < lo+size: whether s lies in a window.
func (s Seq) In(lo Seq, size uint32) bool { return uint32(s-lo) < size }

// Add returns the number n places after s.
func (s Seq) Add(n uint32) Seq { return s + Seq(n) }

// From returns how many places s lies after base, 0 when it is base itself.
func (s Seq) From(base Seq) uint32 { return uint32(s - base) }

// later returns whichever of the two lies further on.
func later(s, t Seq) Seq {
	if s.Before(t) {
		return t
	}
	return s
}

// earlier returns whichever of the two lies less far on.
func earlier(s, t Seq) Seq {
	if s.Before(t) {
		return s
	}
	return t
}
