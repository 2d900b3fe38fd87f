package proof

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"finwait/ladder"
	"finwait/model"
	"finwait/properties/proof/smt"
)

// Counterexample is a counterexample to induction: a state that satisfies the
// invariant, and a step of the relation after which something does not hold. It
// need not be one that a run comes to. If it is one of a claim, it has no step.
type Counterexample struct {
	Open    *Open
	Before  [2]Values
	After   [2]Values
	Arrives *Values // the segment that arrives, if the step is its arrival
	Sent    *Values // what is sent
	Any     *Values // the segment in flight that is concerned, if one is
}

// Values are those of the variables of a side, or of a segment, by their names.
type Values []Named

// Named is a value with its name, in words if it is enumerated.
type Named struct {
	Name  string
	Value int64
	Text  string
}

// get is the value of that name.
func (v Values) get(name string) int64 {
	for _, n := range v {
		if n.Name == name {
			return n.Value
		}
	}
	panic("proof: no variable " + name)
}

// Counterexample asks the solver for values that leave the obligation open: small ones, if there are.
func (t *Theory) Counterexample(ctx context.Context, s smt.Solver, o *Open) (*Counterexample, error) {
	if o.Answer != smt.Sat {
		return nil, errors.New("there is no counterexample: what was to be possible is not, or the solver has given up")
	}
	var vars []*smt.Term
	for i := range 2 {
		for _, f := range fields {
			vars = append(vars, *f.of(&t.Sides[i]))
		}
		vars = append(vars, t.X[i], t.C[i])
	}
	for _, g := range []*Segment{&t.Arr, &t.Any} {
		for _, f := range segmentFields {
			vars = append(vars, *f.of(g))
		}
	}
	vars = append(vars, t.Wnd)
	if a := o.Part.Action; a != nil {
		vars = append(vars, a.Params...)
	}
	values, err := t.small(ctx, s, o, vars)
	if err != nil {
		return nil, err
	}
	e := t.Env()
	for i, v := range vars {
		e.Set(v, values[i])
	}
	return t.read(e, o), nil
}

// small looks for values near 0 first, and for a state in which nobody has
// given up, both users have read what there is, and what arrives bears an ACK.
func (t *Theory) small(ctx context.Context, s smt.Solver, o *Open, vars []*smt.Term) (values []int64, err error) {
	tidy := and(orderly(&t.Sides[0], &t.Sides[1]), or(t.Arr.HasAck, t.Arr.Rst), not(t.Arr.Syn))
	for i := range t.Sides {
		one := &t.Sides[i]
		tidy = and(tidy, eq(one.Read, one.octets()), eq(one.Told, one.Rf))
	}
	for _, try := range []struct {
		bound int
		tidy  Term
	}{{1, tidy}, {2, tidy}, {1, smt.True}, {2, smt.True}, {4, smt.True}, {0, smt.True}} {
		g := *o.Part.Group
		g.Assume = append(slices.Clip(g.Assume), smt.Fact{Name: "tidy", Term: try.tidy})
		for _, v := range vars {
			if try.bound > 0 && v.Sort() == smt.Int && !v.Enumerated() {
				g.Assume = append(g.Assume, smt.Fact{Name: "small", Term: and(le(num(-try.bound), v), le(v, num(try.bound)))})
			}
		}
		if values, err = s.Model(ctx, &g, o.Obligation, vars); err == nil || ctx.Err() != nil {
			return values, err
		}
	}
	return nil, err
}

func (t *Theory) read(e *smt.Env, o *Open) *Counterexample {
	c := &Counterexample{Open: o}
	a := o.Part.Action
	for i := range 2 {
		after := &t.Sides[i]
		if a != nil && a.Mover == i {
			after = &a.Post
		}
		for _, f := range fields {
			c.Before[i] = append(c.Before[i], named(e, f.name, *f.of(&t.Sides[i]), *f.of(&t.Sides[i])))
			c.After[i] = append(c.After[i], named(e, f.name, *f.of(after), *f.of(&t.Sides[i])))
		}
	}
	of := func(g *Segment) *Values {
		var v Values
		for _, f := range segmentFields {
			v = append(v, named(e, f.name, *f.of(g), *f.of(&t.Arr)))
		}
		return &v
	}
	if a != nil && a.Arrives {
		c.Arrives = of(&t.Arr)
	}
	if a != nil && e.Holds(a.Sends) {
		c.Sent = of(&a.Out)
	}
	if strings.HasPrefix(o.Obligation.Name, "in flight") || strings.Contains(o.Obligation.Name, "of a segment") {
		c.Any = of(&t.Any)
	}
	return c
}

// named is the value of a term that stands for a variable.
func named(e *smt.Env, name string, t, variable Term) Named {
	n := Named{Name: name, Value: e.Value(t)}
	switch {
	case variable.Sort() == smt.Bool:
		n.Text = fmt.Sprint(n.Value != 0)
	case variable.Enumerated():
		n.Text = variable.ValueName(n.Value)
	default:
		n.Text = fmt.Sprint(n.Value)
	}
	return n
}

// segmentField is one part of a segment.
type segmentField struct {
	name string
	of   func(g *Segment) *Term
}

var segmentFields = [...]segmentField{
	{"seq", func(g *Segment) *Term { return &g.Seq }},
	{"len", func(g *Segment) *Term { return &g.Len }},
	{"ack", func(g *Segment) *Term { return &g.Ack }},
	{"x", func(g *Segment) *Term { return &g.Val }},
	{"FIN", func(g *Segment) *Term { return &g.Fin }},
	{"RST", func(g *Segment) *Term { return &g.Rst }},
	{"SYN", func(g *Segment) *Term { return &g.Syn }},
	{"ACK", func(g *Segment) *Term { return &g.HasAck }},
}

// Segment is the segment in the RFC's notation. As everywhere in the project
// numbers are relative to the initial ones: the first octet has the number 1.
func (v *Values) Segment() string {
	g := model.Segment{
		SEQ: model.Seq(v.get("seq") + 1), ACK: model.Seq(v.get("ack") + 1), TXT: uint32(v.get("len")), //nolint:gosec // shown modulo 2^32
	}
	for name, bit := range map[string]model.Ctl{"FIN": model.FIN, "RST": model.RST, "SYN": model.SYN, "ACK": model.ACK} {
		if v.get(name) != 0 {
			g.CTL |= bit
		}
	}
	return g.String()
}

// String draws the step as a ladder of two states, and lists the variables before and after.
func (c *Counterexample) String() string {
	l := &ladder.Ladder{}
	l.Add(ladder.Row{A: c.Before[0][0].Text, B: c.Before[1][0].Text})
	if a := c.Open.Part.Action; a != nil {
		row := ladder.Row{Action: roles[a.Mover] + " " + a.Name, A: c.After[0][0].Text, B: c.After[1][0].Text}
		switch {
		case c.Arrives != nil:
			row.Way, row.Text = way(a.Mover, ladder.ToA), c.Arrives.Segment()
		case c.Sent != nil:
			row.Way, row.Text = way(a.Mover, ladder.FromA), c.Sent.Segment()
		}
		l.Add(row)
		if c.Arrives != nil && c.Sent != nil {
			l.Add(ladder.Row{
				Action: "  " + roles[a.Mover] + " replies", A: row.A, B: row.B, Way: way(a.Mover, ladder.FromA), Text: c.Sent.Segment(),
			})
		}
	}
	if c.Any != nil {
		l.Add(ladder.Row{A: c.After[0][0].Text, B: c.After[1][0].Text, Text: "in flight: " + c.Any.Segment()})
	}
	var b strings.Builder
	b.WriteString(l.String())
	b.WriteByte('\n')
	for i := range 2 {
		fmt.Fprintf(&b, "%s:", roles[i])
		for k, n := range c.Before[i][1:] {
			fmt.Fprintf(&b, " %s=%s", n.Name, n.Text)
			if after := c.After[i][k+1]; after.Value != n.Value {
				b.WriteString("->" + after.Text)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// way is the way of a segment seen from the side in place i: as of A, or the reverse.
func way(i int, w ladder.Way) ladder.Way {
	if i == 0 {
		return w
	}
	return w.Reverse()
}
