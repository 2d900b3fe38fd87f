package model

// retransmission is the RETRANSMISSION TIMEOUT of 3.10.8:
//
//	"send the segment at the front of the retransmission queue again,
//	reinitialize the retransmission timer, and return."
//
// The event says how much of the queue is sent: repacketizing is allowed
// [3.8.6], the sequence numbers are the original ones.
func (m *machine) retransmission() {
	m.obey(ClRetransmission)
	if m.SND.UNA == m.SND.NXT {
		m.reply(NothingOutstanding)
		return
	}
	if m.synOutstanding() {
		m.retransmitSYN()
		return
	}
	n, fin := uint64(m.e.Off)+uint64(m.e.N), m.e.FIN
	out := uint64(m.outstanding())
	if n > out || m.e.N == 0 && !fin || fin && (!m.FINSent() || n != out) {
		m.reply(NothingOutstanding)
		return
	}
	g := Segment{
		SEQ: m.SND.UNA.Add(m.e.Off), ACK: m.RCV.NXT, WND: m.RCV.WND,
		TXT: m.e.N, OCT: m.SND.ACKED + m.e.Off, CTL: ACK,
	}
	if fin {
		g.CTL |= FIN
	}
	if !m.buggyRetransmission(&g) {
		return
	}
	m.fx.Started |= TimerRetransmission
	m.emit(g)
}

func (m *machine) retransmitSYN() {
	m.fx.Started |= TimerRetransmission
	if m.State == SynSent {
		m.emit(Segment{SEQ: m.SND.ISS, WND: m.RCV.WND, CTL: SYN})
		return
	}
	m.emit(m.synAck())
}

// timeWaitTimeout is the TIME-WAIT TIMEOUT of 3.10.8: "delete the TCB, enter
// the CLOSED state, and return." When it may expire is not the endpoint's to
// know: 2MSL is long against everything that the network and the peer can do.
func (m *machine) timeWaitTimeout() {
	m.obey(ClTimeWait)
	if !m.Is(TimerTW) {
		m.reply(NotRunning)
		return
	}
	m.take(Timeout2MSL)
	m.delete(false)
}

// userTimeout is the USER TIMEOUT of 3.10.8:
//
//	"For any state if the user timeout expires, flush all queues, signal the
//	user "error: connection aborted due to user timeout" in general and for any
//	outstanding calls, delete the TCB, enter the CLOSED state, and return."
func (m *machine) userTimeout() {
	m.obey(ClUserTimeout)
	if m.State == Closed {
		m.reply(NotRunning)
		return
	}
	m.tell(ToldUserTimeout | ToldFlushed)
	m.take(UserTimeout)
	m.delete(true)
}

// finWait2Timeout is in no RFC. Stacks have it for connections that no user
// holds any more; the peer is not told.
func (m *machine) finWait2Timeout() {
	m.obey(ClFinWait2Timer)
	if !m.o.FinWait2Timer || m.State != FinWait2 {
		m.reply(NotRunning)
		return
	}
	m.take(FinWait2Timeout)
	m.delete(false)
}
