package system

import "finwait/model"

// Happening is one question that a move puts to the machine, with the answer.
// A move asks once, and again for each RECEIVE of a user that reads at once.
type Happening struct {
	Before model.TCB
	Event  model.Event
	After  model.TCB
	Fx     model.Effects
}

// Happenings re-asks the machine what happens in side s by action a: the
// mover's half, or, where a hands over a segment, the half of the side at which
// it arrives. The last result is the side afterwards, but for what the network
// does. A panic of the machine ends the list.
func (b *System) Happenings(s Side, a Action) ([]Happening, Side) {
	if !a.Kind.Asks() {
		return nil, s
	}
	var list []Happening
	next, fx := b.apply(s, a, func(h Happening) { list = append(list, h) })
	if len(list) > 0 {
		list[0].Fx.Segment.INC = fx.Segment.INC
	}
	return list, next
}

// step is the side after one action of its own. It reports false if the
// machine refuses, or the network has no room for what is to be sent.
func (b *System) step(s Side, a Action) (Side, bool) {
	next, ok := b.sent(b.apply(s, a, nil))
	if !ok {
		return s, false
	}
	return next, true
}

// sent is the side with what it sends on the wire, if there is room for it.
func (b *System) sent(next Side, fx model.Effects) (Side, bool) {
	switch {
	case next.Broken:
		return next, true
	case fx.Reply.Refused():
		return next, false
	case !fx.Sends:
		return next, true
	case !b.fits(&next, fx.Segment, b.InFlight):
		return next, false
	}
	b.put(&next, fx.Segment)
	return next, true
}

// receive is the side after the arrival of a's segment. The last result tells
// whether its reply found no room and is lost.
func (b *System) receive(s Side, a Action) (next Side, overflow bool) {
	next, fx := b.apply(s, a, nil)
	if next.Broken || !fx.Sends {
		return next, false
	}
	if !b.fits(&next, fx.Segment, b.InFlight+1) {
		return next, true
	}
	b.put(&next, fx.Segment)
	return next, false
}

// apply asks the machine, keeps the user's record and the ghosts, and lets a
// user that reads at once read. What is to be sent is in the effects, in
// normal form.
func (b *System) apply(s Side, a Action, see func(Happening)) (Side, model.Effects) {
	if a.Kind <= ActiveOpen {
		b.reincarnate(&s)
	}
	e := b.event(&s, a)
	fx, ok := b.ask(&s, e, see)
	if !ok {
		return s, fx
	}
	switch a.Kind {
	case PassiveOpen, ActiveOpen:
		s.User.Opened = true
	case Send:
		s.User.Sent++
	case Close:
		s.User.Closed = true
	case Abort:
		s.User.Abort = true
	}
	for reads := 0; !b.ReceiveMoves && s.Readable() && !s.Is(model.NoReader); reads++ {
		// Octets, then the end of the stream: a user that is never done has a
		// broken machine.
		if reads == 2 {
			s.Broken = true
			break
		}
		fxR, ok := b.ask(&s, model.Event{Kind: model.CallRECEIVE, N: model.MaxWindow}, see)
		if !ok || fxR.Reply.Refused() {
			break
		}
	}
	b.normalise(&s)
	b.show(&s, a, &fx)
	if fx.Sends && fx.Segment.Has(model.FIN) && s.FINAt == 0 {
		s.FINAt = uint16((fx.Segment.End() - 1).From(b.FirstSEQ(&s)))
	}
	if fx.Sends && b.Reincarnates() {
		fx.Segment.INC = tag(&s, a, &fx).INC()
	}
	return s, fx
}

// ask is one question to the machine. It reports false if the machine panics:
// the side is then broken, and S7 falls.
func (b *System) ask(s *Side, e model.Event, see func(Happening)) (fx model.Effects, ok bool) {
	before := s.TCB
	defer func() {
		if r := recover(); r != nil {
			s.TCB, s.Broken = before, true
			fx, ok = model.Effects{}, false
		}
	}()
	s.TCB, fx = b.Options.Step(before, e)
	b.record(s, &before, &e, &fx)
	b.keepTimers(s, &before, &fx)
	if see != nil {
		see(Happening{before, e, s.TCB, fx})
	}
	return fx, true
}

// record keeps what the user was given and told, and the ghosts.
func (b *System) record(s *Side, before *model.TCB, e *model.Event, fx *model.Effects) {
	u := &s.User
	if n := fx.Delivered.Len(); n > 0 {
		irs := before.RCV.IRS
		if s.State != model.Closed {
			irs = s.RCV.IRS
		}
		at := uint16(fx.Delivered.Lo.From(irs) - 1)
		u.Hole = u.Hole || at != u.Next
		u.Next = at + uint16(n)
	}
	u.EOF = u.EOF || fx.Told(model.ToldEOF)
	u.Error = u.Error || fx.Notices&(model.ToldReset|model.ToldRefused|model.ToldUserTimeout) != 0
	if b.Reincarnates() {
		meet(s, before, e)
	}
	if !s.GotFIN {
		s.GotFIN = passedFIN(before, &s.TCB, e)
	}
	if s.State == model.Closed && before.State != model.Closed {
		s.Ended = ended(fx)
	}
}

// passedFIN reports whether RCV.NXT has gone past a FIN of the peer in this
// step: the one that arrived, or one that was held.
func passedFIN(before, after *model.TCB, e *model.Event) bool {
	if after.Is(model.FINReceived) {
		return true
	}
	if !before.State.Synchronized() && before.State != model.SynReceived || after.State == model.Closed {
		return false
	}
	if before.Is(model.FINHeld) && before.RCV.FIN.Before(after.RCV.NXT) {
		return true
	}
	g := e.Segment
	return e.Kind == model.SegmentArrives && g.Has(model.FIN) && !g.Has(model.SYN) &&
		before.RCV.NXT != after.RCV.NXT && g.End().AtMost(after.RCV.NXT)
}

func ended(fx *model.Effects) End {
	end := EndedByDefects
	for t := range fx.Took {
		if t.To != model.Closed {
			continue
		}
		switch t.Trigger {
		case model.RcvACKofFIN:
			end = EndedLastAck
		case model.Timeout2MSL:
			end = EndedTimeWait
		case model.RcvRST, model.RcvSYNInWindow:
			end = EndedReset
		case model.CallAbort:
			end = EndedAbort
		case model.CallClose:
			end = EndedEarly
		case model.UserTimeout, model.FinWait2Timeout:
			end = EndedTimer
		case model.DataLost:
			end = EndedDataLost
		}
	}
	return end
}
