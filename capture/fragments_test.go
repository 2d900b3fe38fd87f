package capture

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// pieces4 cuts an IPv4 packet into fragments of so many octets, a multiple of 8.
func pieces4(f []byte, id uint16, size int) (list [][]byte) {
	body := f[20:]
	for at := 0; at < len(body); at += size {
		end := min(at+size, len(body))
		h := append([]byte(nil), f[:20]...)
		binary.BigEndian.PutUint16(h[2:], uint16(20+end-at))
		binary.BigEndian.PutUint16(h[4:], id)
		flags := uint16(at / 8)
		if end < len(body) {
			flags |= 0x2000
		}
		binary.BigEndian.PutUint16(h[6:], flags)
		list = append(list, join(h, body[at:end]))
	}
	return list
}

// pieces6 does the same with IPv6.
func pieces6(t testing.TB, text, size int) (list [][]byte) {
	t.Helper()
	body := ip6(t, 6, nil, data(77), text)[40:]
	for at := 0; at < len(body); at += size {
		end := min(at+size, len(body))
		low := byte(at) & 0xf8
		if end < len(body) {
			low |= 1
		}
		header := []byte{6, 0, byte(at >> 8), low, 0, 0, 0, 7}
		f := ip6(t, layers.IPProtocol(44), header, data(77), text)[:48]
		binary.BigEndian.PutUint16(f[4:], uint16(8+end-at))
		list = append(list, join(f, body[at:end]))
	}
	return list
}

// In whatever order they come, and some of them twice, fragments make the
// segment that was sent, and it is there when the last one is.
func TestFragmentsArePutTogether(t *testing.T) {
	whole := ip4(t, data(77), 1000)
	v6 := pieces6(t, 1000, 240)
	rapid.Check(t, func(r *rapid.T) {
		list := v6
		if rapid.Bool().Draw(r, "IPv4") {
			list = pieces4(whole, 9, 8*rapid.IntRange(3, 60).Draw(r, "size"))
		}
		list = rapid.Permutation(list).Draw(r, "order")
		again := rapid.IntRange(0, len(list)-2).Draw(r, "twice")
		list = append(append(append([][]byte{}, list[:again+1]...), list[again]), list[again+1:]...)
		packets, skipped, err := readAll(written(t, 101, list...))
		require.NoError(r, err)
		require.Len(r, packets, 1)
		p := packets[0]
		require.Equal(r, []int{1000, len(list), 77}, []int{p.Payload, p.Number, int(p.TCP.Seq)})
		require.True(r, p.Fragment)
		require.Equal(r, []Skip{{"IP fragment, put together with the others of its datagram", len(list) - 1, 1}}, skipped)
	})
}

func TestFragmentsThatAreMissing(t *testing.T) {
	a, b := pieces4(ip4(t, data(77), 100), 1, 40), pieces4(ip4(t, data(78), 100), 2, 40)
	require.Len(t, a, 3)
	packets, skipped, err := readAll(written(t, 101, a[0], b[0], a[2], b[1], b[2]))
	require.NoError(t, err)
	require.Len(t, packets, 1, "datagrams are told apart")
	assert.Equal(t, uint32(78), packets[0].TCP.Seq)
	assert.Equal(t, []Skip{
		{"IP fragment, others of its datagram are missing", 2, 1},
		{"IP fragment, put together with the others of its datagram", 2, 2},
	}, skipped)
}

// What is incomplete is given up after a minute, or when there is too much of
// it: memory is bounded.
func TestFragmentsAreNotWaitedForForEver(t *testing.T) {
	first := pieces4(ip4(t, data(77), 100), 1, 40)
	var late [][]byte
	for range 61 { // a second each
		late = append(late, ip4(t, data(1), 0))
	}
	b := pcapFile(binary.LittleEndian, microseconds, 1000, 101, join(nil, first[0]))
	b = append(b, pcapFile(binary.LittleEndian, microseconds, 1000, 101, append(append([][]byte{}, late...), first[1], first[2])...)[24:]...)
	packets, skipped, err := readAll(b)
	require.NoError(t, err)
	assert.Len(t, packets, len(late), "the identification may be used again by then")
	assert.Equal(t, []Skip{{"IP fragment, others of its datagram are missing", 3, 1}}, skipped)

	var f fragments
	for i := range 3 * fragmentsMax {
		f.late(time.Time{}, false)
		f.add(piece{id: datagramID{id: uint32(i)}, more: true, is: true}, 8, nil, 0, frame{number: i})
		require.LessOrEqual(t, len(f.waiting), fragmentsMax+1)
	}
}
