package finwait

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// What a third party breaks, rightly: claims that are not judged where it
// speaks, because they fall there. The shortest runs are golden.
func TestPropertyThirdPartyBreaks(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP-OK: the runs are those of the default bounds")
	}
	for scenario, names := range map[string][]string{
		"injector":      {"no-spurious-reset"},
		"injector-open": {"eof-honesty", "no-ack-of-the-unsent", "compatible-pairs", "bounded-replies", "both-close", "closing-ends", "quiet"},
	} {
		var claims []properties.Claim
		for _, name := range names {
			c := claim(t, name)
			require.False(t, c.In(scenario), "%s is judged in %s", name, scenario)
			claims = append(claims, c)
		}
		r := run(t, scenario, claims, func(*properties.Run) {})
		for _, o := range r.Outcomes {
			require.Equal(t, checker.Violated, o.Verdict, "%s in %s: it can be judged there", o.Claim.Name, scenario)
			switch o.Claim.Name {
			case "no-spurious-reset", "eof-honesty", "closing-ends", "quiet":
				golden(t, "injector/"+o.Claim.Name+".txt", fmt.Sprintf("%s %s falls in %s: %s\n\n%s",
					o.Claim.Number, o.Claim.Name, scenario, o.Trace, drawn(r, o.Trace)))
			}
		}
	}
}

// A forged RST leaves the other side in FIN-WAIT-2, with nothing in flight and
// no timer: L1 excepts just that.
func TestPropertyThirdPartyLeaves(t *testing.T) {
	s, _ := system.LookupScenario("injector")
	g, b, err := properties.Run{Scenario: s, Bounds: bounds(s)}.Explore(t.Context())
	require.NoError(t, err)
	left := func(x, y *system.Side) bool {
		return x.State == model.FinWait2 && y.State == model.Closed && x.NumNet+y.NumNet == 0
	}
	report, err := g.Check(t.Context(), checker.Sometimes[system.Action]("left", func(v properties.View) bool {
		return left(v.A, v.B) || left(v.B, v.A)
	}))
	require.NoError(t, err)
	require.Equal(t, checker.Holds, report.Results[0].Verdict)
	if !testing.Short() {
		golden(t, "injector/left.txt", properties.Ladder(b, report.Results[0].Trace).String())
	}
}

// What two readings are for: what a third party can do to RFC 9293 read to the
// letter, and under the reading cannot.
func TestPropertyReadingsProtect(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP-OK: the smaller bounds have no active OPEN")
	}
	for _, c := range []struct{ option, witness, scenario string }{
		{"time-wait-ignores-rst", "assassination", "injector"},
		{"listen-drops-syn-fin", "syn-fin-half-closes", "injector-open"},
	} {
		o, ok := model.Lookup(c.option)
		require.True(t, ok)
		for on, want := range map[bool]checker.Verdict{false: checker.Holds, true: checker.Violated} {
			claims := append(properties.Judged(c.scenario), claim(t, c.witness))
			r := run(t, c.scenario, claims, func(r *properties.Run) { o.Set(&r.Bounds.Options, on) })
			assert.Equal(t, want, r.Outcomes[len(claims)-1].Verdict, "%s: %v", c.option, on)
			for _, x := range r.Outcomes {
				if x.Claim.Kind != properties.Witness {
					assert.Equal(t, checker.Holds, x.Verdict, "%s: %v: %s", c.option, on, x.Claim.Name)
				}
			}
		}
	}
}
