package capture

import (
	"encoding/binary"
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// checksummed is a raw IPv4 or IPv6 packet with gopacket's checksum.
func checksummed(t testing.TB, v6 bool, text []byte) []byte {
	t.Helper()
	tcp := data(77)
	var ip gopacket.SerializableLayer
	if v6 {
		l := &layers.IPv6{Version: 6, NextHeader: layers.IPProtocolTCP, HopLimit: 64, SrcIP: v6src, DstIP: v6dst}
		require.NoError(t, tcp.SetNetworkLayerForChecksum(l))
		ip = l
	} else {
		l := &layers.IPv4{Version: 4, TTL: 64, Protocol: layers.IPProtocolTCP, SrcIP: []byte{10, 0, 0, 1}, DstIP: []byte{255, 254, 253, 252}}
		require.NoError(t, tcp.SetNetworkLayerForChecksum(l))
		ip = l
	}
	b := gopacket.NewSerializeBuffer()
	require.NoError(t, gopacket.SerializeLayers(b, gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true}, ip, tcp, gopacket.Payload(text)))
	return b.Bytes()
}

// gopacket computes the same checksum, and one octet changed is noticed.
func TestChecksums(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.SliceOfN(rapid.Byte(), 0, 100).Draw(r, "text")
		v6 := rapid.Bool().Draw(r, "IPv6")
		f := checksummed(t, v6, text)
		require.False(r, only(t, f).WrongChecksum)
		header := 20
		if v6 {
			header = 40
		}
		at := header + 12 + 4 + rapid.IntRange(0, len(f)-header-17).Draw(r, "at") // a changed offset is another fault
		require.True(r, only(t, patched(f, at, f[at]^byte(1+rapid.IntRange(0, 254).Draw(r, "bits")))).WrongChecksum)
	})
	cut := pcapFile(binary.LittleEndian, microseconds, 60, 101, patched(checksummed(t, false, make([]byte, 100)), 30, 7))
	assert.False(t, sound(t, cut)[0].WrongChecksum, "what is cut cannot be told")
}
