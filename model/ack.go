package model

// checkACK is the fifth check: the ACK field. It reports whether the segment's
// text and FIN are to be looked at.
func (m *machine) checkACK(g Segment) bool {
	if !g.Has(ACK) {
		// "if the ACK bit is off, drop the segment and return"
		if m.o.FINWithoutACK && g.Has(FIN) {
			return true
		}
		m.obey(ClNoACK)
		m.fx.Dropped = true
		return false
	}
	if m.State == SynReceived {
		return m.ackOfSYN(g)
	}
	if m.buggyDropsOldACK(g) {
		m.fx.Dropped = true
		return false
	}
	if m.buggyHidesACK(g) {
		return true
	}
	if m.SND.NXT.Before(g.ACK) {
		// "If the ACK acks something not yet sent (SEG.ACK > SND.NXT), then send
		// an ACK, drop the segment, and return."
		m.obey(ClACKUnsent)
		m.fx.Dropped = true
		m.answer(m.ack())
		return false
	}
	advanced := m.advance(g)
	switch m.State {
	case FinWait1:
		// "if the FIN segment is now acknowledged, then enter FIN-WAIT-2 and
		// continue processing in that state."
		if m.ackOfFIN(g, advanced) {
			m.obey(ClACKFinWait1)
			m.obey(ClACKFinWait2)
			m.tell(ToldCloseOK)
			m.take(RcvACKofFIN)
		}
	case Closing:
		// "if the ACK acknowledges our FIN, then enter the TIME-WAIT state;
		// otherwise, ignore the segment."
		if m.ackOfFIN(g, advanced) {
			m.obey(ClACKClosing)
			m.tell(ToldCloseOK)
			m.take(RcvACKofFIN)
			m.startTimeWait()
		}
		return false
	case LastAck:
		// "If our FIN is now acknowledged, delete the TCB, enter the CLOSED
		// state, and return."
		if m.ackOfFIN(g, advanced) {
			m.obey(ClACKLastAck)
			m.tell(ToldCloseOK)
			if m.o.LastAckTimeWait {
				m.move(RcvACKofFIN, TimeWait)
				m.startTimeWait()
				return false
			}
			m.take(RcvACKofFIN)
			m.delete(false)
			return false
		}
	case TimeWait:
		m.ackInTimeWait(g)
		return false
	}
	return true
}

// ackOfFIN reports whether our FIN is acknowledged now: it was sent, and
// SND.UNA is past it.
func (m *machine) ackOfFIN(g Segment, advanced bool) bool {
	if m.o.buggyAckOfFIN() {
		return m.mistakenAckOfFIN(g, advanced)
	}
	return m.FINAcked()
}

// ackOfSYN is the fifth check in SYN-RECEIVED:
//
//	"If SND.UNA < SEG.ACK =< SND.NXT, then enter ESTABLISHED state and continue
//	processing [...] If the segment acknowledgment is not acceptable, form a
//	reset segment <SEQ=SEG.ACK><CTL=RST> and send it."
func (m *machine) ackOfSYN(g Segment) bool {
	if !m.SND.UNA.Before(g.ACK) || m.SND.NXT.Before(g.ACK) {
		m.obey(ClACKSynReceived)
		m.fx.Dropped = true
		m.answer(m.resetFor(g))
		return false
	}
	m.obey(ClACKSynReceived)
	m.SND.UNA = g.ACK
	m.SND.WND, m.SND.WL1, m.SND.WL2 = g.WND, g.SEQ, g.ACK
	m.fx.Stopped |= TimerRetransmission
	m.tell(ToldEstablished)
	m.take(RcvACKofSYN)
	if m.Is(CloseCalled) {
		// The CLOSE was queued "for processing after entering ESTABLISHED state".
		m.obey(ClClose)
		m.take(CallClose)
	}
	return true
}

// advance is the fifth check for ESTABLISHED, which every later state repeats:
//
//	"If SND.UNA < SEG.ACK =< SND.NXT, then set SND.UNA <- SEG.ACK. [...] If the
//	ACK is a duplicate (SEG.ACK =< SND.UNA), it can be ignored."
//
// What is ignored is the ACK field, not the segment. In LAST-ACK, too, the ACK
// of a part must advance SND.UNA, although the RFC's text omits it there.
func (m *machine) advance(g Segment) bool {
	if !g.ACK.Before(m.SND.UNA) {
		m.updateWindow(g)
	}
	if g.ACK.AtMost(m.SND.UNA) {
		m.obey(ClACKDuplicate)
		m.buggyDuplicateACK(g)
		return false
	}
	m.obey(ClACK)
	before := m.outstanding()
	m.SND.UNA = g.ACK
	if n := before - m.outstanding(); n > 0 {
		m.SND.ACKED += n
		m.tell(ToldSent)
	}
	if m.SND.UNA == m.SND.NXT {
		m.fx.Stopped |= TimerRetransmission
	} else {
		m.fx.Started |= TimerRetransmission
	}
	return true
}

// updateWindow keeps old segments from updating the send window:
//
//	"If (SND.WL1 < SEG.SEQ or (SND.WL1 = SEG.SEQ and SND.WL2 =< SEG.ACK)), set
//	SND.WND <- SEG.WND, set SND.WL1 <- SEG.SEQ, and set SND.WL2 <- SEG.ACK."
func (m *machine) updateWindow(g Segment) {
	if m.SND.WL1.Before(g.SEQ) || m.SND.WL1 == g.SEQ && m.SND.WL2.AtMost(g.ACK) {
		m.SND.WND, m.SND.WL1, m.SND.WL2 = g.WND, g.SEQ, g.ACK
	}
}

// ackInTimeWait is the fifth check in TIME-WAIT:
//
//	"The only thing that can arrive in this state is a retransmission of the
//	remote FIN. Acknowledge it, and restart the 2 MSL timeout."
//
// Other things do arrive. Answering all of them makes two endpoints in
// TIME-WAIT acknowledge each other's acknowledgments for ever; so only what
// occupies sequence space, as a FIN does, is answered.
func (m *machine) ackInTimeWait(g Segment) {
	m.buggyACKInTimeWait()
	if g.LEN() == 0 && !m.o.TimeWaitAcksAll {
		return
	}
	m.obey(ClACKTimeWait)
	m.answer(m.ack())
	m.restartTimeWait()
}
