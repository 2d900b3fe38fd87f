package capture

import (
	"encoding/binary"
	"net/netip"
)

// ipv4 takes an IPv4 header [RFC 791, 3.1].
//
// A total length of 0 is what a host captures of a packet that its network
// card is to cut into segments: then the frame's length on the wire counts.
func (d *decoder) ipv4() (protocol, reason) {
	const fixed = 20
	if len(d.rest) < fixed {
		return d.lacking(fixed, ipCut, ipShort)
	}
	h := d.rest
	if h[0]>>4 != 4 {
		return done, ipVersion
	}
	header := 4 * int(h[0]&0x0f)
	if header < fixed {
		return done, ipHeaderLength
	}
	total := int(binary.BigEndian.Uint16(h[2:]))
	if total == 0 {
		total = d.wire
	}
	if total < header {
		return done, ipTotalLength
	}

	d.src = netip.AddrFrom4([4]byte(h[12:16]))
	d.dst = netip.AddrFrom4([4]byte(h[16:20]))
	const moreFragments, offset = 0x2000, 0x1fff
	flags := binary.BigEndian.Uint16(h[6:])
	d.packet.ID, d.packet.TTL = binary.BigEndian.Uint16(h[4:]), h[8]
	d.limit(total)
	if _, ok := d.take(header); !ok {
		return done, ipCut
	}
	if flags&(offset|moreFragments) != 0 {
		return d.fragment(h[9], piece{
			id:     datagramID{d.src, d.dst, uint32(binary.BigEndian.Uint16(h[4:])), false},
			offset: 8 * int(flags&offset), more: flags&moreFragments != 0, is: true,
		})
	}
	return protocol{ipProtocol, uint16(h[9])}, reason{}
}

// limit says that the packet is n octets long from here on: what was captured
// after them is padding.
func (d *decoder) limit(n int) {
	d.wire = n
	if len(d.rest) > n {
		d.rest = d.rest[:n]
	}
}
