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
		return k.skipped(packet, g)
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
	if unsent := k.tcb.Unsent(); unsent < g.TXT {
		if _, ok := k.step(model.Event{Kind: model.CallSEND, N: g.TXT - unsent}, NoPacket); !ok {
			return false
		}
	}
	if g.Has(model.FIN) && !k.tcb.Is(model.CloseCalled) {
		if _, ok := k.step(model.Event{Kind: model.CallCLOSE}, NoPacket); !ok {
			return false
		}
	}
	return true
}

// skipped sends text from further on: what lies before was sent, too, and the
// capture does not show it.
func (k candidate) skipped(packet int, g model.Segment) []candidate {
	n := g.SEQ.From(k.tcb.SND.NXT)
	if n > model.MaxQueue/2 {
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
			c.remark("a FIN was sent that the capture does not show", costUnseenFIN)
		} else {
			c.remark("text was sent that the capture does not show", costUnseen)
		}
		out = append(out, c.outputs(packet, g)...)
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
		end := g.SEQ.Add(g.TXT)
		if end.Before(k.tcb.SND.NXT) {
			return nil
		}
		fresh := model.Segment{TXT: end.From(k.tcb.SND.NXT), CTL: g.CTL}
		if !k.called(fresh) {
			return nil
		}
		if _, ok := k.step(model.Event{Kind: model.OutputTransmit, N: fresh.TXT, FIN: g.Has(model.FIN)}, NoPacket); !ok {
			return nil
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
// acknowledged, by an ACK that is pending if need be.
func (k candidate) keepAlive(packet int, g model.Segment) []candidate {
	for _, c := range append([]candidate{k}, k.informed()...) {
		if out := c.by(packet, g, model.Event{Kind: model.OutputKeepAlive, N: g.TXT}); out != nil {
			return out
		}
	}
	return nil
}

// old is a segment that the endpoint sent earlier and that was overtaken on
// its way to the observer, or that the network has duplicated: it tells
// nothing new.
func (k candidate) old(packet int, g model.Segment) []candidate {
	h := &k.high
	if !h.known || h.nxt.Before(g.End()) || h.rcv.Before(g.ACK) {
		return nil
	}
	if last := g.End() - 1; g.Has(model.FIN) && (!h.hasFIN || last != h.fin) || h.hasFIN && g.TXT > 0 && !last.AtMost(h.fin) {
		return nil
	}
	k.past = &Event{
		Prev: k.past, Packet: packet, State: k.tcb.State, Sent: true,
		Remark: "an earlier segment, late or duplicated on its way",
	}
	k.cost += costOld
	return []candidate{k}
}
