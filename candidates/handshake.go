package candidates

import "finwait/model"

// maxTries is how many of what is waiting are tried as the one that mattered.
const maxTries = 64

// handshake takes an endpoint that is not synchronized to ESTABLISHED.
func (k candidate) handshake(ack, seq model.Seq) []candidate {
	var out []candidate
	tries := 0
	for i := range k.waiting {
		if k.in.at(i).g.Has(model.RST) {
			continue
		}
		if tries++; tries > maxTries {
			break
		}
		list := k.opensBy(i, seq)
		if e, ok := k.closedEarlier(i); ok {
			list = append(list, e.opensBy(i, seq)...)
		}
		for _, c := range list {
			if c.tcb.State.Synchronized() && (ack.Before(c.tcb.RCV.NXT) || c.tcb.NumHeld > 0 || c.tcb.Is(model.FINHeld)) {
				c = k.informs(i)
			}
			switch {
			case c.tcb.State.Synchronized():
				out = append(out, c)
			case c.tcb.State == model.SynReceived && k.tcb.State != model.SynReceived && !k.in.complete:
				// A SYN: its SYN,ACK was not seen. The ACK of it may be.
				c.cost += costUnseen
				out = append(out, c.handshake(ack, seq)...)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	if k.in.complete {
		return nil
	}
	switch k.tcb.State {
	case model.SynSent:
		g := model.Segment{SEQ: ack - 1, ACK: k.tcb.SND.NXT, WND: model.MaxWindow, CTL: model.SYN | model.ACK}
		return []candidate{k.arrivesUnseen(g, SYNACKArrivedUnseen, costUnseen)}
	case model.SynReceived:
		g := model.Segment{SEQ: k.tcb.RCV.NXT, ACK: k.tcb.SND.NXT, WND: model.MaxWindow, CTL: model.ACK}
		return []candidate{k.arrivesUnseen(g, ACKArrivedUnseen, costUnseen)}
	case model.Listen:
		syn := model.Segment{SEQ: ack - 1, WND: model.MaxWindow, CTL: model.SYN}
		for _, iss := range k.firstNumbers(seq) {
			c := k
			c.step(model.Event{Kind: model.SegmentArrives, Segment: syn, ISS: iss}, NoPacket)
			c.remark(SYNArrivedUnseen, costUnseen)
			out = append(out, c.handshake(ack, seq)...)
		}
	}
	return out
}

// opensBy lists what k becomes by number i while it opens. Text on a SYN is
// left out, so that the peer must send it again; or it is accepted at once (RFC
// 7413), which to the machine is a SYN that stands further on.
func (k candidate) opensBy(i int, seq model.Seq) []candidate {
	a := k.in.at(i)
	var out []candidate
	for _, iss := range k.firstNumbers(seq) {
		if !a.g.Has(model.SYN) || a.g.TXT == 0 {
			c, _ := k.deliver(i, iss)
			out = append(out, c)
			continue
		}
		for _, on := range taken(a.g) {
			c, _ := k.synWithText(i, iss, on)
			out = append(out, c)
		}
	}
	return out
}

func (k candidate) synWithText(i int, iss model.Seq, on uint32) (candidate, model.Effects) {
	a := k.in.at(i)
	g := a.g
	g.SEQ, g.TXT = g.SEQ.Add(on), 0
	k.drop(i)
	fx, _ := k.step(model.Event{Kind: model.SegmentArrives, Segment: g, ISS: iss}, int(a.packet))
	return k, fx
}

// firstNumbers guesses an ISS that the capture does not show: what is sent now,
// and what the peer acknowledges, comes after it, perhaps after a FIN that was
// not seen either. There is one answer if none has to be chosen.
func (k *candidate) firstNumbers(seq model.Seq) []model.Seq {
	if k.tcb.State != model.Listen {
		return []model.Seq{0}
	}
	first := seq
	for i := range k.waiting {
		if g := &k.in.at(i).g; g.Has(model.ACK) && g.ACK.Before(first) && first.From(g.ACK) < backlog {
			first = g.ACK
		}
	}
	return []model.Seq{first - 1, first - 2}
}

// turnsAway answers, before it is ESTABLISHED, what lies outside of a small
// window.
func (k candidate) turnsAway(packet int, g model.Segment) []candidate {
	for i := range k.latest {
		if k.tcb.RCV.NXT.Before(k.in.at(i).g.SEQ) {
			k.tcb.RCV.WND = 1
			k.cost += costEarlier
			if c, fx := k.deliver(i, 0); fx.Sends && same(fx.Segment, g) {
				return []candidate{c.sent(packet)}
			}
			break
		}
	}
	return nil
}
