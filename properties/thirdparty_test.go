package properties

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// thirdPartySteps are steps in which something arrives that no honest peer has
// sent.
func thirdPartySteps(t *testing.T) []judged {
	t.Helper()
	const holds, violated, vacuous = checker.Holds, checker.Violated, checker.Vacuous
	rfc := newSystem(t, scenario(t, "injector", 2, 2))
	under := func(name string) *system.System { return newSystem(t, scenario(t, "injector", 2, 2, option(name))) }
	var list []judged
	gets := func(claim, what string, want checker.Verdict, b *system.System, change func(a, b *system.Side), g model.Segment) {
		list = append(list, judged{claim, what, want, b, arrival(t, b, start(b, change), g), checker.NoLoop})
	}
	open := func(_, _ *system.Side) {}
	owing := func(a, _ *system.Side) { a.Flags = model.ACKPending }
	received := func(a, _ *system.Side) {
		a.TCB = model.TCB{
			State: model.SynReceived, SND: model.SendVars{NXT: 1, END: 1, WND: a.SND.WND},
			RCV: model.RecvVars{NXT: 1, READ: 1, WND: a.RCV.WND},
		}
	}
	far := model.Seq(1 + model.DefaultWindow)
	fin, text := model.Segment{SEQ: 1, CTL: model.FIN}, model.Segment{SEQ: 1, TXT: 1}
	syn := func(seq model.Seq) model.Segment { return model.Segment{SEQ: seq, CTL: model.SYN} }
	end := model.Segment{SEQ: 2, ACK: 2, CTL: model.FIN | model.ACK}

	gets("no-ack-no-effect", "a FIN", holds, rfc, open, fin)
	gets("no-ack-no-effect", "text", holds, rfc, timeWait, model.Segment{SEQ: 2, TXT: 1})
	gets("no-ack-no-effect", "with an ACK", vacuous, rfc, open, ack(1, 1))
	gets("no-ack-no-effect", "a RST needs none", vacuous, rfc, open, rst(1))
	gets("no-ack-no-effect", "a SYN is answered", vacuous, rfc, open, syn(1))
	gets("no-ack-no-effect", "so is what is not acceptable", vacuous, rfc, timeWait, text)
	gets("no-ack-no-effect", "in SYN-RECEIVED it is no concern of the claim", vacuous, rfc, received, fin)
	gets("no-ack-no-effect", "the FIN is accepted", violated, under("fin-without-ack"), open, fin)

	const claim = "reset-at-the-edge"
	gets(claim, "a RST at RCV.NXT resets", vacuous, rfc, open, rst(1))
	gets(claim, "one in the window is challenged", holds, rfc, open, rst(2))
	gets(claim, "the challenge may carry an ACK that is owed", holds, rfc, owing, rst(2))
	gets(claim, "one beyond the window is dropped", holds, rfc, open, rst(far))
	gets(claim, "one below it, too", holds, rfc, timeWait, rst(1))
	gets(claim, "in SYN-RECEIVED, too", holds, rfc, received, rst(2))
	gets(claim, "ignored in TIME-WAIT", holds, under("time-wait-ignores-rst"), timeWait, rst(3))
	gets(claim, "RFC 793", violated, under("rst-in-window"), open, rst(2))
	gets(claim, "a RST from anywhere", violated, under("rst-not-validated"), open, rst(far))
	gets(claim, "the challenge has another number", violated, under("challenge-echoes"), open, rst(2))

	gets("syn-never-resets", "in the window", holds, rfc, open, syn(1))
	gets("syn-never-resets", "below it", holds, rfc, timeWait, syn(0))
	gets("syn-never-resets", "with a FIN", holds, rfc, open, model.Segment{SEQ: 1, CTL: model.SYN | model.FIN})
	gets("syn-never-resets", "in SYN-RECEIVED it is another matter", vacuous, rfc, received, syn(1))
	gets("syn-never-resets", "no SYN", vacuous, rfc, open, ack(1, 1))
	gets("syn-never-resets", "a RST is another matter", vacuous, rfc, open, model.Segment{SEQ: 1, CTL: model.SYN | model.RST})
	gets("syn-never-resets", "RFC 793", violated, under("syn-in-window-resets"), open, syn(1))

	gets("rcv-nxt-monotone", "a second FIN", holds, rfc, timeWait, end)
	gets("rcv-nxt-monotone", "a second FIN in CLOSE-WAIT, to the letter", violated, under("new-fin-advances"), closeWait(false),
		model.Segment{SEQ: 2, ACK: 1, CTL: model.FIN | model.ACK})
	gets("rcv-nxt-monotone", "text beyond the FIN", violated, under("text-after-fin-advances"), closeWait(false),
		model.Segment{SEQ: 2, ACK: 1, TXT: 1, CTL: model.ACK})
	return list
}

// thirdPartyRuns are what a third party does to a connection, and does not.
func thirdPartyRuns(t *testing.T) []judged {
	t.Helper()
	const found, missing = checker.Holds, checker.Violated
	b := newSystem(t, scenario(t, "injector-open", 2, 2, func(x *system.Bounds) { x.Start = system.FromEstablished }))
	var list []judged
	gets := func(claim, what string, want checker.Verdict, change func(a, b *system.Side), g model.Segment) {
		list = append(list, judged{claim, what, want, b, arrival(t, b, start(b, change), g), checker.NoLoop})
	}
	open := func(_, _ *system.Side) {}
	gets("forged-reset", "at RCV.NXT", found, open, rst(1))
	gets("forged-reset", "elsewhere", missing, open, rst(2))
	gets("forged-reset", "in TIME-WAIT", missing, timeWait, rst(2))
	gets("challenge", "in the window", found, open, rst(2))
	gets("challenge", "at RCV.NXT", missing, open, rst(1))
	gets("assassination", "in TIME-WAIT", found, timeWait, rst(2))
	gets("assassination", "before it", missing, open, rst(1))

	passive := func(state model.State) func(a, b *system.Side) {
		return func(a, _ *system.Side) {
			a.TCB = model.TCB{
				State: state, Flags: model.Passive, SND: model.SendVars{NXT: 1, END: 1, WND: a.SND.WND},
				RCV: model.RecvVars{NXT: 1, READ: 1, WND: a.RCV.WND},
			}
		}
	}
	gets("back-to-listen", "a SYN in the window", found, passive(model.SynReceived), model.Segment{SEQ: 3, CTL: model.SYN})
	gets("back-to-listen", "the same SYN again", missing, passive(model.SynReceived), model.Segment{SEQ: 0, CTL: model.SYN})

	stays := func(what string, want checker.Verdict, changes ...func(a, b *system.Side)) {
		list = append(list, judged{"syn-fin-half-closes", what, want, b, still(start(b, changes...)), checker.NoLoop})
	}
	stays("the peer has sent no FIN", found, passive(model.CloseWait))
	stays("it has", missing, passive(model.CloseWait), func(_, p *system.Side) { p.FINAt = 1 })
	stays("an active OPEN", missing, closeWait(false))
	return list
}

// acceptable is Table 6, row by row.
func TestAcceptable(t *testing.T) {
	with := func(wnd uint32, seq model.Seq, text uint32) *system.Happening {
		return &system.Happening{
			Before: model.TCB{State: model.Established, RCV: model.RecvVars{NXT: 10, WND: wnd}},
			Event:  model.Arrive(model.Segment{SEQ: seq, TXT: text}),
		}
	}
	for _, c := range []struct {
		wnd  uint32
		seq  model.Seq
		text uint32
		want bool
	}{
		{0, 10, 0, true},
		{0, 9, 0, false},
		{0, 10, 1, false},
		{3, 9, 0, false},
		{3, 10, 0, true},
		{3, 12, 0, true},
		{3, 13, 0, false},
		{3, 9, 1, false},
		{3, 9, 2, true},
		{3, 12, 5, true},
		{3, 13, 1, false},
	} {
		assert.Equal(t, c.want, acceptable(with(c.wnd, c.seq, c.text)), "%+v", c)
	}
}

// What counts as a change: the TCB, an arrow, a notice; not that an ACK which
// was owed leaves with the reply.
func TestNothingChanges(t *testing.T) {
	x := system.Happening{Before: model.TCB{Flags: model.ACKPending}}
	assert.False(t, nothingChanges(&x), "the ACK is gone, and was not sent")
	x.Fx.Sends = true
	assert.True(t, nothingChanges(&x))
	x.After.RCV.NXT++
	assert.False(t, nothingChanges(&x))
	assert.False(t, nothingChanges(&system.Happening{Fx: model.Effects{Notices: model.ToldEOF}}))
	assert.False(t, nothingChanges(&system.Happening{Fx: model.Effects{NumArrows: 1}}))
}
