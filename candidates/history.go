package candidates

import (
	"slices"

	"finwait/model"
)

// History is the cheapest explanation of what an endpoint has sent.
type History struct {
	Known    bool            // false if the endpoint was never seen to send anything in the middle of a connection
	Events   []Event         // in order
	Now      model.State     // the state that what it has sent proves
	Settled  model.State     // the state if everything arrives that was seen on its way
	Possible []model.State   // every state in which it can be, with what was seen arriving or not, and calls unseen
	Options  model.Options   // the readings that the explanation needed
	Others   []model.Options // the readings of other explanations that cost the same
	Guessed  bool            // the explanation needed something that the capture does not show
	Machine  model.TCB       // in the state Settled: what can happen next is asked of it, under Options
}

// Finish tells the history of the cheapest candidate. What was seen on its way
// arrives after all.
func (t *Tracker) Finish() History {
	k := t.set[0]
	h := History{
		Known: !k.unknown, Now: k.tcb.State, Options: k.opts, Guessed: k.guessed, Possible: t.Possible(),
	}
	for _, o := range t.set[1:] {
		if o.cost == k.cost && o.opts != k.opts && !slices.Contains(h.Others, o.opts) {
			h.Others = append(h.Others, o.opts)
		}
	}
	k = k.settled(0)
	h.Settled, h.Machine, h.Events = k.tcb.State, k.tcb, t.in.pasts.until(k.past)
	return h
}

// settled delivers everything that is waiting: in the order in which it was
// seen, but for text whose turn has not come yet. Where it chooses an ISS, it
// is iss.
func (k candidate) settled(iss model.Seq) candidate {
	if k.unknown {
		return k
	}
	for progress := true; progress; {
		progress = false
		for i := range k.waiting {
			g := &k.in.at(i).g
			if g.LEN() > 0 && k.tcb.State >= model.Established && k.tcb.RCV.NXT.Before(g.SEQ) {
				continue
			}
			k, _ = k.deliver(i, iss)
			progress = true
			break
		}
	}
	for i := range k.waiting {
		k = k.informs(i)
	}
	return k
}
