package conformance

import (
	"finwait/model"
)

// Generate makes the tests from the model's own graph: every state that an
// endpoint can reach, times every event of the alphabet. Ways that a stack with
// these capabilities can go are preferred, shorter ways among them; cases that
// need more are there, too, to be counted. The result is always the same.
func Generate(caps Caps) []Case {
	var cases []Case
	for _, n := range nodes(caps) {
		for _, e := range n.events() {
			cases = append(cases, n.cases(e)...)
		}
	}
	return cases
}

// nodes are the states, breadth first, each with the shortest way there: first
// those that the capabilities suffice for.
func nodes(caps Caps) []*node {
	first := &node{m: ModelStack{iss: StackISS}}
	known := map[key]bool{first.key(): true}
	list := []*node{first}
	for _, limit := range []Caps{caps, CanAll} {
		for i := 0; i < len(list); i++ {
			for _, in := range list[i].moves() {
				next, ok := list[i].does(in)
				if ok && next.needs&^limit == 0 && !known[next.key()] {
					known[next.key()] = true
					list = append(list, &next)
				}
			}
		}
	}
	return list
}

// moves are the inputs of which ways are made: what a user and a peer who
// behave would do, and a segment out of order.
func (n *node) moves() []Input {
	c := &n.m.tcb
	nxt := c.SND.NXT
	seg := func(ctl model.Ctl, txt uint32, seq int32) Input { return n.segment(ctl, txt, seq, nxt) }
	switch c.State {
	case model.Closed:
		return []Input{{Op: Listen}, {Op: Connect}}
	case model.Listen:
		return []Input{seg(model.SYN, 0, 0), {Op: Close}}
	case model.SynSent:
		return []Input{seg(model.SYN|model.ACK, 0, 0), seg(model.SYN, 0, 0), {Op: Close}, {Op: Write, N: 2}}
	}
	const ack, fin = model.ACK, model.FIN | model.ACK
	shut := seg(ack, 0, 0)
	shut.Segment.WND = 0
	list := []Input{
		seg(ack, 0, 0), seg(ack, 2, 0), seg(fin, 0, 0), seg(ack, 2, 2), seg(fin, 0, 2), shut,
		{Op: Write, N: 2},
		{Op: Read, N: 64},
		{Op: HalfClose},
		{Op: Close},
		seg(model.RST, 0, 0),
	}
	if c.FINSent() && c.SND.NXT.From(c.SND.UNA) > 1 {
		list = append(list, n.segment(ack, 0, 0, nxt-1), n.segment(fin, 0, 0, nxt-1))
	}
	if c.SND.UNA != c.SND.NXT {
		list = append(list, n.segment(fin, 0, 0, c.SND.UNA))
	}
	return list
}

// events are the whole alphabet here.
func (n *node) events() []event { return append(n.calls(), n.segments()...) }

// cases are the tests of one event, if it can happen here: one with a probe of
// segments, and where 2MSL runs afterwards, one in time.
func (n *node) cases(e event) []Case {
	after, ok := n.does(e.in)
	if !ok {
		return nil
	}
	at := len(n.inputs)
	for after.inputs[at] != e.in {
		at++ // behind an Accept
	}
	base := Case{
		Name: n.says() + " / " + e.name, State: n.m.tcb.State, Event: e.column, At: at,
	}
	probed := after.probed()
	c := base
	c.Inputs, c.Needs = probed.inputs, probed.needs
	out := []Case{c}
	if after.m.tcb.State == model.TimeWait && e.in.Op != Wait2MSL {
		timed, ok := n.timed(e.in)
		if ok {
			c := base
			c.Name += " / 2MSL"
			c.At, c.Inputs, c.Needs = timed.at, timed.inputs, timed.needs
			out = append(out, c)
		}
	}
	if after.m.tcb.SND.UNA != after.m.tcb.SND.NXT && e.in.Op != WaitRTO {
		waited, _ := after.does(Input{Op: WaitRTO})
		c := base
		c.Name += " / RTO"
		c.Inputs, c.Needs = waited.inputs, waited.needs
		out = append(out, c)
	}
	return out
}
