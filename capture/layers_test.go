package capture

import (
	"encoding/binary"
	"testing"

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

// A packet of every length that the snap length may leave: the header cut, and
// never taken for an impossible one.
func TestEverySnapLength(t *testing.T) {
	v4 := ip4(t, syn(77), 100)
	v4 = join(patched(v4[:20], 0, 0x46), []byte{1, 1, 1, 0}, v4[20:])
	v4[3] += 4
	v6 := ip6(t, 0, join([]byte{60, 0}, make([]byte, 6), []byte{44, 0}, make([]byte, 6), []byte{6, 0, 0, 0, 0, 0, 0, 9}), syn(77), 100)
	for _, c := range []struct {
		frame []byte
		ip    int // octets of IP headers
	}{{v4, 24}, {v6, 40 + 8 + 8 + 8}, {ip4(t, data(77), 0), 20}, {ip6(t, 6, nil, data(77), 0), 40}} {
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
