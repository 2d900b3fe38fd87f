package candidates

import (
	"cmp"
	"fmt"
	"slices"

	"finwait/model"
)

// MaxCandidates is how many candidates a Tracker keeps, the cheapest ones.
const MaxCandidates = 48

// maxPending is how many undelivered segments a candidate remembers. The
// oldest are forgotten: they are taken for lost.
const maxPending = 64

// Tracker follows one endpoint. The zero Tracker is not ready: use New.
type Tracker struct {
	set  []candidate
	most int
}

// Beginning is what is known of an endpoint when the observation begins.
type Beginning uint8

// The beginnings.
const (
	FromClosed Beginning = iota // it has no connection yet: CLOSED, or a user listens
	FromMiddle                  // nothing is known
)

// New follows an endpoint from the beginning.
func New(from Beginning) *Tracker {
	t := &Tracker{}
	if from == FromMiddle {
		t.set = []candidate{{unknown: true}}
		return t
	}
	closed := candidate{}
	listening := candidate{}
	listening.step(model.Event{Kind: model.CallPassiveOpen}, NoPacket)
	listening.cost = 0
	t.set = []candidate{listening, closed}
	return t
}

// Arrives tells that a segment of the peer was seen on its way to the
// endpoint. It may arrive from now on, or never.
func (t *Tracker) Arrives(packet int, g model.Segment) {
	var next []candidate
	for _, k := range t.set {
		next = append(next, k.expect(arrival{packet, g})...)
	}
	t.keep(next)
}

// expect adds an arrival. A bare ACK that says no more than the new segment
// does is not kept waiting for ever: either it arrives now, or it is lost.
func (k candidate) expect(a arrival) []candidate {
	var both []candidate
	for i := 0; i < len(k.pending); {
		if !overtaken(k.pending[i].g, a.g) {
			i++
			continue
		}
		c, _ := k.deliver(i)
		if k.pending = c.pending; c.tcb != k.tcb && len(both) == 0 {
			both = append(both, c)
		} else if len(both) > 0 {
			both[0].pending = c.pending
		}
	}
	both = append(both, k)
	for i := range both {
		p := both[i].pending
		if len(p) >= maxPending {
			p = p[1:]
		}
		both[i].pending = append(p[:len(p):len(p)], a)
	}
	return both
}

// overtaken reports whether p is a bare ACK that says no more than g does.
func overtaken(p, g model.Segment) bool {
	return bare(p) && g.Has(model.ACK) && !g.Has(model.SYN) && !g.Has(model.RST) &&
		p.ACK.AtMost(g.ACK) && p.SEQ.AtMost(g.SEQ)
}

func bare(g model.Segment) bool { return g.LEN() == 0 && !g.Has(model.RST) }

// Deviation is a segment that no candidate can send.
type Deviation struct {
	Packet  int
	Segment model.Segment
	States  []model.State // in which the endpoint could have been, the most likely first
	Allowed []Allowed     // what it could have sent instead
}

// Error says what was sent where.
func (d *Deviation) Error() string {
	return fmt.Sprintf("packet %d: %v is not to be sent in %v", d.Packet, d.Segment, d.States)
}

// Sends tells that the endpoint has sent a segment. It returns a *Deviation if
// no candidate can have sent it; the Tracker then goes on with the candidates
// that somebody would have who begins to observe at this segment.
func (t *Tracker) Sends(packet int, g model.Segment) *Deviation {
	var next []candidate
	for _, k := range t.set {
		next = append(next, k.explain(packet, g)...)
	}
	if len(next) == 0 {
		for _, k := range t.set {
			next = append(next, k.explainOtherwise(packet, g)...)
		}
	}
	if len(next) > 0 {
		t.keep(next)
		return nil
	}
	d := t.deviation(packet, g)
	past := t.set[0].past
	for _, k := range (candidate{unknown: true, past: past}).explain(packet, g) {
		next = append(next, k)
	}
	if len(next) == 0 {
		next = []candidate{{unknown: true, past: past}}
	}
	t.keep(next)
	return d
}

// keep makes the list the set of candidates: equal ones merged, the cheapest
// first, the dearest dropped. Two candidates are equal if the machine is in the
// same state under the same options, and the same segments are on their way:
// then they have the same future.
func (t *Tracker) keep(list []candidate) {
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(a.cost, b.cost) })
	var kept []candidate
	for _, k := range list {
		k.forget()
		if slices.ContainsFunc(kept, k.equal) {
			continue
		}
		if kept = append(kept, k); len(kept) == MaxCandidates {
			break
		}
	}
	t.set = kept
	t.most = max(t.most, len(kept))
}

// equal reports whether two candidates have the same future.
func (k *candidate) equal(o candidate) bool {
	return k.unknown == o.unknown && k.tcb == o.tcb && k.opts == o.opts && slices.Equal(k.pending, o.pending)
}

// forget drops pending segments that can change nothing any more: old text,
// and ACKs of what is acknowledged.
func (k *candidate) forget() {
	if k.unknown || !k.tcb.State.Synchronized() {
		return
	}
	old := func(a arrival) bool {
		g := a.g
		return !g.Has(model.RST) && !g.Has(model.SYN) && g.End().AtMost(k.tcb.RCV.NXT) &&
			(!g.Has(model.ACK) || g.ACK.AtMost(k.tcb.SND.UNA))
	}
	if slices.ContainsFunc(k.pending, old) {
		k.pending = slices.DeleteFunc(slices.Clone(k.pending), old)
	}
}

// Most is the largest number of candidates that there were after a segment.
func (t *Tracker) Most() int { return t.most }

// States lists the states in which the endpoint can be, the most likely first.
func (t *Tracker) States() []model.State {
	var list []model.State
	for _, k := range t.set {
		if !k.unknown && !slices.Contains(list, k.tcb.State) {
			list = append(list, k.tcb.State)
		}
	}
	return list
}
