package capture

import (
	"bytes"
	"encoding/binary"
	"testing"
	"time"

	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A pcap capture written again as pcapng has the same packets.
func TestPcapngEqualsPcap(t *testing.T) {
	for name, b := range captures(t) {
		if binary.LittleEndian.Uint32(b) != microseconds {
			continue
		}
		r, err := pcapgo.NewReader(bytes.NewReader(b))
		require.NoError(t, err)
		var again bytes.Buffer
		w, err := pcapgo.NewNgWriter(&again, r.LinkType())
		require.NoError(t, err)
		for range sound(t, b) {
			f, ci, err := r.ReadPacketData()
			require.NoError(t, err)
			require.NoError(t, w.WritePacket(ci, f))
		}
		require.NoError(t, w.Flush())

		want, got := sound(t, b), sound(t, again.Bytes())
		require.Len(t, got, len(want), name)
		for i := range got {
			got[i].Offset = want[i].Offset
		}
		assert.Equal(t, want, got, name)
	}
}

func TestSeveralInterfaces(t *testing.T) {
	var b bytes.Buffer
	w, err := pcapgo.NewNgWriterInterface(&b, pcapgo.NgInterface{
		Name: "eth0", LinkType: layers.LinkTypeEthernet, SnapLength: 100, TimestampResolution: 9,
	}, pcapgo.DefaultNgWriterOptions)
	require.NoError(t, err)
	tun, err := w.AddInterface(pcapgo.NgInterface{Name: "tun0", LinkType: layers.LinkTypeRaw, TimestampResolution: 9})
	require.NoError(t, err)
	usb, err := w.AddInterface(pcapgo.NgInterface{Name: "usbmon0", LinkType: layers.LinkTypeLinuxUSB, TimestampResolution: 9})
	require.NoError(t, err)
	v4 := ip4(t, syn(77), 0)
	for _, packet := range []struct {
		iface int
		frame []byte
	}{{tun, v4}, {0, ether(0x0800, v4)}, {usb, make([]byte, 50)}, {tun, ip6(t, 6, nil, syn(77), 0)}} {
		ci := info(packet.frame, len(packet.frame))
		ci.InterfaceIndex = packet.iface
		require.NoError(t, w.WritePacket(ci, packet.frame))
	}
	require.NoError(t, w.Flush())

	packets, skipped, err := readAll(b.Bytes())
	require.NoError(t, err)
	require.Len(t, packets, 3)
	for i, number := range []int{1, 2, 4} {
		want(t, "each interface has its link type", packets[i])
		assert.Equal(t, number, packets[i].Number)
		assert.Equal(t, epoch, packets[i].Time)
	}
	assert.Equal(t, []Skip{{"link type not supported: Linux USB, padded", 1, 3}}, skipped)
}

func TestSections(t *testing.T) {
	v4 := ip4(t, syn(77), 0)
	le := join(section(), description(101, 0), enhanced(0, 5, v4, len(v4)))

	be := binary.BigEndian
	words := func(numbers ...uint32) (b []byte) {
		for _, n := range numbers {
			b = be.AppendUint32(b, n)
		}
		return b
	}
	big := join(
		words(sectionHeader, 28, byteOrderMagic, 1<<16|2, 0, 0, 28),
		words(interfaceDescription, 20, 1<<16, 0, 20),
		words(enhancedPacket, uint32(32+14+len(v4)+2), 0, 0, 6, uint32(14+len(v4)), uint32(14+len(v4))), ether(0x0800, v4), []byte{0, 0},
		words(uint32(32+14+len(v4)+2)),
	)
	packets := sound(t, join(le, big, le))
	require.Len(t, packets, 3)
	for i, at := range []int{48, len(le) + 48, len(le) + len(big) + 48} {
		want(t, "a section has its own byte order and interfaces", packets[i])
		assert.Equal(t, i+1, packets[i].Number)
		assert.Equal(t, int64(at), packets[i].Offset)
	}
	assert.Equal(t, time.UnixMicro(6).UTC(), packets[1].Time)
}

func TestOtherBlocks(t *testing.T) {
	v4 := ip4(t, syn(77), 0)
	const names, custom = 4, 0x0bad
	b := join(
		section(), block(names, make([]byte, 100)), description(101, 0), block(custom, nil),
		block(simplePacket, join(words(uint32(len(v4))), v4)),
		block(obsoletePacket, join(words(7<<16, 0, 8, uint32(len(v4)), uint32(len(v4)+9)), v4)),
		block(custom, make([]byte, 100_000)),
		enhanced(0, 9, v4, len(v4)),
	)
	packets := sound(t, b)
	require.Len(t, packets, 3)
	for _, p := range packets {
		want(t, "simple, obsolete and enhanced packet blocks", p)
	}
	assert.True(t, packets[0].Time.IsZero(), "a simple packet has no time")
	assert.Equal(t, time.UnixMicro(8).UTC(), packets[1].Time)
	assert.True(t, packets[1].Truncated)
}

func TestASimplePacketIsAsLongAsTheSnapLength(t *testing.T) {
	v4 := ip4(t, data(77), 100)
	b := join(section(), description(101, 41), block(simplePacket, join(words(uint32(len(v4))), v4[:41])))
	p := sound(t, b)[0]
	assert.True(t, p.Truncated)
	assert.Equal(t, 100, p.Payload)
}

func TestFaultsOfBlocks(t *testing.T) {
	v4 := ip4(t, syn(77), 0)
	good := join(section(), description(101, 0), enhanced(0, 5, v4, len(v4)))
	assert.Len(t, sound(t, good), 1)
	for _, c := range []struct {
		want string
		b    []byte
	}{
		{"byte 140: impossible length: a block of 8 bytes", join(good, words(5, 8, 8))},
		{"byte 140: impossible length: a block of 13 bytes", join(good, words(5, 13, 0, 13))},
		{"byte 140: impossible length: a block of 24 bytes", join(good, words(sectionHeader, 24, byteOrderMagic, 1, 0, 24))},
		{"packet 2 at byte 140: impossible length: a block of 0 bytes", join(good, words(enhancedPacket, 0))},
		{"byte 140: absurd length: a block of 4294967292 bytes", join(good, words(5, 0xfffffffc))},
		{"byte 140: a block of 16 bytes ends as one of 20", join(good, words(5, 16, 0, 20))},
		{"packet 2 at byte 140: interface 1 is not described: the section has 1 so far", join(good, enhanced(1, 5, v4, 0))},
		{"packet 1 at byte 28: interface 0 is not described: the section has 0 so far", join(section(), enhanced(0, 5, v4, 0))},
		{"packet 1 at byte 28: interface 0 is not described: the section has 0 so far", join(section(), block(simplePacket, words(0)))},
		{"packet 2 at byte 140: interface 9 is not described: the section has 1 so far", join(good, block(obsoletePacket, words(9, 0, 0, 0, 0)))},
		{"packet 2 at byte 140: impossible length: a packet block without its header", join(good, block(enhancedPacket, words(0, 0, 0, 0)))},
		{"packet 2 at byte 140: impossible length: a packet block without its header", join(good, block(simplePacket, nil))},
		{"packet 2 at byte 140: absurd length: 5 octets captured, in a block that has room for 4", join(good, block(enhancedPacket, words(0, 0, 0, 5, 5, 0)))},
		{"packet 2 at byte 140: absurd length: 4294967295 octets captured, in a block that has room for 0", join(good, block(obsoletePacket, words(0, 0, 0, 0xffffffff, 5)))},
		{"byte 140: impossible length: an interface description of 4 octets", join(good, block(interfaceDescription, words(101)))},
		{"byte 140: absurd length: an interface description of 65540 octets", join(good, block(interfaceDescription, make([]byte, 65540)))},
		{"byte 140: impossible length: option 9 of 5 octets, where 4 are left", join(good, description(101, 0, 9, 0, 5, 0, 1, 2, 3, 4))},
		{"byte 140: impossible length: option 9 of 1 octets, where 0 are left", join(good, description(101, 0, 9, 0, 1, 0))},
		{"byte 140: pcapng version 2.0: only 1.x is known", join(good, block(sectionHeader, words(byteOrderMagic, 2, 0, 0)))},
	} {
		packets, _, err := readAll(c.b)
		assert.EqualError(t, err, c.want)
		if len(c.b) > len(good) {
			assert.Len(t, packets, 1, "%s: what comes before the fault is delivered", c.want)
		}
	}
}

func TestInterfacesAreBounded(t *testing.T) {
	b := join(section(), bytes.Repeat(description(101, 0), interfacesMax+1))
	_, _, err := readAll(b)
	assert.EqualError(t, err, "byte 1310748: more than 65536 interfaces")
}
