package system

import (
	"fmt"

	"finwait/model"
)

// Open is how a user opens, if it does.
type Open uint8

// The ways to open.
const (
	NoOpen Open = iota
	OpensPassive
	OpensActive
)

// Start is where the two endpoints begin.
type Start uint8

// The starts.
const (
	FromClosed      Start = iota // CLOSED x CLOSED: the users have to OPEN
	FromEstablished              // both ESTABLISHED, nothing sent yet
	FromBothClosing              // both users have SENT all their octets and called CLOSE; nothing is in flight yet
)

// TimeWaitMode says when TIME-WAIT may end.
type TimeWaitMode uint8

// The modes. In truth 2MSL outlasts everything that is in flight, and
// everything that the peer may still retransmit: its retransmission timeout is
// shorter, and losses are bounded. TimeWaitGuarded says just that. The others
// show what TIME-WAIT is for.
const (
	TimeWaitGuarded TimeWaitMode = iota
	TimeWaitFree                 // it may end at any time
)

// Unlimited is a budget without end, under the assumption that it is not used
// for ever.
const Unlimited = -1

// Bounds are what makes a system finite, and what its users and its network
// may do.
type Bounds struct {
	Octets   [2]int       // octets that each user may SEND
	MSS      int          // octets that a segment carries at most
	InFlight int          // segments in flight per direction, replies apart
	FIFO     bool         // segments arrive in the order in which they were sent
	Loss     bool         // segments may be lost
	Dup      int          // duplications per direction; Unlimited: finitely many
	ISS      [2]model.Seq // initial sequence numbers
	Window   int          // octets of receive buffer; 0: more than can be outstanding, and windows never change
	Options  model.Options

	Start        Start
	Opens        [2]Open
	Aborts       bool // the users may call ABORT
	NoRetransmit bool // the retransmission timeout never comes
	ReceiveMoves bool // RECEIVE is a move of its own; otherwise users read at once
	AfterFIN     bool // B SENDs and CLOSEs only in CLOSE-WAIT
	TimeWait     TimeWaitMode
	Timed        Timed // a clock
	Inject       int   // segments that a third party may inject per direction, of its Alphabet

	Crashes [2]int // how often each endpoint may forget its TCB
	Reopens [2]int // how often each user may OPEN again, after CLOSED
	ISNStep uint32 // how far the initial sequence number of the next incarnation is above the last one's
}

// limits of what a state can hold.
const (
	maxOctets = 1<<12 - 1
	maxDup    = 1<<8 - 1
	maxMSS    = 1<<12 - 1
	maxCrash  = 1<<8 - 1
	maxReopen = 1<<5 - 1
	maxInject = 1<<8 - 1
)

// Validate tells which bound a state cannot hold, and the largest that it can.
func (b *Bounds) Validate() error {
	for i, n := range b.Octets {
		if n < 0 || n > maxOctets {
			return fmt.Errorf("octets of %c: %d is out of range, 0 to %d", 'A'+i, n, maxOctets)
		}
	}
	for i := range 2 {
		if n := b.Crashes[i]; n < 0 || n > maxCrash {
			return fmt.Errorf("crashes of %c: %d is out of range, 0 to %d", 'A'+i, n, maxCrash)
		}
		if n := b.Reopens[i]; n < 0 || n > maxReopen {
			return fmt.Errorf("reopens of %c: %d is out of range, 0 to %d", 'A'+i, n, maxReopen)
		}
	}
	switch {
	case b.MSS < 1 || b.MSS > maxMSS:
		return fmt.Errorf("mss: %d is out of range, 1 to %d octets", b.MSS, maxMSS)
	case b.InFlight < 1 || b.InFlight > MaxInFlight:
		return fmt.Errorf("inflight: %d is out of range, 1 to %d segments", b.InFlight, MaxInFlight)
	case b.Dup < Unlimited || b.Dup > maxDup:
		return fmt.Errorf("dup: %d is out of range, 0 to %d, or inf", b.Dup, maxDup)
	case b.Inject < 0 || b.Inject > maxInject:
		return fmt.Errorf("inject: %d is out of range, 0 to %d", b.Inject, maxInject)
	case b.Window < 0 || b.Window > model.MaxWindow:
		return fmt.Errorf("window: %d is out of range, 0 to %d octets", b.Window, model.MaxWindow)
	}
	return b.Timed.validate()
}

// System is the labelled transition system that the bounds describe: two
// sides that meet when a segment of one arrives at the other. It satisfies
// checker.Component.
type System struct{ Bounds }

// New is the system of the bounds, or the reason why there is none.
func New(b Bounds) (*System, error) {
	if err := b.Validate(); err != nil {
		return nil, err
	}
	return &System{b}, nil
}

// wide is a window above everything that can ever be outstanding.
const wide = model.DefaultWindow

func (b *System) window() uint32 {
	if b.Window > 0 {
		return uint32(b.Window)
	}
	return wide
}

// Init yields the initial state.
func (b *System) Init(yield func(x, y Side) bool) {
	yield(b.start(0), b.start(1))
}

func (b *System) start(role uint8) Side {
	s := Side{Role: role}
	if b.Start == FromClosed {
		return s
	}
	if b.Reincarnates() {
		s.Incarnation, s.Met = 1, 1
	}
	iss, irs, wnd := b.ISS[role], b.ISS[1-role], b.window()
	s.User.Opened = true
	s.TCB = model.TCB{
		State: model.Established,
		SND:   model.SendVars{ISS: iss, UNA: iss + 1, NXT: iss + 1, END: iss + 1, WND: wnd, WL1: irs, WL2: iss + 1},
		RCV:   model.RecvVars{IRS: irs, NXT: irs + 1, READ: irs + 1, WND: wnd},
	}
	b.normalise(&s)
	if b.Start == FromBothClosing {
		for range b.Octets[role] {
			s, _ = b.step(s, Action{Kind: Send})
		}
		s, _ = b.step(s, Action{Kind: Close})
	}
	return s
}

// normalise forgets what the scenario does not vary: unless it is about
// windows, they are constant and wide, and who last updated them says nothing.
func (b *System) normalise(s *Side) {
	if b.Window > 0 {
		return
	}
	if s.RCV.WND != 0 || s.State != model.Closed {
		s.RCV.WND = wide
	}
	if s.State == model.Closed {
		s.RCV.WND = 0
	}
	if s.State >= model.SynReceived {
		s.SND.WND = wide
	}
	s.SND.WL1, s.SND.WL2, s.Room = 0, 0, 0
}
