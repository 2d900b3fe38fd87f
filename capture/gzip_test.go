package capture

import (
	"bytes"
	"compress/gzip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func zipped(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write(b)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return out.Bytes()
}

func TestGzip(t *testing.T) {
	for name, b := range captures(t) {
		assert.Equal(t, sound(t, b), sound(t, zipped(t, b)), name)
	}
	b := captures(t)["normal-v4-tun-raw.pcap"]
	z := zipped(t, b)
	_, _, err := readAll(z[:5])
	assert.EqualError(t, err, "byte 0: begins like gzip, but has no whole header of it: unexpected EOF")
	packets, _, err := readAll(z[:len(z)-30])
	assert.ErrorContains(t, err, "cut off", "a compressed capture that is cut off")
	assert.Less(t, len(packets), len(sound(t, b)))
	_, _, err = readAll(zipped(t, z))
	assert.EqualError(t, err, "byte 0: compressed with gzip more than once: decompress it first")
	_, _, err = readAll(patched(z, len(z)-6, z[len(z)-6]^1))
	assert.ErrorContains(t, err, "checksum")
}
