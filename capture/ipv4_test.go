package capture

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

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
	assert.Equal(t, "impossible TCP header: segment below 20 octets", why(t, patched(f, 3, 20)[:20]), "nothing but the header")
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
	assert.Equal(t, "IP fragment, others of its datagram are missing", why(t, patched(f, 6, 0x20)), "the first alone")
	assert.Equal(t, "IP fragment, others of its datagram are missing", why(t, patched(f, 7, 2)), "another one alone")
	assert.Equal(t, "not TCP: UDP", why(t, patched(patched(f, 7, 2), 9, 17)), "a later fragment tells its protocol")
	assert.False(t, only(t, patched(f, 6, 0x40)).Fragment, "don't fragment")
}
