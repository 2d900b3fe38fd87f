package capture

import (
	"bytes"
	"io"
	"runtime"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHowTheInputArrivesDoesNotMatter(t *testing.T) {
	for name, b := range captures(t) {
		want := sound(t, b)
		for how, r := range map[string]io.Reader{
			"an octet at a time":    iotest.OneByteReader(bytes.NewReader(b)),
			"halves":                iotest.HalfReader(bytes.NewReader(b)),
			"the end with the data": iotest.DataErrReader(bytes.NewReader(b)),
		} {
			capture, err := NewReader(r)
			require.NoError(t, err)
			var got []Packet
			for p, err := range capture.All() {
				require.NoError(t, err)
				got = append(got, p)
			}
			assert.Equal(t, want, got, "%s, %s", name, how)
			assert.Equal(t, len(want), capture.Records())
		}
	}
}

func TestALongPacketIsOnlyCounted(t *testing.T) {
	f := ip6(t, 6, nil, data(77), 100_000)
	f[4], f[5] = 0, 0
	p := sound(t, written(t, 101, f, f))[1]
	assert.Equal(t, 100_000, p.Payload)
	assert.False(t, p.Truncated)
	assert.Equal(t, int64(24+16+len(f)), p.Offset)
}

// endless is a reader of nothing but zeros.
type endless struct{}

func (endless) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// A file that claims lengths does not get the memory for them.
func TestMemoryIsBounded(t *testing.T) {
	v4 := ip4(t, syn(77), 0)
	header := written(t, 101, v4)
	for what, b := range map[string][]byte{
		"a long record":   join(header[:24], words(0, 0, packetMax, packetMax)),
		"a long block":    join(section(), words(enhancedPacket, recordMax)),
		"a long section":  words(sectionHeader, recordMax, byteOrderMagic, 1),
		"a long unknown":  join(section(), words(0xbad, recordMax)),
		"zeros forever":   nil,
		"records of zero": header[:24],
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := readFrom(io.LimitReader(io.MultiReader(bytes.NewReader(b), endless{}), 1<<20))
		runtime.ReadMemStats(&after)
		if what != "records of zero" {
			require.Error(t, err, what)
		}
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<19), what)
	}
}
