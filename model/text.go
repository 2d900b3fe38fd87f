package model

// textAndFIN is the seventh and the eighth check, with the holding of what
// arrives out of order:
//
//	"Segments with higher beginning sequence numbers SHOULD be held for later
//	processing (SHLD-31)."
//
// Its ACK field has been processed on arrival all the same.
func (m *machine) textAndFIN(g Segment) {
	switch m.State {
	case Established, FinWait1, FinWait2:
	default:
		m.ignoreAfterFIN(g)
		return
	}
	text, fin := m.trim(g)
	if m.Is(NoReader) && !m.o.DataAfterCloseAcked && (text.Len() > 0 || m.NumHeld > 0 && m.Held[0].Lo == m.RCV.NXT) {
		// "if new data is received after CLOSE is called, its TCP implementation
		// SHOULD send a RST to show that data was lost (SHLD-3)." [3.6.1]
		m.obey(ClHalfDuplex)
		m.answer(m.resetFor(g))
		m.take(DataLost)
		m.delete(true)
		return
	}
	switch {
	case text.Len() == 0:
	case text.Lo == m.RCV.NXT:
		m.accept(text.Hi)
	case m.o.TextNotHeld:
		m.obey(ClHoldFull)
		m.fx.Dropped = true
		fin = false
	case !m.hold(text):
		fin = false // the segment is dropped, its FIN with it
	}
	if fin && !m.buggyFIN(text.Hi) {
		m.holdFIN(text.Hi) // at once taken up below, unless something is missing before it
	}
	m.assemble()
}

// ignoreAfterFIN: "This should not occur since a FIN has been received from
// the remote side. Ignore the segment text." A second FIN is ignored, too: to
// the letter of the eighth check it would advance RCV.NXT again.
func (m *machine) ignoreAfterFIN(g Segment) {
	if g.TXT > 0 {
		m.obey(ClTextIgnored)
		m.buggyTextIgnored(g)
	}
	if g.Has(FIN) {
		m.obey(ClFINIgnored)
		m.buggyFINIgnored(g)
	}
}

// trim cuts the text to what is new and inside the window, and tells whether a
// FIN stands behind it. The FIN has the sequence number where the text ends:
//
//	"trimming off any portions that lie outside the window (including SYN and
//	FIN)"
func (m *machine) trim(g Segment) (text Range, fin bool) {
	right := m.RCV.NXT.Add(m.RCV.WND)
	lo, hi := g.text(), g.text().Add(g.TXT)
	fin = g.Has(FIN) && (hi.Before(right) || hi == m.RCV.NXT && m.o.ZeroWindowFIN) && !hi.Before(m.RCV.NXT)
	if m.Is(FINHeld) && m.RCV.FIN.Before(hi) {
		right, fin = m.RCV.FIN, false // the stream has an end: nothing lies behind it
	}
	lo, hi = later(lo, m.RCV.NXT), earlier(hi, right)
	if !lo.Before(hi) {
		return Range{hi, hi}, fin
	}
	return Range{lo, hi}, fin
}

// accept takes responsibility for text that begins at RCV.NXT:
//
//	"it advances RCV.NXT over the data accepted, and adjusts RCV.WND as
//	appropriate to the current buffer availability. The total of RCV.NXT and
//	RCV.WND should not be reduced."
//
// "This acknowledgment should be piggybacked on a segment being transmitted if
// possible without incurring undue delay": it is pending until something
// carries it.
func (m *machine) accept(hi Seq) {
	m.obey(ClText)
	n := hi.From(m.RCV.NXT)
	m.RCV.NXT = hi
	m.RCV.WND -= min(n, m.RCV.WND)
	m.set(ACKPending)
	m.buggyAccept()
}

// hold keeps r, which lies above RCV.NXT, in the sorted list of ranges. It
// reports false if r needs a place of its own and there is none.
func (m *machine) hold(r Range) bool {
	var out [MaxHeld]Range
	n := 0
	for _, h := range m.Held[:m.NumHeld] {
		switch {
		case h.Hi.Before(r.Lo): // h lies before r and does not touch it
			out[n], n = h, n+1
		case r.Hi.Before(h.Lo): // h lies after r
			out[n], n = r, n+1
			r = h
		default:
			r = Range{earlier(r.Lo, h.Lo), later(r.Hi, h.Hi)}
		}
	}
	if n == MaxHeld {
		m.obey(ClHoldFull)
		m.fx.Dropped = true
		return false
	}
	out[n], n = r, n+1
	m.obey(ClHold)
	m.Held, m.NumHeld = out, uint8(n)
	if m.o.AckOutOfOrder {
		m.set(ACKPending)
	}
	return true
}

// holdFIN remembers that a FIN stands at s, unless text does:
//
//	"When a segment overlaps other already received segments, we reconstruct
//	the segment to contain just the new data" [3.10]
//
// Text behind it would be ignored after it.
func (m *machine) holdFIN(s Seq) {
	before := uint8(0) // how many ranges lie before s
	for before < m.NumHeld && m.Held[before].Hi.AtMost(s) {
		before++
	}
	if before < m.NumHeld && m.Held[before].Lo.AtMost(s) {
		return
	}
	clear(m.Held[before:])
	m.NumHeld = before
	m.set(FINHeld)
	m.RCV.FIN = s
	if s != m.RCV.NXT {
		m.obey(ClHold)
		if m.o.AckOutOfOrder {
			m.set(ACKPending)
		}
	}
}

// assemble takes up what was held and is in order now: text, then the FIN.
// A RECEIVE that was queued gets its octets.
func (m *machine) assemble() {
	for m.NumHeld > 0 && m.Held[0].Lo.AtMost(m.RCV.NXT) {
		if m.RCV.NXT.Before(m.Held[0].Hi) {
			m.accept(m.Held[0].Hi)
		}
		copy(m.Held[:], m.Held[1:])
		m.NumHeld--
		m.Held[m.NumHeld] = Range{}
	}
	if m.RCV.WANT > 0 && m.Unread() > 0 {
		want := m.RCV.WANT
		m.RCV.WANT = 0
		m.read(want)
		m.reply(Done)
	}
	m.buggyAssemble()
	if m.Is(FINHeld) && m.RCV.FIN == m.RCV.NXT {
		m.finArrives()
	}
}

// finArrives is the eighth check, for a FIN that is in order:
//
//	"If the FIN bit is set, signal the user "connection closing" and return any
//	pending RECEIVEs with same message, advance RCV.NXT over the FIN, and send
//	an acknowledgment for the FIN."
func (m *machine) finArrives() {
	m.obey(ClFIN)
	if m.o.HalfCloseResets && m.State == Established {
		m.abort()
		return
	}
	m.clear(FINHeld)
	m.RCV.FIN = 0
	m.Held, m.NumHeld = [MaxHeld]Range{}, 0 // nothing can be missing before a FIN that is in order
	m.RCV.NXT++
	m.set(FINReceived | ACKPending)
	m.buggyEOF()
	m.tell(ToldClosing)
	if m.RCV.WANT > 0 {
		m.RCV.WANT = 0
		m.set(EOFTold)
		m.tell(ToldEOF)
	}
	if !m.buggyClosing() {
		m.take(RcvFIN)
	}
	if m.State == TimeWait {
		m.startTimeWait()
	}
}
