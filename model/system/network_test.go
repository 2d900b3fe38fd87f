package system

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// account keeps the books of what is in flight, apart from package system: as
// lists, in the order of sending if the network is a FIFO, otherwise as sets.
type account struct {
	b        *System
	alphabet [2][]model.Segment // of the third party
}

func (c account) sent(list []model.Segment, g model.Segment) []model.Segment {
	if !c.b.FIFO && slices.Contains(list, g) {
		return list
	}
	return append(slices.Clone(list), g)
}

// taken are the lists that are left when one g is taken out.
func (c account) taken(list []model.Segment, g model.Segment) (left [][]model.Segment) {
	for i, h := range list {
		if h == g {
			left = append(left, slices.Delete(slices.Clone(list), i, i+1))
		}
	}
	return left
}

func (c account) same(list, other []model.Segment) bool {
	if c.b.FIFO {
		return slices.Equal(list, other)
	}
	return len(list) == len(other) && !slices.ContainsFunc(list, func(g model.Segment) bool { return !slices.Contains(other, g) })
}

// sends is what the machine sends when it is asked again.
func (c account) sends(t *testing.T, s Side, a Action) (g model.Segment, ok bool) {
	t.Helper()
	list, _ := c.b.Happenings(s, a)
	for i, x := range list {
		require.False(t, i > 0 && x.Fx.Sends, "a user that reads sends nothing")
		if x.Fx.Sends {
			g, ok = x.Fx.Segment, true
		}
	}
	if c.b.Window == 0 {
		g.WND = 0
	}
	return g, ok
}

// check says what is wrong with a transition, or nothing.
func (c account) check(t *testing.T, x transition) string {
	t.Helper()
	k, a := c.b.InFlight, x.action
	mover, peer := *x.from[x.side], *x.from[1-x.side]
	moved, other := *x.to[x.side], *x.to[1-x.side]
	if !a.Kind.Arrives() && other != peer {
		return "a local move touches the other side"
	}
	switch a.Kind {
	case Lose, Deliver, Overflow:
		if !slices.ContainsFunc(c.taken(mover.InFlight(), a.Segment), func(l []model.Segment) bool { return c.same(l, moved.InFlight()) }) {
			return "the segment does not leave the network, alone"
		}
	case Duplicate, DuplicateOverflow:
		if !slices.Contains(mover.InFlight(), a.Segment) || moved.Net != mover.Net {
			return "the segment does not stay in the network"
		}
		if spent := moved.Dups - mover.Dups; c.b.Dup == Unlimited && spent != 0 || c.b.Dup != Unlimited && (spent != 1 || int(moved.Dups) > c.b.Dup) {
			return "the budget of duplications is wrong"
		}
		moved.Dups = mover.Dups
	case Inject:
		if !slices.Contains(c.alphabet[x.side], a.Segment) || int(moved.Injected) > c.b.Inject {
			return "the third party may not do that"
		}
		if len(mover.InFlight()) >= k || !c.same(c.sent(mover.InFlight(), a.Segment), moved.InFlight()) {
			return "the forged segment is not what is in flight, or has no room"
		}
		mover.Injected++
		moved.Net, moved.NumNet = mover.Net, mover.NumNet
		if moved != mover {
			return "a forged segment touches the endpoint"
		}
		return ""
	default:
		list := mover.InFlight()
		if g, ok := c.sends(t, mover, a); ok {
			if len(list) >= k && (c.b.FIFO || !slices.Contains(list, g)) {
				return "a segment is sent without room"
			}
			list = c.sent(list, g)
		}
		if !c.same(list, moved.InFlight()) {
			return "what is sent is not what is in flight"
		}
		return ""
	}
	moved.Net, moved.NumNet = mover.Net, mover.NumNet
	if moved != mover {
		return "more than the network of the sender changes"
	}
	if a.Kind == Lose {
		return ""
	}
	list := peer.InFlight()
	g, replies := c.sends(t, peer, a)
	full := len(list) >= k+1 && (c.b.FIFO || !slices.Contains(list, g))
	lost := a.Kind == Overflow || a.Kind == DuplicateOverflow
	switch {
	case lost != (replies && full):
		return "a reply is lost although there is room, or kept although there is none"
	case replies && !lost:
		list = c.sent(list, g)
	}
	if !c.same(list, other.InFlight()) {
		return "the reply is not what is in flight"
	}
	if _, after := c.b.Happenings(peer, a); !sameBut(after, other) {
		return "the segment is not processed as the machine says"
	}
	return ""
}

// sameBut: two sides differ in what is in flight only.
func sameBut(s, r Side) bool {
	s.Net, s.NumNet = r.Net, r.NumNet
	return s == r
}

// Nothing is ever dropped silently: in every transition of many graphs the
// segments in flight change exactly as the action says.
func TestNothingIsDroppedSilently(t *testing.T) {
	cases := map[string]Bounds{
		"close":               scenario(t, "close", 1, 0, inFlight(1)),
		"close, budget":       scenario(t, "close", 0, 0, duplicates(2), roomy),
		"close, FIFO":         scenario(t, "close", 1, 0, inFlight(1), fifo, duplicates(1)),
		"close, FIFO, two":    scenario(t, "close", 0, 0, fifo, duplicates(0)),
		"close, acks all":     scenario(t, "close", 0, 0, option("time-wait-acks-all"), roomy),
		"close, real windows": scenario(t, "close", 1, 0, inFlight(1), window(1)),
		"half-close":          scenario(t, "half-close", 0, 1, inFlight(1)),
		"loss-free":           scenario(t, "loss-free", 2, 1, inFlight(1)),
		"simultaneous-open":   scenario(t, "simultaneous-open", 0, 0, inFlight(1)),
		"lifecycle":           scenario(t, "lifecycle", 0, 0, inFlight(1)),
		"abort":               scenario(t, "abort", 0, 0),
		"refused":             scenario(t, "refused", 0, 0),
		"zero-window":         scenario(t, "zero-window", 1, 0, inFlight(1)),
		"half-duplex":         scenario(t, "half-duplex", 1, 0),
		"reincarnation":       scenario(t, "reincarnation", 0, 0),
		"crash":               scenario(t, "crash", 0, 0),
		"injector":            scenario(t, "injector", 0, 0),
		"injector, FIFO":      scenario(t, "refused", 0, 0, fifo, inFlight(1), inject(1)),
	}
	if !testing.Short() {
		cases["loss-free, overflowed"] = scenario(t, "loss-free", 2, 1, inFlight(2))
		cases["close, two octets a segment"] = scenario(t, "close", 2, 0, mss(2), inFlight(1))
		cases["simultaneous-close"] = scenario(t, "simultaneous-close", 1, 0)
	}
	seen := [NumKinds]int{}
	reserve := 0
	for name, b := range cases {
		t.Run(name, func(t *testing.T) {
			s, g := explore(t, b)
			books := account{s, [2][]model.Segment{s.Alphabet(0), s.Alphabet(1)}}
			for x := range transitions(g) {
				if wrong := books.check(t, x); wrong != "" {
					require.Fail(t, wrong, "%s\n%+v\n%+v", s.Label(x.side, x.action), x.from, x.to)
				}
				seen[x.action.Kind]++
				if int(x.to[1-x.side].NumNet) == b.InFlight+1 {
					reserve++
				}
			}
			checkPlaces(t, s, g)
		})
	}
	for k := range NumKinds {
		if k != FinWait2Expire && k != Tick {
			assert.NotZero(t, seen[k], "no %v was looked at", k)
		}
	}
	assert.NotZero(t, reserve, "a reply has used the place that is kept for it")
}

// checkPlaces: segments stand in canonical order, none twice, and what is not
// used is zero, so that equal sets are equal sides.
func checkPlaces(t *testing.T, s *System, g *graph) {
	t.Helper()
	for side := range sides(g) {
		list := side.InFlight()
		require.LessOrEqual(t, len(list), s.InFlight+1)
		for _, rest := range side.Net[len(list):] {
			require.Zero(t, rest)
		}
		if s.FIFO {
			continue
		}
		compare := s.order(side.Role)
		for i := 1; i < len(list); i++ {
			require.Negative(t, compare(list[i-1], list[i]), "%v", list)
		}
	}
}

// A FIFO delivers its first segment only; any of them may be lost.
func TestFIFO(t *testing.T) {
	b := newSystem(t, scenario(t, "close", 0, 0, fifo))
	side := started(b)[0]
	b.put(&side, seg(2, 1))
	b.put(&side, seg(1, 1))
	for _, k := range []Kind{Deliver, Duplicate} {
		list := moves(b, side, k)
		require.Len(t, list, 1, "%v", k)
		assert.Equal(t, seg(2, 1), list[0].Action.Segment)
	}
	lost := moves(b, side, Lose)
	require.Len(t, lost, 1, "what waits is lost when its turn comes")
	assert.Equal(t, []model.Segment{seg(1, 1)}, lost[0].Next.InFlight())

	b.Loss = false
	assert.Empty(t, moves(b, side, Lose))
	b.Dup = 0
	assert.Empty(t, moves(b, side, Duplicate))
}
