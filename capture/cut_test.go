package capture

import (
	"encoding/binary"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// extent is where a record or a block lies in a file.
type extent struct {
	start, end int
	packet     bool
}

// extents walks a sound little-endian capture, which begins with the file
// header or section header, without the help of the package.
func extents(b []byte) (all []extent) {
	le := binary.LittleEndian
	if le.Uint32(b) != microseconds {
		for at := 0; at < len(b); {
			n := int(le.Uint32(b[at+4:]))
			all = append(all, extent{at, at + n, le.Uint32(b[at:]) == enhancedPacket})
			at += n
		}
		return all
	}
	all = append(all, extent{0, 24, false})
	for at := 24; at < len(b); {
		n := 16 + int(le.Uint32(b[at+8:]))
		all = append(all, extent{at, at + n, true})
		at += n
	}
	return all
}

func TestOffsetsAreThoseOfTheRecords(t *testing.T) {
	for name, b := range captures(t) {
		var want, got []int64
		for _, e := range extents(b) {
			if e.packet {
				want = append(want, int64(e.start))
			}
		}
		for _, p := range sound(t, b) {
			got = append(got, p.Offset)
		}
		assert.Equal(t, want, got, name)
	}
}

// Every capture cut at every octet yields the packets before the cut, and then
// the offset of the record that the cut is in.
func TestEveryCut(t *testing.T) {
	for name, b := range captures(t) {
		all := sound(t, b)
		records := extents(b)
		for cut := range b {
			whole, in := 0, extent{}
			for _, e := range records {
				if e.packet && e.end <= cut {
					whole++
				}
				if e.start < cut && cut < e.end {
					in = e
				}
			}
			packets, _, err := readAll(b[:cut])
			require.Equal(t, all[:whole:whole], append([]Packet{}, packets...), "%s cut at %d", name, cut)
			if cut > 0 && in == (extent{}) {
				require.NoError(t, err, "%s cut between records, at %d", name, cut)
				continue
			}
			var fault *Error
			require.True(t, errors.As(err, &fault), "%s cut at %d: %v", name, cut, err)
			require.Equal(t, int64(in.start), fault.Offset, "%s cut at %d", name, cut)
			if in.packet && cut >= in.start+4 {
				require.Equal(t, whole+1, fault.Packet, "%s cut at %d", name, cut)
			}
			if cut >= 4 {
				require.ErrorIs(t, err, io.ErrUnexpectedEOF, "%s cut at %d", name, cut)
			}
		}
	}
}
