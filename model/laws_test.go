package model

import "fmt"

// obeyLaws takes a step and checks what must be true of every step, under
// every reading and deviation, whatever it does.
func obeyLaws(o Options, c TCB, e Event) (TCB, Effects, error) {
	next, fx := o.Step(c, e)
	err := func() error {
		if again, fx2 := o.Step(c, e); again != next || fx2 != fx {
			return fmt.Errorf("the same step has another result: %v", again)
		}
		if err := next.Valid(); err != nil {
			return err
		}
		for _, law := range laws {
			if !law.holds(o, c, e, next, fx) {
				return fmt.Errorf("not so: %s", law.claim)
			}
		}
		return nil
	}()
	if err != nil {
		err = fmt.Errorf("%w\n  under  %v\n  from   %v\n  event  %v (%+v)\n  to     %v\n  effects %+v", err, o.Names(), c, e, e, next, fx)
	}
	return next, fx, err
}

var laws = []struct {
	claim string
	holds func(o Options, c TCB, e Event, next TCB, fx Effects) bool
}{
	{"what a segment carries as a ghost changes nothing, and what is sent carries no incarnation", func(o Options, c TCB, e Event, next TCB, fx Effects) bool {
		e.Segment.OCT, e.Segment.INC = ^e.Segment.OCT, ^e.Segment.INC
		other, fx2 := o.Step(c, e)
		return other == next && fx2 == fx && fx.Segment.INC == 0
	}},
	{"what is refused changes nothing and sends nothing", func(_ Options, c TCB, _ Event, next TCB, fx Effects) bool {
		return !fx.Reply.Refused() || next == c && fx == Effects{Reply: fx.Reply, Clauses: fx.Clauses}
	}},
	{"every step obeys a clause", func(_ Options, _ TCB, _ Event, _ TCB, fx Effects) bool {
		return fx.Clauses != 0 && fx.Clauses>>NumClauses == 0
	}},
	{"the arrows taken are the figure's and lead from the old state to the new", func(_ Options, c TCB, _ Event, next TCB, fx Effects) bool {
		at := c.State
		for a := range fx.Took {
			arrow, ok := arrowFrom(a.From, a.Trigger)
			if !ok || a.From != at || a.To != arrow.To {
				return false
			}
			at = a.To
		}
		return at == next.State
	}},
	{"octets are delivered in order, each once", func(_ Options, c TCB, _ Event, next TCB, fx Effects) bool {
		d := fx.Delivered
		if d.Lo == d.Hi {
			return !survives(c, next) || next.RCV.READ == c.RCV.READ || next.Is(RSTSent)
		}
		from := c.RCV.READ
		if c.State == SynSent {
			from = next.RCV.IRS + 1
		}
		return d.Lo == from && (next == TCB{} || d.Hi == next.RCV.READ)
	}},
	{"SND.UNA, SND.NXT and RCV.NXT never go back, nor does the right edge of the window", func(_ Options, c TCB, _ Event, next TCB, _ Effects) bool {
		return !survives(c, next) || c.SND.UNA.AtMost(next.SND.UNA) && c.SND.NXT.AtMost(next.SND.NXT) &&
			c.RCV.NXT.AtMost(next.RCV.NXT) && c.RCV.NXT.Add(c.RCV.WND).AtMost(next.RCV.NXT.Add(next.RCV.WND))
	}},
	{"nothing is received after the FIN", func(_ Options, c TCB, _ Event, next TCB, _ Effects) bool {
		return !c.Is(FINReceived) || !survives(c, next) || next.RCV.NXT == c.RCV.NXT
	}},
	{"whatever carries an ACK settles the one that is pending", func(_ Options, _ TCB, _ Event, next TCB, fx Effects) bool {
		return !fx.Sends || !fx.Segment.Has(ACK) || !next.Is(ACKPending)
	}},
	{"what is sent acknowledges what is received", func(_ Options, c TCB, _ Event, next TCB, fx Effects) bool {
		return !fx.Sends || !fx.Segment.Has(ACK) || fx.Segment.Has(RST) || !survives(c, next) || fx.Segment.ACK == next.RCV.NXT
	}},
	{"nothing is sent that lies behind SND.NXT", func(_ Options, _ TCB, _ Event, next TCB, fx Effects) bool {
		return !fx.Sends || next.State < SynSent || fx.Segment.Has(RST) || fx.Segment.End().AtMost(next.SND.NXT)
	}},
	{"only an arriving segment is answered, and no RST by a RST", func(_ Options, _ TCB, e Event, _ TCB, fx Effects) bool {
		if e.Kind != SegmentArrives {
			return !fx.Answers && !fx.Dropped
		}
		return fx.Answers == fx.Sends && !(fx.Sends && fx.Segment.Has(RST) && e.Segment.Has(RST))
	}},
	{"a RST in reply has the sequence number that makes it acceptable", func(_ Options, _ TCB, e Event, _ TCB, fx Effects) bool {
		g := e.Segment
		switch {
		case !fx.Answers || !fx.Segment.Has(RST):
			return true
		case g.Has(ACK):
			return fx.Segment == Segment{SEQ: g.ACK, CTL: RST}
		}
		return fx.Segment == Segment{ACK: g.End(), CTL: RST | ACK}
	}},
	{"without ACK, SYN or RST a segment changes nothing once synchronized", func(_ Options, c TCB, e Event, next TCB, _ Effects) bool {
		c.clear(ACKPending)
		next.clear(ACKPending)
		return e.Kind != SegmentArrives || !c.State.Synchronized() || e.Segment.CTL&(ACK|SYN|RST) != 0 || next == c
	}},
	{"it makes no difference where the two sequence spaces begin", shiftInvariant},
}

// survives reports whether next is the same incarnation of the connection that c is.
func survives(c, next TCB) bool { return c.State > SynSent && next.State > SynSent }

// shiftInvariant moves our sequence space by one amount and the peer's by another.
func shiftInvariant(o Options, c TCB, e Event, next TCB, fx Effects) bool {
	us := ^Seq(0) - ourISS
	peer := 0x7fffffff - us
	e.ISS += us
	if e.Kind == SegmentArrives {
		e.Segment = shiftSegment(e.Segment, peer, us)
	}
	want, wantFx := shift(next, us, peer), fx
	if fx.Sends {
		wantFx.Segment = shiftSegment(fx.Segment, us, peer)
		if fx.Answers && fx.Segment.CTL == RST|ACK {
			wantFx.Segment.SEQ = 0 // the reset that answers a segment without ACK: 0, absolutely
		}
	}
	if fx.Delivered != (Range{}) {
		wantFx.Delivered = Range{fx.Delivered.Lo + peer, fx.Delivered.Hi + peer}
	}
	got, gotFx := o.Step(shift(c, us, peer), e)
	return got == want && gotFx == wantFx
}

// shiftSegment moves a segment's numbers.
func shiftSegment(g Segment, seq, ack Seq) Segment {
	g.SEQ += seq
	if g.Has(ACK) {
		g.ACK += ack
	}
	return g
}

// shift moves those numbers that mean something in c's state.
func shift(c TCB, us, peer Seq) TCB {
	if c.State >= SynSent {
		for _, s := range []*Seq{&c.SND.ISS, &c.SND.UNA, &c.SND.NXT, &c.SND.END} {
			*s += us
		}
	}
	if c.State >= SynReceived {
		c.SND.WL1 += peer
		c.SND.WL2 += us
	}
	if c.State >= SynReceived || c.State == Closed && c != (TCB{}) {
		for _, s := range []*Seq{&c.RCV.IRS, &c.RCV.NXT, &c.RCV.READ} {
			*s += peer
		}
	}
	if c.Is(FINHeld) {
		c.RCV.FIN += peer
	}
	for i := range c.NumHeld {
		c.Held[i].Lo += peer
		c.Held[i].Hi += peer
	}
	return c
}
