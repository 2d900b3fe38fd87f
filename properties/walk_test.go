package properties

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// The transitions of a walk are the checker's edges, in the same order.
func TestTransitionsAreEdges(t *testing.T) {
	for name, b := range map[string]system.Bounds{
		"close":     scenario(t, "close", 0, 0),
		"lifecycle": scenario(t, "lifecycle", 0, 0, inFlight(1)),
		"abort":     scenario(t, "abort", 0, 0, inFlight(1)),
		"free":      scenario(t, "close", 0, 0, func(b *system.Bounds) { b.TimeWait = system.TimeWaitFree }),
		"loss-free": scenario(t, "loss-free", 1, 1, inFlight(1)),
	} {
		g, s, err := Run{Bounds: b}.Explore(t.Context())
		require.NoError(t, err)
		for n := range g.States() {
			v := g.View(n)
			list := Transitions(s, &sides{*v.A, *v.B})
			i := 0
			for e := range g.EdgesFrom(n) {
				for i > 0 && i < len(list) && slices.ContainsFunc(list[:i], func(x Transition) bool { return same(&x, &list[i]) }) {
					i++ // the checker has each edge once
				}
				require.Less(t, i, len(list), name)
				to := g.View(e.Target)
				require.Equal(t, e.Side, list[i].Side, name)
				require.Equal(t, e.Action, list[i].Action, name)
				require.Equal(t, sides{*to.A, *to.B}, list[i].To, name)
				i++
			}
		}
	}
}

func same(x, y *Transition) bool { return x.Side == y.Side && x.Action == y.Action && x.To == y.To }

// retrace takes a walk along a trace, judging each step before or after it is
// taken, and returns what the monitor says, and when.
func retrace(t *testing.T, b *system.System, m *Monitor, trace *Trace, judgeFirst bool) (step int, err error) {
	t.Helper()
	w := NewWalk(b)
	for i, st := range trace.Steps[1:] {
		next := w.Next()
		n := slices.IndexFunc(next, func(x Transition) bool {
			return x.Side == st.Side && x.Action == st.Action && x.To == sides{*st.State.A, *st.State.B}
		})
		require.NotEqual(t, -1, n, "step %d of the trace", i+1)
		if judgeFirst {
			err = m.Step(&next[n])
		}
		w.Take(&next[n])
		if !judgeFirst {
			err = m.Step(&next[n])
		}
		if err != nil {
			return i + 1, err
		}
	}
	return 0, nil
}

// A monitor finds what the checker finds, in the step in which it happens, and
// whether it is asked before the step is taken or after it.
func TestMonitorFindsPlantedBugs(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Kills() {
		for _, name := range k.Scenarios {
			b := scenario(t, name, 1, 1, inFlight(1), option(k.Option))
			switch name {
			case "loss-free":
				b.InFlight = 2
			case "timed":
				b.InFlight, b.Octets = system.MaxInFlight, [2]int{0, 1}
			case "simultaneous-close":
			default:
				b.Octets = [2]int{0, 1}
			}
			if seen[k.Option] {
				break // one scenario is enough
			}
			for _, c := range k.Claims {
				claim := lookup(t, c)
				if claim.Kind != Safety && claim.Kind != Step || !claim.In(name) {
					continue
				}
				r := judgeRun(t, name, b, claim)
				o := r.Outcomes[0]
				if o.Verdict != checker.Violated {
					continue // the bounds are too small for this one
				}
				for _, first := range []bool{true, false} {
					step, err := retrace(t, r.System, MonitorOf(r.System, []Claim{claim}), o.Trace, first)
					require.ErrorContains(t, err, claim.Number+" "+claim.Name+": ", "%s violates %s", k.Option, c)
					assert.Equal(t, len(o.Trace.Steps)-1, step, "%s violates %s in the last step", k.Option, c)
				}
				seen[k.Option], seen[c] = true, true
			}
		}
	}
	for _, c := range Catalogue() {
		if c.Kind == Safety || c.Kind == Step {
			assert.True(t, seen[c.Name], "no planted bug against %s was found", c.Name)
		}
	}
}

// A monitor watches what speaks of states and steps, and the invariants.
func TestMonitor(t *testing.T) {
	b := newSystem(t, scenario(t, "close", 1, 1))
	m := NewMonitor(b, "close")
	for _, p := range m.parts {
		assert.Contains(t, []Kind{Safety, Step}, p.claim.Kind)
	}
	assert.NotEmpty(t, m.parts)
	assert.Empty(t, MonitorOf(b, []Claim{lookup(t, "quiet"), lookup(t, "held-fin")}).parts)
	assert.NoError(t, MonitorOf(b, nil).Step(&Transition{To: start(b)}))
	wrong := Transition{To: start(b, func(a, _ *system.Side) { a.Flags = model.TimerTW })}
	assert.ErrorContains(t, MonitorOf(b, nil).Step(&wrong), "invariant 12", "the timer runs in ESTABLISHED")
	wrong.To[0].Broken = true
	assert.NoError(t, MonitorOf(b, nil).Step(&wrong), "a broken side is S7's")
	assert.ErrorContains(t, m.Step(&wrong), "S7 figure")
}

// A walk begins at the start, keeps its trace, and is over when both are CLOSED.
func TestWalk(t *testing.T) {
	b := newSystem(t, scenario(t, "loss-free", 0, 0))
	w := NewWalk(b)
	assert.Equal(t, start(b), w.State)
	assert.Len(t, w.Trace.Steps, 1)
	assert.Equal(t, -1, w.Trace.Steps[0].Side)
	for !w.Over() {
		next := w.Next()
		require.NotEmpty(t, next)
		before := w.State
		w.Take(&next[0])
		last := w.Trace.Steps[len(w.Trace.Steps)-1]
		assert.Equal(t, w.State, sides{*last.State.A, *last.State.B})
		assert.NotEqual(t, before, w.State)
		assert.Equal(t, next[0].Action, last.Action)
	}
	assert.Equal(t, start(b), sides{*w.Trace.Steps[0].State.A, *w.Trace.Steps[0].State.B}, "the trace has values of its own")
	assert.Empty(t, w.Next())
}
