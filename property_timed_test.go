package finwait

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model/system"
	"finwait/properties"
)

// promises are what TIME-WAIT is for, each with the shortest 2MSL that keeps it.
var promises = []string{"last-ack-heard", "no-spurious-reset", "net-drained"}

// shortest is the formula of docs/environments.md for the shortest 2MSL that
// keeps a promise, in ticks.
func shortest(promise string, c system.Timed, text bool) int {
	ack := c.MSL // for how long the last ACK, and what the peer does before it comes, may be on its way
	if c.Losses > 0 {
		ack = c.MSL + (c.Losses+1)*c.RTO
		if text {
			ack += c.MSL // the peer's timer begins again with an ACK of its text, which may be late
		}
	} else if c.RTO <= 2*c.MSL {
		ack = c.MSL + min(c.RTO, c.MSL)
	}
	if promise == "net-drained" {
		return max(3*c.MSL, ack) + 1
	}
	return ack + 1
}

// ticking is the scenario with another clock, and a network that has room for
// every copy.
func ticking(t *testing.T, c system.Timed, octets int) (system.Scenario, system.Bounds) {
	t.Helper()
	s, ok := system.LookupScenario("timed")
	require.True(t, ok)
	b := s.Bounds
	b.Octets, b.Timed = [2]int{0, octets}, c
	return s, b
}

// hold judges the promises of TIME-WAIT under a clock. The network must never
// be full, or it would lose more than it may.
func hold(t *testing.T, c system.Timed, octets int) (kept [3]bool, states int) {
	t.Helper()
	s, b := ticking(t, c, octets)
	var claims []properties.Claim
	for _, name := range promises {
		claims = append(claims, claim(t, name))
	}
	g, sys, err := properties.Run{Scenario: s, Bounds: b}.Explore(t.Context())
	require.NoError(t, err)
	n, full := g.First(func(v properties.View) bool { return int(max(v.A.NumNet, v.B.NumNet)) >= b.InFlight })
	require.False(t, full, "%+v: no room in state %d", c, n)
	require.Zero(t, g.Figures().Deadlocks)
	for i, c := range claims {
		report, err := g.Check(t.Context(), c.Properties(sys)...)
		require.NoError(t, err)
		for _, r := range report.Results {
			kept[i] = r.Verdict == checker.Holds // each has one part
		}
	}
	return kept, g.States()
}

// clocks are the rows of the table.
var clocks = []struct {
	octets, losses, msl int
	rtos                []int
}{
	{0, 0, 1, []int{1, 2, 3, 4}},
	{0, 0, 2, []int{2, 3, 4, 5}},
	{0, 1, 1, []int{1, 2, 3, 4}},
	{0, 1, 2, []int{3, 4, 5}},
	{0, 2, 1, []int{2, 3, 4}},
	{0, 2, 2, []int{5}},
	{1, 0, 1, []int{3}},
	{1, 1, 1, []int{3, 4}},
	{1, 1, 2, []int{5}},
	{1, 2, 1, []int{3, 4}},
}

// docs/environments.md: the shortest 2MSL that is safe, found by trying them
// all, is what the formula says; one tick less is too short.
func TestPropertyTimed(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP-OK: the table has the figures of some hundred explorations")
	}
	var b strings.Builder
	b.WriteString("| octets of B | losses | MSL | RTO | S18 last ACK heard | S9 no spurious RST | S19 net drained | 2 x MSL is | states |\n")
	b.WriteString("|--:|--:|--:|--:|--:|--:|--:|---|--:|\n")
	for _, row := range clocks {
		for _, rto := range row.rtos {
			c := system.Timed{RTO: rto, MSL: row.msl, Losses: row.losses}
			least, states := leastTwoMSL(t, c, row.octets)
			for i, name := range promises {
				assert.Equal(t, shortest(name, c, row.octets > 0), least[i], "%s: %+v", name, c)
			}
			verdict := "too short"
			switch over := 2*c.MSL - (least[1] - 1); {
			case over > 0:
				verdict = "long enough"
			case over == 0:
				verdict = "a tie"
			}
			fmt.Fprintf(&b, "| %d | %d | %d | %d | %d | %d | %d | %s | %s |\n", row.octets, row.losses, row.msl, rto,
				least[0], least[1], least[2], verdict, thousands(uint64(states)))
		}
	}
	text, err := os.ReadFile("docs/environments.md")
	require.NoError(t, err)
	want := between(t, string(text), "timed", b.String())
	if *update {
		require.NoError(t, os.WriteFile("docs/environments.md", []byte(want), 0o644))
		return
	}
	assert.Equal(t, want, string(text), "make docs writes it anew")
}

// leastTwoMSL tries 2MSL from 0 on, until every promise is kept, by the next one
// too, and returns for each the first from which on it is.
func leastTwoMSL(t *testing.T, c system.Timed, octets int) (least [3]int, states int) {
	t.Helper()
	for settled := 0; settled < 2; c.TwoMSL++ {
		kept, n := hold(t, c, octets)
		states = n
		settled++
		for i, ok := range kept {
			if !ok {
				least[i], settled = c.TwoMSL+1, 0
			}
		}
		require.Less(t, c.TwoMSL, 60, "it has no end")
	}
	return least, states
}

// The shortest runs that show what goes wrong; with one tick more it does not.
func TestPropertyTimedLadders(t *testing.T) {
	for _, x := range []struct {
		name, claim string
		octets      int
		clock       system.Timed
	}{
		{"one-tick-short", "no-spurious-reset", 0, system.Timed{RTO: 3, MSL: 1, TwoMSL: 7, Losses: 1}},
		{"three-msl", "net-drained", 0, system.Timed{RTO: 5, MSL: 1, TwoMSL: 3}},
		{"late-ack-of-text", "last-ack-heard", 1, system.Timed{RTO: 3, MSL: 1, TwoMSL: 8, Losses: 1}},
		{"not-restarted", "last-ack-heard", 0, system.Timed{RTO: 3, MSL: 1, TwoMSL: 14, Losses: 2}},
		{"text-does-not-restart", "last-ack-heard", 2, system.Timed{RTO: 3, MSL: 1, TwoMSL: 14, Losses: 2}},
	} {
		t.Run(x.name, func(t *testing.T) {
			if testing.Short() && x.octets > 1 {
				t.Skip("SKIP-OK: it has more states than -short allows")
			}
			s, b := ticking(t, x.clock, x.octets)
			b.Options.TimeWaitNotRestarted = x.name == "not-restarted"
			run := properties.Run{Scenario: s, Bounds: b, Claims: []properties.Claim{claim(t, x.claim)}}
			r, err := properties.Judge(t.Context(), run)
			require.NoError(t, err)
			run.Bounds.Timed.TwoMSL++
			more, err := properties.Judge(t.Context(), run)
			require.NoError(t, err)
			assert.Equal(t, checker.Holds, more.Outcomes[0].Verdict, "one tick more")
			o := r.Outcomes[0]
			require.Equal(t, checker.Violated, o.Verdict)
			c := x.clock
			golden(t, "timed/"+x.name+".txt", fmt.Sprintf("RTO %d, MSL %d, 2MSL %d, losses %d per direction, octets of B %d: %s falls, %s\n\n%s",
				c.RTO, c.MSL, c.TwoMSL, c.Losses, x.octets, o.Claim.Number, o.Trace, drawn(r, o.Trace)))
		})
	}
}
