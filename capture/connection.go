package capture

import (
	"iter"
	"net/netip"
	"time"
)

// Connection is what was captured between two ports from one opening to the
// next.
type Connection struct {
	// A sent the first SYN without ACK, or received the SYN,ACK if that is all
	// that was captured of the opening, or else sent the first packet. B is the
	// other side. They are equal when a port is connected to itself.
	A, B netip.AddrPort

	records []record
	sacks   []Blocks // those of the packets that have any: few
	sides   [2]side  // A's and B's
	rst     bool     // either side sent a RST
	stray   bool     // not a connection after all: see Grouper
	told    bool     // handed out by Ready, and no packet is added any more

	GivenUp bool // told before its end, because there was no room: what comes later is another connection
	Stuck   bool // told before its end, because it is half-closed and silent
}

// side is what a connection remembers of one side's packets.
type side struct {
	iss    uint32 // its SYN's sequence number, if opened
	length uint32 // the SYN's SEG.LEN: 1 and its text
	opened bool   // its SYN was captured, with or without ACK
	sent   bool   // it sent anything
	beyond bool   // it sent anything but a SYN without ACK
	fin    bool   // it sent a FIN

	options OptionSet // those of its SYNs
	scale   uint8     // the shift, if options has it
	cut     bool      // of some of its SYNs not all options were captured

	latest [copiesKept]look
	next   int // in latest
}

// record is a Packet without what the connection knows: 64 bytes for 192.
type record struct {
	offset       int64
	sec          int64 // of Unix time
	nsec         uint32
	payload      uint32
	number       uint32
	seq, ack     uint32
	tsval, tsecr uint32
	sacks        uint32 // index in the connection's, 1-based; 0 for none
	flags        Flags
	window       uint16
	urgent       uint16
	mss          uint16
	options      OptionSet
	scale        uint8
	ttl          uint8
	bits         recordBits
	id           uint16
}

// recordBits are what is true of a record.
type recordBits uint8

const (
	fromB recordBits = 1 << iota
	optionsCut
	truncated
	fragment
	wrongChecksum
	isCopy
)

// has reports whether the bit is set.
func (b recordBits) has(c recordBits) bool { return b&c != 0 }

// bitsOf gathers what is true of a packet.
func (c *Connection) bitsOf(p *Packet) (b recordBits) {
	for bit, is := range [...]bool{p.Src != c.A, p.TCP.OptionsCut, p.Truncated, p.Fragment, p.WrongChecksum, p.Copy} {
		if is {
			b |= 1 << bit
		}
	}
	return b
}

// Len is the number of packets.
func (c *Connection) Len() int { return len(c.records) }

// At returns packet i, 0-based, in the order of the file.
func (c *Connection) At(i int) Packet {
	r := &c.records[i]
	p := Packet{
		Number: int(r.number), Offset: r.offset, Time: time.Unix(r.sec, int64(r.nsec)).UTC(),
		Src: c.A, Dst: c.B,
		TCP: Header{
			Seq: r.seq, Ack: r.ack, Flags: r.flags, Window: r.window, Urgent: r.urgent,
			Options: r.options, OptionsCut: r.bits.has(optionsCut), WindowScale: r.scale, MSS: r.mss,
			TSval: r.tsval, TSecr: r.tsecr,
		},
		Payload: int(r.payload), ID: r.id, TTL: r.ttl, Truncated: r.bits.has(truncated), Fragment: r.bits.has(fragment),
		WrongChecksum: r.bits.has(wrongChecksum), Copy: r.bits.has(isCopy),
	}
	if r.bits.has(fromB) {
		p.Src, p.Dst = c.B, c.A
	}
	if r.sacks > 0 {
		p.TCP.SACK = c.sacks[r.sacks-1]
	}
	return p
}

// Packets yields the packets in the order of the file.
func (c *Connection) Packets() iter.Seq[Packet] {
	return func(yield func(Packet) bool) {
		for i := range c.records {
			if !yield(c.At(i)) {
				return
			}
		}
	}
}

// FromA reports whether A sent p, a packet of the connection. All are A's when
// a port is connected to itself.
func (c *Connection) FromA(p Packet) bool { return p.Src == c.A }

// ISS returns a side's initial sequence number, if its SYN was captured.
func (c *Connection) ISS(from netip.AddrPort) (iss uint32, known bool) {
	s := c.side(from)
	return s.iss, s.opened
}

// OpeningSeen reports whether both sides' SYNs were captured.
func (c *Connection) OpeningSeen() bool { return c.sides[0].opened && c.sides[1].opened }

func (c *Connection) side(from netip.AddrPort) *side {
	if from == c.A {
		return &c.sides[0]
	}
	return &c.sides[1]
}

// other is the side that receives what from sends.
func (c *Connection) other(from netip.AddrPort) *side {
	if from == c.A {
		return &c.sides[1]
	}
	return &c.sides[0]
}

// append puts p at the end of the packets.
func (c *Connection) append(p *Packet) {
	if c.told {
		return
	}
	h := &p.TCP
	r := record{
		number: uint32(p.Number), offset: p.Offset, sec: p.Time.Unix(), nsec: uint32(p.Time.Nanosecond()),
		seq: h.Seq, ack: h.Ack, flags: h.Flags, window: h.Window, urgent: h.Urgent,
		options: h.Options, scale: h.WindowScale, mss: h.MSS,
		tsval: h.TSval, tsecr: h.TSecr,
		payload: uint32(p.Payload), id: p.ID, ttl: p.TTL, bits: c.bitsOf(p),
	}
	if h.Options.Has(HasSACK) {
		c.sacks = append(c.sacks, h.SACK)
		r.sacks = uint32(len(c.sacks))
	}
	c.records = append(c.records, r)
}
