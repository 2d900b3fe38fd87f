package explain

import (
	"slices"

	"finwait/model"
)

// Step is one thing that happens at an end.
type Step struct {
	FromB   bool // at B, not at A
	Kind    model.EventKind
	FIN     bool          // what is sent, or arrives, has a FIN
	Segment model.Segment // what is sent, or arrives
	Before  model.State   // the state that the step leaves
	After   model.State
}

// Next is what has to happen for a connection to be over, that is for both of
// its ends to be in CLOSED (or to listen again). The machine was asked: every run of the two
// ends from where they were left, without losses and without an ABORT.
type Next struct {
	Over  bool   // nothing
	Known bool   // false if there is no such run, or nothing is known of either end
	Cut   bool   // the search was given up: there may be one
	Steps []Step // a shortest run; what an end does of which nothing is known is left out

	// NeedsA and NeedsB tell whose program must call CLOSE: without that call no run gets there,
	// whatever segments and timers do.
	NeedsA, NeedsB bool
}

// pairOfEnds is a state of the search: both ends, and the one segment that may be on its way to each.
type pairOfEnds struct {
	end    [2]model.TCB
	to     [2]model.Segment // on its way to A, to B
	flying [2]bool
}

// search explores the two ends.
type search struct {
	opts   [2]model.Options
	known  [2]bool
	silent [2]bool // this program makes no calls
	cut    bool    // maxSearched was reached
}

// maxSearched bounds the search. Two ends without text to send have some
// hundreds of states.
const maxSearched = 20_000

// Next asks the machine what has to happen for the connection to be over.
func (x *Connection) Next() Next {
	s := search{known: [2]bool{x.A.Known(), x.B.Known()}, opts: [2]model.Options{x.A.options, x.B.options}}
	if !s.known[0] && !s.known[1] {
		return Next{}
	}
	start := pairOfEnds{end: [2]model.TCB{x.A.owing(), x.B.owing()}}
	if s.over(&start) {
		return Next{Over: true, Known: true}
	}
	n := Next{}
	if n.Steps, n.Known = s.run(start); !n.Known {
		n.Cut = s.cut
		return n
	}
	for i, needs := range []*bool{&n.NeedsA, &n.NeedsB} {
		if s.known[i] {
			without := s
			without.silent[i] = true
			_, reached := without.run(start)
			*needs = !reached && !without.cut
		}
	}
	return n
}

// owing is the machine of the side, with the acknowledgment that it has not
// sent so far.
func (s *Side) owing() model.TCB {
	c := s.machine
	if c.State.Synchronized() && s.acks && s.acked != c.RCV.NXT {
		c.Flags |= model.ACKPending
	}
	return c
}

func (s *search) over(p *pairOfEnds) bool {
	for i := range p.end {
		if s.known[i] && p.end[i].State != model.Closed && p.end[i].State != model.Listen {
			return false
		}
	}
	return true
}

// run is a shortest run to the end of the connection.
func (s *search) run(start pairOfEnds) ([]Step, bool) {
	type visit struct {
		state pairOfEnds
		prev  int
		step  Step
	}
	list := []visit{{state: start, prev: -1}}
	seen := map[pairOfEnds]bool{start: true}
	for at := 0; at < len(list) && len(list) < maxSearched; at++ {
		if s.over(&list[at].state) {
			var steps []Step
			for i := at; i > 0; i = list[i].prev {
				steps = append(steps, list[i].step)
			}
			slices.Reverse(steps)
			return steps, true
		}
		for side := range 2 {
			s.moves(list[at].state, side, func(p pairOfEnds, step Step) {
				if !seen[p] {
					seen[p] = true
					list = append(list, visit{p, at, step})
				}
			})
		}
	}
	s.cut = len(list) >= maxSearched
	return nil, false
}

// moves calls yield for everything that can happen at a side.
func (s *search) moves(p pairOfEnds, side int, yield func(pairOfEnds, Step)) {
	c := p.end[side]
	if !s.known[side] {
		return
	}
	try := func(from pairOfEnds, e model.Event) {
		next, fx := s.opts[side].Step(c, e)
		if fx.Reply.Refused() || fx.Sends && from.flying[1-side] {
			return
		}
		step := Step{FromB: side == 1, Kind: e.Kind, Segment: e.Segment, Before: c.State, After: next.State}
		if fx.Sends {
			step.Segment = fx.Segment
			if s.known[1-side] {
				from.to[1-side], from.flying[1-side] = fx.Segment, true
			}
		}
		step.FIN = step.Segment.Has(model.FIN)
		from.end[side] = next
		yield(from, step)
	}
	if !s.silent[side] && c.State != model.Closed && c.State != model.Listen && !c.Is(model.CloseCalled) {
		try(p, model.Event{Kind: model.CallCLOSE})
	}
	try(p, model.Event{Kind: model.OutputTransmit, N: c.Unsent(), FIN: c.Is(model.CloseCalled)})
	try(p, model.Event{Kind: model.OutputAck})
	if p.flying[side] {
		arrived := p
		arrived.to[side], arrived.flying[side] = model.Segment{}, false
		try(arrived, model.Arrive(p.to[side]))
	}
	if !s.known[1-side] {
		s.offers(&c, func(g model.Segment) { try(p, model.Arrive(g)) })
	}
	if p.flying != [2]bool{} {
		return // timers are slower than the network
	}
	if fin := c.FINSent() && !c.FINAcked(); fin || c.State < model.Established || c.SND.UNA != c.SND.NXT {
		n := c.SND.NXT.From(c.SND.UNA)
		if fin {
			n--
		}
		try(p, model.Event{Kind: model.TimeoutRetransmission, N: n, FIN: fin})
	}
	if q := &p.end[1-side]; !s.known[1-side] || !q.State.Synchronized() || q.SND.UNA == q.SND.NXT {
		try(p, model.Event{Kind: model.TimeoutTimeWait})
	}
}

// offers are what a peer of which nothing is known may send next: an ACK of
// everything, and that with its FIN.
func (s *search) offers(c *model.TCB, yield func(model.Segment)) {
	if !c.State.Synchronized() {
		return
	}
	g := model.Segment{SEQ: c.RCV.NXT, ACK: c.SND.NXT, WND: model.MaxWindow, CTL: model.ACK}
	if c.SND.UNA != c.SND.NXT {
		yield(g)
	}
	if !c.Is(model.FINReceived) {
		g.CTL |= model.FIN
		yield(g)
	}
}

// Arrives reports whether the step is the arrival of a segment, which the
// other end has sent.
func (s Step) Arrives() bool { return s.Kind == model.SegmentArrives }
