package model

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestBugs: what the machine does right, and what it does under the bug.
func TestBugs(t *testing.T) {
	ack := func(seq, ack Seq) Event { return Arrive(Segment{SEQ: seq, ACK: ack, WND: window, CTL: ACK}) }
	twoOut := with(finQueued(), text(2, 2), func(c *TCB) { c.SND.NXT++ })
	fin := func(n uint32) Event { return Event{Kind: TimeoutRetransmission, N: n, FIN: true} }
	for _, b := range []struct {
		name         string
		from         TCB
		event        Event
		right, wrong any
		see          func(TCB, Effects) any
	}{
		{"last-ack-any-ack", lastAck(), ack(302, 101), LastAck, Closed, state},
		{"last-ack-any-ack", closing(), ack(302, 101), Closing, Closing, state},
		{"data-ack-as-fin-ack", twoOut, ack(301, 102), FinWait1, FinWait2, state},
		{"data-ack-as-fin-ack", twoOut, ack(301, 101), FinWait1, FinWait1, state},
		{"data-ack-as-fin-ack", with(finQueued(), text(2, 2)), ack(301, 103), FinWait1, FinWait1, state},
		{"data-ack-as-fin-ack", lastAck(), ack(302, 101), LastAck, LastAck, state},
		{"fin-ack-one-less", twoOut, ack(301, 103), FinWait1, FinWait2, state},
		{"fin-ack-one-less", twoOut, ack(301, 102), FinWait1, FinWait1, state},
		{"fin-ack-one-less", finQueued(), ack(301, 101), FinWait1, FinWait1, state},
		{"fin-ack-one-more", finWait1(), ack(301, 102), FinWait2, FinWait1, state},
		{"closing-any-ack", closing(), ack(302, 101), Closing, TimeWait, state},
		{"closing-any-ack", lastAck(), ack(302, 101), LastAck, LastAck, state},
		{"fin-not-retransmitted", finWait1(), fin(0), "<SEQ=101><ACK=301><CTL=FIN,ACK>", "nothing", sent},
		{"fin-not-retransmitted", twoOut, fin(2), "<SEQ=101><ACK=301><CTL=FIN,ACK><DATA=2>", "<SEQ=101><ACK=301><CTL=ACK><DATA=2>", sent},
		{"fin-retransmitted-later", finWait1(), fin(0), "<SEQ=101><ACK=301><CTL=FIN,ACK>", "<SEQ=102><ACK=301><CTL=FIN,ACK>", sent},
		{"fin-retransmitted-later", twoOut, fin(2), "<SEQ=101><ACK=301><CTL=FIN,ACK><DATA=2>", "<SEQ=101><ACK=301><CTL=FIN,ACK><DATA=2>", sent},
		{"fin-retransmitted-later", twoOut, Event{Kind: TimeoutRetransmission, N: 1}, "<SEQ=101><ACK=301><CTL=ACK><DATA=1>", "<SEQ=101><ACK=301><CTL=ACK><DATA=1>", sent},
		{"closing-no-fin-bit", closing(), fin(0), "<SEQ=101><ACK=302><CTL=FIN,ACK>", "<SEQ=101><ACK=302><CTL=ACK>", sent},
		{"closing-no-fin-bit", finWait1(), fin(0), "<SEQ=101><ACK=301><CTL=FIN,ACK>", "<SEQ=101><ACK=301><CTL=FIN,ACK>", sent},
		{"close-wait-no-retransmission", with(closeWait(), text(1, 1)), Event{Kind: TimeoutRetransmission, N: 1}, "<SEQ=101><ACK=302><CTL=ACK><DATA=1>", "nothing", sent},
		{"close-wait-no-retransmission", lastAck(), fin(0), "<SEQ=101><ACK=302><CTL=FIN,ACK>", "<SEQ=101><ACK=302><CTL=FIN,ACK>", sent},
		{"fin-across-hole", established(), Arrive(Segment{SEQ: 304, ACK: 101, WND: window, CTL: FIN | ACK}), []any{Established, Seq(301), uint32(0)}, []any{CloseWait, Seq(305), uint32(0)}, received},
		{"fin-across-hole", established(), Arrive(Segment{SEQ: 301, ACK: 101, TXT: 1, WND: window, CTL: FIN | ACK}), []any{CloseWait, Seq(303), uint32(1)}, []any{CloseWait, Seq(303), uint32(1)}, received},
		{"fin-old-ack-dropped", with(established(), unread(1)), Arrive(Segment{SEQ: 302, ACK: 100, WND: window, CTL: FIN | ACK}), []any{CloseWait, true, false}, []any{Established, false, true}, owed},
		{"fin-old-ack-dropped", established(), Arrive(Segment{SEQ: 301, ACK: 101, WND: window, CTL: FIN | ACK}), []any{CloseWait, true, false}, []any{CloseWait, true, false}, owed},
		{"fin-old-ack-dropped", established(), Arrive(Segment{SEQ: 301, ACK: 100, TXT: 1, WND: window, CTL: ACK}), []any{Established, true, false}, []any{Established, true, false}, owed},
		{"skip-time-wait", closing(), ack(302, 102), TimeWait, Closed, state},
		{"skip-time-wait", closing(), ack(302, 102), "nothing", "nothing", sent},
		{"skip-time-wait", finWait2(), Arrive(Segment{SEQ: 301, ACK: 102, WND: window, CTL: FIN | ACK}), "nothing", "<SEQ=102><ACK=302><CTL=ACK>", sent},
		{"rst-wrong-seq", TCB{}, Arrive(Segment{SEQ: 9, ACK: 5, CTL: ACK}), "<SEQ=5><CTL=RST>", "<SEQ=9><CTL=RST>", sent},
		{"rst-wrong-seq", TCB{}, Arrive(Segment{SEQ: 9, CTL: SYN}), "<SEQ=0><ACK=10><CTL=RST,ACK>", "<SEQ=0><ACK=10><CTL=RST,ACK>", sent},
		{"data-counted-twice", with(finWait1(), unread(2)), Arrive(Segment{SEQ: 301, ACK: 101, TXT: 2, WND: window, CTL: ACK}), []any{FinWait1, Seq(303), uint32(2)}, []any{FinWait1, Seq(305), uint32(4)}, received},
		{"data-counted-twice", with(finWait1(), unread(2)), ack(302, 101), []any{FinWait1, Seq(303), uint32(2)}, []any{FinWait1, Seq(303), uint32(2)}, received},
		{"data-counted-twice", with(finWait1(), unread(2)), Arrive(Segment{SEQ: 1303, ACK: 101, TXT: 2, WND: window, CTL: ACK}), []any{FinWait1, Seq(303), uint32(2)}, []any{FinWait1, Seq(303), uint32(2)}, received},
		{"data-counted-twice", with(established(), unread(2)), Arrive(Segment{SEQ: 301, ACK: 101, TXT: 2, WND: window, CTL: ACK}), []any{Established, Seq(303), uint32(2)}, []any{Established, Seq(303), uint32(2)}, received},
		{"syn-received-swallows-fin", synReceived(), Arrive(Segment{SEQ: 301, ACK: 101, WND: window, CTL: FIN | ACK}), []any{CloseWait, true, false}, []any{Established, true, false}, owed},
		{"syn-received-swallows-fin", synReceived(), Arrive(Segment{SEQ: 301, ACK: 101, WND: window, CTL: FIN | ACK}), []any{CloseWait, Seq(302), uint32(0)}, []any{Established, Seq(302), uint32(0)}, received},
		{"syn-received-swallows-fin", synReceived(), Arrive(Segment{SEQ: 303, ACK: 101, WND: window, CTL: FIN | ACK}), []any{Established, Seq(301), uint32(0)}, []any{Established, Seq(301), uint32(0)}, received},
		{"syn-received-swallows-fin", finWait1(), Arrive(Segment{SEQ: 301, ACK: 102, WND: window, CTL: FIN | ACK}), TimeWait, TimeWait, state},
		{"syn-received-swallows-fin", established(), Arrive(Segment{SEQ: 301, ACK: 101, WND: window, CTL: FIN | ACK}), CloseWait, CloseWait, state},
		{"fin-wait-2-drops-data", finWait2(), Arrive(Segment{SEQ: 301, ACK: 102, TXT: 2, WND: window, CTL: ACK}), []any{FinWait2, Seq(303), uint32(2)}, []any{FinWait2, Seq(303), uint32(0)}, received},
		{"fin-wait-2-drops-data", finWait2(), Arrive(Segment{SEQ: 301, ACK: 102, TXT: 2, WND: window, CTL: ACK}), window - 2, window, room},
		{"fin-wait-2-drops-data", finWait1(), Arrive(Segment{SEQ: 301, ACK: 101, TXT: 2, WND: window, CTL: ACK}), []any{FinWait1, Seq(303), uint32(2)}, []any{FinWait1, Seq(303), uint32(2)}, received},
		{"second-fin-advances", closeWait(), Arrive(Segment{SEQ: 301, ACK: 101, WND: window, CTL: FIN | ACK}), []any{CloseWait, Seq(302), uint32(0)}, []any{CloseWait, Seq(303), uint32(0)}, received},
		{"second-fin-advances", closeWait(), Arrive(Segment{SEQ: 299, ACK: 101, WND: window, CTL: FIN | ACK}), []any{CloseWait, Seq(302), uint32(0)}, []any{CloseWait, Seq(302), uint32(0)}, received},
		{"second-fin-advances", closeWait(), Arrive(Segment{SEQ: 301, ACK: 101, TXT: 1, WND: window, CTL: ACK}), []any{CloseWait, Seq(302), uint32(0)}, []any{CloseWait, Seq(302), uint32(0)}, received},
		{"second-fin-advances", established(), Arrive(Segment{SEQ: 300, ACK: 101, WND: window, CTL: FIN | ACK}), []any{Established, Seq(301), uint32(0)}, []any{Established, Seq(301), uint32(0)}, received},
		{"last-ack-time-wait", lastAck(), ack(302, 102), Closed, TimeWait, state},
	} {
		d, ok := Lookup(b.name)
		assert.True(t, ok, b.name)
		var o Options
		d.Set(&o, true)
		next, fx := after(t, b.from, b.event)
		assert.Equal(t, b.right, b.see(next, fx), "without %s, %v", b.name, b.event)
		next, fx = o.Step(b.from, b.event)
		assert.Equal(t, b.wrong, b.see(next, fx), "with %s, %v", b.name, b.event)
	}
}

func state(c TCB, _ Effects) any { return c.State }
func room(c TCB, _ Effects) any  { return c.RCV.WND }

func sent(_ TCB, fx Effects) any {
	if !fx.Sends {
		return "nothing"
	}
	return fx.Segment.String()
}

func received(c TCB, _ Effects) any { return []any{c.State, c.RCV.NXT, c.Unread()} }
func owed(c TCB, fx Effects) any    { return []any{c.State, c.Is(ACKPending), fx.Dropped} }

// TestWhatABugKeepsQuiet: a retransmission that a bug suppresses is not due.
func TestWhatABugKeepsQuiet(t *testing.T) {
	_, fx := Options{FINNotRetransmitted: true}.Step(finWait1(), Event{Kind: TimeoutRetransmission, FIN: true})
	assert.Equal(t, NothingOutstanding, fx.Reply)
	assert.Zero(t, fx.Started)
}
