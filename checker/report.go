package checker

import (
	"fmt"
	"time"
)

// Verdict is what is known of a property.
type Verdict uint8

// The verdicts. Only a complete exploration can give Holds or Vacuous, but for a witness, which holds once found.
const (
	Holds        Verdict = iota
	Violated             // the trace shows how; for a witness: there is none
	Inconclusive         // the exploration was truncated before anything was found
	Vacuous              // nothing was found, but the premise never held either
)

func (v Verdict) String() string {
	return [...]string{"holds", "violated", "inconclusive", "vacuous"}[v]
}

// Result is the judgement of one property.
type Result[V, A any] struct {
	Name    string
	Kind    Kind
	Verdict Verdict
	// Premise is how often the property had something to say: states, or transitions for a stepwise property, in
	// which the premise held; states with P for LeadsTo; transitions of the class for NoFairCycle; all states for
	// other liveness; states or transitions found for a witness.
	Premise uint64
	Trace   *Trace[V, A] // the counterexample of what is Violated, the witness of what Holds; otherwise nil
	Message string       // one line for a human reader
}

// Count is how many transitions did something.
type Count struct {
	Name string
	N    uint64
}

// Figures describe a graph. They are the same for any number of workers, except for Bytes and Duration.
type Figures struct {
	States      int
	Expanded    int      // states whose successors are known: all, unless truncated
	Transitions uint64   // distinct (source, label, target), loops included
	Depth       int      // the number of edges of the longest shortest path
	Deadlocks   int      // states without a successor that are not terminal
	Digest      string   // independent of the order of exploration; see doc.go
	Coverage    []Count  // transitions by name of label, sorted by name
	Points      []Count  // transitions by coverage point, sorted by name
	Truncated   string   // why the exploration is not complete, or empty
	Spilled     int64    // bytes that were on disk
	Notes       []string // what else is to be said of how it went
	Bytes       int64
	Duration    time.Duration
}

// Report is the judgement of a system.
type Report[V, A any] struct {
	Figures
	Deadlock *Trace[V, A] // the shortest trace to the first deadlock
	Results  []Result[V, A]
}

// NoLoop is the Loop of a trace that ends with its last step.
const NoLoop = -1

// Trace is a run, or its beginning. Steps[0] is an initial state.
//
// If Loop is not NoLoop the run is infinite, a lasso: its last state equals that of Steps[Loop], from which the steps
// after Loop repeat for ever. If Loop is the last index there are no such steps: the run stutters in its last state.
type Trace[V, A any] struct {
	Steps []TraceStep[V, A]
	Loop  int
}

// TraceStep is a step of a trace: the mover's place, the action, and the state that it leads to. The initial state
// has Side -1.
type TraceStep[V, A any] struct {
	Side   int
	Action A
	State  V // of copied values: they are the reader's own
}

// Stutters tells whether the trace is a lasso that stays in its last state.
func (t *Trace[V, A]) Stutters() bool { return t.Loop == len(t.Steps)-1 }

// String tells the shape of a trace.
func (t *Trace[V, A]) String() string {
	last := len(t.Steps) - 1
	switch {
	case t.Loop == NoLoop:
		return steps(last)
	case t.Stutters():
		return steps(last) + ", then stuttering"
	}
	return fmt.Sprintf("%s, then a cycle of %d", steps(t.Loop), last-t.Loop)
}

func steps(n int) string {
	if n == 1 {
		return "1 step"
	}
	return fmt.Sprintf("%d steps", n)
}
