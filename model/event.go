package model

import "strconv"

// EventKind tells what happens to an endpoint.
type EventKind uint8

// The events of section 3.10: "user calls, arriving segments, and timeouts",
// and the outputs, which the RFC leaves to the implementation: when queued
// text, the FIN and a pending acknowledgment really go out.
const (
	CallPassiveOpen EventKind = iota
	CallActiveOpen
	CallSEND
	CallRECEIVE
	CallCLOSE
	CallABORT
	CallSTATUS

	SegmentArrives

	TimeoutRetransmission
	TimeoutTimeWait
	TimeoutUser
	TimeoutFinWait2 // a deviation: the RFC has no timer in FIN-WAIT-2

	OutputTransmit  // queued text, the FIN, or the last of the text with the FIN
	OutputAck       // the pending acknowledgment
	OutputProbe     // the zero-window probe
	OutputKeepAlive // 3.8.4, MAY-5
	NumEventKinds
)

var eventNames = [NumEventKinds]string{
	"OPEN passive", "OPEN active", "SEND", "RECEIVE", "CLOSE", "ABORT", "STATUS", "SEGMENT ARRIVES",
	"RETRANSMISSION TIMEOUT", "TIME-WAIT TIMEOUT", "USER TIMEOUT", "FIN-WAIT-2 TIMEOUT",
	"Transmit", "Ack", "Probe", "KeepAlive",
}

// String is the RFC's name for the event.
func (k EventKind) String() string {
	if k < NumEventKinds {
		return eventNames[k]
	}
	return "EVENT(?)"
}

// Event is one input of an endpoint. Everything that the RFC leaves to chance
// or to the environment is an argument: also the initial sequence number, if
// this event makes the endpoint select one, and the room for received text.
type Event struct {
	Segment Segment // SegmentArrives
	N       uint32  // octets: SEND, RECEIVE (at most), Transmit and retransmission (of text), Probe and KeepAlive (0 or 1)
	Off     uint32  // retransmission: octets to skip at the front of the queue, 0 in RFC 9293; more is selective (RFC 6675)
	ISS     Seq     // "An initial send sequence number (ISS) is selected": active OPEN, SEND in LISTEN, a SYN in LISTEN
	WND     uint32  // OPEN: the receive window; 0 means DefaultWindow
	FIN     bool    // Transmit and retransmission: with the FIN
	Kind    EventKind
}

// DefaultWindow is the receive window of an OPEN that asks for none.
const DefaultWindow = 1<<16 - 1

// Arrive is the event that g arrives.
func Arrive(g Segment) Event { return Event{Kind: SegmentArrives, Segment: g} }

// String is a short form for traces: "SEND(2)".
func (e Event) String() string {
	n := strconv.FormatUint(uint64(e.N), 10)
	switch e.Kind {
	case SegmentArrives:
		return "SEGMENT ARRIVES " + e.Segment.String()
	case CallSEND, CallRECEIVE:
		return e.Kind.String() + "(" + n + ")"
	case OutputTransmit, TimeoutRetransmission:
		if e.FIN {
			n += ",FIN"
		}
		return e.Kind.String() + "(" + n + ")"
	default:
		return e.Kind.String()
	}
}
