package system

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// projection writes sides with real windows in normal form.
type projection struct {
	t      *testing.T
	b      *System // of the normal form
	varies bool    // the windows may vary: what is not read yet narrows them
	blanks int     // how often WL1 or WL2 was forgotten
}

// side is s in normal form. What it forgets is exactly WL1, WL2 and SEG.WND:
// the windows themselves must have been constant already.
func (p *projection) side(s *Side) Side {
	n := *s
	p.b.normalise(&n)
	n.Net, n.NumNet = [MaxInFlight + 1]model.Segment{}, 0
	for _, g := range s.InFlight() {
		require.True(p.t, p.varies || g.WND == wide || g.WND == 0 && g.Has(model.RST), "SEG.WND is constant: %v", g)
		g.WND = 0
		p.b.put(&n, g)
	}
	if n.SND.WL1 != s.SND.WL1 || n.SND.WL2 != s.SND.WL2 {
		p.blanks++
	}
	if !p.varies {
		like := n
		like.SND.WL1, like.SND.WL2, like.Net, like.NumNet = s.SND.WL1, s.SND.WL2, s.Net, s.NumNet
		require.Equal(p.t, *s, like, "only WL1, WL2 and SEG.WND differ")
	}
	return n
}

// edge is a labelled edge between numbered states.
type edge struct {
	from, side int
	action     Action
	to         int
}

// normal writes a graph in normal form: its states get numbers by content, and
// its edges are listed.
func (p *projection) normal(g *graph, number map[[2]Side]int) map[edge]bool {
	names := make([]int, g.States())
	for n := range names {
		v := g.View(n)
		s := [2]Side{p.side(v.A), p.side(v.B)}
		if _, ok := number[s]; !ok {
			number[s] = len(number)
		}
		names[n] = number[s]
	}
	edges := map[edge]bool{}
	for e := range g.Edges() {
		e.Action.Segment.WND = 0
		edges[edge{names[e.Source], e.Side, e.Action, names[e.Target]}] = true
	}
	return edges
}

// compare explores a system in normal form and with real windows, and counts
// the states and the labelled edges that one has and the other has not.
func compare(t *testing.T, b Bounds) (missing, moreStates, moreEdges, blanks int) {
	t.Helper()
	normal, g := explore(t, b)
	p := &projection{t: t, b: normal, varies: b.ReceiveMoves}
	states := map[[2]Side]int{}
	for n := range g.States() {
		v := g.View(n)
		states[[2]Side{*v.A, *v.B}] = n
	}
	edges := map[edge]bool{}
	for e := range g.Edges() {
		edges[edge{e.Source, e.Side, e.Action, e.Target}] = true
	}

	_, g = explore(t, with(b, window(wide)))
	before := len(states)
	wide := p.normal(g, states)
	for e := range edges {
		if !wide[e] {
			missing++
		}
	}
	t.Logf("%d states in normal form, %d with real windows", before, g.States())
	return missing, len(states) - before, len(wide) + missing - len(edges), p.blanks
}

func readAtOnce(b *Bounds) { b.ReceiveMoves = false }

// The normal form changes nothing. With real windows, wide enough, nothing is
// normalised; written in normal form afterwards, the graph has the same states
// and the same labelled edges as the graph that was in normal form all along.
func TestNormalFormChangesNothing(t *testing.T) {
	cases := map[string]Bounds{
		"close":              scenario(t, "close", 0, 0),
		"close, FIFO":        scenario(t, "close", 0, 0, fifo, duplicates(0)),
		"close, one octet":   scenario(t, "close", 1, 0, inFlight(1), duplicates(1)),
		"close, free":        scenario(t, "close", 0, 0, func(b *Bounds) { b.TimeWait = TimeWaitFree }),
		"half-close":         scenario(t, "half-close", 0, 2, inFlight(1), readAtOnce),
		"simultaneous-close": scenario(t, "simultaneous-close", 1, 0),
		"loss-free":          scenario(t, "loss-free", 1, 1, inFlight(2)),
		"lifecycle":          scenario(t, "lifecycle", 0, 0, inFlight(1)),
		"simultaneous-open":  scenario(t, "simultaneous-open", 0, 0, inFlight(1)),
		"abort":              scenario(t, "abort", 0, 0),
		"refused":            scenario(t, "refused", 0, 0),
	}
	if !testing.Short() {
		cases["close, one octet, two in flight"] = scenario(t, "close", 1, 0)
		cases["lifecycle, two in flight"] = scenario(t, "lifecycle", 0, 0)
		cases["loss-free, whole"] = scenario(t, "loss-free", 2, 1)
	}
	for name, b := range cases {
		t.Run(name, func(t *testing.T) {
			missing, states, edges, blanks := compare(t, b)
			assert.Zero(t, missing, "labelled edges that real windows do not have")
			assert.Zero(t, states, "states that only real windows have")
			assert.Zero(t, edges, "labelled edges that only real windows have")
			if name != "refused" {
				assert.NotZero(t, blanks, "something is forgotten")
			}
		})
	}
}

// Where reading is a move of its own the window narrows until the user reads:
// two segments that differ in SEG.WND only are then two in flight, and one in
// normal form. The normal form has no run that real windows do not have, but
// not all of theirs.
func TestNormalFormWithUnreadOctets(t *testing.T) {
	missing, states, edges, _ := compare(t, scenario(t, "half-close", 0, 1, inFlight(1)))
	assert.Zero(t, missing, "labelled edges that real windows do not have")
	assert.Equal(t, 50, states, "states that only real windows have")
	assert.NotZero(t, edges, "labelled edges that only real windows have")
}

// normalise leaves a TCB alone where the scenario is about windows, and blanks
// only what the states that have it have.
func TestNormalise(t *testing.T) {
	narrow := newSystem(t, scenario(t, "close", 0, 0, window(7)))
	s := Side{TCB: model.TCB{State: model.Established, SND: model.SendVars{WND: 3, WL1: 4, WL2: 5}, RCV: model.RecvVars{WND: 6}}}
	before := s
	narrow.normalise(&s)
	assert.Equal(t, before, s, "windows are what they are")

	b := newSystem(t, scenario(t, "close", 0, 0))
	b.normalise(&s)
	assert.Equal(t, model.SendVars{WND: wide}, s.SND)
	assert.Equal(t, uint32(wide), s.RCV.WND)

	s = Side{TCB: model.TCB{State: model.SynSent, RCV: model.RecvVars{WND: 6}}}
	b.normalise(&s)
	assert.Zero(t, s.SND.WND, "in SYN-SENT the peer's window is not known")
	assert.Equal(t, uint32(wide), s.RCV.WND)

	s = Side{TCB: model.TCB{RCV: model.RecvVars{WND: 6}}}
	b.normalise(&s)
	assert.Zero(t, s.RCV.WND, "in CLOSED there is no window")
}
