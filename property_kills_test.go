package finwait

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// slow are the scenarios that -short leaves out here.
func slow(scenario string) bool { return testing.Short() && scenario != "loss-free" }

// Each broken twin violates the claims that are said of it, in each of the
// scenarios named that judge them; the shortest counterexample in the first is
// golden.
func TestPropertyBrokenTwins(t *testing.T) {
	for _, k := range properties.Kills() {
		t.Run(k.Name(), func(t *testing.T) {
			option, ok := model.Lookup(k.Option)
			require.True(t, ok)
			var ladders strings.Builder
			drawnOf := map[string]bool{}
			for _, scenario := range k.Scenarios {
				if slow(scenario) {
					continue
				}
				var claims []properties.Claim
				for _, name := range k.Claims {
					if c := claim(t, name); c.In(scenario) {
						claims = append(claims, c)
					}
				}
				require.NotEmpty(t, claims, "%s judges none of them", scenario)
				r := run(t, scenario, claims, func(r *properties.Run) { option.Set(&r.Bounds.Options, true) })
				for _, o := range r.Outcomes {
					require.Equal(t, checker.Violated, o.Verdict, "%s in %s: %s", o.Claim.Name, scenario, o.Message)
					if !drawnOf[o.Claim.Name] {
						drawnOf[o.Claim.Name] = true
						fmt.Fprintf(&ladders, "%s violates %s %s in %s: %s\n\n%s\n", k.Option, o.Claim.Number, o.Claim.Name, scenario,
							o.Trace, drawn(r, o.Trace))
					}
				}
			}
			if len(drawnOf) == len(k.Claims) && !slow(k.Scenarios[0]) {
				golden(t, "twins/"+k.Name()+".txt", ladders.String())
			}
		})
	}
}

// A claim that no option violates does not count as checked, and a bug that
// violates nothing is none.
func TestPropertyEveryClaimHasATwin(t *testing.T) {
	killed, killer := map[string]bool{}, map[string]bool{}
	for _, k := range properties.Kills() {
		killer[k.Option] = true
		for _, c := range k.Claims {
			killed[c] = true
		}
	}
	for _, c := range properties.Catalogue() {
		if c.Kind != properties.Witness {
			assert.True(t, killed[c.Name], c.Name)
		}
	}
	for _, o := range model.Catalogue() {
		if o.Kind == model.Bug {
			assert.True(t, killer[o.Name], o.Name)
		}
	}
}

// Every fairness assumption, dropped alone, makes a claim fall: the lasso is
// golden.
func TestPropertyFairnessIsNecessary(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range properties.Necessary() {
		seen[n.Assumption] = true
		t.Run(n.Assumption, func(t *testing.T) {
			if slow(n.Scenario) {
				t.Skip("SKIP-OK: the scenario is too large for -short")
			}
			c := claim(t, n.Claim)
			require.Contains(t, c.Fairness, n.Assumption)
			r := run(t, n.Scenario, []properties.Claim{c}, func(r *properties.Run) { r.Drop = []string{n.Assumption} })
			o := r.Outcomes[0]
			require.Equal(t, checker.Violated, o.Verdict, o.Message)
			golden(t, "fairness/"+n.Assumption+".txt", fmt.Sprintf("without %s, %s %s falls in %s: %s\n\n%s",
				n.Assumption, o.Claim.Number, o.Claim.Name, n.Scenario, o.Trace, drawn(r, o.Trace)))
		})
	}
	for _, a := range properties.Assumptions() {
		assert.True(t, seen[a.Name], "%s is not known to be necessary", a.Name)
	}
}

// Where a connection begins in ESTABLISHED its initial sequence numbers do not
// matter, the wrap at 2^32 included: equal counts, equal digests. Where it
// begins with OPEN, or a third party speaks without ACK, they do not matter as
// long as 0 is far from both.
func TestPropertyInitialSequenceNumbers(t *testing.T) {
	for _, s := range system.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			b := bounds(s)
			switch s.Name {
			case "close", "lifecycle", "abort":
				b.Octets[1] = 0 // the graph need not be large for this
			case "injector":
				b = s.Small()
			}
			var want checker.Figures
			iss := []model.Seq{0, 1<<32 - 1, 1<<32 - 2, 1<<31 - 1}
			if b.Opening() || b.Inject > 0 { // both know segments without ACK
				iss = []model.Seq{0, 1<<31 - 2}
			}
			for i, n := range iss {
				c := b
				c.ISS = [2]model.Seq{n, iss[0]}
				if i%2 == 1 {
					c.ISS[1] = n - 1
				}
				g, _, err := properties.Run{Scenario: s, Bounds: c}.Explore(t.Context())
				require.NoError(t, err)
				if i == 0 {
					want = g.Figures()
					continue
				}
				got := g.Figures()
				assert.Equal(t, want.States, got.States, "ISS %v", c.ISS)
				assert.Equal(t, want.Transitions, got.Transitions, "ISS %v", c.ISS)
				assert.Equal(t, want.Depth, got.Depth, "ISS %v", c.ISS)
				assert.Equal(t, want.Digest, got.Digest, "ISS %v", c.ISS)
			}
		})
	}
}

// The RST that answers a segment without ACK has SEQ=0, whatever the
// receiver's numbers are: "If the ACK bit is off, sequence number zero is used"
// [3.10.7.1]. If 0 happens to be RCV.NXT of a connection that has come about
// meanwhile, a late one kills it: the graph depends on the initial sequence
// numbers, and S9 falls.
func TestPropertyAbsoluteZero(t *testing.T) {
	s, _ := system.LookupScenario("simultaneous-open")
	var table strings.Builder
	for _, back := range []model.Seq{0, 1, 2, 3} {
		b := s.Bounds
		b.Octets = [2]int{0, 0}
		b.ISS = [2]model.Seq{0 - back, 0 - back}
		r, err := properties.Judge(t.Context(), properties.Run{
			Scenario: s, Bounds: b, Claims: []properties.Claim{claim(t, "no-spurious-reset")},
		})
		require.NoError(t, err)
		o := r.Outcomes[0]
		fmt.Fprintf(&table, "0 = ISS+%d: %6d states, S9 %v\n", back, r.Figures.States, o.Verdict)
		if o.Verdict == checker.Violated {
			fmt.Fprintf(&table, "\n%s\n", drawn(r, o.Trace))
		}
	}
	golden(t, "absolute-zero.txt", table.String())
}

// Without loss an ABORT is heard: both sides reach CLOSED, but where it came in
// CLOSING with the own FIN unsent, and was silent.
func TestPropertyAbortWithoutLoss(t *testing.T) {
	r := run(t, "abort", []properties.Claim{claim(t, "both-close")}, func(r *properties.Run) {
		r.Bounds.Loss, r.Bounds.InFlight = false, 1
	})
	assert.Equal(t, checker.Holds, r.Outcomes[0].Verdict, drawn(r, r.Outcomes[0].Trace))
}
