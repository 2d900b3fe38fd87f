package capture

import (
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// many are the packets of n connections, each that of a capture, a second
// after the one before, from ports of their own.
func many(t testing.TB, name string, n int) (list []Packet) {
	t.Helper()
	one := sound(t, captures(t)[name])
	for i := range n {
		for _, p := range one {
			p.Number, p.Time = len(list)+1, p.Time.Add(time.Duration(i)*time.Second)
			client := netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}), 1000)
			if p.Src == one[0].Src {
				p.Src = client
			} else {
				p.Dst = client
			}
			list = append(list, p)
		}
	}
	return list
}

// streamed groups packets within bounds, and returns what was told on the way
// and at the end.
func streamed(b Bounds, list []Packet, check func(*Grouper)) (told, rest []*Connection) {
	g := Within(b)
	for _, p := range list {
		g.Add(p)
		told = append(told, g.Ready()...)
		if check != nil {
			check(g)
		}
	}
	return told, g.Connections()
}

func TestConnectionsAreToldWhenTheyEnd(t *testing.T) {
	list := many(t, "normal-v4-tun-raw.pcap", 50)
	told, rest := streamed(Bounds{Linger: 2 * time.Second}, list, nil)
	assert.Len(t, told, 48)
	assert.Len(t, rest, 2, "the last ones are still waited for")
	for _, c := range append(told, rest...) {
		assert.Equal(t, 10, c.Len())
		assert.False(t, c.GivenUp)
	}

	late := many(t, "normal-v4-tun-raw.pcap", 3)
	last := late[9]
	last.Time = last.Time.Add(time.Hour)
	g := Within(Bounds{Linger: time.Second})
	for _, p := range append(late, last) {
		g.Add(p)
	}
	assert.Len(t, g.Ready(), 3)
	assert.Equal(t, 1, g.Late(), "a late packet is known, and makes no connection")
	assert.Empty(t, g.Connections())
}

// Within bounds the connections are those without, as long as there is room.
func TestBoundsDoNotMatterWhileThereIsRoom(t *testing.T) {
	for name := range captures(t) {
		list := many(t, name, 20)
		told, rest := streamed(Bounds{Connections: 100, Packets: 10_000}, list, nil)
		assert.Empty(t, told)
		want := group(list)
		require.Len(t, rest, len(want))
		for i := range want {
			assert.Equal(t, want[i].records, rest[i].records, name)
		}
	}
}

// However many connections there are, no more than that are followed, and no
// more packets are kept; what was given up is marked.
func TestAStreamIsBounded(t *testing.T) {
	list := many(t, "truncated-open-v4-tun-raw.pcap", 3000)
	given := 0
	told, rest := streamed(Bounds{Connections: 100}, list, func(g *Grouper) {
		require.LessOrEqual(t, len(g.current), 201)
		require.LessOrEqual(t, len(g.all), 2*1024+300)
	})
	for _, c := range told {
		if c.GivenUp {
			given++
		}
	}
	assert.Equal(t, []int{2900, 2900, 100}, []int{len(told), given, len(rest)}, "they are open, and so given up")

	told, _ = streamed(Bounds{Packets: 50}, list[:1000], func(g *Grouper) {
		require.LessOrEqual(t, g.packets, 50)
	})
	assert.NotEmpty(t, told)
}

func TestStuckConnectionsAreToldOnceAndAgainAtTheirEnd(t *testing.T) {
	list := sound(t, captures(t)["fw2-orphan-v4-tun-raw.pcap"]) // silent for 2.6 s with one FIN sent
	other := many(t, "truncated-open-v4-tun-raw.pcap", 1)[0]
	other.Time = list[4].Time.Add(2 * time.Second)
	g := Within(Bounds{Stuck: time.Second, Linger: time.Second})
	for _, p := range append(append([]Packet{}, list[:5]...), other, other) {
		g.Add(p)
	}
	stuck := g.Ready()
	require.Len(t, stuck, 1)
	assert.True(t, stuck[0].Stuck && stuck[0].Len() == 5)
	for _, p := range list[5:] {
		g.Add(p)
	}
	assert.Empty(t, g.Ready())
	all := g.Connections()
	require.Len(t, all, 2)
	assert.False(t, all[0].Stuck)
	assert.Same(t, stuck[0], all[0])
}
