package system

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model"
)

// unlike hides what a move does to the network, and to what counts it.
func unlike(s Side) Side {
	s.Net, s.NumNet, s.Dups = [MaxInFlight + 1]model.Segment{}, 0, 0
	return s
}

// Asked again, the machine says what the move did: the side afterwards is the
// move's own, but for the network, and the happenings lead there one by one.
func TestHappeningsAgreeWithMoves(t *testing.T) {
	for name, b := range map[string]Bounds{
		"close":              scenario(t, "close", 1, 0, inFlight(1)),
		"half-close":         scenario(t, "half-close", 0, 1, roomy),
		"simultaneous-close": scenario(t, "simultaneous-close", 1, 0, inFlight(1)),
		"lifecycle":          scenario(t, "lifecycle", 0, 0, inFlight(1)),
		"simultaneous-open":  scenario(t, "simultaneous-open", 0, 0, inFlight(1)),
		"abort":              scenario(t, "abort", 0, 0, roomy),
		"refused":            scenario(t, "refused", 0, 0),
		"real windows":       scenario(t, "half-close", 0, 1, inFlight(1), window(1)),
		"half-duplex":        scenario(t, "close", 1, 0, inFlight(1), option("half-duplex-close")),
	} {
		t.Run(name, func(t *testing.T) {
			s, g := explore(t, b)
			reads := 0
			for x := range transitions(g) {
				if x.action.Kind == Lose {
					continue
				}
				who := x.side
				if x.action.Kind.Arrives() {
					who = 1 - who
				}
				list, after := s.Happenings(*x.from[who], x.action)
				require.NotEmpty(t, list)
				require.Equal(t, unlike(after), unlike(*x.to[who]), s.Label(x.side, x.action))
				require.Equal(t, x.from[who].TCB, list[0].Before)
				require.Equal(t, s.event(x.from[who], x.action), list[0].Event)
				for i, h := range list {
					next, fx := s.Options.Step(h.Before, h.Event)
					require.Equal(t, next, h.After)
					require.Equal(t, fx, h.Fx)
					if i > 0 {
						require.Equal(t, list[i-1].After.State, h.Before.State)
						require.Equal(t, model.CallRECEIVE, h.Event.Kind, "the user reads at once")
						require.False(t, s.ReceiveMoves)
						reads++
					}
				}
			}
			assert.Equal(t, !s.ReceiveMoves && name != "refused", reads > 0, "a user that reads at once is asked")
		})
	}
}

// What the machine refuses is no move.
func TestRefusedIsNoMove(t *testing.T) {
	s := newSystem(t, scenario(t, "close", 0, 0))
	side := started(s)[0]
	for _, a := range []Action{{Kind: Transmit, N: 1}, {Kind: Transmit, FIN: true}, {Kind: TimeWaitExpire}, {Kind: PassiveOpen}, {Kind: Probe}} {
		next, ok := s.step(side, a)
		assert.False(t, ok, "%v", a.Kind)
		assert.Equal(t, side, next, "%v", a.Kind)
	}
}

// lost is a side whose TCB is no TCB: any machine panics on it.
func lost(s *System) Side {
	side := started(s)[0]
	side.State = 200
	return side
}

// A machine that panics makes its side Broken, and that side moves no more: the
// segment that did it is delivered, and what else happens is the other side's.
func TestPanicBreaksTheSide(t *testing.T) {
	s := newSystem(t, scenario(t, "abort", 1, 1, option("last-ack-any-ack")))
	side := lost(s)
	list := moves(s, side, Abort)
	require.Len(t, list, 1)
	broken := list[0].Next
	assert.True(t, broken.Broken)
	assert.False(t, broken.User.Abort, "the call has not returned")
	assert.Equal(t, side.TCB, broken.TCB, "the TCB is what it was before")
	assert.Empty(t, s.Moves(crowd(s, broken, 1), nil), "nothing moves here any more")
	assert.Empty(t, s.Accept(broken, Action{Kind: Deliver, Segment: seg(1, 1)}, nil), "and nothing arrives")
	happenings, after := s.Happenings(side, Action{Kind: Abort})
	assert.Empty(t, happenings, "a panic ends the list")
	assert.True(t, after.Broken)

	peer := started(s)[1]
	assert.True(t, Terminal(&broken, &peer), "it is not a deadlock: S7 judges it")
	assert.True(t, Terminal(&peer, &broken))
	assert.Contains(t, string(s.Encode(nil, broken)), string(s.Encode(nil, side)[:4]))
	assert.NotEqual(t, s.Encode(nil, side), s.Encode(nil, broken))

	list = s.Accept(side, Action{Kind: Deliver, Segment: model.Segment{SEQ: 1, CTL: model.RST}}, nil)
	require.Len(t, list, 1)
	assert.True(t, list[0].Next.Broken, "a segment may do it, too")
	assert.Equal(t, Deliver, list[0].Action.Kind)

	side = open(s)
	side.State = 200
	list = moves(s, side, Retransmit)
	for _, m := range list {
		assert.False(t, m.Next.Broken, "a retransmission asks nothing of the state")
	}
}

// The RFC's own machine must not panic; if it did, S7 would have to see it.
func TestPanicOfTheRFC(t *testing.T) {
	s := newSystem(t, scenario(t, "abort", 1, 1))
	list := moves(s, lost(s), Abort)
	require.Len(t, list, 1)
	assert.True(t, list[0].Next.Broken, "a call may do it")
	list = s.Accept(lost(s), Action{Kind: Deliver, Segment: model.Segment{SEQ: 1, CTL: model.RST}}, nil)
	require.Len(t, list, 1)
	assert.True(t, list[0].Next.Broken, "and a segment")
}

// injected is a system that begins with a side which is no side.
type injected struct {
	*System
	begin [2]Side
}

func (i injected) Init(yield func(a, b Side) bool) { yield(i.begin[0], i.begin[1]) }

// The state space ends at a panic, and every path to it is kept.
func TestPanicInAGraph(t *testing.T) {
	s := newSystem(t, scenario(t, "abort", 0, 0, option("last-ack-any-ack")))
	begin := started(s)
	begin[0] = lost(s)
	g := checker.ExploreProduct(t.Context(), injected{s, begin}, checker.ProductOptions[Side, Action]{
		Terminal: func(v view) bool { return Terminal(v.A, v.B) },
	})
	assert.Zero(t, g.Figures().Deadlocks)
	broken := 0
	for n := range g.States() {
		if g.View(n).A.Broken {
			broken++
			for e := range g.EdgesFrom(n) {
				assert.Equal(t, 1, e.Side, "only the other side moves on")
			}
		}
	}
	assert.NotZero(t, broken)
}
