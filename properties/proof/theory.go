package proof

import (
	"finwait/model"
	"finwait/properties/proof/smt"
)

// Term is a formula or a number.
type Term = *smt.Term

// States are the eleven states, in the model's order.
var States = func() *smt.Enum {
	e := &smt.Enum{}
	for s := range model.NumStates {
		e.Names = append(e.Names, s.String())
	}
	return e
}()

// How a connection came to CLOSED at a side.
const (
	NotEnded   = iota
	ByLastAck  // from LAST-ACK, by the ACK of its FIN
	ByTimeWait // from TIME-WAIT, by the 2MSL timeout
	ByReset    // by a RST of the peer
	ByAbort    // by its user's ABORT
	ByTimeout  // by the user timeout
	ByDefect   // in a way that the relation does not know: only a machine with a bug does it
)

// Ends names them.
var Ends = &smt.Enum{Names: []string{
	"not-ended", "by-last-ack", "by-time-wait", "by-reset", "by-abort", "by-user-timeout", "by-defect",
}}

// Side is what the proof knows of one endpoint and its user. Positions are
// integers: how many places a sequence number lies after the first octet of its
// stream, without bound. After CLOSED they stand still.
type Side struct {
	St, End Term // the state; in CLOSED, how it came there

	Una Term // SND.UNA: how much of its stream has been acknowledged
	Nxt Term // SND.NXT: how much has been sent, the FIN counted
	Wr  Term // how many octets its user has SENT
	Cl  Term // its user has called CLOSE

	Rcv Term // RCV.NXT: how much of the peer's stream is received in order, the FIN counted
	Rf  Term // the peer's FIN is received in order

	Read Term // up to where the user has read
	Told Term // the end of the stream is on record as told
	Dl   Term // ghost: how many octets the user was given
	Eof  Term // ghost: the user was told the end of the stream

	HMax Term // the position behind the last octet held out of order; 0: none is held
	Hf   Term // a FIN is held out of order
	Hfp  Term // at this position; 0 if none is

	// Of the octet at position X of the peer's stream, any one:
	Held Term // it is held out of order
	Val  Term // what the buffer has in its place
	Out  Term // ghost: what the user was given in its place
}

// Segment is a segment of which a side is the sender. What it says of octet X
// of its stream is Val, if X is in its text.
type Segment struct {
	Seq, Len, Ack, Val    Term
	Fin, Rst, Syn, HasAck Term
}

// Theory is the vocabulary of the proof: two sides, one octet of each stream,
// a segment that arrives, and one that is in flight.
type Theory struct {
	smt.Vocabulary
	Sides [2]Side
	X     [2]Term // a position in the stream of each side, any
	C     [2]Term // what the user of that side has SENT, or will, in this place
	Arr   Segment // arrives
	Any   Segment // any segment in flight
	Wnd   Term    // the receive window when it arrives, any

	bug map[string]bool // those that are planted: see Plants
}

// FreeTimeWait is the name, among the bugs, of a TIME-WAIT that may end at any time.
const FreeTimeWait = "time-wait=free"

// Plants lists the bugs that can be planted into the relation: those of the
// catalogue whose mistake is one that can be made there, and [FreeTimeWait].
func Plants() []string {
	return []string{
		"last-ack-any-ack", "data-ack-as-fin-ack", "fin-ack-one-less", "closing-any-ack", "fin-retransmitted-later", "fin-across-hole",
		"skip-time-wait", "rst-wrong-seq", "data-counted-twice", "second-fin-advances", "held-fin-early", "rst-not-validated",
		"close-flushes", "closing-skipped", "last-ack-skipped", "fin-without-ack", FreeTimeWait,
	}
}

// New makes the theory, with some bugs of the catalogue planted into its
// relation: with none it is RFC 9293.
func New(bugs ...string) *Theory {
	t := &Theory{bug: map[string]bool{}}
	for _, b := range bugs {
		t.bug[b] = true
	}
	for i := range 2 {
		t.Sides[i] = t.side(roles[i])
	}
	for i := range 2 {
		t.X[i], t.C[i] = t.Int(roles[i]+".x"), t.Int(roles[i]+".c")
	}
	t.Arr, t.Any = t.segment("arriving"), t.segment("any")
	t.Wnd = t.Int("window")
	return t
}

var roles = [2]string{"A", "B"}

func (t *Theory) side(name string) (s Side) {
	for _, f := range fields {
		n := name + "." + f.name
		switch f.name {
		case "state":
			*f.of(&s) = t.Of(States, n)
		case "ended":
			*f.of(&s) = t.Of(Ends, n)
		case "closed", "fin-received", "told", "eof", "fin-held", "x-held":
			*f.of(&s) = t.Bool(n)
		default:
			*f.of(&s) = t.Int(n)
		}
	}
	return s
}

func (t *Theory) segment(name string) Segment {
	n := name + "."
	return Segment{
		Seq: t.Int(n + "seq"), Len: t.Int(n + "len"), Ack: t.Int(n + "ack"), Val: t.Int(n + "x"),
		Fin: t.Bool(n + "FIN"), Rst: t.Bool(n + "RST"), Syn: t.Bool(n + "SYN"), HasAck: t.Bool(n + "ACK"),
	}
}

// field is one variable of a side: its name, its place in a Side, and its value
// in a view of the machine, for octet x of the peer's stream. Where the right
// octet stands the value is 1.
type field struct {
	name  string
	of    func(s *Side) *Term
	value func(v *View, x int32) int64
}

// fields are the variables of a side, in order.
var fields = [...]field{
	{"state", func(s *Side) *Term { return &s.St }, func(v *View, _ int32) int64 { return int64(v.State) }},
	{"ended", func(s *Side) *Term { return &s.End }, func(v *View, _ int32) int64 { return int64(v.End) }},
	{"una", func(s *Side) *Term { return &s.Una }, func(v *View, _ int32) int64 { return int64(v.Una) }},
	{"nxt", func(s *Side) *Term { return &s.Nxt }, func(v *View, _ int32) int64 { return int64(v.Nxt) }},
	{"written", func(s *Side) *Term { return &s.Wr }, func(v *View, _ int32) int64 { return int64(v.Wr) }},
	{"closed", func(s *Side) *Term { return &s.Cl }, func(v *View, _ int32) int64 { return bit(v.Cl) }},
	{"rcv", func(s *Side) *Term { return &s.Rcv }, func(v *View, _ int32) int64 { return int64(v.Rcv) }},
	{"fin-received", func(s *Side) *Term { return &s.Rf }, func(v *View, _ int32) int64 { return bit(v.Rf) }},
	{"read", func(s *Side) *Term { return &s.Read }, func(v *View, _ int32) int64 { return int64(v.Read) }},
	{"told", func(s *Side) *Term { return &s.Told }, func(v *View, _ int32) int64 { return bit(v.Told) }},
	{"delivered", func(s *Side) *Term { return &s.Dl }, func(v *View, _ int32) int64 { return int64(v.Dl) }},
	{"eof", func(s *Side) *Term { return &s.Eof }, func(v *View, _ int32) int64 { return bit(v.Eof) }},
	{"held-to", func(s *Side) *Term { return &s.HMax }, func(v *View, _ int32) int64 { return int64(v.HMax) }},
	{"fin-held", func(s *Side) *Term { return &s.Hf }, func(v *View, _ int32) int64 { return bit(v.Hf) }},
	{"fin-held-at", func(s *Side) *Term { return &s.Hfp }, func(v *View, _ int32) int64 { return int64(v.Hfp) }},
	{"x-held", func(s *Side) *Term { return &s.Held }, func(v *View, x int32) int64 { return bit(v.holds(x)) }},
	{"x-buffered", func(s *Side) *Term { return &s.Val }, func(v *View, x int32) int64 { return bit(v.has(x)) }},
	{"x-delivered", func(s *Side) *Term { return &s.Out }, func(v *View, x int32) int64 { return bit(x < v.Dl && !v.Hole) }},
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func state(s model.State) Term { return States.Value(int(s)) }

func end(e int) Term { return Ends.Value(e) }

// in holds in one of the states.
func (s *Side) in(states ...model.State) Term {
	var list []Term
	for _, st := range states {
		list = append(list, smt.Eq(s.St, state(st)))
	}
	return smt.Or(list...)
}

// ended holds of a side that has come to CLOSED in one of the ways.
func (s *Side) ended(ways ...int) Term {
	var list []Term
	for _, w := range ways {
		list = append(list, smt.Eq(s.End, end(w)))
	}
	return smt.Or(list...)
}

// lastAck holds in LAST-ACK, and for ever if it has come to CLOSED from there.
func (s *Side) lastAck() Term { return smt.Or(s.in(model.LastAck), s.ended(ByLastAck)) }

// octets is how many octets are received in order: the FIN does not count.
func (s *Side) octets() Term { return smt.Sub(s.Rcv, smt.One(s.Rf)) }

// pastFIN is the position behind the side's FIN.
func (s *Side) pastFIN() Term { return next(s.Wr) }

func next(t Term) Term { return smt.Add(t, num(1)) }

// finSent holds if the FIN has been sent.
func (s *Side) finSent() Term { return smt.And(s.Cl, smt.Eq(s.Nxt, s.pastFIN())) }

// orderly holds if nobody has given up: neither user has called ABORT, and no user timeout came.
func orderly(a, b *Side) Term {
	return smt.Not(smt.Or(a.ended(ByAbort, ByTimeout), b.ended(ByAbort, ByTimeout)))
}

// end is the position behind the text of g.
func (g *Segment) textEnd() Term { return smt.Add(g.Seq, g.Len) }

// covers holds if position x is in the text.
func (g *Segment) covers(x Term) Term {
	return smt.And(smt.Le(g.Seq, x), smt.Lt(x, g.textEnd()))
}
