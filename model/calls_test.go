package model

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// after takes a step under o, holds it against the laws, and returns what came of it.
func (o Options) after(t *testing.T, c TCB, e Event) (TCB, Effects) {
	t.Helper()
	require.NoError(t, c.Valid(), "the TCB to start from")
	next, fx, err := o.obeyLaws(c, e)
	require.NoError(t, err)
	return next, fx
}

func (o Options) obeyLaws(c TCB, e Event) (TCB, Effects, error) { return obeyLaws(o, c, e) }

// after is the same for RFC 9293 itself.
func after(t *testing.T, c TCB, e Event) (TCB, Effects) {
	t.Helper()
	return Options{}.after(t, c, e)
}

func call(k EventKind, n uint32) Event { return Event{Kind: k, N: n, ISS: 700} }

// byState has one endpoint in each state.
var byState = [NumStates]TCB{
	{}, listening(), synSent(), synReceived(), established(), finWait1(), finWait2(), closeWait(), closing(), lastAck(), timeWait(),
}

// TestCalls: what each call returns in each state, and where it leads.
func TestCalls(t *testing.T) {
	const (
		notExist = "error: connection does not exist"
		exists   = "error: connection already exists"
		closing  = "error: connection closing"
	)
	type result struct {
		reply string
		to    State
	}
	stay := func(reply string) []result {
		var all []result
		for s := range NumStates {
			all = append(all, result{reply, s})
		}
		return all
	}
	except := func(all []result, change map[State]result) []result {
		for s, r := range change {
			all[s] = r
		}
		return all
	}
	for kind, want := range map[EventKind][]result{
		CallPassiveOpen: except(stay(exists), map[State]result{Closed: {"ok", Listen}}),
		CallActiveOpen:  except(stay(exists), map[State]result{Closed: {"ok", SynSent}, Listen: {"ok", SynSent}}),
		CallSEND: except(stay(closing), map[State]result{
			Closed: {notExist, Closed}, Listen: {"ok", SynSent}, SynSent: {"ok", SynSent}, SynReceived: {"ok", SynReceived},
			Established: {"ok", Established}, CloseWait: {"ok", CloseWait},
		}),
		CallRECEIVE: except(stay("queued"), map[State]result{
			Closed: {notExist, Closed}, CloseWait: {closing + " (end of stream)", CloseWait}, Closing: {closing + " (end of stream)", Closing},
			LastAck: {closing + " (end of stream)", LastAck}, TimeWait: {closing + " (end of stream)", TimeWait},
		}),
		CallCLOSE: except(stay(closing), map[State]result{
			Closed: {notExist, Closed}, Listen: {"ok", Closed}, SynSent: {"ok", Closed}, SynReceived: {"ok", FinWait1},
			Established: {"ok", FinWait1}, CloseWait: {"ok", CloseWait},
		}),
		CallABORT: except(make([]result, NumStates), map[State]result{
			Closed: {notExist, Closed}, Listen: {"ok", Closed}, SynSent: {"ok", Closed}, SynReceived: {"ok", Closed},
			Established: {"ok", Closed}, FinWait1: {"ok", Closed}, FinWait2: {"ok", Closed}, CloseWait: {"ok", Closed},
			Closing: {"ok", Closed}, LastAck: {"ok", Closed}, TimeWait: {"ok", Closed},
		}),
		CallSTATUS: except(stay("ok"), map[State]result{Closed: {notExist, Closed}}),
	} {
		for s, c := range byState {
			next, fx := after(t, c, call(kind, 2))
			assert.Equal(t, want[s], result{fx.Reply.String(), next.State}, "%v in %v", kind, State(s))
		}
	}
}

func TestOPEN(t *testing.T) {
	c, fx := after(t, TCB{}, Event{Kind: CallActiveOpen, ISS: 100, WND: window})
	assert.Equal(t, synSent(), c, "SND.UNA is ISS, SND.NXT is ISS+1")
	assert.Equal(t, "<SEQ=100><CTL=SYN>", fx.Segment.String())
	assert.Equal(t, window, fx.Segment.WND)
	assert.Equal(t, TimerRetransmission, fx.Started)

	c, fx = after(t, TCB{}, Event{Kind: CallPassiveOpen, WND: window})
	assert.Equal(t, listening(), c)
	assert.False(t, fx.Sends)

	for _, k := range []EventKind{CallPassiveOpen, CallActiveOpen} {
		c, _ = after(t, TCB{}, Event{Kind: k})
		assert.EqualValues(t, 65535, c.RCV.WND, "who asks for no window gets the largest that needs no scaling")
		c, _ = after(t, TCB{}, Event{Kind: k, WND: 1<<32 - 1})
		assert.EqualValues(t, MaxWindow, c.RCV.WND, "no window is larger than the wire can say")
		c, _ = after(t, leftover(3, true), Event{Kind: k, WND: window})
		assert.Zero(t, c.Unread(), "what the user has left unread of the last connection is not part of the new one")
	}

	c, fx = after(t, with(listening(), wants(3)), call(CallActiveOpen, 0))
	assert.Equal(t, SynSent, c.State)
	assert.False(t, c.Is(Passive), "the connection changes from passive to active")
	assert.EqualValues(t, 3, c.RCV.WANT, "a queued RECEIVE stays")
	assert.Equal(t, "<SEQ=700><CTL=SYN>", fx.Segment.String())
}

func TestSEND(t *testing.T) {
	c, fx := after(t, listening(), call(CallSEND, 5))
	assert.Equal(t, "<SEQ=700><CTL=SYN>", fx.Segment.String(), "SEND in LISTEN sends a SYN")
	assert.False(t, c.Is(Passive))
	assert.EqualValues(t, 5, c.Unsent(), "the data is queued")

	c, fx = after(t, established(), call(CallSEND, 5))
	assert.EqualValues(t, 5, c.Unsent())
	assert.False(t, fx.Sends, "Transmit sends it")

	for _, c := range []TCB{with(synReceived(), text(1, 0), closed), with(closeWait(), closed)} {
		_, fx = after(t, c, call(CallSEND, 1))
		assert.Equal(t, ErrConnClosing, fx.Reply, "no SEND after a CLOSE that is queued in %v", c.State)
	}

	for _, c := range []TCB{established(), closeWait(), synSent(), with(established(), text(9, 3))} {
		fits := uint32(MaxQueue) - c.SND.END.From(c.SND.UNA) - 1
		_, fx = after(t, c, call(CallSEND, fits))
		assert.Equal(t, OK, fx.Reply)
		_, fx = after(t, c, call(CallSEND, fits+1))
		assert.Equal(t, "error: insufficient resources", fx.Reply.String())
	}
	_, fx = after(t, listening(), call(CallSEND, MaxQueue-1))
	assert.Equal(t, OK, fx.Reply, "the SYN and the text fit")
	_, fx = after(t, listening(), call(CallSEND, MaxQueue))
	assert.Equal(t, ErrResources, fx.Reply)
	_, fx = after(t, established(), call(CallSEND, 1<<32-1))
	assert.Equal(t, ErrResources, fx.Reply)
}

func TestRECEIVE(t *testing.T) {
	five := with(established(), unread(5))
	c, fx := after(t, five, call(CallRECEIVE, 2))
	assert.Equal(t, Range{301, 303}, fx.Delivered)
	assert.Equal(t, OK, fx.Reply)
	assert.EqualValues(t, 3, c.Unread())
	assert.Equal(t, window-3, c.RCV.WND, "the window opens as room becomes free")

	_, fx = after(t, five, call(CallRECEIVE, 9))
	assert.Equal(t, Range{301, 306}, fx.Delivered, "what is there is delivered, if it is less")
	c, fx = after(t, five, call(CallRECEIVE, 0))
	assert.Equal(t, OK, fx.Reply, "a RECEIVE of nothing")
	assert.Equal(t, five, c)

	for _, base := range []TCB{closeWait(), closing(), lastAck(), timeWait()} {
		c := but(base, func(c *TCB) { c.RCV.READ -= 2; c.RCV.IRS -= 2 })
		c, fx = after(t, c, call(CallRECEIVE, 9))
		assert.EqualValues(t, 2, fx.Delivered.Len(), "octets on hand are delivered in %v", c.State)
		assert.False(t, fx.Told(ToldEOF))
		c, fx = after(t, c, call(CallRECEIVE, 9))
		assert.Equal(t, EndOfStream, fx.Reply)
		assert.True(t, fx.Told(ToldEOF), "then the end is told")
		_, fx = after(t, c, call(CallRECEIVE, 9))
		assert.Equal(t, "error: connection closing", fx.Reply.String(), "once")
	}
}

func TestRECEIVEIsQueued(t *testing.T) {
	c, fx := after(t, established(), call(CallRECEIVE, 3))
	assert.Equal(t, Queued, fx.Reply)
	c, _ = after(t, c, call(CallRECEIVE, 2))
	assert.EqualValues(t, 5, c.RCV.WANT, "two RECEIVEs wait")
	got, fx := after(t, c, Arrive(Segment{SEQ: 301, ACK: 101, TXT: 4, WND: window, CTL: ACK}))
	assert.Equal(t, Range{301, 305}, fx.Delivered, "text that arrives is delivered at once")
	assert.Equal(t, Done, fx.Reply, "nobody called")
	assert.Zero(t, got.RCV.WANT)
	assert.Equal(t, window, got.RCV.WND, "and takes no room")
	got, fx = after(t, c, Arrive(Segment{SEQ: 301, ACK: 101, TXT: 9, WND: window, CTL: ACK}))
	assert.Equal(t, Range{301, 306}, fx.Delivered, "no more than was asked for")
	assert.EqualValues(t, 4, got.Unread())
	got, fx = after(t, c, Arrive(Segment{SEQ: 303, ACK: 101, TXT: 1, WND: window, CTL: ACK}))
	assert.EqualValues(t, 5, got.RCV.WANT, "text behind a hole does not serve it")
	assert.Zero(t, fx.Delivered)
	got, fx = after(t, c, Arrive(Segment{SEQ: 301, ACK: 101, WND: window, CTL: FIN | ACK}))
	assert.True(t, fx.Told(ToldEOF|ToldClosing), "a FIN returns pending RECEIVEs with the same message")
	assert.True(t, got.Is(EOFTold))
	got, fx = after(t, c, Arrive(Segment{SEQ: 301, ACK: 101, TXT: 1, WND: window, CTL: FIN | ACK}))
	assert.Equal(t, Range{301, 302}, fx.Delivered)
	assert.False(t, fx.Told(ToldEOF), "the octet has served them")
	assert.True(t, got.Readable())

	_, fx = after(t, with(established(), wants(1)), call(CallRECEIVE, MaxWindow))
	assert.Equal(t, ErrResources, fx.Reply)
	_, fx = after(t, with(established(), wants(1)), call(CallRECEIVE, MaxWindow-1))
	assert.Equal(t, Queued, fx.Reply)
}

// TestOctetsOutliveTheTCB: what was received in order can be read in CLOSED.
func TestOctetsOutliveTheTCB(t *testing.T) {
	c := but(lastAck(), func(c *TCB) { c.RCV.READ -= 2; c.RCV.IRS -= 2 })
	c, _ = after(t, c, Arrive(Segment{SEQ: 302, ACK: 102, WND: window, CTL: ACK}))
	assert.Equal(t, Closed, c.State)
	assert.EqualValues(t, 2, c.Unread())
	kept := c
	c, fx := after(t, c, call(CallRECEIVE, 1))
	assert.EqualValues(t, 1, fx.Delivered.Len())
	assert.Zero(t, c.RCV.WND, "there is no window in CLOSED")
	c, _ = after(t, c, call(CallRECEIVE, 1))
	c, fx = after(t, c, call(CallRECEIVE, 1))
	assert.Equal(t, EndOfStream, fx.Reply)
	assert.Equal(t, TCB{}, c, "then nothing is left")
	_, fx = after(t, kept, call(CallSEND, 1))
	assert.Equal(t, ErrNotOpen, fx.Reply, "only RECEIVE knows of it")

	_, fx = Options{ClosedForgets: true}.after(t, kept, call(CallRECEIVE, 1))
	assert.Equal(t, ErrNotOpen, fx.Reply, "to the letter of 3.10.3")
	for _, s := range []State{Closing, LastAck, TimeWait, CloseWait} {
		_, fx = Options{StrictReceive: true}.after(t, byState[s], call(CallRECEIVE, 1))
		assert.Equal(t, s == CloseWait, fx.Reply == EndOfStream, "to the letter of 3.10.3: %v", s)
	}
}
