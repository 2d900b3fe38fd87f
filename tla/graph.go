package tla

import (
	"cmp"
	"slices"

	"finwait/model/system"
	"finwait/properties"
)

// GraphOf is the graph of a system that the checker has explored, in the terms
// of TCP.tla.
func GraphOf(g *properties.Graph, b *system.System) *Graph {
	h := &Graph{Init: []int{0}}
	for n := range g.States() {
		v := g.View(n)
		h.States = append(h.States, State(v.A, v.B, b.FIFO))
	}
	for e := range g.Edges() {
		h.Edges = append(h.Edges, Edge{e.Source, e.Target, e.Action.Kind.String()})
	}
	return h
}

// outgoing lists the edges by their sources: edges[at[n]:at[n+1]] leave n.
func (g *Graph) outgoing() (edges []Edge, at []int) {
	edges = slices.Clone(g.Edges)
	slices.SortFunc(edges, func(e, f Edge) int {
		return cmp.Or(cmp.Compare(e.From, f.From), cmp.Compare(e.Action, f.Action), cmp.Compare(e.To, f.To))
	})
	at = make([]int, len(g.States)+1)
	for _, e := range edges {
		at[e.From+1]++
	}
	for n := range g.States {
		at[n+1] += at[n]
	}
	return edges, at
}
