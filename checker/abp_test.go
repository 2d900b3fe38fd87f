package checker_test

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"finwait/checker"
)

// The alternating-bit protocol as a component: an end sends over a queue that loses and duplicates; the sender's end
// repeats an item until its bit comes back, the receiver's end repeats the bit it saw last.

const (
	abpItems = 3
	abpRoom  = 2 // messages in flight, each way
)

type abpMessage struct{ bit, item uint8 }

type abpEnd struct {
	receiver bool
	bit      uint8 // the sender's next, the receiver's last
	item     uint8 // the sender's next, the receiver's next expected
	queue    [abpRoom]abpMessage
	length   uint8
}

type abpAction struct {
	name    string
	message abpMessage
}

type (
	abpMove = checker.Move[abpEnd, abpAction]
	abpView = checker.Pair[abpEnd]
	abpStep = checker.SideStep[abpEnd, abpAction]
)

// abp counts the questions it is asked.
type abp struct{ moves, accepts atomic.Int64 }

func (*abp) Init(yield func(a, b abpEnd) bool) { yield(abpEnd{}, abpEnd{receiver: true, bit: 1}) }

func (c *abp) Moves(s abpEnd, buf []abpMove) []abpMove {
	c.moves.Add(1)
	if s.length < abpRoom {
		m := abpMessage{bit: s.bit}
		if !s.receiver {
			m.item = s.item
		}
		next := s
		next.queue[next.length] = m
		next.length++
		buf = append(buf, abpMove{Action: abpAction{"Send", m}, Next: next})
	}
	if s.length > 0 {
		rest := s
		copy(rest.queue[:], rest.queue[1:])
		rest.queue[abpRoom-1] = abpMessage{}
		rest.length--
		head := s.queue[0]
		buf = append(buf,
			abpMove{Kind: checker.Offer, Action: abpAction{"Deliver", head}, Next: rest},
			abpMove{Kind: checker.Offer, Action: abpAction{"Duplicate", head}, Next: s},
			abpMove{Action: abpAction{"Lose", head}, Next: rest})
	}
	return buf
}

func (c *abp) Accept(s abpEnd, a abpAction, buf []abpMove) []abpMove {
	c.accepts.Add(1)
	next := s
	switch fresh := a.message.bit != s.bit; {
	case s.receiver && fresh:
		next.bit, next.item = a.message.bit, (s.item+1)%abpItems
	case !s.receiver && !fresh: // our bit came back
		next.bit, next.item = 1-s.bit, (s.item+1)%abpItems
	}
	return append(buf, abpMove{Action: a, Next: next})
}

func (*abp) Facts(abpEnd) uint64                { return 0 }
func (*abp) Encode(dst []byte, s abpEnd) []byte { return fmt.Append(dst, s) }
func (*abp) EncodeAction(dst []byte, side int, a abpAction) []byte {
	return fmt.Append(dst, side, a)
}

func named(names ...string) func(side int, a abpAction) bool {
	return func(_ int, a abpAction) bool { return slices.Contains(names, a.name) }
}

func received(i uint8) func(v abpView) bool {
	return func(v abpView) bool { return v.B.item == i }
}

func TestAlternatingBit(t *testing.T) {
	sends := checker.WF("send", checker.PerSide(named("Send")))
	delivers := checker.SF("deliver", checker.PerSide(named("Deliver", "Duplicate")))
	finite := checker.Finitely("duplicate", checker.Labels(named("Duplicate")))

	right := checker.AlwaysSideStepWhen("items come in order",
		func(s abpStep) bool { return s.From.receiver && s.From.item != s.To.item },
		func(s abpStep) bool { return s.Kind == checker.Accept && s.Action.message.item == s.From.item })
	wrapped := checker.SometimesSideStep("an old message is ignored",
		func(s abpStep) bool { return s.Kind == checker.Accept && *s.From == *s.To })
	all := checker.AlwaysEventually("every item is received, again and again", received(0), sends, delivers, finite)
	next := checker.LeadsTo("0 leads to 1", received(0), received(1), sends, delivers, finite)
	weakly := checker.LeadsTo("0 leads to 1, if delivery is only weakly fair", received(0), received(1),
		sends, checker.WF("deliver", delivers.Class), finite)
	endless := checker.LeadsTo("0 leads to 1, without sending", received(0), received(1), delivers, finite)

	c := &abp{}
	g := checker.ExploreProduct(context.Background(), c, checker.ProductOptions[abpEnd, abpAction]{})
	moves, accepts := c.moves.Load(), c.accepts.Load()
	report, err := g.Check(context.Background(), right, wrapped, all, next, weakly, endless)
	require.NoError(t, err)

	slow := slowProduct(&abp{})
	require.Equal(t, len(slow.states), report.States)
	require.Equal(t, len(slow.edges), int(report.Transitions))
	require.Equal(t, 216, report.States)
	require.Equal(t, 1224, int(report.Transitions))
	require.Equal(t, 0, report.Deadlocks)

	sides := map[abpEnd]bool{}
	offers := map[string]bool{}
	for n, s := range slow.states {
		sides[s[0]], sides[s[1]] = true, true
		for _, e := range slow.out[n] {
			if e.action.name == "Deliver" || e.action.name == "Duplicate" {
				offers[fmt.Sprint(s[1-e.side], e.action)] = true
			}
		}
	}
	require.Equal(t, len(sides), int(moves), "each side is asked for its moves once")
	require.Equal(t, len(offers), int(accepts), "each side is asked about each offer once")

	want := []struct {
		verdict checker.Verdict
		shape   string
	}{
		{checker.Holds, ""},
		{checker.Holds, "2 steps"},
		{checker.Holds, ""},
		{checker.Holds, ""},
		{checker.Violated, "0 steps, then a cycle of 4"},
		{checker.Violated, "0 steps, then stuttering"},
	}
	for i, r := range report.Results {
		require.Equal(t, want[i].verdict, r.Verdict, r.Name)
		if want[i].shape != "" {
			require.Equal(t, want[i].shape, r.Trace.String(), r.Name)
		}
	}
}
