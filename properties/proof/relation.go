package proof

import (
	"finwait/model"
	"finwait/properties/proof/smt"
)

// Action is one kind of step of one side: what it needs, what becomes of the
// side, and what is sent. The other side does not change. What the step may
// choose are its parameters.
type Action struct {
	Name     string
	Mover    int // whose side changes
	Guard    []smt.Fact
	Params   []Term
	Post     Side    // the side afterwards
	Sends    Term    // whether a segment is sent
	Out      Segment // which
	Arrives  bool    // the segment Arr of the other side arrives
	Possible []Case  // what must be possible, or the proof would be about nothing
}

// Case is something that can happen in an action.
type Case struct {
	Name string
	Term Term
}

// step collects what an action changes.
type step struct {
	*Action
	t    *Theory
	s, p *Side
}

func (t *Theory) action(name string, mover int) step {
	s := t.Sides[mover]
	a := &Action{Name: name, Mover: mover, Post: s, Sends: smt.False}
	return step{a, t, &t.Sides[mover], &t.Sides[1-mover]}
}

func (x step) when(name string, c Term) { x.Guard = append(x.Guard, smt.Fact{Name: name, Term: c}) }

// done names what has changed.
func (x step) done() {
	for _, f := range fields {
		after, name := f.of(&x.Post), roles[x.Mover]+"."+f.name+"'"
		if *after != *f.of(x.s) && (*after).Name() != name {
			*after = x.t.Define(name, *after)
		}
	}
}

func (x step) param(p Term) Term {
	x.Params = append(x.Params, p)
	return p
}

func (x step) can(name string, c Term) { x.Possible = append(x.Possible, Case{name, c}) }

// send is an acknowledgment in the new state, with n octets from seq on, or the FIN.
func (x step) send(when, seq, n, fin Term) {
	x.done()
	x.Sends = when
	x.Out = Segment{
		Seq: seq, Len: n, Ack: x.Post.Rcv, Val: x.t.C[x.Mover],
		Fin: fin, Rst: smt.False, Syn: smt.False, HasAck: smt.True,
	}
}

// closes lets the side come to CLOSED: what was held is gone.
func (x step) closes(when Term, way Term) {
	x.Post.St = smt.Ite(when, state(model.Closed), x.Post.St)
	x.Post.End = smt.Ite(when, way, x.Post.End)
	x.forget(when)
}

func (x step) forget(when Term) {
	x.Post.HMax = smt.Ite(when, num(0), x.Post.HMax)
	x.Post.Hf = and(not(when), x.Post.Hf)
	x.Post.Hfp = smt.Ite(when, num(0), x.Post.Hfp)
	x.Post.Held = and(not(when), x.Post.Held)
}

// Actions lists the relation: all that can happen to the side in place mover.
// What the network does needs no action of its own: a segment that was ever
// sent may arrive at any time, and any number of times, or never.
func (t *Theory) Actions(mover int) []*Action {
	return []*Action{
		t.send(mover), t.closeCall(mover), t.receive(mover), t.receiveEnd(mover), t.abort(mover), t.userTimeout(mover),
		t.transmit(mover), t.acknowledge(mover), t.retransmit(mover), t.timeWaitExpires(mover), t.deliver(mover),
	}
}

// send is SEND [3.10.2], of any number of octets.
func (t *Theory) send(i int) *Action {
	x := t.action("send", i)
	n := x.param(t.Int("send." + roles[i]))
	x.when("in ESTABLISHED or CLOSE-WAIT", x.s.in(model.Established, model.CloseWait))
	x.when("before CLOSE", not(x.s.Cl))
	x.when("some octets", le(num(0), n))
	x.Post.Wr = smt.Add(x.s.Wr, n)
	x.can("in CLOSE-WAIT", and(x.s.in(model.CloseWait), lt(num(0), n)))
	x.done()
	return x.Action
}

// closeCall is CLOSE [3.10.4].
func (t *Theory) closeCall(i int) *Action {
	x := t.action("close", i)
	x.when("in ESTABLISHED or CLOSE-WAIT", x.s.in(model.Established, model.CloseWait))
	x.when("once", not(x.s.Cl))
	x.Post.Cl = smt.True
	x.Post.St = smt.Ite(x.s.in(model.Established), state(model.FinWait1), x.s.St)
	if t.bug["close-flushes"] {
		x.Post.Wr = x.s.Nxt
	}
	x.can("ESTABLISHED --CLOSE--> FIN-WAIT-1", x.s.in(model.Established))
	x.can("queued in CLOSE-WAIT", x.s.in(model.CloseWait))
	x.done()
	return x.Action
}

// receive is RECEIVE [3.10.3]: some of what is received in order and not yet
// read. In CLOSED too: it outlives the TCB.
func (t *Theory) receive(i int) *Action {
	x := t.action("receive", i)
	n := x.param(t.Int("receive." + roles[i]))
	x.when("some octets", lt(num(0), n))
	x.when("that are there", le(smt.Add(x.s.Read, n), x.s.octets()))
	to := smt.Add(x.s.Read, n)
	x.Post.Read = to
	x.Post.Dl = smt.Add(x.s.Dl, n)
	peers := t.X[1-i]
	x.Post.Out = smt.Ite(and(le(x.s.Read, peers), lt(peers, to)), x.s.Val, x.s.Out)
	x.can("in CLOSED", x.s.in(model.Closed))
	x.can("after CLOSE", x.s.in(model.FinWait2))
	x.done()
	return x.Action
}

// receiveEnd is the RECEIVE that returns the end of the stream.
func (t *Theory) receiveEnd(i int) *Action {
	x := t.action("receive-end", i)
	x.when("the FIN is received", x.s.Rf)
	x.when("all is read", eq(x.s.Read, x.s.octets()))
	x.when("not told yet", not(x.s.Told))
	x.Post.Told = smt.True
	x.Post.Eof = smt.True
	x.can("in CLOSE-WAIT, with octets", and(x.s.in(model.CloseWait), lt(num(0), x.s.Dl)))
	x.done()
	return x.Action
}

// abort is ABORT [3.10.5].
func (t *Theory) abort(i int) *Action {
	x := t.action("abort", i)
	x.when("not in CLOSED", not(x.s.in(model.Closed)))
	x.closes(smt.True, end(ByAbort))
	x.Sends = x.s.in(model.Established, model.FinWait1, model.FinWait2, model.CloseWait)
	x.Out = reset(x.s.Nxt)
	x.can("with a RST", x.Sends)
	x.can("without", not(x.Sends))
	x.done()
	return x.Action
}

// reset is a RST with a sequence number.
func reset(seq Term) Segment {
	return Segment{
		Seq: seq, Len: num(0), Ack: num(0), Val: num(0),
		Fin: smt.False, Rst: smt.True, Syn: smt.False, HasAck: smt.False,
	}
}

// userTimeout is the USER TIMEOUT [3.10.8].
func (t *Theory) userTimeout(i int) *Action {
	x := t.action("user-timeout", i)
	x.when("not in CLOSED", not(x.s.in(model.Closed)))
	x.closes(smt.True, end(ByTimeout))
	x.done()
	return x.Action
}

// transmit sends queued text, the FIN, or both [3.10.2, 3.10.4]. The send
// window may be anything, so the zero-window probe is one of these.
func (t *Theory) transmit(i int) *Action {
	x := t.action("transmit", i)
	n, fin := x.param(t.Int("transmit."+roles[i])), x.param(t.Bool("transmit.fin."+roles[i]))
	x.when("in a state that sends", x.s.in(model.Established, model.CloseWait, model.FinWait1, model.Closing))
	x.when("something", and(le(num(0), n), or(fin, lt(num(0), n))))
	to := smt.Add(x.s.Nxt, n)
	x.when("that is queued", le(to, x.s.Wr))
	x.when("the FIN last, after CLOSE", given(fin, and(x.s.Cl, eq(to, x.s.Wr))))
	x.Post.Nxt = smt.Add(to, smt.One(fin))
	last := and(fin, x.s.in(model.CloseWait))
	x.Post.St = smt.Ite(last, state(model.LastAck), x.s.St)
	if t.bug["last-ack-skipped"] {
		x.closes(last, end(ByLastAck))
	}
	x.send(smt.True, x.s.Nxt, n, fin)
	x.can("CLOSE-WAIT --CLOSE--> LAST-ACK", last)
	x.can("text and FIN together", and(fin, lt(num(0), n)))
	x.can("text before CLOSE", and(not(x.s.Cl), lt(num(0), n)))
	x.can("the FIN in CLOSING", and(fin, x.s.in(model.Closing)))
	x.done()
	return x.Action
}

// acknowledge sends an acknowledgment, pending or not.
func (t *Theory) acknowledge(i int) *Action {
	x := t.action("acknowledge", i)
	x.when("not in CLOSED", not(x.s.in(model.Closed)))
	x.send(smt.True, x.s.Nxt, num(0), smt.False)
	x.can("in TIME-WAIT", x.s.in(model.TimeWait))
	x.done()
	return x.Action
}

// retransmit is the RETRANSMISSION TIMEOUT [3.10.8]: any part of what is
// outstanding, from any place on.
func (t *Theory) retransmit(i int) *Action {
	x := t.action("retransmit", i)
	off, n := x.param(t.Int("retransmit.skip."+roles[i])), x.param(t.Int("retransmit."+roles[i]))
	fin := x.param(t.Bool("retransmit.fin." + roles[i]))
	x.when("not in CLOSED", not(x.s.in(model.Closed)))
	x.when("something", and(le(num(0), off), le(num(0), n), or(fin, lt(num(0), n))))
	from := smt.Add(x.s.Una, off)
	to := smt.Add(from, n)
	x.when("that is outstanding", le(to, smt.Sub(x.s.Nxt, smt.One(x.s.finSent()))))
	x.when("the FIN last, if it was sent", given(fin, and(x.s.finSent(), eq(to, x.s.Wr))))
	if t.bug["fin-retransmitted-later"] {
		from = smt.Ite(and(fin, eq(n, num(0))), next(from), from)
	}
	x.send(smt.True, from, n, fin)
	x.can("of the FIN in LAST-ACK", and(fin, x.s.in(model.LastAck)))
	x.can("of text before it", and(not(fin), x.s.finSent()))
	x.done()
	return x.Action
}

// timeWaitExpires is the TIME-WAIT TIMEOUT [3.10.8]. 2MSL is long against the
// peer's retransmission timeout: when it is over, the peer has nothing left to
// retransmit. (Nor is anything in flight then; the proof does not need that.)
func (t *Theory) timeWaitExpires(i int) *Action {
	x := t.action("time-wait-expires", i)
	x.when("in TIME-WAIT", x.s.in(model.TimeWait))
	if !t.bug[FreeTimeWait] {
		x.when("the peer has nothing to retransmit", or(x.p.in(model.Closed), eq(x.p.Una, x.p.Nxt)))
	}
	x.closes(smt.True, end(ByTimeWait))
	x.can("TIME-WAIT --Timeout=2MSL--> CLOSED, the peer in TIME-WAIT", x.p.in(model.TimeWait))
	x.can("TIME-WAIT --Timeout=2MSL--> CLOSED, after the peer", x.p.in(model.Closed))
	x.done()
	return x.Action
}
