package properties

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// again is a system that begins in ESTABLISHED and in which users may open again.
func again(t *testing.T, changes ...func(*system.Bounds)) *system.System {
	t.Helper()
	return newSystem(t, scenario(t, "crash", 2, 2,
		append(changes, func(b *system.Bounds) { b.Start, b.Reopens = system.FromEstablished, [2]int{1, 1} })...))
}

// of says of which incarnations a segment is.
func of(g model.Segment, from, to uint8) model.Segment {
	g.INC = system.Tag{From: from, To: to}.INC()
	return g
}

// second: the two are connected in their second incarnations.
func second(a, b *system.Side) {
	for _, x := range [2]*system.Side{a, b} {
		x.Incarnation, x.Met = 2, 2
	}
}

// crashed: B has forgotten everything.
func crashed(_, b *system.Side) {
	*b = system.Side{Role: b.Role, Incarnation: b.Incarnation, Met: b.Met, Ended: system.EndedCrash, Crashes: 1}
}

func flies(g model.Segment) func(a, b *system.Side) {
	return func(a, _ *system.Side) { a.Net[0], a.NumNet = g, 1 }
}

func againStateCases(t *testing.T) []judged {
	t.Helper()
	const holds, violated, vacuous = checker.Holds, checker.Violated, checker.Vacuous
	b := again(t)
	var list []judged
	add := func(claim, what string, want checker.Verdict, b *system.System, changes ...func(a, b *system.Side)) {
		list = append(list, judged{claim, what, want, b, still(start(b, changes...)), checker.NoLoop})
	}
	ack := of(ack(1, 1), 1, 1)
	add("half-open", "an ACK draws the RST", holds, b, crashed, flies(ack))
	add("half-open", "it ends TIME-WAIT, too", holds, b, timeWait, crashed, flies(of(model.Segment{SEQ: 2, ACK: 2, CTL: model.ACK}, 1, 1)))
	add("half-open", "unless that ignores it", holds, again(t, option("time-wait-ignores-rst")), timeWait, crashed,
		flies(of(model.Segment{SEQ: 2, ACK: 2, CTL: model.ACK}, 1, 1)))
	wrong := again(t, option("rst-wrong-seq"))
	add("half-open", "the RST's number is no good", violated, wrong, queued, crashed, flies(of(model.Segment{SEQ: 2, ACK: 1, CTL: model.ACK}, 1, 1)))
	add("half-open", "nobody answers", violated, again(t, option("closed-silent")), crashed, flies(ack))
	add("half-open", "the peer has not crashed", vacuous, b, flies(ack))
	add("half-open", "an old acknowledgment", vacuous, b, crashed, flies(of(model.Segment{SEQ: 1, ACK: 0, CTL: model.ACK}, 1, 1)))
	add("half-open", "a RST is not answered", vacuous, b, crashed, flies(of(rst(1), 1, 1)))
	add("half-open", "of an earlier incarnation", vacuous, b, second, crashed, flies(ack))

	for _, claim := range []string{"prefix", "eof-honesty", "fin-ack-honesty", "compatible-pairs"} {
		add(claim, "of another incarnation of the peer", vacuous, b, func(i, p *system.Side) {
			i.User.Next, i.User.EOF, i.Ended = 1, true, system.EndedLastAck
			p.Incarnation = 2
		})
	}
	return list
}

func againStepCases(t *testing.T) []judged {
	t.Helper()
	const holds, violated, vacuous = checker.Holds, checker.Violated, checker.Vacuous
	b := again(t)
	var list []judged
	add := func(what string, want checker.Verdict, g model.Segment, changes ...func(a, b *system.Side)) {
		list = append(list, judged{"incarnations", what, want, b, arrival(t, b, start(b, changes...), g), checker.NoLoop})
	}
	text := model.Segment{SEQ: 1, ACK: 1, TXT: 1, CTL: model.ACK}
	outstanding := func(a, b *system.Side) { queued(a, b); second(a, b); a.SND.NXT = 2 }
	add("text of the present one", vacuous, of(text, 2, 2), second)
	add("old text", violated, of(text, 1, 1), second)
	add("old text, of the peer's earlier incarnation alone", violated, of(text, 1, 2), second)
	add("old text, meant for one's own earlier incarnation alone", violated, of(text, 2, 1), second)
	add("old text behind a hole", violated, of(model.Segment{SEQ: 2, ACK: 1, TXT: 1, CTL: model.ACK}, 1, 1), second)
	add("an old FIN behind a hole", violated, of(model.Segment{SEQ: 2, ACK: 1, CTL: model.ACK | model.FIN}, 1, 1), second)
	add("old text below the window", holds, of(model.Segment{SEQ: 0, ACK: 1, TXT: 1, CTL: model.ACK}, 1, 1), second)
	add("an old ACK that says nothing", holds, of(ack(1, 1), 1, 1), second)
	add("an old ACK that advances", violated, of(ack(1, 2), 1, 1), outstanding)
	add("an old RST", violated, of(rst(1), 1, 1), second)
	add("an old RST below the window", holds, of(rst(0), 1, 1), second)
	lastAck := func(a, b *system.Side) {
		finOutstanding(a, b)
		second(a, b)
		a.State, a.RCV.NXT, a.GotFIN = model.LastAck, 2, true
		a.Flags |= model.FINReceived | model.EOFTold
	}
	add("the ACK of an old FIN", violated, of(ack(2, 2), 1, 1), lastAck)

	half := func(s model.State, flags model.Flags) func(a, b *system.Side) {
		return func(a, b *system.Side) {
			second(a, b)
			a.State, a.Flags, a.Met = s, flags, 1 // an old SYN
			a.SND.UNA = 0
			if s == model.SynSent {
				a.Met, a.RCV.NXT, a.RCV.READ = 0, 0, 0
			}
			if s == model.Listen {
				a.TCB = model.TCB{State: s, Flags: flags}
			}
		}
	}
	add("an old SYN is answered, and nobody knows that it is old", vacuous, of(model.Segment{CTL: model.SYN}, 1, 0), half(model.Listen, model.Passive), func(_, b *system.Side) { b.Incarnation = 2 })
	add("an old SYN is acknowledged", violated, of(ack(1, 1), 2, 2), half(model.SynReceived, 0))
	add("an old SYN,ACK that acknowledges the new SYN", violated, of(model.Segment{ACK: 1, CTL: model.SYN | model.ACK}, 1, 1), half(model.SynSent, 0))
	add("the SYN,ACK of the present one", holds, of(model.Segment{ACK: 1, CTL: model.SYN | model.ACK}, 2, 2), half(model.SynSent, 0))
	return list
}

func againLivenessCases(t *testing.T) []judged {
	t.Helper()
	const holds, violated, vacuous = checker.Holds, checker.Violated, checker.Vacuous
	b := again(t)
	var list []judged
	add := func(claim, what string, want checker.Verdict, changes ...func(a, b *system.Side)) {
		run := goes(b, changes...)
		for i := 1; i < len(run); i++ {
			if run[i].sides[1] != run[i-1].sides[1] {
				run[i].action = system.Action{Kind: system.Deliver, Segment: ack(0, model.Seq(i))}
			}
		}
		list = append(list, judged{claim, what, want, b, run, checker.NoLoop})
	}
	outstanding := func(a, b *system.Side) { queued(a, b); a.SND.NXT = 2; crashed(a, b) }
	add("half-open-ends", "the RST comes", holds, outstanding, isClosed)
	add("half-open-ends", "it does not", violated, outstanding)
	add("half-open-ends", "nothing is to be sent", vacuous, crashed)
	add("half-open-ends", "the last words of the peer are still to come", vacuous, func(a, b *system.Side) {
		outstanding(a, b)
		b.Net[0], b.NumNet = of(ack(1, 2), 1, 1), 1
	})
	add("half-open-ends", "another incarnation of the peer tells nothing", violated, outstanding, func(_, b *system.Side) {
		b.State, b.Incarnation, b.Met, b.Ended = model.Listen, 2, 0, system.NotEnded
	})
	add("both-close", "after a crash FIN-WAIT-2 may be left behind", holds, func(a, b *system.Side) { finWait2(a, b); crashed(a, b) })
	add("both-close", "but not CLOSE-WAIT", violated, func(a, b *system.Side) {
		closeWait(false)(a, b)
		a.User.Opened = true
		crashed(a, b)
		b.User.Opened = true
	})
	return list
}

func againWitnessCases(t *testing.T) []judged {
	t.Helper()
	const found, missing = checker.Holds, checker.Violated
	b := again(t)
	var list []judged
	stays := func(claim, what string, want checker.Verdict, changes ...func(a, b *system.Side)) {
		list = append(list, judged{claim, what, want, b, still(start(b, changes...)), checker.NoLoop})
	}
	gets := func(claim, what string, want checker.Verdict, g model.Segment, changes ...func(a, b *system.Side)) {
		list = append(list, judged{claim, what, want, b, arrival(t, b, start(b, changes...), g), checker.NoLoop})
	}
	wasReset := func(a, _ *system.Side) {
		*a = system.Side{Role: a.Role, Ended: system.EndedReset, Incarnation: 1, Met: 1, User: system.User{Sent: 1}}
	}
	asks := func(_, b *system.Side) { b.State, b.Incarnation, b.Met, b.Ended = model.SynSent, 2, 0, system.NotEnded }
	stays("half-open-discovery", "the old connection is gone, the SYN is out", found, wasReset, crashed, asks)
	stays("half-open-discovery", "without a crash", missing, wasReset, asks)
	stays("active-discovery", "text was sent", found, wasReset, crashed)
	stays("active-discovery", "nothing was", missing, wasReset, crashed, func(a, _ *system.Side) { a.User.Sent = 0 })
	stays("silent-half-open", "FIN-WAIT-2", found, finWait2, crashed)
	stays("silent-half-open", "something is in flight", missing, finWait2, crashed, flies(ack(1, 1)))
	stays("silent-half-open", "the peer lives", missing, finWait2)
	stays("second-incarnation", "both", found, second)
	stays("second-incarnation", "one", missing, func(a, _ *system.Side) { a.Incarnation = 2 })
	gets("old-duplicate", "of the first incarnation", found, of(ack(1, 1), 1, 1), second)
	gets("old-duplicate", "of the second", missing, of(ack(1, 1), 2, 2), second)
	return list
}

// A twin bears its option's name; with the scenario, if it is not the first.
func TestKillName(t *testing.T) {
	names := map[string]bool{}
	for _, k := range Kills() {
		names[k.Name()] = true
	}
	for _, name := range []string{"skip-time-wait", "skip-time-wait-reincarnation", "rst-wrong-seq-crash"} {
		assert.True(t, names[name], name)
	}
}
