package model

// MaxHeld is how many separate out-of-order ranges an endpoint holds. What
// would need one more is dropped, which the RFC allows: holding is a SHOULD
// (SHLD-31), and what is dropped will be retransmitted.
const MaxHeld = 4

// MaxWindow is the largest window, 2^30 octets: 65,535 scaled by 2^14 is just
// below it (RFC 7323, 2.3). MaxQueue bounds what a user may have queued, so
// that every comparison of sequence numbers stays below 2^31.
const (
	MaxWindow = 1 << 30
	MaxQueue  = 1 << 30
)

// Range is the sequence numbers lo =< s < hi.
type Range struct{ Lo, Hi Seq }

// Len is the number of octets in r.
func (r Range) Len() uint32 { return r.Hi.From(r.Lo) }

// SendVars are the send sequence variables [3.3.1].
type SendVars struct {
	ISS   Seq    // initial send sequence number
	UNA   Seq    // oldest unacknowledged sequence number
	NXT   Seq    // next sequence number to be sent
	END   Seq    // just past the last octet that the user has SENT: what lies from NXT to END is queued
	WND   uint32 // send window, an offset from UNA
	WL1   Seq    // segment sequence number used for last window update
	WL2   Seq    // segment acknowledgment number used for last window update
	ACKED uint32 // ghost: index in the user's stream of the octet at the front of the retransmission queue
}

// RecvVars are the receive sequence variables [3.3.1].
type RecvVars struct {
	IRS  Seq    // initial receive sequence number
	NXT  Seq    // next sequence number expected on an incoming segment
	READ Seq    // next octet to hand to the user: from READ to NXT lies what is received and not yet delivered
	WND  uint32 // receive window: room for octets from NXT on
	WANT uint32 // octets asked for by a RECEIVE that is queued
	FIN  Seq    // sequence number of the FIN that is held, if FINHeld
}

// Flags are the yes-or-no parts of a TCB.
type Flags uint16

// The flags.
const (
	Passive     Flags = 1 << iota // came from a passive OPEN (MUST-11)
	CloseCalled                   // the user has said CLOSE: a FIN is queued behind the text, or sent
	ACKPending                    // an acknowledgment is owed and not yet sent
	FINHeld                       // a FIN has arrived out of order and waits at RCV.FIN
	FINReceived                   // the peer's FIN has been received in order
	EOFTold                       // the user has been told that there is no more text
	TimerTW                       // the time-wait timer is running
	RSTSent                       // in TIME-WAIT after a RST of our own (note 3)
	NoReader                      // a half-duplex CLOSE: the user cannot read any more (MAY-1)
)

// TCB is the transmission control block: everything that one endpoint knows
// about its connection. It is a value: comparable, without pointers, without
// padding; two TCBs are the same state exactly if they are ==.
//
// Unlike the RFC's, it exists in CLOSED too, so that octets and the end of the
// stream which were received in order, and are not yet read, outlive the
// connection. It is the zero TCB as soon as they have been read.
type TCB struct {
	SND     SendVars
	RCV     RecvVars
	Held    [MaxHeld]Range // out-of-order text, ascending, NumHeld of them, the others zero
	Flags   Flags
	State   State
	NumHeld uint8
}

// Is reports whether every flag of f is set.
func (c *TCB) Is(f Flags) bool { return c.Flags&f == f }

func (c *TCB) set(f Flags)   { c.Flags |= f }
func (c *TCB) clear(f Flags) { c.Flags &^= f }

// Unread is the number of octets that are received in order and not yet delivered.
func (c *TCB) Unread() uint32 {
	n := c.RCV.NXT.From(c.RCV.READ)
	if c.Is(FINReceived) && n > 0 {
		n-- // the FIN occupies the last of these numbers
	}
	return n
}

// Readable reports whether a RECEIVE would return something at once: octets,
// or the end of the stream for the first time.
func (c *TCB) Readable() bool {
	return c.Unread() > 0 || c.Is(FINReceived) && !c.Is(EOFTold)
}

// FINSent reports whether our FIN has been sent. The state alone does not
// tell: ESTABLISHED enters FIN-WAIT-1 at CLOSE "in any case" [3.10.4], also
// when text is queued before the FIN.
func (c *TCB) FINSent() bool {
	return c.Is(CloseCalled) && c.State > SynReceived && c.SND.NXT == c.SND.END+1
}

// FINAcked reports whether our FIN has been sent and acknowledged.
func (c *TCB) FINAcked() bool { return c.FINSent() && c.SND.UNA == c.SND.NXT }

// Unsent is the number of octets that are queued and have never been sent.
func (c *TCB) Unsent() uint32 {
	if c.FINSent() {
		return 0
	}
	return c.SND.END.From(c.SND.NXT)
}

// synOutstanding reports whether our SYN is sent and not acknowledged. Beyond
// the handshake that can be after a CLOSE in SYN-RECEIVED only, before which
// there was no SEND. (SND.UNA comes to ISS again after 2^32 octets.)
func (c *TCB) synOutstanding() bool {
	switch c.State {
	case SynSent, SynReceived:
		return true
	case FinWait1, Closing:
		return c.SND.UNA == c.SND.ISS && c.SND.END == c.SND.ISS+1
	}
	return false
}

// outstanding is the number of octets of text that are sent and not acknowledged.
func (c *TCB) outstanding() uint32 {
	n := c.SND.NXT.From(c.SND.UNA)
	if c.synOutstanding() {
		n--
	}
	if n > 0 && c.FINSent() {
		n--
	}
	return n
}

// room is how many more sequence numbers the send window admits:
// those between SND.NXT and SND.UNA+SND.WND [3.4, figure 3].
func (c *TCB) room() uint32 {
	used := c.SND.NXT.From(c.SND.UNA)
	if used >= c.SND.WND {
		return 0
	}
	return c.SND.WND - used
}

// delete is "delete the TCB, enter the CLOSED state". What was received in
// order and not yet read stays for the user, unless flush is set:
// "All segment queues should be flushed" [3.10.7.4, second].
func (c *TCB) delete(flush bool) {
	left := TCB{}
	if !flush && c.Readable() && !c.Is(NoReader) {
		left.RCV = RecvVars{IRS: c.RCV.IRS, NXT: c.RCV.NXT, READ: c.RCV.READ}
		left.Flags = c.Flags & (FINReceived | EOFTold)
	}
	*c = left
}
