package capture

import (
	"bytes"
	"encoding/binary"
	"testing"
	"time"

	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestByteOrdersAndResolutions(t *testing.T) {
	f := ip4(t, syn(77), 0)
	for _, c := range []struct {
		what  string
		order binary.AppendByteOrder
		magic uint32
		want  time.Duration // after the second
	}{
		{"little-endian, microseconds", binary.LittleEndian, microseconds, 678902 * time.Microsecond},
		{"big-endian, microseconds", binary.BigEndian, microseconds, 678902 * time.Microsecond},
		{"little-endian, nanoseconds", binary.LittleEndian, nanoseconds, 678902 * time.Nanosecond},
		{"big-endian, nanoseconds", binary.BigEndian, nanoseconds, 678902 * time.Nanosecond},
	} {
		packets := sound(t, pcapFile(c.order, c.magic, 65535, 101, f, f))
		require.Len(t, packets, 2, c.what)
		want(t, c.what, packets[1])
		assert.Equal(t, epoch.Truncate(time.Second).Add(time.Second+c.want), packets[1].Time, c.what)
		assert.Equal(t, int64(24+16+len(f)), packets[1].Offset, c.what)
	}
}

func TestNanosecondsOfPcapgo(t *testing.T) {
	var b bytes.Buffer
	w := pcapgo.NewWriterNanos(&b)
	require.NoError(t, w.WriteFileHeader(65535, layers.LinkTypeRaw))
	f := ip4(t, syn(77), 0)
	ci := info(f, len(f))
	ci.Timestamp = epoch.Add(1)
	require.NoError(t, w.WritePacket(ci, f))
	assert.Equal(t, epoch.Add(1), sound(t, b.Bytes())[0].Time)
}

func TestFaultsOfAFileHeader(t *testing.T) {
	good := pcapFile(binary.BigEndian, microseconds, 65535, 101)
	assert.Empty(t, sound(t, good), "a capture of nothing is a capture")
	_, _, err := readAll(patched(good, 5, 3))
	assert.EqualError(t, err, "byte 4: pcap version 3.4: only 2.4 is known")
	_, _, err = readAll(patched(good, 23, 189))
	assert.EqualError(t, err, "byte 20: link type not supported: Linux USB")
	_, _, err = readAll(patched(good, 22, 3))
	assert.EqualError(t, err, "byte 20: link type not supported: link type 869")

	fcs := patched(pcapFile(binary.BigEndian, microseconds, 65535, 1, ether(0x0800, ip4(t, syn(77), 0))), 20, 0x44)
	want(t, "the length of a frame check sequence beside the link type", sound(t, fcs)[0])
}

func TestAbsurdLengths(t *testing.T) {
	f := ip4(t, syn(77), 0)
	first := 24 + 16 + len(f)
	for _, c := range []struct {
		snap, size uint32
		want       string
	}{
		{100, 0xffffffff, "packet 2 at byte 100: absurd length: 4294967295 octets captured, and 262144 are possible"},
		{100, 262145, "packet 2 at byte 100: absurd length: 262145 octets captured, and 262144 are possible"},
		{300_000, 300_001, "packet 2 at byte 100: absurd length: 300001 octets captured, and 300000 are possible"},
		{0xffffffff, recordMax + 1, "packet 2 at byte 100: absurd length: 134217729 octets captured, and 134217728 are possible"},
		{100, 262144, "packet 2 at byte 100: cut off: a record of 262160 bytes ends after 76"},
	} {
		b := pcapFile(binary.LittleEndian, microseconds, 65535, 101, f, f)
		binary.LittleEndian.PutUint32(b[16:], c.snap)
		binary.LittleEndian.PutUint32(b[first+8:], c.size)
		packets, _, err := readAll(b)
		assert.EqualError(t, err, c.want)
		assert.Len(t, packets, 1, "what comes before the fault is delivered")
	}
}

func TestMoreCapturedThanThereWas(t *testing.T) {
	b := pcapFile(binary.LittleEndian, microseconds, 65535, 101, ip4(t, data(77), 8))
	binary.LittleEndian.PutUint32(b[24+12:], 5)
	p := sound(t, b)[0]
	assert.Equal(t, 8, p.Payload)
	assert.False(t, p.Truncated)
}
