package model

// transmit sends queued text, the FIN, or the last of the text with the FIN:
//
//	"Segmentize the buffer and send it with a piggybacked acknowledgment
//	(acknowledgment value = RCV.NXT)." [3.10.2]
//
// The event says how many octets, and whether the FIN goes with them.
func (m *machine) transmit() {
	if m.sendQueued(m.e.N, m.e.FIN, m.room()) {
		m.fx.Started |= TimerRetransmission
	}
}

// probe is the zero-window probe [3.8.6.1]:
//
//	"The sending TCP peer must regularly transmit at least one octet of new
//	data (if available), or retransmit to the receiving TCP peer even if the
//	send window is zero, in order to "probe" the window." (MUST-36)
//
// The FIN is probed with like an octet. While something is outstanding its
// retransmission is the probe.
func (m *machine) probe() {
	m.obey(ClProbe)
	switch {
	case m.SND.WND > 0:
		m.reply(WindowOpen)
	case m.SND.UNA != m.SND.NXT, m.o.CloseStopsProbes && m.Is(CloseCalled):
		m.reply(NothingQueued)
	case m.Unsent() > 0:
		m.sendQueued(1, false, 1)
	default:
		m.sendQueued(0, true, 1)
	}
}

// sendQueued sends n octets of the queue, and the FIN, if the room allows.
func (m *machine) sendQueued(n uint32, fin bool, room uint32) bool {
	if fin {
		m.obey(ClTransmitFIN)
	} else {
		m.obey(ClTransmit)
	}
	switch m.State {
	case Established, CloseWait, FinWait1, Closing:
	case SynSent, SynReceived:
		// "Queue the data for transmission after entering ESTABLISHED state."
		m.reply(NotSynchronized)
		return false
	default:
		m.reply(NothingQueued)
		return false
	}
	unsent := m.Unsent()
	if n > unsent || n == 0 && !fin {
		m.reply(NothingQueued)
		return false
	}
	if fin && (!m.Is(CloseCalled) || m.FINSent() || n != unsent) {
		m.reply(NothingQueued)
		return false
	}
	g := Segment{
		SEQ: m.SND.NXT, ACK: m.RCV.NXT, WND: m.RCV.WND,
		TXT: n, OCT: m.SND.ACKED + m.outstanding(), CTL: ACK,
	}
	if fin {
		g.CTL |= FIN
	}
	if g.LEN() > room {
		m.reply(NoRoom)
		return false
	}
	m.SND.NXT = g.End()
	m.emit(g)
	if fin && m.State == CloseWait {
		// "then send a FIN segment, enter LAST-ACK state" [3.10.4]
		m.take(CallClose)
		m.buggyLastAck()
	}
	return true
}

// ackOutput sends the acknowledgment. Nothing forbids one that is not pending
// (a window update, a second ACK): the RFC says when one must be sent, not
// when it must not.
func (m *machine) ackOutput() {
	m.obey(ClAck)
	if !m.State.Synchronized() {
		m.reply(NotSynchronized)
		return
	}
	m.emit(m.ack())
}

// keepAlive is the probe of an idle connection [3.8.4, MAY-5]: SEG.SEQ is
// SND.NXT-1, with or without one octet of garbage.
func (m *machine) keepAlive() {
	m.obey(ClKeepAlive)
	switch {
	case !m.State.Synchronized():
		m.reply(NotSynchronized)
	case m.SND.UNA != m.SND.NXT || m.e.N > 1:
		m.reply(NothingQueued)
	default:
		g := m.ack()
		g.SEQ--
		g.TXT = m.e.N
		m.emit(g)
	}
}
