package proof

import (
	"fmt"

	"finwait/model"
	"finwait/model/system"
	"finwait/properties/proof/smt"
)

// Judge holds what the machine does against the relation, and its states
// against the invariant. It is not safe for concurrent use; [Judges] are.
type Judge struct {
	t       *Theory
	actions [2]map[string]*Action
	states  [2][]smt.Fact
	flight  [2][]smt.Fact
	env     *smt.Env
}

// NewJudge makes a judge of the theory.
func NewJudge(t *Theory) *Judge {
	j := &Judge{t: t}
	p := Of(t)
	for i := range 2 {
		j.actions[i] = map[string]*Action{}
		for _, a := range t.Actions(i) {
			j.actions[i][a.Name] = a
		}
		j.flight[i] = p.of(&t.Any, &t.Sides, i)
		for _, c := range p.states {
			j.states[i] = append(j.states[i], smt.Fact{Name: c.Name, Term: c.of(t, &t.Sides[i], &t.Sides[1-i], i)})
		}
	}
	j.env = t.Env()
	j.env.Set(t.C[0], 1) // the octet that belongs in a place is 1, and any other is 0
	j.env.Set(t.C[1], 1)
	return j
}

// load sets the variables of the side in place i, with octet x.
func (j *Judge) load(i int, v *View, x int32) {
	s, e := &j.t.Sides[i], j.env
	e.Set(j.t.X[1-i], int64(x))
	for _, f := range fields {
		e.Set(*f.of(s), f.value(v, x))
	}
}

// segment sets the variables of a segment that the side in place i has sent; x
// is a position in its stream. OCT, the ghost that names the first octet of the
// text, says whether it is the one that belongs there.
func (j *Judge) segment(to *Segment, g *model.Segment, iss, irs model.Seq, x int32) {
	e := j.env
	at := position(g.SEQ, iss)
	e.Set(to.Seq, int64(at))
	e.Set(to.Len, int64(g.TXT))
	e.Set(to.Ack, int64(position(g.ACK, irs)))
	e.Set(to.Val, bit(int32(g.OCT) == at)) //nolint:gosec // positions
	e.SetBool(to.Fin, g.Has(model.FIN))
	e.SetBool(to.Rst, g.Has(model.RST))
	e.SetBool(to.Syn, g.Has(model.SYN))
	e.SetBool(to.HasAck, g.Has(model.ACK))
	e.Set(j.t.X[0], int64(x))
	e.Set(j.t.X[1], int64(x))
}

// Refused is the error of a step, or a state, that the proof does not speak of.
type Refused struct {
	What string // the action, or "state"
	Why  string // the guard, the variable or the conjunct
}

func (r *Refused) Error() string { return r.What + ": " + r.Why }

// State judges a state: both sides, and all that is in flight, for octet x of each stream.
func (j *Judge) State(views *[2]View, flight *[2][]model.Segment, iss [2]model.Seq, x int32) error {
	for i := range 2 {
		j.load(i, &views[i], x)
	}
	for i := range 2 {
		for _, f := range j.states[i] {
			if !j.env.Holds(f.Term) {
				return &Refused{"state", f.Name}
			}
		}
	}
	for i := range 2 {
		for n := range flight[i] {
			j.segment(&j.t.Any, &flight[i][n], iss[i], iss[1-i], x)
			for _, f := range j.flight[i] {
				if !j.env.Holds(f.Term) {
					return &Refused{"segment in flight", f.Name}
				}
			}
		}
	}
	return nil
}

// names of the actions that the events are.
var actionNames = map[model.EventKind]string{
	model.CallSEND: "send", model.CallCLOSE: "close", model.CallRECEIVE: "receive", model.CallABORT: "abort",
	model.TimeoutUser: "user-timeout", model.OutputTransmit: "transmit", model.OutputProbe: "transmit",
	model.OutputAck: "acknowledge", model.TimeoutRetransmission: "retransmit", model.TimeoutTimeWait: "time-wait-expires",
	model.SegmentArrives: "deliver",
}

// Step judges what the machine of the side in place i has done: that the
// relation allows it, for octet x. peer is the view of the other side, whose
// retransmission the TIME-WAIT timeout waits for; nil leaves that open. It
// returns the view afterwards.
func (j *Judge) Step(i int, v, peer *View, h *system.Happening, iss [2]model.Seq, x int32) (View, error) {
	next := v.after(h)
	name, ok := actionNames[h.Event.Kind]
	if !ok {
		return next, &Refused{h.Event.Kind.String(), "no such action"}
	}
	if h.Fx.Reply.Refused() && h.Event.Kind != model.SegmentArrives {
		if h.Before != h.After || h.Fx.Sends {
			return next, &Refused{name, "refused, and yet something happens"}
		}
		return next, nil
	}
	if h.Event.Kind == model.CallRECEIVE && h.Fx.Delivered.Len() == 0 {
		name = "receive-end"
		if h.Fx.Reply != model.EndOfStream {
			return next, &Refused{name, "a RECEIVE that waits, or returns nothing"}
		}
	}
	a := j.actions[i][name]
	if peer == nil {
		peer = &View{}
	}
	j.load(1-i, peer, x)
	j.load(i, v, x)
	own, its := iss[i], iss[1-i]
	if a.Arrives {
		j.segment(&j.t.Arr, &h.Event.Segment, its, own, x)
		j.env.Set(j.t.Wnd, int64(h.Before.RCV.WND))
		return next, j.deliver(a, v, &next, h, own, its, x)
	}
	j.choose(a, v, &next, h)
	return next, j.allows(a, &next, h, own, its, x)
}

// choose gives the parameters of an action the values that the machine chose.
func (j *Judge) choose(a *Action, v, next *View, h *system.Happening) {
	e, g := j.env, &h.Fx.Segment
	switch a.Name {
	case "send":
		e.Set(a.Params[0], int64(next.Wr-v.Wr))
	case "receive":
		e.Set(a.Params[0], int64(next.Read-v.Read))
	case "transmit":
		e.Set(a.Params[0], int64(g.TXT))
		e.SetBool(a.Params[1], g.Has(model.FIN))
	case "retransmit":
		e.Set(a.Params[0], int64(position(g.SEQ, h.Before.SND.ISS)-v.Una))
		e.Set(a.Params[1], int64(g.TXT))
		e.SetBool(a.Params[2], g.Has(model.FIN))
	}
}

// deliver tries the choices of the relation that may explain what the machine did.
func (j *Judge) deliver(a *Action, v, next *View, h *system.Happening, iss, irs model.Seq, x int32) error {
	e := j.env
	noPlace, ignored, left, to, overwrites := a.Params[0], a.Params[1], a.Params[2], a.Params[3], a.Params[4]
	e.Set(left, int64(next.HMax))
	upTo := next.Rcv
	if next.Rf && !v.Rf {
		upTo--
	}
	e.Set(to, int64(upTo))
	e.SetBool(overwrites, false)
	var first error
	for choice := range 4 {
		e.SetBool(noPlace, choice&1 != 0)
		e.SetBool(ignored, choice&2 != 0)
		err := j.allows(a, next, h, iss, irs, x)
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// allows reports whether the action, with its parameters, leads to next and sends what was sent.
func (j *Judge) allows(a *Action, next *View, h *system.Happening, iss, irs model.Seq, x int32) error {
	e := j.env
	for _, g := range a.Guard {
		if !e.Holds(g.Term) {
			return &Refused{a.Name, g.Name}
		}
	}
	for _, f := range fields {
		if f.name == "x-buffered" && !next.has(x) {
			continue // there is nothing there to compare
		}
		if want, got := e.Value(*f.of(&a.Post)), f.value(next, x); want != got {
			name := (*f.of(&j.t.Sides[a.Mover])).ValueName
			return &Refused{a.Name, fmt.Sprintf("%s becomes %s, where the relation has %s", f.name, name(got), name(want))}
		}
	}
	if e.Holds(a.Sends) != h.Fx.Sends {
		return &Refused{a.Name, "a segment is sent, where the relation has none, or none, where it has one"}
	}
	if !h.Fx.Sends {
		return nil
	}
	return j.sends(a, &h.Fx.Segment, iss, irs, x)
}

func (j *Judge) sends(a *Action, g *model.Segment, iss, irs model.Seq, x int32) error {
	e := j.env
	at := position(g.SEQ, iss)
	covers := at <= x && x < at+int32(g.TXT) //nolint:gosec // positions
	o := &a.Out
	for _, c := range []struct {
		what      string
		want, got int64
	}{
		{"FIN", e.Value(o.Fin), bit(g.Has(model.FIN))},
		{"RST", e.Value(o.Rst), bit(g.Has(model.RST))},
		{"SYN", e.Value(o.Syn), bit(g.Has(model.SYN))},
		{"ACK bit", e.Value(o.HasAck), bit(g.Has(model.ACK))},
		{"SEG.SEQ", e.Value(o.Seq), int64(at)},
		{"length of text", e.Value(o.Len), int64(g.TXT)},
	} {
		if c.want != c.got {
			return &Refused{a.Name, fmt.Sprintf("the %s of what is sent is %d, where the relation has %d", c.what, c.got, c.want)}
		}
	}
	if g.Has(model.ACK) && e.Value(o.Ack) != int64(position(g.ACK, irs)) {
		return &Refused{a.Name, "SEG.ACK of what is sent"}
	}
	if covers && e.Value(o.Val) != bit(int32(g.OCT) == at) { //nolint:gosec // positions
		return &Refused{a.Name, "the text of what is sent"}
	}
	return nil
}
