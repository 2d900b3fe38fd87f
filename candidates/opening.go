package candidates

import "finwait/model"

// explainSYN lists the candidates that k becomes by sending a SYN, or a
// SYN,ACK.
func (k candidate) explainSYN(packet int, g model.Segment) []candidate {
	out := k.opens(packet, g)
	for i := range out {
		out[i].high.iss, out[i].high.opened = g.SEQ, true
	}
	if len(out) == 0 {
		out = k.old(packet, g)
	}
	return out
}

func (k candidate) opens(packet int, g model.Segment) []candidate {
	if !g.Has(model.ACK) {
		switch k.tcb.State {
		case model.Closed, model.Listen:
			return k.openActively(packet, g)
		}
		if out := k.synAgain(packet, g); out != nil {
			return out
		}
		return k.opensAnew(packet, g)
	}
	if k.tcb.State == model.Closed {
		k.step(model.Event{Kind: model.CallPassiveOpen}, NoPacket)
	}
	if out := k.synAgain(packet, g); out != nil {
		return out
	}
	if out := k.replies(packet, g); out != nil {
		return out
	}
	if k.tcb.State != model.Listen && k.tcb.State != model.SynSent || k.in.complete {
		return nil
	}
	syn := model.Segment{SEQ: g.ACK - 1, WND: model.MaxWindow, CTL: model.SYN}
	fx, _ := k.step(model.Event{Kind: model.SegmentArrives, Segment: syn, ISS: g.SEQ}, NoPacket)
	if !fx.Sends || !same(fx.Segment, g) {
		return nil
	}
	k.remark(SYNArrivedUnseen, costUnseen)
	return []candidate{k.sent(packet)}
}

// opensAnew sends the SYN of a new connection, because the old one is over
// without the observer knowing: "one of the TCP peers has closed or aborted the
// connection at its end without the knowledge of the other" [3.5.1].
func (k candidate) opensAnew(packet int, g model.Segment) []candidate {
	if k.high.opened && k.high.iss == g.SEQ {
		return nil // a late copy
	}
	var out []candidate
	for _, c := range k.ended() {
		if c.tcb.State == model.Closed {
			c.tcb = model.TCB{} // what was not read is nobody's concern
			out = append(out, c.openActively(packet, g)...)
		}
	}
	return out
}

// openActively sends a SYN. Text on it either must be sent again, or is
// accepted at once (RFC 7413). The machine's SYN never carries any; in the
// second case its SYN is the last octet of what was seen.
func (k candidate) openActively(packet int, g model.Segment) []candidate {
	var out []candidate
	for _, on := range taken(g) {
		c := k
		c.onSYN = on
		syn := c.bare(g)
		out = append(out, c.by(packet, syn, model.Event{Kind: model.CallActiveOpen, ISS: syn.SEQ})...)
	}
	return out
}

// taken lists how many of the octets on a SYN may be accepted with it.
func taken(syn model.Segment) []uint32 {
	if syn.TXT == 0 {
		return []uint32{0}
	}
	return []uint32{0, syn.TXT}
}

// bare is a SYN of ours as the machine sends it.
func (k *candidate) bare(g model.Segment) model.Segment {
	g.SEQ, g.TXT = g.SEQ.Add(k.onSYN), 0
	return g
}

func (k candidate) synAgain(packet int, g model.Segment) []candidate {
	return k.by(packet, k.bare(g), model.Event{Kind: model.TimeoutRetransmission})
}

// replies lists what k becomes if g is the immediate answer to something that
// is waiting. The latest is the most likely.
func (k candidate) replies(packet int, g model.Segment) []candidate {
	tries := 0
	for i := range k.latest {
		a := k.in.at(i)
		if !answers(g, a.g) {
			continue
		}
		if tries++; tries > maxTries {
			break
		}
		for _, c := range k.answer(i, g) {
			return []candidate{c.sent(packet)}
		}
	}
	return nil
}

// answer lists what k becomes if number i arrives and g is the answer.
func (k candidate) answer(i int, g model.Segment) []candidate {
	a := k.in.at(i)
	if a.g.Has(model.SYN) && a.g.TXT > 0 && k.tcb.State != model.Closed {
		for _, on := range taken(a.g) {
			if c, fx := k.synWithText(i, g.SEQ, on); fx.Sends && same(fx.Segment, g) {
				return []candidate{c}
			}
		}
		return nil
	}
	if c, fx := k.deliver(i, g.SEQ); fx.Sends && same(fx.Segment, k.bareIfSYN(g)) {
		return []candidate{c}
	}
	return nil
}

// bareIfSYN is bare for the SYN,ACK of a simultaneous open.
func (k *candidate) bareIfSYN(g model.Segment) model.Segment {
	if g.Has(model.SYN) {
		return k.bare(g)
	}
	return g
}

// answers reports whether g can answer a at all; asking the machine is dear.
func answers(g, a model.Segment) bool {
	switch {
	case g.Has(model.RST | model.ACK):
		return !a.Has(model.ACK) && a.End() == g.ACK
	case g.Has(model.RST):
		return a.Has(model.ACK) && a.ACK == g.SEQ
	case g.Has(model.SYN):
		return a.Has(model.SYN)
	}
	return true
}
