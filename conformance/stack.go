package conformance

import (
	"errors"
	"time"

	"finwait/model"
)

// Caps says what a stack under test can do. Cases that need more are skipped,
// and counted as such.
type Caps uint16

// The capabilities.
const (
	CanTime        Caps = 1 << iota // Advance moves the stack's clock
	CanState                        // State tells the endpoint's state
	CanAcceptEarly                  // Accept works in SYN-RECEIVED
	CanWriteEarly                   // Write queues text before the connection is ESTABLISHED
	CanHalfClose                    // HalfClose works
	CanAbort                        // Abort works
	CanListen                       // Listen works
	CanConnect                      // Connect works
)

// CanAll is every capability.
const CanAll = CanTime | CanState | CanAcceptEarly | CanWriteEarly | CanHalfClose | CanAbort | CanListen | CanConnect

var capNames = []string{"time", "state", "accept-early", "write-early", "half-close", "abort", "listen", "connect"}

// Names lists the capabilities: "time", "state", ...
func (c Caps) Names() []string {
	names := []string{}
	for i, n := range capNames {
		if c&(1<<i) != 0 {
			names = append(names, n)
		}
	}
	return names
}

// CapsOf is the set with these names; ok is false if one is unknown.
func CapsOf(names []string) (c Caps, ok bool) {
	for _, n := range names {
		found := false
		for i, m := range capNames {
			if m == n {
				c |= 1 << i
				found = true
			}
		}
		if !found {
			return 0, false
		}
	}
	return c, true
}

// Clock is how long a stack's timers run. Without CanTime it is not asked.
type Clock struct {
	RTO     time.Duration // the longest that a first retransmission, or probe, may take
	TwoMSL  time.Duration // how long TIME-WAIT lasts
	Quantum time.Duration // how far Advance should go at a time; 0: any
}

// ErrRefused is what a call returns, perhaps wrapped, that the stack has
// refused: the TCP user's error, not the tester's. Any other error ends the
// case: the stack could not be driven.
var ErrRefused = errors.New("refused")

// Stack is one endpoint under test, with its one connection. Segments are in
// the stack's own, absolute numbers; nothing is scaled. All calls return at
// once; what the stack sends because of one can be collected when it returns.
// The peer's MSS is the default of 536 octets: no options are sent.
type Stack interface {
	Caps() Caps
	Clock() Clock

	Listen() error
	Connect() error
	// Accept takes the connection from the listener and closes the listener:
	// what arrives later meets this connection or none.
	Accept() error
	Write(n int) error
	// Read hands over at most n octets; none, and no end of the stream, if none are there.
	Read(n int) (octets int, end bool, err error)
	HalfClose() error
	Close() error
	Abort() error

	Inject(g model.Segment) error
	Collect() ([]model.Segment, error)
	Advance(d time.Duration) error
	State() (model.State, error)

	// Done frees everything. It is called once, whatever has happened before.
	Done() error
}
