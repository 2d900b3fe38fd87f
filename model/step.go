package model

// Step is RFC 9293 section 3.10: what one endpoint does with one event. It is
// a pure function, and the only place in finwait where a connection moves.
// It is total: for every valid TCB and every event it returns, and what it
// returns is valid. (A segment has at most MaxWindow octets of text, and no
// larger window: the wire cannot carry more.)
func Step(c TCB, e Event) (TCB, Effects) { return Options{}.Step(c, e) }

// Step is the same machine under named readings, deviations or bugs. With a
// bug it may panic, as the stack did in which the bug was seen.
func (o Options) Step(c TCB, e Event) (TCB, Effects) {
	m := machine{TCB: c, o: &o, e: &e}
	switch e.Kind {
	case CallPassiveOpen, CallActiveOpen:
		m.open()
	case CallSEND:
		m.send()
	case CallRECEIVE:
		m.receive()
	case CallCLOSE:
		m.closeCall()
	case CallABORT:
		m.abort()
	case CallSTATUS:
		m.status()
	case SegmentArrives:
		m.arrives(e.Segment)
	case TimeoutRetransmission:
		m.retransmission()
	case TimeoutTimeWait:
		m.timeWaitTimeout()
	case TimeoutUser:
		m.userTimeout()
	case TimeoutFinWait2:
		m.finWait2Timeout()
	case OutputTransmit:
		m.transmit()
	case OutputAck:
		m.ackOutput()
	case OutputProbe:
		m.probe()
	case OutputKeepAlive:
		m.keepAlive()
	}
	return m.TCB, m.fx
}

// machine is one step in progress.
type machine struct {
	TCB
	o  *Options
	e  *Event
	fx Effects
}

// take is the one place where the state moves. A missing arrow is a bug.
func (m *machine) take(t Trigger) {
	a := figure[m.State][t]
	if a.where == missing {
		panic("BUG: the figure has no arrow " + m.State.String() + " --" + t.String() + "-->")
	}
	m.move(t, a.to)
}

// move records the arrow and goes where it leads. Only take, and the bugs that
// bypass the figure, may call it.
func (m *machine) move(t Trigger, to State) {
	m.fx.Arrows[m.fx.NumArrows] = Taken{m.State, t, to}
	m.fx.NumArrows++
	m.State = to
}

// obey notes the clause that is being followed.
func (m *machine) obey(c Clause) { m.fx.Clauses |= 1 << c }

// tell gives the user a notice.
func (m *machine) tell(n Notices) { m.fx.Notices |= n }

// reply is the immediate answer to a call, or why an output is not due.
func (m *machine) reply(r Reply) { m.fx.Reply = r }

// emit puts a segment on the wire. Whatever carries an acknowledgment settles
// the one that was pending.
func (m *machine) emit(g Segment) {
	if m.fx.Sends {
		panic("BUG: two segments in one step")
	}
	m.fx.Segment, m.fx.Sends = m.buggySent(g), true
	if g.Has(ACK) {
		m.clear(ACKPending)
	}
}

// answer sends a segment at once because one has arrived.
func (m *machine) answer(g Segment) {
	m.emit(g)
	m.fx.Answers = true
}

// ack is <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>.
func (m *machine) ack() Segment {
	return Segment{SEQ: m.SND.NXT, ACK: m.RCV.NXT, WND: m.RCV.WND, CTL: ACK}
}

// synAck is <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>.
func (m *machine) synAck() Segment {
	return Segment{SEQ: m.SND.ISS, ACK: m.RCV.NXT, WND: m.RCV.WND, CTL: SYN | ACK}
}

// reset is the RST that an endpoint sends of its own accord: <SEQ=SND.NXT><CTL=RST>.
func (m *machine) reset() Segment {
	g := Segment{SEQ: m.SND.NXT, CTL: RST}
	if m.o.RSTCarriesACK {
		g.ACK, g.CTL = m.RCV.NXT, RST|ACK
	}
	return g
}

// resetFor is the reset that answers g outside any connection:
//
//	"If the ACK bit is off, sequence number zero is used,
//	<SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>
//	If the ACK bit is on, <SEQ=SEG.ACK><CTL=RST>" [3.10.7.1]
func (m *machine) resetFor(g Segment) Segment {
	switch {
	case m.o.RSTWrongSEQ && g.Has(ACK):
		return Segment{SEQ: g.SEQ, CTL: RST}
	case g.Has(ACK):
		return Segment{SEQ: g.ACK, CTL: RST}
	default:
		return Segment{SEQ: 0, ACK: g.End(), CTL: RST | ACK}
	}
}

// selectISS selects the initial sequence number and spends it on the SYN. What
// a user has SENT before is queued behind it.
func (m *machine) selectISS() {
	iss, queued := m.e.ISS, m.Unsent()
	m.SND = SendVars{ISS: iss, UNA: iss, NXT: iss + 1, END: (iss + 1).Add(queued)}
	m.fx.Started |= TimerRetransmission
}

// startTimeWait is "start the time-wait timer, turn off the other timers".
func (m *machine) startTimeWait() {
	m.set(TimerTW)
	m.fx.Started |= TimerTimeWait
	m.fx.Stopped |= TimerRetransmission | TimerPersist
	m.buggyTimeWait()
}

// restartTimeWait is "restart the 2 MSL timeout", if it runs.
func (m *machine) restartTimeWait() {
	if m.Is(TimerTW) && !m.o.TimeWaitNotRestarted {
		m.fx.Started |= TimerTimeWait
	}
}
