package properties

import (
	"finwait/model"
	"finwait/model/system"
)

// hears reports whether what i has received came from its peer as it is now,
// and not from an earlier incarnation, which the record of the peer's user
// tells nothing about any more.
func hears(i, p *system.Side) bool { return i.Met == p.Incarnation }

// paired reports whether the two sides are, or were, of one connection.
func paired(i, p *system.Side) bool {
	return hears(i, p) && (hears(p, i) || p.Met == 0)
}

func noOldSegments() Claim {
	return Claim{
		Number: "S10", Name: "incarnations", Kind: Step, Clause: "3.4.1, 3.4.3",
		Text: "no segment of an earlier incarnation is accepted: none advances SND.UNA or RCV.NXT, or is held, no RST of one is obeyed, " +
			"no SYN of one becomes a connection",
		Scenarios: in("reincarnation"),
		parts: func(b *system.System, _ []Fairness) []Property {
			return []Property{
				asked("incarnations", b,
					func(s *system.Side, x *system.Happening) bool { return arrived(x) && isOld(s, x.Event.Segment) },
					func(_ *system.Side, x *system.Happening) bool { return !accepts(x) }),
				asked("incarnations (SYN)", b,
					func(_ *system.Side, x *system.Happening) bool { return opened(x) },
					func(s *system.Side, x *system.Happening) bool {
						from := system.TagOf(x.Event.Segment).From
						return from == 0 || from == s.Met
					}),
			}
		},
	}
}

// isOld: the segment that arrives at s comes from an incarnation before the one
// with which s has synchronized, or was meant for one of s before its own.
func isOld(s *system.Side, g model.Segment) bool {
	t := system.TagOf(g)
	return t.From != 0 && t.From < s.Met || t.To != 0 && t.To < s.Incarnation
}

// accepts: the machine believes something that the segment says. To turn it
// away, with or without an acknowledgment or a RST, is not to believe it; nor is
// to answer a SYN, as long as nobody acknowledges the answer.
func accepts(x *system.Happening) bool {
	c, d := &x.Before, &x.After
	switch {
	case x.Event.Segment.Has(model.RST):
		return c.State != d.State
	case opened(x):
		return true
	case c.State < model.SynSent || d.State < model.SynSent:
		return c.State == model.LastAck || c.State == model.TimeWait // the ACK of the FIN
	case c.State == model.SynSent:
		return c.SND.UNA != d.SND.UNA
	}
	return c.SND.UNA != d.SND.UNA || c.RCV.NXT != d.RCV.NXT || c.Held != d.Held || c.Is(model.FINHeld) != d.Is(model.FINHeld)
}

// opened: the handshake is over.
func opened(x *system.Happening) bool {
	for t := range x.Fx.Took {
		if t.Trigger == model.RcvACKofSYN || t.Trigger == model.RcvSYNACK {
			return true
		}
	}
	return false
}

func halfOpenReset() Claim {
	return Claim{
		Number: "S14", Name: "half-open", Kind: Safety, Clause: "3.5.1, 3.10.7.1",
		Text: "half-open: a segment in flight to a CLOSED peer yields a RST that ends the connection of its sender, " +
			"if both arrive while SEG.ACK is the sender's RCV.NXT",
		Scenarios: in("refused", "crash"),
		Network:   true,
		parts: func(b *system.System, _ []Fairness) []Property {
			return []Property{always("half-open",
				func(i, p *system.Side) bool { return closed(p) && i.Injected == 0 && anyOf(i, attempts) },
				func(i, p *system.Side) bool {
					return !anyOf(i, func(i *system.Side, g model.Segment) bool { return attempts(i, g) && !endedBy(b, i, p, g) })
				})}
		},
	}
}

func anyOf(i *system.Side, f func(*system.Side, model.Segment) bool) bool {
	for _, g := range i.InFlight() {
		if f(i, g) {
			return true
		}
	}
	return false
}

// attempts: "an attempt is made to send data" [3.5.1], or anything but a RST, on
// the connection that i has now; and SEG.ACK, if there is one, is as it would be
// in a segment that i sent now.
func attempts(i *system.Side, g model.Segment) bool {
	switch {
	case g.Has(model.RST), system.TagOf(g).From != i.Incarnation:
		return false
	case i.State == model.SynSent:
		return g.SEQ == i.SND.ISS && !g.Has(model.ACK)
	}
	return i.State >= model.SynReceived && g.Has(model.ACK) && g.ACK == i.RCV.NXT
}

// endedBy asks both machines: what would p, which is CLOSED, reply to g, and
// what would become of i by that?
func endedBy(b *system.System, i, p *system.Side, g model.Segment) bool {
	list, _ := b.Happenings(*p, system.Action{Kind: system.Deliver, Segment: g})
	if len(list) == 0 || !list[0].Fx.Sends || !list[0].Fx.Segment.Has(model.RST) {
		return false
	}
	if i.State == model.TimeWait && b.Options.TimeWaitIgnoresRST {
		return true
	}
	_, after := b.Happenings(*i, system.Action{Kind: system.Deliver, Segment: list[0].Fx.Segment})
	return after.State == model.Closed || after.State == model.Listen && i.Is(model.Passive)
}

func oldConnectionLeft() Claim {
	return Claim{
		Number: "L7", Name: "half-open-ends", Kind: Liveness, Clause: "3.5.1",
		Text: "after a crash both leave the old connection, if someone sends: who has something to send, or outstanding, comes to CLOSED or LISTEN, " +
			"once nothing is in flight any more that the peer sent before",
		Fairness:  baseBut("close", "receive", "2msl", "msl"),
		Scenarios: in("crash"),
		Network:   true,
		parts: func(_ *system.System, fair []Fairness) []Property {
			return leads("half-open-ends", fair,
				func(i, p *system.Side) bool {
					return i.State >= model.SynReceived && forgotten(i, p) && !lastWords(i, p) && (i.SND.UNA != i.SND.NXT || i.Unsent() > 0)
				},
				func(i, _ *system.Side) bool { return i.State <= model.Listen })
		},
	}
}

// forgotten: the peer has crashed, and perhaps opened again since; nobody but i
// knows of the connection that i has.
func forgotten(i, p *system.Side) bool {
	return p.Crashes > 0 && (hears(i, p) && p.Ended == system.EndedCrash || i.Met != 0 && i.Met < p.Incarnation)
}

// lastWords: something that the peer sent before it crashed is still in flight,
// and may acknowledge what i has outstanding.
func lastWords(i, p *system.Side) bool {
	return anyOf(p, func(_ *system.Side, g model.Segment) bool {
		return !g.Has(model.RST) && system.TagOf(g).From == i.Met
	})
}

// silent: after a crash i waits for a FIN that will not come, and sends nothing
// by which it could be told.
func silent(i, p *system.Side) bool { return i.State == model.FinWait2 && forgotten(i, p) }

// incarnationWitnesses are what must be reachable where a user may OPEN again.
func incarnationWitnesses() []Claim {
	return []Claim{
		state("W25", "half-open-discovery", "3.5.1 figure 9",
			"the SYN of the next incarnation meets the old connection: its acknowledgment draws the RST that ends it", in("crash"),
			either(func(i, p *system.Side) bool {
				return i.Ended == system.EndedReset && p.State == model.SynSent && forgotten(i, p)
			})),
		state("W26", "active-discovery", "3.5.1 figure 10",
			"text sent on a connection of which the peer knows nothing draws the RST that ends it", in("crash"),
			either(func(i, p *system.Side) bool {
				return i.Ended == system.EndedReset && i.User.Sent > 0 && p.Ended == system.EndedCrash && hears(i, p)
			})),
		networked(state("W27", "silent-half-open", "3.5.1",
			"nobody sends, and nobody notices: FIN-WAIT-2 against a peer that has crashed, nothing in flight, nothing armed", in("crash"),
			either(func(i, p *system.Side) bool {
				return silent(i, p) && p.Ended == system.EndedCrash && i.NumNet == 0 && p.NumNet == 0 && !i.Is(model.ACKPending)
			}))),
		event("W28", "old-duplicate", "3.4.1",
			"a segment of the earlier incarnation arrives at the next one", in("reincarnation", "crash"),
			func(s *system.Side, x *system.Happening) bool {
				return arrived(x) && x.Before.State >= model.Listen && isOld(s, x.Event.Segment)
			}),
		state("W29", "second-incarnation", "3.4.1", "both sides are ESTABLISHED in their second incarnation", in("reincarnation"),
			each(func(i *system.Side) bool { return i.State == model.Established && i.Incarnation == 2 })),
	}
}
