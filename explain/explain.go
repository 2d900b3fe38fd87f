// Package explain tells what happened to the connections of a capture: which
// state each end was in, by which clause it moved, and whether the machine of
// package model can have sent what was captured. The candidates do the
// thinking; this package feeds them and puts their histories side by side.
package explain

import (
	"net/netip"
	"slices"
	"time"

	"finwait/candidates"
	"finwait/capture"
	"finwait/model"
)

// Verdict is what is to be said of a connection.
type Verdict string

// The verdicts.
const (
	Conforms   Verdict = "conforms"   // everything that was sent can be explained, and the connection is over
	Incomplete Verdict = "incomplete" // it can be explained, and the capture ends with the connection open
	Deviates   Verdict = "deviates"   // something was sent that the model does not allow
)

// Side is what is known of one end.
type Side struct {
	Addr netip.AddrPort
	Seen bool // it has sent something that was captured

	// State is the state in which it was left if everything arrived that was
	// captured on its way to it; Certain the state that its own segments prove.
	State, Certain model.State
	Needs          []string   // the readings of Options that its segments need
	Or             [][]string // other sets of readings that explain them as well
	Guessed        bool       // something happened that the capture does not show
	Candidates     int        // the largest number of states that had to be considered at once

	iss        model.Seq // what sequence numbers are shown relative to
	history    candidates.History
	fromClosed bool
	events     []placed
}

// Connection is the explanation of one connection.
type Connection struct {
	A, B      Side
	Verdict   Verdict
	Deviation *candidates.Deviation // the first; its Packet is an index into Packets
	Deviator  int                   // 0 if A sent it, 1 if B did
	Packets   []Packet
}

// Packet is a captured segment, as the machine sees it.
type Packet struct {
	Number  int // in the file, 1-based
	Time    time.Time
	FromB   bool
	Segment model.Segment
}

// Explain follows both ends of a connection through its packets.
func Explain(c *capture.Connection) *Connection {
	x := &Connection{Verdict: Conforms, A: Side{Addr: c.A}, B: Side{Addr: c.B}}
	for p := range c.Packets() {
		x.Packets = append(x.Packets, Packet{p.Number, p.Time, !c.FromA(p), segment(p)})
	}
	sides := [2]*Side{&x.A, &x.B}
	var trackers [2]*candidates.Tracker
	for i, s := range sides {
		from := beginning(x.Packets, i)
		s.fromClosed = from == candidates.FromClosed
		trackers[i] = candidates.New(from)
	}
	for i, p := range x.Packets {
		from := 0
		if p.FromB {
			from = 1
		}
		if d := trackers[from].Sends(i, p.Segment); d != nil && x.Deviation == nil {
			x.Deviation, x.Deviator = d, from
		}
		trackers[1-from].Arrives(i, p.Segment)
		sides[from].seen(p.Segment)
		if p.Segment.Has(model.ACK) {
			sides[1-from].heardOf(p.Segment.ACK)
		}
	}
	for i, s := range sides {
		s.finish(trackers[i])
	}
	x.judge()
	return x
}

// segment is what the machine reads of a packet.
func segment(p capture.Packet) model.Segment {
	g := model.Segment{
		SEQ: model.Seq(p.TCP.Seq), ACK: model.Seq(p.TCP.Ack), TXT: uint32(p.Payload), WND: model.MaxWindow,
	}
	for _, f := range [...]struct {
		flag capture.Flags
		ctl  model.Ctl
	}{{capture.FIN, model.FIN}, {capture.SYN, model.SYN}, {capture.RST, model.RST}, {capture.ACK, model.ACK}} {
		if p.TCP.Flags.Has(f.flag) {
			g.CTL |= f.ctl
		}
	}
	if g.Has(model.RST) {
		g.TXT = 0 // some stacks put a reason there; it occupies nothing
	}
	return g
}

// beginning tells how much is known of a side at the first packet: if that is
// a SYN, neither end has a connection yet.
func beginning(packets []Packet, side int) candidates.Beginning {
	if len(packets) == 0 {
		return candidates.FromMiddle
	}
	first := packets[0]
	fromB := side == 1
	switch {
	case !first.Segment.Has(model.SYN):
		return candidates.FromMiddle
	case first.Segment.Has(model.ACK) && first.FromB != fromB:
		return candidates.FromMiddle // the SYN that it answers was not captured
	}
	return candidates.FromClosed
}

// seen takes the first sequence number as the one to count from.
func (s *Side) seen(g model.Segment) {
	if s.Seen {
		return
	}
	s.Seen = true
	if g.Has(model.SYN) {
		s.iss = g.SEQ
	} else if s.iss == 0 {
		s.iss = g.SEQ - 1
	}
}

// heardOf is what the peer's first ACK says of a side that has sent nothing.
func (s *Side) heardOf(ack model.Seq) {
	if !s.Seen && s.iss == 0 {
		s.iss = ack - 1
	}
}

func (s *Side) finish(t *candidates.Tracker) {
	s.history = t.Finish()
	s.Candidates = t.Most()
	s.State, s.Certain = s.history.Settled, s.history.Now
	s.Needs, s.Guessed = s.history.Options.Names(), s.history.Guessed
	for _, o := range s.history.Others {
		s.Or = append(s.Or, o.Names())
	}
	s.events = place(s.history)
}

// Known reports whether anything can be said of the side's state.
func (s *Side) Known() bool { return s.history.Known }

// over reports whether nothing has to happen any more at this end: TIME-WAIT
// ends by itself, and who only listens has no connection.
func (s *Side) over() bool {
	switch s.State {
	case model.Closed, model.TimeWait, model.Listen:
		return s.Known()
	}
	return false
}

func (x *Connection) judge() {
	switch {
	case x.Deviation != nil:
		x.Verdict = Deviates
	case !x.A.over() || !x.B.over():
		x.Verdict = Incomplete
	}
}

// Needs lists the readings that the explanation needs, of both ends.
func (x *Connection) Needs() []string {
	list := slices.Concat(x.A.Needs, x.B.Needs)
	slices.Sort(list)
	return slices.Compact(list)
}
