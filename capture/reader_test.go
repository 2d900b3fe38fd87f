package capture

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

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
