package properties

import (
	"finwait/model"
	"finwait/model/system"
)

// arrivalClaims are of what arrives, and of what is left behind: claims that
// mutants of the machine showed to be missing.
func arrivalClaims() []Claim {
	return []Claim{
		{
			Number: "S20", Name: "in-order-received", Kind: Step, Clause: "3.10.7.4 first, seventh, eighth",
			Text:      "what arrives in order and inside the window is received, however old what comes with it is: text, and the FIN behind it (but nothing behind a FIN that is held)",
			Scenarios: and(connected, injected...),
			parts: func(b *system.System, _ []Fairness) []Property {
				return []Property{asked("in-order-received", b,
					func(_ *system.Side, x *system.Happening) bool { return inOrder(x) && !outside(b, x) },
					func(_ *system.Side, x *system.Happening) bool {
						edge := x.Before.RCV.NXT.Add(x.Before.RCV.WND)
						if x.Before.Is(model.FINHeld) {
							edge = earlier(edge, x.Before.RCV.FIN.Add(1)) // a third party's, perhaps: the stream ends here all the same
						}
						return x.After.State == model.Closed || earlier(endOf(x.Event.Segment), edge).AtMost(x.After.RCV.NXT)
					})}
			},
		},
		{
			Number: "S21", Name: "unacceptable-dropped", Kind: Step, Clause: "3.10.7.4 first",
			Text:      "a segment outside the window (Table 6) changes nothing: it is dropped, and answered unless it is a RST; in a window of zero no text or FIN is taken",
			Scenarios: and(connected, injected...),
			parts: func(b *system.System, _ []Fairness) []Property {
				return []Property{asked("unacceptable-dropped", b,
					func(_ *system.Side, x *system.Happening) bool { return outside(b, x) },
					func(_ *system.Side, x *system.Happening) bool {
						left := x.Before
						if x.Fx.Sends {
							left.Flags &^= model.ACKPending // the answer settles it
						}
						return x.After == left && x.Fx.Sends != x.Event.Segment.Has(model.RST)
					}), asked("unacceptable-dropped (shut)", b,
					func(_ *system.Side, x *system.Happening) bool { return shut(b, x) },
					func(_ *system.Side, x *system.Happening) bool {
						return x.After.State == model.Closed || x.After.State == model.Listen || x.After.RCV.NXT == x.Before.RCV.NXT &&
							x.After.NumHeld == x.Before.NumHeld && x.After.Is(model.FINHeld) == x.Before.Is(model.FINHeld)
					})}
			},
		},
		{
			Number: "S22", Name: "invariants", Kind: Safety, Clause: "3.3.1, 3.4",
			Text:      "the variables of a TCB fit its state and each other: the numbered invariants of TCB.Valid",
			Scenarios: and(everywhere, injected...),
			parts: func(*system.System, []Fairness) []Property {
				return []Property{always("invariants",
					func(i, _ *system.Side) bool { return !i.Broken },
					func(i, _ *system.Side) bool { return i.Valid() == nil })}
			},
		},
	}
}

// length is SEG.LEN, "the number of octets occupied by the data in the segment
// (counting SYN and FIN)" [3.4]; the claims do not ask the machine for it.
func length(g model.Segment) uint32 {
	n := g.TXT
	if g.CTL&model.SYN != 0 {
		n++
	}
	if g.CTL&model.FIN != 0 {
		n++
	}
	return n
}

// endOf is SEG.SEQ+SEG.LEN.
func endOf(g model.Segment) model.Seq { return g.SEQ.Add(length(g)) }

func earlier(x, y model.Seq) model.Seq {
	if x.AtMost(y) {
		return x
	}
	return y
}

// inOrder: something new in g is the next thing expected, in a state that
// still receives, and nothing in g forbids taking it.
func inOrder(x *system.Happening) bool {
	g, c := x.Event.Segment, &x.Before
	if !arrived(x) || g.CTL&(model.RST|model.SYN|model.ACK) != model.ACK || c.SND.NXT.Before(g.ACK) || c.Is(model.NoReader) {
		return false
	}
	switch c.State {
	case model.SynReceived:
		if !c.SND.UNA.Before(g.ACK) {
			return false
		}
	case model.Established, model.FinWait1, model.FinWait2:
	default:
		return false
	}
	return g.SEQ.AtMost(c.RCV.NXT) && c.RCV.NXT.Before(endOf(g)) && c.RCV.WND > 0
}

// acceptable is Table 6 of 3.10.7.4, for a segment that arrives.
func acceptable(x *system.Happening) bool {
	g, c := x.Event.Segment, &x.Before
	in := func(q model.Seq) bool { return q.From(c.RCV.NXT) < c.RCV.WND }
	switch n := length(g); {
	case c.RCV.WND == 0:
		return n == 0 && g.SEQ == c.RCV.NXT
	case n == 0:
		return in(g.SEQ)
	default:
		return in(g.SEQ) || in(endOf(g)-1)
	}
}

// outside: g is not acceptable by Table 6, nor by the readings that widen it.
// Table 6 looks at the first and the last number of g: one that begins before
// the window and ends behind it is outside, although it covers the window.
func outside(b *system.System, x *system.Happening) bool {
	g, c := x.Event.Segment, &x.Before
	if !arrived(x) || c.State < model.SynReceived {
		return false
	}
	if b.Options.SeqCheckGont && g.SEQ == c.RCV.NXT-1 ||
		b.Options.SimultaneousSYNACK && c.State == model.SynReceived && g.SEQ == c.RCV.IRS {
		return false
	}
	if c.RCV.WND == 0 {
		return g.SEQ != c.RCV.NXT // at RCV.NXT an ACK or a RST is heard all the same; what else it carries: see shut
	}
	return !acceptable(x)
}

// shut: text or a FIN arrives at RCV.NXT when the window has no room; the
// reading that takes a FIN all the same is left out.
func shut(b *system.System, x *system.Happening) bool {
	g, c := x.Event.Segment, &x.Before
	return arrived(x) && c.State >= model.SynReceived && c.RCV.WND == 0 && g.SEQ == c.RCV.NXT && length(g) > 0 &&
		!b.Options.ZeroWindowFIN
}
