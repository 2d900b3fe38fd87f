package proof

import (
	"finwait/model"
	"finwait/properties/proof/smt"
)

// arrival is SEGMENT ARRIVES in the making: what is known of it, in the order
// of the RFC's checks [3.10.7.4]. Each part has the name under which solvers see it.
type arrival struct {
	step
	g Segment

	occupies   Term // SEG.LEN
	passes     Term // the first check, or the special allowance of a window of zero
	allowed    Term // that allowance
	live       Term // it comes to the fifth check
	ok         Term // its ACK field is believed
	una        Term // SND.UNA afterwards
	st         Term // the state after the ACK field
	takes      Term // it comes to the seventh check
	lo, hi     Term // what of its text is new and in the window
	inOrder    Term // text at RCV.NXT
	ahead      Term // text behind a hole
	holds      Term // which is held
	finAt      Term // where its FIN stands
	newFIN     Term // which is taken up
	heldTo     Term // HMax, and Hf and Hfp, before what is in order is taken up
	heldFIN    Term
	heldFINAt  Term
	held       Term
	to         Term // RCV.NXT after what is in order is taken up, the FIN apart
	finArrives Term // the eighth check: the FIN is in order
	reset      Term // it is a RST that is obeyed
}

func (x *arrival) name(n string, t Term) Term { return x.t.Define(n, t) }

// deliver is SEGMENT ARRIVES [3.10.7]: the segment Arr, of the other side. The
// receive window is any. Where the relation cannot know what is held out of
// order, but for octet X, it may choose; and a place to hold text may be lacking.
func (t *Theory) deliver(i int) *Action { return t.arrival(i).Action }

func (t *Theory) arrival(i int) *arrival {
	x := &arrival{step: t.action("deliver", i), g: t.Arr}
	x.Arrives = true
	x.when("a window", le(num(0), t.Wnd))
	// (A RST for a segment without ACK has the number 0 [3.10.7.1], which is no
	// position. From ESTABLISHED on nobody sends a segment without ACK but a RST.)
	x.when("what meets CLOSED bears an ACK, or is a RST", or(not(x.s.in(model.Closed)), x.g.HasAck, x.g.Rst))
	x.firstChecks()
	x.ackField()
	x.text()
	x.fin()
	x.takeUp()
	x.becomes()
	x.replies()
	x.cases()
	return x
}

// firstChecks are Table 6, RST, SYN, and the ACK bit.
func (x *arrival) firstChecks() {
	g, s, wnd := &x.g, x.s, x.t.Wnd
	x.occupies = x.name("SEG.LEN", smt.Add(g.Len, smt.One(g.Fin), smt.One(g.Syn)))
	within := func(n Term) Term { return and(le(s.Rcv, n), lt(n, smt.Add(s.Rcv, wnd))) }
	empty := eq(x.occupies, num(0))
	last := smt.Sub(smt.Add(g.Seq, x.occupies), num(1))
	acceptable := x.name("acceptable", smt.Ite(eq(wnd, num(0)),
		and(empty, eq(g.Seq, s.Rcv)),
		smt.Ite(empty, within(g.Seq), or(within(g.Seq), within(last)))))
	x.allowed = x.name("allowed", and(
		not(acceptable), eq(wnd, num(0)), eq(g.Seq, s.Rcv), not(g.Syn), or(g.HasAck, g.Rst)))
	x.passes = x.name("passes", and(not(s.in(model.Closed)), or(acceptable, x.allowed)))
	hits := eq(g.Seq, s.Rcv)
	obeyed := and(x.passes, g.Rst, hits)
	if x.t.bug["rst-not-validated"] {
		obeyed = and(g.Rst, not(s.in(model.Closed)), or(not(x.passes), hits))
	}
	x.reset = x.name("reset-obeyed", obeyed)
	believed := g.HasAck
	if x.t.bug["fin-without-ack"] {
		believed = or(g.HasAck, g.Fin)
	}
	x.live = x.name("live", and(x.passes, not(g.Rst), not(g.Syn), believed))
}

// ackField is the fifth check.
func (x *arrival) ackField() {
	g, s := &x.g, x.s
	x.ok = x.name("believed", and(x.live, or(not(g.HasAck), le(g.Ack, s.Nxt))))
	advances := and(x.ok, g.HasAck, lt(s.Una, g.Ack))
	x.una = x.name("SND.UNA", smt.Ite(advances, g.Ack, s.Una))
	acked := and(s.finSent(), eq(x.una, s.Nxt))
	ackOf := func(st model.State, to model.State, rest Term) Term {
		a := acked
		switch {
		case x.t.bug["last-ack-any-ack"] && st == model.LastAck, x.t.bug["closing-any-ack"] && st == model.Closing:
			a = smt.True
		case x.t.bug["data-ack-as-fin-ack"] && st == model.FinWait1:
			a = and(s.finSent(), advances)
		case x.t.bug["fin-ack-one-less"]:
			a = and(s.finSent(), le(s.Nxt, next(x.una)))
		}
		return smt.Ite(and(x.ok, s.in(st), a), state(to), rest)
	}
	x.st = x.name("state-after-ACK",
		ackOf(model.FinWait1, model.FinWait2, ackOf(model.Closing, model.TimeWait, ackOf(model.LastAck, model.Closed, s.St))))
	x.takes = x.name("takes", and(x.ok, smt.OneOf(x.st, state(model.Established), state(model.FinWait1), state(model.FinWait2))))
}

// text is the seventh check: what of the text is new and in the window, and
// whether it is in order, held, or, for want of a place, dropped.
func (x *arrival) text() {
	g, s := &x.g, x.s
	right := smt.Add(s.Rcv, x.t.Wnd)
	hi := smt.Ite(x.allowed, g.Seq, g.textEnd())
	fin := and(x.takes, g.Fin, not(x.allowed), lt(hi, right), le(s.Rcv, hi))
	ends := and(s.Hf, lt(s.Hfp, hi)) // the stream has an end: nothing lies behind it
	x.lo = x.name("text-from", smt.Max(g.Seq, s.Rcv))
	x.hi = x.name("text-to", smt.Min(hi, smt.Ite(ends, s.Hfp, right)))
	some := and(x.takes, lt(x.lo, x.hi))
	x.inOrder = x.name("in-order", and(some, eq(x.lo, s.Rcv)))
	x.ahead = x.name("ahead", and(some, lt(s.Rcv, x.lo)))
	noPlace := x.param(x.t.Bool("no-place." + roles[x.Mover]))
	x.when("a place is lacking only where something is held", given(noPlace, lt(num(0), s.HMax)))
	x.holds = x.name("holds", and(x.ahead, not(noPlace)))
	x.finAt = x.hi
	x.newFIN = and(fin, not(ends), or(not(x.ahead), x.holds))
}

// fin remembers the FIN, at its place. One that stands before what is held
// throws away what is behind it, or is ignored: of an honest peer there is none.
func (x *arrival) fin() {
	s, mine := x.s, x.t.X[1-x.Mover]
	within := and(le(x.lo, mine), lt(mine, x.hi))
	heldTo := smt.Ite(x.holds, smt.Max(s.HMax, x.hi), s.HMax)
	held := or(s.Held, and(x.holds, within))
	ignored := x.param(x.t.Bool("fin-ignored." + roles[x.Mover]))
	left := x.param(x.t.Int("held-left." + roles[x.Mover]))
	strange := x.name("strange-fin", and(x.newFIN, lt(x.finAt, heldTo)))
	cuts := and(strange, not(ignored))
	x.when("what is left lies before the FIN", given(cuts, and(le(num(0), left), le(left, x.finAt))))
	x.newFIN = x.name("new-fin", and(x.newFIN, not(and(strange, ignored))))
	x.heldTo = x.name("held-to-then", smt.Ite(cuts, left, heldTo))
	x.held = x.name("x-held-then", and(held, or(not(cuts), lt(mine, x.finAt))))
	x.heldFIN = x.name("fin-held-then", or(s.Hf, x.newFIN))
	x.heldFINAt = x.name("fin-held-at-then", smt.Ite(x.newFIN, x.finAt, s.Hfp))
}

// takeUp moves RCV.NXT over the text that is in order and over what is held
// behind it: every octet up to there is held, and the next one is not.
func (x *arrival) takeUp() {
	s, mine := x.s, x.t.X[1-x.Mover]
	to := x.param(x.t.Int("taken-up-to." + roles[x.Mover]))
	x.when("not beyond what is held", given(x.inOrder, and(le(x.hi, to), le(to, smt.Max(x.hi, x.heldTo)))))
	x.when("every octet that is passed is held", given(and(x.inOrder, le(x.hi, mine), lt(mine, to)), x.held))
	x.when("all that is in order is passed", given(and(x.inOrder, x.held), smt.Ne(mine, to)))
	x.to = x.name("in-order-to", smt.Ite(x.inOrder, to, s.Rcv))
	arrives := and(x.takes, x.heldFIN, eq(x.heldFINAt, x.to))
	switch {
	case x.t.bug["fin-across-hole"]:
		arrives = and(x.takes, or(x.newFIN, arrives))
	case x.t.bug["held-fin-early"]:
		arrives = and(x.takes, x.heldFIN, or(x.inOrder, eq(x.heldFINAt, x.to)))
	}
	x.finArrives = x.name("fin-arrives", arrives)
}

// becomes is the side afterwards.
func (x *arrival) becomes() {
	s, mine := x.s, x.t.X[1-x.Mover]
	x.Post.Una = x.una
	rcv, read := x.to, x.s.Read
	if x.t.bug["fin-across-hole"] || x.t.bug["held-fin-early"] {
		rcv = smt.Ite(x.finArrives, x.heldFINAt, rcv)
	}
	rcv = smt.Add(rcv, smt.One(x.finArrives))
	switch {
	case x.t.bug["second-fin-advances"]:
		again := and(s.Rf, not(s.in(model.Closed)), not(x.passes), x.g.Fin, not(x.g.Rst), eq(next(x.g.textEnd()), s.Rcv))
		rcv, read = smt.Add(rcv, smt.One(again)), smt.Add(read, smt.One(again))
	case x.t.bug["data-counted-twice"]:
		again := and(s.in(model.FinWait1), not(x.passes), lt(num(0), x.g.Len), eq(x.g.textEnd(), s.Rcv))
		rcv = smt.Add(rcv, smt.Ite(again, x.g.Len, num(0)))
	}
	x.Post.Rcv, x.Post.Read = rcv, read
	x.Post.Rf = or(s.Rf, x.finArrives)
	behind := and(x.inOrder, le(x.heldTo, x.to))
	x.Post.HMax = smt.Ite(or(x.finArrives, behind), num(0), x.heldTo)
	x.Post.Hf = and(x.heldFIN, not(x.finArrives))
	x.Post.Hfp = smt.Ite(x.finArrives, num(0), x.heldFINAt)
	x.Post.Held = and(x.held, not(x.finArrives), not(and(x.inOrder, lt(mine, x.to))))

	// "When a segment overlaps other already received segments, we reconstruct
	// the segment to contain just the new data" [3.10]: or the old, both are allowed.
	again := x.param(x.t.Bool("overwrites." + roles[x.Mover]))
	comes := and(or(x.inOrder, x.holds), le(x.lo, mine), lt(mine, x.hi), or(not(s.Held), again))
	x.Post.Val = smt.Ite(comes, x.g.Val, s.Val)

	both := model.Closing
	if x.t.bug["closing-skipped"] {
		both = model.TimeWait
	}
	st := smt.Ite(x.finArrives,
		smt.Ite(eq(x.st, state(model.Established)), state(model.CloseWait),
			smt.Ite(eq(x.st, state(model.FinWait1)), state(both), state(model.TimeWait))),
		x.st)
	if x.t.bug["skip-time-wait"] {
		x.closes(and(not(s.in(model.TimeWait)), eq(st, state(model.TimeWait))), end(ByTimeWait))
		st = smt.Ite(eq(st, state(model.TimeWait)), smt.Ite(s.in(model.TimeWait), st, state(model.Closed)), st)
	}
	x.Post.St = smt.Ite(x.reset, state(model.Closed), st)
	lastAck := and(s.in(model.LastAck), eq(x.st, state(model.Closed)))
	x.Post.End = smt.Ite(x.reset, end(ByReset), smt.Ite(lastAck, end(ByLastAck), x.Post.End))
	x.forget(x.reset)
	x.done()
}

// replies is what is sent at once: a RST from CLOSED; an acknowledgment for what
// is not acceptable, for what acknowledges the unsent, for a RST or a SYN that is
// not believed (RFC 5961), for what occupies numbers in TIME-WAIT, and for what
// finds a window of zero.
func (x *arrival) replies() {
	g, s := &x.g, x.s
	closed := s.in(model.Closed)
	acks := and(not(closed), or(
		and(not(x.passes), not(g.Rst)),
		and(x.passes, g.Rst, lt(s.Rcv, g.Seq)),
		and(x.passes, not(g.Rst), g.Syn),
		and(x.live, not(x.ok)),
		and(x.ok, s.in(model.TimeWait), lt(num(0), smt.Ite(x.allowed, num(0), x.occupies))),
		and(x.allowed, not(g.Rst), smt.Ne(x.Post.St, state(model.Closed))),
	))
	refuses := and(closed, not(g.Rst))
	x.Sends = x.name("replies", or(acks, refuses))
	seq := g.Ack
	if x.t.bug["rst-wrong-seq"] {
		seq = g.Seq
	}
	x.Out = Segment{
		Seq: smt.Ite(closed, seq, s.Nxt), Len: num(0), Ack: smt.Ite(closed, num(0), x.Post.Rcv), Val: num(0),
		Fin: smt.False, Rst: closed, Syn: smt.False, HasAck: not(closed),
	}
}

// cases are the arrows that an arriving segment takes, and what is remarkable.
func (x *arrival) cases() {
	s := x.s
	becomes := func(from, to model.State) Term { return and(s.in(from), eq(x.Post.St, state(to))) }
	x.can("ESTABLISHED --rcv FIN--> CLOSE-WAIT", becomes(model.Established, model.CloseWait))
	x.can("FIN-WAIT-1 --rcv ACK of FIN--> FIN-WAIT-2", becomes(model.FinWait1, model.FinWait2))
	x.can("FIN-WAIT-1 --rcv FIN--> CLOSING", becomes(model.FinWait1, model.Closing))
	x.can("FIN-WAIT-1 to TIME-WAIT in one segment", becomes(model.FinWait1, model.TimeWait))
	x.can("FIN-WAIT-2 --rcv FIN--> TIME-WAIT", becomes(model.FinWait2, model.TimeWait))
	x.can("CLOSING --rcv ACK of FIN--> TIME-WAIT", becomes(model.Closing, model.TimeWait))
	x.can("LAST-ACK --rcv ACK of FIN--> CLOSED", and(s.in(model.LastAck), eq(x.Post.End, end(ByLastAck))))
	x.can("TIME-WAIT --rcv RST--> CLOSED, nobody gives up", and(becomes(model.TimeWait, model.Closed), orderly(x.s, x.p)))
	x.can("ESTABLISHED --rcv RST--> CLOSED", becomes(model.Established, model.Closed))
	x.can("text in FIN-WAIT-2", and(s.in(model.FinWait2), x.inOrder))
	x.can("text behind a hole", x.holds)
	x.can("a FIN behind a hole", and(x.newFIN, not(x.finArrives)))
	x.can("a hole is filled, and the FIN behind it arrives", and(not(x.newFIN), x.finArrives))
	x.can("octet x is taken up from what was held", and(s.Held, le(x.t.X[1-x.Mover], smt.Sub(x.to, num(1)))))
	x.can("an ACK at a window of zero", and(x.allowed, lt(s.Una, x.una)))
	x.can("a RST in reply", and(s.in(model.Closed), x.Sends))
	x.can("a FIN again in TIME-WAIT", and(s.in(model.TimeWait), x.g.Fin, x.Sends))
}
