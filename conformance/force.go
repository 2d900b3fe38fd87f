package conformance

import "finwait/model"

// Force is how strongly the RFCs ask for a reaction.
type Force uint8

// The forces.
const (
	Must       Force = iota // RFC 9293, to the letter: a MUST, or its imperative
	Should                  // a SHOULD of RFC 9293, or what does without one
	May                     // a MAY
	RFC5961                 // blind in-window attacks
	RFC1337                 // TIME-WAIT assassination
	HalfDuplex              // a CLOSE that ends reading, too (MAY-1, SHLD-3)
	Unsettled               // the RFC contradicts itself, or a figure of its own
)

var forceNames = [...]string{"MUST", "SHOULD", "MAY", "RFC 5961", "RFC 1337", "half-duplex close", "unsettled"}

// String is the name of the force.
func (f Force) String() string { return forceNames[f] }

// clauseForces are the clauses that are not a plain MUST.
var clauseForces = map[model.Clause]Force{
	model.ClSeq:          Should, // "an acknowledgment should be sent in reply"
	model.ClRSTChallenge: RFC5961,
	model.ClSYN:          RFC5961,
	model.ClACKUnsent:    Must,
	model.ClHold:         Should,
	model.ClHoldFull:     Should,
	model.ClHalfDuplex:   HalfDuplex,
	model.ClKeepAlive:    May,
	model.ClRSTIgnored:   RFC1337,
}

// optionForces are what the readings appeal to.
var optionForces = map[string]Force{
	"seqcheck": Unsettled, "time-wait-acks-all": Must, "zero-window-fin": May, "strict-receive": Unsettled,
	"closed-forgets": Unsettled, "reset-flushes": Unsettled, "abort-time-wait": Unsettled,
	"simultaneous-synack": Unsettled, "time-wait-ignores-rst": RFC1337, "ack-out-of-order": May,
	"rst-carries-ack": May, "text-not-held": Should,
}
