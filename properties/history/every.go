package history

import (
	"finwait/model/system"
	"finwait/properties"
)

// Every visits every run of a system up to a depth, each of them brought to
// rest: what is not over by then is completed on a good network, always in the
// same way. Runs, not states: of two runs that come to the same state both are
// visited. It stops when visit says so, and returns the number of runs.
func Every(b *system.System, depth int, visit func(*Recorder, *properties.Walk) bool) int {
	e := &every{b: b, visit: visit}
	w := properties.NewWalk(b)
	e.start = w.State
	e.from(w.State, depth)
	return e.runs
}

type every struct {
	b     *system.System
	visit func(*Recorder, *properties.Walk) bool
	start [2]system.Side
	path  []properties.Transition
	runs  int
	over  bool
}

// from visits every run that goes on from a state.
func (e *every) from(state [2]system.Side, depth int) {
	var next []properties.Transition
	if depth > 0 {
		next = properties.Transitions(e.b, &state)
	}
	if len(next) == 0 {
		e.leaf()
	}
	for i := range next {
		if e.over {
			return
		}
		e.path = append(e.path, next[i])
		e.from(next[i].To, depth-1)
		e.path = e.path[:len(e.path)-1]
	}
}

// leaf completes the run and shows it.
func (e *every) leaf() {
	e.runs++
	w := properties.NewWalk(e.b)
	r := NewRecorder(e.b, &w.State)
	for i := range e.path {
		r.Take(w, &e.path[i])
	}
	for range calmly {
		next := calm(w.Next())
		if len(next) == 0 {
			break
		}
		r.Take(w, &next[0])
	}
	r.Finish()
	e.over = !e.visit(r, w)
}
