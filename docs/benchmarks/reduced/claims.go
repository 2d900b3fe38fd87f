package reduced

import "finwait/checker"

type (
	// View is what a predicate sees of a state.
	View = checker.Pair[Side]
	// Property is a claim about the reduced close.
	Property = checker.Property[View, Action]
	// Options are the options of a run.
	Options = checker.ProductOptions[Side, Action]
)

// Safety are the invariants, each for both directions.
func (p Params) Safety() []Property {
	both := func(name string, claim func(s, peer *Side) bool) Property {
		return checker.Reading(checker.Always[Action](name, func(v View) bool { return claim(v.A, v.B) && claim(v.B, v.A) }), endpoints)
	}
	return []Property{
		both("what is acknowledged was received, without a hole, and what was received was sent", func(s, peer *Side) bool {
			return s.UNA <= peer.RCV && peer.RCV <= s.NXT && !peer.Hole
		}),
		both("the end of the stream is the peer's FIN, after its CLOSE", func(s, peer *Side) bool {
			return s.RCV <= p.D || peer.NXT == p.D+1 && peer.closing()
		}),
		both("who is CLOSED has delivered and received everything, its FIN and the peer's among it", func(s, peer *Side) bool {
			return s.State != Closed || s.UNA == p.D+1 && s.RCV == p.D+1 && peer.RCV == p.D+1
		}),
		both("who is CLOSED leaves the peer in TIME-WAIT, or CLOSED", func(s, peer *Side) bool {
			return s.State != Closed || peer.State == TimeWait || peer.State == Closed
		}),
	}
}

// endpoints is what the invariants read of a side: all but what is in flight.
var endpoints = &checker.Projection[Side]{Of: func(s Side) Side {
	s.Net = [Room]Segment{}
	return s
}}

// BothClose is the claim that both sides reach CLOSED, under the base fairness.
func (p Params) BothClose() Property {
	return checker.AlwaysEventually("both sides reach CLOSED", Done, p.Fairness()...)
}

// Answered is a smaller claim, which weak fairness of CLOSE alone makes true: A, its text sent, does not stay in CLOSE-WAIT.
func (p Params) Answered() Property {
	return checker.AlwaysEventually("A does not stay in CLOSE-WAIT when its text has been sent",
		func(v View) bool { return v.A.State != CloseWait || v.A.NXT < p.D },
		weakly("close", Close))
}

// Done tells whether both sides are CLOSED.
func Done(v View) bool { return v.A.State == Closed && v.B.State == Closed }

// Options say which states may be without a successor: both sides CLOSED, nothing in flight.
func (Params) Options(workers int) Options {
	return Options{
		Workers:  workers,
		Terminal: func(v View) bool { return Done(v) && v.A.empty() && v.B.empty() },
		Name:     func(_ int, a Action) string { return a.Kind.String() },
	}
}

// Fairness is the base fairness: each side's user, outputs and timers are weakly fair; the delivery of each kind of segment,
// text, FIN and bare ACK, in each direction is strongly fair, which makes six; and duplicates are finitely many. A Duplicate delivers too.
func (p Params) Fairness() []checker.Fairness[Action] {
	return []checker.Fairness[Action]{
		weakly("close", Close), weakly("transmit", Transmit), weakly("retransmit", Retransmit),
		weakly("ack", Ack), weakly("2msl", Expire),
		checker.SF("deliver", func(side int, a Action) (any, bool) {
			return class{side, p.matter(a.Segment)}, a.Kind == Deliver || a.Kind == Duplicate
		}),
		checker.Finitely("duplicate", checker.Labels(func(_ int, a Action) bool { return a.Kind == Duplicate })),
	}
}

// class is a constraint of strong fairness: a direction and a kind of segment.
type class struct {
	side   int
	matter uint8
}

// matter is the kind of a segment: 0 for a bare ACK, 1 for a FIN alone, 2 for text.
func (p Params) matter(g Segment) uint8 {
	switch g.SEQ {
	case g.End:
		return 0
	case p.D:
		return 1
	}
	return 2
}

func weakly(name string, k Kind) checker.Fairness[Action] {
	return checker.WF(name, checker.PerSide(func(_ int, a Action) bool { return a.Kind == k }))
}
