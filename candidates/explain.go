package candidates

import (
	"finwait/model"
)

// explain lists the candidates that k becomes by sending the segment that was
// seen, under the options that it has.
func (k candidate) explain(packet int, g model.Segment) []candidate {
	switch {
	case k.unknown:
		return k.begin(packet, g)
	case g.Has(model.RST):
		return k.explainRST(packet, g)
	case g.Has(model.SYN):
		return k.explainSYN(packet, g)
	case !g.Has(model.ACK):
		return nil // nothing but a SYN or a RST is ever sent without ACK
	}
	var out []candidate
	if !k.tcb.State.Synchronized() {
		out = k.replies(packet, g)
	}
	for _, c := range k.caughtUp(g.ACK) {
		out = append(out, c.outputs(packet, g)...)
	}
	if len(out) == 0 {
		out = k.old(packet, g)
	}
	return out
}

// caughtUp lists what k becomes by receiving exactly what lies before ack: by
// the segments that are pending, or by some that nobody saw.
func (k candidate) caughtUp(ack model.Seq) []candidate {
	list := []candidate{k}
	var done []candidate
	for range 2 * maxPending {
		var next []candidate
		for _, c := range list {
			if c.tcb.State.Synchronized() && c.tcb.RCV.NXT == ack {
				done = append(done, c.informed()...)
				done = append(done, c)
				continue
			}
			next = append(next, c.nearer(ack)...)
		}
		if len(next) == 0 {
			break
		}
		list = next
	}
	return done
}

// nearer lists the ways to get one arrival nearer to having received exactly
// what lies before ack.
func (k candidate) nearer(ack model.Seq) []candidate {
	if !k.tcb.State.Synchronized() {
		return k.handshake(ack)
	}
	if ack.Before(k.tcb.RCV.NXT) || k.tcb.Is(model.FINReceived) {
		return nil
	}
	var out []candidate
	for i := len(k.pending) - 1; i >= 0; i-- {
		g := k.pending[i].g
		if g.Has(model.SYN) || g.Has(model.RST) || g.LEN() == 0 ||
			k.tcb.RCV.NXT.Before(g.SEQ) || g.End().AtMost(k.tcb.RCV.NXT) || ack.Before(g.End()) {
			continue
		}
		c, _ := k.deliver(i)
		if c.tcb.RCV.NXT == k.tcb.RCV.NXT {
			continue
		}
		if len(out) > 0 {
			c.cost += costEarlier
		}
		out = append(out, c)
		if e, ok := k.closedEarlier(i); ok {
			out = append(out, e)
		}
		if len(out) >= 4 {
			break
		}
	}
	if len(out) > 0 {
		return out
	}
	return k.unseen(ack)
}

// closedEarlier is the delivery of a FIN to an endpoint whose user has already
// called CLOSE, while its own FIN is still unsent: it goes to CLOSING, not to
// CLOSE-WAIT, and nobody can see the difference yet.
func (k candidate) closedEarlier(i int) (candidate, bool) {
	if k.tcb.State != model.Established || !k.pending[i].g.Has(model.FIN) {
		return k, false
	}
	if _, ok := k.step(model.Event{Kind: model.CallCLOSE}, NoPacket); !ok {
		return k, false
	}
	k.cost += costEarlyClose
	c, _ := k.deliver(i)
	return c, true
}

// unseen bridges a gap that the capture does not show: text, and perhaps a FIN
// at its end, arrived that nobody saw.
func (k candidate) unseen(ack model.Seq) []candidate {
	upTo := ack
	for _, a := range k.pending {
		if k.tcb.RCV.NXT.Before(a.g.SEQ) && a.g.SEQ.Before(upTo) && a.g.LEN() > 0 {
			upTo = a.g.SEQ // what was seen beyond the gap need not be invented
		}
	}
	n := upTo.From(k.tcb.RCV.NXT)
	if n == 0 || n > model.MaxWindow {
		return nil
	}
	g := model.Segment{SEQ: k.tcb.RCV.NXT, ACK: k.tcb.SND.UNA, TXT: n, WND: model.MaxWindow, CTL: model.ACK}
	out := []candidate{k.arrivesUnseen(g, "text arrived that the capture does not show", costUnseen)}
	if upTo == ack {
		g.TXT, g.CTL = n-1, model.ACK|model.FIN
		out = append(out, k.arrivesUnseen(g, "a FIN arrived that the capture does not show", costUnseenFIN))
	}
	return out
}

// handshake takes an endpoint that is not synchronized to ESTABLISHED.
func (k candidate) handshake(ack model.Seq) []candidate {
	var out []candidate
	for i := range k.pending {
		if k.pending[i].g.Has(model.RST) {
			continue
		}
		c, _ := k.deliver(i)
		if c.tcb.State.Synchronized() {
			out = append(out, c)
			break
		}
		if c.tcb.State == model.SynReceived && k.tcb.State != model.SynReceived {
			// A SYN: its SYN,ACK was not seen. The ACK of it may be.
			c.cost += costUnseen
			out = append(out, c.handshake(ack)...)
		}
	}
	if len(out) > 0 {
		return out
	}
	switch k.tcb.State {
	case model.SynSent:
		g := model.Segment{SEQ: ack - 1, ACK: k.tcb.SND.NXT, WND: model.MaxWindow, CTL: model.SYN | model.ACK}
		out = append(out, k.arrivesUnseen(g, "a SYN,ACK arrived that the capture does not show", costUnseen))
	case model.SynReceived:
		g := model.Segment{SEQ: k.tcb.RCV.NXT, ACK: k.tcb.SND.NXT, WND: model.MaxWindow, CTL: model.ACK}
		out = append(out, k.arrivesUnseen(g, "an ACK arrived that the capture does not show", costUnseen))
	}
	return out
}

// informed lists what k becomes by reading the ACK fields of pending segments
// without accepting their text: its own FIN may be acknowledged by then.
func (k candidate) informed() []candidate {
	if k.tcb.SND.UNA == k.tcb.SND.NXT {
		return nil
	}
	best := -1
	for i, a := range k.pending {
		g := a.g
		if g.Has(model.RST) || g.Has(model.SYN) || !g.Has(model.ACK) || g.SEQ == k.tcb.RCV.NXT && g.LEN() > 0 ||
			g.SEQ.Before(k.tcb.RCV.NXT) || !k.tcb.SND.UNA.Before(g.ACK) || k.tcb.SND.NXT.Before(g.ACK) {
			continue
		}
		if best < 0 || k.pending[best].g.ACK.AtMost(g.ACK) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	c, _ := k.deliver(best)
	if c.tcb.RCV.NXT != k.tcb.RCV.NXT {
		return nil
	}
	if a := k.pending[best]; a.g.LEN() > 0 {
		// What it carried beyond the gap need not have been held.
		c.pending = append(c.pending[:len(c.pending):len(c.pending)], a)
	}
	return []candidate{c}
}
