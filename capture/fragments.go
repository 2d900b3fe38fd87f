package capture

import (
	"net/netip"
	"slices"
	"time"
)

// Bounds on what waits for the rest of its datagram. A host, too, waits for a
// minute at most [RFC 8200, 4.5; RFC 9293's hosts: RFC 1122, 3.3.2].
const (
	fragmentsMax  = 1024 // datagrams
	fragmentsTime = time.Minute
	piecesMax     = 1024 // of one datagram
)

// datagramID is what the fragments of a datagram have in common.
type datagramID struct {
	src, dst netip.Addr
	id       uint32
	v6       bool
}

// piece is a fragment's place in its datagram.
type piece struct {
	id     datagramID
	offset int // octets
	more   bool
	is     bool // the packet is a fragment at all
}

// datagram is one of which not all fragments have come.
type datagram struct {
	pieces  []span
	total   int    // octets, once the last fragment is there; -1 before
	header  int    // octets of the datagram before the segment's text
	first   Packet // the segment, without its length; valid if begun
	begun   bool
	records []int // of the file
	since   time.Time
}

type span struct{ lo, hi int }

// fragments puts datagrams together. Of their octets nothing is kept: what
// counts is that all of them have come.
type fragments struct {
	waiting map[datagramID]*datagram
	order   []datagramID // the oldest first
}

// add takes a fragment whose first octet is at p.offset, size octets long;
// segment is what was read of it, if it is the first. If its datagram is whole
// now, the segment is returned, and the other fragments of it.
func (f *fragments) add(p piece, size int, segment *Packet, header int, at frame) (whole Packet, others []int, ok bool) {
	d := f.waiting[p.id]
	if d == nil {
		if f.waiting == nil {
			f.waiting = make(map[datagramID]*datagram)
		}
		d = &datagram{total: -1, since: at.time}
		f.waiting[p.id] = d
		f.order = append(f.order, p.id)
	}
	if segment != nil && !d.begun {
		d.first, d.header, d.begun = *segment, header, true
	}
	if !p.more {
		d.total = p.offset + size
	}
	d.cover(span{p.offset, p.offset + size})
	if !d.begun || d.total < 0 || len(d.pieces) != 1 || d.pieces[0] != (span{0, d.total}) {
		d.records = append(d.records, at.number)
		return Packet{}, nil, false
	}
	whole = d.first
	whole.Number, whole.Offset, whole.Time = at.number, at.offset, at.time
	whole.Payload, whole.Fragment = d.total-d.header, true
	f.forget(p.id)
	return whole, d.records, true
}

// cover notes that the octets are there.
func (d *datagram) cover(s span) {
	i, _ := slices.BinarySearchFunc(d.pieces, s.lo, func(o span, lo int) int { return o.hi - lo })
	j := i
	for ; j < len(d.pieces) && d.pieces[j].lo <= s.hi; j++ {
		s = span{min(s.lo, d.pieces[j].lo), max(s.hi, d.pieces[j].hi)}
	}
	if len(d.pieces) < piecesMax || j > i {
		d.pieces = slices.Replace(d.pieces, i, j, s)
	}
}

func (f *fragments) forget(id datagramID) {
	delete(f.waiting, id)
	if i := slices.Index(f.order, id); i >= 0 {
		f.order = slices.Delete(f.order, i, i+1)
	}
}

// late gives up what has waited for too long, or all of it, and returns the
// records that it came in.
func (f *fragments) late(now time.Time, all bool) (records []int) {
	for len(f.order) > 0 {
		d := f.waiting[f.order[0]]
		if !all && len(f.order) <= fragmentsMax && now.Sub(d.since) < fragmentsTime {
			break
		}
		records = append(records, d.records...)
		f.forget(f.order[0])
	}
	return records
}
