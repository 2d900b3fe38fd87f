package tla

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func refines(t *testing.T, c *TLC, config string) *Result {
	t.Helper()
	r, err := c.Run(t.Context(), workplace(t, config+"\nPROPERTY RefinesFigure\n"), "Refinement", "MC.cfg")
	require.NoError(t, err)
	return r
}

// TCP refines the figure of the RFC: forget sequence numbers and segments, and
// every step is an arrow of it, or none.
func TestRefinement(t *testing.T) {
	c := tlc(t, "the figure and TCP")
	t.Parallel()
	for _, in := range slices.Sorted(maps.Keys(small)) {
		t.Run(in, func(t *testing.T) {
			t.Parallel()
			r := refines(t, c, flip{in: in}.config(t))
			assert.Zero(t, r.Exit, r.Output)
		})
	}
}

// The figure alone does not bring a close to its end, however fair users and
// timers are; if what is sent is received at last, it does.
func TestFigureAlone(t *testing.T) {
	c := tlc(t, "the figure alone")
	t.Parallel()
	for name, want := range map[string]int{"Figure": 13, "FigureReceived": 0} {
		config, err := os.ReadFile(filepath.Join("lasso", name+".cfg"))
		require.NoError(t, err)
		r, err := c.Run(t.Context(), workplace(t, string(config)), "FigureAlone", "MC.cfg")
		require.NoError(t, err)
		assert.Equal(t, want, r.Exit, r.Output)
	}
}

// A machine that takes an arrow that the figure lacks, or one before its time,
// does not.
func TestRefinementBites(t *testing.T) {
	c := tlc(t, "the figure and machines with bugs")
	t.Parallel()
	for bug, in := range map[string]string{
		"last-ack-any-ack":   "close",
		"closing-any-ack":    "simultaneous-close",
		"fin-ack-one-less":   "close",
		"skip-time-wait":     "close",
		"last-ack-time-wait": "close",
	} {
		t.Run(bug, func(t *testing.T) {
			t.Parallel()
			r := refines(t, c, change(t, flip{in: in}.config(t), "Bugs", `{"`+bug+`"}`))
			assert.Equal(t, 13, r.Exit, r.Output)
			assert.Regexp(t, "Action property .* of module Figure is violated", r.Output)
		})
	}
}
