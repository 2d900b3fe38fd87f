package model

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestBugs: what the machine does right, and what it does under the bug.
func TestBugs(t *testing.T) {
	ack := func(seq, ack Seq) Event { return Arrive(Segment{SEQ: seq, ACK: ack, WND: window, CTL: ACK}) }
	twoOut := with(finQueued(), text(2, 2), func(c *TCB) { c.SND.NXT++ })
	retransmitFIN := func(n uint32) Event { return Event{Kind: TimeoutRetransmission, N: n, FIN: true} }
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
		{"fin-not-retransmitted", finWait1(), retransmitFIN(0), "<SEQ=101><ACK=301><CTL=FIN,ACK>", "nothing", sent},
		{"fin-not-retransmitted", twoOut, retransmitFIN(2), "<SEQ=101><ACK=301><CTL=FIN,ACK><DATA=2>", "<SEQ=101><ACK=301><CTL=ACK><DATA=2>", sent},
		{"fin-retransmitted-later", finWait1(), retransmitFIN(0), "<SEQ=101><ACK=301><CTL=FIN,ACK>", "<SEQ=102><ACK=301><CTL=FIN,ACK>", sent},
		{"fin-retransmitted-later", twoOut, retransmitFIN(2), "<SEQ=101><ACK=301><CTL=FIN,ACK><DATA=2>", "<SEQ=101><ACK=301><CTL=FIN,ACK><DATA=2>", sent},
		{"fin-retransmitted-later", twoOut, Event{Kind: TimeoutRetransmission, N: 1}, "<SEQ=101><ACK=301><CTL=ACK><DATA=1>", "<SEQ=101><ACK=301><CTL=ACK><DATA=1>", sent},
		{"closing-no-fin-bit", closing(), retransmitFIN(0), "<SEQ=101><ACK=302><CTL=FIN,ACK>", "<SEQ=101><ACK=302><CTL=ACK>", sent},
		{"closing-no-fin-bit", finWait1(), retransmitFIN(0), "<SEQ=101><ACK=301><CTL=FIN,ACK>", "<SEQ=101><ACK=301><CTL=FIN,ACK>", sent},
		{"close-wait-no-retransmission", with(closeWait(), text(1, 1)), Event{Kind: TimeoutRetransmission, N: 1}, "<SEQ=101><ACK=302><CTL=ACK><DATA=1>", "nothing", sent},
		{"close-wait-no-retransmission", lastAck(), retransmitFIN(0), "<SEQ=101><ACK=302><CTL=FIN,ACK>", "<SEQ=101><ACK=302><CTL=FIN,ACK>", sent},
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
		{"held-fin-lost", established(), fin(303), []any{Established, Seq(301), true}, []any{Established, Seq(301), false}, holdingFIN},
		{"held-fin-lost", established(), fin(301), CloseWait, CloseWait, state},
		{"held-fin-early", with(established(), holdsFIN(3)), data(301, 1), []any{Established, Seq(302), uint32(1)}, []any{CloseWait, Seq(305), uint32(0)}, received},
		{"held-fin-early", with(established(), holdsFIN(3)), ack(301, 101), []any{Established, Seq(301), uint32(0)}, []any{Established, Seq(301), uint32(0)}, received},
		{"held-fin-early", established(), data(301, 1), []any{Established, Seq(302), uint32(1)}, []any{Established, Seq(302), uint32(1)}, received},
		{"time-wait-ignores-fin", timeWait(), seg(301, 102, 0, FIN|ACK), "<SEQ=102><ACK=302><CTL=ACK>", "nothing", sent},
		{"time-wait-ignores-fin", timeWait(), seg(301, 102, 1, ACK), "<SEQ=102><ACK=302><CTL=ACK>", "<SEQ=102><ACK=302><CTL=ACK>", sent},
		{"time-wait-ignores-fin", lastAck(), seg(301, 101, 0, FIN|ACK), "<SEQ=102><ACK=302><CTL=ACK>", "<SEQ=102><ACK=302><CTL=ACK>", sent},
		{"time-wait-not-restarted", timeWait(), seg(301, 102, 0, FIN|ACK), []any{TimeWait, true, TimerTimeWait}, []any{TimeWait, true, Timers(0)}, timer},
		{"time-wait-not-restarted", timeWait(), seg(301, 102, 0, FIN|ACK), "<SEQ=102><ACK=302><CTL=ACK>", "<SEQ=102><ACK=302><CTL=ACK>", sent},
		{"time-wait-not-restarted", timeWait(), seg(302, 102, 1, ACK), []any{TimeWait, true, TimerTimeWait}, []any{TimeWait, true, Timers(0)}, timer},
		{"time-wait-not-restarted", closing(), ack(302, 102), []any{TimeWait, true, TimerTimeWait}, []any{TimeWait, true, TimerTimeWait}, timer},
		{"closing-no-timer", closing(), ack(302, 102), []any{TimeWait, true, TimerTimeWait}, []any{TimeWait, false, Timers(0)}, timer},
		{"closing-no-timer", finWait2(), seg(301, 102, 0, FIN|ACK), []any{TimeWait, true, TimerTimeWait}, []any{TimeWait, true, TimerTimeWait}, timer},
		{"reply-carries-fin", finWait1(), ack(300, 101), "<SEQ=102><ACK=301><CTL=ACK>", "<SEQ=101><ACK=301><CTL=FIN,ACK>", sent},
		{"reply-carries-fin", finQueued(), ack(300, 101), "<SEQ=101><ACK=301><CTL=ACK>", "<SEQ=101><ACK=301><CTL=ACK>", sent},
		{"reply-carries-fin", finWait2(), ack(300, 102), "<SEQ=102><ACK=301><CTL=ACK>", "<SEQ=102><ACK=301><CTL=ACK>", sent},
		{"rst-answered", TCB{}, seg(9, 5, 0, RST|ACK), "nothing", "<SEQ=5><CTL=RST>", sent},
		{"rst-not-validated", established(), seg(9, 0, 0, RST), Established, Closed, state},
		{"rst-not-validated", established(), ack(9, 101), Established, Established, state},
		{"syn-received-close-deletes", synReceived(), call(CallCLOSE, 0), FinWait1, Closed, state},
		{"syn-received-close-deletes", established(), call(CallCLOSE, 0), FinWait1, FinWait1, state},
		{"fin-ack-means-closing", finWait1(), seg(301, 102, 0, FIN|ACK), TimeWait, Closing, state},
		{"fin-ack-means-closing", finWait1(), ack(301, 102), FinWait2, FinWait2, state},
		{"fin-ack-means-closing", lastAck(), seg(302, 102, 0, FIN|ACK), Closed, Closed, state},
		{"last-ack-stuck", lastAck(), ack(302, 102), Closed, LastAck, state},
		{"last-ack-stuck", closing(), ack(302, 102), TimeWait, TimeWait, state},
		{"fin-hides-ack", finWait1(), seg(301, 102, 0, FIN|ACK), TimeWait, Closing, state},
		{"fin-hides-ack", finWait1(), ack(301, 102), FinWait2, FinWait2, state},
		{"eof-lost", established(), fin(301), []any{CloseWait, true}, []any{CloseWait, false}, readable},
		{"half-close-resets", established(), seg(301, 101, 0, FIN|ACK), []any{CloseWait, "nothing"}, []any{Closed, "<SEQ=101><CTL=RST>"}, stateAndSent},
		{"half-close-resets", finWait2(), seg(301, 102, 0, FIN|ACK), []any{TimeWait, "nothing"}, []any{TimeWait, "nothing"}, stateAndSent},
		{"fin-without-number", finWait1(), ack(301, 101), FinWait1, FinWait2, state},
		{"fin-without-number", twoOut, ack(301, 103), FinWait1, FinWait2, state},
		{"fin-without-number", twoOut, ack(301, 102), FinWait1, FinWait1, state},
		{"fin-without-number", finQueued(), ack(301, 101), FinWait1, FinWait1, state},
		{"fin-without-number", closeWait(), Event{Kind: OutputAck}, "<SEQ=101><ACK=302><CTL=ACK>", "<SEQ=101><ACK=301><CTL=ACK>", sent},
		{"fin-without-number", finWait2(), Event{Kind: OutputAck}, "<SEQ=102><ACK=301><CTL=ACK>", "<SEQ=101><ACK=301><CTL=ACK>", sent},
		{"fin-without-number", finWait1(), retransmitFIN(0), "<SEQ=101><ACK=301><CTL=FIN,ACK>", "<SEQ=101><ACK=301><CTL=FIN,ACK>", sent},
		{"fin-without-number", closeWait(), ack(301, 101), "<SEQ=101><ACK=302><CTL=ACK>", "nothing", sent},
		{"fin-without-number", closeWait(), call(CallABORT, 0), "<SEQ=101><CTL=RST>", "<SEQ=101><CTL=RST>", sent},
		{"closed-silent", TCB{}, ack(9, 5), "<SEQ=5><CTL=RST>", "nothing", sent},
		{"closed-silent", TCB{}, Arrive(Segment{SEQ: 9, CTL: SYN}), "<SEQ=0><ACK=10><CTL=RST,ACK>", "nothing", sent},
		{"close-flushes", with(established(), text(2, 1)), call(CallCLOSE, 0), uint32(1), uint32(0), unsent},
		{"close-flushes", with(closeWait(), text(2, 0)), call(CallCLOSE, 0), uint32(2), uint32(0), unsent},
		{"held-hides-ack", finWait1(), seg(302, 102, 1, ACK), FinWait2, FinWait1, state},
		{"held-hides-ack", finWait1(), seg(301, 102, 1, ACK), FinWait2, FinWait2, state},
		{"held-hides-ack", finWait1(), seg(302, 102, 0, ACK), FinWait2, FinWait2, state},
		{"closing-skipped", finWait1(), seg(301, 101, 0, FIN|ACK), []any{Closing, false, Timers(0)}, []any{TimeWait, true, TimerTimeWait}, timer},
		{"closing-skipped", finWait2(), seg(301, 102, 0, FIN|ACK), TimeWait, TimeWait, state},
		{"last-ack-skipped", with(closeWait(), closed), Event{Kind: OutputTransmit, FIN: true}, []any{LastAck, "<SEQ=101><ACK=302><CTL=FIN,ACK>"}, []any{Closed, "<SEQ=101><ACK=302><CTL=FIN,ACK>"}, stateAndSent},
		{"last-ack-skipped", finQueued(), Event{Kind: OutputTransmit, FIN: true}, FinWait1, FinWait1, state},
		{"fin-before-ack-ignored", finWait1(), seg(301, 102, 0, FIN|ACK), TimeWait, FinWait1, state},
		{"fin-before-ack-ignored", finWait1(), seg(301, 101, 0, FIN|ACK), Closing, Closing, state},
		{"fin-before-ack-ignored", finWait1(), ack(301, 102), FinWait2, FinWait2, state},
		{"fin-before-ack-ignored", finWait2(), seg(301, 102, 0, FIN|ACK), TimeWait, TimeWait, state},
		{"fin-before-ack-ignored", finQueued(), seg(301, 101, 0, FIN|ACK), Closing, Closing, state},
		{"close-unread-sends-fin", with(established(), unread(2)), call(CallCLOSE, 0), []any{FinWait1, Seq(303), uint32(2)}, []any{FinWait1, Seq(303), uint32(0)}, received},
		{"close-unread-sends-fin", with(established(), unread(2)), call(CallCLOSE, 0), window - 2, window, room},
		{"data-after-close-acked", with(finWait2(), noReader), data(301, 2), []any{Closed, Seq(0), uint32(0)}, []any{FinWait2, Seq(303), uint32(0)}, received},
		{"data-after-close-acked", finWait2(), seg(301, 102, 2, ACK), []any{FinWait2, Seq(303), uint32(2)}, []any{FinWait2, Seq(303), uint32(2)}, received},
		{"close-stops-probes", with(finQueued(), shut), Event{Kind: OutputProbe}, "<SEQ=101><ACK=301><CTL=FIN,ACK>", "nothing", sent},
		{"close-stops-probes", with(established(), text(1, 0), shut), Event{Kind: OutputProbe}, "<SEQ=101><ACK=301><CTL=ACK><DATA=1>", "<SEQ=101><ACK=301><CTL=ACK><DATA=1>", sent},
		{"ack-at-once", established(), data(301, 1), "nothing", "<SEQ=101><ACK=302><CTL=ACK>", sent},
		{"ack-at-once", established(), ack(301, 101), "nothing", "nothing", sent},
		{"ack-at-once", synSent(), seg(300, 101, 0, SYN|ACK), "nothing", "<SEQ=101><ACK=301><CTL=ACK>", sent},
		{"text-not-held", established(), data(302, 1), []any{1, false}, []any{0, true}, holding},
		{"challenge-echoes", established(), seg(305, 0, 0, RST), "<SEQ=101><ACK=301><CTL=ACK>", "<SEQ=101><ACK=305><CTL=ACK>", sent},
		{"challenge-echoes", established(), seg(305, 0, 0, SYN), "<SEQ=101><ACK=301><CTL=ACK>", "<SEQ=101><ACK=301><CTL=ACK>", sent},
		{"fin-without-ack", established(), seg(301, 0, 0, FIN), []any{Established, false, true}, []any{CloseWait, true, false}, owed},
		{"fin-without-ack", established(), seg(301, 0, 1, 0), []any{Established, false, true}, []any{Established, false, true}, owed},
		{"text-after-fin-advances", closeWait(), data(302, 2), []any{CloseWait, Seq(302), uint32(0)}, []any{CloseWait, Seq(304), uint32(0)}, received},
		{"text-after-fin-advances", closeWait(), data(303, 2), []any{CloseWait, Seq(302), uint32(0)}, []any{CloseWait, Seq(302), uint32(0)}, received},
		{"new-fin-advances", lastAck(), seg(302, 101, 0, FIN|ACK), []any{LastAck, Seq(302), uint32(0)}, []any{LastAck, Seq(303), uint32(0)}, received},
		{"new-fin-advances", closeWait(), seg(303, 101, 0, FIN|ACK), []any{CloseWait, Seq(302), uint32(0)}, []any{CloseWait, Seq(302), uint32(0)}, received},
		{"text-not-held", established(), seg(302, 101, 1, FIN|ACK), []any{Established, Seq(301), true}, []any{Established, Seq(301), false}, holdingFIN},
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

func stateAndSent(c TCB, fx Effects) any { return []any{c.State, sent(c, fx)} }
func unsent(c TCB, _ Effects) any        { return c.Unsent() }
func holding(c TCB, fx Effects) any      { return []any{int(c.NumHeld), fx.Dropped} }
func holdingFIN(c TCB, _ Effects) any    { return []any{c.State, c.RCV.NXT, c.Is(FINHeld)} }
func readable(c TCB, _ Effects) any      { return []any{c.State, c.Readable()} }
func timer(c TCB, fx Effects) any        { return []any{c.State, c.Is(TimerTW), fx.Started} }

func received(c TCB, _ Effects) any { return []any{c.State, c.RCV.NXT, c.Unread()} }
func owed(c TCB, fx Effects) any    { return []any{c.State, c.Is(ACKPending), fx.Dropped} }

// TestWhatABugKeepsQuiet: a retransmission that a bug suppresses is not due.
func TestWhatABugKeepsQuiet(t *testing.T) {
	_, fx := Options{FINNotRetransmitted: true}.Step(finWait1(), Event{Kind: TimeoutRetransmission, FIN: true})
	assert.Equal(t, NothingOutstanding, fx.Reply)
	assert.Zero(t, fx.Started)
}

// TestTIMEWAITPanics: one stack did not expect what is no FIN there.
func TestTIMEWAITPanics(t *testing.T) {
	o := Options{TimeWaitPanics: true}
	assert.Panics(t, func() { o.Step(timeWait(), seg(302, 102, 0, ACK)) })
	assert.NotPanics(t, func() { o.Step(timeWait(), seg(301, 102, 0, FIN|ACK)) })
	assert.NotPanics(t, func() { o.Step(lastAck(), seg(302, 102, 0, ACK)) })
}
