package capture

import "encoding/binary"

// tunnels are what can be looked into on request: IP in IP [RFC 2003, RFC
// 4213], GRE [RFC 2784], and UDP as far as it carries VXLAN [RFC 7348].
var tunnels = map[protocol]layer{
	{ipProtocol, 4}:  {"IPv4 in IP", (*decoder).rawIPv4},
	{ipProtocol, 41}: {"IPv6 in IP", (*decoder).rawIPv6},
	{ipProtocol, 47}: {"GRE", (*decoder).gre},
	{ipProtocol, 17}: {"UDP", (*decoder).udp},
}

// gre takes a GRE header: flags and version 2, EtherType 2, then what the
// flags say: checksum and reserved 4, key 4, sequence number 4 [RFC 2784, 2; RFC 2890, 2];
// of version 1 an acknowledgment number 4, and PPP follows [RFC 2637, 4.1].
func (d *decoder) gre() (protocol, reason) {
	h, why := d.ipHeader(4)
	if why != (reason{}) {
		return done, why
	}
	const checksum, routing, key, sequence, acknowledgment = 0x8000, 0x4000, 0x2000, 0x1000, 0x0080
	const ppp, ethernet = 0x880b, 0x6558
	flags, kind := binary.BigEndian.Uint16(h), binary.BigEndian.Uint16(h[2:])
	more := 0
	for _, f := range []uint16{checksum, key, sequence} {
		if flags&f != 0 {
			more += 4
		}
	}
	if flags&7 == 1 && flags&acknowledgment != 0 {
		more += 4
	}
	if flags&routing != 0 && flags&7 == 0 {
		return done, greRouting // RFC 1701's, of variable length and not in use
	}
	if _, why := d.ipHeader(more); why != (reason{}) {
		return done, why
	}
	switch kind {
	case ppp:
		return d.ppp()
	case ethernet:
		return d.ethernet()
	default:
		return protocol{etherType, kind}, reason{}
	}
}

// vxlanPort is VXLAN's (IANA); 8472 is what Linux took before there was one.
const (
	vxlanPort      = 4789
	vxlanPortLinux = 8472
)

// udp takes a UDP header, and a VXLAN header behind it: flags 1, reserved 3,
// network identifier 3, reserved 1; an Ethernet frame follows.
func (d *decoder) udp() (protocol, reason) {
	h, why := d.ipHeader(8)
	if why != (reason{}) {
		return done, why
	}
	if port := binary.BigEndian.Uint16(h[2:]); port != vxlanPort && port != vxlanPortLinux {
		return done, unknown(protocol{ipProtocol, 17})
	}
	if h, why = d.ipHeader(8); why != (reason{}) {
		return done, why
	}
	if h[0]&0x08 == 0 {
		return done, unknown(protocol{ipProtocol, 17})
	}
	return d.ethernet()
}
