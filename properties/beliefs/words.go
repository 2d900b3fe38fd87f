package beliefs

import (
	"finwait/model"
	"finwait/model/system"
)

// The scenarios that the questions are put in.
var (
	// orderly are those that begin in ESTABLISHED, and in which nobody aborts.
	orderly = []string{"close", "half-close", "simultaneous-close", "loss-free"}
	// connected are all in which a connection comes about.
	connected = append(orderly[:4:4], "lifecycle", "simultaneous-open", "abort")
	// oneFirst are those of them in which a side can close before the other.
	oneFirst = in("close", "half-close", "loss-free", "lifecycle", "simultaneous-open", "abort")
)

func in(scenarios ...string) []string { return scenarios }

// octet is the call of a user who has one more octet to SEND.
func octet(*system.System, *side, *side) model.Event {
	return model.Event{Kind: model.CallSEND, N: 1}
}

func closed(s *side) bool { return s.State == model.Closed }

// finWait: in FIN-WAIT-1 or FIN-WAIT-2.
func finWait(c *model.TCB) bool { return c.State == model.FinWait1 || c.State == model.FinWait2 }

// mayStillSend: i has received a FIN, and its user has not closed.
func mayStillSend(i, _ *side) bool { return i.State == model.CloseWait && !i.User.Closed }

// sendsFIN: something with a FIN is sent, for the first time or again.
func sendsFIN(_ *side, x *system.Happening) bool { return x.Fx.Sends && x.Fx.Segment.Has(model.FIN) }

// finLeaves: the FIN is sent for the first time, in CLOSE-WAIT.
func finLeaves(s *side, x *system.Happening) bool {
	return x.Event.Kind == model.OutputTransmit && x.Before.State == model.CloseWait && sendsFIN(s, x)
}

// finTaken: RCV.NXT goes past the peer's FIN, the one that arrives or one that was held.
func finTaken(_ *side, x *system.Happening) bool {
	g := x.Event.Segment
	past := arrives(x) && g.Has(model.FIN) && !g.Has(model.SYN) && x.Before.State >= model.SynReceived &&
		x.Before.RCV.NXT.Before(g.End()) && x.After.RCV.NXT == g.End()
	return !x.Before.Is(model.FINReceived) && (x.After.Is(model.FINReceived) || past)
}

func arrives(x *system.Happening) bool { return x.Event.Kind == model.SegmentArrives }

// finSEQ is the sequence number of the own FIN.
func finSEQ(b *system.System, s *side) model.Seq { return b.ISS[s.Role].Add(uint32(s.FINAt)) }

// hasAll: the peer's user has been given all that i's user has SENT.
func hasAll(i, p *side) bool { return p.User.Next == i.User.Sent }

// finAcknowledged: i knows that its FIN has been received.
func finAcknowledged(i, _ *side) bool { return i.FINAcked() || i.Ended == system.EndedLastAck }

// inOrder: text arrives that is the next, in a segment that is not refused
// for its ACK field.
func inOrder(x *system.Happening) bool {
	g := x.Event.Segment
	return arrives(x) && g.TXT > 0 && g.SEQ == x.Before.RCV.NXT &&
		g.Has(model.ACK) && g.ACK.AtMost(x.Before.SND.NXT)
}
