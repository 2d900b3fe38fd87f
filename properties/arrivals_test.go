package properties

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// arrivalCases are steps and states for the claims of what arrives.
func arrivalCases(t *testing.T) []judged {
	t.Helper()
	const holds, violated, vacuous = checker.Holds, checker.Violated, checker.Vacuous
	bounds := func(changes ...func(*system.Bounds)) *system.System {
		return newSystem(t, scenario(t, "close", 2, 2, changes...))
	}
	rfc, dropped, again := bounds(), bounds(option("fin-old-ack-dropped")), bounds(option("second-fin-advances"))
	gont := bounds(option("seqcheck"))
	ahead := func(a, _ *system.Side) { a.SND.UNA, a.SND.NXT, a.SND.END, a.User.Sent = 2, 2, 2, 1 }
	fin := model.Segment{SEQ: 1, ACK: 1, CTL: model.FIN | model.ACK}
	step := func(claim, what string, want checker.Verdict, b *system.System, from sides, g model.Segment) judged {
		return judged{claim, what, want, b, arrival(t, b, from, g), checker.NoLoop}
	}
	state := func(what string, want checker.Verdict, change func(i, p *system.Side)) judged {
		return judged{"invariants", what, want, rfc, still(start(rfc, change)), checker.NoLoop}
	}
	return []judged{
		step("in-order-received", "nothing new", vacuous, rfc, start(rfc), ack(1, 1)),
		step("in-order-received", "text", holds, rfc, start(rfc), model.Segment{SEQ: 1, ACK: 1, TXT: 1, CTL: model.ACK}),
		step("in-order-received", "old text and new", holds, rfc, start(rfc), model.Segment{SEQ: 0, ACK: 1, TXT: 2, CTL: model.ACK}),
		step("in-order-received", "text out of order", vacuous, rfc, start(rfc), model.Segment{SEQ: 2, ACK: 1, TXT: 1, CTL: model.ACK}),
		step("in-order-received", "one that covers the whole window is refused by Table 6", vacuous, rfc,
			start(rfc, func(a, _ *system.Side) { a.RCV.WND = 1 }), model.Segment{SEQ: 0, ACK: 1, TXT: 5, CTL: model.ACK}),
		step("in-order-received", "a FIN with an old ACK", holds, rfc, start(rfc, ahead), fin),
		step("in-order-received", "it is dropped", violated, dropped, start(dropped, ahead), fin),
		step("in-order-received", "what acknowledges the unsent may be dropped", vacuous, rfc, start(rfc), model.Segment{SEQ: 1, ACK: 9, TXT: 1, CTL: model.ACK}),
		step("in-order-received", "what has no ACK may be dropped", vacuous, rfc, start(rfc), model.Segment{SEQ: 1, TXT: 1}),
		step("in-order-received", "after the FIN nothing is received", vacuous, rfc, start(rfc, timeWait), model.Segment{SEQ: 2, ACK: 2, TXT: 1, CTL: model.ACK}),

		step("unacceptable-dropped", "an acceptable one", vacuous, rfc, start(rfc), ack(1, 1)),
		step("unacceptable-dropped", "an old one", holds, rfc, start(rfc), ack(0, 1)),
		step("unacceptable-dropped", "the FIN again", holds, rfc, start(rfc, timeWait), fin),
		step("unacceptable-dropped", "the FIN again, and it counts", violated, again, start(again, timeWait), fin),
		step("unacceptable-dropped", "where the window begins one earlier", vacuous, gont, start(gont, timeWait), fin),
		step("unacceptable-dropped", "without a connection there is no window", vacuous, rfc,
			start(rfc, func(a, _ *system.Side) { *a = system.Side{} }), ack(0, 1)),

		state("as it begins", holds, func(_, _ *system.Side) {}),
		state("a timer that must not run", violated, func(i, _ *system.Side) { i.Flags = model.TimerTW }),
		state("a machine that has panicked is S7's", vacuous, func(i, p *system.Side) { i.Broken, p.Broken = true, true }),
	}
}

// The claims of what arrives, judged over steps and states that are made up.
func TestArrivalClaims(t *testing.T) {
	both := check(t, arrivalCases(t))
	for _, c := range arrivalClaims() {
		assert.True(t, both[c.Name], "%s must be seen to hold and to be violated", c.Name)
	}
}
