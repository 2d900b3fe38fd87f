package system

import "finwait/model"

// The injector is a third party off the path: it can put a segment on the wire
// with either endpoint's address on it, and hears nothing of what the two say.
// It does not look at their TCBs. It knows their initial sequence numbers,
// which is more than such a party should [3.4.1]: its guesses hit the places that
// matter, and no other.

// Alphabet is what the third party may inject as if it came from the side with
// the given role. Numbers are relative: the side's SYN stands at 0, the n octets
// that it may SEND at 1 to n, its FIN at n+1 or before. So RCV.NXT of its peer
// is never above n+2; n+3 lies above it and inside the window, and far beyond
// the window, whatever has been received.
//
//	RST      0, 1, n+1, n+2, n+3, far  below, at, inside and beyond the window
//	RST,ACK  1, n+2                    with the ACK that SYN-SENT looks for
//	SYN      0, n+3                    below the window and in it
//	SYN,FIN  0                         which no honest endpoint sends
//	FIN      n+1                       without ACK, in the FIN's own place
//	text     n+1                       without ACK, in the same place
//	FIN,ACK  n+2                       a second FIN, at a new sequence number
//	text,ACK n+2                       beyond the FIN
//	ACK      n+2                       of what its receiver has not sent
//
// RCV.NXT is 1 at first, n+1 when all the octets have arrived, n+2 after the FIN.
//
// The other ACKs acknowledge the SYN and nothing more. Left out is what an
// endpoint cannot tell from its peer: text and FIN in order with an acceptable
// ACK, and the ACK of what is outstanding. TCP believes those, and no claim
// about the streams holds against who sends them.
func (b *System) Alphabet(role int) []model.Segment {
	n, top := uint32(b.Octets[role]), uint32(b.Octets[1-role])+3
	var list []model.Segment
	add := func(ctl model.Ctl, ack, text uint32, seqs ...uint32) {
		for _, seq := range seqs {
			g := model.Segment{SEQ: b.ISS[role].Add(seq), CTL: ctl, TXT: text}
			if text > 0 {
				g.OCT = seq - 1
			}
			if ctl&model.ACK != 0 {
				g.ACK = b.ISS[1-role].Add(ack)
			}
			if b.Window > 0 {
				g.WND = b.window()
			}
			list = append(list, g)
		}
	}
	far := n + 2 + b.window()
	add(model.RST, 0, 0, 0, 1)
	if n > 0 {
		add(model.RST, 0, 0, n+1)
	}
	add(model.RST, 0, 0, n+2, n+3, far)
	add(model.RST|model.ACK, 1, 0, 1, n+2)
	add(model.SYN, 0, 0, 0, n+3)
	add(model.SYN|model.FIN, 0, 0, 0)
	add(model.FIN, 0, 0, n+1)
	add(0, 0, 1, n+1)
	add(model.FIN|model.ACK, 1, 0, n+2)
	add(model.ACK, 1, 1, n+2)
	add(model.ACK, top, 0, n+2)
	return list
}

// injectMoves puts one of the alphabet among what is in flight from s, as if s
// had sent it, where s itself could send a segment.
func (b *System) injectMoves(s Side, buf []Move) []Move {
	if int(s.Injected) >= b.Inject {
		return buf
	}
	for _, g := range b.Alphabet(int(s.Role)) {
		if b.Reincarnates() {
			g.INC = Tag{From: s.Incarnation, To: s.Met}.INC() // as s would have marked it
		}
		if s.has(g) || !b.fits(&s, g, b.InFlight) {
			continue
		}
		next := s
		next.Injected++
		b.put(&next, g)
		buf = append(buf, Move{local, Action{Kind: Inject, Segment: g}, next, 0})
	}
	return buf
}

// leftByInjector: i waits in FIN-WAIT-2 for the FIN of a peer that was reset, by
// a RST that came under i's address and not from i. Nothing will tell it, and
// the RFC has no timer there.
func leftByInjector(i, p *Side) bool {
	return i.State == model.FinWait2 && p.State == model.Closed && p.Ended == EndedReset && i.Injected > 0
}

// injectorScenarios are those with a third party.
func injectorScenarios() []Scenario {
	return []Scenario{
		{
			Name:    "injector",
			Text:    "a third party, off the path, injects a forged segment under each side's address into an open connection",
			Ends:    "CLOSED x CLOSED, or FIN-WAIT-2 x CLOSED after a forged RST",
			Bounds:  Bounds{Octets: [2]int{1, 0}, MSS: 1, InFlight: 1, Loss: true, Start: FromEstablished, Inject: 1},
			Few:     &[2]int{},
			Actions: []Kind{Send, Close, Transmit, Ack, Retransmit, TimeWaitExpire, Deliver, Overflow, Lose, Inject},
			Arrows:  arrows(closing, resets),
		},
		{
			Name:    "injector-open",
			Text:    "the same from the beginning, without loss: A opens actively, B passively, and a third party interferes",
			Ends:    "CLOSED x CLOSED, or FIN-WAIT-2 x CLOSED after a forged RST",
			Bounds:  Bounds{MSS: 1, InFlight: 1, Opens: [2]Open{OpensActive, OpensPassive}, Inject: 1},
			Fewer:   [2]bool{true, false},
			Actions: []Kind{PassiveOpen, ActiveOpen, Close, Transmit, Ack, Retransmit, TimeWaitExpire, Deliver, Overflow, Inject},
			Arrows: arrows(closing, opening, []leaving{
				{model.SynSent, model.RcvSYN},
				{model.SynReceived, model.CallClose},
				{model.SynReceived, model.RcvSYNPassive},
			}),
		},
	}
}
