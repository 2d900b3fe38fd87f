package candidates

import (
	"cmp"
	"fmt"
	"slices"

	"finwait/model"
)

// MaxCandidates is how many candidates a Tracker keeps, the cheapest ones.
const MaxCandidates = 48

// Tracker follows one endpoint. The zero Tracker is not ready: use New.
type Tracker struct {
	set   []candidate
	spare []candidate // the memory of the set before
	in    *incoming
	most  int

	beside []candidate // for which a RST was not the endpoint's: see doubts
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
	t := &Tracker{in: &incoming{}}
	if from == FromMiddle {
		t.set = []candidate{{in: t.in, unknown: true}}
		return t
	}
	closed := candidate{in: t.in}
	listening := closed
	listening.step(model.Event{Kind: model.CallPassiveOpen}, NoPacket)
	t.set = []candidate{listening, closed}
	return t
}

// Complete tells that nothing is missing from the capture: what it does not
// show has not happened.
func (t *Tracker) Complete() { t.in.complete = true }

// Arrives tells that a segment of the peer was seen on its way to the
// endpoint. It may arrive from now on, or never.
func (t *Tracker) Arrives(packet int, g model.Segment) {
	t.in.add(packet, g)
	forked := false
	for _, k := range t.set {
		forked = forked || k.surpassed(g) >= 0
	}
	if !forked {
		return
	}
	next := t.spare[:0]
	for _, k := range t.set {
		next = k.lets(g, next)
	}
	t.keep(next)
}

// lets appends k as it is when g is seen: a bare ACK before it that says no more than g does
// is not waited for any longer. Either it arrives now, or it is lost.
func (k candidate) lets(g model.Segment, list []candidate) []candidate {
	arrived := k
	for i := arrived.surpassed(g); i >= 0; i = arrived.surpassed(g) {
		arrived, _ = arrived.deliver(i, 0)
	}
	for i := k.surpassed(g); i >= 0; i = k.surpassed(g) {
		k.drop(i)
	}
	if list = append(list, arrived); arrived.tcb != k.tcb {
		list = append(list, k)
	}
	return list
}

// surpassed is the number of the oldest that is waiting, if it is a bare ACK
// that says no more than g does, which was seen last; otherwise it is negative.
func (k *candidate) surpassed(g model.Segment) int {
	for i := range k.waiting {
		p := &k.in.at(i).g
		if i < k.in.next()-1 && p.LEN() == 0 && !p.Has(model.RST) && g.Has(model.ACK) && !g.Has(model.SYN) &&
			!g.Has(model.RST) && p.ACK.AtMost(g.ACK) && p.SEQ.AtMost(g.SEQ) && !k.unknown {
			return i
		}
		break
	}
	return -1
}

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
	next := t.spare[:0]
	for i := range t.set {
		next = append(next, t.set[i].explain(packet, g)...)
	}
	if len(next) == 0 {
		for _, k := range t.set {
			next = append(next, k.explainOtherwise(packet, g)...)
		}
	}
	var beside []candidate
	switch {
	case g.Has(model.RST):
		before := t.beside
		if before == nil {
			before = t.set
		}
		t.doubts(packet, before)
		beside = t.beside
	case t.beside != nil:
		beside = t.sendsBeside(packet, g)
		t.beside = beside
	}
	if len(next) > 0 {
		t.keep(next)
		return nil
	}
	if len(beside) > 0 {
		t.beside = nil
		t.keep(beside)
		return nil
	}
	d := t.deviation(packet, g)
	anew := candidate{in: t.in, unknown: true, past: t.set[0].past, from: t.set[0].from, gone: t.set[0].gone}
	if next = anew.explain(packet, g); len(next) == 0 {
		next = []candidate{anew}
	}
	t.keep(next)
	return d
}

// keep makes the list the set of candidates.
func (t *Tracker) keep(list []candidate) {
	for i := range list {
		list[i].forget()
	}
	t.set, t.spare = merge(list, MaxCandidates), t.set
	t.in.pasts.prune(t.set, t.beside)
	t.most = max(t.most, len(t.set))
}

// merge sorts candidates, the cheapest first; drops those that have the same
// future as a cheaper one; and of the rest keeps the first few.
//
// Two candidates have the same future if the machine is in the same state under
// the same options, and the same segments are waiting. Of candidates that
// differ in SND.UNA alone, those are left out that lie between a cheaper one
// and the one that has received least: it can do whatever they can.
func merge(list []candidate, most int) []candidate {
	if len(list) < 2 {
		return list
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(a.cost, b.cost) })
	kept := list[:0]
next:
	for i := range list {
		k := &list[i]
		alike := -1
		for j := range kept {
			switch o := &kept[j]; {
			case !k.alike(o):
			case o.tcb.SND.UNA.AtMost(k.tcb.SND.UNA):
				continue next
			case alike < 0:
				alike = j
			default:
				kept[j] = *k
				continue next
			}
		}
		if len(kept) < most {
			kept = append(kept, *k)
		}
	}
	clear(list[len(kept):])
	return kept
}

// alike reports whether two candidates differ in SND.UNA at most.
func (k *candidate) alike(o *candidate) bool {
	if k.unknown != o.unknown || k.from != o.from || k.tcb.State != o.tcb.State || k.tcb.RCV != o.tcb.RCV ||
		k.tcb.SND.NXT != o.tcb.SND.NXT || k.opts != o.opts || k.onSYN != o.onSYN || k.high != o.high || !slices.Equal(k.gone, o.gone) {
		return false
	}
	c := k.tcb
	if syn := c.SND.ISS; c.SND.UNA != o.tcb.SND.UNA && (c.SND.UNA == syn || o.tcb.SND.UNA == syn) {
		return false // with the SYN unacknowledged the FIN cannot be sent again: the SYN is
	}
	c.SND.UNA, c.SND.ACKED = o.tcb.SND.UNA, o.tcb.SND.ACKED
	return c == o.tcb
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
