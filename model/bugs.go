package model

// The bugs of real stacks, each reachable only through its own option. Every
// hook stands at the line of the machine that the stack got wrong, so that the
// machine reads as the RFC does and the bugs read as what they are. With the
// zero Options none of this changes anything.

// buggyAckOfFIN reports whether a bug concerns the test for the ACK of our FIN.
func (o *Options) buggyAckOfFIN() bool {
	return o.LastAckAnyACK || o.DataACKAsFINACK || o.FINACKOneLess || o.FINACKOneMore || o.ClosingAnyACK ||
		o.FINACKMeansClosing || o.LastAckStuck || o.FINWithoutNumber
}

func (m *machine) mistakenAckOfFIN(g Segment, advanced bool) bool {
	switch {
	case m.o.LastAckAnyACK && m.State == LastAck, m.o.ClosingAnyACK && m.State == Closing:
		return true
	case m.o.FINACKMeansClosing && m.State == FinWait1 && g.Has(FIN), m.o.LastAckStuck && m.State == LastAck:
		return false
	case m.o.DataACKAsFINACK && m.State == FinWait1:
		return m.FINSent() && advanced
	case m.o.FINWithoutNumber:
		acked := m.FINSent() && m.SND.NXT.AtMost(m.SND.UNA+1)
		if acked {
			m.SND.UNA = m.SND.NXT
		}
		return acked
	case m.o.FINACKOneLess:
		return m.FINSent() && m.SND.NXT.AtMost(m.SND.UNA+1)
	case m.o.FINACKOneMore:
		return m.FINSent() && m.SND.NXT.Before(g.ACK)
	}
	return m.FINAcked()
}

// buggyRetransmission changes what is retransmitted; false means nothing is.
func (m *machine) buggyRetransmission(g *Segment) bool {
	silent := false
	switch {
	case m.o.CloseWaitNoRetransmission:
		silent = m.State == CloseWait
	case m.o.FINNotRetransmitted && g.Has(FIN):
		g.CTL &^= FIN
		silent = g.TXT == 0
	case m.o.FINRetransmittedLater && g.Has(FIN) && g.TXT == 0:
		g.SEQ++
	case m.o.ClosingNoFINBit && m.State == Closing:
		g.CTL &^= FIN
	}
	if silent {
		m.reply(NothingOutstanding)
	}
	return !silent
}

// buggyDropsOldACK drops a FIN for its old SEG.ACK: "If the ACK is a duplicate
// (SEG.ACK =< SND.UNA), it can be ignored" speaks of the ACK field, not of the segment.
func (m *machine) buggyDropsOldACK(g Segment) bool {
	return m.o.FINOldACKDropped && g.Has(FIN) && g.ACK.Before(m.SND.UNA)
}

// buggyDuplicateACK owes an acknowledgment for an acknowledgment.
func (m *machine) buggyDuplicateACK(g Segment) {
	if m.o.ACKsACKs && g.LEN() == 0 && m.State == Established {
		m.set(ACKPending)
	}
}

// buggyUnacceptable does more, or less, with an old duplicate than acknowledge
// it; true means that it is not acknowledged.
func (m *machine) buggyUnacceptable(g Segment) bool {
	switch {
	case m.o.DataCountedTwice && m.State == FinWait1 && g.TXT > 0 && g.text().Add(g.TXT) == m.RCV.NXT:
		m.RCV.NXT = m.RCV.NXT.Add(g.TXT)
	case m.o.SecondFINAdvances && m.State.finArrived() && g.Has(FIN) && g.End() == m.RCV.NXT:
		m.RCV.NXT++
		m.RCV.READ++
	}
	return m.o.TimeWaitIgnoresFIN && m.State == TimeWait && g.Has(FIN)
}

// buggyReply puts the FIN into the acknowledgment of what is not acceptable.
func (m *machine) buggyReply(ack Segment) Segment {
	if m.o.ReplyCarriesFIN && m.FINSent() && !m.FINAcked() {
		ack.SEQ, ack.CTL = ack.SEQ-1, ack.CTL|FIN
	}
	return ack
}

// buggyRSTOutside believes a RST from anywhere.
func (m *machine) buggyRSTOutside() {
	if m.o.RSTNotValidated {
		m.resetArrives()
	}
}

// buggySent writes a segment as it is if the FIN occupies nothing. Inside, both
// ends go on counting it; no number on the wire does.
func (m *machine) buggySent(g Segment) Segment {
	if !m.o.FINWithoutNumber || g.Has(RST) {
		return g
	}
	if m.Is(FINReceived) {
		g.ACK--
	}
	if g.LEN() == 0 && m.FINSent() {
		g.SEQ--
	}
	return g
}

// buggyArrived is the other end of it: behind a FIN without a number comes what
// has the number that the FIN should have had.
func (m *machine) buggyArrived(g Segment) Segment {
	if m.o.FINWithoutNumber && m.Is(FINReceived) && g.LEN() == 0 && !g.Has(RST) && g.SEQ == m.RCV.NXT-1 {
		g.SEQ++
	}
	return g
}

// buggyHidesACK does not read the ACK field of a FIN, or of what is held.
func (m *machine) buggyHidesACK(g Segment) bool {
	return m.o.FINHidesACK && g.Has(FIN) || m.o.HeldHidesACK && g.LEN() > 0 && m.RCV.NXT.Before(g.SEQ)
}

// buggyClose forgets what the user has said before.
func (m *machine) buggyClose() {
	if m.o.CloseFlushes && !m.Is(CloseCalled) {
		m.SND.END = m.SND.NXT
	}
}

// buggyLastAck takes the FIN for acknowledged as soon as it is sent.
func (m *machine) buggyLastAck() {
	if m.o.LastAckSkipped {
		m.move(RcvACKofFIN, Closed)
		m.delete(false)
	}
}

// buggyClosing takes every FIN for one that acknowledges ours.
func (m *machine) buggyClosing() bool {
	if !m.o.ClosingSkipped || m.State != FinWait1 {
		return false
	}
	m.move(RcvFIN, TimeWait)
	return true
}

// buggyIgnoresRST does not believe a RST because it bears no ACK.
func (m *machine) buggyIgnoresRST(g Segment) bool {
	return m.o.SynReceivedRSTNeedsACK && m.State == SynReceived && !g.Has(ACK)
}

// buggyChallenge answers a RST with the RST's own number. An endpoint in CLOSED
// answers that with a RST at the same number [3.10.7.1], and so on.
func (m *machine) buggyChallenge(g, ack Segment) Segment {
	if m.o.ChallengeEchoes {
		ack.ACK = g.SEQ
	}
	return ack
}

// buggyTextIgnored acknowledges text that lies beyond the FIN.
func (m *machine) buggyTextIgnored(g Segment) {
	if m.o.TextAfterFINAdvances && m.Is(FINReceived) && g.text() == m.RCV.NXT {
		m.RCV.NXT, m.RCV.READ = m.RCV.NXT.Add(g.TXT), m.RCV.READ.Add(g.TXT)
		m.set(ACKPending)
	}
}

// buggyFINIgnored takes a second FIN for one more symbol of the stream.
func (m *machine) buggyFINIgnored(g Segment) {
	if m.o.NewFINAdvances && m.Is(FINReceived) && g.End() == m.RCV.NXT+1 {
		m.RCV.NXT, m.RCV.READ = m.RCV.NXT+1, m.RCV.READ+1
		m.set(ACKPending)
	}
}

// buggyFIN mistreats a FIN at s; true means that the machine must not see it.
func (m *machine) buggyFIN(s Seq) bool {
	switch {
	case m.o.FINAcrossHole && s != m.RCV.NXT:
		m.RCV.NXT, m.RCV.READ = s, s
		m.finArrives()
		return true
	case m.o.HeldFINLost && s != m.RCV.NXT:
		return true
	case m.o.SynReceivedSwallowsFIN && s == m.RCV.NXT && m.fx.NumArrows > 0 && m.fx.Arrows[0].Trigger == RcvACKofSYN:
		m.RCV.NXT++
		m.RCV.READ = m.RCV.NXT
		m.set(ACKPending)
		return true
	}
	return false
}

// buggyAccept loses text that has been acknowledged.
func (m *machine) buggyAccept() {
	if m.o.FinWait2DropsData && m.State == FinWait2 || m.o.DataAfterCloseAcked && m.Is(NoReader) {
		m.discard()
	}
}

// discard throws away what has been acknowledged and not yet read.
func (m *machine) discard() {
	n := m.Unread()
	m.RCV.WND += n
	m.RCV.READ = m.RCV.READ.Add(n)
}

// buggyOvertaken ignores the FIN of a peer that has ours, when it comes before
// the bare ACK that was sent before it: an endpoint that knows two steps from
// FIN-WAIT-1 to TIME-WAIT, and not one. The ACK will come; the FIN, without
// retransmission, will not.
func (m *machine) buggyOvertaken(g Segment) bool {
	return m.o.FINBeforeACKIgnored && m.State == FinWait1 && g.Has(FIN|ACK) && m.FINSent() && g.ACK == m.SND.NXT
}

// buggyEOF takes the user for told.
func (m *machine) buggyEOF() {
	if m.o.EOFLost {
		m.set(EOFTold)
	}
}

// buggyAssemble takes a held FIN for the next thing in order as soon as text is.
func (m *machine) buggyAssemble() {
	if m.o.HeldFINEarly && m.Is(FINHeld) && m.fx.Clauses.Has(ClText) {
		m.RCV.NXT, m.RCV.READ = m.RCV.FIN, m.RCV.FIN
	}
}

// buggyACKInTimeWait expects nothing but a FIN.
func (m *machine) buggyACKInTimeWait() {
	if m.o.TimeWaitPanics {
		panic("BUG: an acknowledgment in TIME-WAIT")
	}
}

// buggyTimeWait leaves TIME-WAIT at once, or never.
func (m *machine) buggyTimeWait() {
	if m.o.ClosingNoTimer && m.fx.Arrows[m.fx.NumArrows-1].From == Closing {
		m.clear(TimerTW)
		m.fx.Started &^= TimerTimeWait
	}
	if !m.o.SkipTimeWait {
		return
	}
	if m.Is(ACKPending) && !m.fx.Sends {
		m.answer(m.ack())
	}
	m.move(Timeout2MSL, Closed)
	m.delete(false)
}
