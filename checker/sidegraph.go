package checker

import "slices"

// sideGraph is the graph of the sides in one place. Its edges are those that some state of the other side may allow.
type sideGraph struct {
	first []uint32 // by number of a side
	edges []sideEdge
	alone [][]uint32 // by side: the constraints that a local move enables, whatever the other side is
}

// sideEdge is a move to another side; with an offer, if it gives one or gets one.
type sideEdge struct {
	target, label uint32
	offer         uint32
	kind          edgeKind
}

type edgeKind uint8

const (
	own edgeKind = iota
	gives
	gets
)

// graph builds the graph of a place.
func (x *layers) graph(which int, labelsOf [][]uint32) *sideGraph {
	p := &x.place[which]
	g := &sideGraph{first: make([]uint32, len(p.sides)+1)}
	mine, theirs := uint32(which), uint32(1-which)
	for n := range p.actors {
		a := &p.actors[n]
		for _, m := range append(slices.Clone(p.local(a)), p.guarded(a)...) {
			if m.target != uint32(n) { // otherwise it changes nothing
				g.edges = append(g.edges, sideEdge{m.target, label(m.act, mine), 0, own})
			}
		}
		for _, o := range p.offers(a) {
			for _, act := range labelsOf[o.act] {
				g.edges = append(g.edges, sideEdge{o.target, label(act, mine), o.act, gives})
			}
		}
		for _, m := range p.joint(a) {
			g.edges = append(g.edges, sideEdge{m.target, label(m.act, 0), 0, own})
		}
		for offer, first := range x.answers[p.sides[n]] {
			for i := first; i >= firstHalf; i++ {
				h := &x.halves[i]
				if int(h.next) < len(p.number) && p.number[h.next] != 0 {
					g.edges = append(g.edges, sideEdge{p.number[h.next] - 1, label(h.act, theirs), uint32(offer), gets})
				}
				if !h.more {
					break
				}
			}
		}
		g.first[n+1] = uint32(len(g.edges))
	}
	return g
}

// labelsOf lists, by offer, the actions that its answers are labelled with.
func (x *layers) labelsOf() [][]uint32 {
	list := make([][]uint32, len(x.offers))
	for _, answers := range x.answers {
		for offer, first := range answers {
			for i := first; i >= firstHalf; i++ {
				if h := &x.halves[i]; !slices.Contains(list[offer], h.act) {
					list[offer] = append(list[offer], h.act)
				}
				if !x.halves[i].more {
					break
				}
			}
		}
	}
	return list
}
