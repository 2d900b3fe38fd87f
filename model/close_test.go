package model

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestCLOSEInESTABLISHED(t *testing.T) {
	c, fx := after(t, with(established(), text(2, 0)), call(CallCLOSE, 0))
	assert.Equal(t, FinWait1, c.State, "in any case")
	assert.False(t, c.FINSent(), "the FIN waits behind the text")
	assert.False(t, fx.Sends)
	_, fx = after(t, c, Event{Kind: OutputTransmit, FIN: true})
	assert.Equal(t, NothingQueued, fx.Reply, "the FIN does not overtake the text")
	c, fx = after(t, c, Event{Kind: OutputTransmit, N: 2, FIN: true})
	assert.Equal(t, "<SEQ=101><ACK=301><CTL=FIN,ACK><DATA=2>", fx.Segment.String())
	assert.True(t, c.FINSent())
}

// TestCLOSEInSYNRECEIVED: "If no SENDs have been issued and there is no
// pending data to send", at once; otherwise after ESTABLISHED.
func TestCLOSEInSYNRECEIVED(t *testing.T) {
	for _, base := range []TCB{synReceived(), synReceivedPassive()} {
		c, _ := after(t, base, call(CallCLOSE, 0))
		assert.Equal(t, FinWait1, c.State)
		c, fx := after(t, c, Event{Kind: OutputTransmit, FIN: true})
		assert.Equal(t, "<SEQ=101><ACK=301><CTL=FIN,ACK>", fx.Segment.String(), "a FIN while the SYN is unacknowledged")
		_, fx = after(t, c, Event{Kind: TimeoutRetransmission})
		assert.Equal(t, "<SEQ=100><ACK=301><CTL=SYN,ACK>", fx.Segment.String(), "the SYN is the front of the queue")
		half, _ := after(t, c, Arrive(Segment{SEQ: 301, ACK: 101, WND: window, CTL: ACK}))
		assert.Equal(t, FinWait1, half.State, "the ACK of the SYN is not the ACK of the FIN")
		_, fx = after(t, half, Event{Kind: TimeoutRetransmission, FIN: true})
		assert.Equal(t, "<SEQ=101><ACK=301><CTL=FIN,ACK>", fx.Segment.String())
		both, fx := after(t, c, Arrive(Segment{SEQ: 301, ACK: 102, WND: window, CTL: ACK}))
		assert.Equal(t, FinWait2, both.State)
		assert.Equal(t, TimerRetransmission, fx.Stopped)
		assert.False(t, fx.Told(ToldSent), "neither of them is text")
	}
}

func TestCLOSEQueuedInSYNRECEIVED(t *testing.T) {
	for _, base := range []TCB{synReceived(), synReceivedPassive()} {
		c, fx := after(t, with(base, text(2, 0)), call(CallCLOSE, 0))
		assert.Equal(t, SynReceived, c.State, "the CLOSE waits for ESTABLISHED")
		assert.Equal(t, OK, fx.Reply)
		_, fx = after(t, c, call(CallCLOSE, 0))
		assert.Equal(t, ErrConnClosing, fx.Reply, "it is not called twice")

		_, fx = after(t, c, Arrive(Segment{SEQ: 301, ACK: 101, WND: window, CTL: ACK}))
		assert.Equal(t, []Taken{{SynReceived, RcvACKofSYN, Established}, {Established, CallClose, FinWait1}}, fx.Arrows[:fx.NumArrows])
		next, fx := after(t, c, Arrive(Segment{SEQ: 301, ACK: 101, WND: window, CTL: FIN | ACK}))
		assert.Equal(t, Closing, next.State, "also with a FIN in the same segment")
		assert.EqualValues(t, 3, fx.NumArrows)
		assert.EqualValues(t, 2, next.Unsent(), "the text is still to be sent")

		next, fx = after(t, c, Arrive(Segment{SEQ: 301, WND: window, CTL: RST}))
		assert.Equal(t, TCB{}, next, "a RST ends it")
		assert.Equal(t, !base.Is(Passive), fx.Told(ToldRefused))
		if base.Is(Passive) {
			assert.Equal(t, []Taken{{SynReceived, RcvRSTPassive, Listen}, {Listen, CallClose, Closed}}, fx.Arrows[:fx.NumArrows],
				"the CLOSE finds itself in LISTEN")
		}
	}
}

func TestCLOSEInCLOSEWAIT(t *testing.T) {
	c, fx := after(t, with(closeWait(), text(1, 0)), call(CallCLOSE, 0))
	assert.Equal(t, CloseWait, c.State, "LAST-ACK only when the FIN is sent")
	assert.Equal(t, OK, fx.Reply)
	_, fx = after(t, c, call(CallCLOSE, 0))
	assert.Equal(t, ErrConnClosing, fx.Reply)
	c, _ = after(t, c, Event{Kind: OutputTransmit, N: 1})
	assert.Equal(t, CloseWait, c.State)
	c, fx = after(t, c, Event{Kind: OutputTransmit, FIN: true})
	assert.Equal(t, LastAck, c.State)
	assert.Equal(t, "<SEQ=102><ACK=302><CTL=FIN,ACK>", fx.Segment.String())
	c, fx = after(t, c, Arrive(Segment{SEQ: 302, ACK: 102, WND: window, CTL: ACK}))
	assert.Equal(t, LastAck, c.State)
	assert.EqualValues(t, 102, c.SND.UNA, "the ACK of a part advances SND.UNA in LAST-ACK, too")
	assert.Equal(t, TimerRetransmission, fx.Started)
	assert.True(t, fx.Told(ToldSent))
}

func TestHalfDuplexCLOSE(t *testing.T) {
	o := Options{HalfDuplexClose: true}
	for _, base := range []TCB{with(established(), unread(1)), but(closeWait(), func(c *TCB) { c.RCV.READ--; c.RCV.IRS-- })} {
		c, fx := o.after(t, base, call(CallCLOSE, 0))
		assert.Equal(t, TCB{}, c, "received data is lost by CLOSE: a RST shows it")
		assert.Equal(t, "<SEQ=101><CTL=RST>", fx.Segment.String())
		assert.Equal(t, OK, fx.Reply)
		c, _ = after(t, base, call(CallCLOSE, 0))
		assert.NotEqual(t, Closed, c.State, "only under that reading")
	}
	c, fx := o.after(t, with(established(), wants(4)), call(CallCLOSE, 0))
	assert.Equal(t, FinWait1, c.State, "nothing is lost yet")
	assert.False(t, fx.Sends)
	assert.Zero(t, c.RCV.WANT)
	_, fx = o.after(t, c, call(CallRECEIVE, 1))
	assert.Equal(t, ErrConnClosing, fx.Reply, "the user cannot read any more")
	for _, seq := range []Seq{301, 305} {
		next, fx := o.after(t, c, Arrive(Segment{SEQ: seq, ACK: 101, TXT: 1, WND: window, CTL: ACK}))
		assert.Equal(t, TCB{}, next, "new data is received after CLOSE")
		assert.Equal(t, "<SEQ=101><CTL=RST>", fx.Segment.String())
	}
	next, _ := o.after(t, c, Arrive(Segment{SEQ: 300, ACK: 101, TXT: 1, WND: window, CTL: ACK}))
	assert.Equal(t, FinWait1, next.State, "old data is not new data")
	next, fx = o.after(t, c, Arrive(Segment{SEQ: 301, ACK: 101, WND: window, CTL: FIN | ACK}))
	assert.Equal(t, Closing, next.State, "a FIN loses nothing")
	assert.False(t, fx.Told(ToldEOF), "and there is nobody to tell of the end")

	c, _ = o.after(t, with(synReceived(), holds(0, 2)), call(CallCLOSE, 0))
	assert.True(t, c.Is(NoReader), "in SYN-RECEIVED, too")
	next, _ = o.after(t, c, Arrive(Segment{SEQ: 301, ACK: 101, WND: window, CTL: ACK}))
	assert.Equal(t, TCB{}, next, "the text that came with the SYN is lost")
	c, _ = o.after(t, with(established(), holds(3, 5)), call(CallCLOSE, 0))
	next, _ = o.after(t, c, Arrive(Segment{SEQ: 301, ACK: 101, WND: window, CTL: ACK}))
	assert.Equal(t, FinWait1, next.State, "text behind a hole is not received yet")

	c = shift(but(finQueued(), noReader), 0, -c.RCV.NXT)
	next, _ = o.after(t, c, Arrive(Segment{SEQ: 0, ACK: 101, WND: window, CTL: ACK}))
	assert.Equal(t, FinWait1, next.State, "nor is nothing, also at the sequence number 0")

	for _, c := range []TCB{finWait1(), finWait2(), closing(), lastAck(), timeWait(), resetSent(), with(closeWait(), closed)} {
		next, fx := o.after(t, c, call(CallCLOSE, 0))
		assert.Equal(t, c, next, "a second CLOSE in %v", c.State)
		assert.Equal(t, ErrConnClosing, fx.Reply)
	}
	next, _ = o.after(t, synSent(), call(CallCLOSE, 0))
	assert.Equal(t, TCB{}, next)
}

func TestABORT(t *testing.T) {
	for s, rst := range map[State]string{
		Listen: "", SynSent: "", SynReceived: "<SEQ=101><CTL=RST>", Established: "<SEQ=101><CTL=RST>", FinWait1: "<SEQ=102><CTL=RST>",
		FinWait2: "<SEQ=102><CTL=RST>", CloseWait: "<SEQ=101><CTL=RST>", Closing: "", LastAck: "", TimeWait: "",
	} {
		c, fx := after(t, byState[s], call(CallABORT, 0))
		assert.Equal(t, TCB{}, c, s)
		assert.Equal(t, rst != "", fx.Sends, s)
		if fx.Sends {
			assert.Equal(t, rst, fx.Segment.String(), s)
		}
		assert.True(t, fx.Told(ToldFlushed), s)

		c, fx = Options{AbortTimeWait: true}.after(t, byState[s], call(CallABORT, 0))
		if rst == "" {
			assert.Equal(t, TCB{}, c, s)
			continue
		}
		assert.Equal(t, TimeWait, c.State, "note 3: who sends a RST enters TIME-WAIT")
		assert.Equal(t, TimerTimeWait, fx.Started)
		assert.Equal(t, TimerRetransmission|TimerPersist, fx.Stopped)
	}
	c, _ := after(t, with(established(), unread(3)), call(CallABORT, 0))
	assert.Equal(t, TCB{}, c, "all queues are flushed")
	c, _ = after(t, but(timeWait(), func(c *TCB) { c.RCV.READ -= 2 }), call(CallABORT, 0))
	assert.Equal(t, TCB{}, c)
}

func TestABORTIntoTIMEWAIT(t *testing.T) {
	o := Options{AbortTimeWait: true}
	busy := with(established(), unread(2), text(3, 1), holds(1, 2), holdsFIN(5), owesACK)
	c, _ := o.after(t, busy, call(CallABORT, 0))
	assert.Equal(t, RSTSent|EOFTold|TimerTW, c.Flags)
	assert.Zero(t, c.Unread())
	assert.Zero(t, c.Unsent())
	assert.Zero(t, c.NumHeld)
	assert.Equal(t, c.SND.NXT, c.SND.UNA, "nothing is retransmitted")
	c, _ = o.after(t, with(established(), wants(4)), call(CallABORT, 0))
	assert.Zero(t, c.RCV.WANT)
	_, fx := o.after(t, c, call(CallRECEIVE, 1))
	assert.Equal(t, ErrConnClosing, fx.Reply, "there is nothing to wait for")
	_, fx = o.after(t, c, call(CallSEND, 1))
	assert.Equal(t, ErrConnClosing, fx.Reply)
	c, _ = o.after(t, c, Event{Kind: TimeoutTimeWait})
	assert.Equal(t, TCB{}, c)
}

// TestCLOSEReturnsTheQueue: CLOSE and ABORT in LISTEN and SYN-SENT return queued calls, silently.
func TestCLOSEReturnsTheQueue(t *testing.T) {
	for _, c := range []TCB{with(listening(), wants(1)), with(synSent(), wants(1), text(3, 0))} {
		next, fx := after(t, c, call(CallCLOSE, 0))
		assert.Equal(t, TCB{}, next)
		assert.True(t, fx.Told(ToldFlushed))
		assert.False(t, fx.Sends)
	}
	_, fx := after(t, synSent(), Event{Kind: CallSTATUS})
	assert.Equal(t, "SYN-SENT", synSent().State.String())
	assert.Equal(t, OK, fx.Reply)
}
