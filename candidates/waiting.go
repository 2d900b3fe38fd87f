package candidates

import (
	"slices"

	"finwait/model"
)

// Rest lists what the endpoint may do of its own accord when nothing happens.
func (k Endpoint) Rest(o model.Options, delayOver bool) []Reaction {
	return Reaction{To: k, Options: o}.Outputs(delayOver)
}

// WindowUpdate is the reaction followed by an acknowledgment that nobody asked
// for: the window has opened, because the user has read.
func (r Reaction) WindowUpdate() []Reaction {
	return r.then(model.Event{Kind: model.OutputAck}, false)
}

// Expire lists what the endpoint does when the retransmission or the persist
// timer expires, whichever runs. Every delayed acknowledgment is due by then.
func (k Endpoint) Expire(o model.Options) []Reaction {
	r := Reaction{To: k, Options: o}
	before := []Reaction{r}
	if k.TCB.Is(model.ACKPending) {
		before = append(before, r.once(model.Event{Kind: model.OutputAck})...)
	}
	var out []Reaction
	for _, b := range before {
		fired := false
		for _, e := range b.Expiries() {
			for _, f := range b.once(e) {
				out = append(out, f.Outputs(true)...)
				fired = true
			}
		}
		if !fired {
			out = append(out, b.Outputs(true)...)
		}
	}
	return out
}

// Expiries are the ways to retransmit, the whole queue first: the RFC leaves
// open how it is cut (3.8.6), but it is its front that is sent.
func (r Reaction) Expiries() []model.Event {
	c := &r.To.TCB
	if c.SND.UNA == c.SND.NXT {
		return []model.Event{{Kind: model.OutputProbe}}
	}
	n := c.SND.NXT.From(c.SND.UNA)
	fin := c.FINSent()
	if fin {
		n--
	}
	if c.State == model.SynSent || c.State == model.SynReceived {
		return []model.Event{{Kind: model.TimeoutRetransmission}}
	}
	var list []model.Event
	if fin {
		list = append(list, model.Event{Kind: model.TimeoutRetransmission, N: n, FIN: true})
	}
	for ; n > 0; n-- {
		list = append(list, model.Event{Kind: model.TimeoutRetransmission, N: n})
	}
	return list
}

// once is the reaction after one more event, if it is not refused.
func (r Reaction) once(e model.Event) []Reaction {
	next, fx := r.Options.Step(r.To.TCB, e)
	if fx.Reply.Refused() {
		return nil
	}
	r.To.TCB = next
	if next.State != model.TimeWait {
		r.To.Waited = 0
	}
	r.Clauses |= fx.Clauses
	r.Last, _ = fx.Clauses.Last()
	if fx.Sends {
		r.Sent = append(slices.Clone(r.Sent), fx.Segment)
	}
	return []Reaction{r}
}

// Age lists what the endpoint does when so many percent of 2MSL pass. It is
// for endpoints with nothing outstanding and nothing to probe with.
func (k Endpoint) Age(percent int, o model.Options) []Reaction {
	running := k.TCB.Is(model.TimerTW)
	if running {
		k.Waited += percent
	}
	var out []Reaction
	for _, r := range k.Rest(o, true) {
		if !running || k.Waited < 100 {
			out = append(out, r)
			continue
		}
		out = append(out, r.once(model.Event{Kind: model.TimeoutTimeWait})...)
	}
	return out
}
