package proof

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/properties/proof/smt"
)

var update = flag.Bool("update", false, "write the committed files anew")

// parts is the whole proof.
func parts() []Part { return Of(New()).Parts() }

// installed lists the solvers that there are; of one that there is not it says what that means.
func installed(t *testing.T) (list []smt.Solver) {
	t.Helper()
	for _, s := range smt.Solvers() {
		if err := s.Find(); err != nil {
			t.Logf("NOT PROVED by %s: %v", s.Name, err)
			continue
		}
		list = append(list, s)
	}
	if len(list) == 0 {
		t.Skip("SKIP-OK: NOT PROVED: no solver is installed: apt-get install z3 cvc5")
	}
	return list
}

// The committed scripts are the proof, byte for byte; and there are no others.
func TestScripts(t *testing.T) {
	if *update {
		require.NoError(t, os.RemoveAll("smt2"))
		require.NoError(t, Write("smt2", parts()))
	}
	names, obligations := map[string]bool{}, 0
	for _, g := range parts() {
		want, err := os.ReadFile(filepath.Join("smt2", g.Name+".smt2"))
		require.NoError(t, err, "go test ./properties/proof -run TestScripts -update writes it")
		require.True(t, string(want) == g.SMT(), "smt2/%s.smt2 is not the proof any more: go test ./properties/proof -run TestScripts -update", g.Name)
		require.False(t, names[g.Name+".smt2"], "two parts are called %s", g.Name)
		names[g.Name+".smt2"] = true
		obligations += len(g.Obligations)
	}
	entries, err := os.ReadDir("smt2")
	require.NoError(t, err)
	for _, e := range entries {
		assert.True(t, names[e.Name()], "smt2/%s is no part of the proof", e.Name())
	}
	text, err := os.ReadFile(document)
	require.NoError(t, err)
	n := fmt.Sprintf("%d,%03d\nobligations", obligations/1000, obligations%1000)
	assert.True(t, strings.Contains(string(text), n), "%s does not say that there are %q", document, n)
}

// Every obligation is discharged, by each solver that is installed.
func TestProved(t *testing.T) {
	for _, s := range installed(t) {
		all := 0
		for _, p := range parts() {
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute) // a solver may not come to an end
			asked, open, err := p.Prove(ctx, s)
			cancel()
			require.NoError(t, err)
			for _, o := range open {
				assert.Fail(t, "not proved", "%s: %v: %s", s.Name, &o, o.Answer)
			}
			all += asked
		}
		t.Logf("%s: %d obligations", s.Name, all)
	}
}

// What a solver is asked is the same for both sides: the proof does not know which of them is A.
func TestSymmetric(t *testing.T) {
	n := map[string]int{}
	for _, g := range parts() {
		n[g.Name] = len(g.Obligations)
	}
	for name, count := range n {
		if len(name) > 2 && name[len(name)-2:] == "-a" {
			assert.Equal(t, count, n[name[:len(name)-2]+"-b"], name)
		}
	}
	assert.Greater(t, len(n), 20)
}

// Every conjunct says why it is there, and has a name of its own.
func TestConjuncts(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range Names() {
		assert.False(t, seen[n], n)
		seen[n] = true
	}
	for _, c := range append(Invariant(), SegmentInvariant()...) {
		assert.NotEmpty(t, c.Why, c.Name)
	}
	assert.Len(t, Of(New(), Names()...).states, 0)
	assert.Len(t, Of(New(), Names()...).segments, 0)
}
