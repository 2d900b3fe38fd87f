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
	outcomes := func() []Outcome {
		return []Outcome{
			{Claim: Claim{Kind: Liveness}, Verdict: checker.Violated},
			{Claim: Claim{Kind: Liveness}, Verdict: checker.Holds},
			{Claim: Claim{Kind: Safety}, Verdict: checker.Violated},
		}
	}
	for what, c := range map[string]struct {
		r    Result
		want checker.Verdict
	}{
		"a set":                          {Result{}, checker.Violated},
		"a FIFO":                         {Result{Run: Run{Bounds: system.Bounds{FIFO: true}}}, checker.Inconclusive},
		"an Overflow in a loss-free run": {Result{Overflowed: true}, checker.Inconclusive},
	} {
		c.r.Outcomes = outcomes()
		c.r.takeBack()
		assert.Equal(t, c.want, c.r.Outcomes[0].Verdict, what)
		assert.Equal(t, checker.Holds, c.r.Outcomes[1].Verdict, what)
		assert.Equal(t, checker.Violated, c.r.Outcomes[2].Verdict, what)
	}
}
