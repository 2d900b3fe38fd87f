package conformance

import (
	"strconv"
	"strings"

	"finwait/model"
)

// Case is one test: the shortest way to a state, one event, and a probe.
type Case struct {
	Name   string // stable: the same in every run and on every machine
	State  model.State
	Event  string // the column of the matrix
	Inputs []Input
	At     int // the index of the event: the way there is before it, the probe behind it
	Needs  Caps
}

// Outcome tells how a case ended.
type Outcome uint8

// The outcomes.
const (
	Pass      Outcome = iota // what RFC 9293 says by default
	Variant                  // allowed by another reading of it
	Deviation                // what no reading allows, at the event or in the probe
	Unreached                // a deviation on the way: the event's state was never reached
	Broken                   // the stack could not be driven: it died, hung or talked nonsense
	Skipped                  // the stack cannot do what the case needs
	numOutcomes
)

var outcomeNames = [numOutcomes]string{"pass", "variant", "deviation", "unreached", "broken", "skipped"}

// String is the outcome in a word.
func (o Outcome) String() string { return outcomeNames[o] }

// Result is what became of a case.
type Result struct {
	Case      *Case
	Outcome   Outcome
	At        int           // Deviation, Unreached, Broken: the index of the input
	Want      []Allowed     // Deviation, Unreached: what was allowed
	Got       Observation   // Deviation, Unreached: what was seen
	States    []model.State // in which the stack may have been
	Readings  []string      // Variant: what it needed
	LooksLike []string      // Deviation, Unreached: options under which the model does the same
	Reason    string        // Broken, Skipped
	Steps     []Step        // what was done and seen, an entry per input
}

// Step is one input and what was seen after it.
type Step struct {
	Input  Input // with SEG.SEQ counted from PeerISS
	Seen   Observation
	State  model.State  // as far as is known
	Clause model.Clause // that was obeyed, unless the case ended here
}

func itoa[T ~int | ~uint32](n T) string { return strconv.Itoa(int(n)) }

// list joins names: "a, b".
func list(names []string) string { return strings.Join(names, ", ") }
