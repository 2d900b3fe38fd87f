package checker_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"finwait/checker"
)

// Small graphs with known answers. A graph is drawn as a list of edges "from label to"; state 0 is the initial one.

type drawn struct {
	from  uint8
	label byte
	to    uint8
}

func draw(edges ...drawn) *web {
	w := &web{initial: []uint8{0}}
	for _, e := range edges {
		for len(w.next) <= int(max(e.from, e.to)) {
			w.next = append(w.next, nil)
		}
		w.next[e.from] = append(w.next[e.from], checker.Successor[uint8, uint8]{Action: e.label, Next: e.to})
	}
	return w
}

// on is the class of some labels.
func on(labels string) func(int, uint8) (any, bool) {
	return checker.Labels(func(_ int, a uint8) bool {
		for i := range len(labels) {
			if labels[i] == a {
				return true
			}
		}
		return false
	})
}

func at(states ...uint8) func(*uint8) bool {
	return func(s *uint8) bool { return slices.Contains(states, *s) }
}

func weak(labels string) checker.Fairness[uint8]   { return checker.WF("weak "+labels, on(labels)) }
func strong(labels string) checker.Fairness[uint8] { return checker.SF("strong "+labels, on(labels)) }

func finite(labels string) checker.Fairness[uint8] {
	return checker.Finitely("finite "+labels, on(labels))
}

func TestLiveness(t *testing.T) {
	type property = checker.Property[*uint8, uint8]
	eventually := func(fair ...checker.Fairness[uint8]) property {
		return checker.AlwaysEventually("[]<>", at(9), fair...)
	}
	// 0 and 1 go round by a and b, c leads out of 0 to a state that stays.
	exit := func(out byte) *web {
		return draw(drawn{0, 'a', 1}, drawn{1, 'b', 0}, drawn{0, out, 9}, drawn{9, 's', 9})
	}
	for _, c := range []struct {
		name  string
		model *web
		claim property
		want  string // the shape of the lasso, or empty if the property holds
	}{
		{"without fairness a run may stutter at once", exit('c'), eventually(), "0 steps, then stuttering"},
		{
			"weak fairness forbids to stutter where the class is enabled", exit('c'), eventually(weak("abc")),
			"0 steps, then a cycle of 2",
		},
		{
			"weak fairness does not bind what is not enabled all along", exit('c'), eventually(weak("ab"), weak("c")),
			"0 steps, then a cycle of 2",
		},
		{"strong fairness does", exit('c'), eventually(weak("ab"), strong("c")), ""},
		{
			"a weak class that is always enabled, by different edges, binds",
			draw(drawn{0, 'a', 1}, drawn{1, 'b', 0}, drawn{0, 'c', 9}, drawn{1, 'c', 9}, drawn{9, 's', 9}),
			eventually(weak("c")), "",
		},
		{"a finite class lies on no cycle", exit('c'), eventually(weak("ab"), weak("c"), finite("a")), ""},
		{
			"a finite class may still be taken in the stem",
			draw(drawn{0, 'a', 1}, drawn{1, 'b', 2}), eventually(weak("ab"), finite("b")), "2 steps, then stuttering",
		},
		{
			"a finite class is enabled for other constraints",
			draw(drawn{0, 'd', 1}, drawn{1, 'b', 0}), eventually(strong("d"), finite("d")), "1 step, then stuttering",
		},
		{
			"a loop neither enables nor takes a class",
			draw(drawn{0, 'a', 0}), eventually(strong("a")), "0 steps, then stuttering",
		},
		{
			"a loop does not meet an obligation",
			draw(drawn{0, 'a', 0}, drawn{0, 'a', 9}, drawn{9, 's', 9}), eventually(weak("a")), "",
		},
		{
			"the part of an unfair component may be fair",
			// 0 <-> 1 is fair; the component has 2 as well, which enables x for ever out of it
			draw(drawn{0, 'a', 1}, drawn{1, 'a', 0}, drawn{1, 'b', 2}, drawn{2, 'b', 1}, drawn{2, 'x', 9}),
			eventually(strong("x"), weak("a")), "0 steps, then a cycle of 2",
		},
		{
			"and may not include the state where the component is entered",
			draw(drawn{0, 'x', 9}, drawn{0, 'b', 1}, drawn{1, 'a', 2}, drawn{2, 'a', 1}, drawn{2, 'b', 0}),
			eventually(strong("x"), weak("a")), "1 step, then a cycle of 2",
		},
		{
			"a cycle meets every obligation", // one edge of each of three classes, in two loops through 0
			draw(drawn{0, 'a', 1}, drawn{1, 'b', 0}, drawn{0, 'c', 2}, drawn{2, 'd', 0}),
			eventually(strong("a"), strong("c"), weak("bd")), "0 steps, then a cycle of 4",
		},

		{
			"<>[]: the cycle must visit a bad state",
			draw(drawn{0, 'a', 1}, drawn{1, 'b', 2}, drawn{2, 'c', 1}),
			checker.EventuallyAlways("<>[]", at(0, 1), weak("ac"), weak("b")), "1 step, then a cycle of 2",
		},
		{
			"<>[]: a bad state left for good is no violation",
			draw(drawn{0, 'a', 1}, drawn{1, 'b', 2}, drawn{2, 'c', 1}),
			checker.EventuallyAlways("<>[]", at(1, 2), weak("abc")), "",
		},
		{
			"<>[]: removal may leave no bad state in the rest",
			draw(drawn{0, 'a', 1}, drawn{1, 'a', 0}, drawn{1, 'b', 2}, drawn{2, 'b', 1}, drawn{2, 'x', 9}),
			checker.EventuallyAlways("<>[]", at(0, 1, 9), strong("x"), weak("b"), weak("a")), "",
		},

		{"~>: P and Q may coincide", draw(drawn{0, 'a', 0}), checker.LeadsTo("~>", at(0), at(0), weak("a")), ""},
		{
			"~>: a P that is never reached again", draw(drawn{0, 'a', 1}, drawn{1, 'b', 2}, drawn{2, 'c', 2}),
			checker.LeadsTo("~>", at(0), at(1), weak("a")), "",
		},
		{
			"~>: the stem goes by way of P, not by the shortest path",
			draw(drawn{0, 'a', 3}, drawn{0, 'b', 1}, drawn{1, 'b', 2}, drawn{2, 'b', 3}),
			checker.LeadsTo("~>", at(2), at(9), weak("ab")), "3 steps, then stuttering",
		},
		{
			"~>: Q on the way closes the promise",
			draw(drawn{0, 'a', 1}, drawn{1, 'b', 2}, drawn{2, 'c', 2}),
			checker.LeadsTo("~>", at(0), at(1), weak("abc")), "",
		},
		{
			"~>: the initial state may be in the cycle",
			draw(drawn{0, 'a', 1}, drawn{1, 'b', 0}), checker.LeadsTo("~>", at(1), at(9), weak("ab")),
			"1 step, then a cycle of 2",
		},
		{
			"~>: a promise open in a state that is reached earlier without one",
			draw(drawn{0, 'a', 1}, drawn{1, 'b', 2}, drawn{2, 'b', 1}, drawn{2, 'q', 9}),
			checker.LeadsTo("~>", at(2), at(9), weak("ab"), weak("q")), "2 steps, then a cycle of 2",
		},

		{
			"no fair cycle: one of other steps does not count",
			draw(drawn{0, 'a', 1}, drawn{1, 'b', 0}), checker.NoFairCycle[*uint8]("war", classOf("a")), "",
		},
		{
			"no fair cycle: stuttering is none",
			draw(drawn{0, 'a', 0}, drawn{0, 'a', 1}), checker.NoFairCycle[*uint8]("war", classOf("a")), "",
		},
		{
			"no fair cycle: what is always enabled and never taken makes it unfair",
			draw(drawn{0, 'a', 1}, drawn{1, 'a', 0}, drawn{0, 'c', 2}, drawn{1, 'c', 2}),
			checker.NoFairCycle[*uint8]("war", classOf("a"), weak("c")), "",
		},
		{
			"no fair cycle: a war",
			draw(drawn{0, 'c', 1}, drawn{1, 'a', 2}, drawn{2, 'a', 1}, drawn{1, 'c', 0}),
			checker.NoFairCycle[*uint8]("war", classOf("a"), weak("c")), "1 step, then a cycle of 2",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, workers := range []int{1, 4} {
				report, err := checker.Check(context.Background(), c.model, checker.ModelOptions[uint8, uint8]{Workers: workers}, c.claim)
				require.NoError(t, err)
				r := report.Results[0]
				if c.want == "" {
					require.Equal(t, checker.Holds, r.Verdict, r.Message)
					continue
				}
				require.Equal(t, checker.Violated, r.Verdict, r.Message)
				require.Equal(t, "a fair run: "+c.want, r.Message)
			}
		})
	}
}

func classOf(labels string) func(int, uint8) bool {
	return func(side int, a uint8) bool {
		_, in := on(labels)(side, a)
		return in
	}
}

// TestManyConstraints has more classes than bits in a word, all owed by one cycle: a wheel whose hub is passed between
// every two spokes. The walk needs more than one leg, and is then as short as it can be.
func TestManyConstraints(t *testing.T) {
	w := &web{initial: []uint8{0}, next: make([][]checker.Successor[uint8, uint8], 101)}
	for i := range uint8(100) {
		w.next[0] = append(w.next[0], checker.Successor[uint8, uint8]{Action: i, Next: i + 1})
		w.next[i+1] = append(w.next[i+1], checker.Successor[uint8, uint8]{Action: 200, Next: 0})
	}
	each := checker.SF("each spoke", func(_ int, a uint8) (any, bool) { return a, a < 100 })
	report, err := checker.Check(context.Background(), w, checker.ModelOptions[uint8, uint8]{},
		checker.AlwaysEventually("[]<>", at(255), each))
	require.NoError(t, err)
	require.Equal(t, "1 step, then stuttering", report.Results[0].Trace.String(), "a spoke disables all")

	report, err = checker.Check(context.Background(), w, checker.ModelOptions[uint8, uint8]{},
		checker.AlwaysEventually("[]<>", at(255), each, weak("\xc8")))
	require.NoError(t, err)
	require.Equal(t, "0 steps, then a cycle of 200", report.Results[0].Trace.String())
}
