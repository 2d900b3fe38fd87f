package capture

import (
	"encoding/binary"
	"net/netip"
)

// tcp takes a TCP header [RFC 9293, 3.1]. The 20 octets that every header has
// must be there; the snap length may have cut the options.
func (d *decoder) tcp() (protocol, reason) {
	const fixed = 20
	if len(d.rest) < fixed {
		return d.lacking(fixed, tcpCut, tcpShort)
	}
	h := d.rest
	header := 4 * int(h[12]>>4)
	switch {
	case header < fixed:
		return done, tcpOffsetLow
	case header > d.wire:
		return done, tcpOffsetHigh
	}

	p := &d.packet
	p.Src = netip.AddrPortFrom(d.src, binary.BigEndian.Uint16(h[0:]))
	p.Dst = netip.AddrPortFrom(d.dst, binary.BigEndian.Uint16(h[2:]))
	p.Payload = d.wire - header
	p.WrongChecksum = d.wrongChecksum(h)
	p.TCP = Header{
		Seq:    binary.BigEndian.Uint32(h[4:]),
		Ack:    binary.BigEndian.Uint32(h[8:]),
		Flags:  Flags(binary.BigEndian.Uint16(h[12:]) & 0x01ff),
		Window: binary.BigEndian.Uint16(h[14:]),
		Urgent: binary.BigEndian.Uint16(h[18:]),

		OptionsCut: len(h) < header,
	}
	p.TCP.parseOptions(h[fixed:min(header, len(h))])
	return done, reason{}
}
