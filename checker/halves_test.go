package checker_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"finwait/checker"
)

// slowHalf is a half of a transition, by value.
type slowHalf struct {
	kind, action, from, to uint8
}

// slowHalves lists, for a transition of a tiny component, all half-moves that can make it.
func slowHalves(c *tiny, s tinyState, e slowStep[uint8, uint8]) (list []slowHalf) {
	me, you := s[e.side], s[1-e.side]
	add := func(next, peer uint8, halves ...slowHalf) {
		to := tinyState{next, peer}
		if e.side == 1 {
			to = tinyState{peer, next}
		}
		if to == e.to {
			list = append(list, halves...)
		}
	}
	able := func(need uint64, s uint8) bool { return c.facts[s]&need == need }
	for _, m := range c.moves[me] {
		mine := slowHalf{m.Kind, m.Action, me, m.Next}
		switch {
		case !able(m.Need, you):
		case m.Kind == checker.Local && m.Action == e.action:
			add(m.Next, you, mine)
		case m.Kind == checker.Offer:
			for _, r := range c.accept[[2]uint8{you, m.Action}] {
				if r.Action == e.action && able(r.Need, me) {
					add(m.Next, r.Next, mine, slowHalf{checker.Accept, r.Action, you, r.Next})
				}
			}
		case m.Kind == checker.Joint && e.side == 0 && m.Action == e.action:
			for _, r := range c.moves[you] {
				if r.Kind == checker.Joint && r.Action == e.action && able(r.Need, me) {
					add(m.Next, r.Next, mine, slowHalf{checker.Joint, r.Action, you, r.Next})
				}
			}
		}
	}
	return list
}

func halfOf(s checker.SideStep[uint8, uint8]) slowHalf {
	return slowHalf{s.Kind, s.Action, *s.From, *s.To}
}

// TestRandomHalves holds claims about half-moves, and coverage, against all half-moves of all transitions.
func TestRandomHalves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawTiny(t)
		slow := slowProduct(c)
		salt := rapid.IntRange(1, 1000).Draw(t, "salt")
		when := func(h slowHalf) bool { return (int(h.kind)*7+int(h.action)*5+int(h.from)*3+int(h.to)+salt)%3 == 0 }
		claim := func(h slowHalf) bool { return (int(h.kind)*3+int(h.action)*5+int(h.from)*7+int(h.to)+salt)%4 != 0 }
		point := func(h slowHalf) string { return fmt.Sprint(h.from, h.to) }

		var premises, seen int
		violated := false
		points, labels := map[string]uint64{}, map[string]uint64{}
		for _, e := range slow.edges {
			halves := slowHalves(c, slow.states[e.from], slowStep[uint8, uint8]{e.side, e.action, slow.states[e.to]})
			if slices.ContainsFunc(halves, when) {
				premises++
			}
			violated = violated || slices.ContainsFunc(halves, func(h slowHalf) bool { return when(h) && !claim(h) })
			if slices.ContainsFunc(halves, claim) {
				seen++
			}
			here := map[string]bool{}
			for _, h := range halves {
				here[point(h)] = true
			}
			for p := range here {
				points[p]++
			}
			labels[fmt.Sprint(e.side, e.action)]++
		}

		check := func(workers int) checker.Report[tinyView, uint8] {
			report, err := checker.CheckProduct(context.Background(), c, checker.ProductOptions[uint8, uint8]{
				Workers: workers,
				Name:    func(side int, a uint8) string { return fmt.Sprint(side, a) },
				Cover: func(h checker.SideStep[uint8, uint8], yield func(string)) {
					yield(point(halfOf(h)))
					yield(point(halfOf(h))) // twice is once
				},
			},
				checker.AlwaysSideStepWhen("claim",
					func(s checker.SideStep[uint8, uint8]) bool { return when(halfOf(s)) },
					func(s checker.SideStep[uint8, uint8]) bool { return claim(halfOf(s)) }),
				checker.SometimesSideStep("sometimes", func(s checker.SideStep[uint8, uint8]) bool { return claim(halfOf(s)) }),
				checker.AlwaysSideStep("any", func(_ checker.SideStep[uint8, uint8]) bool { return true }),
			)
			require.NoError(t, err)
			return report
		}
		report := check(1)
		require.Equal(t, timeless(report), timeless(check(3)))
		require.Equal(t, violated, report.Results[0].Verdict == checker.Violated)
		require.Equal(t, premises, int(report.Results[0].Premise))
		require.Equal(t, seen > 0, report.Results[1].Verdict == checker.Holds)
		require.Equal(t, seen, int(report.Results[1].Premise))
		require.Equal(t, len(slow.edges), int(report.Results[2].Premise))
		require.Equal(t, sorted(points), report.Points)
		require.Equal(t, sorted(labels), report.Coverage)
	})
}

func sorted(counts map[string]uint64) (list []checker.Count) {
	for name, n := range counts {
		list = append(list, checker.Count{Name: name, N: n})
	}
	slices.SortFunc(list, func(a, b checker.Count) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// TestManySideClaims has more claims than a pass takes.
func TestManySideClaims(t *testing.T) {
	var claims []checker.Property[gossipView, gossipAction]
	for i := range 150 {
		claims = append(claims, checker.AlwaysSideStep(fmt.Sprint(i), func(s checker.SideStep[gossiper, gossipAction]) bool {
			return i != 140 || s.Action.name != 'O'
		}))
	}
	report, err := checker.CheckProduct(context.Background(), gossip{1}, checker.ProductOptions[gossiper, gossipAction]{}, claims...)
	require.NoError(t, err)
	for i, r := range report.Results {
		require.Equal(t, i == 140, r.Verdict == checker.Violated, "claim %d", i)
		require.Equal(t, checker.Stepwise, r.Kind)
	}
	last := report.Results[140].Trace
	require.Equal(t, byte('O'), last.Steps[len(last.Steps)-1].Action.name)
	require.Equal(t, "6 steps", last.String(), "four messages fill one side, another is sent to it")
}
