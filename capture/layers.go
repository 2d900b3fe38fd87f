package capture

import (
	"fmt"
	"net/netip"

	"github.com/gopacket/gopacket/layers"
)

// protocol names what follows a header: a number in one of three registries.
type protocol struct {
	registry registry
	number   uint16
}

type registry uint8

const (
	linkType   registry = iota // LINKTYPE_ values of the capture formats
	etherType                  // IEEE 802 numbers
	ipProtocol                 // IANA protocol numbers, IPv6 extension headers among them
	nowhere                    // of no protocol: see done
)

// layer knows how to take one header off the front of a packet. A layer
// without decode is only known by name.
type layer struct {
	name   string
	decode func(*decoder) (protocol, reason)
}

// done is what the layer that ends the walk is followed by.
var done = protocol{registry: nowhere}

// layerOf is everything that this package can look into. A layer takes at least one
// octet or names the layer below IP that will, so that every walk ends.
var layerOf = map[protocol]layer{
	{linkType, 0}:   {"BSD null", (*decoder).bsdNull},
	{linkType, 1}:   {"Ethernet", (*decoder).ethernet},
	{linkType, 12}:  {"raw IP", (*decoder).rawIP}, // DLT_RAW of most systems
	{linkType, 14}:  {"raw IP", (*decoder).rawIP}, // DLT_RAW of OpenBSD
	{linkType, 101}: {"raw IP", (*decoder).rawIP},
	{linkType, 108}: {"OpenBSD loop", (*decoder).bsdLoop},
	{linkType, 113}: {"Linux cooked v1", (*decoder).cooked1},
	{linkType, 228}: {"raw IPv4", (*decoder).rawIPv4},
	{linkType, 229}: {"raw IPv6", (*decoder).rawIPv6},
	{linkType, 276}: {"Linux cooked v2", (*decoder).cooked2},

	{linkType, 9}:   {"PPP", (*decoder).ppp},
	{linkType, 50}:  {"PPP in HDLC", (*decoder).hdlc},
	{linkType, 51}:  {"PPPoE", (*decoder).pppoe},
	{linkType, 104}: {"Cisco HDLC", (*decoder).ciscoHDLC},
	{linkType, 10}:  {"FDDI", library(layers.LinkTypeFDDI)},
	{linkType, 105}: {"IEEE 802.11", library(layers.LinkTypeIEEE802_11)},
	{linkType, 117}: {"OpenBSD pflog", library(layers.LinkTypePFLog)},
	{linkType, 119}: {"IEEE 802.11 with Prism", library(layers.LinkTypePrismHeader)},
	{linkType, 127}: {"IEEE 802.11 with radiotap", library(layers.LinkTypeIEEE80211Radio)},

	{linkType, 147}: {"user 0", nil},
	{linkType, 189}: {"Linux USB", nil},
	{linkType, 220}: {"Linux USB, padded", nil},

	{etherType, 0x0800}: {"IPv4", (*decoder).ipv4},
	{etherType, 0x86dd}: {"IPv6", (*decoder).ipv6},
	{etherType, 0x8100}: {"VLAN tag", (*decoder).vlan},         // IEEE 802.1Q
	{etherType, 0x88a8}: {"service VLAN tag", (*decoder).vlan}, // IEEE 802.1ad
	{etherType, 0x9100}: {"VLAN tag", (*decoder).vlan},         // before 802.1ad, still seen

	{etherType, 0x0806}: {"ARP", nil},
	{etherType, 0x8847}: {"MPLS", (*decoder).mpls},
	{etherType, 0x8848}: {"MPLS multicast", (*decoder).mpls},
	{etherType, 0x8863}: {"PPPoE discovery", nil},
	{etherType, 0x8864}: {"PPPoE", (*decoder).pppoe},
	{etherType, 0x88cc}: {"LLDP", nil},

	{ipProtocol, 6}:   {"TCP", (*decoder).tcp},
	{ipProtocol, 0}:   {"IPv6 hop-by-hop options", (*decoder).extension},
	{ipProtocol, 43}:  {"IPv6 routing header", (*decoder).extension},
	{ipProtocol, 44}:  {"IPv6 fragment header", (*decoder).fragmentHeader},
	{ipProtocol, 51}:  {"authentication header", (*decoder).authentication},
	{ipProtocol, 60}:  {"IPv6 destination options", (*decoder).extension},
	{ipProtocol, 135}: {"IPv6 mobility header", (*decoder).extension},

	{ipProtocol, 1}:   {"ICMP", nil},
	{ipProtocol, 2}:   {"IGMP", nil},
	{ipProtocol, 4}:   {"IPv4 in IP", nil},
	{ipProtocol, 17}:  {"UDP", nil},
	{ipProtocol, 41}:  {"IPv6 in IP", nil},
	{ipProtocol, 47}:  {"GRE", nil},
	{ipProtocol, 50}:  {"ESP", nil},
	{ipProtocol, 58}:  {"ICMPv6", nil},
	{ipProtocol, 59}:  {"no next header", nil},
	{ipProtocol, 132}: {"SCTP", nil},
}

// String is the protocol's name, or else its number.
func (p protocol) String() string {
	if l, ok := layerOf[p]; ok {
		return l.name
	}
	switch p.registry {
	case linkType:
		return fmt.Sprintf("link type %d", p.number)
	case etherType:
		return fmt.Sprintf("EtherType 0x%04x", p.number)
	default:
		return fmt.Sprintf("IP protocol %d", p.number)
	}
}

// decoder walks down one packet.
type decoder struct {
	rest []byte // octets captured and not yet taken
	wire int    // octets there were on the wire from rest[0] on: the innermost length says

	src, dst  netip.Addr
	piece     piece // of a datagram
	pieceSize int   // octets of it
	tunnels   bool  // are looked into
	packet    Packet
}

// take takes a header of n octets off the front, whole or not at all.
func (d *decoder) take(n int) ([]byte, bool) {
	if len(d.rest) < n {
		return nil, false
	}
	h := d.rest[:n]
	d.rest = d.rest[n:]
	d.wire -= n
	return h, true
}

// lacking tells why a header of n octets could not be taken: the snap length
// cut it, or the packet never had as many.
func (d *decoder) lacking(n int, cut, short reason) (protocol, reason) {
	if d.wire < n {
		return done, short
	}
	return done, cut
}

// decode fills d.packet from d, which starts with a header of protocol p.
func (d *decoder) decode(p protocol) reason {
	for p != done {
		l := layerOf[p]
		if d.tunnels && l.decode == nil {
			l = tunnels[p]
		}
		if l.decode == nil {
			return unknown(p)
		}
		if d.piece.is && d.piece.offset > 0 {
			return reason{} // nothing is looked at but its length
		}
		var why reason
		if p, why = l.decode(d); why != (reason{}) {
			return why
		}
	}
	return reason{}
}
