package checker

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestGraph(t *testing.T) {
	g := Explore(context.Background(), ring{5}, ModelOptions[uint8, string]{})
	require.Equal(t, 5, g.States())
	require.Equal(t, 5, g.Expanded())
	require.Equal(t, []Count{{"rest", 3}, {"step", 5}}, g.Figures().Coverage)
	n, found := g.First(func(s *uint8) bool { return *s == 3 })
	require.True(t, found)
	require.Equal(t, 3, g.Depth(n))
	_, found = g.First(func(s *uint8) bool { return *s == 5 })
	require.False(t, found)
	trace, err := g.Trace(n)
	require.NoError(t, err)
	require.Equal(t, "3 steps", trace.String())
	require.Equal(t, -1, trace.Steps[0].Side)
	require.Equal(t, "step", trace.Steps[3].Action)
	for e := range g.EdgesFrom(2) {
		require.Equal(t, Edge[string]{2, 0, "rest", 2}, e, "in canonical order")
		break
	}
	*trace.Steps[3].State = 99 // the values are the reader's own
	require.Equal(t, uint8(3), *g.View(n))
}
