package model

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// seg is a segment that arrives, with the full window.
func seg(seq, ack Seq, txt uint32, ctl Ctl) Event {
	return Arrive(Segment{SEQ: seq, ACK: ack, TXT: txt, WND: window, CTL: ctl})
}

// TestAcceptability is Table 6, row by row; what is not acceptable is answered by an ACK.
func TestAcceptability(t *testing.T) {
	for _, row := range []struct {
		wnd      uint32
		seq      Seq
		txt      uint32
		accepted bool
	}{
		{0, 301, 0, true},
		{0, 300, 0, false},
		{0, 302, 0, false},
		{10, 301, 0, true},
		{10, 310, 0, true},
		{10, 300, 0, false},
		{10, 311, 0, false},
		{0, 300, 1, false},
		{0, 302, 1, false},
		{10, 301, 1, true},
		{10, 310, 1, true},
		{10, 310, 5, true},
		{10, 300, 1, false},
		{10, 300, 2, true},
		{10, 295, 6, false},
		{10, 295, 7, true},
		{10, 311, 1, false},
	} {
		c := but(established(), func(c *TCB) { c.RCV.WND = row.wnd })
		_, fx := after(t, c, seg(row.seq, 101, row.txt, ACK))
		assert.Equal(t, row.accepted, !fx.Clauses.Has(ClSeq), "%+v", row)
		assert.Equal(t, !row.accepted, fx.Answers, "%+v", row)
		if !row.accepted {
			assert.Equal(t, Segment{SEQ: 101, ACK: 301, WND: row.wnd, CTL: ACK}, fx.Segment)
			assert.True(t, fx.Dropped)
		}
	}
}

// TestZeroWindow: ACKs and RSTs are read, text and FIN are not, and the sender is told.
func TestZeroWindow(t *testing.T) {
	c := with(established(), text(2, 2), noRoom)
	next, fx := after(t, c, seg(301, 103, 1, ACK))
	assert.EqualValues(t, 103, next.SND.UNA, "the ACK of a segment without room is read")
	assert.EqualValues(t, 301, next.RCV.NXT, "its text is not")
	assert.Equal(t, "<SEQ=103><ACK=301><CTL=ACK>", fx.Segment.String())
	assert.True(t, fx.Dropped)
	next, fx = after(t, c, seg(301, 101, 0, FIN|ACK))
	assert.Equal(t, Established, next.State, "nor is a FIN")
	assert.True(t, fx.Answers && fx.Dropped)
	_, fx = after(t, c, seg(301, 103, 0, ACK))
	assert.False(t, fx.Answers, "a bare ACK at RCV.NXT is acceptable")
	next, fx = after(t, c, seg(301, 0, 2, RST))
	assert.Equal(t, Closed, next.State, "a RST, also one with data")
	assert.False(t, fx.Sends)
	for _, g := range []Event{seg(301, 0, 1, 0), seg(301, 0, 0, FIN), seg(301, 0, 0, SYN), seg(301, 101, 1, SYN|ACK), seg(302, 103, 1, ACK)} {
		next, fx = after(t, c, g)
		assert.Equal(t, c, next, "%v is not acceptable", g)
		assert.True(t, fx.Clauses.Has(ClSeq) && fx.Answers, "and answered")
	}
	for _, c := range []TCB{closing(), with(lastAck(), text(0, 0)), timeWait()} {
		_, fx = after(t, with(c, noRoom), seg(302, 101, 1, ACK))
		assert.Equal(t, "<SEQ=102><ACK=302><CTL=ACK>", fx.Segment.String(), "%v answers, too", c.State)
	}
	_, fx = Options{TimeWaitIgnoresRST: true}.after(t, with(timeWait(), noRoom), seg(302, 0, 1, RST))
	assert.False(t, fx.Sends, "but never a RST")
	next, fx = after(t, with(lastAck(), noRoom), seg(302, 102, 1, ACK))
	assert.Equal(t, Closed, next.State)
	assert.False(t, fx.Sends, "nor for a connection that is over")
	next, fx = after(t, with(synReceived(), noRoom), seg(301, 101, 1, ACK))
	assert.Equal(t, Established, next.State, "the ACK of the SYN is read without room")
	assert.True(t, fx.Answers)
}

func TestZeroWindowFIN(t *testing.T) {
	o := Options{ZeroWindowFIN: true}
	next, fx := o.after(t, with(established(), noRoom), seg(301, 101, 0, FIN|ACK))
	assert.Equal(t, CloseWait, next.State, "a FIN needs no room")
	assert.Equal(t, "<SEQ=101><ACK=302><CTL=ACK>", fx.Segment.String())
	assert.False(t, fx.Dropped)
	next, fx = o.after(t, with(established(), noRoom), seg(301, 101, 1, FIN|ACK))
	assert.Equal(t, Established, next.State, "a FIN behind text for which there is no room has to wait")
	assert.True(t, fx.Dropped)
	next, _ = o.after(t, but(established(), func(c *TCB) { c.RCV.WND = 1 }), seg(301, 101, 1, FIN|ACK))
	assert.Equal(t, Established, next.State, "also if the text fills the window")
	assert.EqualValues(t, 302, next.RCV.NXT)
	for _, c := range []TCB{listening(), synSent()} {
		next, _ = o.after(t, with(c, noRoom), seg(300, 0, 0, SYN|FIN))
		assert.True(t, next.Is(FINHeld), "the FIN of a SYN,FIN in %v", c.State)
		next, _ = o.after(t, with(c, noRoom), seg(300, 0, 1, SYN|FIN))
		assert.False(t, next.Is(FINHeld))
		next, _ = after(t, with(c, noRoom), seg(300, 0, 0, SYN|FIN))
		assert.False(t, next.Is(FINHeld))
	}
}

// TestRST has the three checks of RFC 5961.
func TestRST(t *testing.T) {
	for s := SynReceived; s < NumStates; s++ {
		c := byState[s]
		next, fx := after(t, c, seg(c.RCV.NXT, 0, 0, RST))
		assert.Equal(t, Closed, next.State, "exactly RCV.NXT: %v", s)
		assert.False(t, fx.Sends)
		assert.Equal(t, s == SynReceived, fx.Told(ToldRefused))
		assert.Equal(t, s > SynReceived && s < Closing, fx.Told(ToldReset|ToldFlushed), s)

		for _, seq := range []Seq{c.RCV.NXT + 1, c.RCV.NXT.Add(window) - 1} {
			next, fx = after(t, c, seg(seq, 0, 0, RST))
			assert.Equal(t, c, next, "elsewhere in the window: %v", s)
			assert.Equal(t, Segment{SEQ: c.SND.NXT, ACK: c.RCV.NXT, WND: window, CTL: ACK}, fx.Segment, "a challenge ACK")
			next, _ = Options{RSTInWindow: true}.after(t, c, seg(seq, 0, 0, RST))
			assert.Equal(t, Closed, next.State, "before RFC 5961")
		}
		for _, o := range []Options{{}, {RSTInWindow: true}} {
			for _, g := range []Event{seg(c.RCV.NXT-1, 0, 0, RST), seg(c.RCV.NXT.Add(window), 0, 0, RST), seg(c.RCV.NXT-1, 0, 3, RST), seg(c.RCV.NXT-1, c.SND.NXT, 3, RST|SYN|ACK)} {
				next, fx = o.after(t, c, g)
				assert.Equal(t, c, next, "outside the window, text inside or not: %v in %v", g, s)
				assert.False(t, fx.Sends, "silently")
				assert.True(t, fx.Dropped)
			}
		}
	}
	next, fx := after(t, synReceivedPassive(), seg(301, 0, 0, RST))
	assert.Equal(t, listening(), next, "note 1: after a passive OPEN")
	assert.Zero(t, fx.Notices, "the user need not be informed")
	next, _ = after(t, with(synReceivedPassive(), text(3, 0), wants(2), holds(0, 1)), seg(301, 0, 0, RST))
	assert.Equal(t, with(listening(), text(3, 0), wants(2)), next, "queued calls stay")
	next, _ = after(t, next, seg(50, 0, 0, SYN))
	assert.EqualValues(t, 3, next.Unsent(), "and serve the next connection")
}

func TestRSTAndUnreadOctets(t *testing.T) {
	for _, base := range []TCB{closing(), lastAck(), timeWait()} {
		c := but(base, func(c *TCB) { c.RCV.READ -= 2; c.RCV.IRS -= 2 })
		next, _ := after(t, c, seg(302, 0, 0, RST))
		assert.EqualValues(t, 2, next.Unread(), "3.10.7.4 flushes nothing in %v", c.State)
		next, _ = Options{ResetFlushes: true}.after(t, c, seg(302, 0, 0, RST))
		assert.Equal(t, TCB{}, next)
	}
	next, _ := after(t, with(finWait2(), unread(2)), seg(303, 0, 0, RST))
	assert.Equal(t, TCB{}, next, "all segment queues are flushed before")
}

func TestTIMEWAITIgnoresRST(t *testing.T) {
	o := Options{TimeWaitIgnoresRST: true}
	for _, seq := range []Seq{302, 305} {
		next, fx := o.after(t, timeWait(), seg(seq, 0, 0, RST))
		assert.Equal(t, timeWait(), next, "RFC 1337, F1")
		assert.False(t, fx.Sends, "no challenge either")
		assert.True(t, fx.Clauses.Has(ClRSTIgnored))
	}
	next, _ := o.after(t, lastAck(), seg(302, 0, 0, RST))
	assert.Equal(t, Closed, next.State, "in TIME-WAIT only")
}

func TestSYNInTheWindow(t *testing.T) {
	o := Options{SYNInWindowResets: true}
	for s := SynReceived; s < NumStates; s++ {
		c := byState[s]
		challenge := Segment{SEQ: c.SND.NXT, ACK: c.RCV.NXT, WND: window, CTL: ACK}
		for _, g := range []Event{seg(c.RCV.NXT, 0, 0, SYN), seg(c.RCV.NXT+1, c.SND.NXT, 0, SYN|ACK), seg(c.RCV.NXT-1, 0, 3, SYN), seg(c.RCV.NXT-1, 0, 0, SYN)} {
			next, fx := after(t, c, g)
			assert.Equal(t, c, next, "%v in %v", g, s)
			assert.Equal(t, challenge, fx.Segment, "irrespective of the sequence number")
		}
		next, fx := o.after(t, c, seg(c.RCV.NXT, 7, 0, SYN|ACK))
		assert.Equal(t, TCB{}, next, "RFC 793: it is an error")
		assert.Equal(t, "<SEQ=7><CTL=RST>", fx.Segment.String())
		assert.True(t, fx.Told(ToldReset|ToldFlushed))
		next, fx = o.after(t, c, seg(c.RCV.NXT-1, 7, 3, SYN|ACK))
		assert.Equal(t, c, next, "the SYN is not in the window, though the text is")
		assert.Equal(t, challenge, fx.Segment)
	}
	next, fx := after(t, synReceivedPassive(), seg(301, 0, 0, SYN))
	assert.Equal(t, listening(), next, "back to LISTEN")
	assert.False(t, fx.Sends)
	for _, g := range []Event{seg(300, 0, 0, SYN), seg(300, 0, 3, SYN)} {
		next, fx = after(t, synReceivedPassive(), g)
		assert.Equal(t, synReceivedPassive(), next, "a duplicate of the first SYN, with text or without, is none in the window")
		assert.True(t, fx.Answers)
	}
}

func TestSimultaneousSYNACK(t *testing.T) {
	o := Options{SimultaneousSYNACK: true}
	next, fx := o.after(t, synReceived(), seg(300, 101, 0, SYN|ACK))
	assert.Equal(t, Established, next.State)
	assert.False(t, fx.Sends)
	next, _ = o.after(t, synReceived(), seg(300, 101, 2, SYN|ACK))
	assert.EqualValues(t, 2, next.Unread(), "with text")
	for _, g := range []Event{seg(299, 101, 0, SYN|ACK), seg(300, 101, 0, SYN|ACK|RST), seg(300, 0, 0, SYN), seg(300, 101, 0, ACK)} {
		next, _ = o.after(t, synReceived(), g)
		assert.Equal(t, synReceived(), next, "%v", g)
	}
	next, _ = o.after(t, established(), seg(300, 101, 0, SYN|ACK))
	assert.Equal(t, established(), next)
}

// TestSeqCheckGont: the ACK field of a segment at RCV.NXT-1 is read, and the segment answered.
func TestSeqCheckGont(t *testing.T) {
	o := Options{SeqCheckGont: true}
	for _, c := range []TCB{finWait1(), closing(), lastAck()} {
		exact := seg(c.RCV.NXT-1, 102, 0, FIN|ACK)
		next, fx := after(t, c, exact)
		assert.Equal(t, c, next, "to the letter the ACK is not read in %v", c.State)
		assert.True(t, fx.Answers)
		next, fx = o.after(t, c, exact)
		assert.NotEqual(t, c.State, next.State, "with the draft it is")
		assert.Equal(t, next.State != Closed, fx.Answers, "and answered, while there is a connection")
	}
	c := closing()
	next, fx := o.after(t, c, seg(301, 101, 0, FIN|ACK))
	assert.Equal(t, c, next)
	assert.True(t, fx.Answers, "also if it acknowledges nothing new")
	for _, g := range []Event{seg(300, 102, 0, FIN|ACK), seg(301, 0, 0, FIN), seg(301, 102, 0, SYN|ACK)} {
		next, fx = o.after(t, c, g)
		assert.Equal(t, c, next, "%v", g)
		assert.True(t, fx.Answers)
	}
	_, fx = o.after(t, timeWait(), seg(301, 102, 0, FIN|ACK))
	assert.Equal(t, TimerTimeWait, fx.Started)
	_, fx = o.after(t, timeWait(), seg(301, 102, 0, ACK))
	assert.True(t, fx.Answers)
	c = but(synReceived(), func(c *TCB) { c.State = FinWait1; c.set(CloseCalled) })
	next, _ = o.after(t, c, seg(300, 101, 0, ACK))
	assert.Equal(t, c, next, "the number of the SYN is no retransmission of anything")
}

// TestTIMEWAIT: a retransmitted FIN is acknowledged again and restarts 2MSL;
// a bare ACK is not answered, or two of them would go on for ever.
func TestTIMEWAIT(t *testing.T) {
	next, fx := after(t, timeWait(), seg(301, 102, 0, FIN|ACK))
	assert.Equal(t, timeWait(), next)
	assert.Equal(t, "<SEQ=102><ACK=302><CTL=ACK>", fx.Segment.String())
	assert.Equal(t, TimerTimeWait, fx.Started)
	_, fx = after(t, timeWait(), seg(299, 102, 2, FIN|ACK))
	assert.Equal(t, TimerTimeWait, fx.Started, "also if text is retransmitted with it")
	for _, g := range []Event{seg(301, 102, 0, ACK), seg(301, 102, 1, ACK), seg(300, 102, 0, FIN|ACK), seg(303+Seq(window), 102, 0, FIN|ACK)} {
		_, fx = after(t, timeWait(), g)
		assert.True(t, fx.Answers, "what is not acceptable is answered")
		assert.Zero(t, fx.Started, "%v is not the FIN", g)
	}
	_, fx = after(t, lastAck(), seg(301, 101, 0, FIN|ACK))
	assert.Zero(t, fx.Started, "only TIME-WAIT has the timer")
	_, fx = after(t, timeWait(), seg(302, 102, 0, ACK))
	assert.False(t, fx.Sends)
	assert.Zero(t, fx.Started)
	_, fx = after(t, timeWait(), seg(302, 102, 1, ACK))
	assert.True(t, fx.Answers, "what occupies sequence space is answered")
	assert.Equal(t, TimerTimeWait, fx.Started)
	_, fx = Options{TimeWaitAcksAll: true}.after(t, timeWait(), seg(302, 102, 0, ACK))
	assert.True(t, fx.Answers, "to the letter: everything")
	assert.Equal(t, TimerTimeWait, fx.Started)
}
