package model

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLISTEN(t *testing.T) {
	c, fx := after(t, listening(), Arrive(Segment{SEQ: 300, WND: 77, CTL: SYN}))
	assert.Equal(t, Segment{SEQ: 0, ACK: 301, WND: window, CTL: SYN | ACK}, fx.Segment)
	assert.True(t, fx.Answers)
	assert.Equal(t, SynReceived, c.State)
	assert.True(t, c.Is(Passive), "MUST-11")
	assert.Equal(t, SendVars{ISS: 0, UNA: 0, NXT: 1, END: 1, WND: 77, WL1: 300}, c.SND)
	assert.Equal(t, RecvVars{IRS: 300, NXT: 301, READ: 301, WND: window}, c.RCV)
	assert.Equal(t, TimerRetransmission, fx.Started)
	c, _ = after(t, listening(), selecting(seg(300, 0, 0, SYN), 700))
	assert.Equal(t, []Seq{700, 700, 701, 701, 700}, []Seq{c.SND.ISS, c.SND.UNA, c.SND.NXT, c.SND.END, c.SND.WL2})

	for _, g := range []Event{seg(300, 0, 0, RST), seg(300, 5, 0, RST|ACK), seg(300, 0, 3, 0), seg(300, 0, 0, FIN), seg(300, 0, 0, RST|SYN)} {
		next, fx := after(t, listening(), g)
		assert.Equal(t, listening(), next, "%v", g)
		assert.False(t, fx.Sends)
	}
	for _, g := range []Event{seg(300, 5, 0, ACK), seg(300, 5, 0, SYN|ACK), seg(300, 5, 3, FIN|ACK)} {
		next, fx := after(t, listening(), g)
		assert.Equal(t, listening(), next)
		assert.Equal(t, Segment{SEQ: 5, CTL: RST}, fx.Segment, "any acknowledgment is bad")
	}
}

// TestTextAndFINWithSYN: what comes with the SYN waits for ESTABLISHED.
func TestTextAndFINWithSYN(t *testing.T) {
	for _, base := range []TCB{listening(), synSent()} {
		c, fx := after(t, base, selecting(seg(300, 0, 3, SYN|FIN), 100))
		assert.Equal(t, "<SEQ=100><ACK=301><CTL=SYN,ACK>", fx.Segment.String(), "only the SYN is acknowledged")
		assert.Equal(t, SynReceived, c.State)
		assert.Zero(t, fx.Notices, "nothing is told before")
		next, fx := after(t, c, seg(301, 101, 0, ACK))
		assert.Equal(t, CloseWait, next.State, "then text and FIN count")
		assert.EqualValues(t, 3, next.Unread())
		assert.EqualValues(t, 305, next.RCV.NXT)
		assert.True(t, next.Is(ACKPending))
		assert.True(t, fx.Told(ToldEstablished|ToldClosing))

		c, _ = after(t, base, selecting(seg(300, 0, 3, SYN), 100))
		next, _ = after(t, c, seg(301, 101, 0, ACK))
		assert.Equal(t, Established, next.State)
		assert.EqualValues(t, 3, next.Unread())

		small := but(base, func(c *TCB) { c.RCV.WND = 3 })
		for n, held := range map[uint32]bool{2: true, 3: false, 4: false} {
			c, _ = after(t, small, seg(300, 0, n, SYN|FIN))
			assert.Equal(t, held, c.Is(FINHeld), "a FIN outside the window is not held: %d", n)
			assert.Equal(t, []Range{{1, 1 + Seq(min(n, 3))}}, c.relativeHeld())
		}
		c, fx = Options{ListenDropsSYNFIN: true}.after(t, base, seg(300, 0, 0, SYN|FIN))
		assert.Equal(t, base.State == Listen, c == base, "a deviation drops it, in LISTEN")
		assert.Equal(t, base.State != Listen, fx.Sends)
		c, _ = Options{ListenDropsSYNFIN: true}.after(t, base, seg(300, 0, 0, SYN))
		assert.Equal(t, SynReceived, c.State)
	}
	c := but(synReceived(), func(c *TCB) { c.Held[0], c.NumHeld = Range{301, 303}, 1 })
	c, _ = after(t, c, call(CallCLOSE, 0))
	assert.Equal(t, FinWait1, c.State)
	c, _ = after(t, c, seg(301, 101, 0, ACK))
	assert.EqualValues(t, 2, c.Unread(), "a CLOSE in SYN-RECEIVED does not lose what came with the SYN")
}

func TestSYNSENT(t *testing.T) {
	c, fx := after(t, synSent(), Arrive(Segment{SEQ: 300, ACK: 101, WND: 77, CTL: SYN | ACK}))
	assert.Equal(t, Established, c.State)
	assert.True(t, c.Is(ACKPending))
	assert.Equal(t, ToldEstablished, fx.Notices)
	assert.Equal(t, TimerRetransmission, fx.Stopped, "the SYN is acknowledged")
	assert.Equal(t, SendVars{ISS: 100, UNA: 101, NXT: 101, END: 101, WND: 77, WL1: 300, WL2: 101}, c.SND)
	assert.Equal(t, RecvVars{IRS: 300, NXT: 301, READ: 301, WND: window}, c.RCV)
	c, _ = after(t, synSent(), seg(300, 101, 2, SYN|FIN|ACK))
	assert.Equal(t, CloseWait, c.State, "other controls or text in the segment are processed")
	assert.EqualValues(t, 2, c.Unread())

	c, fx = after(t, with(synSent(), text(3, 0)), Arrive(Segment{SEQ: 300, WND: 77, CTL: SYN}))
	assert.Equal(t, SynReceived, c.State, "a simultaneous open")
	assert.False(t, c.Is(Passive))
	assert.Equal(t, Segment{SEQ: 100, ACK: 301, WND: window, CTL: SYN | ACK}, fx.Segment)
	assert.Equal(t, SendVars{ISS: 100, UNA: 100, NXT: 101, END: 104, WND: 77, WL1: 300, WL2: 100}, c.SND)

	for _, ack := range []Seq{99, 100, 102} {
		for _, ctl := range []Ctl{ACK, SYN | ACK, FIN | ACK} {
			next, fx := after(t, synSent(), seg(300, ack, 0, ctl))
			assert.Equal(t, synSent(), next)
			assert.Equal(t, Segment{SEQ: ack, CTL: RST}, fx.Segment)
			assert.True(t, fx.Dropped)
		}
		next, fx := after(t, synSent(), seg(300, ack, 0, RST|ACK))
		assert.Equal(t, synSent(), next, "a RST without an acceptable ACK")
		assert.False(t, fx.Sends)
	}
	next, _ := after(t, synSent(), seg(300, 0, 0, RST))
	assert.Equal(t, synSent(), next, "or without any")
	next, fx = after(t, synSent(), seg(300, 101, 0, RST|ACK))
	assert.Equal(t, TCB{}, next)
	assert.True(t, fx.Told(ToldReset|ToldFlushed))
	for _, g := range []Event{seg(301, 101, 0, ACK), seg(301, 101, 0, FIN|ACK), seg(301, 0, 1, 0)} {
		next, fx = after(t, synSent(), g)
		assert.Equal(t, synSent(), next, "a FIN that overtakes the SYN,ACK is lost")
		assert.True(t, fx.Dropped && !fx.Sends)
	}
}

func TestCLOSED(t *testing.T) {
	for _, c := range []TCB{{}, leftover(2, true)} {
		for _, row := range []struct {
			g    Segment
			want Segment
		}{
			{Segment{SEQ: 9, ACK: 5, CTL: ACK}, Segment{SEQ: 5, CTL: RST}},
			{Segment{SEQ: 9, ACK: 5, TXT: 3, CTL: FIN | ACK}, Segment{SEQ: 5, CTL: RST}},
			{Segment{SEQ: 9, CTL: SYN}, Segment{ACK: 10, CTL: RST | ACK}},
			{Segment{SEQ: 9, TXT: 3, CTL: SYN | FIN}, Segment{ACK: 14, CTL: RST | ACK}},
			{Segment{SEQ: 9, TXT: 3}, Segment{ACK: 12, CTL: RST | ACK}},
		} {
			next, fx := after(t, c, Arrive(row.g))
			assert.Equal(t, c, next)
			assert.Equal(t, row.want, fx.Segment)
			assert.True(t, fx.Dropped && fx.Answers)
		}
		_, fx := after(t, c, seg(9, 5, 0, RST|ACK))
		assert.False(t, fx.Sends, "a RST is discarded")
		assert.True(t, fx.Dropped)
	}
}
