package model

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func again(off, n uint32, withFIN bool) Event {
	return Event{Kind: TimeoutRetransmission, Off: off, N: n, FIN: withFIN}
}

func TestRetransmission(t *testing.T) {
	c := with(established(), text(5, 4), owesACK, func(c *TCB) { c.SND.ACKED = 7 })
	next, fx := after(t, c, again(0, 4, false))
	assert.Equal(t, Segment{SEQ: 101, ACK: 301, WND: window, TXT: 4, OCT: 7, CTL: ACK}, fx.Segment)
	assert.Equal(t, TimerRetransmission, fx.Started)
	assert.False(t, next.Is(ACKPending))
	_, fx = after(t, c, again(2, 1, false))
	assert.Equal(t, Segment{SEQ: 103, ACK: 301, WND: window, TXT: 1, OCT: 9, CTL: ACK}, fx.Segment, "repacketized, the numbers are the same")
	for _, e := range []Event{again(0, 0, false), again(0, 5, false), again(2, 3, false), again(0, 4, true), again(4, 0, true), again(1<<32-1, 2, false)} {
		_, fx = after(t, c, e)
		assert.Equal(t, NothingOutstanding, fx.Reply, "%+v", e)
	}
	for s, c := range byState {
		_, fx = after(t, c, again(0, 1, false))
		assert.Equal(t, State(s) == SynSent || State(s) == SynReceived, fx.Sends, "%v has no text outstanding", State(s))
	}
}

func TestRetransmissionOfTheFIN(t *testing.T) {
	for _, base := range []TCB{finWait1(), closing(), lastAck()} {
		_, fx := after(t, base, again(0, 0, true))
		assert.Equal(t, Segment{SEQ: 101, ACK: base.RCV.NXT, WND: window, CTL: FIN | ACK}, fx.Segment)
		c := with(base, func(c *TCB) { c.SND.END += 2; c.SND.NXT += 2 })
		_, fx = after(t, c, again(0, 2, true))
		assert.EqualValues(t, 3, fx.Segment.LEN(), "with the last of the text")
		_, fx = after(t, c, again(1, 1, true))
		assert.EqualValues(t, 102, fx.Segment.SEQ)
		_, fx = after(t, c, again(2, 0, true))
		assert.Equal(t, "<CTL=FIN,ACK>", fx.Segment.String()[len("<SEQ=103><ACK=301>"):])
		_, fx = after(t, c, again(0, 1, true))
		assert.Equal(t, NothingOutstanding, fx.Reply, "not across text")
	}
	_, fx := after(t, with(finQueued(), text(1, 1)), again(0, 1, true))
	assert.Equal(t, NothingOutstanding, fx.Reply, "a FIN that was never sent is not sent again")
	_, fx = after(t, finWait2(), again(0, 0, true))
	assert.Equal(t, NothingOutstanding, fx.Reply, "nor one that is acknowledged")
}

func TestRetransmissionOfTheSYN(t *testing.T) {
	_, fx := after(t, synSent(), again(0, 0, false))
	assert.Equal(t, Segment{SEQ: 100, WND: window, CTL: SYN}, fx.Segment)
	assert.Equal(t, TimerRetransmission, fx.Started)
	_, fx = after(t, synReceived(), again(0, 0, false))
	assert.Equal(t, Segment{SEQ: 100, ACK: 301, WND: window, CTL: SYN | ACK}, fx.Segment)
	assert.Equal(t, TimerRetransmission, fx.Started)
	late := but(closing(), func(c *TCB) { c.SND.UNA-- })
	_, fx = after(t, late, again(0, 0, false))
	assert.Equal(t, "<SEQ=100><ACK=302><CTL=SYN,ACK>", fx.Segment.String(), "our SYN may be unacknowledged in CLOSING")
}

// TestSequenceNumbersWrap: after 2^32 octets SND.UNA is ISS again, and that is no SYN.
func TestSequenceNumbersWrap(t *testing.T) {
	for _, base := range []TCB{established(), closeWait(), with(finQueued(), text(1, 0))} {
		c := but(base, func(c *TCB) {
			c.SND.UNA, c.SND.NXT, c.SND.END, c.SND.WL2 = c.SND.ISS, c.SND.ISS+3, c.SND.ISS+5, c.SND.ISS
		})
		_, fx := after(t, c, again(0, 3, false))
		assert.Equal(t, "<CTL=ACK><DATA=3>", fx.Segment.String()[len("<SEQ=100><ACK=301>"):], c.State)
		next, _ := after(t, c, seg(c.RCV.NXT, 103, 0, ACK))
		assert.EqualValues(t, 3, next.SND.ACKED)
	}
	lastOctet := but(lastAck(), func(c *TCB) { c.SND.ISS = c.SND.UNA })
	_, fx := after(t, lastOctet, again(0, 0, true))
	assert.True(t, fx.Segment.Has(FIN))
}

func TestTimeouts(t *testing.T) {
	for s, c := range byState {
		next, fx := after(t, c, Event{Kind: TimeoutTimeWait})
		assert.Equal(t, State(s) == TimeWait, fx.Reply == Done, State(s))
		assert.Equal(t, State(s) != TimeWait, next == c)
		next, fx = after(t, c, Event{Kind: TimeoutUser})
		assert.Equal(t, TCB{}, next, "for any state")
		assert.Equal(t, State(s) != Closed, fx.Told(ToldUserTimeout|ToldFlushed))
		assert.Equal(t, State(s) == Closed, fx.Reply == NotRunning)
		for _, o := range []Options{{}, {FinWait2Timer: true}} {
			next, fx = o.after(t, c, Event{Kind: TimeoutFinWait2})
			ends := o.FinWait2Timer && State(s) == FinWait2
			assert.Equal(t, ends, fx.Reply == Done)
			assert.Equal(t, ends, next != c)
			assert.False(t, fx.Sends, "silently")
		}
	}
	unreadTW := but(timeWait(), func(c *TCB) { c.RCV.READ -= 2; c.RCV.IRS -= 2 })
	next, _ := after(t, unreadTW, Event{Kind: TimeoutTimeWait})
	assert.EqualValues(t, 2, next.Unread(), "what is not yet read outlives TIME-WAIT")
	assert.True(t, next.Readable())
	next, _ = after(t, unreadTW, Event{Kind: TimeoutUser})
	assert.Equal(t, TCB{}, next, "a user timeout flushes all queues")
	next, _ = Options{FinWait2Timer: true}.after(t, with(finWait2(), unread(2)), Event{Kind: TimeoutFinWait2})
	assert.EqualValues(t, 2, next.Unread())
	next, fx := play(t, Options{}, next, call(CallRECEIVE, 2), call(CallRECEIVE, 2))
	assert.Equal(t, TCB{}, next)
	assert.Equal(t, ErrNotOpen, fx.Reply, "there was no end of the stream")
}
