package model

// arrives is SEGMENT ARRIVES, 3.10.7.
func (m *machine) arrives(g Segment) {
	switch m.State {
	case Closed:
		m.arrivesClosed(g)
	case Listen:
		m.arrivesListen(g)
	case SynSent:
		m.arrivesSynSent(g)
	default:
		m.arrivesOther(g)
	}
	if m.o.AckAtOnce && m.Is(ACKPending) && !m.fx.Sends && m.State.Synchronized() {
		// "A TCP endpoint SHOULD implement a delayed ACK (SHLD-18)": under this
		// reading it does not.
		m.answer(m.ack())
	}
}

// arrivesOther is 3.10.7.4: the RFC's checks in the RFC's order. Each says
// whether the next one is reached. (The third, security, and the sixth, URG,
// are not modelled.)
func (m *machine) arrivesOther(g Segment) {
	g = m.buggyArrived(m.trimSYN(g))
	must := false // the sender of g must hear where we stand, whatever follows
	if !m.acceptable(g) {
		if !m.zeroWindow(g) {
			m.unacceptable(g)
			return
		}
		g, must = m.cutToZeroWindow(g), true
	}
	if m.checkRST(g) && m.checkSYN(g) && !m.buggyOvertaken(g) && m.checkACK(g) {
		m.textAndFIN(g)
	}
	if must && !g.Has(RST) && !m.fx.Sends && m.State.Synchronized() {
		m.answer(m.ack())
	}
}

// acceptable is the first check, Table 6:
//
//	0   0   SEG.SEQ = RCV.NXT
//	0  >0   RCV.NXT =< SEG.SEQ < RCV.NXT+RCV.WND
//	>0  0   not acceptable
//	>0 >0   RCV.NXT =< SEG.SEQ < RCV.NXT+RCV.WND
//	        or RCV.NXT =< SEG.SEQ+SEG.LEN-1 < RCV.NXT+RCV.WND
func (m *machine) acceptable(g Segment) bool {
	n, wnd := g.LEN(), m.RCV.WND
	switch {
	case wnd == 0:
		return n == 0 && g.SEQ == m.RCV.NXT
	case n == 0:
		return g.SEQ.In(m.RCV.NXT, wnd)
	default:
		return g.SEQ.In(m.RCV.NXT, wnd) || (g.End()-1).In(m.RCV.NXT, wnd)
	}
}

// trimSYN is line 6 of Figure 7, where the SYN,ACK of a simultaneous open is
// accepted although its only sequence number, RCV.NXT-1, lies before the
// window. To the letter of Table 6 it is not.
func (m *machine) trimSYN(g Segment) Segment {
	if m.o.SimultaneousSYNACK && m.State == SynReceived && g.Has(SYN|ACK) && !g.Has(RST) && g.SEQ == m.RCV.IRS {
		g.SEQ, g.CTL = g.SEQ+1, g.CTL&^SYN
	}
	return g
}

// zeroWindow reports whether the special allowance applies:
//
//	"If the RCV.WND is zero, no segments will be acceptable, but special
//	allowance should be made to accept valid ACKs, URGs, and RSTs."
//
// What is neither an ACK nor a RST is not acceptable, and answered as such.
func (m *machine) zeroWindow(g Segment) bool {
	return m.RCV.WND == 0 && g.SEQ == m.RCV.NXT && !g.Has(SYN) && g.CTL&(ACK|RST) != 0
}

// cutToZeroWindow trims what lies outside the window, "including SYN and FIN":
// all of the text, and the FIN with it, unless the reading accepts a FIN that
// needs no room.
func (m *machine) cutToZeroWindow(g Segment) Segment {
	m.obey(ClSeqZeroWindow)
	if g.TXT > 0 || !m.o.ZeroWindowFIN {
		m.fx.Dropped = true
		g.CTL &^= FIN
	}
	g.TXT = 0
	return g
}

// unacceptable is the end of the first check:
//
//	"If an incoming segment is not acceptable, an acknowledgment should be
//	sent in reply (unless the RST bit is set, if so drop the segment and
//	return): <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>"
func (m *machine) unacceptable(g Segment) {
	m.fx.Dropped = true
	if g.Has(RST) {
		m.obey(ClRSTOutside)
		m.buggyRSTOutside()
		return
	}
	if m.o.SeqCheckGont && !m.synOutstanding() && g.SEQ == m.RCV.NXT-1 && g.Has(ACK) && !g.Has(SYN) {
		// draft-gont-tcpm-tcp-seq-validation, Appendix A.2: the window begins
		// one earlier, so the ACK field of an exact retransmission is read. The
		// acknowledgment below is due all the same.
		m.obey(ClSeqBelow)
		m.checkACK(g)
	}
	silent := m.buggyUnacceptable(g)
	m.obey(ClSeq)
	if m.fx.Sends || m.State == Closed || silent {
		return
	}
	m.answer(m.buggyReply(m.ack()))
	if m.State == TimeWait && g.Has(FIN) && g.End() == m.RCV.NXT && m.Is(TimerTW) {
		// "Remain in the TIME-WAIT state. Restart the 2 MSL time-wait timeout."
		// The eighth check says so, but a retransmitted FIN never gets there:
		// RCV.NXT is past it, and Table 6 turns it away.
		m.obey(ClSeqFINAgain)
		m.restartTimeWait()
	}
}

// checkRST is the second check, with the protection of RFC 5961.
func (m *machine) checkRST(g Segment) bool {
	if !g.Has(RST) {
		return true
	}
	switch {
	case m.State == TimeWait && m.o.TimeWaitIgnoresRST:
		m.obey(ClRSTIgnored)
		return false
	case g.SEQ.Before(m.RCV.NXT):
		// Only the text of g reaches into the window: "If the RST bit is set and
		// the sequence number is outside the current receive window, silently
		// drop the segment."
		m.obey(ClRSTOutside)
		m.fx.Dropped = true
		return false
	case g.SEQ != m.RCV.NXT && !m.o.RSTInWindow:
		// "yet is within the current receive window, TCP endpoints MUST send an
		// acknowledgment (challenge ACK)"
		m.obey(ClRSTChallenge)
		m.answer(m.buggyChallenge(g, m.ack()))
		return false
	case m.buggyIgnoresRST(g):
		m.fx.Dropped = true
		return false
	}
	m.resetArrives()
	return false
}

// resetArrives is what an acceptable RST does, state by state.
func (m *machine) resetArrives() {
	m.obey(ClRST)
	switch m.State {
	case SynReceived:
		if m.Is(Passive) {
			// "then return this connection to LISTEN state and return."
			m.take(RcvRSTPassive)
			m.relisten()
			return
		}
		// "signal the user "connection refused"."
		m.tell(ToldRefused)
		m.take(RcvRST)
		m.delete(true)
	case Closing, LastAck, TimeWait:
		// "enter the CLOSED state, delete the TCB, and return." No queue is flushed.
		m.take(RcvRST)
		m.delete(m.o.ResetFlushes)
	default:
		// "Users should also receive an unsolicited general "connection reset" signal."
		m.tell(ToldReset | ToldFlushed)
		m.take(RcvRST)
		m.delete(true)
	}
}

// relisten is the TCB of the passive OPEN as it was, with the calls that have
// been queued since: "the retransmission queue should be flushed", and there is
// only the SYN,ACK in it; "The user need not be informed", so what the user has
// SENT must not be lost. A CLOSE that was queued for ESTABLISHED finds itself
// in LISTEN: "Delete TCB, enter CLOSED state, and return."
func (m *machine) relisten() {
	closed := m.Is(CloseCalled)
	m.TCB = TCB{
		State: Listen, Flags: Passive,
		SND: SendVars{END: Seq(m.Unsent())},
		RCV: RecvVars{WND: m.RCV.WND, WANT: m.RCV.WANT},
	}
	if closed {
		m.obey(ClClose)
		m.tell(ToldFlushed)
		m.take(CallClose)
		m.delete(true)
	}
}

// checkSYN is the fourth check.
func (m *machine) checkSYN(g Segment) bool {
	if !g.Has(SYN) {
		return true
	}
	// "trimming off any portions that lie outside the window (including SYN and
	// FIN)": the SYN of a retransmission that carries text lies before it.
	inWindow := !g.SEQ.Before(m.RCV.NXT)
	if inWindow && m.State == SynReceived && m.Is(Passive) {
		// "then return this connection to the LISTEN state and return."
		m.obey(ClSYNPassive)
		m.take(RcvSYNPassive)
		m.relisten()
		return false
	}
	m.obey(ClSYN)
	if inWindow && m.o.SYNInWindowResets {
		// RFC 793: "If the SYN is in the window it is an error: send a reset".
		m.answer(m.resetFor(g))
		m.tell(ToldReset | ToldFlushed)
		m.take(RcvSYNInWindow)
		m.delete(true)
		return false
	}
	// "irrespective of the sequence number, TCP endpoints MUST send a
	// "challenge ACK" to the remote peer"
	m.answer(m.ack())
	return false
}
