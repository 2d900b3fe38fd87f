package checker

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestTick reports within a layer, but not too often.
func TestTick(t *testing.T) {
	c := twins{2, 1}
	sys := &product[uint8, string]{newKnowledge(func() Component[uint8, string] { return c }, 1, nil), c, nil}
	x := newLayers(sys.tables(), sys, 1)
	x.run(context.Background())
	var seen []int
	x.progress = func(p Progress) { seen = append(seen, p.Frontier) }
	x.expanded = x.found - 4
	x.done.Store(0)
	x.tick(4)
	require.Equal(t, []int{3}, seen, "a quarter is done")
	x.tick(4)
	require.Equal(t, []int{3}, seen, "it is too early for another one")
	x.reported = x.reported.Add(-time.Minute)
	x.tick(4)
	require.Equal(t, []int{3, 1}, seen)
}
