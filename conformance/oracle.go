package conformance

import (
	"slices"

	"finwait/candidates"
	"finwait/model"
)

// Oracle knows which reactions RFC 9293 allows next. It begins in CLOSED and is
// told every input and what the stack did with it; it keeps the set of states
// in which a stack that did so can be.
type Oracle struct {
	set []possible
	at  model.Options // what every reading adds to; zero is RFC 9293
}

// possible is a state in which the stack can be, and the readings that it has
// needed to get there: the fewest.
type possible struct {
	candidates.Endpoint
	readings []string
}

// NewOracle is the oracle of an endpoint in CLOSED.
func NewOracle() *Oracle { return &Oracle{set: make([]possible, 1)} }

// Allowed is one reaction that the RFC allows.
type Allowed struct {
	Observation
	AnyResult bool // a Read with nothing to read: how that is said is free
	Clause    model.Clause
	Force     Force
	Options   []string // the readings under which it is what the RFC says
	to        possible
}

// matches reports whether what was seen is this reaction.
func (a *Allowed) matches(in Input, o *Observation) bool {
	if !slices.Equal(a.Sent, o.Sent) || o.HasState && o.State != a.State {
		return false
	}
	switch in.Op {
	case Read:
		return o.Octets == a.Octets && (a.AnyResult || o.End == a.End && o.Refused == a.Refused)
	case Write:
		return o.Refused == a.Refused
	}
	return true
}

// Allowed lists what the RFC allows the stack to do with the input, what it
// does by default first.
func (o *Oracle) Allowed(in Input) []Allowed {
	var out []Allowed
	for i := range o.set {
		for _, r := range o.reactions(o.set[i].Endpoint, in) {
			a := o.allowed(in, &r, &o.set[i])
			if j := slices.IndexFunc(out, a.sameAs); j < 0 {
				out = append(out, a)
			} else if len(a.to.readings) < len(out[j].to.readings) {
				out[j] = a
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Allowed) int { return len(a.to.readings) - len(b.to.readings) })
	return out
}

// sameAs compares all but what it needs.
func (a *Allowed) sameAs(b Allowed) bool {
	return a.to.Endpoint == b.to.Endpoint && slices.Equal(a.Sent, b.Sent) &&
		a.Octets == b.Octets && a.End == b.End && a.Refused == b.Refused
}

// Observe says what the stack did with the input. The result are the allowed
// reactions that it may have been; none means that it has deviated, and the
// oracle stays where it was.
func (o *Oracle) Observe(in Input, seen Observation) []Allowed {
	matching := o.Allowed(in)
	matching = slices.DeleteFunc(matching, func(a Allowed) bool { return !a.matches(in, &seen) })
	if len(matching) == 0 {
		return nil
	}
	o.set = o.set[:0:0]
	for i := range matching {
		to := &matching[i].to
		if !slices.ContainsFunc(o.set, func(p possible) bool { return p.Endpoint == to.Endpoint }) {
			o.set = append(o.set, *to)
		}
	}
	return matching
}

// Readings are the fewest readings that explain all that was seen.
func (o *Oracle) Readings() []string {
	best := o.set[0].readings
	for _, p := range o.set[1:] {
		if len(p.readings) < len(best) {
			best = p.readings
		}
	}
	return best
}

// States are the states in which the stack can be.
func (o *Oracle) States() []model.State {
	var out []model.State
	for _, k := range o.set {
		if !slices.Contains(out, k.TCB.State) {
			out = append(out, k.TCB.State)
		}
	}
	return out
}

// Offers tells the oracle the window that the stack has offered last, in a
// segment that acknowledged ack: how large it is, is the stack's own choice.
func (o *Oracle) Offers(ack model.Seq, known bool, wnd uint32) {
	for i := range o.set {
		c := &o.set[i].TCB
		if c.State != model.Closed && (!known || c.RCV.NXT == ack) && c.Unread() <= model.MaxWindow-wnd {
			c.RCV.WND = wnd
		}
	}
}

// Resolve is the input with SEG.SEQ counted from PeerISS.
func (o *Oracle) Resolve(in Input) Input {
	if in.Edge {
		c := &o.set[0].TCB
		in.Segment.SEQ = c.RCV.NXT.Add(c.RCV.WND) + (in.Segment.SEQ - PeerISS)
		in.Edge = false
	}
	return in
}

// reactions is what one state may do.
func (o *Oracle) reactions(k candidates.Endpoint, in Input) []candidates.Reaction {
	switch in.Op {
	case Accept:
		return k.Rest(o.at, false)
	case WaitRTO:
		return k.Expire(o.at)
	case Wait2MSL:
		return k.Age(int(in.N), o.at)
	case Read:
		if !k.TCB.Readable() {
			return k.Rest(o.at, false)
		}
	}
	base := o.at
	switch in.Op {
	case Close:
		base.HalfDuplexClose = true
	case HalfClose:
		base.CloseUnreadSendsFIN = false // it is about the other CLOSE
	}
	var out []candidates.Reaction
	for _, r := range k.Step(in.event(), base, candidates.Readings()) {
		out = append(out, r.Outputs(false)...)
		if in.Op == Read && r.To.TCB.State.Synchronized() {
			out = append(out, r.WindowUpdate()...)
		}
	}
	return out
}

// allowed is the reaction as it is seen from outside.
func (o *Oracle) allowed(in Input, r *candidates.Reaction, from *possible) Allowed {
	a := Allowed{Clause: r.Last, to: possible{r.To, from.readings}, Force: clauseForces[r.Last]}
	if r.Needs > 0 {
		a.Options = added(r.Options, o.at)
		a.to.readings = union(from.readings, a.Options)
		a.Force = optionForces[a.Options[0]]
	}
	a.Sent = canonical(r.Sent)
	a.State, a.HasState = r.To.TCB.State, true
	switch in.Op {
	case Read:
		a.Octets = r.Read.Len()
		a.End = r.Reply == model.EndOfStream
		a.Refused = r.Reply.Refused()
		c := &from.TCB
		open := c.State.Synchronized() || c.State == model.SynReceived
		a.AnyResult = !c.Readable() && (!open || c.Is(model.FINReceived))
	case Write:
		a.Refused = r.Reply.Refused()
	}
	return a
}

// added are the names of the readings that o has beyond base.
func added(o, base model.Options) (names []string) {
	for _, d := range candidates.Readings() {
		if d.Get(o) && !d.Get(base) {
			names = append(names, d.Name)
		}
	}
	return names
}

// union is both, in order.
func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, n := range b {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}
