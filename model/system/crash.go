package system

import "finwait/model"

// Crashing reports whether an endpoint may crash.
func (b *Bounds) Crashing() bool { return b.Crashes != [2]int{} }

// crashMoves lets an endpoint forget its TCB: "one of the TCP peers has closed
// or aborted the connection at its end without the knowledge of the other, or
// [...] the two ends of the connection have become desynchronized owing to a
// failure or reboot that resulted in loss of memory" [3.5.1]. Its user is gone;
// what it had sent is still in flight. What it has done is remembered as a
// ghost, until there is another user who OPENs.
func (b *System) crashMoves(s Side, buf []Move) []Move {
	if int(s.Crashes) >= b.Crashes[s.Role] || s.State < model.SynSent {
		return buf
	}
	s.TCB, s.Ended = model.TCB{}, EndedCrash
	s.Clock = Clock{Life: s.Clock.Life, Lost: s.Clock.Lost} // the timers are gone with it
	s.Crashes++
	return append(buf, Move{local, Action{Kind: Crash}, s, 0})
}
