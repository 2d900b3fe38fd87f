package system

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// How a connection came to CLOSED, by the arrow that it took.
func TestEnded(t *testing.T) {
	for want, names := range map[End][]model.Trigger{
		EndedLastAck:   {model.RcvACKofFIN},
		EndedTimeWait:  {model.Timeout2MSL},
		EndedReset:     {model.RcvRST, model.RcvSYNInWindow},
		EndedAbort:     {model.CallAbort},
		EndedEarly:     {model.CallClose},
		EndedTimer:     {model.UserTimeout, model.FinWait2Timeout},
		EndedDataLost:  {model.DataLost},
		EndedByDefects: {model.RcvFIN},
	} {
		for _, trigger := range names {
			fx := model.Effects{NumArrows: 1}
			fx.Arrows[0] = model.Taken{From: model.Established, Trigger: trigger, To: model.Closed}
			assert.Equal(t, want, ended(&fx), "%v", trigger)
			fx.Arrows[0].To = model.TimeWait
			assert.Equal(t, EndedByDefects, ended(&fx), "an arrow that leads elsewhere says nothing")
		}
	}
	assert.Equal(t, EndedByDefects, ended(&model.Effects{}), "no arrow at all")
	fx := model.Effects{NumArrows: 2}
	fx.Arrows[0] = model.Taken{From: model.SynReceived, Trigger: model.RcvRSTPassive, To: model.Listen}
	fx.Arrows[1] = model.Taken{From: model.Listen, Trigger: model.CallClose, To: model.Closed}
	assert.Equal(t, EndedEarly, ended(&fx), "the last of two arrows")
}

// The ends that occur in a graph, each of them where it can.
func TestEndsOfScenarios(t *testing.T) {
	for _, c := range []struct {
		name   string
		bounds Bounds
		want   []End
	}{
		{"close", scenario(t, "close", 0, 0), []End{NotEnded, EndedLastAck, EndedTimeWait, EndedReset}},
		{"loss-free", scenario(t, "loss-free", 0, 0), []End{NotEnded, EndedLastAck, EndedTimeWait, EndedReset}},
		{"simultaneous-close", scenario(t, "simultaneous-close", 0, 0), []End{NotEnded, EndedTimeWait}},
		{"abort", scenario(t, "abort", 0, 0), []End{NotEnded, EndedLastAck, EndedTimeWait, EndedReset, EndedAbort}},
		{"refused", scenario(t, "refused", 0, 0), []End{NotEnded, EndedReset, EndedEarly}},
		{
			"half-duplex", scenario(t, "loss-free", 1, 0, option("half-duplex-close")),
			[]End{NotEnded, EndedLastAck, EndedTimeWait, EndedReset, EndedDataLost},
		},
		{
			"timer", scenario(t, "loss-free", 0, 0, option("fin-wait-2-timer")),
			[]End{NotEnded, EndedLastAck, EndedTimeWait, EndedReset, EndedTimer},
		},
	} {
		_, g := explore(t, c.bounds)
		seen := map[End]bool{}
		for s := range sides(g) {
			seen[s.Ended] = true
			require.False(t, s.Ended != NotEnded && s.State != model.Closed, "%s: it has ended and goes on: %+v", c.name, s)
		}
		want := map[End]bool{}
		for _, e := range c.want {
			want[e] = true
		}
		assert.Equal(t, want, seen, c.name)
		for x := range transitions(g) {
			for i := range x.from {
				ends := x.from[i].State != model.Closed && x.to[i].State == model.Closed
				require.Equal(t, ends, x.from[i].Ended != x.to[i].Ended, "%s: it ends once, when it comes to CLOSED", c.name)
			}
		}
	}
}

// The ghosts say what they are said to say, in every state of many graphs:
// FINAt is where the FIN stands, GotFIN that the peer's has been received, and
// the user has been given what RCV.READ says, without a hole.
func TestGhostsInGraphs(t *testing.T) {
	for name, b := range map[string]Bounds{
		"close":              scenario(t, "close", 1, 0, inFlight(1)),
		"half-close":         scenario(t, "half-close", 0, 1, roomy),
		"simultaneous-close": scenario(t, "simultaneous-close", 1, 0, inFlight(1)),
		"loss-free":          scenario(t, "loss-free", 1, 1, roomy),
		"lifecycle":          scenario(t, "lifecycle", 0, 0, roomy),
		"abort":              scenario(t, "abort", 0, 0, roomy),
		"reincarnation":      scenario(t, "reincarnation", 0, 1),
		"crash":              scenario(t, "crash", 0, 1),
		"wrap":               scenario(t, "close", 1, 0, inFlight(1), isn(1<<32-1, 1<<32-2)),
	} {
		s, g := explore(t, b)
		for x := range sides(g) {
			iss, irs := s.FirstSEQ(x), s.FirstSEQ(&Side{Role: 1 - x.Role, Incarnation: x.Met})
			require.False(t, x.User.Hole, "%s: %+v", name, x)
			if x.FINSent() {
				require.Equal(t, uint32(x.FINAt), (x.SND.NXT - 1).From(iss), name)
			}
			if x.FINAt != 0 {
				require.Equal(t, x.User.Sent+1, x.FINAt, "%s: the FIN stands behind what was SENT", name)
				require.True(t, x.User.Closed, name)
			}
			if x.State >= model.Established {
				require.Equal(t, x.Is(model.FINReceived), x.GotFIN, name)
				require.Equal(t, uint32(x.User.Sent), x.SND.END.From(iss)-1, name)
				require.Equal(t, uint32(x.User.Next), x.RCV.READ.From(irs)-1, name)
			}
		}
		for n := range g.States() {
			v := g.View(n)
			require.False(t, v.A.GotFIN && v.A.Met == v.B.Incarnation && v.B.FINAt == 0, "%s: a FIN that was never sent", name)
			require.False(t, v.B.GotFIN && v.B.Met == v.A.Incarnation && v.A.FINAt == 0, "%s: a FIN that was never sent", name)
		}
		for x := range transitions(g) {
			for i := range x.from {
				if x.from[i].Incarnation != x.to[i].Incarnation {
					continue // another user, another record
				}
				require.False(t, x.from[i].GotFIN && !x.to[i].GotFIN, "%s: a ghost survives the TCB", name)
				require.False(t, x.from[i].FINAt != 0 && x.from[i].FINAt != x.to[i].FINAt, "%s: the FIN was first sent once", name)
			}
		}
	}
}

// passedFIN: RCV.NXT has gone past a FIN that arrived, or one that was held,
// also where a bug forgets that it has.
func TestPassedFIN(t *testing.T) {
	before := model.TCB{State: model.Established, RCV: model.RecvVars{NXT: 10}}
	fin := model.Event{Kind: model.SegmentArrives, Segment: model.Segment{SEQ: 10, CTL: model.FIN | model.ACK}}
	after := before
	after.RCV.NXT = 11
	change := func(c model.TCB, f func(*model.TCB)) model.TCB { f(&c); return c }
	event := func(f func(*model.Segment)) model.Event { e := fin; f(&e.Segment); return e }
	received := change(after, func(c *model.TCB) { c.Flags = model.FINReceived })
	for _, c := range []struct {
		name          string
		want          bool
		before, after model.TCB
		event         model.Event
	}{
		{"it was received", true, before, received, fin},
		{"it left CLOSED behind", true, before, model.TCB{Flags: model.FINReceived}, fin},
		{"it was passed and forgotten", true, before, after, fin},
		{"the same in SYN-RECEIVED", true, change(before, func(c *model.TCB) { c.State = model.SynReceived }), after, fin},
		{"it was not passed", false, before, before, fin},
		{"it lies further on", false, before, after, event(func(g *model.Segment) { g.TXT = 1 })},
		{"no FIN", false, before, after, event(func(g *model.Segment) { g.CTL = model.ACK; g.TXT = 1 })},
		{"with a SYN it is queued", false, before, after, event(func(g *model.Segment) { g.CTL |= model.SYN })},
		{"nothing arrives", false, before, after, model.Event{Segment: fin.Segment}},
		{"CLOSED for another reason", false, before, model.TCB{RCV: model.RecvVars{NXT: 11}}, fin},
		{"in SYN-SENT nothing is known", false, change(before, func(c *model.TCB) { c.State = model.SynSent }), after, fin},
		{
			"a held one was passed", true,
			change(before, func(c *model.TCB) { c.Flags = model.FINHeld; c.RCV.FIN = 10 }), after,
			event(func(g *model.Segment) { g.CTL = model.ACK; g.TXT = 1 }),
		},
		{
			"a held one was not", false,
			change(before, func(c *model.TCB) { c.Flags = model.FINHeld; c.RCV.FIN = 11 }), after,
			event(func(g *model.Segment) { g.CTL = model.ACK; g.TXT = 1 }),
		},
	} {
		assert.Equal(t, c.want, passedFIN(&c.before, &c.after, &c.event), c.name)
	}
}

// record keeps what the user was given: the next octet, a hole, and what it
// was told.
func TestRecord(t *testing.T) {
	s := newSystem(t, scenario(t, "close", 0, 0))
	deliver := func(side *Side, lo, hi model.Seq) {
		fx := model.Effects{Delivered: model.Range{Lo: lo, Hi: hi}}
		s.record(side, &side.TCB, &model.Event{}, &fx)
	}
	side := started(s)[0]
	deliver(&side, 1, 3)
	assert.Equal(t, uint16(2), side.User.Next)
	deliver(&side, 3, 4)
	assert.Equal(t, uint16(3), side.User.Next)
	assert.False(t, side.User.Hole)
	deliver(&side, 5, 6)
	assert.True(t, side.User.Hole, "octet 4 was left out")
	assert.Equal(t, uint16(5), side.User.Next)
	deliver(&side, 6, 7)
	assert.True(t, side.User.Hole, "it stays")

	side = started(s)[0]
	deliver(&side, 1, 2)
	deliver(&side, 1, 2)
	assert.True(t, side.User.Hole, "an octet twice")

	// The last read in CLOSED, which deletes the TCB: IRS is that of before.
	wrap := newSystem(t, scenario(t, "close", 0, 0, isn(0, 1<<32-2)))
	side = Side{}
	before := model.TCB{RCV: model.RecvVars{IRS: 1<<32 - 2}}
	wrap.record(&side, &before, &model.Event{}, &model.Effects{Delivered: model.Range{Lo: 1<<32 - 1, Hi: 1}})
	assert.Equal(t, User{Next: 2}, side.User)

	for notice, want := range map[model.Notices]User{
		model.ToldEOF:         {EOF: true},
		model.ToldReset:       {Error: true},
		model.ToldRefused:     {Error: true},
		model.ToldUserTimeout: {Error: true},
		model.ToldClosing:     {},
		model.ToldCloseOK | model.ToldSent | model.ToldFlushed | model.ToldEstablished: {},
	} {
		side = Side{}
		s.record(&side, &model.TCB{}, &model.Event{}, &model.Effects{Notices: notice})
		assert.Equal(t, want, side.User, "%v", notice.Strings())
	}
}

// Where the FIN was first sent is kept when a bug sends it elsewhere later.
func TestFINAtStays(t *testing.T) {
	s := newSystem(t, scenario(t, "close", 0, 0, option("fin-retransmitted-later")))
	side := started(s)[0]
	side, _ = s.step(side, Action{Kind: Close})
	assert.Zero(t, side.FINAt, "it is queued")
	side, _ = s.step(side, Action{Kind: Transmit, FIN: true})
	assert.Equal(t, uint16(1), side.FINAt)
	list := moves(s, without(side, 0), Retransmit)
	require.Len(t, list, 1)
	assert.Equal(t, uint16(1), list[0].Next.FINAt)
	assert.EqualValues(t, 2, list[0].Next.Net[0].SEQ, "the bug")
}
