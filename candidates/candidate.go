package candidates

import "finwait/model"

// Costs of what an explanation may need. Only their order means anything: the
// cheaper of two explanations is kept when there are too many, and is shown.
const (
	costEarlyClose = 1  // the user had closed before the peer's FIN came, the own FIN was still unsent
	costOld        = 2  // an old segment came late: the endpoint's own to the observer, or the peer's to the endpoint
	costEarlier    = 3  // of several copies of the peer's text an earlier one arrived
	costReading    = 4  // a reading other than the default one
	costGuess      = 4  // a state other than ESTABLISHED where the capture begins in the middle
	costUnseen     = 6  // something happened that was never seen
	costUnseenFIN  = 8  // an unseen FIN
	costTimeout    = 10 // the user timeout, or a state lost in a crash: the end without a word
)

// candidate is one state in which the endpoint can be.
type candidate struct {
	tcb     model.TCB
	opts    model.Options
	unknown bool // nothing is known of the endpoint yet: the capture begins in the middle, and it has sent nothing
	doubt   bool // for now: of what was seen, another copy may have arrived that was not seen
	guessed bool // something was needed that the capture does not show

	// What may still arrive: the segments of the log from number from on, but
	// for those in gone, which ascend and are shared: never written to.
	in   *incoming
	from int
	gone []int

	onSYN uint32 // octets of text on our own SYN that the peer has taken (RFC 7413)
	cost  int
	past  moment
	high  marks
}

// marks are the highest numbers that the endpoint has sent. They outlive the
// TCB, for segments that are late on their way to the observer.
type marks struct {
	iss, nxt, rcv, fin model.Seq
	rst                model.Segment // the last one
	rstAt              int           // its packet
	rstEnd             model.Seq     // just past all that was seen on its way to the endpoint by then
	known, hasFIN      bool
	hasRST, opened     bool // opened: iss is known
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

// wide keeps out of the way what an observer cannot tell in time: which window
// an endpoint acts upon, and whether it still owes an acknowledgment.
func (k *candidate) wide() {
	if k.tcb.State == model.Closed {
		return
	}
	k.tcb.Flags &^= model.ACKPending
	if k.tcb.Unread() > 1<<28 {
		k.tcb, _ = k.opts.Step(k.tcb, model.Event{Kind: model.CallRECEIVE, N: model.MaxWindow})
	}
	k.tcb.RCV.WND = model.MaxWindow - k.tcb.Unread()
	if k.tcb.State >= model.SynReceived {
		k.tcb.SND.WND, k.tcb.SND.WL1, k.tcb.SND.WL2 = model.MaxWindow, 0, 0
	}
}

// step asks the machine, and remembers what somebody may want to be told. It
// reports false if the event is refused.
func (k *candidate) step(e model.Event, packet int) (model.Effects, bool) {
	before := k.tcb.State
	next, fx := k.opts.Step(k.tcb, e)
	if fx.Reply.Refused() {
		return fx, false
	}
	k.tcb = next
	k.wide()
	k.high.note(&k.tcb)
	if fx.Sends || e.Kind == model.SegmentArrives || before != k.tcb.State {
		k.happened(Event{Packet: int32(packet), Kind: e.Kind, State: k.tcb.State, Clauses: fx.Clauses})
	}
	return fx, true
}

// remark notes something about the last event.
func (k *candidate) remark(r Remark, cost int) {
	k.cost += cost
	k.guessed = k.guessed || r.Guess()
	if k.past > 0 {
		e := *k.in.pasts.at(k.past)
		e.Remark = r
		k.past = k.in.pasts.add(e)
	}
}

// happened appends an event to the past.
func (k *candidate) happened(e Event) {
	e.prev = k.past
	k.past = k.in.pasts.add(e)
}

// sent marks the last event as the one in which the endpoint sent the packet.
func (k candidate) sent(packet int) candidate {
	e := *k.in.pasts.at(k.past)
	if e.Kind == model.SegmentArrives && e.Packet != NoPacket {
		// A reply: the arrival keeps its own event, the sending gets another.
		e.prev = k.past
	}
	e.Packet, e.Sent = int32(packet), true
	k.past = k.in.pasts.add(e)
	return k
}

// deliver takes number i to the machine. Its reply, if it has one, is what the
// caller makes of it: seen, or lost. If an initial sequence number is to be
// chosen, it is iss.
func (k candidate) deliver(i int, iss model.Seq) (candidate, model.Effects) {
	a := *k.in.at(i)
	k.drop(i)
	fx, _ := k.step(model.Event{Kind: model.SegmentArrives, Segment: a.g, ISS: iss}, int(a.packet))
	if a.again && k.tcb.State.Synchronized() {
		for j := range k.waiting {
			if k.dead(k.in.at(j).g) {
				k.drop(j)
			}
		}
	}
	return k, fx
}

// informs takes to the machine only what number i says, not the text that it
// carries: nobody has to hold what is out of order (SHLD-31).
func (k candidate) informs(i int) candidate {
	a := k.in.at(i)
	g := a.g
	if g.LEN() == 0 {
		k.drop(i)
	}
	g.TXT, g.CTL = 0, g.CTL&^model.FIN
	k.step(model.Arrive(g), int(a.packet))
	return k
}

// arrivesUnseen gives the machine a segment that nobody saw.
func (k candidate) arrivesUnseen(g model.Segment, r Remark, cost int) candidate {
	k.step(model.Arrive(g), NoPacket)
	k.remark(r, cost)
	return k
}

// dead reports whether the arrival of g can change nothing any more.
func (k *candidate) dead(g model.Segment) bool {
	c := &k.tcb
	news := g.Has(model.ACK) && c.SND.UNA.Before(g.ACK) && g.ACK.AtMost(c.SND.NXT)
	switch {
	case k.unknown || !c.State.Synchronized():
		return false
	case g.Has(model.SYN):
		return g.SEQ == c.RCV.IRS
	case g.Has(model.RST):
		return g.SEQ.Before(c.RCV.NXT)
	case g.LEN() == 0:
		return g.SEQ.Before(c.RCV.NXT) || g.SEQ == c.RCV.NXT && !news
	default:
		return g.End().AtMost(c.RCV.NXT) && (g.SEQ != c.RCV.NXT-1 || !news)
	}
}

// forget stops waiting for what can change nothing.
func (k *candidate) forget() {
	k.from = max(k.from, k.in.base, k.in.next()-maxIncoming)
	k.closeUp()
	for i := range k.waiting {
		if !k.dead(k.in.at(i).g) {
			return
		}
		k.drop(i)
	}
}

// same reports whether what the machine sends is what was seen: URG and
// windows aside, and the ghost of the octets' places.
func same(out, seen model.Segment) bool {
	ctl := model.FIN | model.SYN | model.RST | model.ACK
	return out.CTL&ctl == seen.CTL&ctl && out.SEQ == seen.SEQ && out.TXT == seen.TXT &&
		(!seen.Has(model.ACK) || out.ACK == seen.ACK)
}
