package checker

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// star has a hub, 0, and two spokes; label n leads to spoke n and back.
func star() *fairSearch {
	return &fairSearch{
		ctx:         context.Background(),
		edges:       &edges{first: []uint64{0, 2, 3, 4}, list: []arc{{1, 1}, {2, 2}, {1, 0}, {2, 0}}},
		constraints: &constraints{of: [][]uint32{nil, {0}, {1}}, strong: []bool{true, false}, finite: make([]bool, 3)},
		usable:      []bool{true, true, true},
		candidates:  []uint32{0, 1, 2},
	}
}

func TestShorten(t *testing.T) {
	f := star()
	require.True(t, f.run())
	require.Equal(t, uint32(0), f.entry)
	one, two := []arc{{1, 1}, {1, 0}}, []arc{{2, 2}, {2, 0}}
	cat := func(parts ...[]arc) (all []arc) {
		for _, p := range parts {
			all = append(all, p...)
		}
		return all
	}
	require.Equal(t, one, f.shorten(0, cat(one, two, one)), "spoke 1 disables the weak constraint, its edges take the strong one")
	require.Equal(t, one, f.shorten(0, one))
	require.False(t, f.fairCycle(0, two), "the strong one is enabled")
	require.False(t, f.fairCycle(0, nil))
	f.moving = true
	require.False(t, f.fairCycle(1, nil))
	f.must = newBitset(3)
	f.must.put(2)
	require.False(t, f.fairCycle(0, one))
	require.Equal(t, cat(one, two), f.shorten(0, cat(one, one, two)))

	long := cat(make([][]arc, 0)...)
	for len(long) <= longest {
		long = cat(long, one, two)
	}
	require.Equal(t, long, f.shorten(0, long), "not worth it")
}

// jumble is a random graph, strongly connected, with more constraints than one search for a cycle takes.
type jumble struct{ next [][]Successor[uint8, uint8] }

func (j *jumble) Init(yield func(uint8) bool) { yield(0) }
func (j *jumble) Next(s uint8, buf []Successor[uint8, uint8]) []Successor[uint8, uint8] {
	return append(buf, j.next[s]...)
}
func (j *jumble) Encode(dst []byte, s uint8) []byte       { return append(dst, s) }
func (j *jumble) EncodeAction(dst []byte, a uint8) []byte { return append(dst, a) }

// TestRandomLongCycles needs no second opinion: Check replays each lasso, and its fairness, by the definition.
func TestRandomLongCycles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		states := rapid.IntRange(2, 25).Draw(t, "states")
		action := rapid.Uint8Range(0, 60)
		j := &jumble{make([][]Successor[uint8, uint8], states)}
		for s := range states {
			j.next[s] = append(j.next[s], Successor[uint8, uint8]{action.Draw(t, "action"), uint8((s + 1) % states)})
			for range rapid.IntRange(0, 2).Draw(t, "more") {
				j.next[s] = append(j.next[s], Successor[uint8, uint8]{action.Draw(t, "action"), uint8(rapid.IntRange(0, states-1).Draw(t, "to"))})
			}
		}
		each := func(from, to uint8) func(int, uint8) (any, bool) {
			return func(_ int, a uint8) (any, bool) { return a, from <= a && a < to }
		}
		fair := []Fairness[uint8]{SF("strong", each(0, 40)), WF("weak", each(40, 60))}
		report, err := Check(context.Background(), j, ModelOptions[uint8, uint8]{},
			AlwaysEventually("[]<>", func(*uint8) bool { return false }, fair...),
			NoFairCycle[*uint8]("war", func(int, uint8) bool { return true }, fair...))
		require.NoError(t, err)
		for _, r := range report.Results {
			require.Equal(t, Violated, r.Verdict)
		}
	})
}

// impatient is a context that is done after it has been asked a number of times.
type impatient struct {
	context.Context
	left *int
}

func (p impatient) Err() error {
	if *p.left--; *p.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestInterruptedSearch(t *testing.T) {
	g := Explore(context.Background(), ladder{200}, ModelOptions[uint8, string]{})
	for asked := range 2 {
		r, err := g.Check(impatient{context.Background(), &asked},
			AlwaysEventually("top", func(s *uint8) bool { return *s == 200 }, WF("up", Labels(func(int, string) bool { return true }))))
		require.NoError(t, err)
		require.Equal(t, Inconclusive, r.Results[0].Verdict)
		require.Equal(t, "the search was interrupted", r.Results[0].Message)
	}
}
