package checker_test

import (
	"context"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"finwait/checker"
)

// compare explores with one worker and with four, and holds the graph and the verdicts against the slow checker. If
// there is another way to the same report, that is held against it, too.
func compare[V any](t *rapid.T, slow *slowGraph[uint8, uint8], explore func(workers int) *checker.Graph[V, uint8], state func(V) tinyState,
	other func(workers int, properties ...checker.Property[V, uint8]) (checker.Report[V, uint8], error),
) {
	g := explore(1)
	f := g.Figures()
	require.Equal(t, len(slow.states), f.States)
	require.Equal(t, len(slow.edges), int(f.Transitions))
	depth, dead := 0, 0
	for n := range slow.states {
		require.Equal(t, slow.states[n], state(g.View(n)), "state %d", n)
		require.Equal(t, slow.depth[n], g.Depth(n))
		depth = max(depth, slow.depth[n])
		if len(slow.out[n]) == 0 {
			dead++
		}
	}
	require.Equal(t, depth, f.Depth)
	require.Equal(t, dead, f.Deadlocks)
	var edges []tinyEdge
	for e := range g.Edges() {
		edges = append(edges, tinyEdge{e.Source, e.Side, e.Action, e.Target})
	}
	require.Equal(t, slow.edges, edges)

	inP := rapid.Uint64().Draw(t, "P")
	inQ := rapid.Uint64().Draw(t, "Q")
	p := func(v V) bool { s := state(v); return inP>>(s[0]*4+s[1])&1 != 0 }
	q := func(v V) bool { s := state(v); return inQ>>(s[0]*4+s[1])&1 != 0 }
	slowP := func(n int) bool { return p(g.View(n)) }
	slowQ := func(n int) bool { return q(g.View(n)) }
	class := rapid.SliceOfN(rapid.Bool(), 10, 10).Draw(t, "steps")
	inClass := func(side int, a uint8) bool { return class[side*5+int(a%5)] }
	slowClass := func(e tinyEdge) bool { return inClass(e.side, e.action) }
	fair := drawFairness(t)

	properties := []checker.Property[V, uint8]{
		checker.LeadsTo("leads to", p, q, fair...),
		checker.AlwaysEventually("always eventually", p, fair...),
		checker.EventuallyAlways("eventually always", p, fair...),
		checker.NoFairCycle[V]("no fair cycle", inClass, fair...),
		checker.AlwaysWhen[uint8]("always", p, q),
		checker.Sometimes[uint8]("sometimes", p),
		checker.AlwaysStepWhen("always step", func(s checker.Step[V, uint8]) bool { return inClass(s.Side, s.Action) },
			func(s checker.Step[V, uint8]) bool { return p(s.From) || q(s.To) }),
		checker.SometimesStep("sometimes step", func(s checker.Step[V, uint8]) bool { return inClass(s.Side, s.Action) && p(s.To) }),
	}
	report, err := g.Check(context.Background(), properties...)
	require.NoError(t, err)

	again, err := explore(4).Check(context.Background(), properties...)
	require.NoError(t, err)
	require.Equal(t, timeless(report), timeless(again))
	if other != nil {
		for _, workers := range []int{1, 4} {
			again, err := other(workers, properties...)
			require.NoError(t, err)
			require.Equal(t, timeless(report), timeless(again))
		}
	}

	pStates, both, edge, bad := 0, 0, 0, 0
	for n := range slow.states {
		if slowP(n) {
			if pStates++; !slowQ(n) {
				both++
			}
		}
	}
	seen := 0
	for _, e := range slow.edges {
		if slowClass(e) {
			if edge++; !slowP(e.from) && !slowQ(e.to) {
				bad++
			}
			if slowP(e.to) {
				seen++
			}
		}
	}
	live := []slowVerdict{
		slow.leadsTo(slowP, slowQ, fair),
		slow.alwaysEventually(slowP, fair),
		slow.eventuallyAlways(slowP, fair),
		slow.noFairCycle(slowClass, fair),
	}
	premises := []int{pStates, len(slow.states), len(slow.states), edge, pStates, pStates, edge, seen}
	violated := []bool{live[0].violated, live[1].violated, live[2].violated, live[3].violated, both > 0, pStates == 0, bad > 0, seen == 0}
	for i, r := range report.Results {
		want := checker.Holds
		switch {
		case violated[i]:
			want = checker.Violated
		case premises[i] == 0:
			want = checker.Vacuous
		}
		require.Equal(t, want, r.Verdict, r.Name)
		require.Equal(t, premises[i], int(r.Premise), r.Name)
		if i < len(live) && live[i].violated {
			require.GreaterOrEqual(t, r.Trace.Loop, live[i].stem, "%s: no fair cycle can be entered so early", r.Name)
			require.LessOrEqual(t, len(r.Trace.Steps)-1, live[i].stutter, "%s: stuttering would be shorter", r.Name)
		}
	}
	for i, keep := range []func(int) bool{func(n int) bool { return !slowQ(n) }, func(n int) bool { return !slowP(n) }, anyState, anyState} {
		if r := report.Results[i]; r.Verdict == checker.Violated {
			cycleIsFair(t, slow, r, state, keep, fair)
		}
	}
}

// cycleIsFair checks a lasso's cycle, as a sequence, by the definition of fairness.
func cycleIsFair[V any](t *rapid.T, slow *slowGraph[uint8, uint8], r checker.Result[V, uint8], state func(V) tinyState, keep func(int) bool, fair []checker.Fairness[uint8]) {
	number := func(i int) int {
		for n, s := range slow.states {
			if s == state(r.Trace.Steps[i].State) {
				return n
			}
		}
		t.Fatalf("%s: a state that cannot be reached", r.Name)
		return 0
	}
	last := len(r.Trace.Steps) - 1
	require.Equal(t, number(r.Trace.Loop), number(last))
	var set []int
	taken := map[tinyEdge]bool{}
	for i := r.Trace.Loop; i <= last; i++ {
		require.True(t, keep(number(i)), r.Name)
		set = append(set, number(i))
		if i > r.Trace.Loop {
			step := r.Trace.Steps[i]
			e := tinyEdge{number(i - 1), step.Side, step.Action, number(i)}
			require.Contains(t, slow.edges, e)
			taken[e] = true
			for _, f := range fair {
				if _, in := f.Class(e.side, e.action); f.Kind == checker.Finite {
					require.False(t, in, "a step of a finite class in a cycle")
				}
			}
		}
	}
	if len(set) > 1 {
		set = set[1:] // the first and the last are the same
	}
	require.True(t, slow.fair(set, func(e tinyEdge) bool { return taken[e] }, fair), "%s: %v", r.Name, r.Trace)
}

func timeless[V any](r checker.Report[V, uint8]) checker.Report[V, uint8] {
	r.Duration, r.Bytes = 0, 0
	return r
}

// TestSpilledProducts holds what is explored in a file against what is explored in memory.
func TestSpilledProducts(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		c := drawTiny(t)
		fair := drawFairness(t)
		var reports []checker.Report[tinyView, uint8]
		for _, spill := range []string{"", dir} {
			o := checker.ProductOptions[uint8, uint8]{Workers: 2, Spill: spill}
			if spill != "" {
				o.MaxMemory = 1 << 19
			}
			r, err := checker.CheckProduct(context.Background(), c, o,
				checker.Always[uint8]("always", func(v tinyView) bool { return *v.A < 2 }),
				checker.LeadsTo("leads to", func(v tinyView) bool { return *v.A == 0 }, func(v tinyView) bool { return *v.B == 1 }, fair...))
			require.NoError(t, err)
			require.Equal(t, spill != "" && runtime.GOOS == "linux", r.Spilled > 0)
			r.Spilled = 0
			reports = append(reports, timeless(r))
		}
		require.Equal(t, reports[0], reports[1])
	})
}
