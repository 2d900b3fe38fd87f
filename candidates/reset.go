package candidates

import "finwait/model"

// explainRST lists the candidates that k becomes by sending a RST: in answer
// to something, because its user aborts, or because data is lost by a
// half-duplex close.
func (k candidate) explainRST(packet int, g model.Segment) []candidate {
	out := k.resets(packet, g)
	for i := range out {
		h := &out[i].high
		if !h.hasRST {
			h.rstEnd = k.in.end
		}
		h.rst, h.rstAt, h.hasRST = g, packet, true
	}
	return out
}

func (k candidate) resets(packet int, g model.Segment) []candidate {
	var out []candidate
	ends := k.ended()
	for _, c := range ends {
		out = append(out, c.replies(packet, g)...)
	}
	out = append(out, k.dataAfterClose(packet, g)...)
	likely := len(out) > 0
	for _, c := range k.givingUp(g) {
		for _, a := range c.aborts(packet, g) {
			if likely {
				a.cost += costReading + 1 // it looks like an answer, and something is there to be answered
			}
			out = append(out, a)
		}
	}
	if len(out) == 0 && k.high.hasRST && same(k.high.rst, g) {
		return k.late(packet)
	}
	if len(out) == 0 {
		out = k.answersUnseen(ends, packet, g)
	}
	if len(out) == 0 && k.justReset(packet) {
		return k.late(packet)
	}
	return out
}

// ended lists k, and the ways in which its connection may be over without the
// observer knowing.
func (k candidate) ended() []candidate {
	list := []candidate{k}
	if k.tcb.FINSent() && !k.tcb.FINAcked() {
		if c, ok := k.reads(); ok && c.tcb.State == model.Closed {
			list = append(list, c)
		}
	}
	for i := range k.latest {
		if k.in.at(i).g.Has(model.RST) {
			if c, _ := k.deliver(i, 0); c.tcb.State == model.Closed {
				list = append(list, c)
				break
			}
		}
	}
	if k.tcb.State == model.Closed || k.tcb.State == model.Listen {
		return list
	}
	late := k
	switch k.tcb.State {
	case model.TimeWait:
		late.step(model.Event{Kind: model.TimeoutTimeWait}, NoPacket)
	case model.FinWait2:
		late.opts.FinWait2Timer = true
		late.step(model.Event{Kind: model.TimeoutFinWait2}, NoPacket)
		late.remark(FinWait2TimedOut, costReading)
	default:
		late.step(model.Event{Kind: model.TimeoutUser}, NoPacket)
		late.remark(EndedSilently, costTimeout)
	}
	return append(list, late)
}

// dataAfterClose is the half-duplex CLOSE of 3.6.1, for which new data is
// lost: the CLOSE was called long ago, and looked like any other.
func (k candidate) dataAfterClose(packet int, g model.Segment) []candidate {
	if s := k.tcb.State; s != model.FinWait1 && s != model.FinWait2 {
		return nil
	}
	if k.tcb.Is(model.NoReader) {
		return nil
	}
	k.tcb, _ = k.opts.Step(k.tcb, model.Event{Kind: model.CallRECEIVE, N: model.MaxWindow})
	k.tcb.RCV.WANT = 0
	k.wide()
	k.tcb.Flags |= model.NoReader | model.EOFTold // as the CLOSE leaves it under the option
	k.opts.HalfDuplexClose = true
	out := k.replies(packet, g)
	for i := range out {
		out[i].remark(DataAfterClose, costReading)
	}
	return out
}

// givingUp lists what k has received, and sent unseen, when it sends a RST of
// its own accord.
func (k candidate) givingUp(g model.Segment) []candidate {
	var list []candidate
	switch {
	case !g.Has(model.ACK):
		list = []candidate{k}
		if c, ok := k.reads(); ok {
			list = append(list, c)
		}
		if !k.tcb.State.Synchronized() {
			list = append(list, k.turns()...)
		}
	default:
		list = k.caughtUp(g.ACK, g.SEQ)
		if k.tcb.State == model.SynReceived && k.tcb.RCV.NXT == g.ACK {
			list = append(list, k)
		}
	}
	var out []candidate
	for _, c := range list {
		if g.Has(model.ACK) {
			c.opts.RSTCarriesACK = true
			c.cost += costReading
		}
		if c.tcb.State >= model.SynReceived && c.tcb.SND.NXT.Before(g.SEQ) {
			out = append(out, c.skipped(g)...)
		} else {
			out = append(out, c)
		}
	}
	return out
}

// aborts lists what k becomes by an ABORT, or by a CLOSE that loses what was
// received and not read.
func (k candidate) aborts(packet int, g model.Segment) []candidate {
	var out []candidate
	if k.tcb.Unread() > 0 && !k.tcb.Is(model.CloseCalled) {
		c := k
		c.opts.HalfDuplexClose = true
		out = c.by(packet, g, model.Event{Kind: model.CallCLOSE})
		for i := range out {
			out[i].remark(ClosedUnread, 0)
		}
		k.cost += costEarlyClose
	}
	for _, timeWait := range []bool{false, true} {
		c := k
		if timeWait {
			c.opts.AbortTimeWait = true // shows only later, if it shows
			c.cost += costReading
		}
		for _, a := range c.by(packet, g, model.Event{Kind: model.CallABORT}) {
			a.remark(Aborted, 0)
			out = append(out, a)
		}
	}
	return out
}

// answersUnseen is a RST from CLOSED that answers what came late or twice, or
// what the capture does not show.
func (k candidate) answersUnseen(ends []candidate, packet int, g model.Segment) []candidate {
	var out []candidate
	for _, c := range ends {
		if c.tcb.State != model.Closed && c.tcb.State != model.Listen {
			continue
		}
		cause, r, cost := k.cause(g)
		if r == AnswersUnseen && k.in.complete {
			continue
		}
		fx, _ := c.step(model.Arrive(cause), NoPacket)
		if fx.Sends && same(fx.Segment, g) {
			c.remark(r, cost)
			out = append(out, c.sent(packet))
		}
	}
	return out
}

// cause is a segment that g answers: one that was seen, if there is one.
func (k *candidate) cause(g model.Segment) (model.Segment, Remark, int) {
	for i := k.in.next() - 1; i >= k.in.base; i-- {
		if a := k.in.at(i).g; !a.Has(model.RST) && answers(g, a) {
			return a, AnswersLate, costOld
		}
	}
	if g.Has(model.ACK) {
		return model.Segment{SEQ: g.ACK - 1, CTL: model.SYN}, AnswersUnseen, costUnseen
	}
	return model.Segment{SEQ: k.high.rcv, ACK: g.SEQ, CTL: model.ACK}, AnswersUnseen, costUnseen
}
