package system

import (
	"fmt"
	"slices"

	"finwait/model"
)

// Timed are the bounds of a discrete clock; all but Losses are in ticks. The
// zero value is a system without a clock, in which every timer may come at any
// time and a segment stays in flight as long as it likes.
//
// With a clock, time goes on by Tick, a joint move of both sides, and a tick is
// urgent about what is due: there is none while a timer of either side has run
// out, an acknowledgment has waited as long as it may, or the life of a segment
// is over. So "no segment lives longer than MSL" is enforced, not assumed; and
// the 2MSL timeout comes exactly when its timer runs out, whatever the peer
// does. Between two ticks everything else may happen, in any order: a segment
// takes from 0 to MSL ticks.
//
// Losses are bounded, or no 2MSL would be long enough: a peer whose FINs are
// all lost retransmits for ever. What has no loss left to it arrives.
type Timed struct {
	RTO    int // the retransmission timeout; 0: there is no clock
	MSL    int // the maximum segment lifetime
	TwoMSL int // how long TIME-WAIT lasts after its timer was started, or started again
	Delay  int // how long an acknowledgment may be pending
	Losses int // segments that the network may lose, per direction
}

// On reports whether there is a clock.
func (t *Timed) On() bool { return t.RTO > 0 }

// maxTicks is the longest time that a state can hold.
const maxTicks = 1<<8 - 1

func (t *Timed) validate() error {
	for _, f := range [...]struct {
		name string
		n    int
	}{{"rto", t.RTO}, {"msl", t.MSL}, {"2msl", t.TwoMSL}, {"ack-delay", t.Delay}, {"losses", t.Losses}} {
		if f.n < 0 || f.n > maxTicks {
			return fmt.Errorf("%s: %d is out of range, 0 to %d", f.name, f.n, maxTicks)
		}
	}
	if !t.On() && *t != (Timed{}) {
		return fmt.Errorf("rto: a clock needs a retransmission timeout, 1 to %d ticks", maxTicks)
	}
	return nil
}

// Clock is what the clock of a side shows, and what its network has lost. What
// does not run is 0.
type Clock struct {
	Life           [MaxInFlight + 1]uint8 // ticks that each segment in flight has left, in the order of Side.Net
	Running        model.Timers           // the timers that run: as the machine has started and stopped them
	Retransmission uint8                  // ticks left until the retransmission timeout
	TimeWait       uint8                  // ticks left until the 2MSL timeout
	ACK            uint8                  // ticks that the pending acknowledgment may still wait
	Lost           uint8                  // segments from here that the network has lost
}

// keepTimers starts and stops what the machine says, and nothing else: there is
// one retransmission timer, and one for TIME-WAIT. A TCB that is deleted, or
// begins anew in LISTEN, takes its timers with it.
func (b *System) keepTimers(s *Side, before *model.TCB, fx *model.Effects) {
	if !b.Timed.On() {
		return
	}
	c := &s.Clock
	c.Running = (c.Running | fx.Started) &^ fx.Stopped
	if s.State < model.SynSent {
		c.Running = 0
	}
	keep := func(left *uint8, timer model.Timers, ticks int) {
		switch {
		case c.Running&timer == 0:
			*left = 0
		case fx.Started&timer != 0:
			*left = uint8(ticks)
		}
	}
	keep(&c.Retransmission, model.TimerRetransmission, b.Timed.RTO)
	keep(&c.TimeWait, model.TimerTimeWait, b.Timed.TwoMSL)
	switch {
	case !s.Is(model.ACKPending):
		c.ACK = 0
	case !before.Is(model.ACKPending):
		c.ACK = uint8(b.Timed.Delay)
	}
}

// clockMoves is the side's part in a Tick. Where nothing runs, time makes no
// difference, so that a tick needs something that runs at one of the two sides.
func (b *System) clockMoves(s Side, buf []Move) []Move {
	if !b.Timed.On() || b.Due(&s) {
		return buf
	}
	var need uint64
	if !s.runs() {
		need = FactRuns
	}
	next := s
	c := &next.Clock
	for i := range c.Life[:s.NumNet] {
		c.Life[i]--
	}
	if c.Retransmission > 0 {
		c.Retransmission--
	}
	if c.TimeWait > 0 {
		c.TimeWait--
	}
	if c.ACK > 0 {
		c.ACK--
	}
	return append(buf, Move{joint, Action{Kind: Tick}, next, need})
}

// runs reports whether a tick makes a difference to s.
func (s *Side) runs() bool {
	c := &s.Clock
	return s.NumNet > 0 || c.Retransmission > 0 || c.TimeWait > 0 || c.ACK > 0
}

// Due reports whether something has to happen in s before time goes on.
func (b *System) Due(s *Side) bool {
	c := &s.Clock
	if slices.Contains(c.Life[:s.NumNet], 0) || s.Is(model.ACKPending) && c.ACK == 0 || TimeWaitOver(s) {
		return true
	}
	if !b.retransmissionDue(s) {
		return false
	}
	// A machine with a bug may have nothing to send.
	_, _, fx := b.retransmission(*s)
	return !fx.Reply.Refused()
}

// retransmissionDue reports whether the retransmission timeout may come:
// without a clock at any time.
func (b *System) retransmissionDue(s *Side) bool {
	if b.NoRetransmit {
		return false
	}
	return !b.Timed.On() || s.Clock.Running&model.TimerRetransmission != 0 && s.Clock.Retransmission == 0
}

// TimeWaitOver reports whether the 2MSL timeout of s is due, by its clock.
func TimeWaitOver(s *Side) bool {
	return s.Clock.Running&model.TimerTimeWait != 0 && s.Clock.TimeWait == 0
}

// putTimed adds g, newly sent, to what is in flight. Copies that were sent at
// different times are different; and the network absorbs nothing.
func (b *System) putTimed(s *Side, g model.Segment) {
	i := int(s.NumNet)
	if !b.FIFO {
		for order := b.order(s.Role); i > 0 && order(s.Net[i-1], g) > 0; i-- {
			s.Net[i], s.Clock.Life[i] = s.Net[i-1], s.Clock.Life[i-1]
		}
	}
	s.Net[i], s.Clock.Life[i] = g, uint8(b.Timed.MSL)
	s.NumNet++
}

// twin reports whether the i-th segment in flight is the same as the one
// before, with the same life left: what becomes of it is told already.
func (s *Side) twin(i int) bool {
	return i > 0 && s.Net[i] == s.Net[i-1] && s.Clock.Life[i] == s.Clock.Life[i-1]
}

// encodeClock appends the content of a clock.
func encodeClock(dst []byte, s *Side) []byte {
	c := &s.Clock
	dst = append(dst, c.Life[:s.NumNet]...)
	return append(dst, byte(c.Running), c.Retransmission, c.TimeWait, c.ACK, c.Lost)
}

// timed is the scenario with a clock.
func timed() Scenario {
	return Scenario{
		Name: "timed",
		Text: "an open connection and a clock: segments have a time to live, timers run in ticks, losses are bounded, and TIME-WAIT ends when its timer runs out",
		Ends: "CLOSED x CLOSED",
		Bounds: Bounds{
			Octets: [2]int{0, 1}, MSS: 1, InFlight: MaxInFlight, Loss: true, Start: FromEstablished,
			Timed: Timed{RTO: 3, MSL: 1, TwoMSL: 12, Losses: 2},
		},
		Few:     &[2]int{},
		Actions: []Kind{Send, Close, Transmit, Ack, Retransmit, TimeWaitExpire, Deliver, Lose, Tick},
		Arrows:  arrows(closing),
	}
}
