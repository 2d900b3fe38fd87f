package checker_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"finwait/checker"
)

type (
	tinyMove  = checker.Move[uint8, uint8]
	tinyView  = checker.Pair[uint8]
	tinyState = slowState[uint8]
	tinyEdge  = slowEdge[uint8]
)

// tiny is a component given by tables: sides and actions are small numbers.
type tiny struct {
	initial []tinyState
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

// drawTiny draws a component, few enough sides that all sets of states of its product can be gone through.
func drawTiny(t *rapid.T) *tiny {
	sides := rapid.IntRange(1, 3).Draw(t, "sides")
	if rapid.IntRange(0, 9).Draw(t, "more") == 0 {
		sides = 4
	}
	return drawSides(t, sides)
}

// drawSides draws a component with a number of sides.
func drawSides(t *rapid.T, sides int) *tiny {
	side := rapid.Uint8Range(0, uint8(sides-1))
	action := rapid.Uint8Range(0, 4)
	need := rapid.SampledFrom([]uint64{0, 0, 0, 1, 2, 3})
	move := rapid.Custom(func(t *rapid.T) tinyMove {
		return tinyMove{rapid.Uint8Range(0, 2).Draw(t, "kind"), action.Draw(t, "action"), side.Draw(t, "next"), need.Draw(t, "need")}
	})
	c := &tiny{accept: map[[2]uint8][]tinyMove{}}
	for range rapid.IntRange(1, 2).Draw(t, "initial states") {
		c.initial = append(c.initial, tinyState{side.Draw(t, "a"), side.Draw(t, "b")})
	}
	for s := range uint8(sides) {
		c.moves = append(c.moves, rapid.SliceOfN(move, 0, 4).Draw(t, "moves"))
		c.facts = append(c.facts, rapid.Uint64Range(0, 3).Draw(t, "facts"))
		for a := range uint8(5) {
			c.accept[[2]uint8{s, a}] = rapid.SliceOfN(move, 0, 2).Draw(t, "accept")
		}
	}
	if rapid.Bool().Draw(t, "plain") {
		c.plain()
	}
	return c
}

// plain renames actions, and drops moves, until no transition can be made in two ways. Actions that are equal modulo 5
// are of the same class.
func (c *tiny) plain() {
	for s, moves := range c.moves {
		seen := map[tinyMove]bool{}
		c.moves[s] = slices.DeleteFunc(moves, func(m tinyMove) bool {
			m.Need = 0
			twice := seen[m]
			seen[m] = true
			return twice
		})
		for i := range c.moves[s] {
			switch m := &c.moves[s][i]; m.Kind {
			case checker.Local:
				m.Action += 50
			case checker.Joint:
				m.Action += 100
			}
		}
	}
	for at, answers := range c.accept {
		for i := range answers {
			answers[i].Action = at[1] + uint8(i)*5 // the second relabels
		}
	}
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

func (w *web) slowly(s tinyState) (steps []slowStep[uint8, uint8]) {
	for _, n := range w.next[s[0]] {
		steps = append(steps, slowStep[uint8, uint8]{0, n.Action, tinyState{n.Next, 0}})
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
			key := keys[side*5+int(a%5)]
			return key, key > 0
		}})
	}
	return fair
}

func TestRandomProducts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawTiny(t)
		slow := slowProduct(c)
		if len(slow.states) > 12 {
			t.Skip("too many sets of states")
		}
		compare(t, slow, func(workers int) *checker.Graph[tinyView, uint8] {
			return checker.ExploreProduct(context.Background(), c, checker.ProductOptions[uint8, uint8]{Workers: workers})
		}, func(v tinyView) tinyState { return tinyState{*v.A, *v.B} },
			func(workers int, properties ...checker.Property[tinyView, uint8]) (checker.Report[tinyView, uint8], error) {
				return checker.CheckProduct(context.Background(), c, checker.ProductOptions[uint8, uint8]{Workers: workers}, properties...)
			})
	})
}

// TestRandomEngines holds the engines against each other on products that are too big for the slow checker.
func TestRandomEngines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawSides(t, rapid.IntRange(5, 25).Draw(t, "sides"))
		bad, goal := rapid.Uint64().Draw(t, "bad"), rapid.Uint64().Draw(t, "goal")
		in := func(set uint64) func(tinyView) bool {
			return func(v tinyView) bool { return set>>((uint(*v.A)*5+uint(*v.B)*3)%64)&1 != 0 }
		}
		class := rapid.SliceOfN(rapid.Bool(), 10, 10).Draw(t, "steps")
		fair := drawFairness(t)
		properties := []checker.Property[tinyView, uint8]{
			checker.LeadsTo("leads to", in(bad), in(goal), fair...),
			checker.AlwaysEventually("always eventually", in(goal), fair...),
			checker.EventuallyAlways("eventually always", in(goal), fair...),
			checker.NoFairCycle[tinyView]("no fair cycle", func(side int, a uint8) bool { return class[side*5+int(a%5)] }, fair...),
			checker.AlwaysWhen[uint8]("always", in(bad), in(goal)),
			checker.Sometimes[uint8]("sometimes", in(goal)),
		}
		options := checker.ProductOptions[uint8, uint8]{Workers: rapid.IntRange(1, 3).Draw(t, "workers")}
		want, err := checker.ExploreProduct(context.Background(), c, options).Check(context.Background(), properties...)
		require.NoError(t, err)
		got, err := checker.CheckProduct(context.Background(), c, options, properties...)
		require.NoError(t, err)
		require.Equal(t, want.Digest, got.Digest)
		require.Equal(t, want.Transitions, got.Transitions)
		require.Equal(t, want.Deadlocks, got.Deadlocks)
		for i := range want.Results {
			require.Equal(t, want.Results[i].Verdict, got.Results[i].Verdict, want.Results[i].Name)
			require.Equal(t, want.Results[i].Premise, got.Results[i].Premise, want.Results[i].Name)
		}
	})
}

func TestRandomModels(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWeb(t)
		var initial []tinyState
		for _, s := range w.initial {
			initial = append(initial, tinyState{s, 0})
		}
		slow := slowExplore(initial, w.slowly)
		compare(t, slow, func(workers int) *checker.Graph[*uint8, uint8] {
			return checker.Explore(context.Background(), w, checker.ModelOptions[uint8, uint8]{Workers: workers})
		}, func(s *uint8) tinyState { return tinyState{*s, 0} }, nil)
	})
}
