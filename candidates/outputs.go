package candidates

import "finwait/model"

// outputs lists what k becomes by sending g, an ACK with or without text and
// FIN. It has received what g acknowledges.
func (k candidate) outputs(packet int, g model.Segment) []candidate {
	c := &k.tcb
	switch {
	case g.LEN() == 0 && g.SEQ == c.SND.NXT:
		return k.by(packet, g, model.Event{Kind: model.OutputAck})
	case g.SEQ == c.SND.NXT:
		return k.sendNew(packet, g)
	case g.SEQ == c.SND.NXT-1 && g.TXT <= 1 && !g.Has(model.FIN) && !retransmits(c, g):
		return k.keepAlive(packet, g)
	case g.SEQ.Before(c.SND.NXT):
		return k.sendAgain(packet, g)
	default:
		var out []candidate
		for _, c := range k.skipped(g) {
			out = append(out, c.outputs(packet, g)...)
		}
		return out
	}
}

// by asks the machine for the event and keeps the candidate if what it sends
// is what was seen.
func (k candidate) by(packet int, g model.Segment, e model.Event) []candidate {
	fx, ok := k.step(e, NoPacket)
	if !ok || !fx.Sends || !same(fx.Segment, g) {
		return nil
	}
	return []candidate{k.sent(packet)}
}

// sendNew sends text and FIN for the first time, after the calls that they
// need.
func (k candidate) sendNew(packet int, g model.Segment) []candidate {
	if !k.called(g) {
		return nil
	}
	if k.tcb.Unread() > 0 && g.TXT > 0 {
		// Who answers has read: it is all that an observer can go by.
		k.tcb, _ = k.opts.Step(k.tcb, model.Event{Kind: model.CallRECEIVE, N: model.MaxWindow})
		k.wide()
	}
	return k.by(packet, g, model.Event{Kind: model.OutputTransmit, N: g.TXT, FIN: g.Has(model.FIN)})
}

// called makes the calls without which g could not be sent: SEND, CLOSE.
func (k *candidate) called(g model.Segment) bool {
	if unsent := k.tcb.Unsent(); unsent < g.TXT && !k.gave(g.TXT-unsent) {
		return false
	}
	if g.Has(model.FIN) && !k.tcb.Is(model.CloseCalled) {
		if _, ok := k.step(model.Event{Kind: model.CallCLOSE}, NoPacket); !ok {
			return false
		}
	}
	return true
}

// gave is a SEND of n octets, now or, after a CLOSE, before it: how much was
// queued is known only when it is sent.
func (k *candidate) gave(n uint32) bool {
	if k.tcb.Is(model.CloseCalled) && !k.tcb.FINSent() && k.tcb.State.Synchronized() {
		k.tcb.SND.END = k.tcb.SND.END.Add(n)
		return true
	}
	call := model.Event{Kind: model.CallSEND, N: n}
	fx, ok := k.step(call, NoPacket)
	if fx.Reply == model.ErrResources && k.acknowledged() {
		_, ok = k.step(call, NoPacket)
	}
	return ok
}

// acknowledged receives an ACK of everything that was sent: nobody keeps so
// much outstanding.
func (k *candidate) acknowledged() bool {
	if c, ok := k.reads(); ok {
		*k = c
		return true
	}
	if k.in.complete {
		return false
	}
	g := model.Segment{SEQ: k.tcb.RCV.NXT, ACK: k.tcb.SND.NXT, WND: model.MaxWindow, CTL: model.ACK}
	*k = k.arrivesUnseen(g, ACKArrivedUnseen, costUnseen)
	return true
}

// skipped lists the ways to have sent what lies before g, which the capture
// does not show: text, and perhaps a FIN at its end.
func (k candidate) skipped(g model.Segment) []candidate {
	n := g.SEQ.From(k.tcb.SND.NXT)
	if n > model.MaxQueue/2 || k.in.complete {
		return nil
	}
	var out []candidate
	for _, gap := range []model.Segment{{TXT: n}, {TXT: n - 1, CTL: model.FIN}} {
		c := k
		if !c.called(gap) {
			continue
		}
		if _, ok := c.step(model.Event{Kind: model.OutputTransmit, N: gap.TXT, FIN: gap.Has(model.FIN)}, NoPacket); !ok {
			continue
		}
		if gap.Has(model.FIN) {
			c.remark(FINSentUnseen, costUnseenFIN)
		} else {
			c.remark(TextSentUnseen, costUnseen)
		}
		out = append(out, c)
	}
	return out
}

// retransmits reports whether g lies in what is sent and not acknowledged.
func retransmits(c *model.TCB, g model.Segment) bool {
	return c.SND.UNA.AtMost(g.SEQ) && g.LEN() > 0 && g.End().AtMost(c.SND.NXT)
}

// sendAgain retransmits. A retransmission may go on into what was not yet sent
// [3.8.6]: that part is then sent first, and nobody sees it.
func (k candidate) sendAgain(packet int, g model.Segment) []candidate {
	if k.tcb.SND.NXT.Before(g.End()) {
		if !k.fresh(g) {
			return nil
		}
		if g.SEQ.Before(k.tcb.SND.UNA) {
			// "Segments on the retransmission queue that are thereby entirely
			// acknowledged are removed": one that is not entirely is sent whole.
			return []candidate{k.sent(packet)}
		}
	}
	if g.LEN() == 0 || g.SEQ.Before(k.tcb.SND.UNA) {
		return nil
	}
	return k.by(packet, g, model.Event{
		Kind: model.TimeoutRetransmission, N: g.TXT, FIN: g.Has(model.FIN), Off: g.SEQ.From(k.tcb.SND.UNA),
	})
}

// keepAlive probes an idle connection: everything that was sent is
// acknowledged, by an ACK that is waiting if need be.
func (k candidate) keepAlive(packet int, g model.Segment) []candidate {
	if k.tcb.SND.UNA != k.tcb.SND.NXT {
		c, ok := k.reads()
		if !ok {
			return nil
		}
		k = c
	}
	return k.by(packet, g, model.Event{Kind: model.OutputKeepAlive, N: g.TXT})
}

// maxLate is by how many packets a segment may be late behind the RST that
// ended its connection.
const maxLate = 32

// old is a segment that the endpoint sent earlier and that was overtaken on
// its way to the observer, or that the network has duplicated: it tells
// nothing new.
func (k candidate) old(packet int, g model.Segment) []candidate {
	h := &k.high
	if k.justReset(packet) && k.in.any && h.rstEnd.Before(g.ACK) && g.Has(model.ACK) && !g.Has(model.RST) {
		return nil // it has received what came only after its RST
	}
	if k.justReset(packet) && !g.Has(model.SYN) {
		return k.late(packet) // a RST without ACK does not tell what its sender had received
	}
	if !h.known || g.Has(model.ACK) && h.rcv.Before(g.ACK) {
		return nil
	}
	if h.nxt.Before(g.End()) {
		return k.overtaken(packet, g)
	}
	if last := g.End() - 1; g.Has(model.FIN) && (!h.hasFIN || last != h.fin) || h.hasFIN && g.TXT > 0 && !last.AtMost(h.fin) {
		return nil
	}
	if g.Has(model.SYN) && h.opened && g.SEQ != h.iss {
		return nil
	}
	return k.late(packet)
}

// justReset reports whether the connection has ended by a RST of which what
// was sent before it may be late.
func (k *candidate) justReset(packet int) bool {
	return k.high.hasRST && k.tcb.State == model.Closed && packet-k.high.rstAt <= maxLate && !k.in.complete
}

// overtaken sends something new that a later segment, which acknowledges more,
// has overtaken on its way to the observer.
func (k candidate) overtaken(packet int, g model.Segment) []candidate {
	if k.in.complete || g.Has(model.SYN) || !k.tcb.State.Synchronized() {
		return nil
	}
	list := []candidate{k}
	if k.tcb.SND.NXT.Before(g.SEQ) {
		list = k.skipped(g)
	}
	var out []candidate
	for _, c := range list {
		if g.LEN() == 0 || c.fresh(g) {
			out = append(out, c.late(packet)...)
		}
	}
	return out
}

// fresh sends the part of g that has not been sent yet, and nobody sees it.
func (k *candidate) fresh(g model.Segment) bool {
	end := g.SEQ.Add(g.TXT)
	if end.Before(k.tcb.SND.NXT) {
		return false
	}
	part := model.Segment{TXT: end.From(k.tcb.SND.NXT), CTL: g.CTL}
	if !k.called(part) {
		return false
	}
	_, ok := k.step(model.Event{Kind: model.OutputTransmit, N: part.TXT, FIN: g.Has(model.FIN)}, NoPacket)
	return ok
}

// late notes a segment that tells nothing new.
func (k candidate) late(packet int) []candidate {
	k.happened(Event{Packet: int32(packet), State: k.tcb.State, Sent: true, Kind: model.NumEventKinds})
	k.remark(CameLate, costOld)
	return []candidate{k}
}
