package candidates

import "finwait/model"

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
