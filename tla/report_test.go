package tla

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A difference is told as a run that leads to it, and what only one side does.
func TestExplain(t *testing.T) {
	g, s := explored(t, bounded(t, "refused.cfg"))
	h := GraphOf(g, s)
	lost := slices.IndexFunc(h.Edges, func(e Edge) bool { return e.Action == "Deliver" })
	h.Edges[lost].Action = "Devour"
	d, err := Compare(GraphOf(g, s), h)
	require.NoError(t, err)
	text, err := d.Explain(g, s)
	require.NoError(t, err)
	for _, want := range []string{
		"the graphs part after 1 steps", "A ActiveOpen  SYN-SENT", "only Go has Deliver\n", "only TLC has Devour\n", "    net.A: ",
	} {
		assert.Contains(t, text, want)
	}

	h = GraphOf(g, s)
	h.States[0] = "[n |-> 0]"
	d, err = Compare(GraphOf(g, s), h)
	require.NoError(t, err)
	text, err = d.Explain(g, s)
	require.NoError(t, err)
	assert.Contains(t, text, "the initial states differ")
	assert.Contains(t, text, "only Go has, to a state that the other never reaches")
}
