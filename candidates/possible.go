package candidates

import (
	"slices"

	"finwait/model"
)

// maxFutures is how many unseen things Possible lets happen one after the other.
const maxFutures = 64

// Possible lists every state in which the endpoint can be by now, without
// having sent anything more, the most likely first: each of what is waiting may
// have arrived or not, the user may have called CLOSE and ABORT, TIME-WAIT may
// be over.
func (t *Tracker) Possible() []model.State {
	list := t.States()
	queue := slices.Clone(t.set)
	seen := slices.Clone(t.set) // what has been, or is to be, gone on from
	for range maxFutures {
		if len(queue) == 0 {
			break
		}
		var next []candidate
		for _, k := range queue {
			next = append(next, k.silently()...)
		}
		queue = slices.DeleteFunc(merge(next, MaxCandidates), func(k candidate) bool {
			return slices.ContainsFunc(seen, func(o candidate) bool { return k.tcb == o.tcb && k.alike(&o) })
		})
		seen = append(seen, queue...)
		for _, k := range queue {
			if !slices.Contains(list, k.tcb.State) {
				list = append(list, k.tcb.State)
			}
		}
	}
	return list
}

// silently lists what k becomes by one thing that no observer sees.
func (k candidate) silently() []candidate {
	if k.unknown {
		return nil
	}
	var out []candidate
	for _, e := range []model.Event{
		{Kind: model.CallPassiveOpen}, {Kind: model.CallCLOSE}, {Kind: model.CallABORT}, {Kind: model.TimeoutTimeWait},
	} {
		c := k
		if fx, ok := c.step(e, NoPacket); ok && !fx.Sends {
			out = append(out, c)
		}
	}
	if c, ok := k.reads(); ok {
		out = append(out, c)
	}
	if c := k.readsText(); c.tcb != k.tcb {
		out = append(out, c)
	}
	return append(out, k.turns()...)
}

// readsText is k after all text that is waiting and in order, a FIN with it
// aside.
func (k candidate) readsText() candidate {
	for progress := true; progress; {
		progress = false
		for i := range k.waiting {
			g := &k.in.at(i).g
			if k.tcb.State.Synchronized() && g.TXT > 0 && g.CTL&control == 0 && g.SEQ.AtMost(k.tcb.RCV.NXT) {
				k, _ = k.deliver(i, 0)
				progress = true
				break
			}
		}
	}
	return k
}

// control are the bits that can change a state by themselves.
const control = model.FIN | model.SYN | model.RST

// turns lists what k becomes by one segment that can change the state.
func (k candidate) turns() []candidate {
	var out []candidate
	for i := range k.waiting {
		g := &k.in.at(i).g
		if g.LEN() > 0 && k.tcb.FINSent() && !k.tcb.FINAcked() && g.ACK == k.tcb.SND.NXT {
			out = append(out, k.informs(i)) // a window without room: the ACK is read, the rest is not
		}
		if k.tcb.State.Synchronized() && (g.CTL&control == 0 || k.tcb.RCV.NXT.Before(g.SEQ)) {
			continue
		}
		c, _ := k.deliver(i, 0)
		if out = append(out, c); len(out) >= maxWays {
			break
		}
	}
	return out
}
