package model

// open is 3.10.1.
func (m *machine) open() {
	m.obey(ClOpen)
	wnd := m.e.WND
	if wnd == 0 {
		wnd = DefaultWindow
	}
	switch {
	case m.State == Closed && m.e.Kind == CallPassiveOpen:
		// "If passive, enter the LISTEN state and return."
		m.TCB = TCB{Flags: Passive, RCV: RecvVars{WND: min(wnd, MaxWindow)}}
		m.take(PassiveOpen)
	case m.State == Closed:
		m.TCB = TCB{RCV: RecvVars{WND: min(wnd, MaxWindow)}}
		m.connect(ActiveOpen)
	case m.State == Listen && m.e.Kind == CallActiveOpen:
		// "then change the connection from passive to active, select an ISS."
		m.connect(ActiveOpen)
	default:
		m.reply(ErrExists)
		return
	}
	m.reply(OK)
}

// connect sends the SYN:
//
//	"A SYN segment of the form <SEQ=ISS><CTL=SYN> is sent. Set SND.UNA to ISS,
//	SND.NXT to ISS+1, enter SYN-SENT state, and return."
func (m *machine) connect(t Trigger) {
	m.clear(Passive)
	m.selectISS()
	m.emit(Segment{SEQ: m.SND.ISS, WND: m.RCV.WND, CTL: SYN})
	m.take(t)
}

// send is 3.10.2.
func (m *machine) send() {
	m.obey(ClSend)
	switch m.State {
	case Closed:
		m.reply(ErrNotOpen)
		return
	case FinWait1, FinWait2, Closing, LastAck, TimeWait:
		// "Return "error: connection closing" and do not service request."
		m.reply(ErrConnClosing)
		return
	}
	if m.Is(CloseCalled) {
		// CLOSE is queued in SYN-RECEIVED or CLOSE-WAIT. To the letter the state
		// has not moved and the SEND is good; but "CLOSE is an operation meaning
		// "I have no more data to send."" [3.6]
		m.reply(ErrConnClosing)
		return
	}
	if uint64(m.SND.END.From(m.SND.UNA))+uint64(m.e.N) >= MaxQueue {
		m.reply(ErrResources)
		return
	}
	if m.State == Listen {
		// "change the connection from passive to active, select an ISS."
		m.connect(CallSend)
	}
	// "Queue the data for transmission after entering ESTABLISHED state", or
	// "Segmentize the buffer and send it", which is the output Transmit.
	m.SND.END = m.SND.END.Add(m.e.N)
	m.reply(OK)
}

// receive is 3.10.3.
func (m *machine) receive() {
	m.obey(ClReceive)
	switch m.State {
	case Closed:
		// Octets and the end of the stream, received in order, outlive the TCB.
		if m.o.ClosedForgets || !m.Readable() {
			m.reply(ErrNotOpen)
			return
		}
		m.read(m.e.N)
		m.delete(false) // nothing of it stays when all has been read
		return
	case Closing, LastAck, TimeWait:
		// To the letter: "Return "error: connection closing"." But "The user who
		// CLOSEs may continue to RECEIVE until the TCP receiver is told that the
		// remote peer has CLOSED also" [3.6].
		if m.o.StrictReceive {
			m.reply(ErrConnClosing)
			return
		}
	}
	if m.Is(NoReader) || m.Is(RSTSent) {
		m.reply(ErrConnClosing)
		return
	}
	if m.Unread() > 0 || m.Is(FINReceived) {
		m.read(m.e.N)
		return
	}
	// "If insufficient incoming segments are queued to satisfy the request,
	// queue the request."
	if m.e.N > MaxWindow-m.RCV.WANT {
		m.reply(ErrResources)
		return
	}
	m.RCV.WANT += m.e.N
	m.reply(Queued)
}

// read hands the user at most n octets, or the end of the stream:
//
//	"If no text is awaiting delivery, the RECEIVE will get an "error:
//	connection closing" response. Otherwise, any remaining data can be used to
//	satisfy the RECEIVE."
func (m *machine) read(n uint32) {
	n = min(n, m.Unread())
	switch {
	case n > 0:
		to := m.RCV.READ.Add(n)
		m.fx.Delivered = Range{m.RCV.READ, to}
		m.RCV.READ = to
		if m.State != Closed {
			m.RCV.WND += n
		}
		m.reply(OK)
	case m.Unread() > 0:
		m.reply(OK) // a RECEIVE of nothing
	case !m.Is(EOFTold):
		m.set(EOFTold)
		m.tell(ToldEOF)
		m.reply(EndOfStream)
	default:
		m.reply(ErrConnClosing)
	}
}

// closeCall is 3.10.4.
func (m *machine) closeCall() {
	m.obey(ClClose)
	if (m.o.HalfDuplexClose || m.o.CloseUnreadSendsFIN) && m.halfDuplex() {
		return
	}
	m.buggyClose()
	switch m.State {
	case Closed:
		m.reply(ErrNotOpen)
		return
	case Listen, SynSent:
		// "Delete the TCB and return "error: closing" responses to any queued
		// SENDs, or RECEIVEs." Silent: no segment is sent.
		m.tell(ToldFlushed)
		m.take(CallClose)
		m.delete(true)
	case SynReceived:
		if m.Is(CloseCalled) {
			m.reply(ErrConnClosing)
			return
		}
		if m.o.SynReceivedCloseDeletes {
			m.move(CallClose, Closed)
			m.delete(true)
			break
		}
		m.set(CloseCalled)
		// "If no SENDs have been issued and there is no pending data to send,
		// then form a FIN segment and send it, and enter FIN-WAIT-1 state;
		// otherwise, queue for processing after entering ESTABLISHED state."
		if m.Unsent() == 0 {
			m.take(CallClose)
		}
	case Established:
		// "Queue this until all preceding SENDs have been segmentized, then form
		// a FIN segment and send it. In any case, enter FIN-WAIT-1 state."
		m.set(CloseCalled)
		m.take(CallClose)
	case CloseWait:
		// "Queue this request until all preceding SENDs have been segmentized;
		// then send a FIN segment, enter LAST-ACK state." The state moves when
		// the FIN is sent: see transmit.
		if m.Is(CloseCalled) {
			m.reply(ErrConnClosing)
			return
		}
		m.set(CloseCalled)
	default:
		// FIN-WAIT-1 and FIN-WAIT-2: "Strictly speaking, this is an error";
		// CLOSING, LAST-ACK, TIME-WAIT: "Respond with "error: connection closing"."
		m.reply(ErrConnClosing)
		return
	}
	m.reply(OK)
}

// halfDuplex is the CLOSE of a user who will not read any more [3.6.1]:
//
//	"If such a host issues a CLOSE call while received data is still pending
//	in the TCP connection, or if new data is received after CLOSE is called,
//	its TCP implementation SHOULD send a RST to show that data was lost
//	(SHLD-3)."
//
// It reports whether the connection is over.
func (m *machine) halfDuplex() bool {
	if m.Is(CloseCalled) || m.State != SynReceived && m.State != Established && m.State != CloseWait {
		return false
	}
	m.obey(ClHalfDuplex)
	if m.o.CloseUnreadSendsFIN {
		m.discard()
	}
	if m.Unread() == 0 {
		m.set(NoReader | EOFTold)
		m.RCV.WANT = 0
		return false
	}
	m.emit(m.reset())
	m.take(DataLost)
	m.delete(true)
	m.reply(OK)
	return true
}

// abort is 3.10.5.
func (m *machine) abort() {
	m.obey(ClAbort)
	switch m.State {
	case Closed:
		m.reply(ErrNotOpen)
		return
	case SynReceived, Established, FinWait1, FinWait2, CloseWait:
		// "Send a reset segment: <SEQ=SND.NXT><CTL=RST>"
		if !m.o.AbortSilent {
			m.emit(m.reset())
		}
		if m.o.AbortTimeWait {
			m.abortIntoTimeWait()
			break
		}
		m.take(CallAbort)
		m.delete(true)
	default:
		// LISTEN, SYN-SENT: queued calls are returned. CLOSING, LAST-ACK,
		// TIME-WAIT: "Respond with "ok" and delete the TCB", and send nothing.
		m.take(CallAbort)
		m.delete(true)
	}
	m.tell(ToldFlushed)
	m.reply(OK)
}

// abortIntoTimeWait is note 3 of Figure 5: "A RST can be sent from any state
// with a corresponding transition to TIME-WAIT". The queues are flushed.
func (m *machine) abortIntoTimeWait() {
	m.take(SndRST)
	m.SND.UNA, m.SND.END = m.SND.NXT, m.SND.NXT
	m.RCV.READ, m.RCV.WANT, m.RCV.FIN = m.RCV.NXT, 0, 0
	m.Held, m.NumHeld = [MaxHeld]Range{}, 0
	m.Flags = RSTSent | EOFTold
	m.startTimeWait()
}

// status is 3.10.6: "Return "state = LISTEN" and the TCB pointer", and so on.
func (m *machine) status() {
	m.obey(ClStatus)
	if m.State == Closed {
		m.reply(ErrNotOpen)
		return
	}
	m.reply(OK)
}
