package properties

import (
	"testing"

	"github.com/stretchr/testify/require"

	"finwait/model/system"
)

// TestSymmetry judges every scenario in which A and B may change roles with one of each pair of mirror images, and with
// all states: the verdicts, the runs and the digest are the same.
func TestSymmetry(t *testing.T) {
	if testing.Short() {
		t.Skip("it explores the small scenarios twice")
	}
	tried := 0
	for _, s := range system.Scenarios() {
		b := s.Small()
		b.Octets = [2]int{b.Octets[0], b.Octets[0]}
		sys, err := system.New(b)
		require.NoError(t, err)
		if sys.Asymmetry() != "" {
			continue
		}
		tried++
		r := Run{Scenario: s, Bounds: b}
		for _, c := range Judged(s.Name) {
			if c.Kind != Liveness {
				r.Claims = append(r.Claims, c)
			}
		}
		whole, err := Judge(t.Context(), r)
		require.NoError(t, err)
		r.Symmetry = true
		half, err := Judge(t.Context(), r)
		require.NoError(t, err, s.Name)
		require.Contains(t, half.Figures.Notes[0], "by symmetry: ", s.Name)
		require.Equal(t, whole.Figures.Digest, half.Figures.Digest, s.Name)
		require.Equal(t, whole.Figures.Coverage, half.Figures.Coverage)
		require.Less(t, half.Figures.States, whole.Figures.States)
		require.GreaterOrEqual(t, 2*half.Figures.States, whole.Figures.States)
		require.Equal(t, whole.Deadlock, half.Deadlock)
		require.Equal(t, whole.Missing, half.Missing)
		for i := range whole.Outcomes {
			w, h := &whole.Outcomes[i], &half.Outcomes[i]
			require.Equal(t, w.Verdict, h.Verdict, "%s: %s", s.Name, w.Claim.Name)
			require.Equal(t, w.Trace, h.Trace, "%s: %s", s.Name, w.Claim.Name)
		}
	}
	require.Greater(t, tried, 3)
}
