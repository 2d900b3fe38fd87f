package model

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestValid breaks each invariant, and only what the change says.
func TestValid(t *testing.T) {
	for _, row := range []struct {
		number int
		claim  string
		c      TCB
		change func(*TCB)
	}{
		{1, "a twelfth state", TCB{}, func(c *TCB) { c.State = NumStates }},
		{2, "a window in CLOSED", leftover(2, true), func(c *TCB) { c.RCV.WND = 1 }},
		{2, "a sending side in CLOSED", leftover(2, true), func(c *TCB) { c.SND.ISS = 1 }},
		{2, "a flag in CLOSED", leftover(2, true), func(c *TCB) { c.set(CloseCalled) }},
		{2, "all is read in CLOSED", leftover(2, false), func(c *TCB) { c.RCV.READ = c.RCV.NXT }},
		{3, "a peer in LISTEN", listening(), func(c *TCB) { c.RCV.IRS = 1 }},
		{3, "an active LISTEN", listening(), func(c *TCB) { c.clear(Passive) }},
		{3, "an ISS in LISTEN", listening(), func(c *TCB) { c.SND.ISS = 1 }},
		{3, "more SENDs than fit in LISTEN", listening(), text(MaxQueue+1, 0)},
		{4, "SND.UNA after SND.NXT", established(), func(c *TCB) { c.SND.UNA++ }},
		{4, "SND.NXT after what was SENT", established(), func(c *TCB) { c.SND.NXT++ }},
		{4, "SND.NXT after the FIN", finWait1(), func(c *TCB) { c.SND.NXT++ }},
		{4, "a queue without end", established(), text(MaxQueue+2, 0)},
		{4, "a send window without end", established(), func(c *TCB) { c.SND.WND = MaxWindow + 1 }},
		{4, "SND.NXT after what was SENT, before a CLOSE that is queued", with(synReceived(), closed), func(c *TCB) { c.SND.END-- }},
		{5, "SYN-SENT, text sent", with(synSent(), text(1, 0)), func(c *TCB) { c.SND.NXT++ }},
		{5, "SYN-SENT, SYN acknowledged", synSent(), func(c *TCB) { c.SND.UNA++ }},
		{5, "SYN-SENT, a flag", synSent(), func(c *TCB) { c.set(EOFTold) }},
		{5, "SYN-SENT, the peer known", synSent(), func(c *TCB) { c.RCV.IRS = 1 }},
		{5, "SYN-RECEIVED, text sent", with(synReceived(), text(1, 0)), func(c *TCB) { c.SND.NXT++ }},
		{5, "SYN-RECEIVED, SYN acknowledged", synReceived(), func(c *TCB) { c.SND.UNA++ }},
		{5, "SYN-RECEIVED, text received", synReceived(), func(c *TCB) { c.RCV.NXT++ }},
		{5, "SYN-RECEIVED, octets unread", synReceived(), func(c *TCB) { c.RCV.READ-- }},
		{5, "FIN-WAIT-1, SYN never sent", finQueued(), func(c *TCB) { c.SND.UNA--; c.SND.NXT-- }},
		{7, "FIN-WAIT-2, FIN not acknowledged", finWait2(), func(c *TCB) { c.SND.UNA-- }},
		{7, "TIME-WAIT, FIN not acknowledged", timeWait(), func(c *TCB) { c.SND.UNA-- }},
		{7, "FIN-WAIT-2, FIN not sent", finWait2(), func(c *TCB) { c.SND.END++ }},
		{7, "TIME-WAIT after a RST, text outstanding", resetSent(), func(c *TCB) { c.SND.UNA-- }},
		{8, "ESTABLISHED, FIN received", with(established(), unread(1)), func(c *TCB) { c.set(FINReceived) }},
		{8, "CLOSE-WAIT, no FIN received", closeWait(), func(c *TCB) { c.clear(FINReceived) }},
		{8, "TIME-WAIT after a RST, FIN received", resetSent(), func(c *TCB) { c.RCV.NXT++; c.set(FINReceived) }},
		{9, "RCV.READ after RCV.NXT", established(), func(c *TCB) { c.RCV.READ++ }},
		{9, "RCV.READ after the FIN", closeWait(), func(c *TCB) { c.RCV.READ++ }},
		{9, "a window without end", established(), func(c *TCB) { c.RCV.WND = MaxWindow + 1 }},
		{9, "a window that what is unread overflows", with(established(), unread(1)), func(c *TCB) { c.RCV.WND = MaxWindow }},
		{9, "a RECEIVE without end", established(), wants(MaxWindow + 1)},
		{10, "text held at RCV.NXT", established(), holds(0, 2)},
		{10, "text held below RCV.NXT", synReceived(), holds(^uint32(0), 2)},
		{10, "text held outside the window", established(), holds(1, window+1)},
		{10, "an empty range", established(), holds(3, 3)},
		{10, "ranges that touch", with(established(), holds(1, 3)), holds(3, 5)},
		{10, "ranges that descend", with(established(), holds(5, 7)), holds(1, 3)},
		{10, "a range that is not counted", established(), func(c *TCB) { c.Held[0] = Range{303, 304} }},
		{10, "another that is not counted", established(), func(c *TCB) { c.Held[1] = Range{303, 304} }},
		{10, "five ranges", with(established(), holds(1, 2), holds(3, 4), holds(5, 6), holds(7, 8)), func(c *TCB) { c.NumHeld++ }},
		{10, "text held after the FIN", closeWait(), holds(1, 2)},
		{10, "text held after a RST of ours", resetSent(), holds(1, 2)},
		{11, "a FIN at RCV.NXT waits", established(), holdsFIN(0)},
		{11, "a FIN inside held text", with(established(), holds(1, 3)), holdsFIN(2)},
		{11, "a FIN below", synReceived(), holdsFIN(^uint32(0))},
		{11, "a FIN far away", established(), holdsFIN(MaxWindow + 2)},
		{11, "a number of a FIN that is not held", established(), func(c *TCB) { c.RCV.FIN = 1 }},
		{11, "a second FIN", closeWait(), holdsFIN(1)},
		{11, "a FIN after a RST of ours", resetSent(), holdsFIN(1)},
		{12, "no timer in TIME-WAIT", timeWait(), func(c *TCB) { c.clear(TimerTW) }},
		{12, "a timer before it", finWait2(), func(c *TCB) { c.set(TimerTW) }},
		{13, "an ACK pending in SYN-RECEIVED", synReceived(), owesACK},
		{14, "ESTABLISHED after CLOSE", established(), closed},
		{14, "FIN-WAIT-1 without CLOSE", finQueued(), func(c *TCB) { c.clear(CloseCalled) }},
		{14, "TIME-WAIT after a RST and a CLOSE", resetSent(), func(c *TCB) { c.SND.END--; c.set(CloseCalled) }},
		{16, "a RECEIVE waits though octets are there", with(established(), unread(1)), wants(1)},
		{16, "a RECEIVE waits though the stream has ended", closeWait(), wants(1)},
		{17, "a RST of ours in another state", established(), func(c *TCB) { c.set(RSTSent) }},
		{17, "no reader before CLOSE", established(), func(c *TCB) { c.set(NoReader) }},
	} {
		assert.NoError(t, row.c.Valid(), "%s: before", row.claim)
		c := but(row.c, row.change)
		assert.ErrorContains(t, c.Valid(), "invariant ", row.claim)
		if ok := c.invariants(); row.number <= len(ok) {
			assert.False(t, ok[row.number-1], "%s: invariant %d", row.claim, row.number)
		}
	}
	for _, c := range []TCB{
		with(synReceived(), holds(0, window)), with(established(), holds(1, window)), with(established(), text(MaxQueue, 0)),
		with(finQueued(), text(MaxQueue, 0)), with(established(), holdsFIN(window)), with(listening(), text(MaxQueue, 0)),
		with(established(), wants(MaxWindow)), but(established(), func(c *TCB) { c.RCV.WND, c.SND.WND = MaxWindow, MaxWindow }),
		with(synReceived(), holdsFIN(0)), with(established(), holdsFIN(MaxWindow)),
		with(but(synReceived(), func(c *TCB) { c.State = FinWait1; c.set(CloseCalled) }), holds(0, 1), holdsFIN(1)),
	} {
		assert.NoError(t, c.Valid(), "at the limit")
	}
}

// TestEachInvariantIsNumbered: the error names the first that fails.
func TestEachInvariantIsNumbered(t *testing.T) {
	c := but(synReceived(), func(c *TCB) { c.set(ACKPending) })
	assert.EqualError(t, c.Valid(), "invariant 13 does not hold: "+c.String())
	c = but(closing(), func(c *TCB) { c.clear(CloseCalled); c.State = Established })
	assert.ErrorContains(t, c.Valid(), "invariant ")
	c = but(synSent(), func(c *TCB) { c.Flags = Passive })
	assert.False(t, c.invariants()[14], "15: SYN-SENT is active")
	c = but(closeWait(), func(c *TCB) { c.SND.NXT++; c.set(CloseCalled) })
	assert.EqualError(t, c.Valid(), "invariant 6 does not hold: "+c.String(), "CLOSE-WAIT ends when the FIN is sent")
}

func TestTCBString(t *testing.T) {
	c := with(established(), text(5, 2), unread(1), holds(2, 4), holdsFIN(4))
	assert.Equal(t, "ESTABLISHED UNA=1 NXT=3 END=6 WND=1000 | RCV.NXT=2 READ=1 WND=999 | held=[{4 6}] fin=6 flags=fin-held", c.String())
	assert.Equal(t, "close-called,ack-pending", (CloseCalled | ACKPending).String())
	assert.Empty(t, Flags(0).String())
	names := map[string]bool{}
	for f := Passive; f <= NoReader; f <<= 1 {
		names[f.String()] = true
	}
	assert.Len(t, names, 9, fmt.Sprint(names))
}
