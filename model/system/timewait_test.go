package system

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// timeWait is a side of a close in TIME-WAIT, with nothing in flight.
func timeWait(t *testing.T, g *graph) Side {
	t.Helper()
	return find(t, g, func(x *Side) bool { return x.State == model.TimeWait && x.NumNet == 0 && x.Role == 0 })
}

// Facts are all that the other side's TIME-WAIT sees: whether anything is in
// flight, and whether anything is left to retransmit.
func TestFacts(t *testing.T) {
	s := newSystem(t, scenario(t, "close", 1, 1))
	side := started(s)[0]
	assert.Equal(t, uint64(FactQuiet|FactAcked), s.Facts(side), "nothing was sent yet")
	side, _ = s.step(side, Action{Kind: Send})
	assert.Equal(t, uint64(FactQuiet|FactAcked), s.Facts(side), "what is queued will be sent, not retransmitted")
	side, _ = s.step(side, Action{Kind: Transmit, N: 1})
	assert.Zero(t, s.Facts(side))
	assert.Zero(t, s.Facts(without(side, 0))&FactAcked, "outstanding, though not in flight")
	assert.Equal(t, uint64(FactQuiet), s.Facts(without(side, 0)))
	side.SND.UNA = side.SND.NXT
	assert.Equal(t, uint64(FactAcked), s.Facts(side), "in flight, though acknowledged")
	assert.Equal(t, uint64(FactQuiet|FactAcked), s.Facts(Side{}), "a CLOSED peer retransmits nothing")
}

// TIME-WAIT ends only when nothing is in flight either way and the peer has
// nothing left to retransmit; in the free mode at any time.
func TestTimeWaitExpires(t *testing.T) {
	s, g := explore(t, scenario(t, "close", 0, 0))
	side := timeWait(t, g)
	list := moves(s, side, TimeWaitExpire)
	require.Len(t, list, 1)
	assert.Equal(t, uint64(FactQuiet|FactAcked), list[0].Need)
	assert.Equal(t, model.Closed, list[0].Next.State)
	assert.Empty(t, moves(s, crowd(s, side, 1), TimeWaitExpire), "something of its own is in flight")
	assert.Empty(t, moves(s, started(s)[0], TimeWaitExpire), "the timer does not run")

	s.TimeWait = TimeWaitFree
	for n := range 3 {
		list = moves(s, crowd(s, side, n), TimeWaitExpire)
		require.Len(t, list, 1)
		assert.Zero(t, list[0].Need, "at any time")
	}
	assert.Empty(t, moves(s, started(s)[0], TimeWaitExpire), "the timer does not run")
}

// In every graph TimeWaitExpire leaves exactly the states in which it is due.
func TestTimeWaitInGraphs(t *testing.T) {
	due := func(b Bounds, me, peer *Side) bool {
		return me.State == model.TimeWait && (b.TimeWait == TimeWaitFree ||
			me.NumNet == 0 && peer.NumNet == 0 && peer.SND.UNA == peer.SND.NXT)
	}
	for name, b := range map[string]Bounds{
		"close":              scenario(t, "close", 1, 0, inFlight(1)),
		"close, free":        scenario(t, "close", 0, 0, func(b *Bounds) { b.TimeWait = TimeWaitFree }),
		"simultaneous-close": scenario(t, "simultaneous-close", 0, 0),
		"loss-free":          scenario(t, "loss-free", 1, 0),
	} {
		_, g := explore(t, b)
		expired := 0
		for n := range g.States() {
			taken := [2]bool{}
			for e := range g.EdgesFrom(n) {
				if e.Action.Kind == TimeWaitExpire {
					taken[e.Side] = true
					expired++
				}
			}
			v := g.View(n)
			require.Equal(t, due(b, v.A, v.B), taken[0], "%s: %+v", name, v)
			require.Equal(t, due(b, v.B, v.A), taken[1], "%s: %+v", name, v)
		}
		assert.NotZero(t, expired, name)
	}
}

// What the guard is for: without it a FIN may be retransmitted to a side that
// has forgotten the connection, and is answered with a RST. (With it, a RST
// comes in TIME-WAIT only.)
func TestTimeWaitIsNeeded(t *testing.T) {
	resets := func(b Bounds) (n int) {
		_, g := explore(t, b)
		for x := range transitions(g) {
			before, after := x.from[1-x.side], x.to[1-x.side]
			if after.Ended == EndedReset && before.Ended == NotEnded && before.State != model.TimeWait {
				n++
			}
		}
		return n
	}
	b := scenario(t, "loss-free", 0, 0, func(b *Bounds) { b.NoRetransmit = false })
	assert.Zero(t, resets(b))
	b.TimeWait = TimeWaitFree
	assert.NotZero(t, resets(b))
}

// The deviation's timer ends FIN-WAIT-2; without the option there is no such move.
func TestFinWait2Timer(t *testing.T) {
	inFinWait2 := func(x *Side) bool { return x.State == model.FinWait2 }
	s, g := explore(t, scenario(t, "close", 0, 0, option("fin-wait-2-timer")))
	list := moves(s, find(t, g, inFinWait2), FinWait2Expire)
	require.Len(t, list, 1)
	assert.Equal(t, EndedTimer, list[0].Next.Ended)
	assert.Empty(t, moves(s, started(s)[0], FinWait2Expire))

	s, g = explore(t, scenario(t, "close", 0, 0))
	assert.Empty(t, moves(s, find(t, g, inFinWait2), FinWait2Expire))
}
