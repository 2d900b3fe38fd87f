package system

import "finwait/model"

// Windows that vary, in the scenarios that are about them (Bounds.Window > 0).
// The machine itself narrows RCV.WND by what it accepts and widens it by what
// RECEIVE takes, and every segment shows it. What the system adds is when a
// segment is sent for the sake of a window alone: a probe, and an update.

// windowMoves appends the zero-window probe, and the window update.
//
// The RFC wants the one: "The sending TCP peer must regularly transmit at least
// one octet of new data [...] even if the send window is zero" (MUST-36,
// 3.8.6.1). The other it allows, and nothing depends on it: an update is an
// acknowledgment, no retransmission repeats it, and it may be lost.
func (b *System) windowMoves(s Side, buf []Move) []Move {
	if b.Window == 0 {
		return buf
	}
	buf = b.try(buf, s, Action{Kind: Probe})
	if b.reopened(&s) && !s.Is(model.ACKPending) {
		buf = b.try(buf, s, Action{Kind: Update})
	}
	return buf
}

// reopened reports whether the window is worth a segment of its own: what was
// last shown has no room for a full segment, so that the peer may be waiting,
// and the right edge has moved far enough, which avoids the silly window
// syndrome [3.8.6.2.2]:
//
//	"RCV.BUFF - RCV.USER - RCV.WND >= min( Fr * RCV.BUFF, Eff.snd.MSS )"
//
// with Fr = 1/2. Where a segment carries one octet, every octet is worth it.
func (b *System) reopened(s *Side) bool {
	shown := int(s.RCV.WND) - int(s.Room)
	return s.Room > 0 && int(s.Room) >= min((b.Window+1)/2, b.MSS) && shown < b.MSS
}

// show keeps Room: RECEIVE makes room, and whatever shows the window settles
// it. After the FIN nothing will be sent into a window. Where windows do not
// vary, segments do not show them.
func (b *System) show(s *Side, a Action, fx *model.Effects) {
	if b.Window == 0 {
		fx.Segment.WND = 0
		return
	}
	if a.Kind == Receive {
		s.Room += uint16(fx.Delivered.Len())
	}
	if fx.Sends && fx.Segment.Has(model.ACK) || !s.State.Synchronized() || s.Is(model.FINReceived) {
		s.Room = 0
	}
}

// windowScenarios are about receive windows and about data that is not read.
func windowScenarios() []Scenario {
	return []Scenario{
		{
			Name:   "zero-window",
			Text:   "as close, with a receive buffer of one octet and users that read when they like: windows close, are probed and reopen",
			Ends:   "CLOSED x CLOSED",
			Bounds: lossy(Bounds{Octets: [2]int{1, 0}, Window: 1, Start: FromEstablished, ReceiveMoves: true}),
			Few:    &[2]int{},
			Actions: []Kind{
				Send, Close, Receive, Transmit, Ack, Probe, Retransmit, TimeWaitExpire, Deliver, Overflow, Lose, Update,
			},
			Arrows: arrows(closing),
		},
		{
			Name: "half-duplex",
			Text: "as close, with users that read when they like, and whose CLOSE ends reading too: what is lost by it makes a RST",
			Ends: "CLOSED x CLOSED, or CLOSED x FIN-WAIT-2 if the RST is lost",
			Bounds: lossy(Bounds{
				Octets: [2]int{1, 1}, Start: FromEstablished, ReceiveMoves: true, Options: model.Options{HalfDuplexClose: true},
			}),
			Few:     &[2]int{1, 0},
			Actions: []Kind{Send, Close, Receive, Transmit, Ack, Retransmit, TimeWaitExpire, Deliver, Overflow, Lose},
			Arrows: arrows(closing, resets, []leaving{
				{model.Established, model.DataLost},
				{model.FinWait1, model.DataLost},
				{model.FinWait2, model.DataLost},
				{model.CloseWait, model.DataLost},
			}),
		},
	}
}
