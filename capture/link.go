package capture

import "encoding/binary"

// LinkType is a number of the registry that pcap and pcapng share
// (draft-ietf-opsawg-pcaplinktype).
type LinkType uint16

// String is the type's name, or else its number.
func (t LinkType) String() string { return protocol{linkType, uint16(t)}.String() }

// supported reports whether there is a decoder for t.
func (t LinkType) supported() bool { return layerOf[protocol{linkType, uint16(t)}].decode != nil }

// linkHeader takes a link header of n octets.
func (d *decoder) linkHeader(n int) ([]byte, reason) {
	h, ok := d.take(n)
	if !ok {
		_, why := d.lacking(n, linkCut, linkShort)
		return nil, why
	}
	return h, reason{}
}

// byEtherType is what follows a header whose type field is b: a number below
// 1536 is the length of an IEEE 802.3 frame, or one of Linux's own.
func byEtherType(b []byte) (protocol, reason) {
	n := binary.BigEndian.Uint16(b)
	if n < 1536 {
		return done, notEtherType
	}
	return protocol{etherType, n}, reason{}
}

// byLengthOrEtherType is byEtherType where an IEEE 802.3 frame may be: LLC and
// SNAP may name what follows.
func (d *decoder) byLengthOrEtherType(b []byte) (protocol, reason) {
	if binary.BigEndian.Uint16(b) < 1536 {
		return d.snap()
	}
	return byEtherType(b)
}

// ethernet: destination 6, source 6, type 2.
func (d *decoder) ethernet() (protocol, reason) {
	h, why := d.linkHeader(14)
	if why != (reason{}) {
		return done, why
	}
	return d.byLengthOrEtherType(h[12:])
}

// vlan: tag control information 2, type 2; the tag's own type stood before it.
func (d *decoder) vlan() (protocol, reason) {
	h, why := d.linkHeader(4)
	if why != (reason{}) {
		return done, why
	}
	return d.byLengthOrEtherType(h[2:])
}

// cooked1 is LINKTYPE_LINUX_SLL: packet type 2, ARPHRD_ type 2, address length
// 2, address 8, protocol 2.
func (d *decoder) cooked1() (protocol, reason) {
	h, why := d.linkHeader(16)
	if why != (reason{}) {
		return done, why
	}
	return byEtherType(h[14:])
}

// cooked2 is LINKTYPE_LINUX_SLL2: protocol 2, reserved 2, interface 4, ARPHRD_
// type 2, packet type 1, address length 1, address 8.
func (d *decoder) cooked2() (protocol, reason) {
	h, why := d.linkHeader(20)
	if why != (reason{}) {
		return done, why
	}
	return byEtherType(h[0:])
}

// bsdNull is LINKTYPE_NULL: an address family, 4, in the byte order of the
// machine that captured, which the file's own byte order need not tell. No
// family is above 65535, so that the half that is not zero tells.
func (d *decoder) bsdNull() (protocol, reason) {
	h, why := d.linkHeader(4)
	if why != (reason{}) {
		return done, why
	}
	family := binary.LittleEndian.Uint32(h)
	if family > 0xffff {
		family = binary.BigEndian.Uint32(h)
	}
	return byFamily(family)
}

// bsdLoop is LINKTYPE_LOOP: an address family, 4, in network byte order.
func (d *decoder) bsdLoop() (protocol, reason) {
	h, why := d.linkHeader(4)
	if why != (reason{}) {
		return done, why
	}
	return byFamily(binary.BigEndian.Uint32(h))
}

// byFamily is what follows a BSD address family. AF_INET is 2 everywhere,
// AF_INET6 is 10 on Linux, 24 on NetBSD and OpenBSD, 28 on FreeBSD, 30 on Darwin.
func byFamily(family uint32) (protocol, reason) {
	switch family {
	case 2:
		return protocol{etherType, 0x0800}, reason{}
	case 10, 24, 28, 30:
		return protocol{etherType, 0x86dd}, reason{}
	default:
		return done, notIPFamily
	}
}

// rawIP is LINKTYPE_RAW: the version in the first octet tells the rest.
func (d *decoder) rawIP() (protocol, reason) {
	if len(d.rest) == 0 {
		return d.lacking(1, ipCut, ipShort)
	}
	switch d.rest[0] >> 4 {
	case 4:
		return d.rawIPv4()
	case 6:
		return d.rawIPv6()
	default:
		return done, ipVersion
	}
}

func (d *decoder) rawIPv4() (protocol, reason) { return protocol{etherType, 0x0800}, reason{} }

func (d *decoder) rawIPv6() (protocol, reason) { return protocol{etherType, 0x86dd}, reason{} }
