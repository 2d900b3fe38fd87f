package main

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
	"finwait/tla"
)

// picture is a graph to be written: nodes with numbers from 0, and edges that
// are listed twice if they are asked for twice, never kept.
type picture struct {
	view   string
	title  string
	bounds *boundsJSON // nil for the figure alone
	cutOff string      // why the exploration is not complete
	nodes  int
	edges  uint64
	node   func(n int) node
	each   iter.Seq[edge]
	layout layout
}

// layout is how a picture likes to be laid out.
type layout struct {
	ranks  [][]int // nodes at one height, from left to right
	legend string
}

type node struct {
	name    string // for machines
	lines   []string
	class   class
	initial bool
	state   any           // for JSON
	value   func() string // for TLA+, of a state
}

// class is how a node looks.
type class uint8

const (
	opening class = iota // no connection yet, or none any more
	open
	closing
	ended
)

type edge struct {
	from, to int
	label    string
	style    style
	count    uint64 // 0: not counted
}

// style is how an edge looks.
type style uint8

const (
	solid  style = iota
	dashed       // in the text only
	dotted       // under an option only
	thin         // drawn in the figure, and never taken here
)

func classOf(a, b model.State) class {
	switch {
	case a == model.Closed && b == model.Closed:
		return ended
	case a >= model.FinWait1 || b >= model.FinWait1:
		return closing
	case a >= model.Established && b >= model.Established:
		return open
	}
	return opening
}

// systemView shows every state and every transition.
func systemView(g *properties.Graph, x *explored) *picture {
	p := x.picture(g, "system")
	p.nodes, p.edges = g.States(), g.Figures().Transitions
	p.node = func(n int) node { return stateNode(x, n, g.View(n)) }
	p.each = func(yield func(edge) bool) {
		for e := range g.Edges() {
			label := moverOf(e.Side, e.Action) + x.system.Label(e.Side, e.Action)
			if !yield(edge{from: e.Source, to: e.Target, label: label}) {
				return
			}
		}
	}
	return p
}

func (x *explored) picture(g *properties.Graph, view string) *picture {
	j := boundsOf(x.run.Bounds)
	return &picture{
		view: view, title: x.run.Scenario.Name + ": " + boundsText(x.run.Bounds), bounds: &j, cutOff: g.Figures().Truncated,
	}
}

func stateNode(x *explored, n int, v properties.View) node {
	return node{
		name:  fmt.Sprint(n),
		lines: slices.Concat([]string{v.A.State.String() + " · " + v.B.State.String()}, sideText(x, v.A), sideText(x, v.B)),
		class: classOf(v.A.State, v.B.State), initial: n == 0, state: stateOf(x.system, v),
		value: func() string { return tla.State(v.A, v.B, x.system.FIFO) },
	}
}

// sideText is a side in a few words: what it has sent and received, and what
// is in flight.
func sideText(x *explored, s *system.Side) []string {
	c, name := &s.TCB, sideName(int(s.Role))
	lines := []string{fmt.Sprintf("%s una=%d nxt=%d rcv=%d", name, c.SND.UNA-c.SND.ISS, c.SND.NXT-c.SND.ISS, c.RCV.NXT-c.RCV.IRS)}
	for _, g := range s.InFlight() {
		lines = append(lines, name+" > "+x.system.SegmentString(int(s.Role), g))
	}
	return lines
}

// pairView is the quotient by the two endpoint states.
func pairView(g *properties.Graph, x *explored) *picture {
	p := x.picture(g, "pair")
	type pair [2]model.State
	pairOf := func(n int) pair { v := g.View(n); return pair{v.A.State, v.B.State} }
	numbers := map[pair]int{}
	var pairs []pair
	var states []int // of each pair
	of := make([]int, g.States())
	for n := range g.States() {
		q := pairOf(n)
		i, ok := numbers[q]
		if !ok {
			i = len(pairs)
			numbers[q] = i
			pairs, states = append(pairs, q), append(states, 0)
		}
		states[i]++
		of[n] = i
	}
	type arc struct {
		from, to int
		name     string
	}
	counts := map[arc]uint64{}
	for e := range g.Edges() {
		from, to := of[e.Source], of[e.Target]
		if from != to { // what does not move the pair would hide what does
			counts[arc{from, to, sideName(e.Side) + " " + e.Action.Kind.String()}]++
		}
	}
	type ends struct{ from, to int }
	labels, sums := map[ends][]string{}, map[ends]uint64{}
	for a, n := range counts {
		k := ends{a.from, a.to}
		labels[k], sums[k] = append(labels[k], a.name), sums[k]+n
	}
	var edges []edge
	for k, names := range labels {
		slices.Sort(names)
		edges = append(edges, edge{from: k.from, to: k.to, label: strings.Join(names, "\n"), count: sums[k]})
	}
	slices.SortFunc(edges, func(a, b edge) int { return (a.from-b.from)*len(pairs) + a.to - b.to })
	p.nodes, p.edges, p.each = len(pairs), uint64(len(edges)), slices.Values(edges)
	p.node = func(n int) node {
		a, b := pairs[n][0], pairs[n][1]
		return node{
			name:  a.String() + " x " + b.String(),
			lines: []string{a.String(), b.String(), count(states[n], "state")},
			class: classOf(a, b), initial: n == 0,
			state: pairJSON{a.String(), b.String(), states[n]},
		}
	}
	return p
}

type pairJSON struct {
	A      string `json:"A"`
	B      string `json:"B"`
	States int    `json:"states"`
}

// pathView is the shortest path to a state that satisfies a predicate.
func pathView(g *properties.Graph, x *explored, to *predicate) (*picture, error) {
	n, found := g.First(to.holds)
	switch {
	case to.err != nil:
		return nil, to.err
	case !found && g.Figures().Truncated != "":
		return nil, &failure{exitInconclusive, "not found before the search was cut off: " + g.Figures().Truncated}
	case !found:
		return nil, &failure{exitOther, fmt.Sprintf("no reachable state satisfies it: %s searched", count(g.States(), "state"))}
	}
	t, err := g.Trace(n)
	if err != nil {
		return nil, err
	}
	p := x.picture(g, "path")
	p.title += "; to " + to.text
	p.nodes, p.edges = len(t.Steps), uint64(len(t.Steps)-1)
	p.node = func(n int) node { return stateNode(x, n, t.Steps[n].State) }
	p.each = func(yield func(edge) bool) {
		for i := 1; i < len(t.Steps); i++ {
			st := t.Steps[i]
			if !yield(edge{from: i - 1, to: i, label: moverOf(st.Side, st.Action) + x.system.Label(st.Side, st.Action)}) {
				return
			}
		}
	}
	return p, nil
}
