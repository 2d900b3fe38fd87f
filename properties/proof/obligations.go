package proof

import (
	"strings"

	"finwait/model"
	"finwait/properties/proof/smt"
)

// Proof is all that is to be shown, under one choice of the invariant.
type Proof struct {
	*Theory
	states   []Conjunct
	segments []Conjunct
}

// Of is the proof with the theory, and without some conjuncts of the invariant.
func Of(t *Theory, without ...string) *Proof {
	p := &Proof{Theory: t}
	keep := func(kind string, list []Conjunct) (kept []Conjunct) {
		for _, c := range list {
			left := false
			for _, w := range without {
				left = left || w == kind+c.Name
			}
			if !left {
				kept = append(kept, c)
			}
		}
		return kept
	}
	p.states, p.segments = keep("", stateConjuncts), keep("segment/", segmentConjuncts)
	return p
}

// Names lists the conjuncts of both invariants, as Of leaves them out.
func Names() (list []string) {
	for _, c := range stateConjuncts {
		list = append(list, c.Name)
	}
	for _, c := range segmentConjuncts {
		list = append(list, "segment/"+c.Name)
	}
	return list
}

// holds is the invariant of the states of two sides.
func (p *Proof) holds(sides *[2]Side) []smt.Fact {
	var list []smt.Fact
	for i := range 2 {
		for _, c := range p.states {
			list = append(list, smt.Fact{Name: c.Name + " of " + roles[i], Term: c.of(p.Theory, &sides[i], &sides[1-i], i)})
		}
	}
	return list
}

// of is the invariant of a segment that the side in place i has sent.
func (p *Proof) of(g *Segment, sides *[2]Side, i int) []smt.Fact {
	var list []smt.Fact
	for _, c := range p.segments {
		list = append(list, smt.Fact{Name: c.Name, Term: c.seg(p.Theory, g, &sides[i], &sides[1-i], i)})
	}
	return list
}

// Part is a part of the proof: a file of obligations, and the action that it is about, if it is about one.
type Part struct {
	*smt.Group
	Action *Action
}

// Parts lists what is to be shown, file by file.
func (p *Proof) Parts() []Part {
	list := []Part{{p.initially(), nil}, {p.claimed(), nil}}
	for i := range 2 {
		for _, a := range p.Actions(i) {
			list = append(list, Part{p.kept(a), a})
			if a.Arrives {
				list = append(list, Part{p.whoeverSends(a), a})
			}
		}
	}
	list = append(list, p.ranking()...)
	return append(list, Part{modulo(), nil}, Part{p.ranges(), nil})
}

func must(name string, goal Term) smt.Obligation {
	return smt.Obligation{Name: name, Goal: goal, Expect: smt.Unsat}
}

func mustAll(prefix string, list []smt.Fact) (obligations []smt.Obligation) {
	for _, f := range list {
		obligations = append(obligations, must(prefix+f.Name, f.Term))
	}
	return obligations
}

func may(name string, goal Term) smt.Obligation {
	return smt.Obligation{Name: name, Goal: goal, Expect: smt.Sat}
}

// initially: two endpoints in ESTABLISHED that have sent nothing satisfy the invariant.
func (p *Proof) initially() *smt.Group {
	g := &smt.Group{Name: "initially", Text: "Initially both are ESTABLISHED, nothing was sent, and nothing is in flight."}
	for i := range 2 {
		g.Assume = append(g.Assume, smt.Fact{Name: roles[i] + " begins", Term: p.begins(i)})
	}
	g.Obligations = append(mustAll("", p.holds(&p.Sides)), may("possible", smt.True))
	return g
}

// begins is the state in which the side in place i begins: every number 0, and nothing said.
func (p *Proof) begins(i int) Term {
	s := p.Sides[i]
	var list []Term
	for _, f := range fields {
		switch t := *f.of(&s); {
		case f.name == "state":
			list = append(list, eq(t, state(model.Established)))
		case f.name == "x-buffered" || f.name == "x-delivered": // there is nothing yet, whatever it says
		case t.Sort() == smt.Bool:
			list = append(list, not(t))
		default:
			list = append(list, eq(t, num(0)))
		}
	}
	return and(append(list, le(num(0), p.X[1-i]))...)
}

// assumed is the invariant: of the state, and of octet x, which is an octet.
func (p *Proof) assumed() []smt.Fact {
	list := []smt.Fact{
		{Name: "x is a position in a stream", Term: and(le(num(0), p.X[0]), le(num(0), p.X[1]))},
		{Name: "no text has a negative length", Term: and(le(num(0), p.Arr.Len), le(num(0), p.Any.Len))},
	}
	return append(list, p.holds(&p.Sides)...)
}

// claimed: the invariant implies the claims about states and segments.
func (p *Proof) claimed() *smt.Group {
	g := &smt.Group{Name: "claims", Text: "The invariant implies the claims about states, and those about what is in flight.", Assume: p.assumed()}
	g.Obligations = append(g.Obligations, may("possible", smt.True))
	for _, c := range claims {
		for i := range 2 {
			if c.state != nil {
				g.Obligations = append(g.Obligations, must(c.Number+" of "+roles[i], c.state(p.Theory, &p.Sides[i], &p.Sides[1-i], i)))
			}
			if c.segment != nil {
				var was []Term
				for _, f := range p.of(&p.Any, &p.Sides, i) {
					was = append(was, f.Term)
				}
				goal := given(and(was...), c.segment(p.Theory, &p.Any, &p.Sides[i], &p.Sides[1-i]))
				g.Obligations = append(g.Obligations, must(c.Number+" of a segment of "+roles[i], goal))
			}
		}
	}
	return g
}

// kept: an action keeps the invariant, of states and of segments in flight; it
// sends what satisfies it; the claims about steps hold of it; and it is possible.
func (p *Proof) kept(a *Action) *smt.Group {
	g := &smt.Group{
		Name: a.Name + "-" + strings.ToLower(roles[a.Mover]), Text: roles[a.Mover] + ": " + a.Name + ". The invariant is kept.",
		Assume: p.assumed(),
	}
	if a.Arrives {
		for _, f := range p.of(&p.Arr, &p.Sides, 1-a.Mover) {
			g.Assume = append(g.Assume, smt.Fact{Name: "what arrives was sent: " + f.Name, Term: f.Term})
		}
	}
	g.Assume = append(g.Assume, a.Guard...)
	after := p.Sides
	after[a.Mover] = a.Post

	g.Obligations = mustAll("kept: ", p.holds(&after))
	if a.Sends != smt.False {
		for _, f := range p.of(&a.Out, &after, a.Mover) {
			g.Obligations = append(g.Obligations, must("sent: "+f.Name, given(a.Sends, f.Term)))
		}
	}
	for i := range 2 {
		var was []Term
		for _, f := range p.of(&p.Any, &p.Sides, i) {
			was = append(was, f.Term)
		}
		before := p.Define("in-flight-from-"+roles[i], and(was...))
		for _, f := range p.of(&p.Any, &after, i) {
			g.Obligations = append(g.Obligations, must("in flight from "+roles[i]+": "+f.Name, given(before, f.Term)))
		}
	}
	for _, c := range claims {
		if c.step != nil && !c.anySegment {
			g.Obligations = append(g.Obligations, must(c.Number+" "+c.Name, c.step(p.Theory, a)))
		}
	}
	g.Obligations = append(g.Obligations, may("possible", smt.True))
	for _, c := range a.Possible {
		g.Obligations = append(g.Obligations, may("possible: "+c.Name, c.Term))
	}
	return g
}

// whoeverSends: the claims that do not ask where a segment comes from.
func (p *Proof) whoeverSends(a *Action) *smt.Group {
	g := &smt.Group{
		Name:   a.Name + "-anything-" + strings.ToLower(roles[a.Mover]),
		Text:   "Any segment arrives at " + roles[a.Mover] + ", whoever has sent it.",
		Assume: append(p.assumed(), a.Guard...),
	}
	for _, c := range claims {
		if c.anySegment {
			g.Obligations = append(g.Obligations, must(c.Number+" "+c.Name, c.step(p.Theory, a)))
		}
	}
	g.Obligations = append(g.Obligations, may("possible", smt.True),
		may("possible: text without an ACK, in the window", and(not(p.Arr.HasAck), not(p.Arr.Rst), lt(num(0), p.Arr.Len), eq(p.Arr.Seq, p.Sides[a.Mover].Rcv), lt(num(0), p.Wnd))))
	return g
}
