package model

import "math/bits"

// Clause is one rule of RFC 9293 section 3.10. They are numbered in the order
// in which the RFC would come to them, so a set of them lists itself in the
// order in which they were obeyed.
type Clause uint8

// The clauses.
const (
	ClOpen Clause = iota
	ClSend
	ClReceive
	ClClose
	ClAbort
	ClStatus
	ClClosedRST
	ClClosedACK
	ClClosedNoACK
	ClListenRST
	ClListenACK
	ClListenSYN
	ClListenOther
	ClSynSentACK
	ClSynSentRST
	ClSynSentSYN
	ClSynSentOther
	ClSeq
	ClSeqZeroWindow
	ClSeqFINAgain
	ClSeqBelow
	ClRSTOutside
	ClRSTChallenge
	ClRST
	ClRSTIgnored
	ClSYNPassive
	ClSYN
	ClNoACK
	ClACKSynReceived
	ClACK
	ClACKDuplicate
	ClACKUnsent
	ClACKFinWait1
	ClACKFinWait2
	ClACKClosing
	ClACKLastAck
	ClACKTimeWait
	ClURG
	ClText
	ClHold
	ClHoldFull
	ClTextIgnored
	ClHalfDuplex
	ClFIN
	ClFINIgnored
	ClUserTimeout
	ClRetransmission
	ClTimeWait
	ClTransmit
	ClTransmitFIN
	ClAck
	ClProbe
	ClKeepAlive
	ClFinWait2Timer
	NumClauses
)

var clauseTexts = [NumClauses][2]string{
	ClOpen:           {"3.10.1", "OPEN"},
	ClSend:           {"3.10.2", "SEND"},
	ClReceive:        {"3.10.3", "RECEIVE"},
	ClClose:          {"3.10.4", "CLOSE"},
	ClAbort:          {"3.10.5", "ABORT"},
	ClStatus:         {"3.10.6", "STATUS"},
	ClClosedRST:      {"3.10.7.1", "a RST is discarded"},
	ClClosedACK:      {"3.10.7.1", "no connection: RST at SEG.ACK"},
	ClClosedNoACK:    {"3.10.7.1", "no connection: RST at 0"},
	ClListenRST:      {"3.10.7.2 first", "a RST is ignored"},
	ClListenACK:      {"3.10.7.2 second", "any ACK is bad: RST"},
	ClListenSYN:      {"3.10.7.2 third", "SYN: answer SYN,ACK"},
	ClListenOther:    {"3.10.7.2 fourth", "drop"},
	ClSynSentACK:     {"3.10.7.3 first", "bad ACK: RST"},
	ClSynSentRST:     {"3.10.7.3 second", "RST"},
	ClSynSentSYN:     {"3.10.7.3 fourth", "SYN"},
	ClSynSentOther:   {"3.10.7.3 fifth", "neither SYN nor RST: drop"},
	ClSeq:            {"3.10.7.4 first", "not acceptable: ACK"},
	ClSeqZeroWindow:  {"3.10.7.4 first", "no room: only ACK, RST are read"},
	ClSeqFINAgain:    {"3.10.7.4 eighth", "FIN again: restart 2MSL"},
	ClSeqBelow:       {"A.2", "one below the window: ACK is read"},
	ClRSTOutside:     {"3.10.7.4 second", "RST outside the window: drop"},
	ClRSTChallenge:   {"3.10.7.4 second", "RST not at RCV.NXT: challenge"},
	ClRST:            {"3.10.7.4 second", "RST"},
	ClRSTIgnored:     {"RFC 1337, F1", "RST in TIME-WAIT is ignored"},
	ClSYNPassive:     {"3.10.7.4 fourth", "SYN: return to LISTEN"},
	ClSYN:            {"3.10.7.4 fourth", "SYN: challenge ACK"},
	ClNoACK:          {"3.10.7.4 fifth", "no ACK: drop"},
	ClACKSynReceived: {"3.10.7.4 fifth", "SYN-RECEIVED: ACK of SYN"},
	ClACK:            {"3.10.7.4 fifth", "SND.UNA <- SEG.ACK"},
	ClACKDuplicate:   {"3.10.7.4 fifth", "a duplicate ACK: ignored"},
	ClACKUnsent:      {"3.10.7.4 fifth", "ACK of the unsent: ACK"},
	ClACKFinWait1:    {"3.10.7.4 fifth", "FIN-WAIT-1: FIN acknowledged"},
	ClACKFinWait2:    {"3.10.7.4 fifth", "FIN-WAIT-2: CLOSE is ok"},
	ClACKClosing:     {"3.10.7.4 fifth", "CLOSING: FIN acknowledged"},
	ClACKLastAck:     {"3.10.7.4 fifth", "LAST-ACK: FIN acknowledged"},
	ClACKTimeWait:    {"3.10.7.4 fifth", "TIME-WAIT: acknowledge it"},
	ClURG:            {"3.10.7.4 sixth", "URG"},
	ClText:           {"3.10.7.4 seventh", "text"},
	ClHold:           {"3.10.7.4 first", "out of order: hold (SHLD-31)"},
	ClHoldFull:       {"3.10.7.4 first", "out of order: no place, drop"},
	ClTextIgnored:    {"3.10.7.4 seventh", "text after a FIN: ignore"},
	ClHalfDuplex:     {"3.6.1", "half-duplex close: RST (SHLD-3)"},
	ClFIN:            {"3.10.7.4 eighth", "FIN"},
	ClFINIgnored:     {"3.10.7.4 eighth", "a second FIN: ignore"},
	ClUserTimeout:    {"3.10.8", "USER TIMEOUT"},
	ClRetransmission: {"3.10.8", "RETRANSMISSION TIMEOUT"},
	ClTimeWait:       {"3.10.8", "TIME-WAIT TIMEOUT"},
	ClTransmit:       {"3.10.2", "segmentize and send"},
	ClTransmitFIN:    {"3.10.4", "form a FIN segment and send it"},
	ClAck:            {"3.10.7.4 seventh", "send the acknowledgment"},
	ClProbe:          {"3.8.6.1", "zero-window probe"},
	ClKeepAlive:      {"3.8.4", "keep-alive (MAY-5)"},
	ClFinWait2Timer:  {"no RFC", "FIN-WAIT-2 timer"},
}

// Section is where the clause stands: "3.10.7.4 fifth". A word in it is the
// RFC's own numbering of its checks.
func (c Clause) Section() string { return clauseTexts[c][0] }

// Text says in a few words what the clause demands.
func (c Clause) Text() string { return clauseTexts[c][1] }

// String is the section and the text.
func (c Clause) String() string { return "[" + c.Section() + "] " + c.Text() }

// Clauses is a set of clauses.
type Clauses uint64

// All yields the clauses of the set in the RFC's order.
func (s Clauses) All(yield func(Clause) bool) {
	for ; s != 0; s &= s - 1 {
		if !yield(Clause(bits.TrailingZeros64(uint64(s)))) {
			return
		}
	}
}

// Has reports whether c is in the set.
func (s Clauses) Has(c Clause) bool { return s>>c&1 != 0 }

// Last is the clause that decided: the last one that was obeyed. The second
// result is false for the empty set.
func (s Clauses) Last() (Clause, bool) {
	if s == 0 {
		return 0, false
	}
	return Clause(63 - bits.LeadingZeros64(uint64(s))), true
}
