package main

import (
	"slices"

	"finwait/model"
	"finwait/properties"
)

// bottom is the second box for CLOSED: the figure has one at each end.
const bottom = int(model.NumStates)

// figureView is Figure 5 of RFC 9293, from the table by which the machine
// moves: what the figure draws solid, what only the text says dashed, what only
// an option does dotted. With an exploration each arrow has its count.
func figureView(g *properties.Graph, x *explored) *picture {
	p := &picture{view: "figure", title: "RFC 9293, Figure 5, and the arrows of its text"}
	var taken tally
	if g != nil {
		p = x.picture(g, "figure")
		taken = tally{}
		taken.add(g.Figures().Points)
	}
	edges := figureEdges(taken)
	p.nodes, p.edges, p.each = bottom+1, uint64(len(edges)), slices.Values(edges)
	p.node = func(n int) node {
		s := model.State(n)
		if n == bottom {
			s = model.Closed
		}
		c := classOf(s, s)
		if s == model.Closed {
			c = ended
		}
		name := s.String()
		if n == bottom {
			name += " (end)"
		}
		return node{name: name, lines: []string{s.String()}, class: c, initial: n == 0, state: map[string]string{"state": s.String()}}
	}
	p.layout.legend = "\ndashed: in the text only; dotted: under an option only"
	if g != nil {
		p.layout.legend += "; grey: drawn, and taken by nothing here"
	}
	p.layout.ranks = [][]int{
		{int(model.Closed)},
		{int(model.Listen)},
		{int(model.SynReceived), int(model.SynSent)},
		{int(model.Established)},
		{int(model.FinWait1), int(model.CloseWait)},
		{int(model.FinWait2), int(model.Closing), int(model.LastAck)},
		{int(model.TimeWait), bottom},
	}
	return p
}

// figureEdges are the arrows; those between the same boxes, and of the same
// style, are one edge, so that the figure can be read.
func figureEdges(taken tally) []edge {
	var edges []edge
	for a := range model.Arrows {
		e := edge{from: int(a.From), to: int(a.To), label: a.Trigger.String(), style: dashed}
		switch {
		case a.Drawn:
			e.style = solid
		case a.Option:
			e.style = dotted
		}
		if a.To == model.Closed && a.From > model.SynSent {
			e.to = bottom
		}
		if taken != nil {
			e.count = taken[a.String()]
			if e.count > 0 {
				e.label += " (" + number(e.count) + ")"
			} else if a.Drawn {
				e.style = thin
			}
		}
		i := slices.IndexFunc(edges, func(f edge) bool {
			return f.from == e.from && f.to == e.to && f.style == e.style && e.style != solid
		})
		if i < 0 {
			edges = append(edges, e)
			continue
		}
		edges[i].label += "\n" + e.label
		edges[i].count += e.count
	}
	return edges
}
