package conformance

import (
	"slices"
	"strings"

	"finwait/model"
)

// node is an endpoint in a state that has been reached, with the way there.
type node struct {
	m        ModelStack // where RFC 9293 is, by default, after the inputs
	inputs   []Input
	needs    Caps
	passive  bool
	accepted bool
	opened   bool
	closed   bool // the user has let go: no call can follow
	halved   bool // the user has done HalfClose
}

// key is what tells states apart in the tests: the state and what is hidden in it.
type key struct {
	state                             model.State
	passive, accepted, opened, closed bool
	finSent, finAcked, finQueued      bool
	unsent, outstanding               bool
	held, finHeld, unread, noReader   bool
	synOutstanding, waitsForWindow    bool
}

func (n *node) key() key {
	c := &n.m.tcb
	out := c.SND.NXT.From(c.SND.UNA)
	fin := c.FINSent()
	return key{
		state: c.State, opened: n.opened, closed: n.closed,
		// Who began is long forgotten later.
		passive: n.passive && c.State <= model.Established, accepted: n.accepted && c.State <= model.Established,
		finSent: fin, finAcked: c.FINAcked(), finQueued: c.Is(model.CloseCalled) && !fin,
		unsent: c.Unsent() > 0, outstanding: out > 0 && !(fin && out == 1),
		held: c.NumHeld > 0, finHeld: c.Is(model.FINHeld), unread: c.Unread() > 0,
		noReader:       c.Is(model.NoReader),
		synOutstanding: c.SND.UNA == c.SND.ISS && c.State > model.SynSent,
		waitsForWindow: c.SND.WND == 0 && c.State.Synchronized(),
	}
}

// does is the node after one more input; ok is false if the user cannot do it.
func (n *node) does(in Input) (next node, ok bool) {
	next = *n
	next.inputs = slices.Clone(n.inputs)
	if in.Op >= Accept && in.Op <= Abort {
		if !n.opened || n.closed {
			return next, false
		}
		next.accept()
	}
	next.inputs = append(next.inputs, in)
	switch in.Op {
	case Listen, Connect:
		if n.opened {
			return next, false
		}
		next.opened, next.passive = true, in.Op == Listen
		next.needs |= map[bool]Caps{true: CanListen, false: CanConnect}[next.passive]
	case HalfClose:
		next.halved = true
		next.needs |= CanHalfClose
	case Close:
		if n.halved {
			return next, false // what CLOSE after a half-close means for reading, RFC 9293 does not say
		}
		next.closed = true
	case Abort:
		next.closed = true
		next.needs |= CanAbort
	case Write:
		if !n.m.tcb.State.Synchronized() && n.m.tcb.State != model.Closed {
			next.needs |= CanWriteEarly
		}
	case WaitRTO, Wait2MSL:
		next.needs |= CanTime
	}
	next.play(in)
	if s := next.m.tcb.State; next.passive && s.Synchronized() {
		next.accept()
	}
	return next, true
}

// accept inserts an Accept if there has been none.
func (n *node) accept() {
	s := n.m.tcb.State
	if !n.passive || n.accepted || s == model.Listen || s == model.Closed {
		return
	}
	if s == model.SynReceived {
		n.needs |= CanAcceptEarly
	}
	n.accepted = true
	n.inputs = append(n.inputs, Input{Op: Accept})
}

// play does the input with the model.
func (n *node) play(in Input) {
	n.m.out = nil
	r := run{s: &n.m}
	var seen Observation
	switch in.Op {
	case WaitRTO:
		_ = n.m.Advance(modelRTO)
	case Inject:
		o := Oracle{}
		o.set = append(o.set, possible{Endpoint: n.endpoint()})
		_ = n.m.Inject(o.Resolve(in).Segment)
	default:
		_ = r.call(in, &seen)
	}
	n.m.out = nil
}

// says describes the node: the state, and what is hidden in it.
func (n *node) says() string {
	k := n.key()
	words := []string{k.state.String()}
	for _, w := range []struct {
		is   bool
		word string
	}{
		{!k.opened, "never opened"},
		{k.passive, "passive"},
		{k.opened && !n.passive && k.state <= model.Established, "active"},
		{k.closed && !k.noReader && k.state == model.Closed, "let go"},
		{k.synOutstanding, "SYN outstanding"},
		{k.outstanding && k.state.Synchronized() && !k.synOutstanding, "text outstanding"},
		{k.unsent, "text queued"},
		{k.finQueued, "FIN queued"},
		{k.finSent && !k.finAcked, "FIN outstanding"},
		{k.waitsForWindow, "window closed"},
		{k.held, "text held"},
		{k.finHeld, "FIN held"},
		{k.unread, "text unread"},
		{k.noReader, "no reader"},
	} {
		if w.is {
			words = append(words, w.word)
		}
	}
	return strings.Join(words, ", ")
}
