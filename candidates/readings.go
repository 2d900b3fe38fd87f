package candidates

import (
	"slices"

	"finwait/model"
)

// tried are the readings and deviations that a segment may need. (Some need no
// entry: what they change is never asked for by a segment that is seen, or is
// tried where it matters.)
var tried = []func(*model.Options){
	func(o *model.Options) { o.SimultaneousSYNACK = true },
	func(o *model.Options) { o.SeqCheckGont = true },
	func(o *model.Options) { o.RSTInWindow = true },
	func(o *model.Options) { o.SYNInWindowResets = true },
	func(o *model.Options) { o.TimeWaitIgnoresRST = true },
}

// explainOtherwise is explain under one more option, or with an arrival that
// was not seen; if that is not enough, with both.
func (k candidate) explainOtherwise(packet int, g model.Segment) []candidate {
	if k.unknown {
		return nil
	}
	out := k.underReadings(packet, g)
	if k.in.complete {
		return out
	}
	k.doubt = true
	out = append(out, k.explain(packet, g)...)
	if len(out) == 0 {
		out = k.underReadings(packet, g)
	}
	for i := range out {
		out[i].doubt = false
	}
	return out
}

func (k candidate) underReadings(packet int, g model.Segment) []candidate {
	var out []candidate
	for _, set := range tried {
		c := k
		if set(&c.opts); c.opts == k.opts {
			continue
		}
		c.cost += costReading
		out = append(out, c.explain(packet, g)...)
	}
	return out
}

// Allowed is something that an endpoint can send.
type Allowed struct {
	From    model.State
	Segment model.Segment
	Clause  model.Clause
}

// maxAllowed is how much a Deviation lists.
const maxAllowed = 8

// deviation says what the candidates could have sent instead.
func (t *Tracker) deviation(packet int, g model.Segment) *Deviation {
	d := &Deviation{Packet: packet, Segment: g, States: t.States()}
	if k := t.set[0].settled(g.SEQ); !k.unknown && !slices.Contains(d.States, k.tcb.State) {
		d.States = append(d.States, k.tcb.State)
	}
	for _, k := range t.set {
		for _, a := range k.allowed(g.SEQ) {
			if len(d.Allowed) < maxAllowed && !slices.ContainsFunc(d.Allowed, func(b Allowed) bool { return b.Segment == a.Segment }) {
				d.Allowed = append(d.Allowed, a)
			}
		}
	}
	return d
}

// allowed lists what the endpoint can send next: each output, with what is
// waiting received and without. Where it chooses an ISS, let it be iss.
func (k candidate) allowed(iss model.Seq) []Allowed {
	if k.unknown {
		return nil
	}
	var list []Allowed
	add := func(c candidate, e model.Event) {
		from := c.tcb.State
		if fx, ok := c.step(e, NoPacket); ok && fx.Sends {
			fx.Segment.WND, fx.Segment.OCT = 0, 0
			clause, _ := fx.Clauses.Last()
			list = append(list, Allowed{from, fx.Segment, clause})
		}
	}
	for _, c := range []candidate{k, k.settled(iss)} {
		add(c, model.Event{Kind: model.OutputAck})
		queued := c
		queued.called(model.Segment{TXT: 1})
		add(queued, model.Event{Kind: model.OutputTransmit, N: 1})
		closed := c
		closed.called(model.Segment{CTL: model.FIN})
		add(closed, model.Event{Kind: model.OutputTransmit, N: closed.tcb.Unsent(), FIN: true})
		if c.tcb.FINSent() {
			add(c, model.Event{Kind: model.TimeoutRetransmission, FIN: true, Off: c.tcb.SND.END.From(c.tcb.SND.UNA)})
		}
		add(c, model.Event{Kind: model.CallABORT})
		for i := range c.latest {
			add(c, model.Event{Kind: model.SegmentArrives, Segment: c.in.at(i).g, ISS: iss})
			if len(list) >= 3*maxAllowed {
				break
			}
		}
	}
	return list
}
