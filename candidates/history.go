package candidates

import (
	"slices"

	"finwait/model"
)

// History is the cheapest explanation of what an endpoint has sent.
type History struct {
	Known   bool    // false if the endpoint was never seen to send anything in the middle of a connection
	Events  []Event // in order; the Prev of each is nil
	Now     model.State
	Settled model.State     // the state if everything arrives that was seen on its way
	Options model.Options   // the readings that the explanation needed
	Others  []model.Options // the readings of other explanations that cost the same
	Guessed bool            // the explanation needed something that the capture does not show
	TCB     model.TCB       // Now
	Past    int             // how many of the events happened before the rest of what was pending arrived
}

// Finish tells the history of the cheapest candidate.
func (t *Tracker) Finish() History {
	k := t.set[0]
	h := History{Known: !k.unknown, Now: k.tcb.State, TCB: k.tcb, Options: k.opts, Guessed: k.cost >= costUnseen}
	for _, o := range t.set[1:] {
		if o.cost == k.cost && o.opts != k.opts && !slices.Contains(h.Others, o.opts) {
			h.Others = append(h.Others, o.opts)
		}
	}
	h.Past = count(k.past)
	k = k.settled()
	h.Settled = k.tcb.State
	for e := k.past; e != nil; e = e.Prev {
		c := *e
		c.Prev = nil
		h.Events = append(h.Events, c)
	}
	slices.Reverse(h.Events)
	return h
}

func count(e *Event) (n int) {
	for ; e != nil; e = e.Prev {
		n++
	}
	return n
}
