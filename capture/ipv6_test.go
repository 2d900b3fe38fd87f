package capture

import (
	"testing"

	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

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
		{"authentication", 51, join([]byte{6, 4}, make([]byte, 22)), false},
	} {
		p := only(t, ip6(t, c.first, c.extensions, data(77), 5))
		assert.Equal(t, uint32(77), p.TCP.Seq, c.what)
		assert.Equal(t, 5, p.Payload, c.what)
		assert.Equal(t, c.fragment, p.Fragment, c.what)
	}

	for _, low := range []byte{1, 8, 9} {
		assert.Equal(t, "IP fragment, others of its datagram are missing", why(t, ip6(t, 44, fragment(6, low), data(77), 5)))
	}
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
