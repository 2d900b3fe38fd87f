package conformance

import (
	"fmt"
	"strings"

	"finwait/model"
)

// Op is what is done to a stack.
type Op uint8

// The operations. Those of the user come first.
const (
	Listen Op = iota
	Connect
	Accept
	Write
	Read
	HalfClose // shutdown(SHUT_WR): CLOSE in the words of the RFC
	Close     // close(): CLOSE by a user who will not read any more (3.6.1, MAY-1)
	Abort
	Inject  // a segment arrives
	WaitRTO // until the retransmission or the persist timer has expired, once
	Wait2MSL
	numOps
)

var opNames = [numOps]string{
	"listen", "connect", "accept", "write", "read", "shutdown", "close", "abort", "inject", "wait-rto", "wait-2msl",
}

// String is the operation's name in vectors and in the line protocol.
func (o Op) String() string { return opNames[o] }

// The initial sequence numbers in the oracle's own count. A stack chooses its
// own; the runner translates.
const (
	StackISS model.Seq = 0x10000000
	PeerISS  model.Seq = 0x20000000
)

// Input is one thing that is done to a stack.
type Input struct {
	Op      Op
	N       uint32        // Write, Read: octets; Wait2MSL: percent of 2MSL
	Segment model.Segment // Inject: numbers relative to StackISS and PeerISS
	Edge    bool          // Inject: SEG.SEQ counts from the right edge of the window that the stack has offered, not from PeerISS
}

// String is the input in words: "inject <SEQ=1><ACK=1><CTL=FIN,ACK>".
func (i Input) String() string {
	switch i.Op {
	case Write, Read:
		return fmt.Sprintf("%v %d", i.Op, i.N)
	case Wait2MSL:
		return fmt.Sprintf("%v %d%%", i.Op, i.N)
	case Inject:
		s := relative(i.Segment, PeerISS, StackISS)
		if i.Edge {
			s = strings.Replace(s, "<SEQ=", "<SEQ=RCV.NXT+RCV.WND+", 1)
			s = strings.Replace(s, "+-", "-", 1)
		}
		if i.Segment.WND == 0 && !i.Segment.Has(model.RST) {
			s += "<WND=0>"
		}
		return i.Op.String() + " " + s
	}
	return i.Op.String()
}

// relative writes a segment in the RFC's notation, with numbers that may be
// below the initial ones.
func relative(g model.Segment, iss, irs model.Seq) string {
	var b strings.Builder
	if zero := g.CTL == model.RST|model.ACK && g.SEQ == 0; zero {
		b.WriteString("<SEQ=0 absolute>")
	} else {
		fmt.Fprintf(&b, "<SEQ=%d>", int32(g.SEQ-iss))
	}
	if g.Has(model.ACK) {
		fmt.Fprintf(&b, "<ACK=%d>", int32(g.ACK-irs))
	}
	fmt.Fprintf(&b, "<CTL=%s>", g.CTL)
	if g.TXT > 0 {
		fmt.Fprintf(&b, "<DATA=%d>", g.TXT)
	}
	return b.String()
}

// event is the model's event for the input; waits are more than one.
func (i Input) event() model.Event {
	switch i.Op {
	case Listen:
		return model.Event{Kind: model.CallPassiveOpen}
	case Connect:
		return model.Event{Kind: model.CallActiveOpen, ISS: StackISS}
	case Write:
		return model.Event{Kind: model.CallSEND, N: i.N, ISS: StackISS}
	case Read:
		return model.Event{Kind: model.CallRECEIVE, N: i.N}
	case HalfClose, Close:
		return model.Event{Kind: model.CallCLOSE}
	case Abort:
		return model.Event{Kind: model.CallABORT}
	default:
		return model.Event{Kind: model.SegmentArrives, Segment: i.Segment, ISS: StackISS}
	}
}
