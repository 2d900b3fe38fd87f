package properties

import (
	"finwait/model"
	"finwait/model/system"
)

// thirdPartyClaims are what RFC 5961 promises to whoever is spoken to by others
// than its peer, and what is promised of segments that no honest peer sends.
func thirdPartyClaims() []Claim {
	return []Claim{
		{
			Number: "S15", Name: "no-ack-no-effect", Kind: Step, Clause: "3.10.7.4 fifth",
			Text:      "an acceptable segment with neither ACK, RST nor SYN has no effect in a synchronized state",
			Scenarios: injected,
			parts: func(b *system.System, _ []Fairness) []Property {
				return []Property{asked("no-ack-no-effect", b,
					func(_ *system.Side, x *system.Happening) bool {
						return arrived(x) && x.Before.State.Synchronized() && acceptable(x) &&
							x.Event.Segment.CTL&(model.ACK|model.RST|model.SYN) == 0
					},
					func(_ *system.Side, x *system.Happening) bool { return nothingChanges(x) && !x.Fx.Sends })}
			},
		},
		{
			Number: "S16", Name: "reset-at-the-edge", Kind: Step, Clause: "3.10.7.4 second",
			Text: "a RST has an effect only at RCV.NXT, whoever sends it: elsewhere in the window it is answered by a challenge ACK, " +
				"and outside it is dropped",
			Scenarios: and(in("lifecycle", "simultaneous-open", "abort"), injected...),
			parts: func(b *system.System, _ []Fairness) []Property {
				return []Property{asked("reset-at-the-edge", b,
					func(_ *system.Side, x *system.Happening) bool {
						return arrived(x) && x.Before.State >= model.SynReceived && x.Event.Segment.Has(model.RST) &&
							x.Event.Segment.SEQ != x.Before.RCV.NXT
					},
					func(_ *system.Side, x *system.Happening) bool {
						if !nothingChanges(x) {
							return false
						}
						inWindow := x.Event.Segment.SEQ.In(x.Before.RCV.NXT, x.Before.RCV.WND)
						if !inWindow || x.Fx.Clauses.Has(model.ClRSTIgnored) { // RFC 1337 asks for no answer
							return !x.Fx.Sends
						}
						return challenges(x)
					})}
			},
		},
		{
			Number: "S17", Name: "syn-never-resets", Kind: Step, Clause: "3.10.7.4 fourth",
			Text: "a SYN in a synchronized state changes nothing, whatever its sequence number and whoever sends it: " +
				"it is answered by a challenge ACK",
			Scenarios: and(in("lifecycle", "simultaneous-open", "reincarnation", "crash"), injected...),
			parts: func(b *system.System, _ []Fairness) []Property {
				return []Property{asked("syn-never-resets", b,
					func(_ *system.Side, x *system.Happening) bool {
						return arrived(x) && x.Before.State.Synchronized() && x.Event.Segment.Has(model.SYN) &&
							!x.Event.Segment.Has(model.RST)
					},
					func(_ *system.Side, x *system.Happening) bool { return nothingChanges(x) && challenges(x) })}
			},
		},
	}
}

// nothingChanges: the connection is as it was, and its user hears nothing. (An
// acknowledgment that was pending may have left with the reply.)
func nothingChanges(x *system.Happening) bool {
	before, after := x.Before, x.After
	if x.Fx.Sends {
		before.Flags &^= model.ACKPending
		after.Flags &^= model.ACKPending
	}
	return before == after && x.Fx.Notices == 0 && x.Fx.NumArrows == 0
}

// challenges: the reply is <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>, and no other.
func challenges(x *system.Happening) bool {
	g := x.Fx.Segment
	return x.Fx.Sends && g.CTL == model.ACK && g.TXT == 0 && g.SEQ == x.Before.SND.NXT && g.ACK == x.Before.RCV.NXT
}

// thirdPartyWitnesses are what a third party brings about in spite of it all.
func thirdPartyWitnesses() []Claim {
	return []Claim{
		event("W20", "forged-reset", "3.10.7.4 second", "a forged RST at RCV.NXT ends an open connection", in("injector"),
			func(_ *system.Side, x *system.Happening) bool {
				return arrived(x) && x.Before.State == model.Established && x.After.State == model.Closed
			}),
		event("W21", "challenge", "3.10.7.4 second", "a forged RST in the window is answered by a challenge ACK", injected,
			func(_ *system.Side, x *system.Happening) bool {
				return x.Fx.Clauses.Has(model.ClRSTChallenge) && challenges(x)
			}),
		event("W22", "assassination", "3.10.7.4 second", "a RST ends TIME-WAIT (RFC 1337)", in("injector"),
			func(_ *system.Side, x *system.Happening) bool {
				return arrived(x) && x.Before.State == model.TimeWait && x.After.State == model.Closed
			}),
		state("W23", "syn-fin-half-closes", "3.10.7.2 third",
			"a forged SYN,FIN makes a passive OPEN a connection that is already half-closed: CLOSE-WAIT, and the peer has sent no FIN",
			in("injector-open"), either(func(i, p *system.Side) bool {
				return i.State == model.CloseWait && i.Is(model.Passive) && p.FINAt == 0
			})),
		event("W24", "back-to-listen", "3.10.7.4 fourth", "a forged SYN in the window sends SYN-RECEIVED back to LISTEN", in("injector-open"),
			func(_ *system.Side, x *system.Happening) bool { return x.Fx.Clauses.Has(model.ClSYNPassive) }),
	}
}
