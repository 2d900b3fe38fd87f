package candidates

import "finwait/model"

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
	for i := range k.waiting {
		a := k.in.at(i).g
		if a.Has(model.SYN|model.ACK) && a.ACK.AtMost(g.SEQ) && a.SEQ+1 == g.ACK && !k.in.complete {
			// Its SYN was not captured, the answer to it was.
			k.unknown = false
			k.step(model.Event{Kind: model.CallActiveOpen, ISS: a.ACK - 1}, NoPacket)
			k.remark(SYNSentUnseen, costUnseen)
			return k.explain(packet, g)
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
		c.happened(Event{Packet: int32(packet), Kind: model.NumEventKinds, State: model.Closed, Sent: true})
		if k.past == 0 {
			c.remark(BeganTooLate, costUnseen)
		}
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
	// queued has called CLOSE, with g and the FIN still unsent.
	queued := received(base, model.Closing)
	queued.Flags |= model.CloseCalled
	list := []model.TCB{
		base, received(base, model.CloseWait), finned(base, model.FinWait1, false),
		finned(received(base, model.LastAck), model.LastAck, false),
		finned(received(base, model.Closing), model.Closing, false), queued,
	}
	if !g.Has(model.FIN) {
		tw := finned(received(base, model.TimeWait), model.TimeWait, true)
		tw.Flags |= model.TimerTW
		list = append(list, finned(base, model.FinWait2, true), tw)
	}
	return list
}
