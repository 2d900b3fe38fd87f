package capture

import (
	"container/list"
	"net/netip"
	"slices"
	"time"
)

// Grouper sorts packets into connections. A connection is two ports, until
// one side opens it anew:
//
//  1. A SYN (here always without ACK) that repeats its sender's SYN of the
//     current connection belongs to it.
//  2. The first SYN of the side which has sent nothing, while the other has
//     sent nothing but SYNs, belongs to it: both sides open at once.
//  3. A SYN with another sequence number, while the other side has sent
//     nothing, is a new attempt: a new connection.
//  4. Any other SYN is on trial, and the packets after it wait for what the
//     next one tells. If the other side acknowledges the SYN (SYN,ACK as out
//     of TIME-WAIT; RST,ACK if refused) or sends a SYN itself, or if the
//     sender goes on with the sequence number after it, a new connection began
//     with the SYN. If either side sends anything else, the SYN was a stray,
//     answered by a challenge ACK [RFC 9293, 3.10.7.4] at most, and belongs to
//     the current connection. If the SYN is followed by another of its sender's
//     or by the end of the capture, it is taken for a new connection when the
//     current one has ended, that is, when a RST or both sides' FINs were
//     captured, and for a stray otherwise.
//  5. After the end, a SYN,ACK that does not acknowledge the current SYN and
//     has another sequence number than its sender's is a new connection, the
//     SYN of which was not captured.
//  6. Everything else belongs to the current connection, late packets too.
//
// The interface and the VLAN of a packet do not count. Memory is 64 bytes per
// packet, twice that while a slice grows.
type Grouper struct {
	current map[pair]*flow
	all     []*Connection // in the order of their first packets, those that became strays included
	told    int           // of all

	*stream // nil without bounds
}

// pair is two ports in no order.
type pair struct{ low, high netip.AddrPort }

func pairOf(p *Packet) pair {
	if p.Src.Compare(p.Dst) > 0 {
		return pair{p.Dst, p.Src}
	}
	return pair{p.Src, p.Dst}
}

// flow is what happens between two ports now.
type flow struct {
	*Connection
	trial *Connection // begins with a SYN on trial, if not nil

	// Of a stream:
	key        pair
	last       time.Time // the capture's clock at the last packet
	stuckSince time.Time
	in         *list.List
	place      *list.Element
}

// Add takes the next packet.
func (g *Grouper) Add(p Packet) {
	if g.current == nil {
		g.current = make(map[pair]*flow)
	}
	key := pairOf(&p)
	f := g.current[key]
	if f == nil {
		f = &flow{Connection: g.begin(&p)}
		g.current[key] = f
		f.add(&p)
	} else {
		before := f.Connection
		g.addTo(f, p)
		if f.Connection != before {
			g.followed(f, before)
		}
	}
	if g.stream != nil {
		g.touched(f, key, &p)
	}
}

// addTo takes the next packet of a flow.
func (g *Grouper) addTo(f *flow, p Packet) {
	if f.trial != nil {
		f.judge(&p)
	}
	switch {
	case f.trial != nil:
		f.trial.add(&p)
	case f.begins(&p):
		f.Connection = g.begin(&p)
		f.add(&p)
	case f.suspect(&p):
		f.trial = g.begin(&p)
		f.trial.add(&p)
	default:
		f.add(&p)
	}
}

// Connections ends the capture and returns the connections in the order of
// their first packets.
func (g *Grouper) Connections() []*Connection {
	for _, f := range g.current {
		if f.trial != nil {
			f.settle()
		}
	}
	g.compact()
	for _, c := range g.all {
		c.Stuck = false // told now, and not again
	}
	return g.all
}

// compact forgets what is no connection, or has been told.
func (g *Grouper) compact() {
	g.all = slices.DeleteFunc(g.all, func(c *Connection) bool { return c.stray || c.told })
	g.told = 0
}

// begin starts a connection with p.
func (g *Grouper) begin(p *Packet) *Connection {
	c := &Connection{A: p.Src, B: p.Dst}
	if p.TCP.Flags.Has(SYN | ACK) {
		c.A, c.B = c.B, c.A
	}
	g.all = append(g.all, c)
	return c
}

// judge decides about the SYN on trial by the packet after it, if that tells
// anything [rule 4].
func (f *flow) judge(p *Packet) {
	t := f.trial
	syn, flags := &t.sides[0], p.TCP.Flags // A sent it
	toItself := t.A == t.B
	fromA := p.Src == t.A
	switch {
	case fromA && opens(p) && p.TCP.Seq == syn.iss:
		// Sent again: nobody has answered yet.
	case fromA && opens(p):
		f.settle()
	case fromA && syn.covers(p.TCP.Seq),
		(!fromA || toItself) && flags.Has(ACK) && syn.covers(p.TCP.Ack),
		!fromA && opens(p):
		f.accept()
	default:
		f.reject()
	}
}

// settle decides about the SYN on trial when nothing else tells.
func (f *flow) settle() {
	if f.ended() {
		f.accept()
	} else {
		f.reject()
	}
}

// accept: the SYN on trial began a new connection.
func (f *flow) accept() { f.Connection, f.trial = f.trial, nil }

// reject: the SYN on trial, and what followed, belongs to the current connection.
func (f *flow) reject() {
	for p := range f.trial.Packets() {
		f.append(&p)
	}
	*f.trial = Connection{stray: true}
	f.trial = nil
}

// opens reports whether p is a SYN without ACK.
func opens(p *Packet) bool { return p.TCP.Flags&(SYN|ACK|RST) == SYN }

// begins reports whether p certainly is the first packet of a new connection
// [rules 3 and 5].
func (c *Connection) begins(p *Packet) bool {
	from, to := c.side(p.Src), c.other(p.Src)
	other := from.opened && from.iss != p.TCP.Seq
	switch {
	case opens(p):
		return other && !to.sent && c.A != c.B
	case p.TCP.Flags&(SYN|ACK|RST) == SYN|ACK:
		answers := to.opened && to.covers(p.TCP.Ack)
		return c.ended() && !answers && (other || !from.opened)
	default:
		return false
	}
}

// suspect reports whether p is a SYN that is neither a repetition nor the
// second half of a simultaneous open [rules 1 and 2].
func (c *Connection) suspect(p *Packet) bool {
	if !opens(p) {
		return false
	}
	from, to := c.side(p.Src), c.other(p.Src)
	repeats := from.opened && from.iss == p.TCP.Seq
	simultaneous := !from.sent && !to.beyond
	return !repeats && !simultaneous
}

// ended reports whether the connection is over as far as the capture tells.
func (c *Connection) ended() bool { return c.rst || c.sides[0].fin && c.sides[1].fin }

// add appends p and notes what it tells of its sender.
func (c *Connection) add(p *Packet) {
	s, h := c.side(p.Src), &p.TCP
	p.Copy = s.captured(p)
	c.append(p)
	s.sent = true
	s.beyond = s.beyond || !opens(p)
	s.fin = s.fin || h.Flags.Has(FIN)
	c.rst = c.rst || h.Flags.Has(RST)
	if !h.Flags.Has(SYN) || s.opened && s.iss != h.Seq {
		return
	}
	s.opened, s.iss = true, h.Seq
	s.length = max(s.length, p.LEN())
	s.options |= h.Options
	s.cut = s.cut || h.OptionsCut
	if h.Options.Has(HasWindowScale) {
		s.scale = h.WindowScale
	}
}

// covers reports whether n is a number after the SYN or its text: what
// acknowledges it, or where its sender goes on. A SYN with text may be
// acknowledged without it [RFC 7413, 4.2.2].
func (s *side) covers(n uint32) bool { return n-s.iss-1 < s.length }
