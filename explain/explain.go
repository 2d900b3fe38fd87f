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
	// captured on its way to it; Certain the state that its own segments prove;
	// Possible lists the others in which it can be as well.
	State, Certain model.State
	Possible       []model.State
	Needs          []string   // the readings of Options that its segments need
	Or             [][]string // other sets of readings that explain them as well
	Guesses        []string   // what the capture does not show must have happened
	Candidates     int        // the largest number of states that had to be considered at once

	iss     model.Seq // what sequence numbers are shown relative to
	known   bool
	trace   trace
	machine model.TCB // in State
	options model.Options
	acked   model.Seq // what it has acknowledged, if acks
	acks    bool
}

// Connection is the explanation of one connection.
type Connection struct {
	A, B      Side
	Verdict   Verdict
	Deviation *candidates.Deviation // the first; its Packet is an index of Packet
	Deviator  int                   // 0 if A sent it, 1 if B did

	source *capture.Connection
	story  *Story
}

// Packet is a captured segment, as the machine sees it.
type Packet struct {
	Number  int // in the file, 1-based
	Time    time.Time
	FromB   bool
	Segment model.Segment
}

// Len is the number of packets.
func (x *Connection) Len() int { return x.source.Len() }

// Packet returns packet i of the connection, 0-based.
func (x *Connection) Packet(i int) Packet {
	p := x.source.At(i)
	return Packet{p.Number, p.Time, !x.source.FromA(p), segment(&p)}
}

// Options say how a capture is to be taken.
type Options struct {
	// Complete means that nothing is missing from the capture: what it does not
	// show has not happened.
	Complete bool

	// Checksums means that a segment with a wrong checksum was damaged: it tells
	// nothing of its sender, and its receiver discards it. Otherwise the network card is
	// taken to have put the right one in behind the place of the capture.
	Checksums bool
}

// Explain follows both ends of a connection through its packets.
func Explain(c *capture.Connection) *Connection { return Options{}.Explain(c) }

// Explain follows both ends of a connection through its packets.
func (o Options) Explain(c *capture.Connection) *Connection {
	x := &Connection{Verdict: Conforms, A: Side{Addr: c.A}, B: Side{Addr: c.B}, source: c}
	sides := [2]*Side{&x.A, &x.B}
	var trackers [2]*candidates.Tracker
	for i := range sides {
		trackers[i] = candidates.New(x.beginning(i))
		if o.Complete {
			trackers[i].Complete()
		}
	}
	for i := range x.Len() {
		q := x.source.At(i)
		if q.Copy || o.Checksums && q.WrongChecksum {
			continue
		}
		p := x.packetOf(&q)
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
			sides[from].acknowledges(p.Segment.ACK)
		}
	}
	for i, s := range sides {
		s.finish(trackers[i], x, x.beginning(i) == candidates.FromClosed)
	}
	x.judge()
	return x
}

// segment is what the machine reads of a packet.
func segment(p *capture.Packet) model.Segment {
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
func (x *Connection) beginning(side int) candidates.Beginning {
	if x.Len() == 0 {
		return candidates.FromMiddle
	}
	first := x.Packet(0)
	switch {
	case !first.Segment.Has(model.SYN):
		return candidates.FromMiddle
	case first.Segment.Has(model.ACK) && first.FromB != (side == 1):
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

func (s *Side) finish(t *candidates.Tracker, x *Connection, fromClosed bool) {
	h := t.Finish()
	s.Candidates, s.known = t.Most(), h.Known
	s.State, s.Certain = h.Settled, h.Now
	s.machine, s.options = h.Machine, h.Options
	s.Needs = h.Options.Names()
	for _, o := range h.Others {
		s.Or = append(s.Or, o.Names())
	}
	for _, p := range h.Possible {
		if p != s.State && p != s.Certain {
			s.Possible = append(s.Possible, p)
		}
	}
	s.trace = newTrace(h.Events, x.Len(), fromClosed, x.empty)
	s.Guesses = s.trace.guesses()
}

// empty reports whether packet i occupies no sequence numbers.
func (x *Connection) empty(i int) bool { return x.Packet(i).Segment.LEN() == 0 }

// Known reports whether anything can be said of the side's state.
func (s *Side) Known() bool { return s.known }

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

// acknowledges notes the highest ACK of the side.
func (s *Side) acknowledges(ack model.Seq) {
	if !s.acks || s.acked.Before(ack) {
		s.acks, s.acked = true, ack
	}
}
