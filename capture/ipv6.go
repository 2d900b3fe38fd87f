package capture

import (
	"encoding/binary"
	"net/netip"
)

// ipv6 takes an IPv6 header [RFC 8200, 3].
//
// A payload length of 0 is a jumbogram's [RFC 2675, 2], or that of a packet
// which the network card is to cut into segments: then the frame's length on
// the wire counts.
func (d *decoder) ipv6() (protocol, reason) {
	const fixed = 40
	if len(d.rest) < fixed {
		return d.lacking(fixed, ipCut, ipShort)
	}
	h := d.rest
	if h[0]>>4 != 6 {
		return done, ipVersion
	}
	d.src = netip.AddrFrom16([16]byte(h[8:24]))
	d.dst = netip.AddrFrom16([16]byte(h[24:40]))
	d.packet.ID, d.packet.TTL = 0, h[7]
	if payload := int(binary.BigEndian.Uint16(h[4:])); payload != 0 {
		d.limit(fixed + payload)
	}
	d.take(fixed)
	return protocol{ipProtocol, uint16(h[6])}, reason{}
}

// ipHeader takes n octets of an extension header.
func (d *decoder) ipHeader(n int) ([]byte, reason) {
	h, ok := d.take(n)
	if !ok {
		_, why := d.lacking(n, ipCut, ipShort)
		return nil, why
	}
	return h, reason{}
}

// extension takes an extension header of the usual form: next header 1, length
// 1 in units of 8 octets, the first 8 not counted [RFC 8200, 4]. The addresses
// stay those of the IPv6 header, whatever a routing header says.
func (d *decoder) extension() (protocol, reason) { return d.lengthy(8, 1) }

// authentication takes an authentication header: the length is in units of 4
// octets, the first 8 not counted [RFC 4302, 2.2].
func (d *decoder) authentication() (protocol, reason) { return d.lengthy(4, 2) }

// lengthy takes a header whose second octet is its length in units, the first
// free ones not counted.
func (d *decoder) lengthy(unit, free int) (protocol, reason) {
	if len(d.rest) < 2 {
		return d.lacking(2, ipCut, ipShort)
	}
	h, why := d.ipHeader(unit * (int(d.rest[1]) + free))
	if why != (reason{}) {
		return done, why
	}
	return protocol{ipProtocol, uint16(h[0])}, reason{}
}

// fragmentHeader: next header 1, reserved 1, offset and flags 2,
// identification 4 [RFC 8200, 4.5]. Only the first fragment has what follows.
func (d *decoder) fragmentHeader() (protocol, reason) {
	h, why := d.ipHeader(8)
	if why != (reason{}) {
		return done, why
	}
	const offset, moreFragments = 0xfff8, 0x0001
	flags := binary.BigEndian.Uint16(h[2:])
	if flags&(offset|moreFragments) == 0 {
		return protocol{ipProtocol, uint16(h[0])}, reason{} // an atomic fragment [RFC 6946]
	}
	return d.fragment(h[0], piece{
		id:     datagramID{d.src, d.dst, binary.BigEndian.Uint32(h[4:]), true},
		offset: int(flags & offset), more: flags&moreFragments != 0, is: true,
	})
}

// fragment goes on into a fragment of a datagram: only the first one has what
// follows, see decode.
func (d *decoder) fragment(next byte, p piece) (protocol, reason) {
	if d.piece.is {
		return done, fragmentInFragment
	}
	d.piece, d.pieceSize = p, d.wire
	return protocol{ipProtocol, uint16(next)}, reason{}
}
