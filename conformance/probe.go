package conformance

import "finwait/model"

// probed is the node after a probe that tells hidden states apart. What is read
// shows what was received; a bare segment before the window draws an
// acknowledgment with SND.NXT and RCV.NXT from a synchronized state, a RST from
// CLOSED; after an acknowledgment of all that was sent, FIN-WAIT-1, CLOSING and
// LAST-ACK have become FIN-WAIT-2, TIME-WAIT and CLOSED; and a FIN tells the
// first from the second. A SYN tells LISTEN from CLOSED.
func (n node) probed() node {
	c := &n.m.tcb
	if n.opened && !n.closed && (!n.passive || n.accepted) && c.State != model.SynReceived && c.State != model.SynSent {
		n.then(Input{Op: Read, N: 64})
	}
	nxt := c.SND.NXT
	if !c.State.Synchronized() && c.State != model.SynReceived {
		n.then(n.segment(model.ACK, 0, 0, StackISS-1))
		if c.State == model.Listen || c.State == model.Closed {
			n.then(n.segment(model.SYN, 0, 0, 0))
		}
		return n
	}
	n.then(n.segment(model.ACK, 0, -1, c.SND.UNA))
	n.then(n.segment(model.ACK, 0, 0, nxt))
	n.then(n.segment(model.ACK, 0, -1, nxt))
	n.then(n.segment(model.FIN|model.ACK, 0, 0, nxt))
	if n.opened && !n.closed {
		n.then(Input{Op: Read, N: 64})
	}
	n.then(n.segment(model.ACK, 0, -1, nxt))
	return n
}

// then goes on in place.
func (n *node) then(in Input) {
	if next, ok := n.does(in); ok {
		*n = next
	}
}

// aged is a node with the place of its event.
type aged struct {
	node
	at int
}

// timed is an event that leads to TIME-WAIT, or stays there, late in a 2MSL
// that has begun before; and again late in the next: whoever restarts the timer
// is still there then, whoever does not is not.
func (n *node) timed(in Input) (aged, bool) {
	before := *n
	if n.m.tcb.State == model.TimeWait {
		before.then(Input{Op: Wait2MSL, N: 75})
	}
	after, ok := before.does(in)
	if !ok || after.m.tcb.State != model.TimeWait {
		return aged{}, false
	}
	at := len(before.inputs)
	nxt := after.m.tcb.SND.NXT
	for range 2 {
		late := Input{Op: Wait2MSL, N: 75}
		after.then(late)
		after.then(after.segment(model.FIN|model.ACK, 0, 0, nxt))
		if after.m.tcb.State != model.TimeWait {
			break
		}
	}
	after.then(Input{Op: Wait2MSL, N: 125})
	after.then(after.segment(model.ACK, 0, 0, nxt))
	return aged{after, at}, true
}
