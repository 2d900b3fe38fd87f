package why

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model/system"
)

// begin studies a few small scenarios.
func begin(t *testing.T, names ...string) *Study {
	t.Helper()
	s := &Study{Most: 8000}
	for _, n := range names {
		sc, ok := system.LookupScenario(n)
		require.True(t, ok, n)
		s.Runs = append(s.Runs, intact(sc))
	}
	_, err := s.Begin(t.Context())
	require.NoError(t, err)
	return s
}

func remove(t *testing.T, s *Study, name string) Finding {
	t.Helper()
	list, err := Matching(name)
	require.NoError(t, err)
	require.Len(t, list, 1, name)
	f, err := s.Remove(t.Context(), list[0])
	require.NoError(t, err)
	return f
}

// The bounds are the largest of a few that keep to the limit, and the fewest
// octets if none does; then one segment in flight may add something.
func TestBegin(t *testing.T) {
	s := begin(t, "close", "simultaneous-close", "refused")
	got := ""
	for _, r := range s.base {
		got += fmt.Sprintln(r.Scenario.Name, r.Bounds.Octets, r.Bounds.InFlight)
		assert.LessOrEqual(t, r.Figures.States, 8000, r.Scenario.Name)
		assert.Empty(t, r.Doubt())
	}
	assert.Equal(t, "close [0 0] 2\nclose [0 1] 1\nsimultaneous-close [0 1] 2\nrefused [0 0] 2\n", got)
	s = begin(t, "half-close")
	assert.Equal(t, [2]int{0, 1}, s.base[0].Bounds.Octets)
	s.Exact, s.Runs[0].Bounds.Octets = true, [2]int{0, 0}
	base, err := s.Begin(t.Context())
	require.NoError(t, err)
	assert.Equal(t, [2]int{0, 0}, base[0].Bounds.Octets)
}

// What falls is what holds of the intact machine, with the shortest run first.
func TestSomethingFalls(t *testing.T) {
	s := begin(t, "close", "half-close", "simultaneous-close")
	f := remove(t, s, "time-wait")
	assert.False(t, f.Nothing())
	assert.Equal(t, "S7, S9, S12, L2", f.Numbers())
	assert.Contains(t, f.Sum(), "S7, S9, S12, L2 fall; gone: W4 both-time-wait")
	claim, e := f.Shortest()
	assert.Equal(t, "figure", claim.Name)
	assert.Equal(t, 4, e.Steps())
	assert.Equal(t, "simultaneous-close", e.Scenario)
	assert.Contains(t, f.Arrows, "TIME-WAIT --rcv RST--> CLOSED")
	for _, x := range f.Falls {
		for i := 1; i < len(x.Runs); i++ {
			assert.LessOrEqual(t, x.Runs[i-1].Steps(), x.Runs[i].Steps(), x.Claim.Name)
		}
	}
	e, ok := f.Run("no-spurious-reset", "half-close")
	require.True(t, ok)
	assert.Equal(t, "9", e.Length())
	assert.Contains(t, e.Ladder(), "<CTL=RST>")
	_, ok = f.Run("prefix", "")
	assert.False(t, ok)
}

// A lasso has two lengths, and a deadlock is found where the intact machine has none.
func TestDeadlock(t *testing.T) {
	s := begin(t, "simultaneous-close")
	f := remove(t, s, "closing")
	require.NotEmpty(t, f.Deadlocks)
	assert.Regexp(t, `^simultaneous-close \d+ \(\d+ of them\)$`, Where(f.Deadlocks))
	assert.Contains(t, f.Sum(), "there are deadlocks")
	e, ok := f.Run("both-close", "")
	require.True(t, ok)
	assert.Regexp(t, `^\d+\+0$`, e.Length())
	lost := ""
	for _, l := range f.Lost {
		lost += l.Says() + "\n"
	}
	assert.Contains(t, lost, "the premise of L2 closing-ends no longer occurs\n")
	assert.Contains(t, lost, "W3 both-closing is no longer reached\n")
}

// Where nothing falls it is said, with what is lost all the same.
func TestNothingFalls(t *testing.T) {
	s := begin(t, "close", "loss-free")
	f := remove(t, s, "pending-ack")
	assert.True(t, f.Nothing(), "%+v", f.Falls)
	assert.Contains(t, f.Sum(), "nothing falls; gone: W1 three-segment-close")
	_, e := f.Shortest()
	assert.Nil(t, e)
	for _, p := range f.Places {
		assert.Empty(t, p.Doubt, "the network has the room that it needs")
	}
	f = remove(t, s, "rst-ends-time-wait")
	assert.Equal(t, "nothing falls", f.Sum())
}

// What is not there cannot be removed.
func TestNotThere(t *testing.T) {
	s := begin(t, "loss-free")
	f := remove(t, s, "retransmission")
	assert.Empty(t, f.Places)
	assert.True(t, f.Nothing())
}

// A fairness assumption removed is a lasso, and no arrow is missed.
func TestFairness(t *testing.T) {
	s := begin(t, "simultaneous-close")
	f := remove(t, s, "fair-2msl")
	assert.Equal(t, "L1 falls", f.Sum())
	assert.Empty(t, f.Arrows)
}

// What is cut off says so, and so does what was not judged.
func TestCutOff(t *testing.T) {
	s := begin(t, "simultaneous-close")
	s.base[0].States = 100
	f := remove(t, s, "fin-number")
	assert.Contains(t, f.CutOff, "simultaneous-close: ")

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s = &Study{Runs: s.Runs}
	base, err := s.Begin(ctx)
	require.NoError(t, err)
	assert.NotEmpty(t, base[0].Doubt())
}

// The result does not depend on how many work at it.
func TestWorkers(t *testing.T) {
	var texts []string
	for _, n := range []int{1, 3} {
		s := begin(t, "close", "simultaneous-close", "refused")
		s.Workers = n
		f := remove(t, s, "fin-number")
		var b strings.Builder
		for _, x := range f.Falls {
			b.WriteString(x.Claim.Name + " " + Where(x.Runs) + "\n" + x.Runs[0].Ladder())
		}
		texts = append(texts, b.String()+Where(f.Deadlocks))
	}
	assert.NotEmpty(t, texts[0])
	assert.Equal(t, texts[0], texts[1])
}
