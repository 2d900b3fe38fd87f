package system

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

func clock(c Timed) func(*Bounds) { return func(b *Bounds) { b.Timed = c } }

// aged is a segment in flight with the ticks that it has left.
type aged struct {
	model.Segment
	life int
}

// copies are what a side has in flight, so many ticks later.
func copies(s *Side, later int) map[aged]int {
	n := map[aged]int{}
	for i, g := range s.InFlight() {
		n[aged{g, int(s.Clock.Life[i]) - later}]++
	}
	return n
}

// timeless is a side without its clock and its network.
func timeless(s *Side) Side {
	r := *s
	r.Clock, r.Net, r.NumNet = Clock{}, [MaxInFlight + 1]model.Segment{}, 0
	return r
}

// overdue is what has to happen in a side before the next tick, as the
// documentation of Timed has it.
func overdue(s *Side) bool {
	timed := func(timer model.Timers, left uint8) bool { return s.Clock.Running&timer != 0 && left == 0 }
	return slices.Contains(s.Clock.Life[:s.NumNet], 0) ||
		timed(model.TimerRetransmission, s.Clock.Retransmission) || timed(model.TimerTimeWait, s.Clock.TimeWait) ||
		s.Is(model.ACKPending) && s.Clock.ACK == 0
}

// tickIsRight says what is wrong with a tick, or nothing.
func tickIsRight(x transition) string {
	changed := false
	for i := range x.from {
		from, to := x.from[i], x.to[i]
		if overdue(from) {
			return "time goes on although something is due"
		}
		if timeless(from) != timeless(to) {
			return "a tick changes more than the clock"
		}
		for _, left := range [][2]uint8{
			{from.Clock.Retransmission, to.Clock.Retransmission}, {from.Clock.TimeWait, to.Clock.TimeWait}, {from.Clock.ACK, to.Clock.ACK},
		} {
			if left[1] != left[0]-min(left[0], 1) {
				return "a timer does not run, or too fast"
			}
		}
		if !assert.ObjectsAreEqual(copies(from, 1), copies(to, 0)) || from.Clock.Lost != to.Clock.Lost {
			return "a segment does not age"
		}
		changed = changed || *from != *to
	}
	if !changed {
		return "a tick changes nothing"
	}
	return ""
}

// stepIsRight says what is wrong with a step between two ticks, or nothing.
func stepIsRight(b *System, x transition) string {
	from, to := x.from[x.side], x.to[x.side]
	was, is := copies(from, 0), copies(to, 0)
	lost := to.Clock.Lost - from.Clock.Lost
	switch {
	case lost != 0 && (x.action.Kind != Lose || lost != 1) || lost == 0 && x.action.Kind == Lose:
		return "the losses are not counted"
	case int(to.Clock.Lost) > b.Timed.Losses:
		return "more is lost than may be"
	case x.action.Kind == Retransmit && from.Clock.Retransmission != 0:
		return "a retransmission comes early"
	case x.action.Kind == TimeWaitExpire && from.Clock.TimeWait != 0:
		return "TIME-WAIT ends early"
	}
	gone, came := 0, 0
	for g, n := range was {
		gone += max(0, n-is[g])
	}
	for g, n := range is {
		if more := n - was[g]; more > 0 {
			came += more
			if g.life != b.Timed.MSL {
				return "what is sent does not have its life before it"
			}
		}
	}
	leaves := x.action.Kind == Lose || x.action.Kind == Deliver || x.action.Kind == Overflow
	if leaves != (gone == 1) || gone > 1 || leaves && came > 0 || came > 1 {
		return "segments come or go without reason"
	}
	return ""
}

// timersAreRight: in a machine without bugs the retransmission timer runs while
// something is outstanding, and the 2MSL timer runs in TIME-WAIT.
func timersAreRight(b *System, s *Side) string {
	c := &s.Clock
	switch {
	case (c.Running&model.TimerRetransmission != 0) != (s.SND.UNA != s.SND.NXT):
		return "the retransmission timer"
	case (c.Running&model.TimerTimeWait != 0) != (s.State == model.TimeWait):
		return "the 2MSL timer"
	case int(c.Retransmission) > b.Timed.RTO || int(c.TimeWait) > b.Timed.TwoMSL || int(c.ACK) > b.Timed.Delay:
		return "more ticks than there are"
	case c.Running&model.TimerRetransmission == 0 && c.Retransmission != 0, c.Running&model.TimerTimeWait == 0 && c.TimeWait != 0,
		!s.Is(model.ACKPending) && c.ACK != 0:
		return "what does not run is not 0"
	}
	for _, left := range c.Life[s.NumNet:] {
		if left != 0 {
			return "life without a segment"
		}
	}
	return ""
}

// The clock does what it says, in every transition of some graphs.
func TestClock(t *testing.T) {
	for name, b := range map[string]Bounds{
		"as it is":          scenario(t, "timed", 0, 1),
		"quick":             scenario(t, "timed", 0, 0, clock(Timed{RTO: 1, MSL: 1, TwoMSL: 4, Losses: 1})),
		"slow acks":         scenario(t, "timed", 0, 1, clock(Timed{RTO: 3, MSL: 1, TwoMSL: 9, Delay: 1, Losses: 1})),
		"FIFO":              scenario(t, "timed", 0, 1, clock(Timed{RTO: 3, MSL: 2, TwoMSL: 12, Losses: 1}), fifo),
		"no time at all":    scenario(t, "timed", 0, 1, clock(Timed{RTO: 1})),
		"without loss":      scenario(t, "timed", 0, 1, clock(Timed{RTO: 2, MSL: 1, TwoMSL: 4})),
		"simultaneously":    scenario(t, "simultaneous-close", 0, 0, clock(Timed{RTO: 3, MSL: 1, TwoMSL: 8, Losses: 1}), inFlight(MaxInFlight)),
		"from the open on":  scenario(t, "lifecycle", 0, 0, clock(Timed{RTO: 3, MSL: 1, TwoMSL: 8, Losses: 1}), inFlight(MaxInFlight)),
		"with duplicates":   scenario(t, "timed", 0, 0, clock(Timed{RTO: 3, MSL: 1, TwoMSL: 9, Losses: 1}), duplicates(1)),
		"no retransmission": scenario(t, "timed", 0, 0, clock(Timed{RTO: 3, MSL: 1, TwoMSL: 4}), func(b *Bounds) { b.NoRetransmit = true }),
	} {
		t.Run(name, func(t *testing.T) {
			s, g := explore(t, b)
			assert.Zero(t, g.Figures().Deadlocks)
			seen := map[Kind]int{}
			for x := range transitions(g) {
				wrong := ""
				switch {
				case x.action.Kind == Tick:
					wrong = tickIsRight(x)
				case x.action.Kind != Duplicate && x.action.Kind != DuplicateOverflow:
					wrong = stepIsRight(s, x)
				}
				require.Empty(t, wrong, "%s\n%+v\n%+v", s.Label(x.side, x.action), x.from, x.to)
				seen[x.action.Kind]++
			}
			for side := range sides(g) {
				if !b.NoRetransmit {
					require.Empty(t, timersAreRight(s, side), "%+v", side)
				}
			}
			assert.NotZero(t, seen[Tick])
			assert.NotZero(t, seen[TimeWaitExpire])
			assert.Zero(t, seen[Overflow], "the network has room for all")
		})
	}
}

// Copies of one segment that were sent at different times are in flight side by
// side, with more than one of the same age too; each is told once.
func TestCopies(t *testing.T) {
	s := newSystem(t, scenario(t, "timed", 0, 0, clock(Timed{RTO: 1, MSL: 3, TwoMSL: 9, Losses: 1})))
	side := started(s)[0]
	g := model.Segment{SEQ: 1, ACK: 1, CTL: model.FIN | model.ACK}
	h := model.Segment{SEQ: 1, ACK: 1, CTL: model.ACK}
	for range 2 {
		s.put(&side, g)
	}
	s.put(&side, h)
	side = moves(s, side, Tick)[0].Next
	s.put(&side, g)
	assert.Equal(t, map[aged]int{{g, 2}: 2, {h, 2}: 1, {g, 3}: 1}, copies(&side, 0))
	assert.Len(t, moves(s, side, Deliver), 3)
	assert.Len(t, moves(s, side, Lose), 3)
	again := started(s)[0]
	s.put(&again, h)
	s.put(&again, g)
	s.put(&again, g)
	again = moves(s, again, Tick)[0].Next
	s.put(&again, g)
	assert.Equal(t, side, again, "whatever the order of sending")
}

// A side for which time makes no difference joins in a tick, but does not ask
// for one.
func TestTickNeedsSomethingThatRuns(t *testing.T) {
	s := newSystem(t, scenario(t, "timed", 0, 0))
	idle := started(s)[0]
	list := moves(s, idle, Tick)
	require.Len(t, list, 1)
	assert.Equal(t, uint64(FactRuns), list[0].Need)
	assert.Equal(t, idle, list[0].Next)
	assert.Zero(t, s.Facts(idle)&FactRuns)
	busy := idle
	s.put(&busy, model.Segment{CTL: model.ACK})
	assert.NotZero(t, s.Facts(busy)&FactRuns)
	list = moves(s, busy, Tick)
	require.Len(t, list, 1)
	assert.Zero(t, list[0].Need)
	busy = list[0].Next
	assert.Empty(t, moves(s, busy, Tick), "its life is over")
	assert.True(t, s.Due(&busy))
	untimed := newSystem(t, scenario(t, "close", 0, 0))
	assert.Empty(t, moves(untimed, started(untimed)[0], Tick))
	assert.Zero(t, untimed.Facts(busy)&FactRuns, "without a clock nothing runs")
}

// A machine that has a bug and nothing to send when its timer has run out does
// not stop the clock.
func TestTimeGoesOnWithoutARetransmission(t *testing.T) {
	s := newSystem(t, scenario(t, "timed", 0, 0, option("fin-not-retransmitted")))
	side := started(s)[0]
	side.State, side.Flags, side.SND.NXT = model.FinWait1, model.CloseCalled, side.SND.NXT+1
	side.Clock.Running = model.TimerRetransmission
	assert.False(t, s.Due(&side))
	assert.Len(t, moves(s, side, Tick), 1)
	right := newSystem(t, scenario(t, "timed", 0, 0))
	assert.True(t, right.Due(&side))
	assert.Empty(t, moves(right, side, Tick))
	assert.Len(t, moves(right, side, Retransmit), 1)
}

// A clock needs a retransmission timeout, and its times fit into a state.
func TestValidateTimed(t *testing.T) {
	for _, c := range []struct {
		timed Timed
		want  string
	}{
		{Timed{}, ""},
		{Timed{RTO: 255, MSL: 255, TwoMSL: 255, Delay: 255, Losses: 255}, ""},
		{Timed{RTO: 256}, "rto: 256 is out of range, 0 to 255"},
		{Timed{RTO: 1, MSL: -1}, "msl: -1 is out of range, 0 to 255"},
		{Timed{RTO: 1, TwoMSL: 256}, "2msl: 256 is out of range, 0 to 255"},
		{Timed{RTO: 1, Delay: -1}, "ack-delay: -1 is out of range, 0 to 255"},
		{Timed{RTO: 1, Losses: 256}, "losses: 256 is out of range, 0 to 255"},
		{Timed{MSL: 1}, "rto: a clock needs a retransmission timeout, 1 to 255 ticks"},
	} {
		b := scenario(t, "close", 0, 0, clock(c.timed))
		if err := b.Validate(); c.want == "" {
			assert.NoError(t, err)
		} else {
			assert.EqualError(t, err, c.want)
		}
	}
}

// The content of a side has its clock, if there is one.
func TestEncodeClock(t *testing.T) {
	timed := newSystem(t, scenario(t, "timed", 0, 0))
	base := started(timed)[0]
	base.NumNet = 1
	seen := map[string]bool{string(timed.Encode(nil, base)): true}
	for _, change := range []func(*Clock){
		func(c *Clock) { c.Life[0]++ },
		func(c *Clock) { c.Running = model.TimerTimeWait },
		func(c *Clock) { c.Retransmission++ },
		func(c *Clock) { c.TimeWait++ },
		func(c *Clock) { c.ACK++ },
		func(c *Clock) { c.Lost++ },
	} {
		side := base
		change(&side.Clock)
		content := string(timed.Encode(nil, side))
		assert.False(t, seen[content])
		seen[content] = true
	}
}
