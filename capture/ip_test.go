package capture

import (
	"encoding/binary"
	"testing"

	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// only reads the single packet of a raw capture.
func only(t *testing.T, f []byte) Packet {
	t.Helper()
	packets, skipped, err := readAll(written(t, 101, f))
	require.NoError(t, err)
	require.Empty(t, skipped)
	require.Len(t, packets, 1)
	return packets[0]
}

// why is the reason for which f, a raw packet, is skipped.
func why(t *testing.T, f []byte) string {
	t.Helper()
	packets, skipped, err := readAll(written(t, 101, f))
	require.NoError(t, err)
	require.Empty(t, packets)
	require.Len(t, skipped, 1)
	return skipped[0].Reason
}

// patched is f with an octet changed.
func patched(f []byte, at int, to byte) []byte {
	f = append([]byte(nil), f...)
	f[at] = to
	return f
}

func TestPaddingIsNotText(t *testing.T) {
	b := written(t, 1,
		join(ether(0x0800, ip4(t, data(77), 0)), make([]byte, 6)),         // padded to 60 octets
		join(ether(0x0800, ip4(t, data(77), 3)), make([]byte, 3)),         //
		join(ether(0x86dd, ip6(t, 6, nil, data(77), 1)), make([]byte, 4))) // a frame check sequence
	var texts []int
	for _, p := range sound(t, b) {
		texts = append(texts, p.Payload)
		assert.False(t, p.Truncated)
	}
	assert.Equal(t, []int{0, 3, 1}, texts, "text is what the IP header says")
}

func TestTextIsCountedFromTheIPHeaderNotFromWhatWasCaptured(t *testing.T) {
	b := pcapFile(binary.LittleEndian, microseconds, 40, 101, ip4(t, data(77), 1000))
	p := sound(t, b)[0]
	assert.Equal(t, 1000, p.Payload)
	assert.True(t, p.Truncated)
	assert.False(t, p.TCP.OptionsCut)
}

func TestALengthOfZeroMeansTheFrames(t *testing.T) {
	v4 := ip4(t, data(77), 5000)
	v4[2], v4[3] = 0, 0
	assert.Equal(t, 5000, only(t, v4).Payload, "segmentation offload, IPv4")

	v6 := ip6(t, 6, nil, data(77), 5000)
	v6[4], v6[5] = 0, 0
	assert.Equal(t, 5000, only(t, v6).Payload, "segmentation offload, IPv6")

	cut := pcapFile(binary.BigEndian, microseconds, 60, 101, v4)
	assert.Equal(t, 5000, sound(t, cut)[0].Payload, "the length on the wire counts, not the captured one")
}

func TestIPv4Headers(t *testing.T) {
	f := ip4(t, data(77), 5)
	assert.Equal(t, uint32(77), only(t, f).TCP.Seq)

	options := join(patched(f[:20], 0, 0x46), []byte{1, 1, 1, 0}, f[20:])
	options[3] += 4
	p := only(t, options)
	assert.Equal(t, uint32(77), p.TCP.Seq, "options before the segment")
	assert.Equal(t, 5, p.Payload)

	assert.Equal(t, "impossible IP header: version", why228(t, patched(f, 0, 0x65)))
	assert.Equal(t, "impossible IP header: header length below 20", why(t, patched(f, 0, 0x44)))
	assert.Equal(t, "impossible IP header: total length below the header's", why(t, patched(f, 3, 19)))
	assert.Equal(t, "packet shorter than its IP header", why(t, f[:19]))
	assert.Equal(t, "not TCP: UDP", why(t, patched(f, 9, 17)))
	assert.Equal(t, "not TCP: IP protocol 200", why(t, patched(f, 9, 200)))
	assert.Equal(t, "not TCP: IP protocol 255", why(t, patched(f, 9, 255)))
}

// why228 is the reason for which f is skipped in a capture of raw IPv4 only.
func why228(t *testing.T, f []byte) string {
	t.Helper()
	_, skipped, err := readAll(written(t, 228, f))
	require.NoError(t, err)
	require.Len(t, skipped, 1)
	return skipped[0].Reason
}

func TestIPv4Fragments(t *testing.T) {
	f := ip4(t, data(77), 8)
	first := patched(f, 6, 0x20)
	p := only(t, first)
	assert.True(t, p.Fragment, "the first fragment has the segment's header")
	assert.Equal(t, 8, p.Payload)
	assert.Equal(t, "IP fragment other than the first", why(t, patched(f, 7, 2)))
	assert.False(t, only(t, patched(f, 6, 0x40)).Fragment, "don't fragment")
}

func TestIPv6ExtensionHeaders(t *testing.T) {
	const tcp = layers.IPProtocolTCP
	pad := []byte{1, 4, 0, 0, 0, 0} // PadN
	hop := func(next byte) []byte { return join([]byte{next, 0}, pad) }
	fragment := func(next, low byte) []byte { return []byte{next, 0, 0, low, 0, 0, 0, 1} }
	for _, c := range []struct {
		what       string
		first      layers.IPProtocol
		extensions []byte
		fragment   bool
	}{
		{"none", tcp, nil, false},
		{"hop-by-hop options", 0, hop(6), false},
		{"routing", 43, join([]byte{6, 2, 0, 0}, make([]byte, 20)), false},
		{"destination options", 60, hop(6), false},
		{"mobility", 135, hop(6), false},
		{"hop-by-hop, destination, routing", 0, join(hop(60), hop(43), []byte{6, 0}, make([]byte, 6)), false},
		{"an atomic fragment", 44, fragment(6, 0), false},
		{"the first fragment", 44, fragment(6, 1), true},
		{"destination options in the first fragment", 44, join(fragment(60, 1), hop(6)), true},
		{"authentication", 51, join([]byte{6, 4}, make([]byte, 22)), false},
	} {
		p := only(t, ip6(t, c.first, c.extensions, data(77), 5))
		assert.Equal(t, uint32(77), p.TCP.Seq, c.what)
		assert.Equal(t, 5, p.Payload, c.what)
		assert.Equal(t, c.fragment, p.Fragment, c.what)
	}

	assert.Equal(t, "IP fragment other than the first", why(t, ip6(t, 44, fragment(6, 8), data(77), 5)))
	assert.Equal(t, "not TCP: ICMPv6", why(t, ip6(t, 58, nil, data(77), 5)))
	assert.Equal(t, "not TCP: no next header", why(t, ip6(t, 0, hop(59), data(77), 5)))
}

func TestImpossibleIPv6Headers(t *testing.T) {
	f := ip6(t, 6, nil, data(77), 5)
	assert.Equal(t, "packet shorter than its IP header", why(t, f[:39]))

	_, skipped, err := readAll(written(t, 229, patched(f, 0, 0x45)))
	require.NoError(t, err)
	assert.Equal(t, []Skip{{"impossible IP header: version", 1, 1}}, skipped)

	for what, extensions := range map[string][]byte{
		"an extension header without its length":                {6},
		"an extension header beyond the packet":                 {6, 255, 0, 0, 0, 0, 0, 0},
		"an extension header that is longer than what is there": {6, 0, 0, 0},
	} {
		b := ip6(t, 0, extensions, data(77), 0)
		b = b[:40+len(extensions)]
		b[4], b[5] = 0, byte(len(extensions))
		assert.Equal(t, "packet shorter than its IP header", why(t, b), what)
	}
	b := ip6(t, 44, make([]byte, 8), data(77), 0)[:47]
	b[4], b[5] = 0, 7
	assert.Equal(t, "packet shorter than its IP header", why(t, b), "half a fragment header")
}

// A packet of every length that the snap length may leave: the header cut, and
// never taken for an impossible one.
func TestEverySnapLength(t *testing.T) {
	v4 := ip4(t, syn(77), 100)
	v4 = join(patched(v4[:20], 0, 0x46), []byte{1, 1, 1, 0}, v4[20:])
	v4[3] += 4
	v6 := ip6(t, 0, join([]byte{60, 0}, make([]byte, 6), []byte{44, 0}, make([]byte, 6), []byte{6, 0, 0, 1, 0, 0, 0, 9}), syn(77), 100)
	for _, c := range []struct {
		frame []byte
		ip    int // octets of IP headers
	}{{v4, 24}, {v6, 40 + 8 + 8 + 8}} {
		for snap := range len(c.frame) {
			packets, skipped, err := readAll(pcapFile(binary.BigEndian, nanoseconds, uint32(snap), 101, c.frame))
			require.NoError(t, err)
			switch {
			case snap < c.ip:
				assert.Equal(t, []Skip{{"IP header cut by the snap length", 1, 1}}, skipped, snap)
			case snap < c.ip+20:
				assert.Equal(t, []Skip{{"TCP header cut by the snap length", 1, 1}}, skipped, snap)
			default:
				require.Len(t, packets, 1)
				assert.Equal(t, 100, packets[0].Payload)
				assert.True(t, packets[0].Truncated)
				assert.Equal(t, snap < c.ip+40, packets[0].TCP.OptionsCut, snap)
			}
		}
	}
}
