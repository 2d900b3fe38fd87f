package model

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func transmit(n uint32, withFIN bool) Event { return Event{Kind: OutputTransmit, N: n, FIN: withFIN} }

func TestTransmit(t *testing.T) {
	c := with(established(), text(5, 1), owesACK)
	next, fx := after(t, c, transmit(2, false))
	assert.Equal(t, Segment{SEQ: 102, ACK: 301, WND: window, TXT: 2, OCT: 1, CTL: ACK}, fx.Segment)
	assert.False(t, next.Is(ACKPending), "the acknowledgment rides on it")
	assert.Equal(t, TimerRetransmission, fx.Started)
	for _, e := range []Event{transmit(5, false), transmit(0, false), transmit(4, true), transmit(2, true), transmit(0, true)} {
		_, fx = after(t, c, e)
		assert.Equal(t, NothingQueued, fx.Reply, "%v", e)
	}
	for room, reply := range map[uint32]Reply{1: NoRoom, 2: NoRoom, 3: Done, 4: Done} {
		_, fx = after(t, but(c, func(c *TCB) { c.SND.WND = room }), transmit(2, false))
		assert.Equal(t, reply, fx.Reply, "a window of %d, one octet of it in use", room)
		assert.Equal(t, reply == Done, fx.Started == TimerRetransmission)
	}
	_, fx = after(t, but(c, func(c *TCB) { c.SND.WND = 0 }), transmit(1, false))
	assert.Equal(t, NoRoom, fx.Reply, "a window that has shrunk below what is outstanding")
	for s, c := range byState {
		_, fx = after(t, c, transmit(1, false))
		want := NothingQueued
		if State(s) == SynSent || State(s) == SynReceived {
			want = NotSynchronized
		}
		assert.Equal(t, want, fx.Reply, State(s))
	}
	for _, c := range []TCB{with(established(), text(1, 0)), with(closeWait(), text(1, 0)), with(finQueued(), text(1, 0)), with(closingFINQueued(), text(1, 0))} {
		_, fx = after(t, c, transmit(1, false))
		assert.True(t, fx.Sends, "text is sent in %v", c.State)
	}
}

func TestTransmitFIN(t *testing.T) {
	for _, base := range []TCB{finQueued(), closingFINQueued(), with(closeWait(), closed)} {
		c, fx := after(t, base, transmit(0, true))
		assert.True(t, c.FINSent() && fx.Segment.Has(FIN|ACK))
		_, fx = after(t, c, transmit(0, true))
		assert.Equal(t, NothingQueued, fx.Reply, "a second FIN is not emitted")
		_, fx = after(t, but(base, func(c *TCB) { c.SND.WND = 0 }), transmit(0, true))
		assert.Equal(t, NoRoom, fx.Reply, "the FIN needs room, too")
		c, fx = after(t, with(base, text(2, 0)), transmit(1, true))
		assert.Equal(t, NothingQueued, fx.Reply)
		_, fx = after(t, but(with(base, text(2, 0)), func(c *TCB) { c.SND.WND = 2 }), transmit(2, true))
		assert.Equal(t, NoRoom, fx.Reply)
		_, fx = after(t, but(with(base, text(2, 0)), func(c *TCB) { c.SND.WND = 3 }), transmit(2, true))
		assert.True(t, fx.Sends)
	}
	_, fx := after(t, with(closeWait(), closed), transmit(0, true))
	assert.Equal(t, []Taken{{CloseWait, CallClose, LastAck}}, fx.Arrows[:fx.NumArrows])
	_, fx = after(t, established(), transmit(0, true))
	assert.Equal(t, NothingQueued, fx.Reply, "nobody has said CLOSE")
}

func TestProbe(t *testing.T) {
	probe := Event{Kind: OutputProbe}
	c, fx := after(t, with(established(), text(3, 0), shut), probe)
	assert.Equal(t, "<SEQ=101><ACK=301><CTL=ACK><DATA=1>", fx.Segment.String(), "at least one octet of new data")
	assert.EqualValues(t, 102, c.SND.NXT)
	assert.Zero(t, fx.Started, "probes have a timer of their own")
	_, fx = after(t, c, probe)
	assert.Equal(t, NothingQueued, fx.Reply, "then its retransmission is the probe")
	_, fx = after(t, with(established(), text(3, 0)), probe)
	assert.Equal(t, WindowOpen, fx.Reply)
	_, fx = after(t, but(with(established(), text(3, 0)), func(c *TCB) { c.SND.WND = 1 }), probe)
	assert.Equal(t, WindowOpen, fx.Reply)
	_, fx = after(t, with(finQueued(), text(1, 0), shut), probe)
	assert.False(t, fx.Segment.Has(FIN), "text before the FIN")
	for _, base := range []TCB{finQueued(), with(closeWait(), closed)} {
		c, fx = after(t, with(base, shut), probe)
		assert.True(t, fx.Segment.Has(FIN) && c.FINSent(), "the FIN is probed with")
	}
	assert.Equal(t, LastAck, c.State)
	for _, c := range []TCB{{}, listening(), with(established(), shut), with(finWait2(), shut), with(timeWait(), shut), synSent()} {
		_, fx = after(t, c, probe)
		assert.Equal(t, NothingQueued, fx.Reply, c.State)
	}
}

func TestAck(t *testing.T) {
	for s, base := range byState {
		c, fx := after(t, base, Event{Kind: OutputAck})
		assert.Equal(t, State(s).Synchronized(), fx.Sends, State(s))
		if !fx.Sends {
			assert.Equal(t, NotSynchronized, fx.Reply)
			continue
		}
		assert.Equal(t, Segment{SEQ: base.SND.NXT, ACK: base.RCV.NXT, WND: window, CTL: ACK}, fx.Segment)
		assert.Equal(t, base, c)
	}
	c, _ := after(t, with(established(), owesACK), Event{Kind: OutputAck})
	assert.False(t, c.Is(ACKPending))
}

func TestKeepAlive(t *testing.T) {
	_, fx := after(t, established(), Event{Kind: OutputKeepAlive})
	assert.Equal(t, "<SEQ=100><ACK=301><CTL=ACK>", fx.Segment.String(), "SEG.SEQ is SND.NXT-1")
	_, fx = after(t, established(), Event{Kind: OutputKeepAlive, N: 1})
	assert.Equal(t, "<SEQ=100><ACK=301><CTL=ACK><DATA=1>", fx.Segment.String(), "MAY-6: with one garbage octet")
	_, fx = after(t, established(), Event{Kind: OutputKeepAlive, N: 2})
	assert.Equal(t, NothingQueued, fx.Reply)
	_, fx = after(t, with(established(), text(1, 1)), Event{Kind: OutputKeepAlive})
	assert.Equal(t, NothingQueued, fx.Reply, "MUST-26: only when no sent data is outstanding")
	_, fx = after(t, synReceived(), Event{Kind: OutputKeepAlive})
	assert.Equal(t, NotSynchronized, fx.Reply)
	for _, n := range []uint32{0, 1} {
		_, fx = after(t, established(), seg(300, 101, n, ACK))
		assert.True(t, fx.Answers, "the peer answers it")
	}
}
