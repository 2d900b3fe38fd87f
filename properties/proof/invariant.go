package proof

import (
	"finwait/model"
	"finwait/properties/proof/smt"
)

// Conjunct is one part of an invariant.
type Conjunct struct {
	Name string
	Why  string // a sentence: why it is needed
	of   func(t *Theory, s, p *Side, i int) Term
	seg  func(t *Theory, g *Segment, s, p *Side, i int) Term
}

// Invariant lists what holds in every state, of each side s with its peer p. i is the place of s.
func Invariant() []Conjunct { return stateConjuncts }

// SegmentInvariant lists what holds of every segment g that s has ever sent to
// p, for as long as it may be in flight: for ever.
func SegmentInvariant() []Conjunct { return segmentConjuncts }

var (
	num   = smt.Number
	le    = smt.Le
	lt    = smt.Lt
	eq    = smt.Eq
	and   = smt.And
	or    = smt.Or
	not   = smt.Not
	given = smt.Implies
)

var stateConjuncts = []Conjunct{
	{
		Name: "sent-before-acknowledged",
		Why:  "SND.UNA comes from acknowledgments, and these from RCV.NXT of the peer: nothing is acknowledged that has not been received in order",
		of:   func(_ *Theory, s, p *Side, _ int) Term { return and(le(num(0), s.Una), le(s.Una, p.Rcv)) },
	},
	{
		Name: "received-before-sent",
		Why:  "RCV.NXT moves over what arrives, and only what was sent arrives",
		of:   func(_ *Theory, s, p *Side, _ int) Term { return le(p.Rcv, s.Nxt) },
	},
	{
		Name: "sent-before-written",
		Why:  "what is sent is what the user has written, and after CLOSE the FIN, one number more",
		of:   func(_ *Theory, s, _ *Side, _ int) Term { return le(s.Nxt, smt.Add(s.Wr, smt.One(s.Cl))) },
	},
	{
		Name: "read-before-received",
		Why:  "the user reads what is received in order; the FIN is not read",
		of:   func(_ *Theory, s, _ *Side, _ int) Term { return and(le(num(0), s.Read), le(s.Read, s.octets())) },
	},
	{
		Name: "delivered-what-was-read",
		Why:  "what leaves the buffer reaches the user: without it the count says nothing of the stream",
		of:   func(_ *Theory, s, _ *Side, _ int) Term { return eq(s.Dl, s.Read) },
	},
	{
		Name: "end-after-all",
		Why:  "the end of the stream is told when the FIN is received and everything before it read",
		of: func(_ *Theory, s, _ *Side, _ int) Term {
			return and(eq(s.Eof, s.Told), given(s.Eof, and(s.Rf, eq(s.Read, s.octets()))))
		},
	},
	{
		Name: "fin-received",
		Why:  "that the FIN is received, and that RCV.NXT is past its number, are the same: the number and the flag must not part",
		of:   func(_ *Theory, s, p *Side, _ int) Term { return eq(p.Rf, eq(p.Rcv, s.pastFIN())) },
	},
	{
		Name: "state",
		Why:  "the state says whether CLOSE was called, the peer's FIN received, the own FIN sent and acknowledged: so the reactions to a segment, which look at the state, are those to what has happened",
		of:   stateFits,
	},
	{
		Name: "ended",
		Why:  "who has closed in order has its own FIN acknowledged and the peer's received, for ever",
		of: func(_ *Theory, s, _ *Side, _ int) Term {
			return and(
				eq(s.in(model.Closed), smt.Ne(s.End, end(NotEnded))),
				given(s.ended(ByLastAck, ByTimeWait), and(s.Cl, s.Rf, eq(s.Una, s.pastFIN()), eq(s.Nxt, s.pastFIN()))),
				le(end(NotEnded), s.End), le(s.End, end(ByTimeout)))
		},
	},
	{
		Name: "held-before-sent",
		Why:  "what is held out of order was sent, and is text: RCV.NXT may come to its end at once, when the hole before it is filled",
		of: func(_ *Theory, s, p *Side, _ int) Term {
			return and(le(num(0), p.HMax), le(p.HMax, s.Nxt), le(p.HMax, s.Wr))
		},
	},
	{
		Name: "held-fin",
		Why:  "a held FIN stands where the peer's text ends: when RCV.NXT comes there, everything has come",
		of: func(_ *Theory, s, p *Side, _ int) Term {
			return given(p.Hf, and(s.Cl, eq(p.Hfp, s.Wr), eq(s.Nxt, s.pastFIN())))
		},
	},
	{
		Name: "held-octet",
		Why:  "what is held is below the end of what is held, and has the value that was written: the hole is filled before it is passed, and with the right octets behind it",
		of: func(t *Theory, _, p *Side, i int) Term {
			return given(p.Held, and(lt(t.X[i], p.HMax), eq(p.Val, t.C[i])))
		},
	},
	{
		Name: "received-octet",
		Why:  "every octet below RCV.NXT has the value that was written, for any octet: counts alone do not see a hole",
		of: func(t *Theory, _, p *Side, i int) Term {
			return given(lt(t.X[i], p.octets()), eq(p.Val, t.C[i]))
		},
	},
	{
		Name: "delivered-octet",
		Why:  "and so has every octet that the user was given",
		of: func(t *Theory, _, p *Side, i int) Term {
			return given(lt(t.X[i], p.Dl), eq(p.Out, t.C[i]))
		},
	},
	{
		Name: "last-ack-fin",
		Why:  "whoever has a FIN that was sent in LAST-ACK, received or held, had its own acknowledged by that segment: so it goes to TIME-WAIT, and not to CLOSING, and LAST-ACK faces one who has closed too",
		of: func(_ *Theory, s, p *Side, _ int) Term {
			return given(and(s.lastAck(), or(p.Rf, p.Hf)), and(p.Cl, eq(p.Una, p.pastFIN())))
		},
	},
	{
		Name: "time-wait-outlasts",
		Why:  "TIME-WAIT ends after the peer needs it no more (2MSL): otherwise CLOSED would answer the peer's FIN by a RST",
		of: func(_ *Theory, s, p *Side, _ int) Term {
			return given(s.ended(ByTimeWait), p.in(model.TimeWait, model.Closed))
		},
	},
	{
		Name: "reset-ends-time-wait-alone",
		Why:  "if nobody gives up, a RST comes from a peer that has closed in order, and meets TIME-WAIT",
		of: func(_ *Theory, s, p *Side, _ int) Term {
			return given(and(orderly(s, p), s.ended(ByReset)), p.in(model.Closed))
		},
	},
}

// stateFits is what each state says.
func stateFits(_ *Theory, s, _ *Side, _ int) Term {
	says := func(st model.State, cl, rf Term, more ...Term) Term {
		return given(s.in(st), and(eq(s.Cl, cl), eq(s.Rf, rf), and(more...)))
	}
	ackedText := le(s.Una, s.Wr)
	acked := eq(s.Una, s.pastFIN())
	return and(
		not(s.in(model.Listen, model.SynSent, model.SynReceived)), le(state(model.Closed), s.St), le(s.St, state(model.TimeWait)),
		says(model.Established, smt.False, smt.False, ackedText),
		says(model.FinWait1, smt.True, smt.False, ackedText),
		says(model.FinWait2, smt.True, smt.False, acked),
		given(s.in(model.CloseWait), and(s.Rf, ackedText, le(s.Nxt, s.Wr))),
		says(model.Closing, smt.True, smt.True, ackedText),
		says(model.LastAck, smt.True, smt.True, ackedText, eq(s.Nxt, s.pastFIN())),
		says(model.TimeWait, smt.True, smt.True, acked),
	)
}

var segmentConjuncts = []Conjunct{
	{
		Name: "sent",
		Why:  "a segment occupies numbers that were sent",
		seg: func(_ *Theory, g *Segment, s, _ *Side, _ int) Term {
			return given(not(g.Rst), and(le(num(0), g.Seq), le(smt.Add(g.textEnd(), smt.One(g.Fin)), s.Nxt)))
		},
	},
	{
		Name: "text",
		Why:  "text lies within what was written: no text has the FIN's number, or lies behind it",
		seg: func(_ *Theory, g *Segment, s, _ *Side, _ int) Term {
			return given(lt(num(0), g.Len), le(g.textEnd(), s.Wr))
		},
	},
	{
		Name: "fin",
		Why:  "a FIN is sent after CLOSE and stands where the text ends: it has one number, whenever it is sent",
		seg: func(_ *Theory, g *Segment, s, _ *Side, _ int) Term {
			return given(g.Fin, and(s.Cl, eq(g.textEnd(), s.Wr)))
		},
	},
	{
		Name: "ack",
		Why:  "what is acknowledged has been received; RCV.NXT never goes back, so an old acknowledgment stays true",
		seg: func(_ *Theory, g *Segment, s, _ *Side, _ int) Term {
			return given(not(g.Rst), le(g.Ack, s.Rcv))
		},
	},
	{
		Name: "octet",
		Why:  "each octet of the text is the one that was written there",
		seg: func(t *Theory, g *Segment, _, _ *Side, i int) Term {
			return given(g.covers(t.X[i]), eq(g.Val, t.C[i]))
		},
	},
	{
		Name: "last-ack-fin",
		Why:  "a FIN that is sent in LAST-ACK acknowledges the peer's: who receives it has both, and goes to TIME-WAIT",
		seg: func(_ *Theory, g *Segment, s, p *Side, _ int) Term {
			return given(and(g.Fin, s.lastAck()), and(p.Cl, eq(g.Ack, p.pastFIN())))
		},
	},
	{
		Name: "reset",
		Why:  "a RST comes from CLOSED; if nobody gives up, it goes to one who is in TIME-WAIT, or CLOSED too",
		seg: func(_ *Theory, g *Segment, s, p *Side, _ int) Term {
			return given(g.Rst, and(s.in(model.Closed), given(orderly(s, p), p.in(model.TimeWait, model.Closed))))
		},
	},
}
