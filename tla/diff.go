package tla

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Difference is where two graphs part: a state that both have, reached by a
// shortest path, with the edges that only one of them has there. At is its
// number in the first graph, or -1 if the initial states differ; then the
// edges are none, and only their targets matter.
type Difference struct {
	At            int
	First, Second []Arrival // what only the first graph has, and only the second
}

// Arrival is an edge that leaves the state where graphs part.
type Arrival struct {
	Action string
	State  string // the target
	Known  bool   // the other graph has the target, if not the edge
}

// Compare finds the first difference of two graphs in breadth-first order, or
// nil if they are the same labelled graph: the same initial states, the same
// states, and from each state the same number of edges with the same action
// and target. It is an error if a graph has a state that it does not reach.
func Compare(g, h *Graph) (*Difference, error) {
	c := comparison{g: g, h: h, toH: g.matches(h), toG: h.matches(g)}
	c.edgesG, c.atG = g.outgoing()
	c.edgesH, c.atH = h.outgoing()
	if d := c.initial(); d != nil {
		return d, nil
	}
	seen := make([]bool, len(g.States))
	queue := slices.Clone(g.Init)
	for _, n := range queue {
		seen[n] = true
	}
	for i := 0; i < len(queue); i++ {
		n := queue[i]
		if d := c.at(n); d != nil {
			return d, nil
		}
		for _, e := range c.edgesG[c.atG[n]:c.atG[n+1]] {
			if !seen[e.To] {
				seen[e.To] = true
				queue = append(queue, e.To)
			}
		}
	}
	if len(queue) != len(g.States) || len(queue) != len(h.States) || len(g.Edges) != len(h.Edges) {
		return nil, fmt.Errorf("%d states are reached, of %d and %d, with %d and %d edges",
			len(queue), len(g.States), len(h.States), len(g.Edges), len(h.Edges))
	}
	return nil, nil
}

// matches has for each state of g its number in h, or -1.
func (g *Graph) matches(h *Graph) []int {
	number := make(map[string]int, len(h.States))
	for n, s := range h.States {
		number[s] = n
	}
	list := make([]int, len(g.States))
	for n, s := range g.States {
		m, ok := number[s]
		if !ok {
			m = -1
		}
		list[n] = m
	}
	return list
}

type comparison struct {
	g, h           *Graph
	toH, toG       []int
	edgesG, edgesH []Edge
	atG, atH       []int
}

func (c *comparison) initial() *Difference {
	d := &Difference{At: -1}
	for _, n := range c.g.Init {
		if m := c.toH[n]; m < 0 || !slices.Contains(c.h.Init, m) {
			d.First = append(d.First, Arrival{State: c.g.States[n], Known: m >= 0})
		}
	}
	for _, n := range c.h.Init {
		if m := c.toG[n]; m < 0 || !slices.Contains(c.g.Init, m) {
			d.Second = append(d.Second, Arrival{State: c.h.States[n], Known: m >= 0})
		}
	}
	return d.orNil()
}

func (d *Difference) orNil() *Difference {
	if len(d.First)+len(d.Second) == 0 {
		return nil
	}
	return d
}

// at compares the edges that leave state n of g and its equal in h.
func (c *comparison) at(n int) *Difference {
	m := c.toH[n]
	first := arrivals(c.g, c.edgesG[c.atG[n]:c.atG[n+1]], c.toH)
	second := arrivals(c.h, c.edgesH[c.atH[m]:c.atH[m+1]], c.toG)
	d := &Difference{At: n}
	i, j := 0, 0
	for i < len(first) || j < len(second) {
		var order int
		switch {
		case i == len(first):
			order = 1
		case j == len(second):
			order = -1
		default:
			order = compareArrivals(first[i], second[j])
		}
		if order < 0 {
			d.First = append(d.First, first[i])
		}
		if order > 0 {
			d.Second = append(d.Second, second[j])
		}
		if order <= 0 {
			i++
		}
		if order >= 0 {
			j++
		}
	}
	return d.orNil()
}

func arrivals(g *Graph, edges []Edge, match []int) []Arrival {
	list := make([]Arrival, 0, len(edges))
	for _, e := range edges {
		list = append(list, Arrival{e.Action, g.States[e.To], match[e.To] >= 0})
	}
	slices.SortFunc(list, compareArrivals)
	return list
}

func compareArrivals(a, b Arrival) int {
	return cmp.Or(strings.Compare(a.Action, b.Action), strings.Compare(a.State, b.State))
}

// changes lists what is different in two states: "tcb.A.SND.UNA: 1 to 2".
func changes(from, to string) []string {
	old, now := map[string]string{}, map[string]string{}
	flatten("", from, old)
	flatten("", to, now)
	var list []string
	for name, v := range now {
		if old[name] != v {
			list = append(list, fmt.Sprintf("%s: %s to %s", name, cmp.Or(old[name], "none"), v))
		}
	}
	for name, v := range old {
		if _, ok := now[name]; !ok {
			list = append(list, fmt.Sprintf("%s: %s to none", name, v))
		}
	}
	slices.Sort(list)
	return list
}

// flatten takes a canonical record apart: the fields of records in it have
// names like tcb.A.SND.UNA.
func flatten(name, value string, into map[string]string) {
	inner, ok := strings.CutPrefix(value, "[")
	if !ok {
		into[name] = value
		return
	}
	inner = strings.TrimSuffix(inner, "]")
	depth, from := 0, 0
	field := func(text string) {
		key, v, _ := strings.Cut(text, " |-> ")
		if name != "" {
			key = name + "." + key
		}
		flatten(key, v, into)
	}
	for i := range len(inner) {
		switch inner[i] {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		case ',':
			if depth == 0 {
				field(inner[from:i])
				from = i + 2
			}
		}
	}
	field(inner[from:])
}
