package system

import (
	"strconv"

	"finwait/model"
)

// Kind names an action of the system. The names are those of the TLA+
// specification.
type Kind uint8

// The actions, in canonical order: what the user does, what goes out, what
// times out, what the network does, time, and what a third party does.
const (
	PassiveOpen Kind = iota
	ActiveOpen
	Send
	Close
	Receive
	Abort
	Transmit
	Ack
	Probe
	Retransmit
	TimeWaitExpire
	FinWait2Expire
	Deliver
	Overflow
	Duplicate
	DuplicateOverflow
	Lose
	Update
	Crash
	Tick
	Inject
	NumKinds
)

var kindNames = [NumKinds]string{
	"PassiveOpen", "ActiveOpen", "Send", "Close", "Receive", "Abort", "Transmit", "Ack", "Probe", "Retransmit",
	"TimeWaitExpire", "FinWait2Expire", "Deliver", "Overflow", "Duplicate", "DuplicateOverflow", "Lose", "Update",
	"Crash", "Tick", "Inject",
}

var kindTexts = [NumKinds]string{
	"the user calls OPEN, passive", "the user calls OPEN, active", "the user SENDs one octet", "the user calls CLOSE",
	"the user RECEIVEs what is there, or the end of the stream", "the user calls ABORT",
	"queued text, the FIN, or both go out", "the pending acknowledgment goes out", "a zero-window probe goes out",
	"the retransmission timeout resends the front of the queue", "the 2MSL timeout ends TIME-WAIT",
	"the deviation's timer ends FIN-WAIT-2", "a segment arrives at the other side",
	"a segment arrives, but the network has no room for the reply, which is lost",
	"a copy of a segment arrives, the segment stays in flight",
	"a copy arrives, the segment stays, the reply is lost for want of room", "a segment is lost",
	"a window that RECEIVE has reopened is announced",
	"an endpoint forgets its TCB, and its user is gone",
	"a tick of the clock: nothing is due, and time goes on for both sides",
	"a third party puts a segment on the wire as if the side had sent it",
}

// String is the action's name.
func (k Kind) String() string { return kindNames[k] }

// Text says in a line what the action is.
func (k Kind) Text() string { return kindTexts[k] }

// Arrives reports whether the action hands a segment to the other side.
func (k Kind) Arrives() bool { return k >= Deliver && k <= DuplicateOverflow }

// Asks reports whether a side asks its machine when it moves by the action, or
// by accepting it. It does not when a segment is lost or forged, when the machine
// forgets what it was doing, and when time goes by.
func (k Kind) Asks() bool { return !k.Unheard() && k != Crash && k != Tick }

// Unheard reports whether the action concerns the network alone: a segment
// leaves it or comes into it, and no endpoint notices.
func (k Kind) Unheard() bool { return k == Lose || k == Inject }

// Bears reports whether the action has a segment for its parameter.
func (k Kind) Bears() bool { return k.Arrives() || k.Unheard() }

// Action is a label of the transition system, with its parameters. The side
// that it belongs to is its mover: for Deliver and its like the sender of the
// segment.
type Action struct {
	Kind    Kind
	FIN     bool          // Transmit, Retransmit: with the FIN
	N       uint16        // Transmit, Retransmit: octets
	Segment model.Segment // Deliver and its like, Lose, Inject
}

// event is what the endpoint of the mover, or for a segment that of the other
// side, has to process.
func (b *System) event(s *Side, a Action) model.Event {
	e := model.Event{N: uint32(a.N), FIN: a.FIN, ISS: b.FirstSEQ(s), WND: b.window()}
	switch a.Kind {
	case PassiveOpen:
		e.Kind = model.CallPassiveOpen
	case ActiveOpen:
		e.Kind = model.CallActiveOpen
	case Send:
		e.Kind, e.N = model.CallSEND, 1
	case Close:
		e.Kind = model.CallCLOSE
	case Receive:
		e.Kind, e.N = model.CallRECEIVE, model.MaxWindow
	case Abort:
		e.Kind = model.CallABORT
	case Transmit:
		e.Kind = model.OutputTransmit
	case Ack, Update:
		e.Kind = model.OutputAck
	case Probe:
		e.Kind = model.OutputProbe
	case Retransmit:
		e.Kind = model.TimeoutRetransmission
	case TimeWaitExpire:
		e.Kind = model.TimeoutTimeWait
	case FinWait2Expire:
		e.Kind = model.TimeoutFinWait2
	default:
		e.Kind, e.Segment = model.SegmentArrives, a.Segment
	}
	return e
}

// String is the action without its segment: "Transmit(1,FIN)", "Deliver".
func (a Action) String() string {
	if a.Kind != Transmit && a.Kind != Retransmit {
		return a.Kind.String()
	}
	n := strconv.Itoa(int(a.N))
	if a.FIN {
		n += ",FIN"
	}
	return a.Kind.String() + "(" + n + ")"
}

// Label writes an action of the side with the given role, its segment too:
// "Deliver <SEQ=1><ACK=1><CTL=FIN,ACK>". Sequence numbers are relative.
func (b *System) Label(role int, a Action) string {
	if a.Kind.Bears() {
		return a.String() + " " + b.SegmentString(role, a.Segment)
	}
	return a.String()
}

// SegmentString writes a segment that the side with the given role has sent,
// in the RFC's notation with sequence numbers relative to the first initial
// ones, and with the incarnation of which it is, if there may be several.
func (b *System) SegmentString(role int, g model.Segment) string {
	text := g.Relative(b.ISS[role], b.ISS[1-role])
	if b.Reincarnates() {
		text += TagOf(g).String()
	}
	return text
}
