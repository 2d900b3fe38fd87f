package system

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

func reopens(a, b int) func(*Bounds) { return func(x *Bounds) { x.Reopens = [2]int{a, b} } }

func step(n uint32) func(*Bounds) { return func(b *Bounds) { b.ISNStep = n } }

// A user opens again only when the connection is over and all of it is read, and
// not more often than it may; then it is another user, with another initial
// sequence number.
func TestReopen(t *testing.T) {
	s := newSystem(t, scenario(t, "reincarnation", 1, 1, reopens(2, 1), step(100), isn(5, 7)))
	side := started(s)[0]
	assert.EqualValues(t, 1, side.Incarnation, "ESTABLISHED is the first")
	assert.EqualValues(t, 1, side.Met)
	assert.EqualValues(t, 5, s.FirstSEQ(&side))
	assert.Empty(t, moves(s, side, ActiveOpen), "the connection is not over")

	over := Side{Incarnation: 1, Met: 1, Ended: EndedTimeWait, GotFIN: true, FINAt: 2, Dups: 1, User: User{Sent: 1, Next: 1, Opened: true, Closed: true, EOF: true}}
	unread := over
	unread.TCB = model.TCB{Flags: model.FINReceived, RCV: model.RecvVars{NXT: 1, READ: 1}}
	assert.Empty(t, moves(s, unread, ActiveOpen), "the end of the stream has not been read")
	list := moves(s, over, ActiveOpen)
	require.Len(t, list, 1)
	next := list[0].Next
	assert.Equal(t, User{Opened: true}, next.User, "another user")
	assert.EqualValues(t, 2, next.Incarnation)
	assert.EqualValues(t, 1, next.Dups, "the network is the same")
	assert.Equal(t, NotEnded, next.Ended)
	assert.False(t, next.GotFIN)
	assert.Zero(t, next.FINAt)
	assert.Zero(t, next.Met)
	assert.EqualValues(t, 105, next.SND.ISS)
	assert.Equal(t, Tag{From: 2}, TagOf(next.Net[0]), "its SYN is not meant for anybody yet")

	over.Incarnation = 3
	assert.Empty(t, moves(s, over, ActiveOpen), "the budget is spent")
	over.Role, over.Incarnation = 1, 1
	assert.Len(t, moves(s, over, PassiveOpen), 1, "B opens passively")

	closed := newSystem(t, scenario(t, "lifecycle", 0, 0, reopens(1, 0)))
	side = started(closed)[0]
	for want := range 2 {
		assert.EqualValues(t, want, side.Incarnation, "from CLOSED the first OPEN is the first incarnation")
		list = moves(closed, side, ActiveOpen)
		require.Len(t, list, 1)
		side, _ = closed.step(list[0].Next, Action{Kind: Close})
	}
	assert.Empty(t, moves(closed, side, ActiveOpen))
}

// A segment says from whom it is and for whom; a RST in reply speaks of the
// connection of what it answers; an answer to the next connection's SYN says so.
func TestTags(t *testing.T) {
	s := newSystem(t, scenario(t, "reincarnation", 1, 1))
	in := func(state model.State, own, met uint8) Side {
		side := started(s)[0]
		side.Incarnation, side.Met, side.State = own, met, state
		if state == model.Closed {
			side.TCB = model.TCB{}
		}
		return side
	}
	reply := func(side Side, g model.Segment, of Tag) Tag {
		g.INC = of.INC()
		next, overflow := s.receive(side, Action{Kind: Deliver, Segment: g})
		require.False(t, overflow)
		require.EqualValues(t, 1, next.NumNet, "no reply")
		return TagOf(next.Net[0])
	}
	syn := model.Segment{SEQ: 50, CTL: model.SYN}
	assert.Equal(t, Tag{2, 3, 0}, reply(in(model.Established, 2, 3), seg(0, 1), Tag{1, 1, 0}), "an ACK is its sender's own")
	assert.Equal(t, Tag{1, 1, 2}, reply(in(model.TimeWait, 1, 1), syn, Tag{2, 0, 0}), "it answers the next connection's SYN")
	assert.Equal(t, Tag{1, 1, 0}, reply(in(model.TimeWait, 1, 1), syn, Tag{1, 0, 0}), "it answers an old SYN")
	assert.Equal(t, Tag{1, 4, 0}, reply(in(model.Closed, 2, 0), seg(1, 1), Tag{4, 1, 0}), "a RST turns the tag round")
	assert.Equal(t, Tag{0, 2, 0}, reply(in(model.Closed, 1, 1), syn, Tag{2, 0, 0}), "a SYN names nobody")
	assert.Equal(t, Tag{1, 1, 2}, reply(in(model.Closed, 2, 0), seg(1, 1), Tag{1, 1, 2}), "what the next connection's SYN provoked provokes")

	next, fx := s.apply(in(model.Established, 2, 3), Action{Kind: Send}, nil)
	assert.False(t, fx.Sends)
	next, fx = s.apply(next, Action{Kind: Transmit, N: 1}, nil)
	assert.Equal(t, Tag{2, 3, 0}, TagOf(fx.Segment))
	list, _ := s.Happenings(next, Action{Kind: Retransmit, N: 1})
	assert.Equal(t, Tag{2, 3, 0}, TagOf(list[0].Fx.Segment), "asked again, too")
	once := newSystem(t, scenario(t, "close", 1, 1))
	_, fx = once.apply(next, Action{Kind: Retransmit, N: 1}, nil)
	assert.Zero(t, fx.Segment.INC, "where nobody opens again nothing is tagged")
	for tag, text := range map[Tag]string{{1, 2, 3}: "<INC=1>", {0, 2, 0}: "<INC=-2>"} {
		g := model.Segment{INC: tag.INC()}
		assert.Equal(t, tag, TagOf(g))
		assert.Equal(t, text, tag.String())
	}
}

// With whom a side has synchronized is remembered from the SYN on, and forgotten
// in LISTEN.
func TestMet(t *testing.T) {
	s := newSystem(t, scenario(t, "crash", 0, 0))
	b := started(s)[1]
	b, _ = s.step(b, Action{Kind: PassiveOpen})
	assert.Zero(t, b.Met)
	arrives := func(g model.Segment, from Tag) {
		g.INC = from.INC()
		b, _ = s.receive(b, Action{Kind: Deliver, Segment: g})
	}
	arrives(model.Segment{SEQ: 0, CTL: model.SYN}, Tag{From: 3})
	assert.Equal(t, model.SynReceived, b.State)
	assert.EqualValues(t, 3, b.Met)
	arrives(model.Segment{SEQ: 1, CTL: model.RST}, Tag{From: 3})
	assert.Equal(t, model.Listen, b.State)
	assert.Zero(t, b.Met)
}

// TIME-WAIT waits for all that belongs to its connection, on both sides, and for
// nothing of the next one's.
func TestTimeWaitWaitsForItsOwn(t *testing.T) {
	s := newSystem(t, scenario(t, "reincarnation", 0, 0))
	assert.Equal(t, factOver(0)|factOver(1)|FactQuiet|FactAcked, s.Facts(Side{Incarnation: 1}))
	fact := func(change func(*Side)) bool {
		peer := Side{Incarnation: 2}
		change(&peer)
		return s.Facts(peer)&factOver(1) != 0
	}
	carries := func(ctl model.Ctl, tag Tag) func(*Side) {
		return func(x *Side) { x.Net[0], x.NumNet = model.Segment{CTL: ctl, INC: tag.INC()}, 1 }
	}
	assert.True(t, fact(func(x *Side) { x.SND.NXT = 1 }), "what the next has to retransmit")
	assert.False(t, fact(func(x *Side) { x.SND.NXT, x.Incarnation = 1, 1 }), "what this one has")
	assert.True(t, fact(carries(model.SYN, Tag{From: 2})), "the next SYN")
	assert.False(t, fact(carries(model.SYN, Tag{From: 1})), "an old SYN")
	assert.False(t, fact(carries(model.ACK, Tag{From: 1, To: 1})), "an old ACK")
	assert.False(t, fact(carries(model.RST, Tag{From: 1, To: 1})), "the RST that answers an old segment")
	assert.True(t, fact(carries(model.RST, Tag{From: 1, To: 1, New: 2})), "the RST that answers the answer to the next SYN")
	assert.False(t, fact(carries(model.RST, Tag{To: 1})), "the RST that answers one's own SYN")

	own := func(ctl model.Ctl, tag Tag) int {
		side := started(s)[0]
		side.State, side.Flags = model.TimeWait, model.CloseCalled|model.FINReceived|model.EOFTold|model.TimerTW
		side.SND.UNA, side.SND.NXT, side.RCV.NXT, side.RCV.READ = 2, 2, 2, 2
		carries(ctl, tag)(&side)
		list := moves(s, side, TimeWaitExpire)
		if len(list) > 0 {
			assert.Equal(t, factOver(1), list[0].Need)
		}
		return len(list)
	}
	assert.Equal(t, 0, own(model.ACK, Tag{From: 1, To: 1}), "its own last ACK")
	assert.Equal(t, 1, own(model.ACK, Tag{From: 1, To: 1, New: 2}), "its answer to the next SYN")
	assert.Equal(t, 0, own(model.RST, Tag{From: 1, To: 1, New: 2}), "a RST")
}

// No two of the facts that guards look at are the same bit.
func TestFactsAreDistinct(t *testing.T) {
	seen := uint64(0)
	for _, f := range []uint64{FactQuiet, FactAcked, FactRuns, factOver(0), factOver(1), factOver(2)} {
		assert.Zero(t, seen&f)
		seen |= f
	}
}
