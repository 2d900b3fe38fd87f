package candidates

import "finwait/model"

// Event is one step of a candidate's past.
type Event struct {
	prev    moment
	Clauses model.Clauses
	Packet  int32           // the caller's number of the segment that arrived or was sent; NoPacket for what nobody saw
	Kind    model.EventKind // what the machine was asked
	State   model.State     // the state afterwards
	Sent    bool            // the endpoint sent the packet in this step
	Remark  Remark
}

// moment is a place in the past of a candidate: one more than the index of the
// event that happened last, 0 before the first.
type moment int32

// pasts are the pasts of all candidates of a Tracker, a tree that grows from
// its root, in one piece of memory without pointers.
type pasts struct {
	events []Event
	limit  int // how many there may be before it is pruned
}

// add is the moment after e, which came after e.prev.
func (p *pasts) add(e Event) moment {
	p.events = append(p.events, e)
	return moment(len(p.events))
}

func (p *pasts) at(m moment) *Event { return &p.events[m-1] }

// prune forgets what is in nobody's past.
func (p *pasts) prune(sets ...[]candidate) {
	if len(p.events) < max(p.limit, 1<<12) {
		return
	}
	to := make([]moment, len(p.events)+1) // the new moment of each that stays
	for _, set := range sets {
		for i := range set {
			for m := set[i].past; m > 0 && to[m] == 0; m = p.at(m).prev {
				to[m] = 1
			}
		}
	}
	n := 0
	for i, e := range p.events {
		if to[i+1] > 0 {
			e.prev = to[e.prev]
			p.events[n] = e
			n++
			to[i+1] = moment(n)
		}
	}
	p.events = p.events[:n]
	for _, set := range sets {
		for i := range set {
			set[i].past = to[set[i].past]
		}
	}
	p.limit = 2 * n
}

// until lists the events up to m, the oldest first.
func (p *pasts) until(m moment) []Event {
	n := 0
	for i := m; i > 0; i = p.at(i).prev {
		n++
	}
	list := make([]Event, n)
	for i := m; i > 0; i = p.at(i).prev {
		n--
		list[n] = *p.at(i)
	}
	return list
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
	Injected // by a third party
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
	Injected:            "the RST is not its own: a third party has sent it",
}

// String is the remark in words.
func (r Remark) String() string { return remarks[r] }

// Guess reports whether the remark is about something that the capture does
// not show.
func (r Remark) Guess() bool { return r >= TextArrivedUnseen && r <= BeganTooLate || r == Injected }
