package properties

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// goes is a run through states of which each is the one before, changed. The
// steps are ACKs of A, whatever they do: all of the claims assume their fairness.
func goes(b *system.System, changes ...func(i, p *system.Side)) []at {
	x := at{sides: start(b)}
	run := []at{x}
	for _, change := range changes {
		change(&x.sides[0], &x.sides[1])
		x.side, x.action = 0, system.Action{Kind: system.Ack}
		x.sides[0].Dups++ // no state twice, if not on purpose
		run = append(run, x)
	}
	return run
}

func becomes(s model.State) func(i, p *system.Side) { return func(i, _ *system.Side) { i.State = s } }

// in CLOSED there is nothing left.
func isClosed(i, _ *system.Side) { *i = system.Side{Role: i.Role, User: i.User, Ended: i.Ended} }

func bothAreClosed(i, p *system.Side) { isClosed(i, p); isClosed(p, i) }

func livenessCases(t *testing.T) []judged {
	t.Helper()
	const holds, violated, vacuous = checker.Holds, checker.Violated, checker.Vacuous
	open := newSystem(t, scenario(t, "close", 2, 2))
	aborts := newSystem(t, scenario(t, "abort", 2, 2))
	var list []judged
	add := func(claim, what string, want checker.Verdict, b *system.System, run []at) {
		// A made-up side moves only with the step that it is made for, so a
		// step of one side may change one side only.
		for i := 1; i < len(run); i++ {
			if run[i].sides[1] != run[i-1].sides[1] {
				run[i].action = system.Action{Kind: system.Deliver, Segment: ack(0, model.Seq(i))}
			}
		}
		list = append(list, judged{claim, what, want, b, run, checker.NoLoop})
	}

	for _, claim := range []string{"both-close", "no-retransmission-needed"} {
		add(claim, "both close", holds, open, goes(open, becomes(model.TimeWait), bothAreClosed))
		add(claim, "one stays in TIME-WAIT", violated, open, goes(open, becomes(model.TimeWait), func(_, p *system.Side) { isClosed(p, nil) }))
		add(claim, "nothing happens at all", violated, open, goes(open))
	}
	add("both-close", "an ABORT may leave FIN-WAIT-2 behind", holds, aborts, goes(aborts, func(i, p *system.Side) {
		i.State = model.FinWait2
		*p = system.Side{Role: 1, Ended: system.EndedAbort}
	}))
	add("both-close", "but not FIN-WAIT-1", violated, aborts, goes(aborts, func(i, p *system.Side) {
		i.State = model.FinWait1
		*p = system.Side{Role: 1, Ended: system.EndedAbort}
	}))

	forged := newSystem(t, scenario(t, "injector", 2, 2))
	reset := func(injected uint8) func(i, p *system.Side) {
		return func(i, p *system.Side) {
			i.State, i.Injected = model.FinWait2, injected
			*p = system.Side{Role: 1, Ended: system.EndedReset}
		}
	}
	add("both-close", "a forged RST may leave FIN-WAIT-2 behind", holds, forged, goes(forged, reset(1)))
	add("both-close", "but not a RST that was not forged", violated, forged, goes(forged, reset(0)))

	add("fin-wait-1-ends", "never there", vacuous, open, goes(open, becomes(model.CloseWait)))
	add("fin-wait-1-ends", "left", holds, open, goes(open, becomes(model.FinWait1), becomes(model.FinWait2)))
	add("fin-wait-1-ends", "not left", violated, open, goes(open, becomes(model.FinWait1)))

	add("last-ack-ends", "never there", vacuous, open, goes(open, becomes(model.CloseWait)))
	add("last-ack-ends", "CLOSED", holds, open, goes(open, becomes(model.LastAck), isClosed))
	add("last-ack-ends", "TIME-WAIT, for ever", violated, open, goes(open, becomes(model.LastAck), becomes(model.TimeWait)))

	add("closing-ends", "never there", vacuous, open, goes(open, becomes(model.FinWait1)))
	add("closing-ends", "TIME-WAIT", holds, open, goes(open, becomes(model.Closing), becomes(model.TimeWait)))
	add("closing-ends", "not left", violated, open, goes(open, becomes(model.Closing)))
	add("closing-ends", "CLOSED, and nobody may abort", violated, open, goes(open, becomes(model.Closing), isClosed))
	add("closing-ends", "CLOSED by ABORT", holds, aborts, goes(aborts, becomes(model.Closing), isClosed))
	add("closing-ends", "CLOSED by a forged RST", holds, forged, goes(forged, becomes(model.Closing), isClosed))

	sends := func(i, _ *system.Side) { i.State, i.User.Sent = model.CloseWait, 2 }
	given := func(n uint16) func(i, p *system.Side) { return func(_, p *system.Side) { p.User.Next = n } }
	add("half-close-delivery", "nothing was sent", vacuous, open, goes(open, becomes(model.CloseWait)))
	add("half-close-delivery", "all is delivered", holds, open, goes(open, sends, given(1), given(2)))
	add("half-close-delivery", "not all", violated, open, goes(open, sends, given(1)))
	ended := func(i, _ *system.Side) { *i = system.Side{User: i.User, Ended: system.EndedReset} }
	add("half-close-delivery", "a forged RST comes between", holds, forged, goes(forged, sends, ended))
	add("half-close-delivery", "a RST, and nobody forges", violated, open, goes(open, sends, ended))
	add("half-close-delivery", "sent in another state", vacuous, open, goes(open, func(i, _ *system.Side) { i.User.Sent = 2 }))

	fin := func(i, _ *system.Side) { i.FINAt = 1 }
	add("fin-tells-eof", "no FIN", vacuous, open, goes(open, becomes(model.FinWait1)))
	add("fin-tells-eof", "nobody is told", violated, open, goes(open, fin))
	add("fin-tells-eof", "the end of the stream", holds, open, goes(open, fin, func(_, p *system.Side) { p.User.EOF = true }))
	add("fin-tells-eof", "a reset", holds, open, goes(open, fin, func(_, p *system.Side) { p.User.Error = true }))
	add("fin-tells-eof", "the user's own ABORT", holds, open, goes(open, fin, func(_, p *system.Side) { p.User.Abort = true }))
	add("fin-tells-eof", "a RST at the sender of the FIN", holds, open, goes(open, fin, func(i, _ *system.Side) { i.Ended = system.EndedReset }))
	add("fin-tells-eof", "the sender's own end of the stream says nothing", violated, open,
		goes(open, fin, func(i, _ *system.Side) { i.User.EOF = true }))
	return slices.Concat(list, wars(open), clockRuns(t))
}

// wars are runs that go on for ever: by deliveries, or not by them alone.
func wars(b *system.System) []judged {
	cycle := func(kinds ...system.Kind) []at {
		run := []at{{sides: start(b)}}
		for n, k := range kinds {
			x := run[len(run)-1]
			x.side, x.action = 0, system.Action{Kind: k}
			if k.Arrives() {
				x.action.Segment = ack(0, model.Seq(n+1))
			}
			x.sides[0].Dups++
			run = append(run, x)
		}
		// The last step leads back to the beginning: its label is the first entry's.
		run[0].side, run[0].action = 0, run[len(run)-1].action
		return run[:len(run)-1]
	}
	war := func(what string, want checker.Verdict, kinds ...system.Kind) judged {
		return judged{"quiet", what, want, b, cycle(kinds...), 0}
	}
	calls := goes(b, becomes(model.CloseWait))
	calls[1].action.Kind = system.Send
	return []judged{
		war("deliveries for ever", checker.Violated, system.Deliver, system.Deliver),
		war("Overflows are deliveries", checker.Violated, system.Deliver, system.Overflow),
		war("acknowledgments of acknowledgments", checker.Violated, system.Deliver, system.Ack),
		war("with a call in between", checker.Holds, system.Deliver, system.Send),
		war("with a duplicate in between", checker.Holds, system.Deliver, system.Duplicate),
		{"quiet", "no delivery", checker.Vacuous, b, calls, checker.NoLoop},
	}
}

// The claims of runs, judged over runs that are made up.
func TestLivenessClaims(t *testing.T) {
	both := check(t, append(livenessCases(t), againLivenessCases(t)...))
	for _, c := range Catalogue() {
		if c.Kind == Liveness {
			assert.True(t, both[c.Name], "%s must be seen to hold and to be violated", c.Name)
		}
	}
}

// What it means that all is over, in each kind of scenario.
func TestOver(t *testing.T) {
	open := system.Side{TCB: model.TCB{State: model.Established}, User: system.User{Opened: true}}
	shut := system.Side{User: system.User{Opened: true}}
	change := func(s system.Side, f func(*system.Side)) system.Side { f(&s); return s }
	told := change(shut, func(s *system.Side) { s.User.Error = true })
	early := change(shut, func(s *system.Side) { s.Ended = system.EndedEarly })
	reset := change(shut, func(s *system.Side) { s.Ended = system.EndedReset })
	aborted := change(shut, func(s *system.Side) { s.Ended = system.EndedAbort })
	left := change(open, func(s *system.Side) { s.State = model.FinWait2 })
	never := system.Side{}
	for _, c := range []struct {
		scenario, what string
		want           bool
		a, b           system.Side
	}{
		{"refused", "before OPEN", true, never, never},
		{"refused", "it tries", false, open, never},
		{"refused", "CLOSED, and told", true, told, never},
		{"refused", "CLOSED by its own CLOSE", true, early, never},
		{"refused", "CLOSED, and not told", false, reset, never},
		{"lifecycle", "A has not opened", true, never, open},
		{"lifecycle", "B has not opened", true, open, never},
		{"lifecycle", "both are open", false, open, open},
		{"lifecycle", "one is CLOSED", false, shut, open},
		{"lifecycle", "both are CLOSED", true, shut, shut},
		{"close", "one is CLOSED", false, shut, open},
		{"close", "the other is CLOSED", false, open, shut},
		{"close", "both are CLOSED", true, shut, shut},
		{"close", "left in FIN-WAIT-2", false, left, aborted},
		{"abort", "both are CLOSED", true, shut, shut},
		{"abort", "A is left in FIN-WAIT-2", true, left, aborted},
		{"abort", "B is left in FIN-WAIT-2", true, aborted, left},
		{"abort", "left by a peer that did not abort", false, left, reset},
		{"abort", "left in another state", false, open, aborted},
	} {
		goal := over(newSystem(t, scenario(t, c.scenario, 1, 1)))
		assert.Equal(t, c.want, goal(View{A: &c.a, B: &c.b}), "%s: %s", c.scenario, c.what)
	}
}

// Without loss an ABORT leaves FIN-WAIT-2 behind only if it is silent: in
// CLOSING, with the own FIN still to be sent.
func TestLeftInFinWait2(t *testing.T) {
	b := newSystem(t, scenario(t, "abort", 1, 1, func(b *system.Bounds) { b.Loss = false }))
	i := &system.Side{TCB: model.TCB{State: model.FinWait2}}
	silent := system.Side{Ended: system.EndedAbort, GotFIN: true, User: system.User{Closed: true, Abort: true}}
	assert.True(t, leftInFinWait2(b, i, &silent))
	for what, change := range map[string]func(*system.Side){
		"its FIN was sent":        func(p *system.Side) { p.FINAt = 1 },
		"it has not closed":       func(p *system.Side) { p.User.Closed = false },
		"it has not got the FIN":  func(p *system.Side) { p.GotFIN = false },
		"it has not ended so":     func(p *system.Side) { p.Ended = system.EndedReset },
		"it has not ended at all": func(p *system.Side) { p.Ended = system.NotEnded },
	} {
		p := silent
		change(&p)
		assert.False(t, leftInFinWait2(b, i, &p), what)
	}
	b.Loss = true
	assert.True(t, leftInFinWait2(b, i, &system.Side{Ended: system.EndedAbort}), "the RST may be lost")
	assert.False(t, leftInFinWait2(b, &system.Side{TCB: model.TCB{State: model.CloseWait}}, &silent))
}
