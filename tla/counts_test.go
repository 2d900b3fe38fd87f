package tla

import (
	"flag"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var large = flag.Bool("large", false, "count with TLC what takes minutes, too")

// larger are configurations whose graphs are too large to be dumped. States,
// edges and depth are compared.
var larger = []struct {
	name, file string
	changes    []string
}{
	{"close-1-1", "close.cfg", []string{"OctetsA", "1", "Dup", "0"}},
}

// TLC counted as many states and edges as the checker, to the same depth: TLC
// adds the initial state to the edges that it counts, and one to the depth.
func TestLargerCounts(t *testing.T) {
	for _, l := range larger {
		t.Run(l.name, func(t *testing.T) {
			config := bounded(t, l.file, l.changes...)
			path := filepath.Join("evidence", "counts", l.name+".json")
			if *large {
				r, err := tlc(t, l.name).Run(t.Context(), workplace(t, config), "MC", "MC.cfg")
				require.NoError(t, err)
				require.Zero(t, r.Exit, r.Output)
				keep(t, path, Evidence{
					Files: files(t, "TCP.tla", "MC.tla"), TLC: r.Version, States: r.States, Edges: r.Generated - 1, Depth: r.Depth - 1,
				})
			}
			var e Evidence
			kept(t, path, &e)
			assert.Equal(t, files(t, "TCP.tla", "MC.tla"), e.Files, "changed since TLC ran: go test -run LargerCounts -large")
			g, _ := explored(t, config)
			f := g.Figures()
			assert.Equal(t, f.States, e.States)
			assert.Equal(t, f.Transitions, uint64(e.Edges))
			assert.Equal(t, f.Depth, e.Depth)
		})
	}
}
