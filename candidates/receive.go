package candidates

import "finwait/model"

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
	case k.tcb.State == model.Established && k.tcb.RCV.NXT == g.ACK && k.tcb.SND.NXT == g.SEQ:
		return k.outputs(packet, g) // nearly all of a long connection
	}
	var out []candidate
	if !k.tcb.State.Synchronized() {
		out = k.replies(packet, g)
	}
	if k.tcb.State == model.SynReceived && k.tcb.RCV.NXT == g.ACK {
		early := k // a FIN may be sent before our SYN is acknowledged [3.10.4]
		early.cost += costEarlyClose
		out = append(out, early.outputs(packet, g)...)
		out = append(out, k.turnsAway(packet, g)...)
	}
	upToDate := k.caughtUp(g.ACK, g.SEQ)
	for _, c := range upToDate {
		out = append(out, c.outputs(packet, g)...)
	}
	if len(out) == 0 && !k.in.complete {
		for _, c := range upToDate {
			// What acknowledged this by then need not have: another copy of it came.
			c.cost += costUnseen
			out = append(out, c.old(packet, g)...)
		}
	}
	if len(out) == 0 || g.SEQ.Before(k.high.nxt) {
		out = append(out, k.old(packet, g)...)
	}
	return out
}

// maxWays is how many ways to have received the same are told apart.
const maxWays = 8

// caughtUp lists what k becomes by receiving exactly what lies before ack: by
// what is waiting, or by segments that nobody saw. The endpoint has sent
// everything before seq by then.
func (k candidate) caughtUp(ack, seq model.Seq) []candidate {
	if k.tcb.State.Synchronized() && k.tcb.RCV.NXT == ack {
		return k.informed(nil)
	}
	list := []candidate{k}
	var done []candidate
	for len(list) > 0 {
		var next []candidate
		for _, c := range list {
			if c.tcb.State.Synchronized() && c.tcb.RCV.NXT == ack {
				done = c.informed(done)
			} else {
				next = appendNearer(next, &c, c.nearer(ack, seq))
			}
		}
		list = merge(next, maxWays)
	}
	return done
}

// appendNearer appends those of list that are nearer than k: what arrives in some
// states changes nothing.
func appendNearer(out []candidate, k *candidate, list []candidate) []candidate {
	for i := range list {
		if c := &list[i].tcb; c.State.Synchronized() && (!k.tcb.State.Synchronized() || k.tcb.RCV.NXT.Before(c.RCV.NXT)) {
			out = append(out, list[i])
		}
	}
	return out
}

// nearer lists the ways to get one arrival nearer to having received exactly
// what lies before ack.
func (k candidate) nearer(ack, seq model.Seq) []candidate {
	if !k.tcb.State.Synchronized() {
		return k.handshake(ack, seq)
	}
	if ack.Before(k.tcb.RCV.NXT) || k.tcb.Is(model.FINReceived) {
		return nil
	}
	var out []candidate
	for _, i := range k.nextText(ack) {
		c := k.takes(i, ack)
		if c.tcb.RCV.NXT == k.tcb.RCV.NXT {
			continue
		}
		if len(out) > 0 {
			c.cost += costEarlier
		}
		out = append(out, c)
		if e, ok := k.closedEarlier(i); ok {
			out = append(out, e.takes(i, ack))
		}
		if k.doubt || !k.in.complete && k.tcb.FINSent() && !k.tcb.FINAcked() {
			out = append(out, k.takesCopy(i, ack))
		}
	}
	if len(out) > 0 {
		return out
	}
	return k.unseen(ack)
}

// nextText lists the numbers of what is waiting with the octet at RCV.NXT, the
// likeliest first: what was sent last, unless only a part of it can have been
// accepted.
func (k *candidate) nextText(ack model.Seq) []int {
	var whole, part []int
	add := func(i int) (single bool) {
		a := k.in.at(i)
		g := &a.g
		switch {
		case g.Has(model.SYN) || g.Has(model.RST) || k.tcb.RCV.NXT.Before(g.SEQ) || g.End().AtMost(k.tcb.RCV.NXT):
			return false
		case ack.Before(g.End()):
			part = append(part, i)
		default:
			whole = append(whole, i)
		}
		return !a.again
	}
	for i := range k.waiting {
		if add(i) {
			return append(whole, part...)
		}
		if len(whole)+len(part) > 0 {
			break
		}
	}
	if len(whole)+len(part) == 0 {
		return nil
	}
	whole, part = nil, nil
	for i := range k.latest {
		if add(i); len(whole) == 4 {
			break
		}
	}
	if len(whole) > 0 {
		return whole
	}
	return part[:1]
}

// takes delivers number i, up to ack: the window may have had room for no more,
// or what was captured as one segment was several on the wire.
func (k candidate) takes(i int, ack model.Seq) candidate {
	if g := &k.in.at(i).g; ack.Before(g.End()) {
		from, gone := k.from, k.gone
		k.tcb.RCV.WND = ack.From(k.tcb.RCV.NXT)
		k, _ = k.deliver(i, 0)
		k.from, k.gone = from, gone // the rest of it may still come
		return k
	}
	k, _ = k.deliver(i, 0)
	return k
}

// takesCopy delivers an earlier copy of number i, which was not seen and whose
// ACK field says nothing new.
func (k candidate) takesCopy(i int, ack model.Seq) candidate {
	g := k.in.at(i).g
	g.ACK = k.tcb.SND.UNA
	if ack.Before(g.End()) {
		k.tcb.RCV.WND = ack.From(k.tcb.RCV.NXT)
	}
	return k.arrivesUnseen(g, CopyArrivedUnseen, costUnseen)
}

// closedEarlier is an endpoint to which a FIN comes when its user has already
// called CLOSE, while its own FIN is still unsent: it goes to CLOSING, not to
// CLOSE-WAIT, and nobody can see the difference yet.
func (k candidate) closedEarlier(i int) (candidate, bool) {
	if k.tcb.State != model.Established && k.tcb.State != model.SynReceived || !k.in.at(i).g.Has(model.FIN) {
		return k, false
	}
	if _, ok := k.step(model.Event{Kind: model.CallCLOSE}, NoPacket); !ok {
		return k, false
	}
	k.cost += costEarlyClose
	return k, true
}

// unseen bridges a gap that the capture does not show: text, and perhaps a FIN
// at its end, arrived that nobody saw.
func (k candidate) unseen(ack model.Seq) []candidate {
	if k.in.complete || k.in.hasFIN && k.in.fin.Before(ack-1) {
		return nil // nothing lies behind a FIN
	}
	upTo := ack
	for i := range k.waiting {
		g := &k.in.at(i).g
		if g.LEN() > 0 && k.tcb.RCV.NXT.Before(g.SEQ) && g.SEQ.Before(upTo) && !g.Has(model.RST) {
			upTo = g.SEQ // what was seen beyond the gap need not be invented
		}
	}
	n := upTo.From(k.tcb.RCV.NXT)
	if n == 0 || n > model.MaxWindow {
		return nil
	}
	g := model.Segment{SEQ: k.tcb.RCV.NXT, ACK: k.tcb.SND.UNA, TXT: n, WND: model.MaxWindow, CTL: model.ACK}
	var out []candidate
	if upTo != ack || !k.in.hasFIN || k.in.fin != ack-1 {
		out = append(out, k.arrivesUnseen(g, TextArrivedUnseen, costUnseen))
	}
	if upTo == ack && (!k.in.any || k.in.end.AtMost(ack)) {
		g.TXT, g.CTL = n-1, model.ACK|model.FIN
		out = append(out, k.arrivesUnseen(g, FINArrivedUnseen, costUnseenFIN))
	}
	return out
}

// informed appends k, and before it what k becomes by reading the ACK fields of
// what is waiting without accepting its text, if a FIN of ours may be
// acknowledged by then.
func (k candidate) informed(list []candidate) []candidate {
	if k.tcb.FINSent() && !k.tcb.FINAcked() {
		if c, ok := k.reads(); ok {
			list = append(list, c)
		}
	}
	return append(list, k)
}

// reads takes the highest ACK field of what is waiting to the machine.
func (k candidate) reads() (candidate, bool) {
	best := -1
	una := k.tcb.SND.UNA
	for i := range k.waiting {
		g := &k.in.at(i).g
		if !g.Has(model.ACK) || g.Has(model.RST) || g.Has(model.SYN) || g.SEQ.Before(k.tcb.RCV.NXT) ||
			g.SEQ == k.tcb.RCV.NXT && g.LEN() > 0 || !una.Before(g.ACK) || k.tcb.SND.NXT.Before(g.ACK) {
			continue
		}
		best, una = i, g.ACK
	}
	if best < 0 {
		return k, false
	}
	return k.informs(best), true
}
