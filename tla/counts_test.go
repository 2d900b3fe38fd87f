package tla

import (
	"flag"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var large = flag.Bool("large", false, "with -tlc: count a million states with TLC, which takes minutes for each graph")

// larger are configurations whose graphs are too large to be dumped. States,
// edges and depth are compared.
var larger = []struct {
	name, file string
	changes    []string
}{
	{"close-1-1", "close.cfg", []string{"OctetsA", "1", "Dup", "0"}},
	{"half-close-4-4", "half-close.cfg", []string{"OctetsA", "4", "OctetsB", "4", "InFlight", "1"}},
	{"loss-free-3-2", "loss-free.cfg", []string{"OctetsA", "3", "OctetsB", "2", "InFlight", "4"}},
}

// TLC counted as many states and edges as the checker, to the same depth: TLC
// adds the initial state to the edges that it counts, and one to the depth.
func TestLargerCounts(t *testing.T) {
	if testing.Short() {
		skip(t, "-short", "the counts of larger graphs")
	}
	for _, l := range larger {
		t.Run(l.name, func(t *testing.T) {
			config := bounded(t, l.file, l.changes...)
			path := filepath.Join("evidence", "counts", l.name+".json")
			if *large {
				found := counted(t, tlc(t, l.name), config)
				if *update {
					keep(t, path, found)
				}
				holds(t, config, found)
			}
			if awaited(t, path) {
				t.Skip("SKIP-OK: NOT COMPARED with TLC since the modules were changed (make evidence)")
			}
			var e Evidence
			kept(t, path, &e)
			assert.Equal(t, assignments(config), e.Constants, stale)
			assert.Equal(t, files(t, "TCP.tla", "MC.tla"), e.Files, stale)
			holds(t, config, e)
		})
	}
}

const stale = "changed since TLC ran: make evidence"

// counted is what TLC counts.
func counted(t *testing.T, c *TLC, config string) Evidence {
	t.Helper()
	began := time.Now()
	long := *c
	long.Long = true
	r, err := long.Run(t.Context(), workplace(t, config), "MC", "MC.cfg")
	require.NoError(t, err)
	require.Zero(t, r.Exit, r.Output)
	return Evidence{
		Files: files(t, "TCP.tla", "MC.tla"), Constants: assignments(config), TLC: r.Version,
		States: r.States, Edges: r.Generated - 1, Depth: r.Depth - 1, Seconds: int(time.Since(began).Seconds()),
	}
}

// holds compares the counts with those of the checker's graph of today.
func holds(t *testing.T, config string, e Evidence) {
	t.Helper()
	g, _ := explored(t, config)
	f := g.Figures()
	assert.Equal(t, f.States, e.States)
	assert.Equal(t, f.Transitions, uint64(e.Edges))
	assert.Equal(t, f.Depth, e.Depth)
}
