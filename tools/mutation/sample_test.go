package main

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

func duration(t *testing.T, s string) time.Duration {
	t.Helper()
	d, err := time.ParseDuration(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// corrected is the subject's report, in order.
func corrected(t *testing.T) *report {
	t.Helper()
	r := raw()
	if err := r.correct(newSubject(t, subject)); err != nil {
		t.Fatal(err)
	}
	return r
}

var ifLine = place{"p.go", "if x < y {", 1}

func TestKilledLines(t *testing.T) {
	got := killedLines(corrected(t).spots())
	// Line 11 has killed mutants too, but one that timed out.
	if want := map[place]int{ifLine: 1}; !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLocate(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       map[place]int
	}{
		{"the same source", subject, map[place]int{ifLine: 8}},
		{"the line has moved down", strings.Replace(subject, "\n", "\n\n// More.\n", 1), map[place]int{ifLine: 10}},
		{"the line has changed", strings.Replace(subject, "if x < y", "if y > x", 1), map[place]int{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := newSubject(t, c.text).locate(map[place]int{ifLine: 1})
			if err != nil {
				t.Fatal(err)
			}
			if !maps.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestChoose(t *testing.T) {
	lines, where := make(map[place]int), make(map[place]int)
	for i := range 100 {
		p := place{"p.go", strings.Repeat("x", i), 1}
		lines[p], where[p] = 2, i+1
	}
	first := choose(lines, where, "seed", 20)
	if len(first) != 10 {
		t.Errorf("%d lines of two mutants for 20 mutants, want 10", len(first))
	}
	if !maps.Equal(first, choose(lines, where, "seed", 20)) {
		t.Error("the same seed picked other lines")
	}
	if maps.Equal(first, choose(lines, where, "another", 20)) {
		t.Error("another seed picked the same lines")
	}
	if all := choose(lines, where, "seed", 1000); !maps.Equal(all, where) {
		t.Errorf("asked for more than there is: %d lines, want all 100", len(all))
	}
}

// What gremlins reads of the made-up repository: the chosen lines, and no others.
func TestPretend(t *testing.T) {
	s := newSubject(t, subject)
	for _, kv := range environment() {
		if k, v, _ := strings.Cut(kv, "="); strings.HasPrefix(k, "GIT_") {
			t.Setenv(k, v)
		}
	}
	if err := s.pretend(t.Context(), map[place]int{ifLine: 8, {"p.go", "return true", 1}: 9}); err != nil {
		t.Fatal(err)
	}
	diff, err := output(t.Context(), s.dir(), "git", "diff", "--merge-base", "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(diff) {
		if strings.HasPrefix(line, "+") || strings.HasPrefix(line, "@@") {
			got = append(got, strings.TrimSpace(line))
		}
	}
	want := []string{"+++ b/p.go", "@@ -8,2 +8,2 @@ func less(x, y int) bool {", "+\tif x < y {", "+\t\treturn true"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCompare(t *testing.T) {
	was := corrected(t).spots()
	chosen := map[place]int{ifLine: 8}
	for _, c := range []struct {
		name    string
		becomes status
		wantErr bool
		wantOut string
	}{
		{"killed again", killed, false, "sample: 1 mutants, 1 killed again, 0 timed out, 0 not killed any more\n"},
		{"a timeout is no failure, but is said", timedOut, false, "timed out, was killed: p.go:8  CONDITIONALS_NEGATION  if x < y {\n"},
		{"lives now", lived, true, "lived, was killed: p.go:8  CONDITIONALS_NEGATION  if x < y {\n"},
		{"no test runs it now", notCovered, true, "not covered, was killed: p.go:8"},
		{"gremlins did not test it", skipped, true, "skipped, was killed: p.go:8"},
		{"gremlins does not know it", "", true, "gone, was killed: p.go:8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			now := maps.Clone(was)
			it := spot{ifLine, "CONDITIONALS_NEGATION", 1}
			if now[it] = c.becomes; c.becomes == "" {
				delete(now, it)
			}
			var out strings.Builder
			err := compare(&out, chosen, was, now)
			if (err != nil) != c.wantErr {
				t.Errorf("error %v, want one: %v", err, c.wantErr)
			}
			if !strings.Contains(out.String(), c.wantOut) {
				t.Errorf("got %q, want %q in it", out.String(), c.wantOut)
			}
		})
	}
}

func TestWanted(t *testing.T) {
	needed := map[string]bool{"model": true, "seq": true}
	for file, want := range map[string]bool{
		"go.mod":                    true,
		"model/step.go":             true,
		"model/step_test.go":        true,
		"model/testdata/fig.golden": true,
		"seq/seq.go":                true,
		"seq/seq_test.go":           false,
		"model/system/system.go":    false,
		"checker/checker.go":        false,
		"":                          false,
	} {
		if got := wanted(file, "model", needed); got != want {
			t.Errorf("%q on the stage: %v, want %v", file, got, want)
		}
	}
}
