// Package reduced is the reduced close of docs/benchmarks: two endpoints from ESTABLISHED to CLOSED, small enough to be
// written in five languages, one of which is this one. README.md, one folder up, has it in words, rule by rule; the
// names here and there are the same.
//
// It exists to compare checkers. The close as RFC 9293 has it is in finwait/model and finwait/model/system.
package reduced

import "finwait/checker"

// State is the state of an endpoint, as the RFC's figure names it.
type State uint8

// The states of a close.
const (
	Established State = iota
	FinWait1
	FinWait2
	Closing
	TimeWait
	CloseWait
	LastAck
	Closed
)

func (s State) String() string {
	return [...]string{"ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSING", "TIME-WAIT", "CLOSE-WAIT", "LAST-ACK", "CLOSED"}[s]
}

// Room is the largest K there may be.
const Room = 4

// Segment is a segment: what it occupies of the sequence space, and its ACK. The zero value is no segment.
type Segment struct {
	SEQ, End uint8 // positions SEQ <= p < End, of which position D is the FIN; equal, and 0, in a bare ACK
	ACK      uint8 // the next position that its sender expects
	Sent     bool
}

// Side is an endpoint and what it has in flight.
type Side struct {
	State         State
	UNA, NXT, RCV uint8         // SND.UNA, SND.NXT and RCV.NXT, positions from 0 to D+1
	Pending       bool          // an ACK is to be sent
	Hole          bool          // a ghost: something was accepted from beyond RCV.NXT, so the user has missed text
	Net           [Room]Segment // in flight to the other side: a set, in descending order, empty places last
}

// Kind is the kind of an action.
type Kind uint8

// The kinds of actions.
const (
	Close Kind = iota
	Transmit
	Retransmit
	Ack
	Expire
	Deliver
	Duplicate
	Lose
)

func (k Kind) String() string {
	return [...]string{"Close", "Transmit", "Retransmit", "Ack", "Expire", "Deliver", "Duplicate", "Lose"}[k]
}

// Action is a label: what was done, and with which segment.
type Action struct {
	Kind    Kind
	Segment Segment
}

// Params are the bounds: D octets to send on each side, at most M of them in a segment, at most K segments in flight in
// each direction. D and M are at least 1, D at most 200, and K is between 1 and [Room].
type Params struct{ D, M, K uint8 }

// Move is a move of a side.
type Move = checker.Move[Side, Action]

// quiet is the fact that the other side's Expire needs: nothing in flight, and nothing to retransmit.
const quiet = 1

var _ checker.Component[Side, Action] = Params{}

// Init is the one initial state: both sides are ESTABLISHED.
func (Params) Init(yield func(a, b Side) bool) { yield(Side{}, Side{}) }

// Facts tells the other side whether this one is quiet.
func (Params) Facts(s Side) uint64 {
	if s.empty() && s.UNA == s.NXT {
		return quiet
	}
	return 0
}

// Moves are the moves of a side, without those of its peer.
func (p Params) Moves(s Side, buf []Move) []Move {
	local := func(k Kind, g Segment, next Side, need uint64) {
		buf = append(buf, Move{Kind: checker.Local, Action: Action{k, g}, Next: next, Need: need})
	}
	send := func(k Kind, end uint8) {
		next, g := s, Segment{SEQ: s.NXT, End: end, ACK: s.RCV, Sent: true}
		switch k {
		case Transmit:
			next.NXT = end
		case Retransmit:
			g.SEQ = s.UNA
		case Ack:
			g.SEQ, g.End = 0, 0
		}
		next.Pending = false
		next.put(g)
		local(k, g, next, 0)
	}

	if s.NXT == p.D && !s.closing() { // the user closes when its text has been sent
		next := s
		next.State = FinWait1
		if s.State == CloseWait {
			next.State = LastAck
		}
		local(Close, Segment{}, next, 0)
	}
	if s.State != Closed && !s.Net[p.K-1].Sent {
		for end := s.NXT + 1; end <= min(s.NXT+p.M, p.D); end++ {
			send(Transmit, end)
		}
		if s.NXT == p.D && s.closing() {
			send(Transmit, p.D+1)
		}
		if s.UNA < s.NXT && !s.sending() {
			send(Retransmit, p.front(s))
		}
		if s.Pending {
			send(Ack, 0)
		}
	}
	if s.State == TimeWait && s.empty() {
		next := s
		next.State, next.Pending = Closed, false
		local(Expire, Segment{}, next, quiet)
	}
	for i, g := range s.Net {
		if !g.Sent {
			break
		}
		rest := s
		copy(rest.Net[i:], rest.Net[i+1:])
		rest.Net[Room-1] = Segment{}
		buf = append(buf,
			Move{Kind: checker.Offer, Action: Action{Deliver, g}, Next: rest},
			Move{Kind: checker.Offer, Action: Action{Duplicate, g}, Next: s})
		local(Lose, g, rest, 0)
	}
	return buf
}

// front is the end of the segment that a retransmission sends. It begins at UNA.
func (p Params) front(s Side) uint8 {
	if s.UNA == p.D {
		return p.D + 1 // the FIN
	}
	return min(s.UNA+p.M, s.NXT, p.D)
}

// Accept is SEGMENT ARRIVES.
func (p Params) Accept(s Side, a Action, buf []Move) []Move {
	g := a.Segment
	if s.State != Closed {
		s.UNA = max(s.UNA, g.ACK)
		if g.SEQ < g.End {
			s.Pending = true
			if g.SEQ <= s.RCV && s.RCV < g.End {
				s.take(g)
			}
		}
		s.State = s.State.after(s.UNA > p.D, s.RCV > p.D)
		if s.State == Closed {
			s.Pending = false
		}
	}
	return append(buf, Move{Action: a, Next: s})
}

// take gives the user what a segment has that is new.
func (s *Side) take(g Segment) {
	s.Hole = s.Hole || g.SEQ > s.RCV
	s.RCV = g.End
}

// after is the state after a segment, by what is known then: our FIN is acknowledged, the peer's FIN is in.
func (s State) after(acked, finished bool) State {
	if acked {
		switch s {
		case FinWait1:
			s = FinWait2
		case Closing:
			s = TimeWait
		case LastAck:
			s = Closed
		}
	}
	if finished {
		switch s {
		case Established:
			s = CloseWait
		case FinWait1:
			s = Closing
		case FinWait2:
			s = TimeWait
		}
	}
	return s
}

// closing tells whether the user has closed.
func (s *Side) closing() bool { return s.State != Established && s.State != CloseWait }

// empty tells whether nothing is in flight.
func (s *Side) empty() bool { return !s.Net[0].Sent }

// sending tells whether text or a FIN is in flight.
func (s *Side) sending() bool {
	for _, g := range s.Net {
		if g.SEQ < g.End {
			return true
		}
	}
	return false
}

// put adds a segment to the set; there is room.
func (s *Side) put(g Segment) {
	i := 0
	for g.code() < s.Net[i].code() {
		i++
	}
	if s.Net[i] != g {
		copy(s.Net[i+1:], s.Net[i:])
		s.Net[i] = g
	}
}

// code orders segments.
func (g Segment) code() uint32 {
	if !g.Sent {
		return 0
	}
	return 1<<24 | uint32(g.SEQ)<<16 | uint32(g.End)<<8 | uint32(g.ACK)
}

// Encode appends the content of a side.
func (Params) Encode(dst []byte, s Side) []byte {
	dst = append(dst, byte(s.State), s.UNA, s.NXT, s.RCV, flag(s.Pending), flag(s.Hole))
	for _, g := range s.Net {
		dst = g.encode(dst)
	}
	return dst
}

// EncodeAction appends the content of a label.
func (Params) EncodeAction(dst []byte, side int, a Action) []byte {
	return a.Segment.encode(append(dst, byte(side), byte(a.Kind)))
}

func (g Segment) encode(dst []byte) []byte { return append(dst, g.SEQ, g.End, g.ACK, flag(g.Sent)) }

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}
