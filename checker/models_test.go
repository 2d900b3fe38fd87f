package checker

import (
	"fmt"
)

// ring counts to n and around; an even state may also rest, which changes nothing.
type ring struct{ n uint8 }

func (r ring) Init(yield func(uint8) bool) { yield(0) }

func (r ring) Next(s uint8, buf []Successor[uint8, string]) []Successor[uint8, string] {
	if s%2 == 0 {
		buf = append(buf, Successor[uint8, string]{"rest", s})
	}
	return append(buf, Successor[uint8, string]{"step", (s + 1) % r.n})
}

func (r ring) Encode(dst []byte, s uint8) []byte { return append(dst, 'x', s) }

func (r ring) EncodeAction(dst []byte, a string) []byte { return append(dst, a...) }

// twins is two counters that move alone.
type twins struct{ first, second uint8 }

func (c twins) Init(yield func(a, b uint8) bool) { yield(c.first, c.second) }

func (c twins) Moves(s uint8, buf []Move[uint8, string]) []Move[uint8, string] {
	if s < 3 {
		buf = append(buf, Move[uint8, string]{Action: "up", Next: s + 1})
	}
	return buf
}

func (c twins) Accept(_ uint8, _ string, buf []Move[uint8, string]) []Move[uint8, string] { return buf }

func (c twins) Facts(uint8) uint64 { return 0 }

func (c twins) Encode(dst []byte, s uint8) []byte { return append(dst, s) }

func (c twins) EncodeAction(dst []byte, side int, a string) []byte {
	return fmt.Append(dst, side, a)
}

// ladder leads to its last rung, and says that it does not when it is asked again.
type ladder struct{ rungs uint8 }

func (l ladder) Init(yield func(uint8) bool) { yield(0) }

func (l ladder) Next(s uint8, buf []Successor[uint8, string]) []Successor[uint8, string] {
	if s < l.rungs {
		buf = append(buf, Successor[uint8, string]{"up", s + 1})
	}
	return buf
}

func (l ladder) Encode(dst []byte, s uint8) []byte { return append(dst, s) }

func (l ladder) EncodeAction(dst []byte, a string) []byte { return append(dst, a...) }
