package model

// arrivesClosed is 3.10.7.1:
//
//	"all data in the incoming segment is discarded. An incoming segment
//	containing a RST is discarded. An incoming segment not containing a RST
//	causes a RST to be sent in response."
func (m *machine) arrivesClosed(g Segment) {
	m.fx.Dropped = true
	switch {
	case g.Has(RST) && !m.o.RSTAnswered:
		m.obey(ClClosedRST)
		return
	case g.Has(ACK):
		m.obey(ClClosedACK)
	default:
		m.obey(ClClosedNoACK)
	}
	if !m.o.ClosedSilent {
		m.answer(m.resetFor(g))
	}
}

// arrivesListen is 3.10.7.2.
func (m *machine) arrivesListen(g Segment) {
	switch {
	case g.Has(RST):
		// "An incoming RST should be ignored. Return."
		m.obey(ClListenRST)
	case g.Has(ACK):
		// "Any acknowledgment is bad if it arrives on a connection still in the
		// LISTEN state."
		m.obey(ClListenACK)
		m.answer(m.resetFor(g))
	case g.Has(SYN) && !(m.o.ListenDropsSYNFIN && g.Has(FIN)):
		m.obey(ClListenSYN)
		m.selectISS()
		m.synchronize(g)
		m.SND.WL2 = m.SND.ISS
		m.take(RcvSYN)
		m.queueBehindSYN(g)
		m.answer(m.synAck())
	default:
		// "This should not be reached. Drop the segment and return."
		m.obey(ClListenOther)
	}
}

// arrivesSynSent is 3.10.7.3.
func (m *machine) arrivesSynSent(g Segment) {
	// First: "If SEG.ACK =< ISS or SEG.ACK > SND.NXT, send a reset (unless the
	// RST bit is set, if so drop the segment and return)"
	if g.Has(ACK) && (g.ACK.AtMost(m.SND.ISS) || m.SND.NXT.Before(g.ACK)) {
		m.obey(ClSynSentACK)
		m.fx.Dropped = true
		if !g.Has(RST) {
			m.answer(m.resetFor(g))
		}
		return
	}
	// Second: "If the ACK was acceptable, then signal to the user "error:
	// connection reset", drop the segment, enter CLOSED state, delete TCB, and
	// return. Otherwise (no ACK), drop the segment and return."
	if g.Has(RST) {
		m.obey(ClSynSentRST)
		if g.Has(ACK) {
			m.tell(ToldReset | ToldFlushed)
			m.take(RcvRST)
			m.delete(true)
		}
		return
	}
	// Fifth: "if neither of the SYN or RST bits is set, then drop the segment
	// and return." So a FIN that overtakes the SYN,ACK is lost.
	if !g.Has(SYN) {
		m.obey(ClSynSentOther)
		m.fx.Dropped = true
		return
	}
	m.obey(ClSynSentSYN)
	m.synchronize(g)
	if g.Has(ACK) {
		// "SND.UNA should be advanced to equal SEG.ACK"
		m.SND.UNA, m.SND.WL2 = g.ACK, g.ACK
		m.fx.Stopped |= TimerRetransmission
		m.tell(ToldEstablished)
		m.take(RcvSYNACK)
		// "form an ACK segment <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK> and send it.
		// Data or controls that were queued for transmission MAY be included."
		m.set(ACKPending)
		// "If there are other controls or text in the segment, then continue
		// processing at the sixth step"
		g.SEQ, g.CTL = g.SEQ+1, g.CTL&^SYN
		m.textAndFIN(g)
		return
	}
	// "Otherwise, enter SYN-RECEIVED, form a SYN,ACK segment
	// <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK> and send it."
	m.SND.WL2 = m.SND.ISS
	m.take(RcvSYN)
	m.queueBehindSYN(g)
	m.answer(m.synAck())
}

// synchronize takes the peer's initial sequence number and window from its SYN:
// "Set RCV.NXT to SEG.SEQ+1, IRS is set to SEG.SEQ". (For LISTEN the RFC sets
// no send window; the SYN's own is the only one that is known.)
func (m *machine) synchronize(g Segment) {
	m.RCV.IRS, m.RCV.NXT, m.RCV.READ = g.SEQ, g.SEQ+1, g.SEQ+1
	m.SND.WND, m.SND.WL1 = g.WND, g.SEQ
}

// queueBehindSYN keeps what came with the SYN: "queue them for processing
// after the ESTABLISHED state has been reached". It is held like text that is
// out of order, only that nothing is missing before it.
func (m *machine) queueBehindSYN(g Segment) {
	n := min(g.TXT, m.RCV.WND)
	if n > 0 {
		m.hold(Range{m.RCV.NXT, m.RCV.NXT.Add(n)})
	}
	if g.Has(FIN) && n == g.TXT && (n < m.RCV.WND || n == 0 && m.o.ZeroWindowFIN) {
		m.holdFIN(m.RCV.NXT.Add(n))
	}
}
