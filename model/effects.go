package model

import "math/bits"

// Reply is the immediate answer to an event: what a user's call returns, or
// why an output or a timeout is not due.
type Reply uint8

// The replies. Those of calls have the RFC's wording.
const (
	Done Reply = iota
	OK
	Queued
	EndOfStream
	ErrNotOpen
	ErrExists
	ErrConnClosing
	ErrResources
	NothingQueued
	NothingOutstanding
	NoRoom
	NotRunning
	NotSynchronized
	WindowOpen
	numReplies
)

var replyTexts = [numReplies]string{
	"done", "ok", "queued", "error: connection closing (end of stream)",
	"error: connection does not exist", "error: connection already exists",
	"error: connection closing", "error: insufficient resources",
	"nothing of that kind is queued", "nothing of that kind is outstanding", "the send window has no room",
	"the timer is not running", "the connection is not synchronized", "the send window is open",
}

// String is the RFC's text: "error: connection closing".
func (r Reply) String() string {
	if r < numReplies {
		return replyTexts[r]
	}
	return "REPLY(?)"
}

// Refused reports whether the event had no effect: the call was an error, or
// the output or timeout was not due.
func (r Reply) Refused() bool { return r >= ErrNotOpen }

// Notices are what the user is told without, or long after, asking: the RFC's
// "signals".
type Notices uint16

// The notices.
const (
	ToldEstablished Notices = 1 << iota // the OPEN has succeeded
	ToldClosing                         // "connection closing": the peer has sent its FIN
	ToldEOF                             // a RECEIVE returned the end of the stream
	ToldSent                            // a SEND buffer was fully acknowledged: "ok"
	ToldCloseOK                         // the CLOSE is acknowledged: "ok"
	ToldReset                           // "error: connection reset"
	ToldRefused                         // "connection refused"
	ToldUserTimeout                     // "error: connection aborted due to user timeout"
	ToldFlushed                         // queued calls were returned with an error
)

var noticeTexts = [...]string{
	"connection established", "connection closing", "end of stream", "SEND ok", "CLOSE ok", "connection reset",
	"connection refused", "connection aborted due to user timeout", "queued calls returned",
}

// Strings lists the notices in words.
func (n Notices) Strings() []string {
	var s []string
	for ; n != 0; n &= n - 1 {
		s = append(s, noticeTexts[bits.TrailingZeros16(uint16(n))])
	}
	return s
}

// Timers is a set of timers.
type Timers uint8

// The timers of an endpoint.
const (
	TimerRetransmission Timers = 1 << iota
	TimerTimeWait
	TimerPersist
)

// Effects is all that an event causes besides the next TCB. It is a value of
// fixed size. RFC 9293 never answers one event with two segments, so there is
// one place for a segment.
type Effects struct {
	Segment   Segment  // what is sent, if Sends
	Delivered Range    // octets handed to the user
	Arrows    [3]Taken // the arrows of the figure that were taken, NumArrows of them
	Notices   Notices
	Clauses   Clauses // what the machine obeyed, in the RFC's order
	NumArrows uint8
	Reply     Reply
	Started   Timers // started, or started again
	Stopped   Timers
	Sends     bool
	Answers   bool // the segment was sent at once, because a segment arrived
	Dropped   bool // the segment that arrived was not acceptable, or could not be held: its text is lost
}

// Taken is one arrow that an event took. It is recorded as it happened, so
// that a machine with a bug cannot hide a move that the figure lacks.
type Taken struct {
	From    State
	Trigger Trigger
	To      State
}

// Took yields the arrows that the event took, in order.
func (fx *Effects) Took(yield func(Taken) bool) {
	for _, a := range fx.Arrows[:fx.NumArrows] {
		if !yield(a) {
			return
		}
	}
}

// Told reports whether every notice of n was given.
func (fx *Effects) Told(n Notices) bool { return fx.Notices&n == n }
