package system

import "finwait/model"

// The kinds of moves that the checker knows: local, offered to the other side,
// which completes it by Accept, and joint: both sides step.
const (
	local = 0
	offer = 1
	joint = 2
)

// Move is one possible step of a side: see checker.Move, of which it is the
// same type.
type Move = struct {
	Kind   uint8
	Action Action
	Next   Side
	Need   uint64
}

// What the other side's guards may see of a side.
const (
	// FactQuiet: nothing of this side is in flight.
	FactQuiet = 1 << iota
	// FactAcked: this side has nothing left to retransmit.
	FactAcked
	// FactRuns: something runs in this side, so that time makes a difference.
	FactRuns
	// factOver0 is the first of the facts that factOver makes.
	factOver0
)

// Facts is what the other side's TIME-WAIT, and the clock, may see.
func (b *System) Facts(s Side) uint64 {
	var f uint64
	if s.NumNet == 0 {
		f |= FactQuiet
	}
	if s.SND.UNA == s.SND.NXT {
		f |= FactAcked
	}
	if b.Reincarnates() {
		f |= b.over(&s)
	}
	if b.Timed.On() && s.runs() {
		f |= FactRuns
	}
	return f
}

// Moves appends the moves of a side in canonical order: user, outputs,
// timeouts, network, crash, clock, third party.
func (b *System) Moves(s Side, buf []Move) []Move {
	if s.Broken {
		return buf
	}
	buf = b.userMoves(s, buf)
	buf = b.outputMoves(s, buf)
	buf = b.timeoutMoves(s, buf)
	buf = b.networkMoves(s, buf)
	buf = b.crashMoves(s, buf)
	buf = b.clockMoves(s, buf)
	return b.injectMoves(s, buf)
}

// try appends the local move by a, if it is possible.
func (b *System) try(buf []Move, s Side, a Action) []Move {
	if next, ok := b.step(s, a); ok {
		return append(buf, Move{local, a, next, 0})
	}
	return buf
}

func (b *System) userMoves(s Side, buf []Move) []Move {
	u := &s.User
	if b.mayOpen(&s) {
		switch b.Opens[s.Role] {
		case OpensPassive:
			buf = b.try(buf, s, Action{Kind: PassiveOpen})
		case OpensActive:
			buf = b.try(buf, s, Action{Kind: ActiveOpen})
		case NoOpen:
		}
	}
	mayAct := s.State != model.Closed && (!b.AfterFIN || s.Role == 0 || s.State == model.CloseWait)
	if mayAct && s.State >= model.SynSent && !u.Closed && int(u.Sent) < b.Octets[s.Role] {
		buf = b.try(buf, s, Action{Kind: Send})
	}
	if (mayAct || s.State == model.Listen) && !u.Closed {
		buf = b.try(buf, s, Action{Kind: Close})
	}
	if b.ReceiveMoves && s.Readable() {
		buf = b.try(buf, s, Action{Kind: Receive})
	}
	if b.Aborts && s.State != model.Closed {
		buf = b.try(buf, s, Action{Kind: Abort})
	}
	return buf
}

func (b *System) outputMoves(s Side, buf []Move) []Move {
	unsent := min(int(s.Unsent()), b.MSS)
	for n := 1; n <= unsent; n++ {
		buf = b.try(buf, s, Action{Kind: Transmit, N: uint16(n)})
	}
	if s.Is(model.CloseCalled) && s.Unsent() == uint32(unsent) {
		buf = b.try(buf, s, Action{Kind: Transmit, N: uint16(unsent), FIN: true})
	}
	if s.Is(model.ACKPending) {
		buf = b.try(buf, s, Action{Kind: Ack})
	}
	return b.windowMoves(s, buf)
}

func (b *System) timeoutMoves(s Side, buf []Move) []Move {
	if b.retransmissionDue(&s) && s.SND.UNA != s.SND.NXT {
		buf = b.retransmit(buf, s)
	}
	if s.State == model.TimeWait {
		buf = b.timeWait(buf, s)
	}
	if b.Options.FinWait2Timer {
		buf = b.try(buf, s, Action{Kind: FinWait2Expire})
	}
	return buf
}

// retransmit resends the front of the queue: as much text as a segment
// carries, and the FIN if it fits behind it. It waits while its copy is in
// flight, and while there is no room.
func (b *System) retransmit(buf []Move, s Side) []Move {
	a, next, fx := b.retransmission(s)
	if fx.Sends && !b.Timed.On() && s.has(fx.Segment) {
		return buf
	}
	if next, ok := b.sent(next, fx); ok {
		buf = append(buf, Move{local, a, next, 0})
	}
	return buf
}

// retransmission asks the machine what its retransmission timeout would do.
func (b *System) retransmission(s Side) (Action, Side, model.Effects) {
	text := s.SND.NXT.From(s.SND.UNA)
	syn := s.SND.UNA == s.SND.ISS
	fin := s.FINSent() && !syn
	if fin {
		text--
	}
	n := uint16(min(text, uint32(b.MSS)))
	if syn {
		n = 0
	}
	a := Action{Kind: Retransmit, N: n, FIN: fin && uint32(n) == text}
	next, fx := b.apply(s, a, nil)
	return a, next, fx
}

// timeWait is the 2MSL timeout. It comes when nothing of the connection is in
// flight and the peer has nothing left to retransmit (see TimeWaitGuarded), or,
// if there is a clock, when the timer runs out.
func (b *System) timeWait(buf []Move, s Side) []Move {
	a := Action{Kind: TimeWaitExpire}
	next, ok := b.step(s, a)
	switch {
	case !ok:
	case b.Timed.On():
		if TimeWaitOver(&s) {
			buf = append(buf, Move{local, a, next, 0})
		}
	case b.TimeWait == TimeWaitFree:
		buf = append(buf, Move{local, a, next, 0})
	case b.Reincarnates():
		if b.drained(&s) {
			buf = append(buf, Move{local, a, next, factOver(s.Met)})
		}
	case s.NumNet == 0:
		buf = append(buf, Move{local, a, next, FactQuiet | FactAcked})
	}
	return buf
}

func (b *System) networkMoves(s Side, buf []Move) []Move {
	for i, g := range s.Net[:s.NumNet] {
		if b.FIFO && i > 0 {
			// What waits in a queue is lost, if it is, when its turn comes: lost
			// behind the head it would never be deliverable, and no fairness of
			// delivery could speak of it.
			break
		}
		if b.Timed.On() && s.twin(i) {
			continue
		}
		buf = append(buf, Move{offer, Action{Kind: Deliver, Segment: g}, without(s, i), 0})
		if b.Dup == Unlimited {
			buf = append(buf, Move{offer, Action{Kind: Duplicate, Segment: g}, s, 0})
		} else if int(s.Dups) < b.Dup {
			kept := s
			kept.Dups++
			buf = append(buf, Move{offer, Action{Kind: Duplicate, Segment: g}, kept, 0})
		}
		if b.Loss && (!b.Timed.On() || int(s.Clock.Lost) < b.Timed.Losses) {
			left := without(s, i)
			if b.Timed.On() {
				left.Clock.Lost++
			}
			buf = append(buf, Move{local, Action{Kind: Lose, Segment: g}, left, 0})
		}
	}
	return buf
}

// Accept appends what becomes of a side when a segment arrives. If the reply
// finds no room the action is an Overflow: nothing is lost silently.
func (b *System) Accept(s Side, a Action, buf []Move) []Move {
	if s.Broken {
		return buf
	}
	next, overflow := b.receive(s, a)
	if overflow {
		a.Kind++ // Overflow follows Deliver, DuplicateOverflow follows Duplicate
	}
	return append(buf, Move{offer, a, next, 0})
}
