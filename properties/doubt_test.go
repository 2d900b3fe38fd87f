package properties

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"finwait/checker"
	"finwait/model/system"
)

// What the network's own limits did is no violation of liveness; a violation
// of safety stays one.
func TestDoubt(t *testing.T) {
	by := func(k system.Kind) *Trace {
		return &Trace{Steps: []checker.TraceStep[View, system.Action]{{}, {Action: system.Action{Kind: k}}}}
	}
	outcomes := func(run *Trace) []Outcome {
		return []Outcome{
			{Claim: Claim{Kind: Liveness}, Verdict: checker.Violated, Trace: run},
			{Claim: Claim{Kind: Liveness}, Verdict: checker.Holds},
			{Claim: Claim{Kind: Safety}, Verdict: checker.Violated},
		}
	}
	for what, c := range map[string]struct {
		r    Result
		run  *Trace
		want checker.Verdict
	}{
		"a set":                          {Result{}, by(system.Overflow), checker.Violated},
		"a FIFO":                         {Result{Run: Run{Bounds: system.Bounds{FIFO: true}}}, by(system.Deliver), checker.Inconclusive},
		"an Overflow in a loss-free run": {Result{Overflowed: true}, by(system.Overflow), checker.Inconclusive},
		"a copy's Overflow in it":        {Result{Overflowed: true}, by(system.DuplicateOverflow), checker.Inconclusive},
		"an Overflow elsewhere in the same graph": {Result{Overflowed: true}, by(system.Deliver), checker.Violated},
	} {
		c.r.Outcomes, c.r.Deadlock = outcomes(c.run), c.run
		c.r.Figures.Deadlocks = 1
		c.r.takeBack()
		assert.Equal(t, c.r.Deadlock != nil, c.r.Deadlocked(), what)
		assert.Equal(t, c.r.Overflowed && c.want == checker.Inconclusive, c.r.Deadlock == nil, what)
		assert.Equal(t, c.want, c.r.Outcomes[0].Verdict, what)
		assert.Equal(t, checker.Holds, c.r.Outcomes[1].Verdict, what)
		assert.Equal(t, checker.Violated, c.r.Outcomes[2].Verdict, what)
	}
}
