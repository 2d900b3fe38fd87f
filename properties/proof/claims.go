package proof

import (
	"finwait/model"
	"finwait/properties/proof/smt"
)

// Claim is a safety claim of the catalogue, as the proof states it.
type Claim struct {
	Number, Name string // as in the catalogue of properties
	Says         string // what is proved, where the catalogue's words need more
	state        func(t *Theory, i, p *Side, at int) Term
	segment      func(t *Theory, g *Segment, i, p *Side) Term
	step         func(t *Theory, a *Action) Term // of what the mover does
	anySegment   bool                            // step: also if what arrives was never sent by the other side
}

// Claims lists the safety claims that are proved.
func Claims() []Claim { return claims }

var claims = []Claim{
	{
		Number: "S1", Name: "prefix",
		Says: "what the user of i was given is no more than what the user of p has written, and octet x of it, any x, is the octet x that was written",
		state: func(t *Theory, i, p *Side, at int) Term {
			x := t.X[1-at]
			return and(le(i.Dl, p.Wr), given(and(le(num(0), x), lt(x, i.Dl)), eq(i.Out, t.C[1-at])))
		},
	},
	{
		Number: "S2", Name: "eof-honesty",
		Says:  "and what a user has written stays written: all of its octets are those that it has SENT",
		step:  func(t *Theory, a *Action) Term { return le(t.Sides[a.Mover].Wr, a.Post.Wr) },
		state: func(_ *Theory, i, p *Side, _ int) Term { return given(i.Eof, and(p.Cl, eq(i.Dl, p.Wr))) },
	},
	{
		Number: "S3", Name: "fin-ack-honesty",
		state: func(_ *Theory, i, p *Side, _ int) Term {
			return given(or(i.in(model.FinWait2, model.TimeWait), i.ended(ByLastAck)), eq(p.Rcv, i.pastFIN()))
		},
	},
	{
		Number: "S4", Name: "no-ack-of-the-unsent",
		state: func(_ *Theory, i, p *Side, _ int) Term { return and(le(i.Una, i.Nxt), le(p.Rcv, i.Nxt)) },
	},
	{
		Number: "S5", Name: "one-fin",
		Says: "a FIN has the number behind all that was written, no segment lies above it, and octet x of a segment is the octet x that was written",
		segment: func(t *Theory, g *Segment, i, _ *Side) Term {
			at := 0
			if i == &t.Sides[1] {
				at = 1
			}
			return given(not(g.Rst), and(
				given(g.Fin, and(i.Cl, eq(g.textEnd(), i.Wr))),
				le(smt.Add(g.textEnd(), smt.One(g.Fin)), i.pastFIN()),
				given(g.covers(t.X[at]), eq(g.Val, t.C[at]))))
		},
		step: func(t *Theory, a *Action) Term {
			s := &t.Sides[a.Mover]
			return given(s.Cl, and(a.Post.Cl, eq(a.Post.Wr, s.Wr)))
		},
	},
	{
		Number: "S6", Name: "rcv-nxt-monotone",
		step: func(t *Theory, a *Action) Term {
			s := &t.Sides[a.Mover]
			return and(le(s.Rcv, a.Post.Rcv), given(s.Rf, and(a.Post.Rf, eq(s.Rcv, a.Post.Rcv))))
		},
	},
	{
		Number: "S9", Name: "no-spurious-reset",
		step: func(t *Theory, a *Action) Term {
			s := &t.Sides[a.Mover]
			return given(and(orderly(s, &t.Sides[1-a.Mover]), not(s.ended(ByReset)), smt.Eq(a.Post.End, end(ByReset))), s.in(model.TimeWait))
		},
	},
	{
		Number: "S11", Name: "compatible-pairs",
		state: func(_ *Theory, i, p *Side, _ int) Term {
			return given(i.ended(ByLastAck), p.in(model.TimeWait, model.Closed))
		},
	},
	{
		Number: "S15", Name: "no-ack-no-effect",
		Says:       "a segment with neither ACK, RST nor SYN changes nothing, whoever sends it",
		anySegment: true,
		step: func(t *Theory, a *Action) Term {
			if !a.Arrives {
				return smt.True
			}
			var same []Term
			for _, f := range fields {
				same = append(same, eq(*f.of(&a.Post), *f.of(&t.Sides[a.Mover])))
			}
			g := &t.Arr
			return given(not(or(g.HasAck, g.Rst, g.Syn)), and(same...))
		},
	},
}
