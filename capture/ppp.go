package capture

import "encoding/binary"

// pppProtocols are the protocols of PPP that are IP, in the numbers of
// EtherTypes (IANA, PPP DLL Protocol Numbers).
var pppProtocols = map[uint16]protocol{
	0x0021: {etherType, 0x0800},
	0x0057: {etherType, 0x86dd},
	0x0281: {etherType, 0x8847}, // MPLS unicast
	0x0283: {etherType, 0x8847}, // MPLS multicast
}

// ppp takes a PPP header [RFC 1661, 2]: a protocol, 2, of which the first
// octet is left out if it is 0 and its absence was negotiated; before it
// the address and control octets of HDLC, unless they were left out too.
func (d *decoder) ppp() (protocol, reason) {
	if len(d.rest) >= 2 && d.rest[0] == 0xff && d.rest[1] == 0x03 {
		d.take(2)
	}
	if len(d.rest) >= 1 && d.rest[0]&1 == 1 {
		h, _ := d.take(1)
		return pppProtocol(uint16(h[0]))
	}
	h, why := d.linkHeader(2)
	if why != (reason{}) {
		return done, why
	}
	return pppProtocol(binary.BigEndian.Uint16(h))
}

func pppProtocol(n uint16) (protocol, reason) {
	if p, ok := pppProtocols[n]; ok {
		return p, reason{}
	}
	return done, notIPInPPP
}

// hdlc is LINKTYPE_PPP_HDLC: PPP, or Cisco's HDLC with address 1, control 1, EtherType 2.
func (d *decoder) hdlc() (protocol, reason) {
	if len(d.rest) > 0 && (d.rest[0] == 0x0f || d.rest[0] == 0x8f) {
		return d.ciscoHDLC()
	}
	return d.ppp()
}

func (d *decoder) ciscoHDLC() (protocol, reason) {
	h, why := d.linkHeader(4)
	if why != (reason{}) {
		return done, why
	}
	return byEtherType(h[2:])
}

// pppoe takes a PPPoE session header [RFC 2516, 4]: version and type 1, code 1,
// session 2, length 2; then PPP without its HDLC octets.
func (d *decoder) pppoe() (protocol, reason) {
	h, why := d.linkHeader(6)
	if why != (reason{}) {
		return done, why
	}
	d.limit(min(d.wire, int(binary.BigEndian.Uint16(h[4:]))))
	return d.ppp()
}

// mpls takes one entry of a label stack [RFC 3032, 2.1]: label 20 bits, class
// 3, bottom 1, TTL 8. Below the last one nothing says what follows: the
// first four bits do.
func (d *decoder) mpls() (protocol, reason) {
	h, why := d.linkHeader(4)
	switch {
	case why != (reason{}):
		return done, why
	case h[2]&1 == 0:
		return protocol{etherType, 0x8847}, reason{}
	case len(d.rest) > 0 && (d.rest[0]>>4 == 4 || d.rest[0]>>4 == 6):
		return d.rawIP()
	default:
		return done, notIPInMPLS
	}
}

// snap takes the headers of IEEE 802.2 LLC and SNAP, 8, which an IEEE 802.3
// frame has in place of an EtherType [RFC 1042].
func (d *decoder) snap() (protocol, reason) {
	const fixed = 8
	if len(d.rest) < fixed || d.rest[0] != 0xaa || d.rest[1] != 0xaa || d.rest[2] != 0x03 {
		return done, notEtherType
	}
	h, _ := d.take(fixed)
	return byEtherType(h[6:])
}
