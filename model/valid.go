package model

import "fmt"

// Valid checks the invariants of a TCB. They are numbered as the errors are:
//
//  1. The state is one of the eleven.
//  2. In CLOSED there is nothing but what is received and not yet read.
//  3. In LISTEN there is nothing but the window, queued RECEIVEs and the passive OPEN.
//  4. SND.UNA =< SND.NXT =< the end of what the user has given us, FIN included,
//     and the distances are below 2^31.
//  5. In SYN-SENT, and only there and in SYN-RECEIVED and, after a CLOSE there,
//     in FIN-WAIT-1 and CLOSING, our SYN is unacknowledged; no text has been sent then.
//     In SYN-SENT nothing is known of the peer.
//  6. Our FIN is sent only after CLOSE, in the states that follow it.
//  7. In FIN-WAIT-2 and TIME-WAIT our FIN is acknowledged (but after a RST of ours).
//  8. The peer's FIN is received exactly in the states that it leads to.
//  9. RCV.READ =< RCV.NXT; the window, with what is unread, and the queue are
//     within their limits.
//  10. Held ranges ascend, do not touch, and lie above RCV.NXT (at it, while our
//     SYN is unacknowledged) and inside the window; unused places are zero.
//  11. A held FIN lies behind all held text, above RCV.NXT (at it, likewise).
//  12. The time-wait timer runs exactly in TIME-WAIT.
//  13. An ACK is pending only in synchronized states.
//  14. CLOSE has been called exactly in the states that it leads to, or is
//     queued in SYN-RECEIVED and CLOSE-WAIT.
//  15. Passive is set in LISTEN, and may stay set after it.
//  16. A queued RECEIVE waits for octets: there are none, and no end of the stream.
//  17. RSTSent is set in TIME-WAIT only, NoReader only after CLOSE.
func (c TCB) Valid() error {
	for i, ok := range c.invariants() {
		if !ok {
			return fmt.Errorf("invariant %d does not hold: %s", i+1, c)
		}
	}
	return nil
}

func (c *TCB) invariants() [17]bool {
	synchronized := c.State.Synchronized()
	return [17]bool{
		c.State < NumStates,
		c.State != Closed || *c == c.leftover(),
		c.State != Listen || *c == c.listening() && c.SND.END <= MaxQueue,
		c.validSend(),
		c.validSYN(),
		!c.FINSent() || c.afterClose(),
		c.State != FinWait2 && c.State != TimeWait || c.FINAcked() || c.Is(RSTSent) && c.SND.UNA == c.SND.NXT,
		c.State == Closed || c.Is(FINReceived) == (c.State.finArrived() && !c.Is(RSTSent)),
		c.validReceive(),
		c.validHeld(),
		!c.Is(FINHeld) && c.RCV.FIN == 0 || c.Is(FINHeld) && c.validHeldFIN(),
		c.Is(TimerTW) == (c.State == TimeWait),
		!c.Is(ACKPending) || synchronized,
		c.State < SynReceived && !c.Is(CloseCalled) || c.State == SynReceived || c.State == CloseWait ||
			synchronized && c.Is(CloseCalled) == (c.State != Established && !c.Is(RSTSent)),
		c.State != Listen && c.State != SynSent && c.State != Closed || c.Is(Passive) == (c.State == Listen),
		c.RCV.WANT == 0 || !synchronized || c.Unread() == 0 && !c.Is(FINReceived),
		(!c.Is(RSTSent) || c.State == TimeWait) && (!c.Is(NoReader) || c.Is(CloseCalled)),
	}
}

// listening is what may be in a TCB in LISTEN.
func (c *TCB) listening() TCB {
	return TCB{
		State: Listen, Flags: Passive,
		SND: SendVars{END: c.SND.END}, RCV: RecvVars{WND: c.RCV.WND, WANT: c.RCV.WANT},
	}
}

// leftover is what may remain of c in CLOSED.
func (c *TCB) leftover() TCB {
	if !c.Readable() {
		return TCB{}
	}
	return TCB{
		RCV:   RecvVars{IRS: c.RCV.IRS, NXT: c.RCV.NXT, READ: c.RCV.READ},
		Flags: c.Flags & (FINReceived | EOFTold),
	}
}

// afterClose reports whether the state is one that our user's CLOSE leads to.
func (c *TCB) afterClose() bool {
	switch c.State {
	case FinWait1, FinWait2, Closing, LastAck, TimeWait:
		return true
	}
	return false
}

func (c *TCB) validSend() bool {
	if c.State == Closed || c.State == Listen {
		return true
	}
	limit := c.SND.END
	if c.Is(CloseCalled) && c.State > SynReceived {
		limit++
	}
	s := &c.SND
	return s.NXT.From(s.UNA) <= limit.From(s.UNA) && limit.From(s.UNA) <= MaxQueue+1 && s.WND <= MaxWindow
}

func (c *TCB) validSYN() bool {
	s := &c.SND
	switch c.State {
	case Closed, Listen:
		return true
	case SynSent:
		return s.UNA == s.ISS && s.NXT == s.ISS+1 && c.Flags == 0 && c.NumHeld == 0 &&
			c.RCV == RecvVars{WND: c.RCV.WND, WANT: c.RCV.WANT}
	case SynReceived:
		return s.UNA == s.ISS && s.NXT == s.ISS+1 && c.RCV.NXT == c.RCV.IRS+1 && c.RCV.READ == c.RCV.NXT
	case FinWait1, Closing:
		return !c.synOutstanding() || s.NXT != s.UNA
	}
	return true
}

func (c *TCB) validReceive() bool {
	r := &c.RCV
	return r.WND <= MaxWindow && c.Unread() <= MaxWindow-r.WND && r.WANT <= MaxWindow &&
		(r.NXT != r.READ || !c.Is(FINReceived))
}

func (c *TCB) validHeld() bool {
	if c.NumHeld > MaxHeld || c.NumHeld > 0 && (c.State < SynReceived || c.Flags&(FINReceived|RSTSent) != 0) {
		return false
	}
	lo := c.RCV.NXT
	if !c.synOutstanding() {
		lo++ // text at RCV.NXT is held only while the handshake is not done
	}
	right := c.RCV.NXT.Add(c.RCV.WND)
	for i, h := range c.Held {
		if i >= int(c.NumHeld) {
			if h != (Range{}) {
				return false
			}
			continue
		}
		if h.Lo.Before(lo) || !h.Lo.Before(h.Hi) || right.Before(h.Hi) {
			return false
		}
		lo = h.Hi + 1
	}
	return true
}

func (c *TCB) validHeldFIN() bool {
	lo := c.RCV.NXT
	if !c.synOutstanding() {
		lo++
	}
	if c.NumHeld > 0 {
		lo = later(lo, c.Held[c.NumHeld-1].Hi)
	}
	return c.State >= SynReceived && !c.Is(FINReceived) && !c.Is(RSTSent) && c.RCV.FIN.From(lo) < MaxWindow+1
}

// String writes the TCB as the RFC's figures would: the state, then the
// variables, relative to ISS and IRS.
func (c TCB) String() string {
	return fmt.Sprintf("%v UNA=%d NXT=%d END=%d WND=%d | RCV.NXT=%d READ=%d WND=%d | held=%v fin=%d flags=%s",
		c.State, c.SND.UNA-c.SND.ISS, c.SND.NXT-c.SND.ISS, c.SND.END-c.SND.ISS, c.SND.WND,
		c.RCV.NXT-c.RCV.IRS, c.RCV.READ-c.RCV.IRS, c.RCV.WND, c.relativeHeld(), c.RCV.FIN-c.RCV.IRS, c.Flags)
}

func (c *TCB) relativeHeld() []Range {
	held := make([]Range, c.NumHeld)
	for i, h := range c.Held[:c.NumHeld] {
		held[i] = Range{h.Lo - c.RCV.IRS, h.Hi - c.RCV.IRS}
	}
	return held
}

var flagNames = [...]string{
	"passive", "close-called", "ack-pending", "fin-held", "fin-received", "eof-told", "time-wait-timer", "rst-sent", "no-reader",
}

// String lists the flags: "close-called,ack-pending".
func (f Flags) String() string {
	s := ""
	for i, n := range flagNames {
		if f&(1<<i) != 0 {
			if s != "" {
				s += ","
			}
			s += n
		}
	}
	return s
}
