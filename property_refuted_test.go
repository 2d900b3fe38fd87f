package finwait

import (
	"flag"
	"fmt"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"finwait/model"
	"finwait/model/system"
)

// expecting is a test that is meant to fail: it only listens to what rapid says.
type expecting struct {
	*testing.T
	text   strings.Builder
	failed bool
}

func (e *expecting) Log(args ...any)            { fmt.Fprintln(&e.text, args...) }
func (e *expecting) Logf(f string, args ...any) { fmt.Fprintf(&e.text, f+"\n", args...) }
func (e *expecting) Fail()                      { e.failed = true }
func (e *expecting) Failed() bool               { return e.failed }

func (e *expecting) FailNow() {
	e.failed = true
	runtime.Goexit()
}

func (e *expecting) Error(args ...any) {
	e.Log(args...)
	e.Fail()
}

func (e *expecting) Errorf(f string, args ...any) {
	e.Logf(f, args...)
	e.Fail()
}

func (e *expecting) Fatal(args ...any) {
	e.Log(args...)
	e.FailNow()
}

func (e *expecting) Fatalf(f string, args ...any) {
	e.Logf(f, args...)
	e.FailNow()
}

// refuted lets rapid look for what violates a property that must not hold, and
// returns what it says of the case that it has shrunk.
func refuted(t *testing.T, prop func(*rapid.T)) string {
	t.Helper()
	for name, value := range map[string]string{"rapid.nofailfile": "true", "rapid.shrinktime": "2s", "rapid.seed": "1", "rapid.checks": "5000"} {
		f := flag.Lookup(name)
		require.NotNil(t, f, name)
		before := f.Value.String()
		require.NoError(t, flag.Set(name, value))
		t.Cleanup(func() { require.NoError(t, flag.Set(name, before)) })
	}
	e := &expecting{T: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		rapid.Check(e, prop)
	}()
	<-done
	require.True(t, e.failed, "nothing violates the property:\n%s", &e.text)
	return e.text.String()
}

// under switches on an option of the bounds, by its name.
func under(t require.TestingT, b *system.Bounds, option string) {
	o, ok := model.Lookup(option)
	require.True(t, ok, option)
	o.Set(&b.Options, true)
}

// Walks find a planted bug, and what they say of it is a claim and a ladder,
// shrunk.
func TestPropertyWalksFindBugs(t *testing.T) {
	for _, x := range []struct{ option, scenario, claims string }{
		{"data-counted-twice", "simultaneous-close", "S1|S4|S21"},
		{"fin-across-hole", "simultaneous-close", "S2"},
		{"skip-time-wait", "half-close", "S7"},
		{"fin-retransmitted-later", "half-close", "S5"},
	} {
		t.Run(x.option, func(t *testing.T) {
			s, ok := system.LookupScenario(x.scenario)
			require.True(t, ok)
			first := 0
			text := refuted(t, func(t *rapid.T) {
				bounds := beyond(t, s)
				under(t, &bounds, x.option)
				w, err := wander(t, newSystem(t, bounds), s.Name, 60)
				if err != nil {
					if first == 0 {
						first = len(w.Trace.Steps)
					}
					t.Fatal(err)
				}
			})
			_, last, ok := strings.Cut(text, "Failed test output:")
			require.True(t, ok)
			at := regexp.MustCompile(`(?m)^(` + x.claims + `) [a-z0-9-]+: `).FindStringIndex(last)
			require.NotNil(t, at, last)
			drawing := last[at[0]:]
			assert.Regexp(t, `A Transmit\(.*--> <SEQ=|B Transmit\(.*<SEQ=.*<--`, drawing, "a ladder")
			t.Logf("%d steps at first, then a ladder of %d rows", first, strings.Count(drawing, "\n"))
		})
	}
}
