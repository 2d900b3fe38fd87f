package proof

import (
	"strings"

	"finwait/model"
	"finwait/properties/proof/smt"
)

// Liveness by ranking: once both users have CLOSEd, and if nobody gives up,
// there is a number that no step makes larger; and while the connection is not
// over, something is possible, if the network lets it through, that makes it
// smaller. It is never negative. So it is smaller only so often.

// rank is what is left to do: numbers to be sent, to be received, to be
// acknowledged, and states to be left, of both sides.
func rank(sides *[2]Side) Term {
	var list []Term
	for i := range 2 {
		s, p := &sides[i], &sides[1-i]
		left := func(done Term) Term { return smt.Sub(s.pastFIN(), done) }
		list = append(list, left(s.Nxt), left(p.Rcv), left(s.Una),
			smt.Ite(s.in(model.Closed), num(0), smt.Ite(s.in(model.TimeWait), num(1), num(2))))
	}
	return smt.Add(list...)
}

// closing holds when both users have called CLOSE, and nobody gives up.
func closing(sides *[2]Side) Term {
	return and(sides[0].Cl, sides[1].Cl, orderly(&sides[0], &sides[1]))
}

// over holds when both are CLOSED.
func over(sides *[2]Side) Term { return and(sides[0].in(model.Closed), sides[1].in(model.Closed)) }

// What is helpful, of side s with its peer p.

// mustSend: something is queued that was never sent, the FIN at least.
func mustSend(s *Side) Term { return and(not(s.in(model.Closed)), le(s.Nxt, s.Wr)) }

// mustResend: the front of the retransmission queue is what p waits for.
func mustResend(s, p *Side) Term {
	return and(not(s.in(model.Closed)), not(p.in(model.Closed)), eq(s.Una, p.Rcv), lt(p.Rcv, s.Nxt))
}

// mustAcknowledge: p has received what s does not know of, and is there to say so.
func mustAcknowledge(s, p *Side) Term {
	return and(not(s.in(model.Closed)), not(p.in(model.Closed)), lt(s.Una, p.Rcv))
}

// mayExpire: s is in TIME-WAIT, and its peer needs it no more.
func mayExpire(s, p *Side) Term {
	return and(s.in(model.TimeWait), or(p.in(model.Closed), eq(p.Una, p.Nxt)))
}

// helps lists what may help at the side in place i, as sides are.
func (p *Proof) helps(sides *[2]Side, i int) []Case {
	s, peer := &sides[i], &sides[1-i]
	return []Case{
		{"something is to be sent by ", mustSend(s)},
		{"something is to be sent again by ", mustResend(s, peer)},
		{"something is to be acknowledged to ", mustAcknowledge(s, peer)},
		{"TIME-WAIT may end at ", mayExpire(s, peer)},
	}
}

// flies lists what helps of a segment of the side in place i that is in flight.
func (p *Proof) flies(sides *[2]Side, i int) []Case {
	return []Case{
		{"what is waited for stays so, in flight from ", p.waitedFor(&p.Any, &sides[1-i])},
		{"news stay news, in flight from ", p.news(&p.Any, &sides[1-i])},
	}
}

// ranking lists what is to be shown of the rank.
func (p *Proof) ranking() []Part {
	list := []Part{{p.helpful(), nil}}
	for i := range 2 {
		for _, a := range p.Actions(i) {
			switch a.Name {
			case "send", "close", "abort", "user-timeout": // are over, or do not come
			default:
				list = append(list, Part{p.ranked(a), a})
			}
		}
	}
	return list
}

// helpful: while the connection is not over, something helps.
func (p *Proof) helpful() *smt.Group {
	g := &smt.Group{
		Name:   "ranking",
		Text:   "Both users have CLOSEd, and nobody gives up: the rank is not negative, and until both are CLOSED something helps.",
		Assume: append(p.assumed(), smt.Fact{Name: "both have CLOSEd, and nobody gives up", Term: closing(&p.Sides)}),
	}
	var helps []Term
	for i := range 2 {
		for _, c := range p.helps(&p.Sides, i) {
			helps = append(helps, c.Term)
			g.Obligations = append(g.Obligations, may("possible: "+c.Name+roles[i], c.Term))
		}
	}
	g.Obligations = append(g.Obligations,
		must("the rank is not negative", le(num(0), rank(&p.Sides))),
		must("something helps", or(append(helps, over(&p.Sides))...)))
	return g
}

// ranked: the action does not make the rank larger; and where it is the one
// that helps, it is possible, and makes it smaller, or sends what does. And what helps goes on to help until the rank is
// smaller: that is what fairness needs.
func (p *Proof) ranked(a *Action) *smt.Group {
	g := &smt.Group{
		Name:   "ranking-" + a.Name + "-" + strings.ToLower(roles[a.Mover]),
		Text:   roles[a.Mover] + ": " + a.Name + ". The rank does not grow.",
		Assume: append(p.assumed(), smt.Fact{Name: "both have CLOSEd, and nobody gives up", Term: closing(&p.Sides)}),
	}
	if a.Arrives {
		for _, f := range p.of(&p.Arr, &p.Sides, 1-a.Mover) {
			g.Assume = append(g.Assume, smt.Fact{Name: "what arrives was sent: " + f.Name, Term: f.Term})
		}
	}
	var guards []Term
	for _, f := range a.Guard {
		guards = append(guards, f.Term)
	}
	guard := and(guards...)
	after := p.Sides
	after[a.Mover] = a.Post
	before, then := p.Define("rank", rank(&p.Sides)), p.Define("rank'", rank(&after))
	lower := lt(then, before)
	g.Obligations = append(g.Obligations,
		must("the rank does not grow", given(guard, le(then, before))),
		may("possible", guard))
	for i := range 2 {
		was := append(p.helps(&p.Sides, i), p.flies(&p.Sides, i)...)
		for k, c := range append(p.helps(&after, i), p.flies(&after, i)...) {
			g.Obligations = append(g.Obligations, must("until the rank is smaller: "+c.Name+roles[i], given(and(guard, was[k].Term), or(lower, c.Term))))
		}
	}
	s, peer := &p.Sides[a.Mover], &p.Sides[1-a.Mover]
	add := func(list ...smt.Obligation) { g.Obligations = append(g.Obligations, list...) }
	switch a.Name {
	case "transmit":
		n, fin := a.Params[0], a.Params[1]
		one := and(mustSend(s), eq(n, smt.One(lt(s.Nxt, s.Wr))), eq(fin, eq(s.Nxt, s.Wr)))
		add(must("helps: it is possible", given(one, guard)), must("helps", given(and(one, guard), lower)), may("possible: it helps", one))
	case "retransmit":
		off, n, fin := a.Params[0], a.Params[1], a.Params[2]
		one := and(mustResend(s, peer), eq(off, num(0)), eq(n, smt.One(lt(s.Una, s.Wr))), eq(fin, eq(s.Una, s.Wr)))
		add(must("helps: it is possible", given(one, guard)),
			must("helps: it sends what the peer waits for", given(one, p.waitedFor(&a.Out, peer))), may("possible: it helps", one))
	case "acknowledge":
		one := mustAcknowledge(peer, s)
		add(must("helps: it is possible", given(one, guard)),
			must("helps: it sends what the peer does not know", given(one, p.news(&a.Out, peer))), may("possible: it helps", one))
	case "time-wait-expires":
		one := mayExpire(s, peer)
		add(must("helps: it is possible", given(one, guard)), must("helps", given(one, lower)), may("possible: it helps", one))
	case "deliver":
		wide := lt(smt.Sub(p.Arr.textEnd(), s.Rcv), p.Wnd)
		for _, c := range []Case{{"what is waited for", p.waitedFor(&p.Arr, s)}, {"news", p.news(&p.Arr, s)}} {
			one := and(guard, wide, not(s.in(model.Closed)), c.Term)
			add(must("helps: "+c.Name, given(one, lower)), may("possible: "+c.Name, one))
		}
	}
	return g
}

// plain holds of a segment that is neither RST nor SYN, and bears an ACK.
func plain(g *Segment) Term { return and(not(g.Rst), not(g.Syn), g.HasAck) }

// waitedFor holds of a segment that begins at, or before, what s expects next, and has it.
func (p *Proof) waitedFor(g *Segment, s *Side) Term {
	return and(plain(g), le(g.Seq, s.Rcv), lt(s.Rcv, smt.Add(g.textEnd(), smt.One(g.Fin))))
}

// news holds of a segment, not before what s expects, that acknowledges what s does not know to be received.
func (p *Proof) news(g *Segment, s *Side) Term {
	return and(plain(g), le(s.Rcv, g.Seq), lt(s.Una, g.Ack))
}
