package properties

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model/system"
)

// disagree lists the claims about states on which the engines differ: the hash table shows predicates the states as
// they are, the matrix what they say that they read.
func disagree(t *testing.T, s system.Scenario, bounds system.Bounds, claims []Claim) (list []string, judged bool) {
	t.Helper()
	r := Run{Scenario: s, Bounds: bounds, Workers: 1, States: 60_000}
	g, b, err := r.Explore(t.Context())
	require.NoError(t, err)
	if g.Figures().Truncated != "" {
		return nil, false
	}
	var parts []Property
	for _, c := range claims {
		for _, p := range c.Properties(b) {
			if k := p.Kind(); k == checker.Safety || k == checker.Witness || c.Kind == Liveness {
				parts = append(parts, p)
			}
		}
	}
	want, err := g.Check(t.Context(), parts...)
	require.NoError(t, err)
	r.States = 0
	got, err := checker.CheckProduct(t.Context(), b, r.options(b), parts...)
	if err != nil {
		return []string{err.Error()}, true // a trace that is none
	}
	for i, p := range parts {
		if want.Results[i].Verdict != got.Results[i].Verdict || want.Results[i].Premise != got.Results[i].Premise {
			list = append(list, p.Name)
		}
	}
	return list, true
}

// TestProjections: no predicate of the catalogue reads what it says that it does not.
func TestProjections(t *testing.T) {
	judged := map[string]bool{}
	for _, s := range system.Scenarios() {
		for _, octets := range [][2]int{s.Bounds.Octets, {1, 0}, {0, 0}} {
			bounds := s.Bounds
			bounds.Octets = octets
			list, whole := disagree(t, s, bounds, Judged(s.Name))
			assert.Empty(t, list, s.Name)
			if whole {
				judged[s.Name] = true
			}
		}
	}
	for _, s := range system.Scenarios() {
		// The others are too big for this, whatever the octets; what they are judged by is judged in others, too.
		assert.True(t, judged[s.Name] || s.Name == "injector-open" || s.Name == "timed", s.Name)
	}
	// One that does is seen.
	lie := state("W0", "nothing in flight", "", "", in("close"), each(func(i *system.Side) bool { return i.NumNet == 0 }))
	lie.catalogued = true
	s, _ := system.LookupScenario("close")
	s.Bounds.Octets = [2]int{}
	list, _ := disagree(t, s, s.Bounds, []Claim{lie})
	assert.Equal(t, []string{lie.Name}, list)
}
