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
	} {
		packets := sound(t, written(t, c.link, c.frame))
		if assert.Len(t, packets, 1, c.what) {
			want(t, c.what, packets[0])
		}
	}
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
