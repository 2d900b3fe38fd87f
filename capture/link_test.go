package capture

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/assert"
)

// want4 and want6 are what a SYN in a frame of IPv4 and IPv6 reads as.
func want(t *testing.T, what string, p Packet) {
	t.Helper()
	assert.Equal(t, uint32(77), p.TCP.Seq, what)
	assert.Equal(t, SYN, p.TCP.Flags, what)
	assert.Equal(t, uint16(1000), p.Src.Port(), what)
	assert.Equal(t, uint16(2000), p.Dst.Port(), what)
	assert.Equal(t, 0, p.Payload, what)
	if p.Src.Addr().Is4() {
		assert.Equal(t, "10.0.0.1 10.0.0.2", p.Src.Addr().String()+" "+p.Dst.Addr().String(), what)
	} else {
		assert.Equal(t, "2001:db8::1 2001:db8::2", p.Src.Addr().String()+" "+p.Dst.Addr().String(), what)
	}
}

func TestEveryLinkTypeLeadsToTheSegment(t *testing.T) {
	v4, v6 := ip4(t, syn(77), 0), ip6(t, 6, nil, syn(77), 0)
	be := binary.BigEndian
	cooked1 := func(kind uint16) []byte {
		return be.AppendUint16([]byte{0, 0, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0}, kind)
	}
	cooked2 := func(kind uint16) []byte {
		return append(be.AppendUint16(nil, kind), 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0)
	}
	for _, c := range []struct {
		what  string
		link  LinkType
		frame []byte
	}{
		{"BSD null, IPv4, little-endian", 0, join([]byte{2, 0, 0, 0}, v4)},
		{"BSD null, IPv4, big-endian", 0, join([]byte{0, 0, 0, 2}, v4)},
		{"BSD null, IPv6 of Linux", 0, join([]byte{10, 0, 0, 0}, v6)},
		{"BSD null, IPv6 of NetBSD", 0, join([]byte{0, 0, 0, 24}, v6)},
		{"BSD null, IPv6 of FreeBSD", 0, join([]byte{28, 0, 0, 0}, v6)},
		{"BSD null, IPv6 of Darwin", 0, join([]byte{30, 0, 0, 0}, v6)},
		{"Ethernet, IPv4", 1, ether(0x0800, v4)},
		{"Ethernet, IPv6", 1, ether(0x86dd, v6)},
		{"Ethernet, a VLAN tag", 1, ether(0x0800, v4, 0x8100)},
		{"Ethernet, two VLAN tags", 1, ether(0x86dd, v6, 0x88a8, 0x8100)},
		{"Ethernet, an old outer VLAN tag", 1, ether(0x0800, v4, 0x9100, 0x8100)},
		{"raw IP 12, IPv4", 12, v4},
		{"raw IP 14, IPv6", 14, v6},
		{"raw IP 101, IPv4", 101, v4},
		{"raw IP 101, IPv6", 101, v6},
		{"OpenBSD loop, IPv4", 108, join([]byte{0, 0, 0, 2}, v4)},
		{"OpenBSD loop, IPv6", 108, join([]byte{0, 0, 0, 24}, v6)},
		{"Linux cooked v1, IPv4", 113, join(cooked1(0x0800), v4)},
		{"Linux cooked v1, IPv6", 113, join(cooked1(0x86dd), v6)},
		{"Linux cooked v1, a VLAN tag", 113, join(cooked1(0x8100), []byte{0, 5, 8, 0}, v4)},
		{"raw IPv4", 228, v4},
		{"raw IPv6", 229, v6},
		{"Linux cooked v2, IPv4", 276, join(cooked2(0x0800), v4)},
		{"Linux cooked v2, IPv6", 276, join(cooked2(0x86dd), v6)},
		{"Ethernet, LLC and SNAP", 1, join(make([]byte, 12), []byte{0, 68, 0xaa, 0xaa, 3, 0, 0, 0, 8, 0}, v4)},
		{"PPP", 9, join([]byte{0xff, 3, 0, 0x21}, v4)},
		{"PPP, IPv6, without HDLC's octets", 9, join([]byte{0, 0x57}, v6)},
		{"PPP with short protocols", 9, join([]byte{0xff, 3, 0x21}, v4)},
		{"PPP in HDLC", 50, join([]byte{0xff, 3, 0, 0x21}, v4)},
		{"Cisco's HDLC in place of it", 50, join([]byte{0x0f, 0, 8, 0}, v4)},
		{"PPPoE", 51, join([]byte{0x11, 0, 0, 1, 0, 62, 0, 0x21}, v4)},
		{"Cisco HDLC", 104, join([]byte{0x8f, 0, 0x86, 0xdd}, v6)},
		{"PPPoE in Ethernet", 1, ether(0x8864, join([]byte{0x11, 0, 0, 1, 0, 62, 0, 0x21}, v4))},
		{"PPPoE in a VLAN", 1, ether(0x8864, join([]byte{0x11, 0, 0, 1, 0, 82, 0, 0x57}, v6), 0x8100)},
		{"MPLS", 1, ether(0x8847, join([]byte{0, 1, 0x01, 64}, v4))},
		{"MPLS, two labels", 1, ether(0x8847, join([]byte{0, 1, 0x00, 64, 0, 2, 0x01, 64}, v6))},
		{"MPLS in PPP", 9, join([]byte{0xff, 3, 0x02, 0x81, 0, 1, 0x01, 64}, v4)},
		{"FDDI", 10, join([]byte{0x50}, make([]byte, 12), []byte{0xaa, 0xaa, 3, 0, 0, 0, 8, 0}, v4)},
		{"Wi-Fi, from the access point", 105, wifi(0x08, 0x02, false, 0x0800, v4)},
		{"Wi-Fi, to the access point, with quality of service", 105, wifi(0x88, 0x01, true, 0x86dd, v6)},
		{"Wi-Fi with radiotap", 127, join([]byte{0, 0, 8, 0, 0, 0, 0, 0}, wifi(0x08, 0x02, false, 0x0800, v4))},
		{"Wi-Fi with radiotap and flags: a frame check sequence", 127, join([]byte{0, 0, 9, 0, 2, 0, 0, 0, 0x10}, wifi(0x88, 0x02, true, 0x0800, v4))},
		{"Wi-Fi with Prism", 119, join([]byte{0x44, 0, 0, 0, 24, 0, 0, 0}, make([]byte, 16), wifi(0x08, 0x02, false, 0x0800, v4))},
		{"pflog", 117, join([]byte{61, 2}, make([]byte, 62), v4)},
	} {
		packets := sound(t, written(t, c.link, c.frame))
		if assert.Len(t, packets, 1, c.what) {
			want(t, c.what, packets[0])
		}
	}
}

// wifi is an IEEE 802.11 data frame with LLC and SNAP, and its frame check
// sequence.
func wifi(kind, flags byte, qos bool, etherType uint16, b []byte) []byte {
	h := join([]byte{kind, flags, 0, 0}, make([]byte, 18), []byte{0x10, 0})
	if qos {
		h = append(h, 0, 0)
	}
	h = append(h, 0xaa, 0xaa, 3, 0, 0, 0)
	return join(binary.BigEndian.AppendUint16(h, etherType), b, make([]byte, 4))
}

func TestWhatIsNotIPIsSkippedWithTheReason(t *testing.T) {
	v4 := ip4(t, syn(77), 0)
	for _, c := range []struct {
		what   string
		link   LinkType
		frame  []byte
		reason string
	}{
		{"ARP", 1, ether(0x0806, make([]byte, 28)), "not IP: ARP"},
		{"a protocol without a name", 1, ether(0x1234, make([]byte, 28)), "not IP: EtherType 0x1234"},
		{"the least EtherType", 1, ether(0x0600, make([]byte, 28)), "not IP: EtherType 0x0600"},
		{"spanning tree", 1, ether(0x0026, make([]byte, 38)), "not IP: IEEE 802.3 frame"},
		{"spanning tree in a VLAN", 1, ether(0x0026, make([]byte, 38), 0x8100), "not IP: IEEE 802.3 frame"},
		{"AppleTalk", 0, join([]byte{16, 0, 0, 0}, v4), "not IP: another address family"},
		{"AppleTalk", 108, join([]byte{0, 0, 0, 16}, v4), "not IP: another address family"},
		{"IPv6 of Darwin in the wrong order", 108, join([]byte{30, 0, 0, 0}, v4), "not IP: another address family"},
		{"version 5", 101, []byte{0x50, 0, 0, 0}, "impossible IP header: version"},
		{"nothing", 101, nil, "packet shorter than its IP header"},
		{"half an Ethernet header", 1, make([]byte, 13), "packet shorter than its link header"},
		{"half a VLAN tag", 1, ether(0x8100, make([]byte, 3)), "packet shorter than its link header"},
		{"half a cooked header", 113, make([]byte, 15), "packet shorter than its link header"},
		{"half a cooked header", 276, make([]byte, 19), "packet shorter than its link header"},
		{"PPP's own control", 9, []byte{0xff, 3, 0xc0, 0x21, 1, 1, 0, 4}, "not IP: another protocol in PPP"},
		{"half a PPP header", 9, []byte{0xff, 3, 0}, "packet shorter than its link header"},
		{"a pseudo-wire", 1, ether(0x8847, []byte{0, 1, 1, 64, 0, 0, 0, 0}), "not IP: something else under MPLS labels"},
		{"half a label", 1, ether(0x8847, []byte{0, 1, 0}), "packet shorter than its link header"},
		{"a beacon", 105, make([]byte, 60), "not IP, or encrypted"},
		{"encrypted Wi-Fi", 105, wifi(0x08, 0x42, false, 0x0800, v4), "not IP, or encrypted"},
		{"radiotap, and nothing", 127, []byte{0, 0}, "not IP, or encrypted"},
		{"half a null header", 0, make([]byte, 3), "packet shorter than its link header"},
		{"half a loop header", 108, make([]byte, 3), "packet shorter than its link header"},
	} {
		packets, skipped, err := readAll(written(t, c.link, c.frame, c.frame))
		assert.NoError(t, err, c.what)
		assert.Empty(t, packets, c.what)
		assert.Equal(t, []Skip{{Reason: c.reason, Packets: 2, First: 1}}, skipped, c.what)
	}
}

func TestALinkHeaderCutBySnapLength(t *testing.T) {
	b := pcapFile(binary.LittleEndian, microseconds, 13, 1, ether(0x0800, ip4(t, syn(77), 0)))
	_, skipped, err := readAll(b)
	assert.NoError(t, err)
	assert.Equal(t, []Skip{{"link header cut by the snap length", 1, 1}}, skipped)
}

func TestLinkTypeNames(t *testing.T) {
	assert.Equal(t, "Ethernet", LinkType(1).String())
	assert.Equal(t, "link type 9999", LinkType(9999).String())
}
