package finwait

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares text with a committed file.
func golden(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "go test -run Property -update writes it")
	assert.Equal(t, string(want), text, file)
}

// bounds are the default bounds of a scenario, or, with -short, the small ones.
func bounds(s system.Scenario) system.Bounds {
	if testing.Short() {
		return s.Small()
	}
	return s.Bounds
}

// judged is what is found of a scenario; it is found once.
type judged struct {
	sync.Once
	result properties.Result
	err    error
}

var suite = func() map[string]*judged {
	m := map[string]*judged{}
	for _, s := range system.Scenarios() {
		m[s.Name] = &judged{}
	}
	return m
}()

func judge(t *testing.T, s system.Scenario) properties.Result {
	t.Helper()
	j := suite[s.Name]
	j.Do(func() {
		j.result, j.err = properties.Judge(t.Context(), properties.Run{
			Scenario: s, Bounds: bounds(s), Claims: properties.Judged(s.Name),
		})
	})
	require.NoError(t, j.err)
	return j.result
}

// Every claim holds in every scenario in which it is judged, with a premise
// that occurs; there is no deadlock; and everything that the scenario promises
// fires. The sizes of the graphs are exact.
func TestPropertySuite(t *testing.T) {
	var counts strings.Builder
	for _, s := range system.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			r := judge(t, s)
			f := r.Figures
			assert.Empty(t, f.Truncated)
			assert.Zero(t, f.Deadlocks)
			assert.Empty(t, r.Missing, "promised by the scenario, and never fired")
			assert.False(t, r.Overflowed)
			for _, o := range r.Outcomes {
				if testing.Short() && o.Verdict == checker.Vacuous || o.Claim.Kind == properties.Witness && testing.Short() {
					continue // smaller bounds may be too small for a premise
				}
				assert.Equal(t, checker.Holds, o.Verdict, "%s %s: %s\n%s", o.Claim.Number, o.Claim.Name, o.Message, drawn(r, o.Trace))
				assert.NotZero(t, o.Premise, o.Claim.Name)
			}
			fmt.Fprintf(&counts, "%-20s %8d states %9d transitions  depth %2d  %s\n", s.Name, f.States, f.Transitions, f.Depth, f.Digest)
		})
	}
	name := "counts.txt"
	if testing.Short() {
		name = "counts-short.txt"
	}
	golden(t, name, counts.String())
}

// drawn is the ladder of a trace, if there is one.
func drawn(r properties.Result, trace *properties.Trace) string {
	if trace == nil {
		return ""
	}
	return properties.Ladder(r.System, trace).String()
}

// Every arrow of the figure is taken somewhere in the suite, or it is known
// why no scenario can take it; and no arrow is excused that is taken.
func TestPropertyArrows(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP-OK: the small bounds of -short do not reach every arrow")
	}
	taken := map[string]uint64{}
	for _, s := range system.Scenarios() {
		for _, c := range judge(t, s).Figures.Points {
			taken[c.Name] += c.N
		}
	}
	excused := properties.Unpromised()
	for a := range model.Arrows {
		reason, ok := excused[a]
		if ok {
			assert.Zero(t, taken[a.String()], "%v is taken, but excused: %s", a, reason)
		} else {
			assert.NotZero(t, taken[a.String()], "%v is never taken", a)
		}
	}
}

func run(t *testing.T, scenario string, claims []properties.Claim, change func(*properties.Run)) properties.Result {
	t.Helper()
	s, ok := system.LookupScenario(scenario)
	require.True(t, ok, scenario)
	r := properties.Run{Scenario: s, Bounds: s.Bounds, Claims: claims}
	change(&r)
	result, err := properties.Judge(context.Background(), r)
	require.NoError(t, err)
	return result
}

func claim(t *testing.T, name string) properties.Claim {
	t.Helper()
	c, ok := properties.Lookup(name)
	require.True(t, ok, name)
	return c
}
