package capture

import (
	"bytes"
	"encoding/binary"
	"net"
	"testing"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"
	"github.com/stretchr/testify/require"
)

// epoch is when the captures made here begin.
var epoch = time.Date(2026, 1, 2, 3, 4, 5, 678901000, time.UTC)

// join is the octets of all the pieces.
func join(pieces ...[]byte) []byte { return bytes.Join(pieces, nil) }

func serialize(t testing.TB, pieces ...gopacket.SerializableLayer) []byte {
	t.Helper()
	b := gopacket.NewSerializeBuffer()
	require.NoError(t, gopacket.SerializeLayers(b, gopacket.SerializeOptions{FixLengths: true}, pieces...))
	return b.Bytes()
}

// syn is a SYN of 40 octets with the options of a usual one; seq tells it
// from others.
func syn(seq uint32) *layers.TCP {
	return &layers.TCP{
		SrcPort: 1000, DstPort: 2000, Seq: seq, SYN: true, Window: 64240,
		Options: []layers.TCPOption{
			{OptionType: layers.TCPOptionKindMSS, OptionLength: 4, OptionData: []byte{0x05, 0xb4}},
			{OptionType: layers.TCPOptionKindSACKPermitted, OptionLength: 2},
			{OptionType: layers.TCPOptionKindTimestamps, OptionLength: 10, OptionData: []byte{0, 0, 0, 7, 0, 0, 0, 0}},
			{OptionType: layers.TCPOptionKindNop},
			{OptionType: layers.TCPOptionKindWindowScale, OptionLength: 3, OptionData: []byte{10}},
		},
	}
}

// data is a segment with text and no options.
func data(seq uint32) *layers.TCP {
	return &layers.TCP{SrcPort: 1000, DstPort: 2000, Seq: seq, Ack: 9, ACK: true, PSH: true, Window: 63}
}

func ip4(t testing.TB, tcp *layers.TCP, text int) []byte {
	t.Helper()
	ip := &layers.IPv4{
		Version: 4, TTL: 64, Protocol: layers.IPProtocolTCP,
		SrcIP: net.IP{10, 0, 0, 1}, DstIP: net.IP{10, 0, 0, 2},
	}
	return serialize(t, ip, tcp, gopacket.Payload(make([]byte, text)))
}

var v6src, v6dst = net.ParseIP("2001:db8::1"), net.ParseIP("2001:db8::2")

// ip6 is an IPv6 packet with tcp after the extension headers, the first of
// which is of protocol first.
func ip6(t testing.TB, first layers.IPProtocol, extensions []byte, tcp *layers.TCP, text int) []byte {
	t.Helper()
	ip := &layers.IPv6{Version: 6, NextHeader: first, HopLimit: 64, SrcIP: v6src, DstIP: v6dst}
	return serialize(t, ip, gopacket.Payload(extensions), tcp, gopacket.Payload(make([]byte, text)))
}

// ether puts an Ethernet header, and VLAN tags if there are any, before b.
func ether(kind uint16, b []byte, tags ...uint16) []byte {
	h := make([]byte, 12)
	for i, tag := range tags {
		h = binary.BigEndian.AppendUint16(h, tag)
		h = binary.BigEndian.AppendUint16(h, uint16(100+i))
	}
	return join(binary.BigEndian.AppendUint16(h, kind), b)
}

// pcapFile is a capture in any byte order, made here: pcapgo writes only
// little-endian ones. Frames follow each other after a second and a unit.
func pcapFile(order binary.AppendByteOrder, magic, snap uint32, link LinkType, frames ...[]byte) []byte {
	b := order.AppendUint32(nil, magic)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(b, 4)
	b = append(b, make([]byte, 8)...)
	b = order.AppendUint32(b, snap)
	b = order.AppendUint32(b, uint32(link))
	for i, f := range frames {
		kept := f[:min(len(f), int(snap))]
		b = order.AppendUint32(b, uint32(epoch.Unix())+uint32(i))
		b = order.AppendUint32(b, 678901+uint32(i))
		b = order.AppendUint32(b, uint32(len(kept)))
		b = order.AppendUint32(b, uint32(len(f)))
		b = append(b, kept...)
	}
	return b
}

// written is a capture written by pcapgo.
func written(t testing.TB, link LinkType, frames ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := pcapgo.NewWriter(&b)
	require.NoError(t, w.WriteFileHeader(packetMax, layers.LinkType(link)))
	for _, f := range frames {
		require.NoError(t, w.WritePacket(info(f, len(f)), f))
	}
	return b.Bytes()
}

// info describes f, wire octets of which were on the wire.
func info(f []byte, wire int) gopacket.CaptureInfo {
	return gopacket.CaptureInfo{Timestamp: epoch, CaptureLength: len(f), Length: wire}
}

// block is a pcapng block, little-endian.
func block(kind uint32, body []byte) []byte {
	for len(body)%4 != 0 {
		body = append(body, 0)
	}
	le := binary.LittleEndian
	n := uint32(len(body) + 12)
	return join(le.AppendUint32(le.AppendUint32(nil, kind), n), body, le.AppendUint32(nil, n))
}

// words are 32-bit numbers, little-endian.
func words(numbers ...uint32) (b []byte) {
	for _, n := range numbers {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return b
}

// section is a section header, and description an interface's.
func section() []byte { return block(sectionHeader, words(byteOrderMagic, 1, 0xffffffff, 0xffffffff)) }

func description(link LinkType, snap uint32, options ...byte) []byte {
	return block(interfaceDescription, join(words(uint32(link), snap), options))
}

// enhanced is an Enhanced Packet Block without options.
func enhanced(iface uint32, stamp uint64, f []byte, wire int) []byte {
	h := words(iface, uint32(stamp>>32), uint32(stamp), uint32(len(f)), uint32(wire))
	return block(enhancedPacket, join(h, f))
}
