package system

import (
	"strconv"

	"finwait/model"
)

// "A connection is defined by a pair of sockets. Connections can be reused. New
// instances of a connection will be referred to as incarnations of the
// connection. The problem that arises from this is -- "how does the TCP
// implementation identify duplicate segments from previous incarnations of the
// connection?"" [3.4.1]
//
// Each OPEN of a user begins an incarnation of its side, with a number that
// nothing but the budget of OPENs looks at. A connection is a pair of them: the
// one that sends, and the one that it has synchronized with. Segments carry the
// pair as a ghost.
//
// The initial sequence number of the next incarnation lies ISNStep above the
// last one's: "TCP initial sequence numbers are generated from a number
// sequence that monotonically increases until it wraps, known loosely as a
// "clock"" [3.4.1]. How far the clock has come when a user opens again, against
// how many octets were sent meanwhile, is for the scenario to say: with a step
// above all that was used, old numbers are never new ones; with a smaller one,
// or none, they are, as after many octets in a short time or after a wrap.

// DefaultISNStep is above everything that the users of a small scenario send.
const DefaultISNStep = 1000

// Reincarnates reports whether some user may OPEN again.
func (b *Bounds) Reincarnates() bool { return b.Reopens != [2]int{} }

// Opening reports whether some user may OPEN: SYNs travel, and segments without
// ACK are answered by a RST with the sequence number 0.
func (b *Bounds) Opening() bool { return b.Start == FromClosed || b.Reincarnates() }

// mayOpen reports whether the user of a side may call OPEN now: if it has not
// yet; or again, when the connection is over and everything is read.
func (b *System) mayOpen(s *Side) bool {
	if !b.Reincarnates() {
		return b.Start == FromClosed && !s.User.Opened
	}
	return s.State == model.Closed && !s.Readable() && int(s.Incarnation) <= b.Reopens[s.Role] &&
		(b.Start == FromClosed || s.Incarnation > 0)
}

// reincarnate begins what an OPEN begins: another user, who has done nothing
// yet, and another record of what happens to it.
func (b *System) reincarnate(s *Side) {
	if !b.Reincarnates() {
		return
	}
	s.Incarnation++
	s.Met, s.User, s.Ended, s.GotFIN, s.FINAt = 0, User{}, NotEnded, false, 0
}

// FirstSEQ is the initial sequence number that a side has, or selects, in its
// present incarnation.
func (b *System) FirstSEQ(s *Side) model.Seq {
	if s.Incarnation == 0 {
		return b.ISS[s.Role]
	}
	return b.ISS[s.Role].Add(uint32(s.Incarnation-1) * b.ISNStep)
}

// Tag is what a segment carries as its ghost INC.
type Tag struct {
	From uint8 // the incarnation of the side that it comes from
	To   uint8 // the incarnation of the other side that it was meant for; 0 if its sender did not know any
	New  uint8 // if it was provoked by a SYN that opens the next connection: the incarnation of that
}

// INC is the ghost that says so.
func (t Tag) INC() uint32 { return uint32(t.From) | uint32(t.To)<<8 | uint32(t.New)<<16 }

// String is "<INC=2>": the incarnation of the sender; of a RST that answers a
// SYN, for which no incarnation of the sender has a name, "<INC=-2>", that of
// the SYN.
func (t Tag) String() string {
	if t.From == 0 {
		return "<INC=-" + strconv.Itoa(int(t.To)) + ">"
	}
	return "<INC=" + strconv.Itoa(int(t.From)) + ">"
}

// TagOf reads the ghost of a segment.
func TagOf(g model.Segment) Tag {
	return Tag{From: uint8(g.INC), To: uint8(g.INC >> 8), New: uint8(g.INC >> 16)} //nolint:gosec // the bytes that INC has put there
}

// tag says to which connection the segment belongs that s sends by a. A RST in
// reply belongs to no connection of its sender: it speaks of the connection of
// the segment that it answers. Everything else speaks of the sender's own.
func tag(s *Side, a Action, fx *model.Effects) Tag {
	own := Tag{From: s.Incarnation, To: s.Met}
	if !a.Kind.Arrives() || !fx.Answers {
		return own
	}
	asked := TagOf(a.Segment)
	if fx.Segment.Has(model.RST) {
		return Tag{From: asked.To, To: asked.From, New: asked.New}
	}
	if s.Met > 0 && asked.From > s.Met {
		own.New = asked.From
	}
	return own
}

// meet remembers whose SYN a side has synchronized with, until it returns to
// LISTEN.
func meet(s *Side, before *model.TCB, e *model.Event) {
	switch {
	case s.State == model.Listen:
		s.Met = 0
	case e.Kind == model.SegmentArrives && (before.State == model.Listen || before.State == model.SynSent) &&
		s.State >= model.SynReceived:
		s.Met = TagOf(e.Segment).From
	}
}

// In TIME-WAIT, 2MSL is long against everything that is left of the connection:
// its segments have drained from the network, and the peer has nothing of it to
// retransmit. What the next connection does is another matter, and the timeout
// does not wait for it: its SYN, the acknowledgment with which TIME-WAIT
// answers that, and the RST which answers the acknowledgment may be in flight
// when TIME-WAIT ends.

// factOver is the fact that what a side did in its incarnation m, and before, is over.
func factOver(m uint8) uint64 { return factOver0 << m }

// over are the facts of that kind that are true of a side.
func (b *System) over(s *Side) uint64 {
	oldest := s.Incarnation + 1 // of all that is not over
	if s.SND.UNA != s.SND.NXT {
		oldest--
	}
	for _, g := range s.Net[:s.NumNet] {
		t := TagOf(g)
		from := t.From
		if g.Has(model.RST) {
			from = max(from, t.New)
		}
		oldest = min(oldest, from)
	}
	var f uint64
	for m := range oldest {
		f |= factOver(m)
	}
	return f
}

// drained reports whether of what a side in TIME-WAIT has in flight nothing
// belongs to its connection but answers to the next one.
func (b *System) drained(s *Side) bool {
	for _, g := range s.Net[:s.NumNet] {
		if t := TagOf(g); g.Has(model.RST) || t.New == 0 {
			return false
		}
	}
	return true
}
