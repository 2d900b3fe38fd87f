package candidates

import "finwait/model"

// explainRST lists the candidates that k becomes by sending a RST: in answer
// to something, because its user aborts, or because data is lost by a
// half-duplex close.
func (k candidate) explainRST(packet int, g model.Segment) []candidate {
	var out []candidate
	for _, c := range k.ended() {
		out = append(out, c.replies(packet, g)...)
	}
	out = append(out, k.dataAfterClose(packet, g)...)
	answers := len(out) > 0
	for _, c := range k.givingUp(g) {
		for _, a := range c.aborts(packet, g) {
			if answers {
				a.cost += costReading + 1 // it looks like an answer, and something is there to be answered
			}
			out = append(out, a)
		}
	}
	if len(out) == 0 {
		out = k.answersUnseen(packet, g)
	}
	return out
}

// ended lists k, and the ways in which its connection may be over without the
// observer knowing.
func (k candidate) ended() []candidate {
	list := []candidate{k}
	for _, c := range k.informed() {
		if c.tcb.State == model.Closed {
			list = append(list, c)
		}
	}
	for i, a := range k.pending {
		if a.g.Has(model.RST) {
			if c, _ := k.deliver(i); c.tcb.State == model.Closed {
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
		late.remark("the FIN-WAIT-2 timer has ended the connection (fin-wait-2-timer)", costReading)
	default:
		late.step(model.Event{Kind: model.TimeoutUser}, NoPacket)
		late.remark("the connection was over without a word: user timeout, or a crash", costTimeout)
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
		out[i].remark("new data after a half-duplex CLOSE (half-duplex-close)", costReading)
	}
	return out
}

// givingUp lists what k has received when it sends a RST of its own accord.
func (k candidate) givingUp(g model.Segment) []candidate {
	if !g.Has(model.ACK) {
		return append([]candidate{k}, k.informed()...)
	}
	k.opts.RSTCarriesACK = true
	k.cost += costReading
	if k.tcb.State == model.SynReceived && k.tcb.RCV.NXT == g.ACK {
		return []candidate{k}
	}
	return k.caughtUp(g.ACK)
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
			out[i].remark("CLOSE with received data unread (half-duplex-close), or ABORT", 0)
		}
		k.cost += costEarlyClose
	}
	if a := k.by(packet, g, model.Event{Kind: model.CallABORT}); a != nil {
		a[0].remark("ABORT", 0)
		out = append(out, a...)
	}
	return out
}

// answersUnseen is a RST from CLOSED that answers what the capture does not
// show.
func (k candidate) answersUnseen(packet int, g model.Segment) []candidate {
	var out []candidate
	cause := model.Segment{SEQ: k.high.rcv, ACK: g.SEQ, CTL: model.ACK}
	if g.Has(model.ACK) {
		cause = model.Segment{SEQ: g.ACK - 1, CTL: model.SYN}
	}
	for _, c := range k.ended() {
		if c.tcb.State != model.Closed && c.tcb.State != model.Listen {
			continue
		}
		fx, _ := c.step(model.Arrive(cause), NoPacket)
		if fx.Sends && same(fx.Segment, g) {
			c.remark("in answer to something that the capture does not show", costUnseen)
			out = append(out, c.sent(packet))
		}
	}
	return out
}
