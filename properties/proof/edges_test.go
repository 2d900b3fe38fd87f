package proof

import (
	"flag"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model/system"
)

var every = flag.Bool("edges", false, "hold the scenarios against the relation at their own bounds, and larger: more than ten million edges")

// Every state of the explored graphs satisfies the invariant, and every edge
// the relation. With -edges at the scenarios' own bounds:
//
//	go test ./properties/proof -run TestEdges -count=1 -v -edges
func TestEdges(t *testing.T) {
	var states, edges uint64
	for _, name := range Covered() {
		s, ok := system.LookupScenario(name)
		require.True(t, ok, name)
		b := s.Small()
		if *every {
			b = s.Bounds
		}
		h, err := Hold(t.Context(), b)
		require.NoError(t, err, name)
		assert.NoError(t, h.Refused, "%s, after %d steps", name, h.After)
		t.Logf("%-20s octets %v: %d states, %d edges", name, b.Octets, h.States, h.Edges)
		states, edges = states+uint64(h.States), edges+h.Edges //nolint:gosec // a count
	}
	t.Logf("%-20s %d states, %d edges", "all", states, edges)
	if *every {
		assert.Greater(t, edges, uint64(10_000_000))
	} else {
		assert.Greater(t, edges, uint64(200_000))
	}
}

// What the proof does not cover it does not pretend to hold.
func TestHoldRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, name := range []string{"lifecycle", "reincarnation", "crash", "injector", "timed"} {
		s, _ := system.LookupScenario(name)
		_, err := Hold(t.Context(), s.Small())
		assert.ErrorContains(t, err, "the proof begins in ESTABLISHED", name)
	}
	_, err := Hold(t.Context(), system.Bounds{})
	assert.ErrorContains(t, err, "mss")
}
