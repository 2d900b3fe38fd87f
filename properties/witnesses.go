package properties

import (
	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// witnesses are what must be reachable, or the bounds are too small for the
// claims to mean much.
func witnesses() []Claim {
	return append([]Claim{
		event("W1", "three-segment-close", "3.6 figure 12",
			"the FIN of CLOSE-WAIT carries the ACK of the peer's FIN: three segments close the connection", in("close", "loss-free"),
			func(_ *system.Side, x *system.Happening) bool {
				return sendsFIN(x) && x.Before.State == model.CloseWait && x.Before.Is(model.ACKPending)
			}),
		event("W2", "four-segment-close", "3.6 figure 12",
			"the FIN of CLOSE-WAIT leaves after the ACK of the peer's FIN: four segments", in("close", "half-close", "loss-free"),
			func(_ *system.Side, x *system.Happening) bool {
				return sendsFIN(x) && x.Before.State == model.CloseWait && !x.Before.Is(model.ACKPending)
			}),
		state("W3", "both-closing", "3.6 figure 13", "CLOSING on both sides", in("close", "simultaneous-close", "loss-free"),
			each(func(i *system.Side) bool { return i.State == model.Closing })),
		state("W4", "both-time-wait", "3.6 figure 13", "TIME-WAIT on both sides", in("close", "simultaneous-close", "loss-free"),
			each(func(i *system.Side) bool { return i.State == model.TimeWait })),
		state("W5", "held-fin", "3.10.7.4 first", "a FIN is held out of order", in("close", "loss-free"),
			some(func(i *system.Side) bool { return i.Is(model.FINHeld) })),
		state("W6", "queued-fin", "3.10.4", "a FIN is queued behind unsent text", in("close", "loss-free"),
			some(func(i *system.Side) bool { return i.Is(model.CloseCalled) && i.Unsent() > 0 })),
		event("W7", "fin-again-in-time-wait", "3.10.7.4 eighth",
			"the last ACK is lost, and the FIN is retransmitted into TIME-WAIT", in("close", "half-close"),
			func(_ *system.Side, x *system.Happening) bool { return x.Fx.Clauses.Has(model.ClSeqFINAgain) }),
		event("W8", "data-after-half-close", "3.6.1", "text is received in FIN-WAIT-2", in("close", "half-close", "loss-free"),
			func(_ *system.Side, x *system.Happening) bool {
				return x.After.State == model.FinWait2 && x.Fx.Clauses.Has(model.ClText)
			}),
		event("W9", "note-2", "3.3.2 note 2", "FIN-WAIT-1 goes to TIME-WAIT in one segment", in("close", "loss-free"),
			func(_ *system.Side, x *system.Happening) bool {
				return x.Before.State == model.FinWait1 && x.After.State == model.TimeWait
			}),
		networked(state("W10", "simultaneous-in-four", "3.6 figure 13",
			"a simultaneous close in four segments: both FINs have crossed, and only the two ACKs are still to be sent", in("loss-free"),
			each(func(i *system.Side) bool {
				return i.State == model.Closing && i.FINSent() && i.User.Sent == 0 && i.NumNet == 0 && i.Is(model.ACKPending)
			}))),
		event("W11", "ack-pending-at-close", "3.10.4", "an ACK is pending when the user closes", in("close", "loss-free"),
			func(_ *system.Side, x *system.Happening) bool {
				return x.Event.Kind == model.CallCLOSE && x.Before.Is(model.ACKPending)
			}),
		event("W12", "in-order-fin-old-ack", "3.10.7.4 fifth", "a FIN in order is accepted although its SEG.ACK is old", in("loss-free"),
			func(_ *system.Side, x *system.Happening) bool {
				return x.Fx.Clauses.Has(model.ClFIN) && x.Event.Segment.Has(model.FIN) && x.Event.Segment.ACK.Before(x.Before.SND.UNA)
			}),
		state("W13", "both-holding", "3.10.7.4 first", "both sides hold something out of order", in("loss-free"),
			each(func(i *system.Side) bool { return i.NumHeld > 0 || i.Is(model.FINHeld) })),
		state("W14", "text-held-in-fin-wait-2", "3.10.7.4 first", "text is held out of order in FIN-WAIT-2", in("loss-free"),
			some(func(i *system.Side) bool { return i.State == model.FinWait2 && i.NumHeld > 0 })),
		event("W15", "text-and-fin-behind-hole", "3.10.7.4 first", "a segment with text and FIN is held behind a hole", in("loss-free"),
			func(_ *system.Side, x *system.Happening) bool {
				g := x.Event.Segment
				return arrived(x) && g.Has(model.FIN) && g.TXT > 0 && x.After.Is(model.FINHeld) && x.After.NumHeld > 0
			}),
	}, incarnationWitnesses()...)
}

func in(scenarios ...string) []string { return scenarios }

func sendsFIN(x *system.Happening) bool {
	return x.Event.Kind == model.OutputTransmit && x.Fx.Sends && x.Fx.Segment.Has(model.FIN)
}

func some(f func(*system.Side) bool) func(View) bool {
	return func(v View) bool { return f(v.A) || f(v.B) }
}

func each(f func(*system.Side) bool) func(View) bool {
	return func(v View) bool { return f(v.A) && f(v.B) }
}

// state is the witness of a state.
func state(number, name, clause, text string, scenarios []string, f func(View) bool) Claim {
	return Claim{
		Number: number, Name: name, Kind: Witness, Clause: clause, Text: text, Scenarios: scenarios,
		parts: func(*system.System, []Fairness) []Property {
			return []Property{checker.Sometimes[system.Action](name, f)}
		},
	}
}

// networked is a witness that looks at what is in flight, too.
func networked(c Claim) Claim {
	c.Network = true
	return c
}

// event is the witness of something that the machine does.
func event(number, name, clause, text string, scenarios []string, f func(*system.Side, *system.Happening) bool) Claim {
	return Claim{
		Number: number, Name: name, Kind: Witness, Clause: clause, Text: text, Scenarios: scenarios,
		parts: func(b *system.System, _ []Fairness) []Property {
			return []Property{did(name, b, f)}
		},
	}
}
