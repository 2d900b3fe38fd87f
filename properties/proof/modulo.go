package proof

import (
	"math"

	"finwait/model"
	"finwait/properties/proof/smt"
)

// The machine compares sequence numbers modulo 2^32, the proof positions. The
// two agree while the positions are less than 2^31 apart: that is the lemma. It
// has to be so wherever the machine compares: those are the ranges.

const (
	circle = math.MaxUint32 + 1
	half   = 1 << 31
)

// comparison is the lemma's vocabulary: two positions x and y, the registers
// that hold them modulo 2^32, the difference of the registers modulo 2^32, and
// what model.Seq makes of it.
type comparison struct {
	smt.Vocabulary
	x, y, xReg, yReg Term
	turns            Term // how often the circle lies between them
	d, size          Term
}

func newComparison() *comparison {
	c := &comparison{}
	c.x, c.y, c.xReg, c.yReg = c.Int("x"), c.Int("y"), c.Int("x.register"), c.Int("y.register")
	c.turns, c.size = c.Int("turns"), c.Int("size")
	d := smt.Sub(c.xReg, c.yReg)
	c.d = c.Define("distance", smt.Ite(lt(d, num(0)), smt.Add(d, num(circle)), d))
	return c
}

// facts say what registers are.
func (c *comparison) facts() []smt.Fact {
	within := func(r Term) Term { return and(le(num(0), r), lt(r, num(circle))) }
	return []smt.Fact{
		{Name: "registers have 32 bits", Term: and(within(c.xReg), within(c.yReg))},
		{
			Name: "and hold the positions modulo 2^32",
			Term: eq(smt.Sub(c.x, c.y), smt.Add(smt.Sub(c.xReg, c.yReg), smt.Scale(circle, c.turns))),
		},
	}
}

// The methods of model.Seq: x.Before(y), x.AtMost(y), x.In(y, size), x.From(y), x == y.
func (c *comparison) before() Term { return le(num(half), c.d) }
func (c *comparison) atMost() Term { return or(eq(c.d, num(0)), c.before()) }
func (c *comparison) in() Term     { return lt(c.d, c.size) }
func (c *comparison) from() Term   { return c.d }
func (c *comparison) equal() Term  { return eq(c.xReg, c.yReg) }

// near holds of numbers less than 2^31 apart.
func near(x, y Term) Term {
	d := smt.Sub(x, y)
	return and(lt(num(-half), d), lt(d, num(half)))
}

// modulo is the lemma.
func modulo() *smt.Group {
	c := newComparison()
	nearby := near(c.x, c.y)
	window := and(le(num(0), c.size), le(c.size, num(model.MaxWindow)))
	return &smt.Group{
		Name:   "modulo",
		Text:   "Comparisons modulo 2^32 agree with comparisons of positions that are less than 2^31 apart.",
		Assume: c.facts(),
		Obligations: []smt.Obligation{
			must("x.Before(y)", given(nearby, eq(c.before(), lt(c.x, c.y)))),
			must("x.AtMost(y)", given(nearby, eq(c.atMost(), le(c.x, c.y)))),
			must("x == y", given(nearby, eq(c.equal(), eq(c.x, c.y)))),
			must("x.In(y, size)", given(and(nearby, window), eq(c.in(), and(le(c.y, c.x), lt(c.x, smt.Add(c.y, c.size)))))),
			must("x.From(y)", given(and(nearby, le(c.y, c.x)), eq(c.from(), smt.Sub(c.x, c.y)))),
			may("possible", nearby),
			may("possible: they disagree 2^31 apart", and(eq(smt.Sub(c.x, c.y), num(half)), c.before())),
			may("possible: an old number looks new", and(lt(c.x, smt.Sub(c.y, num(half))), not(c.before()))),
		},
	}
}

// Range is a pair of positions that the machine compares, and when.
type Range struct {
	Name     string
	Why      string // why it holds
	x, y     func(r *ranges) Term
	when     func(r *ranges) Term
	distance bool // x - y is taken, and must not be negative
}

// ranges is what the ranges speak of: an arriving segment at A, and a range of text that A holds.
type ranges struct {
	*arrival
	own          *Side
	hLo, hHi     Term // some range that is held
	end, textEnd Term // of the segment, with the FIN and the SYN, and without
}

// Ranges lists the pairs.
func Ranges() []Range { return rangeList }

var rangeList = []Range{
	{
		Name: "SEG.ACK, SND.NXT", Why: "assumed: the segment is young",
		x: func(r *ranges) Term { return r.own.Nxt }, y: func(r *ranges) Term { return r.g.Ack },
		when: func(r *ranges) Term { return r.live },
	},
	{
		Name: "SEG.ACK, SND.UNA", Why: "between them and SND.NXT lies what is outstanding, or the segment is young",
		x: func(r *ranges) Term { return r.g.Ack }, y: func(r *ranges) Term { return r.own.Una },
		when: func(r *ranges) Term { return r.ok },
	},
	{
		Name: "SEG.SEQ, RCV.NXT", Why: "assumed: the segment is young; and it was sent: what is outstanding is limited",
		x: func(r *ranges) Term { return r.g.Seq }, y: func(r *ranges) Term { return r.own.Rcv },
	},
	{
		Name: "end of the segment, RCV.NXT", Why: "the segment is young, and it was sent",
		x: func(r *ranges) Term { return r.end }, y: func(r *ranges) Term { return r.own.Rcv },
		when: func(r *ranges) Term { return not(r.g.Rst) },
	},
	{
		Name: "last number of the segment, RCV.NXT", Why: "the segment is young, and it was sent",
		x: func(r *ranges) Term { return smt.Sub(r.end, num(1)) }, y: func(r *ranges) Term { return r.own.Rcv },
		when: func(r *ranges) Term { return and(not(r.g.Rst), lt(num(0), r.occupies)) },
	},
	{
		Name: "end of the text, right edge of the window", Why: "the text reaches into the window, which is limited",
		x: func(r *ranges) Term { return r.textEnd }, y: func(r *ranges) Term { return smt.Add(r.own.Rcv, r.t.Wnd) },
		when: func(r *ranges) Term { return r.takes },
	},
	{
		Name: "end of the text, RCV.NXT", Why: "the text reaches into the window, which is limited",
		x: func(r *ranges) Term { return r.textEnd }, y: func(r *ranges) Term { return r.own.Rcv },
		when: func(r *ranges) Term { return r.takes },
	},
	{
		Name: "held FIN, end of the text", Why: "both were sent",
		x: func(r *ranges) Term { return r.own.Hfp }, y: func(r *ranges) Term { return r.textEnd },
		when: func(r *ranges) Term { return and(r.takes, r.own.Hf) },
	},
	{
		Name: "new text, its end", Why: "both lie in the window, or before it",
		x: func(r *ranges) Term { return r.lo }, y: func(r *ranges) Term { return r.hi },
		when: func(r *ranges) Term { return r.takes },
	},
	{
		Name: "new text, RCV.NXT", Why: "it lies above RCV.NXT, or empty before it, and was sent",
		x: func(r *ranges) Term { return r.lo }, y: func(r *ranges) Term { return r.own.Rcv },
		when: func(r *ranges) Term { return r.takes },
	},
	{
		Name: "length of new text", Why: "it is in order",
		x: func(r *ranges) Term { return r.hi }, y: func(r *ranges) Term { return r.own.Rcv }, distance: true,
		when: func(r *ranges) Term { return r.inOrder },
	},
	{
		Name: "held text, new text", Why: "both were sent, and lie above RCV.NXT",
		x: func(r *ranges) Term { return r.hHi }, y: func(r *ranges) Term { return r.lo },
		when: func(r *ranges) Term { return r.ahead },
	},
	{
		Name: "new text, held text", Why: "both were sent, and lie above RCV.NXT",
		x: func(r *ranges) Term { return r.hi }, y: func(r *ranges) Term { return r.hLo },
		when: func(r *ranges) Term { return r.ahead },
	},
	{
		Name: "ends of held and new text", Why: "both were sent, and lie above RCV.NXT",
		x: func(r *ranges) Term { return r.hHi }, y: func(r *ranges) Term { return r.hi },
		when: func(r *ranges) Term { return r.ahead },
	},
	{
		Name: "beginnings of held and new text", Why: "both were sent, and lie above RCV.NXT",
		x: func(r *ranges) Term { return r.hLo }, y: func(r *ranges) Term { return r.lo },
		when: func(r *ranges) Term { return r.ahead },
	},
	{
		Name: "held text, FIN", Why: "both were sent, and lie above RCV.NXT",
		x: func(r *ranges) Term { return r.hHi }, y: func(r *ranges) Term { return r.finAt },
		when: func(r *ranges) Term { return r.newFIN },
	},
	{
		Name: "beginning of held text, FIN", Why: "both were sent, and lie above RCV.NXT",
		x: func(r *ranges) Term { return r.hLo }, y: func(r *ranges) Term { return r.finAt },
		when: func(r *ranges) Term { return r.newFIN },
	},
	{
		Name: "FIN, RCV.NXT", Why: "the FIN is in the window",
		x: func(r *ranges) Term { return r.finAt }, y: func(r *ranges) Term { return r.own.Rcv },
		when: func(r *ranges) Term { return r.newFIN },
	},
	{
		Name: "held text, RCV.NXT", Why: "it was sent",
		x: func(r *ranges) Term { return r.hHi }, y: func(r *ranges) Term { return r.to },
		when: func(r *ranges) Term { return r.takes },
	},
	{
		Name: "beginning of held text, RCV.NXT", Why: "both were sent, and lie above RCV.NXT",
		x: func(r *ranges) Term { return r.hLo }, y: func(r *ranges) Term { return r.to },
		when: func(r *ranges) Term { return r.takes },
	},
	{
		Name: "held FIN, RCV.NXT", Why: "it was sent",
		x: func(r *ranges) Term { return r.heldFINAt }, y: func(r *ranges) Term { return r.to },
		when: func(r *ranges) Term { return and(r.takes, r.heldFIN) },
	},
	{
		Name: "length of held text", Why: "it was sent, and is above RCV.NXT",
		x: func(r *ranges) Term { return r.hHi }, y: func(r *ranges) Term { return r.hLo }, distance: true,
	},
	{
		Name: "SND.NXT, SND.UNA", Why: "what is outstanding is limited",
		x: func(r *ranges) Term { return r.own.Nxt }, y: func(r *ranges) Term { return r.own.Una }, distance: true,
	},
	{
		Name: "end of the queue, SND.UNA", Why: "what is outstanding or queued is limited; once the FIN is acknowledged nobody asks",
		x: func(r *ranges) Term { return r.own.Wr }, y: func(r *ranges) Term { return r.own.Una }, distance: true,
		when: func(r *ranges) Term { return not(r.own.Cl) },
	},
	{
		Name: "end of the queue, SND.NXT", Why: "asked while the FIN is not sent",
		x: func(r *ranges) Term { return r.own.Wr }, y: func(r *ranges) Term { return r.own.Nxt }, distance: true,
		when: func(r *ranges) Term { return not(r.own.finSent()) },
	},
	{
		Name: "SND.NXT, end of the queue and FIN", Why: "what is queued is limited",
		x: func(r *ranges) Term { return r.own.Nxt }, y: func(r *ranges) Term { return r.own.pastFIN() },
	},
	{
		Name: "RCV.NXT, what is read", Why: "what is received and not read is limited: it has been in the window",
		x: func(r *ranges) Term { return r.own.Rcv }, y: func(r *ranges) Term { return r.own.Read }, distance: true,
	},
}

// ranges: the positions that the machine compares are less than 2^31 apart.
func (p *Proof) ranges() *smt.Group {
	x := p.arrival(0)
	r := &ranges{arrival: x, own: &p.Sides[0], hLo: p.Int("held.from"), hHi: p.Int("held.to")}
	r.end, r.textEnd = smt.Add(x.g.Seq, x.occupies), x.g.textEnd()
	a, b := &p.Sides[0], &p.Sides[1]
	g := &smt.Group{
		Name: "modulo-ranges",
		Text: "The positions that the machine compares are less than 2^31 apart, if what arrives is young,\n" +
			"and queues and windows have the machine's limits: 2^30 octets.",
		Assume: p.assumed(),
	}
	for _, f := range p.of(&p.Arr, &p.Sides, 1) {
		g.Assume = append(g.Assume, smt.Fact{Name: "what arrives was sent: " + f.Name, Term: f.Term})
	}
	g.Assume = append(g.Assume, x.Guard...)
	limited := func(s *Side) Term { return le(smt.Sub(s.Wr, s.Una), num(model.MaxQueue)) }
	g.Assume = append(g.Assume,
		smt.Fact{Name: "queues are limited", Term: and(limited(a), limited(b))},
		smt.Fact{Name: "so are windows", Term: le(p.Wnd, num(model.MaxWindow))},
		smt.Fact{Name: "and what is not read", Term: le(smt.Sub(a.octets(), a.Read), num(model.MaxWindow))},
		smt.Fact{Name: "SEG.SEQ is young", Term: and(le(smt.Sub(a.Rcv, x.g.Seq), num(half-1)), le(smt.Sub(x.g.Seq, a.Rcv), num(half-1)))},
		smt.Fact{Name: "SEG.ACK is young", Term: le(smt.Sub(a.Nxt, x.g.Ack), num(half-1))},
		smt.Fact{Name: "what is held is above RCV.NXT", Term: and(lt(a.Rcv, r.hLo), lt(r.hLo, r.hHi), le(r.hHi, a.HMax))},
	)
	for i := range rangeList {
		c := &rangeList[i]
		when := smt.True
		if c.when != nil {
			when = c.when(r)
		}
		u, v := c.x(r), c.y(r)
		goal := near(u, v)
		if c.distance {
			goal = and(le(v, u), lt(smt.Sub(u, v), num(half)))
		}
		g.Obligations = append(g.Obligations, must(c.Name, given(when, goal)), may("possible: "+c.Name, when))
	}
	return g
}
