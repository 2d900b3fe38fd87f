package history

import (
	"math/rand/v2"

	"finwait/model/system"
	"finwait/properties"
)

// Plan is a random run of the machine with its users.
type Plan struct {
	Wild      int     // so many steps the network does as it likes
	Reluctant [2]bool // the user of this side never closes
}

// calmly is how many steps the machine has, once the network is good, to come
// to rest. None of the RFC's machine needs a tenth of it.
const calmly = 500

// Run makes a run and records it. First the network loses, duplicates and
// reorders, and users call, as the generator says; then it is good, and users
// do what they can, until nothing can happen any more. Quiet reports whether it
// came to that; a machine that is broken may go on for ever, and then its users
// have waited long enough.
func (p Plan) Run(b *system.System, rng *rand.Rand) (r *Recorder, w *properties.Walk, quiet bool) {
	w = properties.NewWalk(b)
	r = NewRecorder(b, &w.State)
	for n := range p.Wild + calmly {
		next := p.allowed(w.Next())
		if n >= p.Wild {
			next = calm(next)
		}
		if len(next) == 0 {
			quiet = true
			break
		}
		r.Take(w, draw(next, rng))
		if side := rng.IntN(2); rng.IntN(8) == 0 && w.State[side].User.Closed {
			r.Try(side, &w.State[side])
		}
	}
	r.Finish()
	return r, w, quiet
}

// Take takes a step and notes it.
func (r *Recorder) Take(w *properties.Walk, t *properties.Transition) {
	r.Step(&w.State, t)
	w.Take(t)
}

// allowed leaves out the CLOSE of users who never close.
func (p Plan) allowed(list []properties.Transition) []properties.Transition {
	return chosen(list, func(t *properties.Transition) bool {
		return t.Action.Kind != system.Close || !p.Reluctant[t.Side]
	})
}

// calm leaves what happens on a good network with users who do not abort; the
// retransmission timeout only when nothing else can happen.
func calm(list []properties.Transition) []properties.Transition {
	good := chosen(list, func(t *properties.Transition) bool {
		switch t.Action.Kind {
		case system.Lose, system.Duplicate, system.DuplicateOverflow, system.Retransmit, system.Abort:
			return false
		}
		return true
	})
	if len(good) > 0 {
		return good
	}
	return chosen(list, func(t *properties.Transition) bool { return t.Action.Kind == system.Retransmit })
}

// chosen keeps some of a list, in place.
func chosen(list []properties.Transition, f func(*properties.Transition) bool) []properties.Transition {
	kept := list[:0]
	for i := range list {
		if f(&list[i]) {
			kept = append(kept, list[i])
		}
	}
	return kept
}

// draw chooses a step. Users write much and close late, the network loses
// little.
func draw(next []properties.Transition, rng *rand.Rand) *properties.Transition {
	total := 0
	for i := range next {
		total += weight(next[i].Action.Kind)
	}
	at := rng.IntN(total)
	for i := range next {
		if at -= weight(next[i].Action.Kind); at < 0 {
			return &next[i]
		}
	}
	panic("BUG: no step drawn")
}

func weight(k system.Kind) int {
	switch k {
	case system.Abort:
		return 1
	case system.Close:
		return 4
	case system.Lose, system.Duplicate, system.DuplicateOverflow, system.Retransmit:
		return 8
	case system.Send:
		return 30
	}
	return 20
}
