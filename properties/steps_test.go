package properties

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// after changes the last state of a run.
func after(run []at, change func(a, b *system.Side)) []at {
	last := &run[len(run)-1]
	change(&last.sides[0], &last.sides[1])
	return run
}

// queued: A has SENT two octets; with text, has them and a FIN to send.
func queued(a, _ *system.Side) { a.SND.END, a.User.Sent = 3, 2 }

func closeQueued(a, b *system.Side) {
	queued(a, b)
	a.Flags, a.State, a.User.Closed = model.CloseCalled, model.FinWait1, true
}

func finOutstanding(a, _ *system.Side) {
	a.Flags, a.State, a.User.Closed, a.SND.NXT, a.FINAt = model.CloseCalled, model.FinWait1, true, 2, 1
}

func timeWait(a, b *system.Side) {
	finOutstanding(a, b)
	a.State, a.SND.UNA = model.TimeWait, 2
	a.Flags |= model.FINReceived | model.EOFTold | model.TimerTW
	a.RCV.NXT, a.GotFIN = 2, true
}

func ack(seq, n model.Seq) model.Segment { return model.Segment{SEQ: seq, ACK: n, CTL: model.ACK} }

func rst(seq model.Seq) model.Segment { return model.Segment{SEQ: seq, CTL: model.RST} }

// stepCases are runs of one step, for the claims that speak of steps.
func stepCases(t *testing.T) []judged {
	t.Helper()
	const holds, violated, vacuous = checker.Holds, checker.Violated, checker.Vacuous
	rfc := newSystem(t, scenario(t, "abort", 2, 2))
	opens := newSystem(t, scenario(t, "refused", 0, 0))
	under := func(name string) *system.System { return newSystem(t, scenario(t, "abort", 2, 2, option(name))) }
	transmit := func(n uint16, fin bool) system.Action { return system.Action{Kind: system.Transmit, N: n, FIN: fin} }
	closeCall, abort := system.Action{Kind: system.Close}, system.Action{Kind: system.Abort}
	list := []judged{}
	add := func(claim, what string, want checker.Verdict, b *system.System, run []at) {
		list = append(list, judged{claim, what, want, b, run, checker.NoLoop})
	}
	send := func(change func(a, b *system.Side), a system.Action) []at {
		return local(t, rfc, start(rfc, change), a)
	}

	add("one-fin", "nothing is sent", vacuous, rfc, send(queued, closeCall))
	add("one-fin", "an ACK occupies nothing", vacuous, rfc, send(func(a, _ *system.Side) { a.Flags = model.ACKPending }, system.Action{Kind: system.Ack}))
	add("one-fin", "an octet in its place", holds, rfc, send(queued, transmit(1, false)))
	add("one-fin", "an octet that was never SENT", violated, rfc,
		after(send(queued, transmit(1, false)), func(a, _ *system.Side) { a.User.Sent = 0 }))
	add("one-fin", "another octet than its place says", violated, rfc,
		send(func(a, b *system.Side) { queued(a, b); a.SND.ACKED = 1 }, transmit(1, false)))
	add("one-fin", "the FIN behind the text", holds, rfc, send(func(a, _ *system.Side) {
		finOutstanding(a, nil)
		a.SND.NXT, a.FINAt = 1, 0
	}, transmit(0, true)))
	add("one-fin", "another FIN than the first", violated, rfc,
		after(send(func(a, _ *system.Side) { finOutstanding(a, nil); a.SND.NXT, a.FINAt = 1, 0 }, transmit(0, true)),
			func(a, _ *system.Side) { a.FINAt = 2 }))
	add("one-fin", "a FIN before the last octet that was SENT", violated, rfc,
		after(send(func(a, _ *system.Side) { finOutstanding(a, nil); a.SND.NXT, a.FINAt = 1, 0 }, transmit(0, true)),
			func(a, _ *system.Side) { a.User.Sent = 1 }))
	add("one-fin", "text behind the FIN", violated, rfc,
		after(send(func(a, b *system.Side) { queued(a, b); a.SND.NXT = 2 }, transmit(1, false)), func(a, _ *system.Side) { a.FINAt = 1 }))
	add("one-fin", "the SYN at ISS", holds, opens, local(t, opens, start(opens), system.Action{Kind: system.ActiveOpen}))
	syn := start(opens, func(a, _ *system.Side) {
		a.TCB = model.TCB{State: model.SynSent, SND: model.SendVars{ISS: 5, UNA: 5, NXT: 6, END: 6}}
	})
	add("one-fin", "a SYN elsewhere", violated, opens, local(t, opens, syn, system.Action{Kind: system.Retransmit}))
	add("one-fin", "a RST occupies nothing", vacuous, rfc, send(queued, abort))

	add("rcv-nxt-monotone", "text moves it on", holds, rfc,
		arrival(t, rfc, start(rfc), model.Segment{SEQ: 1, ACK: 1, TXT: 1, CTL: model.ACK}))
	add("rcv-nxt-monotone", "it goes back", violated, rfc,
		after(arrival(t, rfc, start(rfc), ack(1, 1)), func(a, _ *system.Side) { a.RCV.NXT = 0 }))
	add("rcv-nxt-monotone", "it moves after the FIN", violated, rfc,
		after(arrival(t, rfc, start(rfc, timeWait), ack(2, 2)), func(a, _ *system.Side) { a.RCV.NXT = 3 }))
	add("rcv-nxt-monotone", "it stands still after the FIN", holds, rfc, arrival(t, rfc, start(rfc, timeWait), ack(2, 2)))
	add("rcv-nxt-monotone", "the TCB is deleted", holds, rfc, arrival(t, rfc, start(rfc), rst(1))) // of the peer's half

	add("figure", "CLOSE in ESTABLISHED", holds, rfc, send(queued, closeCall))
	lastAck := func(a, b *system.Side) {
		finOutstanding(a, b)
		a.State, a.RCV.NXT, a.GotFIN = model.LastAck, 2, true
		a.Flags |= model.FINReceived | model.EOFTold
	}
	add("figure", "LAST-ACK to CLOSED", holds, rfc, arrival(t, rfc, start(rfc, lastAck), ack(2, 2)))
	wrong := under("last-ack-time-wait")
	add("figure", "LAST-ACK to TIME-WAIT", violated, wrong, arrival(t, wrong, start(wrong, lastAck), ack(2, 2)))

	closed := func(a, _ *system.Side) { *a = system.Side{} }
	add("reset-form", "no RST", vacuous, rfc, send(queued, closeCall))
	add("reset-form", "ABORT at SND.NXT", holds, rfc, send(queued, abort))
	add("reset-form", "the answer to an ACK", holds, rfc, arrival(t, rfc, start(rfc, closed), ack(7, 9)))
	add("reset-form", "the answer to a SYN", holds, rfc, arrival(t, rfc, start(rfc, closed), model.Segment{SEQ: 7, CTL: model.SYN}))
	wrong = under("rst-wrong-seq")
	add("reset-form", "the answer at SEG.SEQ", violated, wrong, arrival(t, wrong, start(wrong, closed), ack(7, 9)))
	if _, ok := model.Lookup("rst-answered"); ok {
		wrong = under("rst-answered")
		add("reset-form", "the answer to a RST", violated, wrong, arrival(t, wrong, start(wrong, closed), rst(7)))
	}

	add("no-spurious-reset", "no RST", holds, rfc, arrival(t, rfc, start(rfc), ack(1, 1)))
	add("no-spurious-reset", "a RST is accepted", violated, rfc, arrival(t, rfc, start(rfc), rst(1)))
	add("no-spurious-reset", "a RST outside the window", holds, rfc, arrival(t, rfc, start(rfc), rst(0)))
	add("no-spurious-reset", "in TIME-WAIT it may be", holds, rfc, arrival(t, rfc, start(rfc, timeWait), rst(2)))
	add("no-spurious-reset", "the own SYN is not acknowledged", vacuous, rfc,
		arrival(t, rfc, start(rfc, func(a, _ *system.Side) { a.SND.UNA = a.SND.ISS }), rst(1)))
	add("no-spurious-reset", "in SYN-SENT it is none of its concern", vacuous, opens,
		arrival(t, opens, start(opens, func(a, _ *system.Side) {
			a.TCB = model.TCB{State: model.SynSent, SND: model.SendVars{NXT: 1, END: 1}}
		}), model.Segment{SEQ: 0, ACK: 1, CTL: model.RST | model.ACK}))

	add("bounded-replies", "a bare ACK causes nothing", holds, rfc, arrival(t, rfc, start(rfc), ack(1, 1)))
	add("bounded-replies", "in TIME-WAIT, too", holds, rfc, arrival(t, rfc, start(rfc, timeWait), ack(2, 2)))
	wrong = under("time-wait-acks-all")
	add("bounded-replies", "TIME-WAIT answers it", violated, wrong, arrival(t, wrong, start(wrong, timeWait), ack(2, 2)))
	add("bounded-replies", "an old one may be answered", vacuous, rfc, arrival(t, rfc, start(rfc), ack(0, 1)))
	add("bounded-replies", "one of the unsent may be answered", vacuous, rfc, arrival(t, rfc, start(rfc), ack(1, 9)))
	add("bounded-replies", "text may be answered", vacuous, rfc,
		arrival(t, rfc, start(rfc), model.Segment{SEQ: 1, ACK: 1, TXT: 1, CTL: model.ACK}))
	add("bounded-replies", "a RST is another matter", vacuous, rfc, arrival(t, rfc, start(rfc), rst(1)))
	add("bounded-replies", "in CLOSED everything is answered", vacuous, rfc, arrival(t, rfc, start(rfc, closed), ack(1, 1)))
	half := newSystem(t, scenario(t, "half-duplex", 2, 2))
	wrong = newSystem(t, scenario(t, "half-duplex", 2, 2, option("close-unread-sends-fin")))
	unread := func(a, b *system.Side) { a.RCV.NXT, b.SND.NXT, b.SND.UNA, b.SND.END, b.User.Sent = 2, 2, 2, 2, 1 }
	add("lost-data-resets", "CLOSE with all read", vacuous, half, local(t, half, start(half), closeCall))
	add("lost-data-resets", "CLOSE with an octet unread", holds, half, local(t, half, start(half, unread), closeCall))
	add("lost-data-resets", "it makes no RST", violated, wrong, local(t, wrong, start(wrong, unread), closeCall))
	wrong = newSystem(t, scenario(t, "half-duplex", 2, 2, option("data-after-close-acked")))
	noReader := func(a, b *system.Side) { finOutstanding(a, b); a.Flags |= model.NoReader | model.EOFTold }
	octet := model.Segment{SEQ: 1, ACK: 1, TXT: 1, CTL: model.ACK}
	add("lost-data-resets", "an octet after CLOSE", holds, half, arrival(t, half, start(half, noReader), octet))
	add("lost-data-resets", "it is acknowledged", violated, wrong, arrival(t, wrong, start(wrong, noReader), octet))
	add("lost-data-resets", "a bare ACK is no data", vacuous, half, arrival(t, half, start(half, noReader), ack(1, 1)))
	old := octet
	old.SEQ = 0
	add("lost-data-resets", "nor is an old octet new", vacuous, half, arrival(t, half, start(half, noReader), old))
	add("lost-data-resets", "a user who still reads loses nothing", vacuous, half, arrival(t, half, start(half, finOutstanding), octet))
	return list
}

// The claims of steps, judged over steps that are made up.
func TestStepClaims(t *testing.T) {
	both := check(t, slices.Concat(stepCases(t), againStepCases(t), thirdPartySteps(t), arrivalCases(t)))
	for _, c := range Catalogue() {
		if c.Kind == Step {
			assert.True(t, both[c.Name], "%s must be seen to hold and to be violated", c.Name)
		}
	}
}

// resetInForm says of each kind of RST what the RFC says of its numbers.
func TestResetInForm(t *testing.T) {
	b := model.TCB{SND: model.SendVars{NXT: 40}}
	with := func(e model.Event, r model.Segment) *system.Happening {
		return &system.Happening{Before: b, Event: e, Fx: model.Effects{Segment: r, Sends: true}}
	}
	call := func(k model.EventKind) model.Event { return model.Event{Kind: k} }
	noACK := model.Arrive(model.Segment{SEQ: 7, TXT: 2, CTL: model.SYN})
	answer := model.Segment{SEQ: 0, ACK: 10, CTL: model.RST | model.ACK}
	for _, c := range []struct {
		what string
		want bool
		x    *system.Happening
	}{
		{"ABORT's at SND.NXT", true, with(call(model.CallABORT), rst(40))},
		{"ABORT's elsewhere", false, with(call(model.CallABORT), rst(41))},
		{"a half-duplex CLOSE's at SND.NXT", true, with(call(model.CallCLOSE), rst(40))},
		{"a half-duplex CLOSE's elsewhere", false, with(call(model.CallCLOSE), rst(1))},
		{"a timeout's", false, with(call(model.TimeoutRetransmission), rst(40))},
		{"in answer to a RST", false, with(model.Arrive(rst(1)), rst(1))},
		{"in answer to an ACK, at SEG.ACK", true, with(model.Arrive(ack(1, 9)), rst(9))},
		{"in answer to an ACK, elsewhere", false, with(model.Arrive(ack(1, 9)), rst(1))},
		{"in answer to an ACK, with an ACK", false, with(model.Arrive(ack(1, 0)), model.Segment{CTL: model.RST | model.ACK})},
		{"in answer to what has none", true, with(noACK, answer)},
		{"not at 0", false, with(noACK, model.Segment{SEQ: 1, ACK: 10, CTL: model.RST | model.ACK})},
		{"not of all that arrived", false, with(noACK, model.Segment{ACK: 9, CTL: model.RST | model.ACK})},
		{"without ACK", false, with(noACK, model.Segment{ACK: 10, CTL: model.RST})},
	} {
		assert.Equal(t, c.want, resetInForm(c.x), c.what)
	}
}

// harmless is S12's premise.
func TestHarmless(t *testing.T) {
	base := model.TCB{State: model.Established, SND: model.SendVars{NXT: 5}, RCV: model.RecvVars{NXT: 10, WND: 3}}
	at := func(g model.Segment) *system.Happening {
		return &system.Happening{Before: base, Event: model.Arrive(g)}
	}
	assert.True(t, harmless(at(ack(10, 5))))
	assert.True(t, harmless(at(ack(12, 5))), "anywhere in the window")
	assert.False(t, harmless(at(ack(13, 5))), "beyond the window")
	assert.False(t, harmless(at(ack(9, 5))), "before the window")
	assert.False(t, harmless(at(ack(10, 6))), "acknowledges the unsent")
	assert.True(t, harmless(at(model.Segment{SEQ: 10, ACK: 6})), "an ACK field without the bit says nothing")
	assert.False(t, harmless(at(rst(10))))
	assert.False(t, harmless(at(model.Segment{SEQ: 10, ACK: 5, CTL: model.FIN | model.ACK})))
	x := at(ack(10, 5))
	x.Before.RCV.WND = 0
	assert.True(t, harmless(x), "at RCV.NXT with a zero window")
	x.Before.State = model.SynReceived
	assert.False(t, harmless(x), "not synchronized")
	x = at(ack(10, 5))
	x.Event.Kind = model.OutputAck
	assert.False(t, harmless(x), "nothing arrives")
}

// What the machine is asked for: the mover's half of a local move, the
// receiver's half of a delivery, nothing of a loss.
func TestAnyHappening(t *testing.T) {
	b := newSystem(t, scenario(t, "close", 1, 1))
	from := start(b)
	count := func(h Half) (n int) {
		anyHappening(b, h, func(s *system.Side, _ *system.Happening) bool {
			require.Same(t, h.To, s)
			n++
			return false
		})
		return n
	}
	half := func(kind uint8, a system.Action) Half {
		return Half{Kind: kind, Action: a, From: &from[0], To: &from[0]}
	}
	text := system.Action{Kind: system.Deliver, Segment: model.Segment{SEQ: 1, ACK: 1, TXT: 1, CTL: model.ACK}}
	assert.Equal(t, 1, count(half(checker.Local, system.Action{Kind: system.Close})))
	assert.Equal(t, 2, count(half(checker.Accept, text)), "the arrival, and the user that reads at once")
	assert.Zero(t, count(half(checker.Offer, text)), "the segment leaves")
	assert.Zero(t, count(half(checker.Local, system.Action{Kind: system.Lose, Segment: text.Segment})))
	assert.Zero(t, count(half(checker.Local, system.Action{Kind: system.Crash})), "a crash asks nobody")
	assert.Zero(t, count(half(checker.Local, system.Action{Kind: system.Inject, Segment: text.Segment})))
	assert.True(t, anyHappening(b, half(checker.Accept, text), func(_ *system.Side, x *system.Happening) bool {
		return x.Event.Kind == model.CallRECEIVE
	}), "any of them")
	assert.True(t, arrived(&system.Happening{Event: model.Arrive(text.Segment)}))
	assert.False(t, arrived(&system.Happening{Event: model.Event{Kind: model.OutputAck}}))
}
