package system

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// Windows are narrowed by what arrives and widened by RECEIVE, every segment
// shows them, and Room is how far the right edge is beyond what was last shown.
func TestWindowsVary(t *testing.T) {
	type edges [2]model.Seq // the right edge that was last shown, per side
	b := scenario(t, "zero-window", 1, 0, inFlight(1))
	s, g := explore(t, b)
	seen := map[Kind]int{}
	for x := range transitions(g) {
		me, after := x.from[x.side], x.to[x.side]
		edge := func(s *Side) model.Seq { return s.RCV.NXT.Add(s.RCV.WND) }
		shown := edges{edge(me) - model.Seq(me.Room), edge(after) - model.Seq(after.Room)}
		if me.State.Synchronized() && after.State.Synchronized() && !after.Is(model.FINReceived) {
			require.True(t, shown[0].AtMost(shown[1]), "what was shown is not taken back: %s", s.Label(x.side, x.action))
			require.LessOrEqual(t, int(after.RCV.WND)+int(after.Unread()), b.Window, "the buffer")
		}
		switch x.action.Kind {
		case Update:
			require.NotZero(t, me.Room)
			require.Zero(t, after.Room)
			require.False(t, me.Is(model.ACKPending))
			require.Equal(t, me.TCB, after.TCB, "an update is an acknowledgment and no more")
		case Receive:
			require.Equal(t, me.RCV.WND == 0 && after.RCV.WND > 0 && !me.Is(model.FINReceived), after.Room > 0)
		case Probe:
			require.Zero(t, me.SND.WND)
			require.Equal(t, me.SND.NXT+1, after.SND.NXT)
		}
		seen[x.action.Kind]++
	}
	for _, k := range []Kind{Update, Receive, Probe} {
		assert.NotZero(t, seen[k], k)
	}
}

// An update waits until it is worth a segment: the avoidance of the silly
// window syndrome.
func TestReopened(t *testing.T) {
	for _, c := range []struct {
		window, mss int
		wnd         uint32
		room        uint16
		want        bool
	}{
		{1, 1, 1, 1, true},
		{1, 1, 1, 0, false},
		{2, 1, 1, 1, true},
		{2, 1, 2, 1, false}, // the peer still has room for an octet
		{8, 2, 1, 1, false}, // less than a segment
		{8, 2, 2, 2, true},
		{8, 2, 4, 2, false},
		{3, 9, 1, 1, false}, // less than half of the buffer
		{3, 9, 2, 2, true},
	} {
		b := System{Bounds{Window: c.window, MSS: c.mss}}
		s := Side{TCB: model.TCB{RCV: model.RecvVars{WND: c.wnd}}, Room: c.room}
		assert.Equal(t, c.want, b.reopened(&s), "%+v", c)
	}
}
