package system

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// Every bound has a least and a largest value. They are accepted; what lies
// beyond is refused, and the message names the bound, the value and the limits.
func TestValidate(t *testing.T) {
	for _, c := range []struct {
		name          string
		set           func(*Bounds, int)
		least, most   int
		below, beyond string
	}{
		{
			"octets of A", func(b *Bounds, n int) { b.Octets[0] = n }, 0, 4095,
			"octets of A: -1 is out of range, 0 to 4095", "octets of A: 4096 is out of range, 0 to 4095",
		},
		{
			"octets of B", func(b *Bounds, n int) { b.Octets[1] = n }, 0, 4095,
			"octets of B: -1 is out of range, 0 to 4095", "octets of B: 4096 is out of range, 0 to 4095",
		},
		{
			"mss", func(b *Bounds, n int) { b.MSS = n }, 1, 4095,
			"mss: 0 is out of range, 1 to 4095 octets", "mss: 4096 is out of range, 1 to 4095 octets",
		},
		{
			"inflight", func(b *Bounds, n int) { b.InFlight = n }, 1, 7,
			"inflight: 0 is out of range, 1 to 7 segments", "inflight: 8 is out of range, 1 to 7 segments",
		},
		{
			"dup", func(b *Bounds, n int) { b.Dup = n }, Unlimited, 255,
			"dup: -2 is out of range, 0 to 255, or inf", "dup: 256 is out of range, 0 to 255, or inf",
		},
		{
			"inject", func(b *Bounds, n int) { b.Inject = n }, 0, 255,
			"inject: -1 is out of range, 0 to 255", "inject: 256 is out of range, 0 to 255",
		},
		{
			"window", func(b *Bounds, n int) { b.Window = n }, 0, 1 << 30,
			"window: -1 is out of range, 0 to 1073741824 octets", "window: 1073741825 is out of range, 0 to 1073741824 octets",
		},
	} {
		b := scenario(t, "close", 1, 1)
		for _, good := range []int{c.least, c.least + 1, c.most - 1, c.most} {
			c.set(&b, good)
			assert.NoError(t, b.Validate(), "%s: %d", c.name, good)
			s, err := New(b)
			assert.NoError(t, err)
			assert.NotPanics(t, func() { s.Moves(started(s)[0], nil) }, "%s: %d", c.name, good)
		}
		for value, message := range map[int]string{c.least - 1: c.below, c.most + 1: c.beyond} {
			c.set(&b, value)
			assert.EqualError(t, b.Validate(), message)
			s, err := New(b)
			assert.EqualError(t, err, message)
			assert.Nil(t, s)
		}
	}
}

// The largest bounds fit into a state: a user who has SENT all its octets, and
// a network that is full.
func TestLargestBounds(t *testing.T) {
	b := scenario(t, "simultaneous-close", maxOctets, maxOctets, mss(maxMSS), inFlight(MaxInFlight))
	s := newSystem(t, b)
	side := started(s)[0]
	assert.Equal(t, uint16(maxOctets), side.User.Sent)
	assert.Equal(t, uint32(maxOctets), side.Unsent())
	fin := Action{Kind: Transmit, N: maxOctets, FIN: true}
	next, ok := s.step(side, fin)
	require.True(t, ok)
	assert.Equal(t, uint16(maxOctets+1), next.FINAt)
	full := crowd(s, next, MaxInFlight)
	assert.Len(t, full.InFlight(), MaxInFlight+1)
	assert.Equal(t, "Transmit(4095,FIN)", s.Label(0, fin))
}

// The window of the machine is the bound's, or one above all that can ever be
// outstanding.
func TestWindow(t *testing.T) {
	s := newSystem(t, scenario(t, "close", 0, 0))
	assert.Equal(t, uint32(model.DefaultWindow), s.window())
	assert.Greater(t, int(s.window()), maxOctets+2, "above everything that can be outstanding")
	s.Window = 3
	assert.Equal(t, uint32(3), s.window())
}

// The systems begin where they say.
func TestInit(t *testing.T) {
	s := newSystem(t, scenario(t, "lifecycle", 1, 1))
	assert.Equal(t, [2]Side{{}, {Role: 1}}, started(s), "from CLOSED: nothing at all")

	s = newSystem(t, scenario(t, "close", 1, 1, isn(1<<32-1, 7), window(5)))
	pair := started(s)
	for i, side := range pair {
		require.NoError(t, side.Valid())
		assert.Equal(t, uint8(i), side.Role)
		assert.Equal(t, model.Established, side.State)
		assert.Equal(t, s.ISS[i]+1, side.SND.NXT)
		assert.Equal(t, s.ISS[1-i]+1, side.RCV.NXT)
		assert.Equal(t, uint32(5), side.RCV.WND)
		assert.Equal(t, User{Opened: true}, side.User)
		assert.Equal(t, s.Facts(side), uint64(FactQuiet|FactAcked))
	}
	assert.Equal(t, pair[0].SND.NXT, pair[1].RCV.NXT, "they agree")

	s = newSystem(t, scenario(t, "simultaneous-close", 2, 0))
	pair = started(s)
	assert.Equal(t, User{Opened: true, Closed: true, Sent: 2}, pair[0].User)
	assert.Equal(t, User{Opened: true, Closed: true}, pair[1].User)
	for _, side := range pair {
		require.NoError(t, side.Valid())
		assert.Equal(t, model.FinWait1, side.State)
		assert.Empty(t, side.InFlight(), "nothing is in flight yet")
		assert.Zero(t, side.FINAt)
	}
	n := 0
	s.Init(func(_, _ Side) bool { n++; return true })
	assert.Equal(t, 1, n, "there is one initial state")
}
