package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"finwait/docs/benchmarks/reduced"
)

// The counts are held by the tests of docs/benchmarks/reduced; here they are read as those of the peers are.
func TestOurselves(t *testing.T) {
	at := compared[2]
	for _, claims := range []string{"safety", "live", "answered"} {
		var out bytes.Buffer
		args := []string{"-d", fmt.Sprint(at.D), "-m", fmt.Sprint(at.M), "-k", fmt.Sprint(at.K), "-claims", claims}
		require.NoError(t, child(t.Context(), args, &out))
		states, transitions, err := ourCount.read(out.String())
		require.NoError(t, err)
		require.Equal(t, [2]int{at.states, at.transitions}, [2]int{states, transitions})
	}
}

// What each checker prints at its end, at D, M, K = 1, 1, 1.
func TestRead(t *testing.T) {
	for _, c := range []struct {
		name    string
		counter counter
		out     string
	}{
		{"SPIN", spinCount, "State-vector 36 byte, depth reached 41, errors: 0\n     8834 states, stored\n    38519 states, matched\n    47353 transitions (= stored+matched)\n"},
		{"rumur", rumurCount, "\tNo error found.\n\nState Space Explored:\n\n\t8834 states, 47353 rules fired in 0s.\n"},
		{"Stateright", staterightCount, "states 8834 generated 47353\n"},
		{"TLC", tlcCount, "Model checking completed. No error has been found.\n47354 states generated, 8834 distinct states found, 0 states left on queue.\n"},
		{"finwait", ourCount, "states 8834 transitions 47352 bytes 1\nall hold\n"},
	} {
		states, transitions, err := c.counter.read(c.out)
		require.NoError(t, err, c.name)
		require.Equal(t, [2]int{8_834, 47_352}, [2]int{states, transitions}, c.name)
	}
}

// SPIN prints the first eight digits of large numbers.
func TestReadLarge(t *testing.T) {
	states, transitions, err := spinCount.read("errors: 0\n 50552434 states, stored\n5.0315884e+08 states, matched\n5.5371127e+08 transitions (= stored+matched)\n")
	require.NoError(t, err)
	require.Equal(t, large.states, states)
	require.True(t, spinCount.same(transitions, large.transitions))
	require.False(t, spinCount.same(transitions, large.transitions+10))
	require.False(t, tlcCount.same(large.transitions, large.transitions+1))
}

// Nobody is timed who has found an error, or has not come to an end.
func TestReadRefuses(t *testing.T) {
	for _, c := range []struct {
		counter counter
		out     string
	}{
		{spinCount, "errors: 1\n 8 states, stored\n 47 transitions (= stored+matched)\n"},
		{spinCount, "error: max search depth too small\n errors: 0\n 8 states, stored\n 47 transitions (= stored+matched)\n"},
		{rumurCount, "\t1 error(s) found.\n\n\t8 states, 47 rules fired in 0s.\n"},
		{staterightCount, "panicked"},
		{tlcCount, "47 states generated, 8 distinct states found, 3 states left on queue.\n"},
		{ourCount, "states 8 transitions 47 bytes 1\n"},
	} {
		_, _, err := c.counter.read(c.out)
		require.Error(t, err, c.out)
	}
}

// A run with other counts than the model has is no sample.
func TestWrongCounts(t *testing.T) {
	w := &workshop{ctx: t.Context(), outputs: t.TempDir()}
	j := job{name: "one that loses a state", title: "small", size: size{reduced.Params{D: 1, M: 1, K: 1}, 8_834, 47_352}, count: staterightCount}
	say := func(line string) func(*workshop, *job) ([]string, error) {
		return func(*workshop, *job) ([]string, error) { return []string{"echo", line}, nil }
	}
	j.command = say("states 8834 generated 47353")
	s, err := w.time(&j)
	require.NoError(t, err)
	require.Positive(t, s.Memory)
	j.command = say("states 8833 generated 47353")
	_, err = w.time(&j)
	require.ErrorContains(t, err, "8833 states and 47352 transitions, where there are 8834 and 47352")
}

func TestPageIsOfTheResults(t *testing.T) {
	root := filepath.Join("..", "..")
	r, err := loadResults(filepath.Join(root, results))
	require.NoError(t, err)
	want, err := render(r)
	require.NoError(t, err)
	got, err := os.ReadFile(filepath.Join(root, page))
	require.NoError(t, err)
	require.Equal(t, want, string(got), "go run ./tools/peers render writes it")
}

func TestTargets(t *testing.T) {
	times := func(seconds ...float64) (list []Sample) {
		for _, s := range seconds {
			list = append(list, Sample{Wall: s, CPU: s, Memory: 8 << 20, States: small.states})
		}
		return list
	}
	r := &Results{Rows: map[string][]Sample{
		"small/finwait, safety, 1 thread":                times(1, 3, 2),
		"small/finwait, safety and both-close, 1 thread": times(3),
		"small/SPIN, safety":                             times(50, 60),
	}}
	table := targetTable(r)
	require.Contains(t, table, "| SPIN, exact, one thread, small | at least 10.0x | 27.5x | 27.5x | reached: 2.75 of it |")
	require.Contains(t, table, "| liveness beside safety alone, small | at most 0.25 of its time | 0.50 of its time | 0.50 of its time | **not reached**: 2.00 of it |")
	require.Contains(t, table, "| TLC, two workers each, small | at least 300x |  |  | not measured |")

	r.Rows["small/SPIN, safety"][0].Memory, r.Rows["small/SPIN, safety"][1].Memory = 2<<20, 2<<20
	require.Equal(t, "- SPIN, safety, small: memory, 0.25 of what we need", wins(r), "a peer that wins is named")
}

func TestMedian(t *testing.T) {
	require.InDelta(t, 2.5, median([]Sample{{Wall: 4}, {Wall: 1}, {Wall: 2}, {Wall: 3}}, wall), 0)
	require.Equal(t, "1,641,620", thousands(1_641_620))
	require.Equal(t, "999", thousands(999))
}

func TestCommandLine(t *testing.T) {
	require.ErrorContains(t, command(context.Background(), nil), "say verify")
	_, err := parse([]string{"-rows", "("})
	require.Error(t, err)
	c, err := parse([]string{"-runs", "7", "-rows", "SPIN"})
	require.NoError(t, err)
	require.Equal(t, 7, c.runs)
	require.True(t, c.rows.MatchString("small/SPIN, safety"))
}
