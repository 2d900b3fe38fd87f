package candidates

import (
	"slices"

	"finwait/model"
)

// maxIncoming is how many segments on their way to the endpoint are remembered.
// Older ones are taken for lost.
const maxIncoming = 1 << 14

// incoming is the log of the segments that were seen on their way to the
// endpoint, numbered in the order in which they were seen. All candidates share
// it: each only notes which of them have arrived.
type incoming struct {
	list     []arrival // those from number base on
	base     int
	complete bool // nothing is missing from the capture
	pasts    pasts

	end    model.Seq // just past all text and FINs that were seen
	fin    model.Seq // the last FIN's number
	any    bool      // end is known
	hasFIN bool
}

// arrival is a segment on its way to the endpoint.
type arrival struct {
	g      model.Segment
	packet int32
	again  bool // a later one overlaps it: one of them may be lost
}

func (l *incoming) next() int         { return l.base + len(l.list) }
func (l *incoming) at(i int) *arrival { return &l.list[i-l.base] }

// add appends a segment, and marks those of which it repeats a part.
func (l *incoming) add(packet int, g model.Segment) {
	if len(l.list) == 2*maxIncoming {
		l.base += maxIncoming
		l.list = append(make([]arrival, 0, 2*maxIncoming), l.list[maxIncoming:]...)
	}
	a := arrival{g: g, packet: int32(packet)}
	if g.Has(model.RST) || g.LEN() == 0 {
		l.list = append(l.list, a)
		return
	}
	if l.any && g.SEQ.Before(l.end) {
		for i := range l.list {
			o := &l.list[i]
			if o.g.LEN() > 0 && o.g.SEQ.Before(g.End()) && g.SEQ.Before(o.g.End()) {
				o.again, a.again = true, true
			}
		}
	}
	l.list = append(l.list, a)
	if end := g.End(); !l.any || l.end.Before(end) {
		l.end, l.any = end, true
	}
	if fin := g.End() - 1; g.Has(model.FIN) && (!l.hasFIN || l.fin.Before(fin)) {
		l.fin, l.hasFIN = fin, true
	}
}

// waiting yields the numbers of what may still arrive, the oldest first.
func (k *candidate) waiting(yield func(int) bool) {
	gone := k.gone
	for i := k.from; i < k.in.next(); i++ {
		if len(gone) > 0 && gone[0] == i {
			gone = gone[1:]
			continue
		}
		if !yield(i) {
			return
		}
	}
}

// latest yields them the other way round.
func (k *candidate) latest(yield func(int) bool) {
	gone := k.gone
	for i := k.in.next() - 1; i >= k.from; i-- {
		if n := len(gone); n > 0 && gone[n-1] == i {
			gone = gone[:n-1]
			continue
		}
		if !yield(i) {
			return
		}
	}
}

// maxGone bounds how far a candidate waits for one segment while others come:
// after so many it is taken for lost.
const maxGone = 64

// drop stops waiting for number i.
func (k *candidate) drop(i int) {
	if i != k.from && len(k.gone) >= maxGone {
		k.from++
		k.closeUp()
	}
	switch at, found := slices.BinarySearch(k.gone, i); {
	case found || i < k.from:
	case i == k.from:
		k.from++
		k.closeUp()
	default:
		k.gone = slices.Insert(slices.Clone(k.gone), at, i)
	}
}

// closeUp moves from past what is gone.
func (k *candidate) closeUp() {
	for len(k.gone) > 0 && k.gone[0] <= k.from {
		k.from = max(k.from, k.gone[0]+1)
		k.gone = k.gone[1:]
	}
}
