package checker_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"finwait/checker"
)

type (
	tinyMove = checker.Move[uint8, uint8]
	tinyView = checker.Pair[uint8]
)

// tiny is a component given by tables: sides and actions are small numbers.
type tiny struct {
	initial []slowState
	moves   [][]tinyMove            // by side
	accept  map[[2]uint8][]tinyMove // by side and action
	facts   []uint64
}

func (c *tiny) Init(yield func(a, b uint8) bool) {
	for _, s := range c.initial {
		if !yield(s[0], s[1]) {
			return
		}
	}
}
func (c *tiny) Moves(s uint8, buf []tinyMove) []tinyMove { return append(buf, c.moves[s]...) }
func (c *tiny) Accept(s, a uint8, buf []tinyMove) []tinyMove {
	return append(buf, c.accept[[2]uint8{s, a}]...)
}
func (c *tiny) Facts(s uint8) uint64                           { return c.facts[s] }
func (c *tiny) Encode(dst []byte, s uint8) []byte              { return append(dst, s) }
func (c *tiny) EncodeAction(dst []byte, _ int, a uint8) []byte { return append(dst, a) }

// slowly composes two sides by the definition in the documentation of Component.
func (c *tiny) slowly(s slowState) (steps []slowStep) {
	a, b := s[0], s[1]
	for _, m := range c.moves[a] {
		if m.Need&c.facts[b] != m.Need {
			continue
		}
		switch m.Kind {
		case checker.Local:
			steps = append(steps, slowStep{0, m.Action, slowState{m.Next, b}})
		case checker.Offer:
			for _, r := range c.accept[[2]uint8{b, m.Action}] {
				if r.Need&c.facts[a] == r.Need {
					steps = append(steps, slowStep{0, r.Action, slowState{m.Next, r.Next}})
				}
			}
		case checker.Joint:
			for _, r := range c.moves[b] {
				if r.Kind == checker.Joint && r.Action == m.Action && r.Need&c.facts[a] == r.Need {
					steps = append(steps, slowStep{0, m.Action, slowState{m.Next, r.Next}})
				}
			}
		}
	}
	for _, m := range c.moves[b] {
		if m.Need&c.facts[a] != m.Need {
			continue
		}
		switch m.Kind {
		case checker.Local:
			steps = append(steps, slowStep{1, m.Action, slowState{a, m.Next}})
		case checker.Offer:
			for _, r := range c.accept[[2]uint8{a, m.Action}] {
				if r.Need&c.facts[b] == r.Need {
					steps = append(steps, slowStep{1, r.Action, slowState{r.Next, m.Next}})
				}
			}
		}
	}
	return steps
}

// drawTiny draws a component, few enough sides that all sets of states of its product can be gone through.
func drawTiny(t *rapid.T) *tiny {
	sides := rapid.IntRange(1, 3).Draw(t, "sides")
	if rapid.IntRange(0, 9).Draw(t, "more") == 0 {
		sides = 4
	}
	side := rapid.Uint8Range(0, uint8(sides-1))
	action := rapid.Uint8Range(0, 4)
	need := rapid.SampledFrom([]uint64{0, 0, 0, 1, 2, 3})
	move := rapid.Custom(func(t *rapid.T) tinyMove {
		return tinyMove{rapid.Uint8Range(0, 2).Draw(t, "kind"), action.Draw(t, "action"), side.Draw(t, "next"), need.Draw(t, "need")}
	})
	c := &tiny{accept: map[[2]uint8][]tinyMove{}}
	for range rapid.IntRange(1, 2).Draw(t, "initial states") {
		c.initial = append(c.initial, slowState{side.Draw(t, "a"), side.Draw(t, "b")})
	}
	for s := range uint8(sides) {
		c.moves = append(c.moves, rapid.SliceOfN(move, 0, 4).Draw(t, "moves"))
		c.facts = append(c.facts, rapid.Uint64Range(0, 3).Draw(t, "facts"))
		for a := range uint8(5) {
			c.accept[[2]uint8{s, a}] = rapid.SliceOfN(move, 0, 2).Draw(t, "accept")
		}
	}
	return c
}

// web is a whole-state model given by a table.
type web struct {
	initial []uint8
	next    [][]checker.Successor[uint8, uint8]
}

func (w *web) Init(yield func(uint8) bool) {
	for _, s := range w.initial {
		if !yield(s) {
			return
		}
	}
}
func (w *web) Next(s uint8, buf []checker.Successor[uint8, uint8]) []checker.Successor[uint8, uint8] {
	return append(buf, w.next[s]...)
}
func (w *web) Encode(dst []byte, s uint8) []byte       { return append(dst, s) }
func (w *web) EncodeAction(dst []byte, a uint8) []byte { return append(dst, a) }

func (w *web) slowly(s slowState) (steps []slowStep) {
	for _, n := range w.next[s[0]] {
		steps = append(steps, slowStep{0, n.Action, slowState{n.Next, 0}})
	}
	return steps
}

func drawWeb(t *rapid.T) *web {
	states := rapid.IntRange(1, 9).Draw(t, "states")
	state := rapid.Uint8Range(0, uint8(states-1))
	successor := rapid.Custom(func(t *rapid.T) checker.Successor[uint8, uint8] {
		return checker.Successor[uint8, uint8]{Action: rapid.Uint8Range(0, 4).Draw(t, "action"), Next: state.Draw(t, "next")}
	})
	w := &web{initial: rapid.SliceOfN(state, 1, 2).Draw(t, "initial")}
	for range states {
		w.next = append(w.next, rapid.SliceOfN(successor, 0, 3).Draw(t, "successors"))
	}
	return w
}

// drawFairness draws assumptions of all kinds: each key of a table by side and action is a class.
func drawFairness(t *rapid.T) (fair []checker.Fairness[uint8]) {
	for i := range rapid.IntRange(0, 4).Draw(t, "assumptions") {
		keys := rapid.SliceOfN(rapid.IntRange(-2, 2), 10, 10).Draw(t, "class")
		kind := rapid.SampledFrom([]checker.FairnessKind{checker.Weak, checker.Weak, checker.Strong, checker.Strong, checker.Finite}).Draw(t, "kind")
		fair = append(fair, checker.Fairness[uint8]{Name: fmt.Sprint(i), Kind: kind, Class: func(side int, a uint8) (any, bool) {
			key := keys[side*5+int(a)]
			return key, key > 0
		}})
	}
	return fair
}

// compare explores with one worker and with four, and holds the graph and the verdicts against the slow checker.
func compare[V any](t *rapid.T, slow *slowGraph, explore func(workers int) *checker.Graph[V, uint8], state func(V) slowState) {
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
	var edges []slowEdge
	for e := range g.Edges() {
		edges = append(edges, slowEdge{e.Source, e.Side, e.Action, e.Target})
	}
	require.Equal(t, slow.edges, edges)

	inP := rapid.Uint64().Draw(t, "P")
	inQ := rapid.Uint64().Draw(t, "Q")
	p := func(v V) bool { s := state(v); return inP>>(s[0]*4+s[1])&1 != 0 }
	q := func(v V) bool { s := state(v); return inQ>>(s[0]*4+s[1])&1 != 0 }
	slowP := func(n int) bool { return p(g.View(n)) }
	slowQ := func(n int) bool { return q(g.View(n)) }
	class := rapid.SliceOfN(rapid.Bool(), 10, 10).Draw(t, "steps")
	inClass := func(side int, a uint8) bool { return class[side*5+int(a)] }
	slowClass := func(e slowEdge) bool { return inClass(e.side, e.action) }
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
			require.Equal(t, live[i].stem, r.Trace.Loop, "%s: stem", r.Name)
		}
	}
	for i, keep := range []func(int) bool{func(n int) bool { return !slowQ(n) }, func(n int) bool { return !slowP(n) }, anyState, anyState} {
		if r := report.Results[i]; r.Verdict == checker.Violated {
			cycleIsFair(t, slow, r, state, keep, fair)
		}
	}
}

// cycleIsFair checks a lasso's cycle, as a sequence, by the definition of fairness.
func cycleIsFair[V any](t *rapid.T, slow *slowGraph, r checker.Result[V, uint8], state func(V) slowState, keep func(int) bool, fair []checker.Fairness[uint8]) {
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
	taken := map[slowEdge]bool{}
	for i := r.Trace.Loop; i <= last; i++ {
		require.True(t, keep(number(i)), r.Name)
		set = append(set, number(i))
		if i > r.Trace.Loop {
			step := r.Trace.Steps[i]
			e := slowEdge{number(i - 1), step.Side, step.Action, number(i)}
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
	require.True(t, slow.fair(set, func(e slowEdge) bool { return taken[e] }, fair), "%s: %v", r.Name, r.Trace)
}

func timeless[V any](r checker.Report[V, uint8]) checker.Report[V, uint8] {
	r.Duration, r.Bytes = 0, 0
	return r
}

func TestRandomProducts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawTiny(t)
		slow := slowExplore(c.initial, c.slowly)
		if len(slow.states) > 12 {
			t.Skip("too many sets of states")
		}
		compare(t, slow, func(workers int) *checker.Graph[tinyView, uint8] {
			return checker.ExploreProduct(context.Background(), c, checker.ProductOptions[uint8, uint8]{Workers: workers})
		}, func(v tinyView) slowState { return slowState{*v.A, *v.B} })
	})
}

func TestRandomModels(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWeb(t)
		var initial []slowState
		for _, s := range w.initial {
			initial = append(initial, slowState{s, 0})
		}
		slow := slowExplore(initial, w.slowly)
		compare(t, slow, func(workers int) *checker.Graph[*uint8, uint8] {
			return checker.Explore(context.Background(), w, checker.ModelOptions[uint8, uint8]{Workers: workers})
		}, func(s *uint8) slowState { return slowState{*s, 0} })
	})
}
