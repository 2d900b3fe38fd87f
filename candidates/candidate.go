package candidates

import (
	"finwait/model"
)

// Costs of what an explanation may need. Only their order means anything: the
// cheaper of two explanations is kept when there are too many, and is shown.
const (
	costEarlyClose = 1  // the user had closed before the peer's FIN came, the own FIN was still unsent
	costOld        = 2  // an old segment of the endpoint itself came late to the observer
	costEarlier    = 3  // of several copies of the peer's text an earlier one arrived
	costReading    = 4  // a reading other than the default one
	costGuess      = 4  // a state other than ESTABLISHED where the capture begins in the middle
	costUnseen     = 6  // something arrived that was never seen
	costUnseenFIN  = 8  // an unseen FIN
	costTimeout    = 10 // the user timeout, or a state lost in a crash: the end without a word
)

// candidate is one state in which the endpoint can be.
type candidate struct {
	tcb     model.TCB
	opts    model.Options
	pending []arrival // seen on their way to the endpoint, not delivered, oldest first; shared: never written to
	cost    int
	unknown bool // nothing is known of the endpoint yet: the capture begins in the middle, and it has sent nothing
	past    *Event
	high    marks
}

// marks are the highest numbers that the endpoint has sent. They outlive the
// TCB, for segments that are late on their way to the observer.
type marks struct {
	nxt, rcv, fin model.Seq
	known, hasFIN bool
}

func (h *marks) note(c *model.TCB) {
	if c.State < model.SynReceived {
		return
	}
	h.nxt, h.rcv, h.known = c.SND.NXT, c.RCV.NXT, true
	if c.FINSent() {
		h.fin, h.hasFIN = c.SND.NXT-1, true
	}
}

// arrival is a segment on its way to the endpoint.
type arrival struct {
	packet int
	g      model.Segment
}

// Event is one step of a candidate's past.
type Event struct {
	Prev    *Event
	Packet  int         // the caller's number of the segment that arrived or was sent; NoPacket for what nobody saw
	Input   model.Event // what the machine was asked
	State   model.State // the state afterwards
	Clauses model.Clauses
	Sent    bool // the endpoint sent the packet in this step
	Remark  string
}

// NoPacket is the Packet of an event that nobody saw.
const NoPacket = -1

// wide keeps windows out of the way: an observer cannot tell in time which
// window an endpoint acts upon.
func (k *candidate) wide() {
	if k.tcb.State == model.Closed {
		return
	}
	if k.tcb.Unread() > 1<<28 {
		k.tcb, _ = k.opts.Step(k.tcb, model.Event{Kind: model.CallRECEIVE, N: model.MaxWindow})
	}
	k.tcb.RCV.WND = model.MaxWindow - k.tcb.Unread()
	if k.tcb.State >= model.SynReceived {
		k.tcb.SND.WND, k.tcb.SND.WL1, k.tcb.SND.WL2 = model.MaxWindow, 0, 0
	}
}

// step asks the machine, and remembers. It reports false if the event is
// refused.
func (k *candidate) step(e model.Event, packet int) (model.Effects, bool) {
	next, fx := k.opts.Step(k.tcb, e)
	if fx.Reply.Refused() {
		return fx, false
	}
	k.tcb = next
	k.wide()
	k.high.note(&k.tcb)
	k.past = &Event{Prev: k.past, Packet: packet, Input: e, State: k.tcb.State, Clauses: fx.Clauses}
	return fx, true
}

// remark notes something about the last event.
func (k *candidate) remark(s string, cost int) {
	k.cost += cost
	if k.past != nil {
		k.past.Remark = s
	}
}

// deliver takes the i-th pending segment to the machine. Its reply, if it has
// one, is what the caller makes of it: seen, or lost.
func (k candidate) deliver(i int) (candidate, model.Effects) { return k.deliverTo(i, 0) }

// deliverTo is deliver to an endpoint that chooses iss if it must choose.
func (k candidate) deliverTo(i int, iss model.Seq) (candidate, model.Effects) {
	a := k.pending[i]
	rest := make([]arrival, 0, len(k.pending)-1)
	rest = append(rest, k.pending[:i]...)
	k.pending = append(rest, k.pending[i+1:]...)
	fx, _ := k.step(model.Event{Kind: model.SegmentArrives, Segment: a.g, ISS: iss}, a.packet)
	return k, fx
}

// arrivesUnseen gives the machine a segment that nobody saw.
func (k candidate) arrivesUnseen(g model.Segment, remark string, cost int) candidate {
	k.step(model.Arrive(g), NoPacket)
	k.remark(remark, cost)
	return k
}

// sent marks the last event as the one in which the endpoint sent the packet.
func (k candidate) sent(packet int) candidate {
	e := *k.past
	if e.Input.Kind == model.SegmentArrives && e.Packet != NoPacket {
		// A reply: the arrival keeps its own event, the sending gets another.
		k.past = &Event{Prev: k.past, Packet: packet, Input: e.Input, State: e.State, Clauses: e.Clauses, Sent: true}
		return k
	}
	e.Packet, e.Sent = packet, true
	k.past = &e
	return k
}

// same reports whether what the machine sends is what was seen: URG and
// windows aside, and the ghost of the octets' places.
func same(out, seen model.Segment) bool {
	ctl := model.FIN | model.SYN | model.RST | model.ACK
	return out.CTL&ctl == seen.CTL&ctl && out.SEQ == seen.SEQ && out.TXT == seen.TXT &&
		(!seen.Has(model.ACK) || out.ACK == seen.ACK)
}
