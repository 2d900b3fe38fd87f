package system

import (
	"slices"

	"finwait/model"
)

// MaxInFlight is the largest InFlight that a Side can hold. There is one place
// more, for a reply.
const MaxInFlight = 7

// End tells how a connection came to CLOSED at one side: a ghost, which no
// move reads.
type End uint8

// The ends.
const (
	NotEnded       End = iota
	EndedLastAck       // from LAST-ACK, by the ACK of its FIN
	EndedTimeWait      // from TIME-WAIT, by the 2MSL timeout
	EndedReset         // by a RST of the peer, or refused by one
	EndedAbort         // by its user's ABORT
	EndedEarly         // by CLOSE before the connection was open
	EndedTimer         // by the user timeout, or a deviation's timer
	EndedDataLost      // by a half-duplex CLOSE
	EndedByDefects     // by an arrow that only a bug takes
	EndedCrash         // by a crash: nobody knows any more how it was
)

var endNames = [...]string{
	"not ended", "LAST-ACK", "TIME-WAIT", "reset", "abort", "early close", "timer", "data lost", "bug",
	"crash",
}

// String says how in a word or two.
func (e End) String() string { return endNames[e] }

// User is what the user of one side has done and been told.
type User struct {
	Sent   uint16 // octets given to SEND
	Next   uint16 // the position of the octet that it expects next: how many it has been given
	Opened bool   // has called OPEN
	Closed bool   // has called CLOSE
	Abort  bool   // has called ABORT
	EOF    bool   // has been told that the stream of the peer has ended
	Error  bool   // has been told of a reset, a refusal or a timeout
	Hole   bool   // ghost: was given an octet which is not the one at Next
}

// Side is one component of the system: an endpoint, its user, and the segments
// that it has in flight. The system is two of them. It is comparable: two
// sides are the same state exactly if they are ==.
type Side struct {
	model.TCB
	Net      [MaxInFlight + 1]model.Segment // in flight from here, NumNet of them, the others zero
	User     User
	NumNet   uint8
	Role     uint8  // 0 for A, 1 for B
	Dups     uint8  // duplications spent
	Injected uint8  // segments that a third party has injected as if they came from here
	Room     uint16 // octets that RECEIVE has made room for since the window was last shown: see window.go
	Clock    Clock  // of a system with a clock

	Crashes     uint8 // crashes spent
	Incarnation uint8 // how often its user has called OPEN, if it may do so again: see Bounds.Reopens

	// Ghosts: part of the state, read by properties only.

	Met    uint8 // the incarnation of the peer whose SYN it has synchronized with; 0 before
	Ended  End
	GotFIN bool   // RCV.NXT has once been past the peer's FIN
	Broken bool   // the machine has panicked, or its user is never done reading: a bug. Nothing moves here any more
	FINAt  uint16 // the sequence number of our FIN, relative to ISS, when it was first sent; 0 before
}

// InFlight lists what the side has in flight.
func (s *Side) InFlight() []model.Segment { return s.Net[:s.NumNet] }

// order is the order in which a bag of segments is kept: any will do, as long
// as it depends on what two segments are and not on initial sequence numbers.
func (b *System) order(role uint8) func(g, h model.Segment) int {
	iss, irs := b.ISS[role], b.ISS[1-role]
	return func(g, h model.Segment) int {
		for _, d := range [...]int64{
			int64(b.relSEQ(g, iss)) - int64(b.relSEQ(h, iss)),
			int64(relACK(g, irs)) - int64(relACK(h, irs)),
			int64(g.TXT) - int64(h.TXT), int64(g.CTL) - int64(h.CTL),
			int64(g.OCT) - int64(h.OCT), int64(g.WND) - int64(h.WND), int64(g.INC) - int64(h.INC),
		} {
			if d != 0 {
				return int(max(-1, min(1, d)))
			}
		}
		return 0
	}
}

// absoluteSEQ stands for the sequence number of a RST that answers a segment
// without ACK. It is 0 whatever the initial sequence numbers are [3.10.7.1],
// so relative to them it needs a code of its own.
const absoluteSEQ = 1<<32 - 1

func (b *System) relSEQ(g model.Segment, iss model.Seq) uint32 {
	if g.CTL == model.RST|model.ACK && g.SEQ == 0 && (!b.Options.RSTCarriesACK || b.Opening() || b.Inject > 0) {
		return absoluteSEQ
	}
	return g.SEQ.From(iss)
}

func relACK(g model.Segment, irs model.Seq) uint32 {
	if !g.Has(model.ACK) {
		return 0
	}
	return g.ACK.From(irs)
}

// has reports whether g itself is in flight from s.
func (s *Side) has(g model.Segment) bool { return slices.Contains(s.Net[:s.NumNet], g) }

// put adds g to what is in flight. In a bag an identical segment absorbs it,
// and the order is canonical; a FIFO keeps both, in the order of sending.
func (b *System) put(s *Side, g model.Segment) {
	if b.Timed.On() {
		b.putTimed(s, g)
		return
	}
	if b.FIFO {
		s.Net[s.NumNet] = g
		s.NumNet++
		return
	}
	i, found := slices.BinarySearchFunc(s.Net[:s.NumNet], g, b.order(s.Role))
	if found {
		return
	}
	copy(s.Net[i+1:], s.Net[i:s.NumNet])
	s.Net[i] = g
	s.NumNet++
}

// without is s with the i-th segment in flight taken out.
func without(s Side, i int) Side {
	copy(s.Net[i:], s.Net[i+1:s.NumNet])
	copy(s.Clock.Life[i:], s.Clock.Life[i+1:s.NumNet])
	s.NumNet--
	s.Net[s.NumNet], s.Clock.Life[s.NumNet] = model.Segment{}, 0
	return s
}

// absorbs reports whether a segment is absorbed by an identical one in flight.
func (b *System) absorbs() bool { return !b.FIFO && !b.Timed.On() }

// fits reports whether g may still be put on the wire when at most limit
// segments may be in flight.
func (b *System) fits(s *Side, g model.Segment, limit int) bool {
	return int(s.NumNet) < limit || b.absorbs() && s.has(g)
}
