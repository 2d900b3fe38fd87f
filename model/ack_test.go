package model

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestACKOfOurSYN: "If SND.UNA < SEG.ACK =< SND.NXT"; otherwise a reset.
func TestACKOfOurSYN(t *testing.T) {
	for _, base := range []TCB{synReceived(), synReceivedPassive()} {
		next, fx := after(t, base, Arrive(Segment{SEQ: 301, ACK: 101, WND: 77, CTL: ACK}))
		want := but(established(), func(c *TCB) { c.Flags, c.SND.WND = base.Flags, 77 })
		assert.Equal(t, want, next, "the window, WL1 and WL2 come from this segment")
		assert.Equal(t, TimerRetransmission, fx.Stopped)
		assert.Equal(t, ToldEstablished, fx.Notices)
		for _, ack := range []Seq{99, 100, 102} {
			next, fx = after(t, base, seg(301, ack, 1, ACK))
			assert.Equal(t, base, next)
			assert.Equal(t, Segment{SEQ: ack, CTL: RST}, fx.Segment)
			assert.True(t, fx.Dropped)
		}
	}
}

func TestACKOfText(t *testing.T) {
	c := with(established(), text(5, 4))
	next, fx := after(t, c, seg(301, 103, 0, ACK))
	assert.EqualValues(t, 103, next.SND.UNA)
	assert.EqualValues(t, 2, next.SND.ACKED, "two octets of the stream are acknowledged")
	assert.Equal(t, TimerRetransmission, fx.Started, "two are not")
	assert.Zero(t, fx.Stopped)
	assert.Equal(t, ToldSent, fx.Notices)
	next, fx = after(t, next, seg(301, 105, 0, ACK))
	assert.EqualValues(t, 4, next.SND.ACKED)
	assert.Equal(t, TimerRetransmission, fx.Stopped, "all that was sent is acknowledged")
	assert.Zero(t, fx.Started)
	_, fx = after(t, next, Event{Kind: OutputTransmit, N: 1})
	assert.EqualValues(t, 4, fx.Segment.OCT, "the ghost names the octet")

	same, fx := after(t, c, seg(301, 101, 0, ACK))
	assert.Equal(t, c, same, "a duplicate is ignored")
	assert.Zero(t, fx.Started|fx.Stopped)
	assert.Zero(t, fx.Notices)
	for _, ack := range []Seq{106, 106 + 1<<30} {
		same, fx = after(t, c, seg(301, ack, 3, FIN|ACK))
		assert.Equal(t, c, same, "an ACK of the unsent, with its text and FIN, is dropped")
		assert.Equal(t, "<SEQ=105><ACK=301><CTL=ACK>", fx.Segment.String())
		assert.True(t, fx.Dropped)
	}
	next, _ = after(t, c, seg(301, 90, 2, FIN|ACK))
	assert.Equal(t, CloseWait, next.State, "an old ACK is ignored, the segment is not")
}

// TestWindowUpdates: "The check here prevents using old segments to update the window."
func TestWindowUpdates(t *testing.T) {
	c := with(established(), text(9, 9), func(c *TCB) { c.SND.UNA, c.SND.WL1, c.SND.WL2 = 105, 303, 105; c.RCV.NXT = 303; c.RCV.READ = 303 })
	for _, row := range []struct {
		seq, ack Seq
		updated  bool
	}{
		{303, 105, true}, {303, 106, true}, {304, 105, true}, {303, 104, false}, {304, 104, false}, {304, 110, true},
	} {
		next, _ := after(t, c, Arrive(Segment{SEQ: row.seq, ACK: row.ack, WND: 5, CTL: ACK}))
		assert.Equal(t, row.updated, next.SND.WND == 5, "%+v", row)
		if row.updated {
			assert.Equal(t, []Seq{row.seq, row.ack}, []Seq{next.SND.WL1, next.SND.WL2})
		}
	}
	newer := but(c, func(c *TCB) { c.SND.WL1 = 310 })
	next, _ := after(t, newer, Arrive(Segment{SEQ: 309, ACK: 108, WND: 5, CTL: ACK}))
	assert.Equal(t, window, next.SND.WND, "a segment sent before the last update")
	assert.EqualValues(t, 108, next.SND.UNA)
	newer = but(c, func(c *TCB) { c.SND.WL2 = 109 })
	next, _ = after(t, newer, Arrive(Segment{SEQ: 303, ACK: 108, WND: 5, CTL: ACK}))
	assert.Equal(t, window, next.SND.WND, "the same SEG.SEQ with an older SEG.ACK")
}

// TestACKOfFIN: only SND.UNA past the FIN counts, and only if it was sent.
func TestACKOfFIN(t *testing.T) {
	textAndFIN := func(c TCB) TCB {
		return with(c, func(c *TCB) { c.SND.END += 2; c.SND.NXT += 2 })
	}
	for _, row := range []struct {
		from    TCB
		seq     Seq
		partial Seq
		whole   Seq
		to      State
		told    bool
	}{
		{textAndFIN(finWait1()), 301, 103, 104, FinWait2, true},
		{textAndFIN(closing()), 302, 103, 104, TimeWait, true},
		{textAndFIN(lastAck()), 302, 103, 104, Closed, true},
	} {
		next, fx := after(t, row.from, seg(row.seq, row.partial, 0, ACK))
		assert.Equal(t, row.from.State, next.State, "the text is acknowledged, the FIN is not")
		assert.True(t, fx.Told(ToldSent))
		assert.False(t, fx.Told(ToldCloseOK))
		next, fx = after(t, row.from, seg(row.seq, row.whole, 0, ACK))
		assert.Equal(t, row.to, next.State)
		assert.True(t, fx.Told(ToldCloseOK|ToldSent))
		assert.Equal(t, row.to == TimeWait, fx.Started == TimerTimeWait)
	}
	queued := with(finQueued(), text(2, 2))
	next, _ := after(t, queued, seg(301, 103, 0, ACK))
	assert.Equal(t, FinWait1, next.State, "the state does not tell that the FIN was sent")
	next, _ = after(t, with(closingFINQueued(), text(2, 2)), seg(302, 103, 0, ACK))
	assert.Equal(t, Closing, next.State)
	for _, c := range []TCB{finWait1(), with(finWait1(), holdsFIN(0+1))} {
		next, fx := after(t, c, seg(301, 102, 0, FIN|ACK))
		assert.Equal(t, TimeWait, next.State, "note 2: one segment")
		assert.Equal(t, []Taken{{FinWait1, RcvACKofFIN, FinWait2}, {FinWait2, RcvFIN, TimeWait}}, fx.Arrows[:fx.NumArrows])
		assert.Equal(t, TimerRetransmission|TimerPersist, fx.Stopped)
	}
}

func TestNoACKNoEffect(t *testing.T) {
	for s := SynReceived; s < NumStates; s++ {
		c := byState[s]
		for _, g := range []Event{seg(c.RCV.NXT, 0, 2, 0), seg(c.RCV.NXT, 0, 0, FIN), seg(c.RCV.NXT+2, 0, 2, FIN)} {
			next, fx := after(t, c, g)
			assert.Equal(t, c, next, "%v in %v", g, s)
			assert.True(t, fx.Dropped && !fx.Sends)
		}
	}
}
