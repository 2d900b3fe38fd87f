package conformance

import (
	"errors"
	"fmt"
	"time"

	"finwait/candidates"
	"finwait/model"
)

// The timers of the model as a stack. Any would do.
const (
	modelRTO    = time.Second
	model2MSL   = time.Minute
	modelDelack = 200 * time.Millisecond
	modelISS    = 4_294_967_000 // soon past 2^32
)

// ModelStack is package model as a stack under test: one endpoint, run by
// model.Step under any options. It transmits what it can at once, and
// acknowledges after a short delay. Its CLOSE is the half-duplex one of sockets.
type ModelStack struct {
	o      model.Options
	iss    model.Seq
	tcb    model.TCB
	out    []model.Segment
	rto    time.Duration // since the retransmission timer was started
	twoMSL time.Duration // since the time-wait timer was started, or FIN-WAIT-2 was entered
	delack time.Duration // since the acknowledgment is pending
}

// NewModelStack is a fresh endpoint in CLOSED.
func NewModelStack(o model.Options) *ModelStack { return &ModelStack{o: o, iss: modelISS} }

// Caps is everything.
func (s *ModelStack) Caps() Caps { return CanAll }

// Clock tells how long the timers run.
func (s *ModelStack) Clock() Clock { return Clock{RTO: modelRTO, TwoMSL: model2MSL} }

// step is one event, and what follows of itself.
func (s *ModelStack) step(e model.Event, o model.Options) model.Effects {
	fx := s.apply(e, o)
	for {
		r := candidates.Reaction{To: candidates.Endpoint{TCB: s.tcb}, Options: o}
		next, ok := r.Transmission()
		if !ok {
			return fx
		}
		s.apply(next, o)
	}
}

func (s *ModelStack) apply(e model.Event, o model.Options) model.Effects {
	next, fx := o.Step(s.tcb, e)
	if fx.Sends {
		s.out = append(s.out, fx.Segment)
	}
	if fx.Started&model.TimerTimeWait != 0 || next.State != s.tcb.State {
		s.twoMSL = 0
	}
	if next.SND.NXT == next.SND.UNA && next.SND.WND > 0 || fx.Started&model.TimerRetransmission != 0 {
		s.rto = 0
	}
	if !next.Is(model.ACKPending) {
		s.delack = 0
	}
	s.tcb = next
	return fx
}

func (s *ModelStack) call(e model.Event, o model.Options) error {
	if fx := s.step(e, o); fx.Reply.Refused() {
		return fmt.Errorf("%w: %v", ErrRefused, fx.Reply)
	}
	return nil
}

// Listen is a passive OPEN.
func (s *ModelStack) Listen() error { return s.call(model.Event{Kind: model.CallPassiveOpen}, s.o) }

// Connect is an active OPEN.
func (s *ModelStack) Connect() error {
	return s.call(model.Event{Kind: model.CallActiveOpen, ISS: s.iss}, s.o)
}

// Accept has nothing to do: there is no listener apart from the connection.
func (s *ModelStack) Accept() error { return nil }

// Write is SEND.
func (s *ModelStack) Write(n int) error {
	return s.call(model.Event{Kind: model.CallSEND, N: uint32(n), ISS: s.iss}, s.o)
}

// Read is RECEIVE, which does not wait.
func (s *ModelStack) Read(n int) (octets int, end bool, err error) {
	if !s.tcb.Readable() && s.tcb.State != model.Closed && !s.tcb.Is(model.FINReceived) {
		return 0, false, nil
	}
	fx := s.step(model.Event{Kind: model.CallRECEIVE, N: uint32(n)}, s.o)
	if fx.Reply.Refused() {
		err = fmt.Errorf("%w: %v", ErrRefused, fx.Reply)
	}
	return int(fx.Delivered.Len()), fx.Reply == model.EndOfStream, err
}

// HalfClose is CLOSE; the user goes on reading.
func (s *ModelStack) HalfClose() error {
	o := s.o
	o.CloseUnreadSendsFIN = false // it is about the other CLOSE
	return s.call(model.Event{Kind: model.CallCLOSE}, o)
}

// Close is CLOSE by a user who will not read.
func (s *ModelStack) Close() error {
	o := s.o
	o.HalfDuplexClose = true
	return s.call(model.Event{Kind: model.CallCLOSE}, o)
}

// Abort is ABORT.
func (s *ModelStack) Abort() error { return s.call(model.Event{Kind: model.CallABORT}, s.o) }

// Inject is SEGMENT ARRIVES.
func (s *ModelStack) Inject(g model.Segment) error {
	s.step(model.Event{Kind: model.SegmentArrives, Segment: g, ISS: s.iss}, s.o)
	return nil
}

// Collect hands over what was sent. The window is written as the wire does
// without scaling, in 16 bits.
func (s *ModelStack) Collect() ([]model.Segment, error) {
	out := s.out
	s.out = nil
	return out, nil
}

// Advance moves the clock.
func (s *ModelStack) Advance(d time.Duration) error {
	if d < 0 {
		return errors.New("time does not go back")
	}
	const tick = 50 * time.Millisecond
	for ; d > 0; d -= tick {
		s.tick(min(d, tick))
	}
	return nil
}

func (s *ModelStack) tick(d time.Duration) {
	c := &s.tcb
	if c.Is(model.ACKPending) {
		if s.delack += d; s.delack >= modelDelack {
			s.step(model.Event{Kind: model.OutputAck}, s.o)
		}
	}
	if c.State == model.TimeWait && c.Is(model.TimerTW) {
		if s.twoMSL += d; s.twoMSL >= model2MSL {
			s.step(model.Event{Kind: model.TimeoutTimeWait}, s.o)
		}
	}
	if c.State == model.FinWait2 && s.o.FinWait2Timer {
		if s.twoMSL += d; s.twoMSL >= model2MSL {
			s.step(model.Event{Kind: model.TimeoutFinWait2}, s.o)
		}
	}
	if s.rto += d; s.rto < modelRTO {
		return
	}
	s.rto = 0
	if c.SND.UNA != c.SND.NXT {
		s.retransmit()
	} else if c.SND.WND == 0 {
		s.step(model.Event{Kind: model.OutputProbe}, s.o)
	}
}

// retransmit sends all that is outstanding.
func (s *ModelStack) retransmit() {
	for _, e := range (candidates.Reaction{To: candidates.Endpoint{TCB: s.tcb}, Options: s.o}).Expiries() {
		before := len(s.out)
		if s.step(e, s.o); len(s.out) > before {
			return
		}
	}
}

// State is the state.
func (s *ModelStack) State() (model.State, error) { return s.tcb.State, nil }

// Done does nothing.
func (s *ModelStack) Done() error { return nil }
