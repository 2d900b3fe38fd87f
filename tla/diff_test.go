package tla

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// square is a graph of four states in a ring, with a chord.
func square() *Graph {
	return &Graph{
		States: []string{"[n |-> 0]", "[n |-> 1]", "[n |-> 2]", "[n |-> 3]"},
		Init:   []int{0},
		Edges:  []Edge{{0, 1, "a"}, {1, 2, "a"}, {2, 3, "b"}, {3, 0, "b"}, {0, 2, "c"}},
	}
}

// shuffled is the same graph with other numbers.
func shuffled(g *Graph) *Graph {
	n := len(g.States)
	h := &Graph{States: make([]string, n)}
	place := func(i int) int { return n - 1 - i }
	for i, s := range g.States {
		h.States[place(i)] = s
	}
	for _, i := range g.Init {
		h.Init = append(h.Init, place(i))
	}
	for _, e := range slices.Backward(g.Edges) {
		h.Edges = append(h.Edges, Edge{place(e.From), place(e.To), e.Action})
	}
	return h
}

// Numbers and orders do not matter.
func TestCompareEqual(t *testing.T) {
	d, err := Compare(square(), shuffled(square()))
	require.NoError(t, err)
	assert.Nil(t, d)
}

// Whatever is different is found, at the nearest state, on either side.
func TestCompareFinds(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Graph)
		at     int
		only   []string // what only the changed graph has
		lost   []string // what only the other has
	}{
		"another initial state": {func(g *Graph) { g.Init = []int{1} }, -1, []string{" [n |-> 1]"}, []string{" [n |-> 0]"}},
		"one more":              {func(g *Graph) { g.Init = []int{0, 1} }, -1, []string{" [n |-> 1]"}, nil},
		"another state":         {func(g *Graph) { g.States[3] = "[n |-> 4]" }, 2, []string{"b [n |-> 4]"}, []string{"b [n |-> 3]"}},
		"another label":         {func(g *Graph) { g.Edges[1].Action = "z" }, 1, []string{"z [n |-> 2]"}, []string{"a [n |-> 2]"}},
		"another target":        {func(g *Graph) { g.Edges[3].To = 1 }, 3, []string{"b [n |-> 1]"}, []string{"b [n |-> 0]"}},
		"an edge more":          {func(g *Graph) { g.Edges = append(g.Edges, Edge{3, 3, "a"}) }, 3, []string{"a [n |-> 3]"}, nil},
		"a parallel edge":       {func(g *Graph) { g.Edges = append(g.Edges, Edge{0, 1, "a"}) }, 0, []string{"a [n |-> 1]"}, nil},
		"an edge less":          {func(g *Graph) { g.Edges = g.Edges[:4] }, 0, nil, []string{"c [n |-> 2]"}},
	} {
		changed := square()
		c.change(changed)
		d, err := Compare(square(), shuffled(changed))
		require.NoError(t, err, name)
		require.NotNil(t, d, name)
		assert.Equal(t, c.at, d.At, name)
		assert.Equal(t, c.lost, texts(d.First), name)
		assert.Equal(t, c.only, texts(d.Second), name)
		d, err = Compare(shuffled(changed), square())
		require.NoError(t, err, name)
		require.NotNil(t, d, name)
		assert.Equal(t, c.only, texts(d.First), name)
		assert.Equal(t, c.lost, texts(d.Second), name)
	}
}

func texts(list []Arrival) []string {
	var texts []string
	for _, a := range list {
		texts = append(texts, a.Action+" "+a.State)
	}
	return texts
}

// A graph with states out of reach is no graph of an exploration.
func TestCompareRefuses(t *testing.T) {
	g := square()
	g.States = append(g.States, "[n |-> 9]")
	_, err := Compare(g, square())
	assert.ErrorContains(t, err, "4 states are reached, of 5 and 4, with 5 and 5 edges")
	_, err = Compare(square(), g)
	assert.ErrorContains(t, err, "of 4 and 5")
}

// What is different between two states is told field by field.
func TestChanges(t *testing.T) {
	assert.Equal(t, []string{
		`a.c.d: {[x |-> 1, y |-> 2], [x |-> 2, y |-> 3]} to {}`, `a.e: 1 to none`, `b: none to 2`,
	}, changes(`[a |-> [c |-> [d |-> {[x |-> 1, y |-> 2], [x |-> 2, y |-> 3]}, z |-> 0], e |-> 1]]`,
		`[a |-> [c |-> [d |-> {}, z |-> 0]], b |-> 2]`))
}
