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

// judged is a made-up run with what a claim must say of it.
type judged struct {
	claim string
	what  string
	want  checker.Verdict
	b     *system.System
	run   []at
	loop  int // of a liveness claim; a safety claim knows none
}

// check judges every run, and the same with the sides exchanged, and returns
// the claims that were both upheld and violated.
func check(t *testing.T, cases []judged) map[string]bool {
	t.Helper()
	seen := map[string]map[checker.Verdict]bool{}
	for _, c := range cases {
		claim := lookup(t, c.claim)
		for _, run := range [][]at{c.run, mirrored(c.run)} {
			o := follow(t, claim, c.b, c.loop, run)
			assert.Equal(t, c.want, o.Verdict, "%s: %s (%s)", c.claim, c.what, o.Message)
			assert.Equal(t, c.want != checker.Vacuous, o.Premise > 0 || claim.Kind == Witness && c.want == checker.Violated,
				"%s: %s: the premise", c.claim, c.what)
			if c.want == checker.Violated && claim.Kind != Witness {
				require.NotNil(t, o.Trace, "%s: %s", c.claim, c.what)
			}
		}
		if seen[c.claim] == nil {
			seen[c.claim] = map[checker.Verdict]bool{}
		}
		seen[c.claim][c.want] = true
	}
	both := map[string]bool{}
	for name, verdicts := range seen {
		if verdicts[checker.Holds] && verdicts[checker.Violated] {
			both[name] = true
		}
	}
	return both
}

// stateCases are runs of one state, for the claims that speak of states.
func stateCases(b *system.System) []judged {
	state := func(claim, what string, want checker.Verdict, change func(i, p *system.Side)) judged {
		return judged{claim, what, want, b, still(start(b, change)), checker.NoLoop}
	}
	const holds, violated, vacuous = checker.Holds, checker.Violated, checker.Vacuous
	acked := func(i, p *system.Side) { i.State, p.GotFIN = model.FinWait2, true }
	return append([]judged{
		state("prefix", "nothing was delivered", vacuous, func(_, _ *system.Side) {}),
		state("prefix", "as much as was sent", holds, func(i, p *system.Side) { i.User.Next, p.User.Sent = 2, 2 }),
		state("prefix", "less than was sent", holds, func(i, p *system.Side) { i.User.Next, p.User.Sent = 1, 2 }),
		state("prefix", "more than was sent", violated, func(i, p *system.Side) { i.User.Next, p.User.Sent = 3, 2 }),
		state("prefix", "a hole", violated, func(i, p *system.Side) { i.User.Next, p.User.Sent, i.User.Hole = 1, 2, true }),
		state("prefix", "nothing but a hole", violated, func(i, _ *system.Side) { i.User.Hole = true }),

		state("eof-honesty", "no end of the stream", vacuous, func(_, p *system.Side) { p.User.Closed = true }),
		state("eof-honesty", "the peer has closed", holds, func(i, p *system.Side) { i.User.EOF, p.User.Closed = true, true }),
		state("eof-honesty", "it has not", violated, func(i, _ *system.Side) { i.User.EOF = true }),
		state("eof-honesty", "an octet is missing", violated, func(i, p *system.Side) {
			i.User.EOF, p.User.Closed, p.User.Sent = true, true, 1
		}),
		state("eof-honesty", "a hole", violated, func(i, p *system.Side) {
			i.User = system.User{EOF: true, Hole: true, Next: 1}
			p.User = system.User{Closed: true, Sent: 1}
		}),

		state("fin-ack-honesty", "nothing is acknowledged", vacuous, func(i, _ *system.Side) { i.State = model.FinWait1 }),
		state("fin-ack-honesty", "FIN-WAIT-2, the FIN was received", holds, acked),
		state("fin-ack-honesty", "the peer has forgotten all but the ghost", holds, func(i, p *system.Side) {
			i.State, *p = model.FinWait2, system.Side{Role: 1, GotFIN: true}
		}),
		state("fin-ack-honesty", "FIN-WAIT-2, the FIN was not received", violated, func(i, _ *system.Side) { i.State = model.FinWait2 }),
		state("fin-ack-honesty", "TIME-WAIT, the FIN was not received", violated, func(i, _ *system.Side) { i.State = model.TimeWait }),
		state("fin-ack-honesty", "TIME-WAIT after a RST of its own", vacuous, func(i, _ *system.Side) {
			i.State, i.Flags = model.TimeWait, model.RSTSent
		}),
		state("fin-ack-honesty", "from LAST-ACK, the FIN was not received", violated, func(i, _ *system.Side) {
			*i = system.Side{Ended: system.EndedLastAck}
		}),
		state("fin-ack-honesty", "from LAST-ACK by a RST", vacuous, func(i, _ *system.Side) {
			*i = system.Side{Ended: system.EndedReset}
		}),

		state("no-ack-of-the-unsent", "no connection", vacuous, func(i, p *system.Side) { i.State, p.State = model.Closed, model.Listen }),
		state("no-ack-of-the-unsent", "all is acknowledged", holds, func(_, _ *system.Side) {}),
		state("no-ack-of-the-unsent", "SND.UNA is beyond SND.NXT", violated, func(i, _ *system.Side) { i.SND.UNA = i.SND.NXT + 1 }),
		state("no-ack-of-the-unsent", "the peer has received the unsent", violated, func(i, p *system.Side) { p.RCV.NXT = i.SND.NXT + 1 }),
		state("no-ack-of-the-unsent", "a peer without a connection has received nothing", holds, func(i, p *system.Side) {
			p.State, p.RCV.NXT = model.SynSent, i.SND.NXT+1
		}),

		state("compatible-pairs", "not from LAST-ACK", vacuous, func(i, _ *system.Side) { *i = system.Side{Ended: system.EndedTimeWait} }),
		state("compatible-pairs", "the peer is in TIME-WAIT", holds, func(i, p *system.Side) {
			*i = system.Side{Ended: system.EndedLastAck}
			p.State = model.TimeWait
		}),
		state("compatible-pairs", "the peer is CLOSED", holds, func(i, p *system.Side) {
			*i = system.Side{Ended: system.EndedLastAck}
			p.State = model.Closed
		}),
		state("compatible-pairs", "the peer is in CLOSING", violated, func(i, p *system.Side) {
			*i = system.Side{Ended: system.EndedLastAck}
			p.State = model.Closing
		}),

		state("abort-honesty", "no end of the stream", vacuous, func(i, _ *system.Side) { i.SND.ACKED = 1 }),
		state("abort-honesty", "what is acknowledged was read", holds, func(i, p *system.Side) {
			i.User.EOF, i.SND.ACKED, p.User.Next = true, 1, 1
		}),
		state("abort-honesty", "what is acknowledged was not read", violated, func(i, _ *system.Side) { i.User.EOF, i.SND.ACKED = true, 1 }),
		state("abort-honesty", "the peer of who lost data is reset", holds, func(i, p *system.Side) {
			*i, *p = system.Side{Ended: system.EndedDataLost}, system.Side{Role: 1, Ended: system.EndedReset}
		}),
		state("abort-honesty", "the peer of who lost data ends in LAST-ACK", violated, func(i, p *system.Side) {
			*i, *p = system.Side{Ended: system.EndedDataLost}, system.Side{Role: 1, Ended: system.EndedLastAck}
		}),
		state("abort-honesty", "the peer of who lost data ends in TIME-WAIT", violated, func(i, p *system.Side) {
			*i, *p = system.Side{Ended: system.EndedDataLost}, system.Side{Role: 1, Ended: system.EndedTimeWait}
		}),

		state("figure", "a panic", violated, func(i, _ *system.Side) { i.Broken = true }),
	}, clockStates(b)...)
}

// The claims of states, judged over states that are made up.
func TestStateClaims(t *testing.T) {
	both := check(t, slices.Concat(stateCases(newSystem(t, scenario(t, "close", 2, 2))), againStateCases(t), arrivalCases(t)))
	for _, c := range Catalogue() {
		if c.Kind == Safety {
			assert.True(t, both[c.Name], "%s must be seen to hold and to be violated", c.Name)
		}
	}
}

// finAcknowledged is what S3 takes for the belief that a FIN is acknowledged.
func TestFINAcknowledged(t *testing.T) {
	for s := range model.NumStates {
		x := &system.Side{TCB: model.TCB{State: s}}
		assert.Equal(t, s == model.FinWait2 || s == model.TimeWait, finAcknowledged(x, nil), "%v", s)
	}
}
