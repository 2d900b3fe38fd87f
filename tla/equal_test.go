package tla

import (
	"bufio"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"finwait/model/system"
	"finwait/properties"
)

var must = flag.Bool("tlc", false, "compare everything with TLC, which must be there")

// tlc is TLC, or the end of the test with a line that says what was not
// compared. Where TLC is at hand, what takes longest still waits for the flag.
func tlc(t *testing.T, what string) *TLC {
	t.Helper()
	c, err := FindTLC("..")
	switch {
	case *must:
		require.NoError(t, err)
	case testing.Short():
		skip(t, "-short", what)
	case err != nil:
		skip(t, err.Error(), what)
	case t.Name() != "TestSameSmallGraph":
		skip(t, "only with -tlc", what)
	}
	return c
}

func skip(t *testing.T, why, what string) {
	t.Helper()
	uncompared.Store(&why)
	t.Skipf("SKIP-OK: %s: NOT COMPARED with TLC: %s", why, what)
}

// change sets constants in the text of a configuration: name, value, name,
// value. A value that is a definition of the modules, Unlimited, is one.
func change(t *testing.T, text string, changes ...string) string {
	t.Helper()
	for i := 0; i < len(changes); i += 2 {
		name, value := changes[i], changes[i+1]
		line := regexp.MustCompile(`(?m)^(\s*` + name + `) (=|<-).*$`)
		require.True(t, line.MatchString(text), "no constant %s", name)
		sign := " = "
		if value == "Unlimited" {
			sign = " <- "
		}
		text = line.ReplaceAllString(text, "${1}"+sign+strings.ReplaceAll(value, "$", "$$"))
	}
	return text
}

// assignments are the lines of a configuration that give values to constants.
func assignments(config string) []string {
	var list []string
	for line := range strings.Lines(config) {
		if line = strings.TrimSpace(line); strings.Contains(line, "=") || strings.Contains(line, "<-") {
			list = append(list, line)
		}
	}
	return list
}

// workplace is a folder with the modules, and a configuration.
func workplace(t *testing.T, config string) string {
	t.Helper()
	dir := t.TempDir()
	modules, err := filepath.Glob("*.tla")
	require.NoError(t, err)
	for _, m := range modules {
		text, err := os.ReadFile(m)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, m), text, 0o600))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "MC.cfg"), []byte(config), 0o600))
	return dir
}

// explored is the checker's graph at the bounds of a configuration.
func explored(t *testing.T, config string) (*properties.Graph, *system.System) {
	t.Helper()
	c, err := ReadConfig(config)
	require.NoError(t, err)
	b, err := c.Bounds()
	require.NoError(t, err)
	g, s, err := properties.Run{Bounds: b}.Explore(t.Context())
	require.NoError(t, err)
	return g, s
}

// dumped is TLC's graph of the modules and the configuration in a folder.
func dumped(t *testing.T, c *TLC, dir string) (*Graph, *Result) {
	t.Helper()
	r, err := c.Run(t.Context(), dir, "MC", "MC.cfg", "-dump", "dot,actionlabels", "graph.dot")
	require.NoError(t, err)
	require.Zero(t, r.Exit, r.Output)
	f, err := os.Open(filepath.Join(dir, "graph.dot"))
	require.NoError(t, err)
	defer f.Close() //nolint:errcheck // read only
	g, err := ReadDump(bufio.NewReader(f))
	require.NoError(t, err)
	return g, r
}

func configs(t *testing.T) []string {
	t.Helper()
	list, err := filepath.Glob("*.cfg")
	require.NoError(t, err)
	return list
}

// TLC's graph of TCP.tla and the checker's graph of package model are the same
// labelled graph.
func TestSameGraph(t *testing.T) {
	c := tlc(t, "the graphs of "+strings.Join(configs(t), ", "))
	t.Parallel()
	for _, file := range configs(t) {
		name := strings.TrimSuffix(file, ".cfg")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			began := time.Now()
			h, r := same(t, c, string(text))
			if *update {
				keep(t, evidencePath(file), Evidence{
					Files: files(t, "TCP.tla", "MC.tla", file), TLC: r.Version, States: len(h.States), Edges: len(h.Edges),
					Depth: r.Depth - 1, Digest: h.Digest(), Seconds: int(time.Since(began).Seconds()),
				})
			}
		})
	}
}

// The same at the smallest bounds, as every run of the tests has it where TLC
// is at hand.
func TestSameSmallGraph(t *testing.T) {
	c := tlc(t, "the graphs of "+strings.Join(configs(t), ", "))
	t.Parallel()
	for in := range small {
		t.Run(in, func(t *testing.T) { same(t, c, flip{in: in}.config(t)) })
	}
}

func same(t *testing.T, c *TLC, config string) (*Graph, *Result) {
	t.Helper()
	g, s := explored(t, config)
	h, r := dumped(t, c, workplace(t, config))
	d, err := Compare(GraphOf(g, s), h)
	require.NoError(t, err)
	if d != nil {
		text, err := d.Explain(g, s)
		require.NoError(t, err)
		t.Fatalf("%s", text)
	}
	t.Logf("%d states, %d edges, depth %d", len(h.States), len(h.Edges), r.Depth-1)
	return h, r
}
