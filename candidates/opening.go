package candidates

import "finwait/model"

// explainSYN lists the candidates that k becomes by sending a SYN, or a
// SYN,ACK.
func (k candidate) explainSYN(packet int, g model.Segment) []candidate {
	if !g.Has(model.ACK) {
		switch k.tcb.State {
		case model.Closed, model.Listen:
			return k.by(packet, g, model.Event{Kind: model.CallActiveOpen, ISS: g.SEQ})
		default:
			return k.by(packet, g, model.Event{Kind: model.TimeoutRetransmission})
		}
	}
	if out := k.by(packet, g, model.Event{Kind: model.TimeoutRetransmission}); out != nil {
		return out
	}
	if out := k.replies(packet, g); out != nil {
		return out
	}
	if k.tcb.State != model.Listen && k.tcb.State != model.SynSent {
		return nil
	}
	syn := model.Segment{SEQ: g.ACK - 1, WND: model.MaxWindow, CTL: model.SYN}
	fx, _ := k.step(model.Event{Kind: model.SegmentArrives, Segment: syn, ISS: g.SEQ}, NoPacket)
	if !fx.Sends || !same(fx.Segment, g) {
		return nil
	}
	k.remark("a SYN arrived that the capture does not show", costUnseen)
	return []candidate{k.sent(packet)}
}

// replies lists what k becomes if g is the immediate answer to something
// pending. The latest is the most likely.
func (k candidate) replies(packet int, g model.Segment) []candidate {
	for i := len(k.pending) - 1; i >= 0; i-- {
		if c, fx := k.deliverTo(i, g.SEQ); fx.Sends && same(fx.Segment, g) {
			return []candidate{c.sent(packet)}
		}
	}
	return nil
}

// backlog is how much an endpoint may have sent and received before the
// capture begins, without the capture showing it.
const backlog = 1 << 20

// begin lists the states in which an endpoint can be that is first seen now,
// sending g.
func (k candidate) begin(packet int, g model.Segment) []candidate {
	if g.Has(model.SYN) || g.Has(model.RST) {
		return k.beginUnsynchronized(packet, g)
	}
	if !g.Has(model.ACK) {
		return nil
	}
	for _, a := range k.pending {
		if a.g.Has(model.SYN|model.ACK) && a.g.ACK.AtMost(g.SEQ) && a.g.SEQ+1 == g.ACK {
			// Its SYN was not captured, the answer to it was.
			c := k
			c.unknown = false
			c.step(model.Event{Kind: model.CallActiveOpen, ISS: a.g.ACK - 1}, NoPacket)
			c.remark("a SYN was sent that the capture does not show", costUnseen)
			return c.explain(packet, g)
		}
	}
	var out []candidate
	for _, m := range middles(g) {
		c := k
		c.unknown, c.tcb, c.cost = false, m, k.cost
		c.high.note(&m)
		if m.State != model.Established {
			c.cost += costGuess
		}
		c.forget()
		out = append(out, c.outputs(packet, g)...)
	}
	return out
}

func (k candidate) beginUnsynchronized(packet int, g model.Segment) []candidate {
	var out []candidate
	for _, open := range []bool{true, false} {
		c := k
		c.unknown = false
		c.tcb = model.TCB{}
		if open {
			c.step(model.Event{Kind: model.CallPassiveOpen}, NoPacket)
		}
		out = append(out, c.explain(packet, g)...)
	}
	if len(out) == 0 && g.Has(model.RST) {
		// Whatever the connection was, it is over.
		c := k
		c.unknown = false
		c.past = &Event{Prev: k.past, Packet: packet, State: model.Closed, Sent: true, Remark: "the capture begins too late to tell why"}
		out = append(out, c)
	}
	return out
}

// middles are the synchronized states in which an endpoint can send g as the
// first segment that is captured.
func middles(g model.Segment) []model.TCB {
	base := model.TCB{
		State: model.Established,
		SND: model.SendVars{
			ISS: g.SEQ - backlog - 1, UNA: g.SEQ - backlog, NXT: g.SEQ, END: g.SEQ, WND: model.MaxWindow,
		},
		RCV: model.RecvVars{IRS: g.ACK - backlog, NXT: g.ACK, READ: g.ACK, WND: model.MaxWindow},
	}
	received := func(c model.TCB, s model.State) model.TCB {
		c.State, c.Flags = s, c.Flags|model.FINReceived|model.EOFTold
		c.RCV.READ--
		return c
	}
	// finned has sent its FIN just before g, or g is that FIN again.
	finned := func(c model.TCB, s model.State, acked bool) model.TCB {
		c.State, c.Flags = s, c.Flags|model.CloseCalled
		if g.Has(model.FIN) {
			c.SND.NXT = g.End()
		}
		c.SND.END = c.SND.NXT - 1
		if acked {
			c.SND.UNA = c.SND.NXT
		}
		return c
	}
	list := []model.TCB{
		base, received(base, model.CloseWait), finned(base, model.FinWait1, false),
		finned(received(base, model.LastAck), model.LastAck, false),
		finned(received(base, model.Closing), model.Closing, false),
	}
	if !g.Has(model.FIN) {
		tw := finned(received(base, model.TimeWait), model.TimeWait, true)
		tw.Flags |= model.TimerTW
		list = append(list, finned(base, model.FinWait2, true), tw)
	}
	return list
}
