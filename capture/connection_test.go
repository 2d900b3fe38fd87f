package capture

import (
	"net/netip"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// What a connection gives back is what it was given.
func TestPacketsComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var in []Packet
		var g Grouper
		for i := range rapid.IntRange(1, 20).Draw(t, "packets") {
			p := anyPacket(t)
			p.Number, p.Offset = i+1, int64(i)
			in = append(in, p)
			g.Add(p)
		}
		out := make([]Packet, len(in))
		for _, c := range g.Connections() {
			for p := range c.Packets() {
				out[p.Number-1] = p
			}
		}
		assert.Equal(t, in, out)
	})
}

func anyPacket(t *rapid.T) Packet {
	p := Packet{Src: client, Dst: server}
	if rapid.Bool().Draw(t, "way") {
		p.Src, p.Dst = p.Dst, p.Src
	}
	if rapid.Bool().Draw(t, "has time") {
		p.Time = time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "sec"), rapid.Int64Range(0, 999_999_999).Draw(t, "nsec")).UTC()
	}
	p.Payload = int(rapid.Uint32().Draw(t, "payload"))
	p.Truncated, p.Fragment = rapid.Bool().Draw(t, "truncated"), rapid.Bool().Draw(t, "fragment")
	p.TCP = Header{
		Seq: rapid.Uint32Max(3).Draw(t, "seq"), Ack: rapid.Uint32Max(3).Draw(t, "ack"),
		Flags: Flags(rapid.Uint16Max(0x1ff).Draw(t, "flags")), Window: rapid.Uint16().Draw(t, "window"), Urgent: rapid.Uint16().Draw(t, "urgent"),
		Options: OptionSet(rapid.Uint8Max(31).Draw(t, "options")), OptionsCut: rapid.Bool().Draw(t, "cut"),
		WindowScale: rapid.Byte().Draw(t, "scale"), MSS: rapid.Uint16().Draw(t, "MSS"),
		TSval: rapid.Uint32().Draw(t, "TSval"), TSecr: rapid.Uint32().Draw(t, "TSecr"),
	}
	if p.TCP.Options.Has(HasSACK) {
		p.TCP.SACK = Blocks{N: 1, Block: [4]Block{{rapid.Uint32().Draw(t, "left"), rapid.Uint32().Draw(t, "right")}}}
	}
	return p
}

func TestSides(t *testing.T) {
	var g Grouper
	for i, s := range opened {
		g.Add(segment(t, i+1, s))
	}
	c := g.Connections()[0]
	assert.Equal(t, []netip.AddrPort{client, server}, []netip.AddrPort{c.A, c.B})
	assert.True(t, c.OpeningSeen())
	iss, known := c.ISS(client)
	assert.True(t, known)
	assert.Equal(t, uint32(100), iss)
	iss, known = c.ISS(server)
	assert.True(t, known)
	assert.Equal(t, uint32(300), iss)
	assert.Equal(t, []bool{true, false}, []bool{c.FromA(c.At(0)), c.FromA(c.At(1))})
	for range c.Packets() {
		break // an iteration may end early
	}

	g.Add(segment(t, 4, "< SYN,ACK 900 101"))
	iss, _ = c.ISS(server)
	assert.Equal(t, uint32(300), iss, "another SYN,ACK does not change it")

	c = group([]Packet{segment(t, 1, "> SYN 100")})[0]
	assert.False(t, c.OpeningSeen())
	_, known = c.ISS(server)
	assert.False(t, known)
}

func TestMemoryPerPacket(t *testing.T) {
	assert.Equal(t, uintptr(64), unsafe.Sizeof(record{}), "octets")
}
