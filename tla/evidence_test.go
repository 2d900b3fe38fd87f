package tla

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// awaiting is the evidence that awaits TLC.
var awaiting = []string{}

var update = flag.Bool("update", false, "write what TLC finds to evidence")

// Renumbering states and reordering edges does not change the digest; any
// other state, label or edge does.
func TestDigest(t *testing.T) {
	want := square().Digest()
	assert.Equal(t, want, shuffled(square()).Digest())
	for name, change := range map[string]func(*Graph){
		"a state":          func(g *Graph) { g.States[3] = "[n |-> 4]" },
		"a label":          func(g *Graph) { g.Edges[1].Action = "z" },
		"a target":         func(g *Graph) { g.Edges[3].To = 1 },
		"an edge":          func(g *Graph) { g.Edges = g.Edges[1:] },
		"an edge again":    func(g *Graph) { g.Edges = append(g.Edges, g.Edges[0]) },
		"an initial state": func(g *Graph) { g.Init = append(g.Init, 1) },
	} {
		g := square()
		change(g)
		assert.NotEqual(t, want, g.Digest(), name)
	}
}

// files are the checksums of modules and configurations.
func files(t *testing.T, names ...string) map[string]string {
	t.Helper()
	sums := map[string]string{}
	for _, file := range names {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		sums[file] = checksum(string(text))
	}
	return sums
}

func evidencePath(config string) string {
	return filepath.Join("evidence", strings.TrimSuffix(config, ".cfg")+".json")
}

// keep writes what TLC has found.
func keep(t *testing.T, path string, what any) {
	t.Helper()
	text, err := json.MarshalIndent(what, "", "  ")
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, append(text, '\n'), 0o600))
}

func kept(t *testing.T, path string, what any) {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err, "make evidence writes it, with TLC")
	require.NoError(t, json.Unmarshal(text, what))
}

// awaited is evidence that is still to be written: TLC has not judged this
// since the modules were changed. It is not there, and it is said.
func awaited(t *testing.T, path string) bool {
	t.Helper()
	name := filepath.ToSlash(strings.TrimSuffix(path, ".json"))
	if !slices.Contains(awaiting, strings.TrimPrefix(name, "evidence/")) {
		return false
	}
	require.NoFileExists(t, path, "it is there: awaited no longer, so take it from the list")
	t.Logf("NOT COMPARED: %s: TLC has not judged this since the modules were changed (make evidence)", name)
	return true
}

// What TLC found, when it last ran, was found in the modules and configurations
// of today, and is the checker's graph of today. This needs no Java: a change
// of either machine that was not compared again fails here.
func TestEvidence(t *testing.T) {
	for _, config := range configs(t) {
		t.Run(strings.TrimSuffix(config, ".cfg"), func(t *testing.T) {
			if awaited(t, evidencePath(config)) {
				t.Skip("SKIP-OK: NOT COMPARED with TLC since the modules were changed (make evidence)")
			}
			var e Evidence
			kept(t, evidencePath(config), &e)
			assert.Equal(t, files(t, "TCP.tla", "MC.tla", config), e.Files, "changed since TLC ran: make equal, then with -update")
			text, err := os.ReadFile(config)
			require.NoError(t, err)
			g, s := explored(t, string(text))
			f := g.Figures()
			assert.Equal(t, f.States, e.States)
			assert.Equal(t, f.Transitions, uint64(e.Edges))
			assert.Equal(t, f.Depth, e.Depth)
			assert.Equal(t, GraphOf(g, s).Digest(), e.Digest)
		})
	}
}
