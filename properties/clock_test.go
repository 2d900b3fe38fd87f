package properties

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// runOut: the 2MSL timer of i has run out.
func runOut(i, _ *system.Side) {
	i.State, i.Flags = model.TimeWait, model.TimerTW
	i.Clock.Running, i.Clock.TimeWait = model.TimerTimeWait, 0
}

func clockStates(b *system.System) []judged {
	const holds, violated, vacuous = checker.Holds, checker.Violated, checker.Vacuous
	state := func(claim, what string, want checker.Verdict, changes ...func(i, p *system.Side)) judged {
		return judged{claim, what, want, b, still(start(b, changes...)), checker.NoLoop}
	}
	runs := func(i, p *system.Side) { runOut(i, p); i.Clock.TimeWait = 1 }
	sends := func(s *system.Side) { s.Net[0], s.NumNet = ack(1, 1), 1 }
	return []judged{
		state("last-ack-heard", "the timer runs", vacuous, runs, func(_, p *system.Side) { p.SND.NXT++ }),
		state("last-ack-heard", "all is acknowledged", holds, runOut, func(_, p *system.Side) { sends(p) }),
		state("last-ack-heard", "the peer may retransmit", violated, runOut, func(_, p *system.Side) { p.SND.NXT++ }),
		state("last-ack-heard", "the own FIN is not the peer's", holds, runOut, func(i, _ *system.Side) { i.SND.NXT++ }),

		state("net-drained", "the timer runs", vacuous, runs, func(i, _ *system.Side) { sends(i) }),
		state("net-drained", "nothing is in flight", holds, runOut, func(_, p *system.Side) { p.SND.NXT++ }),
		state("net-drained", "the own ACK is", violated, runOut, func(i, _ *system.Side) { sends(i) }),
		state("net-drained", "the peer's is", violated, runOut, func(_, p *system.Side) { sends(p) }),
	}
}

func clockRuns(t *testing.T) []judged {
	t.Helper()
	b := newSystem(t, scenario(t, "timed", 0, 1))
	cycle := func(kinds ...system.Kind) []at {
		run := make([]at, len(kinds))
		for n := range kinds {
			run[n].sides = start(b, func(x, _ *system.Side) { x.Dups += uint8(n) })
			// The last step leads back to the beginning: its label is the first entry's.
			run[n].action.Kind = kinds[(n+len(kinds)-1)%len(kinds)]
		}
		return run
	}
	goes := func(what string, want checker.Verdict, loop int, kinds ...system.Kind) judged {
		return judged{"time-goes-on", what, want, b, cycle(kinds...), loop}
	}
	closes := func(what string, want checker.Verdict, changes ...func(i, p *system.Side)) judged {
		run := []at{{sides: start(b)}}
		for n, change := range changes {
			x := run[n]
			change(&x.sides[0], &x.sides[1])
			x.action = system.Action{Kind: system.Deliver, Segment: ack(0, model.Seq(n+1))}
			run = append(run, x)
		}
		return judged{"closes-by-the-clock", what, want, b, run, checker.NoLoop}
	}
	return []judged{
		goes("deliveries for ever", checker.Violated, 0, system.Deliver, system.Ack),
		goes("retransmissions for ever", checker.Violated, 0, system.Retransmit, system.Lose),
		goes("with a tick in between", checker.Holds, 0, system.Retransmit, system.Lose, system.Tick),
		goes("no step but ticks", checker.Vacuous, 0, system.Tick, system.Tick),
		closes("both close", checker.Holds, func(i, _ *system.Side) { i.State = model.TimeWait }, bothAreClosed),
		closes("one stays in TIME-WAIT", checker.Violated, func(i, p *system.Side) { isClosed(p, i); i.State = model.TimeWait }),
	}
}

func clockWitnessCases(t *testing.T) []judged {
	t.Helper()
	const found, missing = checker.Holds, checker.Violated
	b := newSystem(t, scenario(t, "timed", 0, 1))
	stays := func(claim, what string, want checker.Verdict, change func(i, p *system.Side)) judged {
		return judged{claim, what, want, b, still(start(b, change)), checker.NoLoop}
	}
	gets := func(claim, what string, want checker.Verdict, g model.Segment) judged {
		return judged{claim, what, want, b, arrival(t, b, start(b, timeWait), g), checker.NoLoop}
	}
	alive := func(life uint8) func(i, _ *system.Side) {
		return func(i, _ *system.Side) { i.Net[0], i.NumNet, i.Clock.Life[0] = ack(1, 1), 1, life }
	}
	alone := func(i, p *system.Side) {
		i.State = model.TimeWait
		*p = system.Side{Role: p.Role, Ended: system.EndedLastAck}
	}
	reset := func(c model.Ctl) func(i, p *system.Side) {
		return func(i, p *system.Side) {
			alone(i, p)
			p.Net[0], p.NumNet = model.Segment{SEQ: 2, CTL: c}, 1
		}
	}
	return []judged{
		gets("time-wait-restarted", "the FIN again", found, model.Segment{SEQ: 1, ACK: 2, CTL: model.FIN | model.ACK}),
		gets("time-wait-restarted", "an old ACK", missing, ack(1, 2)),
		stays("life-over", "over", found, alive(0)),
		stays("life-over", "not over", missing, alive(1)),
		stays("life-over", "nothing is in flight", missing, func(_, _ *system.Side) {}),
		stays("time-wait-alone", "the peer is CLOSED", found, alone),
		stays("time-wait-alone", "and a RST is on its way", missing, reset(model.RST)),
		stays("time-wait-alone", "both are in TIME-WAIT", missing, func(i, p *system.Side) { i.State, p.State = model.TimeWait, model.TimeWait }),
		stays("old-ack-resets", "a RST is on its way", found, reset(model.RST)),
		stays("old-ack-resets", "a FIN is", missing, reset(model.FIN|model.ACK)),
		stays("old-ack-resets", "nothing is", missing, alone),
	}
}

// With a clock, and only then, every liveness claim assumes that time goes on;
// it can be dropped like any other assumption.
func TestTimeIsAssumedWithAClock(t *testing.T) {
	timed := judgeRun(t, "timed", scenario(t, "timed", 0, 0), Judged("timed")...)
	for _, o := range timed.Outcomes {
		if o.Claim.Kind == Liveness {
			assert.NotEqual(t, checker.Violated, o.Verdict, "%s: %s", o.Claim.Name, o.Message)
		}
	}
	s, _ := system.LookupScenario("timed")
	r, err := Judge(t.Context(), Run{Scenario: s, Bounds: scenario(t, "timed", 0, 0), Claims: []Claim{lookup(t, "both-close")}, Drop: []string{"time"}})
	assert.NoError(t, err)
	assert.Equal(t, checker.Violated, r.Outcomes[0].Verdict)
}

// A Tick is one step of both sides: the walk knows it once, by side 0, and with
// it the monitor looks at both halves.
func TestWalkTicks(t *testing.T) {
	b := newSystem(t, scenario(t, "timed", 0, 0))
	w := NewWalk(b)
	ticks := 0
	for step := 0; !w.Over(); step++ {
		next := w.Next()
		if !assert.NotEmpty(t, next) {
			return
		}
		take := &next[0]
		for i := range next {
			if next[i].Action.Kind != system.Tick {
				continue
			}
			assert.Zero(t, next[i].Side)
			assert.Len(t, next[i].halves, 2)
			assert.Equal(t, next[i].To[0].Role, uint8(0))
			take = &next[i]
			ticks++
		}
		assert.NoError(t, NewMonitor(b, "timed").Step(take))
		w.Take(take)
	}
	assert.NotZero(t, ticks)
	rows := Ladder(b, &w.Trace).String()
	assert.Contains(t, rows, "Tick ×")
	assert.NotContains(t, rows, "A Tick")
}
