package model

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func data(seq Seq, n uint32) Event { return seg(seq, 101, n, ACK) }
func fin(seq Seq) Event            { return seg(seq, 101, 0, FIN|ACK) }

// receiver is c without what only its sending side knows.
func receiver(c TCB) TCB {
	c.SND = SendVars{}
	return c
}

// play lets several events happen.
func play(t *testing.T, o Options, c TCB, events ...Event) (TCB, Effects) {
	t.Helper()
	var fx Effects
	for _, e := range events {
		c, fx = o.after(t, c, e)
	}
	return c, fx
}

func TestTextIsAccepted(t *testing.T) {
	for _, base := range []TCB{established(), finQueued(), finWait2()} {
		c, fx := after(t, base, seg(301, base.SND.UNA, 4, ACK))
		assert.EqualValues(t, 305, c.RCV.NXT)
		assert.Equal(t, window-4, c.RCV.WND, "the total of RCV.NXT and RCV.WND is not reduced")
		assert.True(t, c.Is(ACKPending), "an acknowledgment is owed")
		assert.False(t, fx.Sends, "and may ride on a segment")
		again, _ := after(t, c, seg(301, base.SND.UNA, 6, ACK))
		assert.EqualValues(t, 307, again.RCV.NXT, "of a segment that straddles old and new, only the new part counts")
	}
	c := but(established(), func(c *TCB) { c.RCV.WND = 3 })
	c, _ = after(t, c, data(301, 5))
	assert.EqualValues(t, 304, c.RCV.NXT, "what lies outside the window is trimmed off")
	assert.Zero(t, c.RCV.WND)
	c = but(established(), func(c *TCB) { c.RCV.WND = 3 })
	for n, state := range map[uint32]State{2: CloseWait, 3: Established, 4: Established} {
		next, _ := after(t, c, seg(301, 101, n, FIN|ACK))
		assert.Equal(t, state, next.State, "a FIN behind %d octets, in a window of 3", n)
	}
	_, fx := after(t, established(), data(301, 0))
	assert.False(t, fx.Clauses.Has(ClText), "no text, nothing to accept")
}

// TestTextAfterFIN: "This should not occur [...] Ignore the segment text."
func TestTextAfterFIN(t *testing.T) {
	for _, base := range []TCB{closeWait(), lastAck()} {
		next, fx := after(t, base, seg(302, 101, 3, ACK))
		assert.Equal(t, receiver(base), receiver(next))
		assert.True(t, fx.Clauses.Has(ClTextIgnored) && !fx.Clauses.Has(ClFINIgnored))
		next, fx = after(t, base, seg(302, 101, 0, FIN|ACK))
		assert.Equal(t, receiver(base), receiver(next), "a second FIN does not advance RCV.NXT")
		assert.True(t, fx.Clauses.Has(ClFINIgnored) && !fx.Clauses.Has(ClTextIgnored))
	}
}

func TestTextIsHeld(t *testing.T) {
	hole := func(events ...Event) TCB {
		c, _ := play(t, Options{}, established(), events...)
		return c
	}
	held := func(c TCB) []Range { return c.relativeHeld() }
	for _, row := range []struct {
		claim string
		got   TCB
		want  []Range
	}{
		{"one", hole(data(303, 2)), []Range{{3, 5}}},
		{"a later one", hole(data(303, 2), data(307, 1)), []Range{{3, 5}, {7, 8}}},
		{"an earlier one", hole(data(307, 1), data(303, 2)), []Range{{3, 5}, {7, 8}}},
		{"one between", hole(data(303, 1), data(311, 1), data(307, 1)), []Range{{3, 4}, {7, 8}, {11, 12}}},
		{"touching at the end", hole(data(303, 2), data(305, 2)), []Range{{3, 7}}},
		{"touching at the start", hole(data(305, 2), data(303, 2)), []Range{{3, 7}}},
		{"one octet apart", hole(data(303, 2), data(306, 2)), []Range{{3, 5}, {6, 8}}},
		{"overlapping", hole(data(303, 4), data(305, 4)), []Range{{3, 9}}},
		{"contained", hole(data(303, 6), data(305, 1)), []Range{{3, 9}}},
		{"containing", hole(data(305, 1), data(303, 6)), []Range{{3, 9}}},
		{"joining two", hole(data(303, 1), data(305, 1), data(304, 1)), []Range{{3, 6}}},
		{"swallowing three", hole(data(303, 1), data(305, 1), data(307, 1), data(302, 9)), []Range{{2, 11}}},
		{"four", hole(data(303, 1), data(305, 1), data(307, 1), data(309, 1)), []Range{{3, 4}, {5, 6}, {7, 8}, {9, 10}}},
		{"a fifth has no place", hole(data(303, 1), data(305, 1), data(307, 1), data(309, 1), data(311, 1)), []Range{{3, 4}, {5, 6}, {7, 8}, {9, 10}}},
		{"nor in front", hole(data(305, 1), data(307, 1), data(309, 1), data(311, 1), data(303, 1)), []Range{{5, 6}, {7, 8}, {9, 10}, {11, 12}}},
		{"but it may join two of four", hole(data(303, 1), data(305, 1), data(307, 1), data(309, 1), data(306, 1)), []Range{{3, 4}, {5, 8}, {9, 10}}},
	} {
		assert.Equal(t, row.want, held(row.got), row.claim)
		assert.EqualValues(t, 301, row.got.RCV.NXT, row.claim)
		assert.Equal(t, window, row.got.RCV.WND, row.claim)
		assert.False(t, row.got.Is(ACKPending), row.claim)
	}
	full := hole(data(303, 1), data(305, 1), data(307, 1), data(309, 1))
	next, fx := after(t, full, seg(311, 101, 1, FIN|ACK))
	assert.Equal(t, receiver(full), receiver(next), "what has no place is dropped, its FIN with it")
	assert.True(t, fx.Dropped && fx.Clauses.Has(ClHoldFull))
	next, _ = after(t, full, data(301, 4))
	assert.EqualValues(t, 306, next.RCV.NXT, "what was held and is in order now is taken up")
	assert.Equal(t, []Range{{7, 8}, {9, 10}}, held(next))
	assert.Equal(t, window-5, next.RCV.WND)
	next, _ = after(t, full, data(301, 20))
	assert.EqualValues(t, 321, next.RCV.NXT)
	assert.Zero(t, next.Held)
	next, _ = after(t, with(full, func(c *TCB) { c.SND.END++; c.SND.NXT++ }), seg(311, 102, 1, ACK))
	assert.EqualValues(t, 102, next.SND.UNA, "the ACK field is processed on arrival all the same")
	c := but(established(), func(c *TCB) { c.RCV.WND = 5 })
	next, _ = after(t, c, data(304, 9))
	assert.Equal(t, []Range{{4, 6}}, held(next), "nothing outside the window is held")

	o := Options{AckOutOfOrder: true}
	c, _ = o.after(t, established(), data(303, 1))
	assert.True(t, c.Is(ACKPending), "MAY-13")
	c, _ = o.after(t, established(), fin(303))
	assert.True(t, c.Is(ACKPending))
	for _, base := range []TCB{listening(), synSent()} {
		c, _ = o.after(t, base, seg(300, 0, 2, SYN|FIN))
		assert.False(t, c.Is(ACKPending), "the SYN,ACK says it all")
	}
}

func TestFINIsHeld(t *testing.T) {
	c, fx := after(t, established(), fin(303))
	assert.Equal(t, Established, c.State, "a FIN takes effect only when it is in order")
	assert.False(t, fx.Told(ToldClosing))
	assert.EqualValues(t, 301, c.RCV.NXT)
	next, fx := after(t, c, data(301, 2))
	assert.Equal(t, CloseWait, next.State)
	assert.EqualValues(t, 304, next.RCV.NXT)
	assert.EqualValues(t, 2, next.Unread())
	assert.Zero(t, next.RCV.FIN)
	assert.False(t, next.Is(FINHeld))
	assert.True(t, fx.Told(ToldClosing))

	half, _ := after(t, c, data(301, 1))
	assert.Equal(t, Established, half.State)
	next, _ = after(t, c, data(301, 9))
	assert.EqualValues(t, 304, next.RCV.NXT, "no octet is accepted behind the end of the stream")
	assert.EqualValues(t, 2, next.Unread())
	for _, e := range []Event{data(303, 1), data(304, 2), fin(304), seg(304, 101, 2, FIN|ACK)} {
		next, _ = after(t, c, e)
		assert.Equal(t, receiver(c), receiver(next), "nor held: %v", e)
	}
	next, _ = after(t, c, data(302, 3))
	assert.Equal(t, []Range{{2, 3}}, next.relativeHeld(), "but for what lies before it")
	next, _ = after(t, c, fin(303))
	assert.Equal(t, receiver(c), receiver(next), "the same again")
	next, _ = after(t, c, fin(302))
	assert.EqualValues(t, 302, next.RCV.FIN, "of two, the first in sequence counts")
	next, _ = after(t, c, fin(301))
	assert.Equal(t, CloseWait, next.State)

	many, _ := play(t, Options{}, established(), data(303, 2), data(307, 2), data(311, 2))
	for at, held := range map[Seq][]Range{
		302: {}, 303: {{3, 5}, {7, 9}, {11, 13}}, 304: {{3, 5}, {7, 9}, {11, 13}}, 305: {{3, 5}}, 306: {{3, 5}}, 308: {{3, 5}, {7, 9}, {11, 13}},
		309: {{3, 5}, {7, 9}}, 313: {{3, 5}, {7, 9}, {11, 13}},
	} {
		next, _ = after(t, many, fin(at))
		assert.Equal(t, held, next.relativeHeld(), "FIN at %d", at)
		assert.Equal(t, at != 303 && at != 304 && at != 308, next.Is(FINHeld), "a FIN where text stands already is none: %d", at)
	}
	next, _ = after(t, many, seg(301, 101, 3, FIN|ACK))
	assert.Equal(t, Established, next.State, "also if that text comes to be in order at once")
	assert.EqualValues(t, 305, next.RCV.NXT)
	next, _ = after(t, many, fin(301))
	assert.Equal(t, CloseWait, next.State)
	assert.Zero(t, next.NumHeld, "nothing is missing before a FIN that is in order")
	next, _ = after(t, established(), seg(299, 101, 2, FIN|ACK))
	assert.Equal(t, CloseWait, next.State, "a FIN behind old text")
	next, fx = after(t, established(), seg(299, 101, 1, FIN|ACK))
	assert.Equal(t, Established, next.State, "an old FIN")
	assert.True(t, fx.Answers)
}

// TestFIN: where each state goes, what is told, what is owed.
func TestFIN(t *testing.T) {
	for from, to := range map[State]State{Established: CloseWait, FinWait1: Closing, FinWait2: TimeWait} {
		base := byState[from]
		c, fx := after(t, base, seg(301, base.SND.UNA, 0, FIN|ACK))
		assert.Equal(t, to, c.State)
		assert.EqualValues(t, 302, c.RCV.NXT)
		assert.True(t, c.Is(FINReceived|ACKPending))
		assert.False(t, fx.Sends)
		assert.Equal(t, ToldClosing, fx.Notices)
		assert.Equal(t, to == TimeWait, fx.Started == TimerTimeWait)
		assert.Equal(t, to == TimeWait, fx.Stopped == TimerRetransmission|TimerPersist)
	}
}
