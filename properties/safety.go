package properties

import (
	"slices"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

var (
	// orderly are those in which nobody aborts, crashes or loses data, and a connection comes about.
	orderly = in("close", "half-close", "simultaneous-close", "loss-free", "lifecycle", "simultaneous-open", "reincarnation", "zero-window", "timed")
	// connected are those in which a connection comes about.
	connected = slices.Concat(orderly, in("abort", "crash", "half-duplex"))
	// all of them.
	everywhere = slices.Concat(connected, in("refused"))
	// injected are those with a third party.
	injected = in("injector", "injector-open")
)

// and is a list of scenarios and some more.
func and(list []string, more ...string) []string { return slices.Concat(list, more) }

func safetyClaims() []Claim {
	return []Claim{
		{
			Number: "S1", Name: "prefix", Kind: Safety, Clause: "3.6.1, 3.10.7.4 seventh",
			Text:      "the octets delivered at i are a prefix of the octets sent by its peer, after a half-close too",
			Scenarios: and(connected, "injector"),
			parts: func(*system.System, []Fairness) []Property {
				return []Property{always("prefix",
					func(i, p *system.Side) bool { return (i.User.Next > 0 || i.User.Hole) && hears(i, p) },
					func(i, p *system.Side) bool { return !i.User.Hole && i.User.Next <= p.User.Sent })}
			},
		},
		{
			Number: "S2", Name: "eof-honesty", Kind: Safety, Clause: "3.10.7.4 eighth",
			Text:      "the end of the stream at i means that its peer did CLOSE and all of its octets are delivered at i",
			Scenarios: and(connected, "injector"),
			parts: func(*system.System, []Fairness) []Property {
				return []Property{always("eof-honesty",
					func(i, p *system.Side) bool { return i.User.EOF && hears(i, p) },
					func(i, p *system.Side) bool { return p.User.Closed && i.User.Next == p.User.Sent && !i.User.Hole })}
			},
		},
		{
			Number: "S3", Name: "fin-ack-honesty", Kind: Safety, Clause: "3.10.7.4 fifth",
			Text: "i is in FIN-WAIT-2 or TIME-WAIT, or left LAST-ACK without a RST, only if RCV.NXT of its peer has once been past i's FIN",
			// simultaneous-close knows no LAST-ACK, but FIN-WAIT-2 and TIME-WAIT.
			Scenarios: and(connected, injected...),
			parts: func(*system.System, []Fairness) []Property {
				return []Property{always("fin-ack-honesty",
					func(i, p *system.Side) bool { return finAcknowledged(i, p) && paired(i, p) },
					func(_, p *system.Side) bool { return p.GotFIN })}
			},
		},
		{
			Number: "S4", Name: "no-ack-of-the-unsent", Kind: Safety, Clause: "3.4",
			Text:      "SND.UNA =< SND.NXT, and the peer's RCV.NXT =< SND.NXT, within one pair of TCBs",
			Scenarios: and(connected, "injector"),
			parts: func(*system.System, []Fairness) []Property {
				return []Property{always("no-ack-of-the-unsent",
					func(i, _ *system.Side) bool { return i.State >= model.SynSent },
					func(i, p *system.Side) bool {
						return i.SND.UNA.AtMost(i.SND.NXT) && (p.State < model.SynReceived || !hears(p, i) || p.RCV.NXT.AtMost(i.SND.NXT))
					})}
			},
		},
		{
			Number: "S5", Name: "one-fin", Kind: Step, Clause: "3.6, 3.8.1",
			Text:      "a side's FIN has one sequence number, nothing that occupies sequence space lies above it, and the octet at a sequence number never changes",
			Scenarios: and(connected, injected...),
			parts: func(b *system.System, _ []Fairness) []Property {
				return []Property{asked("one-fin", b,
					func(_ *system.Side, x *system.Happening) bool {
						return x.Fx.Sends && length(x.Fx.Segment) > 0 && !x.Fx.Segment.Has(model.RST)
					},
					func(s *system.Side, x *system.Happening) bool { return sentInPlace(b, s, x.Fx.Segment) })}
			},
		},
		{
			Number: "S6", Name: "rcv-nxt-monotone", Kind: Step, Clause: "3.10.7.4 seventh, eighth",
			Text:      "RCV.NXT never goes back within one TCB, and stands still after the FIN",
			Scenarios: and(connected, injected...),
			parts: func(*system.System, []Fairness) []Property {
				return []Property{checker.AlwaysSideStepWhen("rcv-nxt-monotone",
					func(h Half) bool { return h.From.State >= model.SynReceived && h.To.State >= model.SynReceived },
					func(h Half) bool {
						if h.From.Is(model.FINReceived) {
							return h.To.RCV.NXT == h.From.RCV.NXT
						}
						return h.From.RCV.NXT.AtMost(h.To.RCV.NXT)
					})}
			},
		},
		{
			Number: "S7", Name: "figure", Kind: Step, Clause: "3.3.2, notes 1 to 3",
			Text:      "the state moves only along the arrows of Figure 5 and of the text of 3.10, and the machine never panics",
			Scenarios: and(everywhere, injected...),
			parts: func(b *system.System, _ []Fairness) []Property {
				return []Property{
					asked("figure", b,
						func(_ *system.Side, x *system.Happening) bool { return x.Before.State != x.After.State },
						func(_ *system.Side, x *system.Happening) bool { return mayMove(x) }),
					checker.Always[system.Action]("figure (no panic)",
						func(v View) bool { return !v.A.Broken && !v.B.Broken }),
				}
			},
		},
		{
			Number: "S8", Name: "reset-form", Kind: Step, Clause: "3.10.7.1, 3.10.5",
			Text: "no RST answers a RST; one in reply carries SEQ=SEG.ACK, or without an ACK SEQ=0, ACK=SEG.SEQ+SEG.LEN; ABORT sends one, with SEQ=SND.NXT, but for CLOSING and later",
			Scenarios: and(in("close", "half-close", "loss-free", "lifecycle", "simultaneous-open", "abort", "refused",
				"reincarnation", "crash", "zero-window", "half-duplex", "timed"), injected...),
			parts: func(b *system.System, _ []Fairness) []Property {
				return []Property{
					asked("reset-form", b,
						func(_ *system.Side, x *system.Happening) bool {
							return x.Fx.Sends && x.Fx.Segment.Has(model.RST)
						},
						func(_ *system.Side, x *system.Happening) bool { return resetInForm(x) }),
					asked("reset-form (ABORT)", b,
						func(_ *system.Side, x *system.Happening) bool { return abortsAloud(x) },
						func(_ *system.Side, x *system.Happening) bool { return x.Fx.Sends && x.Fx.Segment.Has(model.RST) }),
				}
			},
		},
		{
			Number: "S9", Name: "no-spurious-reset", Kind: Step, Clause: "3.5.2, 3.10.7.4 second",
			Text:      "nobody aborts: no RST is accepted but in TIME-WAIT, once the own SYN is acknowledged",
			Scenarios: orderly,
			parts: func(b *system.System, _ []Fairness) []Property {
				return []Property{asked("no-spurious-reset", b,
					func(_ *system.Side, x *system.Happening) bool {
						return arrived(x) && x.Before.State > model.SynReceived && x.Before.SND.ISS.Before(x.Before.SND.UNA)
					},
					func(_ *system.Side, x *system.Happening) bool {
						return !x.Fx.Clauses.Has(model.ClRST) || x.Before.State == model.TimeWait
					})}
			},
		},
		noOldSegments(),
		{
			Number: "S11", Name: "compatible-pairs", Kind: Safety, Clause: "3.10.7.4 fifth",
			Text: "who has closed from LAST-ACK has a peer in TIME-WAIT or CLOSED",
			Scenarios: in("close", "half-close", "loss-free", "lifecycle", "simultaneous-open", "abort", "injector",
				"reincarnation", "crash", "zero-window", "half-duplex", "timed"),
			parts: func(*system.System, []Fairness) []Property {
				return []Property{always("compatible-pairs",
					func(i, p *system.Side) bool { return i.Ended == system.EndedLastAck && paired(i, p) },
					func(_, p *system.Side) bool { return p.State == model.TimeWait || p.State == model.Closed })}
			},
		},
		{
			Number: "S12", Name: "bounded-replies", Kind: Step, Clause: "3.10.7.4 fifth",
			Text:      "an acceptable segment of length zero, not a RST, that does not acknowledge the unsent, causes no reply in a synchronized state",
			Scenarios: and(connected, "injector"),
			parts: func(b *system.System, _ []Fairness) []Property {
				return []Property{asked("bounded-replies", b,
					func(_ *system.Side, x *system.Happening) bool { return harmless(x) },
					func(_ *system.Side, x *system.Happening) bool {
						// Neither at once nor owed: an acknowledgment that is pending is a reply, too.
						return !x.Fx.Sends && (x.Before.Is(model.ACKPending) || !x.After.Is(model.ACKPending))
					})}
			},
		},
	}
}

// finAcknowledged: i believes that its FIN has been acknowledged.
func finAcknowledged(i, _ *system.Side) bool {
	switch i.State {
	case model.FinWait2:
		return true
	case model.TimeWait:
		return !i.Is(model.RSTSent)
	}
	return i.Ended == system.EndedLastAck
}

// sentInPlace: every symbol of g stands where it belongs in the stream of s.
func sentInPlace(b *system.System, s *system.Side, g model.Segment) bool {
	iss := b.FirstSEQ(s)
	last := (endOf(g) - 1).From(iss)
	if g.Has(model.SYN) {
		return g.SEQ == iss && g.TXT == 0
	}
	if g.TXT > 0 && (g.OCT != g.SEQ.From(iss)-1 || g.OCT+g.TXT > uint32(s.User.Sent)) {
		return false
	}
	if g.Has(model.FIN) && (last != uint32(s.FINAt) || last != uint32(s.User.Sent)+1) {
		return false
	}
	return s.FINAt == 0 || last <= uint32(s.FINAt)
}

// abortsAloud: an ABORT in one of the states in which "Send a reset segment"
// [3.10.5] is the first thing to do.
func abortsAloud(x *system.Happening) bool {
	s := x.Before.State
	return x.Event.Kind == model.CallABORT && s >= model.SynReceived && s <= model.CloseWait
}

// resetInForm: what is sent has the form that the RFC gives to a reset.
func resetInForm(x *system.Happening) bool {
	g, r := x.Event.Segment, x.Fx.Segment
	switch {
	case x.Event.Kind == model.CallABORT:
		return r.SEQ == x.Before.SND.NXT
	case !arrived(x):
		return x.Event.Kind == model.CallCLOSE && r.SEQ == x.Before.SND.NXT // half-duplex
	case g.Has(model.RST):
		return false
	case g.Has(model.ACK):
		return r.SEQ == g.ACK && !r.Has(model.ACK)
	default:
		return r.SEQ == 0 && r.Has(model.ACK) && r.ACK == endOf(g)
	}
}

// harmless: an acceptable segment that occupies nothing and asks for nothing.
func harmless(x *system.Happening) bool {
	g, c := x.Event.Segment, &x.Before
	return arrived(x) && c.State.Synchronized() && length(g) == 0 && !g.Has(model.RST) && acceptable(x) &&
		(!g.Has(model.ACK) || g.ACK.AtMost(c.SND.NXT))
}
