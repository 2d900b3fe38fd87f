package capture

import (
	"bytes"
	"errors"
	"io"
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

// A packet is returned as soon as its record is complete.
func TestALivePipe(t *testing.T) {
	for _, name := range []string{"normal-v4-lo-en10mb.pcap", "normal-v4-lo.pcapng"} {
		b := captures(t)[name]
		in, out := io.Pipe()
		next := make(chan extent, 1) // a block that is no packet is read with the packet after it
		go func() {
			for e := range next {
				_, _ = out.Write(b[e.start:e.end])
			}
			_ = out.Close()
		}()
		var r *Reader
		for i, e := range extents(b) {
			next <- e
			if i == 0 {
				var err error
				r, err = NewReader(in)
				require.NoError(t, err)
			}
			if !e.packet {
				continue
			}
			p, err := r.Next()
			require.NoError(t, err)
			assert.Equal(t, int64(e.start), p.Offset)
		}
		close(next)
		_, err := r.Next()
		assert.Equal(t, io.EOF, err)
	}
}

func TestTheEndAndFaultsAreFinal(t *testing.T) {
	b := captures(t)["refused-v4-tun-raw.pcap"]
	r, err := NewReader(bytes.NewReader(b))
	require.NoError(t, err)
	for range 2 {
		_, err = r.Next()
		require.NoError(t, err)
	}
	for range 3 {
		_, err = r.Next()
		assert.Equal(t, io.EOF, err)
	}
	for p, err := range r.All() {
		t.Error("nothing is left", p, err)
	}

	r, err = NewReader(bytes.NewReader(b[:50]))
	require.NoError(t, err)
	for range 3 {
		_, err = r.Next()
		assert.EqualError(t, err, "packet 1 at byte 24: cut off: a record of 76 bytes ends after 26")
	}
}

func TestAllMayBeLeft(t *testing.T) {
	r, err := NewReader(bytes.NewReader(captures(t)["refused-v4-tun-raw.pcap"]))
	require.NoError(t, err)
	for p, err := range r.All() {
		require.NoError(t, err)
		assert.Equal(t, 1, p.Number)
		break
	}
	p, err := r.Next()
	require.NoError(t, err)
	assert.Equal(t, 2, p.Number, "and goes on from there")
}

func TestAnInputThatFails(t *testing.T) {
	broken := errors.New("the disk is on fire")
	b := captures(t)["refused-v4-tun-raw.pcap"]
	_, err := NewReader(iotest.ErrReader(broken))
	assert.ErrorIs(t, err, broken)
	assert.EqualError(t, err, "byte 0: cannot read on: the disk is on fire")

	for _, at := range []int{2, 10, 30, 60} {
		_, err = readFrom(io.MultiReader(bytes.NewReader(b[:at]), iotest.ErrReader(broken)))
		assert.ErrorIs(t, err, broken, "after %d bytes", at)
	}
	ng := captures(t)["normal-v4-lo.pcapng"]
	for _, at := range []int{9, 99, 166, 200, 258, 357} {
		_, err = readFrom(io.MultiReader(bytes.NewReader(ng[:at]), iotest.ErrReader(broken)))
		assert.ErrorIs(t, err, broken, "after %d bytes", at)
	}
}

// readFrom counts the packets of r.
func readFrom(r io.Reader) (packets int, err error) {
	c, err := NewReader(r)
	if err != nil {
		return 0, err
	}
	for _, err := range c.All() {
		if err != nil {
			return packets, err
		}
		packets++
	}
	return packets, nil
}

func TestWhatIsNotACapture(t *testing.T) {
	const formats = ", and pcap with d4 c3 b2 a1, a1 b2 c3 d4, 4d 3c b2 a1 or a1 b2 3c 4d, pcapng with 0a 0d 0d 0a"
	for _, c := range []struct{ b, want string }{
		{"#!/bin/sh", "not a capture: it begins with 23 21 2f 62" + formats},
		{"x", "not a capture: it begins with 78" + formats},
		{"\x1f\x8b\x08\x00", "compressed with gzip: decompress it first"},
		{"\x0a\x0d\x0d\x0a\x1c\x00\x00\x00abcd", "not a pcapng section: its byte order is 61 62 63 64, and should be 4d 3c 2b 1a or 1a 2b 3c 4d"},
	} {
		_, err := NewReader(bytes.NewReader([]byte(c.b)))
		assert.Equal(t, &Error{Reason: c.want}, err)
	}
}

func TestSkippedPacketsAreCountedAndNumbered(t *testing.T) {
	arp, udp, tcp := ether(0x0806, make([]byte, 28)), ether(0x0800, patched(ip4(t, data(1), 0), 9, 17)), ether(0x0800, ip4(t, data(1), 0))
	r, err := NewReader(bytes.NewReader(written(t, 1, udp, tcp, arp, udp, udp, tcp)))
	require.NoError(t, err)
	assert.Empty(t, r.Skipped())
	var numbers []int
	for p, err := range r.All() {
		require.NoError(t, err)
		numbers = append(numbers, p.Number)
	}
	assert.Equal(t, []int{2, 6}, numbers, "numbers count every packet of the file")
	assert.Equal(t, []Skip{{"not TCP: UDP", 3, 1}, {"not IP: ARP", 1, 3}}, r.Skipped())
	assert.Equal(t, 6, r.Records())
}

func TestALongPacketIsOnlyCounted(t *testing.T) {
	f := ip6(t, 6, nil, data(77), 100_000)
	f[4], f[5] = 0, 0
	p := sound(t, written(t, 101, f, f))[1]
	assert.Equal(t, 100_000, p.Payload)
	assert.False(t, p.Truncated)
	assert.Equal(t, int64(24+16+len(f)), p.Offset)
}

func BenchmarkReader(b *testing.B) {
	for name, file := range map[string][]byte{
		"pcap":   captures(b)["normal-v4-lo-en10mb.pcap"],
		"pcapng": captures(b)["normal-v4-lo.pcapng"],
	} {
		b.Run(name, func(b *testing.B) {
			first := 0
			for _, e := range extents(file) {
				if e.packet {
					first = e.start
					break
				}
			}
			big := append([]byte{}, file[:first]...)
			const rounds = 10_000
			for range rounds {
				big = append(big, file[first:]...)
			}
			packets := 0
			b.ReportAllocs()
			b.SetBytes(int64(len(big)))
			for b.Loop() {
				n, err := readFrom(bytes.NewReader(big))
				require.NoError(b, err)
				packets += n
			}
			b.ReportMetric(float64(packets)/b.Elapsed().Seconds(), "packets/s")
		})
	}
}

func BenchmarkGrouper(b *testing.B) {
	packets := sound(b, captures(b)["normal-v4-lo-en10mb.pcap"])
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		var g Grouper
		for range 1000 {
			for _, p := range packets {
				g.Add(p)
				n++
			}
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "packets/s")
}
