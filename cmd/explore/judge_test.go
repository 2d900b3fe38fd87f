package main

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model/system"
	"finwait/properties"
)

func TestTheFirstOf12_13_11_21_20(t *testing.T) {
	order := []int{exitSafety, exitLiveness, exitDeadlock, exitVacuous, exitInconclusive, exitOK}
	for i, a := range order {
		for _, b := range order[i:] {
			require.Equal(t, a, worse(a, b), "%d and %d", a, b)
			require.Equal(t, a, worse(b, a), "%d and %d", b, a)
		}
	}
}

func TestExitCodes(t *testing.T) {
	closing, ok := system.LookupScenario("close")
	require.True(t, ok)
	larger := closing.Bounds
	larger.Octets[0]++
	outcome := func(k properties.Kind, v checker.Verdict) []properties.Outcome {
		return []properties.Outcome{{Claim: properties.Claim{Kind: k}, Verdict: v}}
	}
	for _, c := range []struct {
		what string
		r    properties.Result
		want int
	}{
		{"nothing wrong", properties.Result{}, exitOK},
		{"a state breaks a claim", properties.Result{Outcomes: outcome(properties.Safety, checker.Violated)}, exitSafety},
		{"a step breaks a claim", properties.Result{Outcomes: outcome(properties.Step, checker.Violated)}, exitSafety},
		{"a run breaks a claim", properties.Result{Outcomes: outcome(properties.Liveness, checker.Violated)}, exitLiveness},
		{"a premise never holds", properties.Result{Outcomes: outcome(properties.Step, checker.Vacuous)}, exitVacuous},
		{"a witness is unreached", properties.Result{Outcomes: outcome(properties.Witness, checker.Violated)}, exitVacuous},
		{"cut off", properties.Result{Outcomes: outcome(properties.Witness, checker.Inconclusive)}, exitInconclusive},
		{"a deadlock", properties.Result{Figures: checker.Figures{Deadlocks: 1}}, exitDeadlock},
		{"a broken promise", properties.Result{Missing: []string{"Ack"}}, exitVacuous},
		{"a reply without room", properties.Result{Overflowed: true}, exitInconclusive},
		{"a limit", properties.Result{Figures: checker.Figures{Truncated: "limit"}}, exitInconclusive},
		{"a deadlock, and cut off", properties.Result{Overflowed: true, Figures: checker.Figures{Deadlocks: 1}}, exitDeadlock},
	} {
		c.r.Scenario, c.r.Bounds = closing, closing.Bounds
		require.Equal(t, c.want, exitCode(&c.r), c.what)
	}
	r := properties.Result{Outcomes: outcome(properties.Witness, checker.Violated)}
	r.Scenario, r.Bounds = closing, larger
	require.Equal(t, exitOK, exitCode(&r), "only the default bounds promise to reach every witness")
}

func TestVerdictWords(t *testing.T) {
	require.Equal(t, "violated", verdictWord(checker.Violated, false))
	require.Equal(t, "vacuous", verdictWord(checker.Violated, true))
	require.Equal(t, "holds", verdictWord(checker.Holds, true))
}

func TestSizes(t *testing.T) {
	for s, want := range map[string]int64{
		"4GB": 4e9, "512MiB": 512 << 20, "1.5G": 15e8, "1000000": 1e6, "7 kb": 7000, "2T": 2e12, "3KiB": 3072, "9b": 9,
	} {
		n, err := sizeOf(s)
		require.NoError(t, err)
		require.Equal(t, want, n, s)
	}
	for _, s := range []string{"", "0", "-1", "GB", "4XB", "nan", "inf", "1e30", "0.5"} {
		_, err := sizeOf(s)
		require.Error(t, err, s)
	}
	require.Less(t, 1e18, float64(math.MaxInt64))
}

func TestNearest(t *testing.T) {
	names := []string{"close", "half-close", "loss-free", "lifecycle"}
	require.Equal(t, "close", nearest("clsoe", names))
	require.Equal(t, "half-close", nearest("HalfClose", names))
	require.Equal(t, "lifecycle", nearest("cycle", names))
	require.Empty(t, nearest("xyzzyx", names))
	require.Empty(t, nearest("", nil))
	require.Equal(t, 1, distance("ab", "ba"), "a swap is one mistake")
	require.Equal(t, 3, distance("kitten", "sitting"))
	require.Equal(t, 4, distance("", "four"))
}

func TestNumbers(t *testing.T) {
	require.Equal(t, "0", number(0))
	require.Equal(t, "999", number(999))
	require.Equal(t, "1,000", number(1000))
	require.Equal(t, "24,512,624", number(uint64(24512624)))
	require.Equal(t, "1 state", count(1, "state"))
	require.Equal(t, "0 states", count(0, "state"))
	require.Equal(t, "  one two\n  three", wrap("one two three", "  ", 10))
	require.Empty(t, wrap("", "  ", 10))
}

func TestColoursOnlyWhereTheyAreWanted(t *testing.T) {
	plain, coloured := &app{}, &app{colour: true}
	require.Equal(t, "holds", plain.paint(green, "holds"))
	require.Equal(t, "\x1b[32mholds\x1b[0m", coloured.paint(green, "holds"))
	require.Empty(t, coloured.paint(green, ""))
}
