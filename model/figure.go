package model

// State is one of the eleven states of a connection [3.3.2].
type State uint8

// The states, in the order in which section 3.3.2 introduces them, CLOSED
// first: it is "fictional because it represents the state when there is no
// TCB, and therefore, no connection".
const (
	Closed      State = iota // left by OPEN only
	Listen                   // left by a SYN, SEND, active OPEN, CLOSE
	SynSent                  // left by SYN,ACK, SYN, RST, CLOSE
	SynReceived              // left by the ACK of our SYN, RST, CLOSE
	Established              // left by our user's CLOSE or the peer's FIN
	FinWait1                 // left by the ACK of our FIN or the peer's FIN
	FinWait2                 // left by the peer's FIN, and by nothing else short of a reset
	CloseWait                // left when our user has said CLOSE and the FIN is sent
	Closing                  // left by the ACK of our FIN
	LastAck                  // left by the ACK of our FIN
	TimeWait                 // left by the 2MSL timeout
	NumStates
)

var stateNames = [NumStates]string{
	"CLOSED", "LISTEN", "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2",
	"CLOSE-WAIT", "CLOSING", "LAST-ACK", "TIME-WAIT",
}

// String is the RFC's spelling: "FIN-WAIT-1".
func (s State) String() string {
	if s < NumStates {
		return stateNames[s]
	}
	return "STATE(?)"
}

// ParseState is the inverse of String. The second result tells whether the
// name is one of the eleven.
func ParseState(name string) (State, bool) {
	for s, n := range stateNames {
		if n == name {
			return State(s), true
		}
	}
	return 0, false
}

// Synchronized reports whether s is one of the synchronized states:
// "ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, CLOSE-WAIT, CLOSING, LAST-ACK,
// TIME-WAIT" [3.5].
func (s State) Synchronized() bool { return s >= Established && s < NumStates }

// finArrived reports whether s can be entered only by receiving a FIN.
func (s State) finArrived() bool {
	return s == CloseWait || s == Closing || s == LastAck || s == TimeWait
}

// Trigger is the label at an arrow of the figure: what makes the state move.
type Trigger uint8

// The triggers. Those of Figure 5 come first, in the order of a connection's life.
const (
	PassiveOpen Trigger = iota
	ActiveOpen
	CallSend
	CallClose
	RcvSYN
	RcvSYNACK
	RcvACKofSYN
	RcvACKofFIN
	RcvFIN
	RcvRSTPassive // note 1: a RST after a passive OPEN
	Timeout2MSL

	RcvSYNPassive // a SYN in the window after a passive OPEN
	RcvRST
	SndRST // a RST of our own, with the transition that note 3 gives it
	CallAbort
	UserTimeout
	RcvSYNInWindow // RFC 793's reaction to a SYN in a synchronized state
	DataLost       // a half-duplex CLOSE loses received data: RST (SHLD-3)
	FinWait2Timeout
	numTriggers
)

var triggerNames = [numTriggers]string{
	"passive OPEN", "active OPEN", "SEND", "CLOSE", "rcv SYN", "rcv SYN,ACK", "rcv ACK of SYN", "rcv ACK of FIN",
	"rcv FIN", "rcv RST (note 1)", "Timeout=2MSL",
	"rcv SYN (passive)", "rcv RST", "snd RST (note 3)", "ABORT", "USER TIMEOUT",
	"rcv SYN in the window", "received data lost", "FIN-WAIT-2 timeout",
}

// String is the figure's label: "rcv ACK of FIN".
func (t Trigger) String() string {
	if t < numTriggers {
		return triggerNames[t]
	}
	return "TRIGGER(?)"
}

// origin tells where the RFC has an arrow.
type origin uint8

const (
	missing   origin = iota
	drawn            // in Figure 5
	inText           // in the text of 3.10, not drawn
	deviation        // in no RFC text; taken under a named option only
)

type arrow struct {
	to    State
	where origin
}

func to(s State) arrow       { return arrow{s, drawn} }
func textTo(s State) arrow   { return arrow{s, inText} }
func optionTo(s State) arrow { return arrow{s, deviation} }

// figure is RFC 9293 Figure 5: a row per box, an entry per arrow that leaves
// it. The arrows that the RFC has only in its text, "omitted from the diagram
// for legibility" (note 3), stand in the same table.
//
// Note 2 (FIN-WAIT-1 to TIME-WAIT in one segment) needs no entry: the ACK of
// the FIN and the FIN take two arrows, one after the other.
var figure = [NumStates][numTriggers]arrow{
	Closed: {
		PassiveOpen: to(Listen),
		ActiveOpen:  to(SynSent),
	},
	Listen: {
		RcvSYN:      to(SynReceived),
		CallSend:    to(SynSent),
		CallClose:   to(Closed),
		ActiveOpen:  textTo(SynSent), // 3.10.1: "change the connection from passive to active"
		CallAbort:   textTo(Closed),
		UserTimeout: textTo(Closed),
	},
	SynSent: {
		RcvSYN:      to(SynReceived),
		RcvSYNACK:   to(Established),
		CallClose:   to(Closed),
		RcvRST:      textTo(Closed),
		CallAbort:   textTo(Closed),
		UserTimeout: textTo(Closed),
	},
	SynReceived: {
		RcvACKofSYN:   to(Established),
		CallClose:     to(FinWait1),
		RcvRSTPassive: to(Listen),
		RcvSYNPassive: textTo(Listen), // 3.10.7.4, fourth
		RcvRST:        textTo(Closed), // after an active OPEN: "connection refused"
		CallAbort:     textTo(Closed),
		UserTimeout:   textTo(Closed),
		// After an active OPEN: "handle per the directions for synchronized states".
		RcvSYNInWindow: textTo(Closed),
		SndRST:         textTo(TimeWait),
	},
	Established: {
		CallClose:      to(FinWait1),
		RcvFIN:         to(CloseWait),
		RcvRST:         textTo(Closed),
		CallAbort:      textTo(Closed),
		UserTimeout:    textTo(Closed),
		RcvSYNInWindow: textTo(Closed),
		DataLost:       textTo(Closed),
		SndRST:         textTo(TimeWait),
	},
	FinWait1: {
		RcvACKofFIN:    to(FinWait2),
		RcvFIN:         to(Closing),
		RcvRST:         textTo(Closed),
		CallAbort:      textTo(Closed),
		UserTimeout:    textTo(Closed),
		RcvSYNInWindow: textTo(Closed),
		DataLost:       textTo(Closed),
		SndRST:         textTo(TimeWait),
	},
	FinWait2: {
		RcvFIN:          to(TimeWait),
		RcvRST:          textTo(Closed),
		CallAbort:       textTo(Closed),
		UserTimeout:     textTo(Closed),
		RcvSYNInWindow:  textTo(Closed),
		DataLost:        textTo(Closed),
		SndRST:          textTo(TimeWait),
		FinWait2Timeout: optionTo(Closed),
	},
	CloseWait: {
		CallClose:      to(LastAck), // when the FIN is sent, not when CLOSE is called: 3.10.4
		RcvRST:         textTo(Closed),
		CallAbort:      textTo(Closed),
		UserTimeout:    textTo(Closed),
		RcvSYNInWindow: textTo(Closed),
		DataLost:       textTo(Closed),
		SndRST:         textTo(TimeWait),
	},
	Closing: {
		RcvACKofFIN:    to(TimeWait),
		RcvRST:         textTo(Closed),
		CallAbort:      textTo(Closed),
		UserTimeout:    textTo(Closed),
		RcvSYNInWindow: textTo(Closed),
	},
	LastAck: {
		RcvACKofFIN:    to(Closed),
		RcvRST:         textTo(Closed),
		CallAbort:      textTo(Closed),
		UserTimeout:    textTo(Closed),
		RcvSYNInWindow: textTo(Closed),
	},
	TimeWait: {
		Timeout2MSL:    to(Closed),
		RcvRST:         textTo(Closed),
		CallAbort:      textTo(Closed),
		UserTimeout:    textTo(Closed),
		RcvSYNInWindow: textTo(Closed),
	},
}

// Arrow is one arrow of the figure.
type Arrow struct {
	From    State
	Trigger Trigger
	To      State
	Drawn   bool // in Figure 5, as against in the text of 3.10 only
	Option  bool // in no RFC: taken under a deviation only
}

// String is "FIN-WAIT-1 --rcv ACK of FIN--> FIN-WAIT-2".
func (a Arrow) String() string {
	return a.From.String() + " --" + a.Trigger.String() + "--> " + a.To.String()
}

// Arrows yields every arrow of the figure, box by box.
func Arrows(yield func(Arrow) bool) {
	for s := range NumStates {
		for t := range numTriggers {
			if a, ok := arrowFrom(s, t); ok && !yield(a) {
				return
			}
		}
	}
}

func arrowFrom(s State, t Trigger) (Arrow, bool) {
	if s >= NumStates || t >= numTriggers {
		return Arrow{From: s, Trigger: t}, false
	}
	a := figure[s][t]
	return Arrow{s, t, a.to, a.where == drawn, a.where == deviation}, a.where != missing
}
