package candidates

import "finwait/model"

// Event is one step of a candidate's past.
type Event struct {
	Prev    *Event
	Clauses model.Clauses
	Packet  int32           // the caller's number of the segment that arrived or was sent; NoPacket for what nobody saw
	Kind    model.EventKind // what the machine was asked
	State   model.State     // the state afterwards
	Sent    bool            // the endpoint sent the packet in this step
	Remark  Remark
}

// NoPacket is the Packet of an event that nobody saw.
const NoPacket = -1

// Remark says what is unusual about an event.
type Remark uint8

// The remarks.
const (
	NoRemark Remark = iota
	TextArrivedUnseen
	FINArrivedUnseen
	CopyArrivedUnseen
	SYNArrivedUnseen
	SYNACKArrivedUnseen
	ACKArrivedUnseen
	SYNSentUnseen
	TextSentUnseen
	FINSentUnseen
	AnswersUnseen
	BeganTooLate
	CameLate
	AnswersLate
	Aborted
	ClosedUnread
	DataAfterClose
	FinWait2TimedOut
	EndedSilently
)

var remarks = [...]string{
	TextArrivedUnseen:   "text arrived that the capture does not show",
	FINArrivedUnseen:    "a FIN arrived that the capture does not show",
	CopyArrivedUnseen:   "an earlier copy of this arrived that the capture does not show",
	SYNArrivedUnseen:    "a SYN arrived that the capture does not show",
	SYNACKArrivedUnseen: "a SYN,ACK arrived that the capture does not show",
	ACKArrivedUnseen:    "an ACK arrived that the capture does not show",
	SYNSentUnseen:       "a SYN was sent that the capture does not show",
	TextSentUnseen:      "text was sent that the capture does not show",
	FINSentUnseen:       "a FIN was sent that the capture does not show",
	AnswersUnseen:       "in answer to something that the capture does not show",
	BeganTooLate:        "the capture begins too late to tell why",
	CameLate:            "an earlier segment, late or duplicated on its way",
	AnswersLate:         "in answer to an earlier segment, which came late or twice",
	Aborted:             "ABORT",
	ClosedUnread:        "CLOSE with received data unread, or ABORT",
	DataAfterClose:      "new data after a half-duplex CLOSE",
	FinWait2TimedOut:    "the FIN-WAIT-2 timer has ended the connection",
	EndedSilently:       "the connection was over without a word: user timeout, or a crash",
}

// String is the remark in words.
func (r Remark) String() string { return remarks[r] }

// Guess reports whether the remark is about something that the capture does
// not show.
func (r Remark) Guess() bool { return r >= TextArrivedUnseen && r <= BeganTooLate }
