package tla

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/properties"
)

// table is the table of the configurations, small and large, from evidence.
func table(t *testing.T) string {
	t.Helper()
	var w strings.Builder
	row := func(name, config, path, compared string) {
		var e Evidence
		kept(t, path, &e)
		c, err := ReadConfig(config)
		require.NoError(t, err)
		b, err := c.Bounds()
		require.NoError(t, err)
		dup := fmt.Sprint(b.Dup)
		if b.Dup < 0 {
			dup = "any"
		}
		fmt.Fprintf(&w, "| %s | %d,%d | %d | %s | %s | %s | %d | %d | %s |\n",
			name, b.Octets[0], b.Octets[1], b.InFlight, dup, thousands(e.States), thousands(e.Edges), e.Depth, e.Seconds, compared)
	}
	w.WriteString("| configuration | octets A,B | in flight | duplicates | states | edges | depth | TLC, seconds | compared |\n" +
		"|---|---|--:|--:|--:|--:|--:|--:|---|\n")
	for _, file := range configs(t) {
		if !awaited(t, evidencePath(file)) {
			row(strings.TrimSuffix(file, ".cfg"), bounded(t, file), evidencePath(file), "each state and edge")
		}
	}
	for _, l := range larger {
		if path := filepath.Join("evidence", "counts", l.name+".json"); !awaited(t, path) {
			row(strings.TrimSuffix(l.file, ".cfg"), bounded(t, l.file, l.changes...), path, "counts")
		}
	}
	return w.String()
}

func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}

// The table of README.md is what the evidence says.
func TestTable(t *testing.T) {
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(text), "from evidence -->\n")
	require.True(t, ok)
	found, after, ok := strings.Cut(rest, "<!-- end -->")
	require.True(t, ok)
	if *update {
		found = table(t)
		require.NoError(t, os.WriteFile("README.md", []byte(before+"from evidence -->\n"+found+"<!-- end -->"+after), 0o600))
	}
	assert.Equal(t, table(t), found, "go test ./tla -run TestTable -update")
}

// Each row of docs/tla.md on what falls without an assumption is what both
// tools found: its scenario, and the liveness claims that fell.
func TestTableOfFairness(t *testing.T) {
	text, err := os.ReadFile("../docs/tla.md")
	require.NoError(t, err)
	number := map[string]string{}
	for _, c := range properties.Catalogue() {
		number[c.Name] = c.Number
	}
	cases := append([]verdictCase{}, dropped...)
	cases = append(cases, verdictCase{name: "msl", in: "lifecycle"})
	_, rows, ok := strings.Cut(string(text), "|---|---|---|---|\n| weak fairness of CLOSE")
	require.True(t, ok)
	lines := strings.Split("| weak fairness of CLOSE"+rows, "\n")
	for i, v := range cases {
		var e verdictEvidence
		kept(t, filepath.Join("evidence", "verdicts", "without-"+v.name+".json"), &e)
		var falls []string
		for _, name := range e.Violated {
			if n := number[name]; len(falls) == 0 || falls[len(falls)-1] != n {
				falls = append(falls, n)
			}
		}
		assert.Contains(t, lines[i], "| "+v.in+" | "+strings.Join(falls, ", ")+" |", v.name)
	}
}
