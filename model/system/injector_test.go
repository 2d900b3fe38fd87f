package system

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// The alphabet is small, and it is what the documentation says. A may SEND one
// octet: its SYN is 0, the octet 1, its FIN 1 or 2.
func TestAlphabet(t *testing.T) {
	s := newSystem(t, scenario(t, "injector", 1, 0, isn(1<<32-2, 70)))
	var got []string
	for _, g := range s.Alphabet(0) {
		got = append(got, s.SegmentString(0, g))
	}
	assert.Equal(t, []string{
		"<SEQ=0><CTL=RST>", "<SEQ=1><CTL=RST>", "<SEQ=2><CTL=RST>", "<SEQ=3><CTL=RST>", "<SEQ=4><CTL=RST>", "<SEQ=65538><CTL=RST>",
		"<SEQ=1><ACK=1><CTL=RST,ACK>", "<SEQ=3><ACK=1><CTL=RST,ACK>",
		"<SEQ=0><CTL=SYN>", "<SEQ=4><CTL=SYN>", "<SEQ=0><CTL=SYN,FIN>",
		"<SEQ=2><CTL=FIN>", "<SEQ=2><CTL=><DATA=1>",
		"<SEQ=3><ACK=1><CTL=FIN,ACK>", "<SEQ=3><ACK=1><CTL=ACK><DATA=1>", "<SEQ=3><ACK=3><CTL=ACK>",
	}, got)
	assert.Len(t, s.Alphabet(1), 15, "B sends nothing")
	for role := range 2 {
		list := s.Alphabet(role)
		for i, g := range list {
			assert.NotContains(t, list[:i], g)
			assert.Zero(t, g.WND, "windows are in normal form")
			assert.False(t, !g.Has(model.ACK) && g.ACK != 0, "an ACK field that nobody reads is in normal form")
		}
	}
	many := newSystem(t, scenario(t, "injector", 4000, 4000))
	assert.Len(t, many.Alphabet(0), 16, "small, however much there is to say")
	windowed := newSystem(t, scenario(t, "injector", 1, 0, window(5)))
	assert.EqualValues(t, 5, windowed.Alphabet(0)[0].WND)
	assert.Equal(t, "<SEQ=8><CTL=RST>", windowed.SegmentString(0, windowed.Alphabet(0)[5]), "beyond the smaller window")
}

// None of the alphabet can be taken for text, a FIN or an ACK that is due: but
// for the RSTs an open connection stands as it stood.
func TestAlphabetIsBelievedByNobody(t *testing.T) {
	b := scenario(t, "injector", 0, 0)
	s := newSystem(t, b)
	alphabet := [2][]model.Segment{s.Alphabet(0), s.Alphabet(1)}
	every(t, b, func(x transition) bool {
		peer, after := x.from[1-x.side], x.to[1-x.side]
		forged := x.action.Kind.Arrives() && slices.Contains(alphabet[x.side], x.action.Segment) &&
			!x.action.Segment.Has(model.RST)
		if !forged || after.State == model.Closed {
			return true
		}
		return peer.RCV.NXT == after.RCV.NXT && peer.SND.UNA == after.SND.UNA && peer.State == after.State
	}, "a forged segment without RST moves nothing")
}

// The third party has its budget, per direction; it needs the room that an
// endpoint needs; and it says nothing twice.
func TestInjectMoves(t *testing.T) {
	s := newSystem(t, scenario(t, "injector", 0, 0, inFlight(2)))
	side := started(s)[0]
	list := moves(s, side, Inject)
	require.Len(t, list, len(s.Alphabet(0)))
	for i, g := range s.Alphabet(0) {
		m := list[i]
		assert.Equal(t, Action{Kind: Inject, Segment: g}, m.Action)
		assert.Equal(t, []model.Segment{g}, m.Next.InFlight())
		assert.EqualValues(t, 1, m.Next.Injected)
		assert.Empty(t, moves(s, m.Next, Inject), "the budget is spent")
	}
	s.Inject = 2
	again := moves(s, list[0].Next, Inject)
	assert.Len(t, again, len(list)-1, "all but the one that is in flight")
	s.InFlight = 1
	assert.Empty(t, moves(s, list[0].Next, Inject), "no room")
	assert.Empty(t, moves(s, Side{Role: 1, Broken: true}, Inject))
	assert.Len(t, moves(s, Side{Role: 1, TCB: model.TCB{}}, Inject), len(s.Alphabet(1)), "it does not look at the endpoint")
	s.Inject = 0
	assert.Empty(t, moves(s, side, Inject))
}

// What a third party leaves behind is FIN-WAIT-2, and nothing else.
func TestWhatAForgedResetLeaves(t *testing.T) {
	_, g := explore(t, scenario(t, "injector", 0, 0))
	assert.Zero(t, g.Figures().Deadlocks)
	left := 0
	for n := range g.States() {
		v := g.View(n)
		quiet := true
		for range g.EdgesFrom(n) {
			quiet = false
			break
		}
		if quiet && v.A.State != v.B.State {
			left++
			assert.True(t, leftByInjector(v.A, v.B) || leftByInjector(v.B, v.A))
		}
	}
	assert.Equal(t, 24, left, "states that nothing leads out of")
}
