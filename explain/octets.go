package explain

import (
	"slices"

	"finwait/capture"
	"finwait/model"
)

// Sent is what a side was seen to send.
type Sent struct {
	Packets       int
	Octets        int64 // of text, each counted once
	Again         int   // segments with nothing but what was sent before
	AgainOctets   int64 // of text that was sent before
	Lost          int   // segments of which only a later copy arrived
	NotCaptured   int64 // octets between those that were captured
	KeepAlives    int
	Probes        int // into a window of zero
	ZeroWindows   int // announcements of a window of zero
	OutOfOrder    int // segments that fill a hole which a later one left
	Copies        int // packets that were captured twice
	BadChecksums  int
	LargeSegments int // that exceed the MSS: offloading
}

// spans are the sequence numbers that a side has used, counted from its first
// one without end: what they add up to does not wrap around.
type spans struct {
	list []span // ascending, apart from each other
	last int64  // where the latest segment began
	seq  model.Seq
	any  bool
}

type span struct{ lo, hi int64 }

// maxSpans bounds the memory. The two lowest are joined when there are more:
// what lies between is then taken for sent.
const maxSpans = 256

// at unwraps a sequence number: it is near the latest one.
func (s *spans) at(q model.Seq) int64 {
	if !s.any {
		s.any, s.seq, s.last = true, q, 1<<32
	}
	s.last += int64(int32(q - s.seq))
	s.seq = q
	return s.last
}

// end is just past all.
func (s *spans) end() (int64, bool) {
	if len(s.list) == 0 {
		return 0, false
	}
	return s.list[len(s.list)-1].hi, true
}

// add returns how many of the numbers from lo up to hi are new.
func (s *spans) add(lo, hi int64) int64 {
	i := len(s.list)
	for i > 0 && s.list[i-1].hi >= lo {
		i--
	}
	j, fresh, all := i, hi-lo, span{lo, hi}
	for ; j < len(s.list) && s.list[j].lo <= hi; j++ {
		o := s.list[j]
		if both := min(o.hi, hi) - max(o.lo, lo); both > 0 {
			fresh -= both
		}
		all = span{min(all.lo, o.lo), max(all.hi, o.hi)}
	}
	if j == i+1 {
		s.list[i] = all
	} else {
		s.list = slices.Replace(s.list, i, j, all)
	}
	if len(s.list) > maxSpans {
		s.list[1].lo = s.list[0].lo
		s.list = s.list[1:]
	}
	return fresh
}

// missing counts the numbers between.
func (s *spans) missing() int64 {
	var n int64
	for i := 1; i < len(s.list); i++ {
		n += s.list[i].lo - s.list[i-1].hi
	}
	return n
}

// counter counts what a side sends.
type counter struct {
	Sent
	spans    spans
	acked    model.Seq // by the peer
	heard    bool      // acked is known
	zero     bool      // its window is closed
	mss      int
	syn      bool
	fin      bool
	finAt    model.Seq
	answered bool // it has sent a SYN,ACK
}

// counts takes a packet of the side; peer is the other one.
func (c *counter) counts(p *capture.Packet, g model.Segment, peer *counter) {
	c.Packets++
	if p.TCP.Options.Has(capture.HasMSS) {
		peer.mss = int(p.TCP.MSS)
	}
	if g.Has(model.ACK) && !g.Has(model.RST) && (!peer.heard || peer.acked.Before(g.ACK)) {
		peer.acked, peer.heard = g.ACK, true
	}
	if !g.Has(model.RST) {
		zero := p.TCP.Window == 0 && !g.Has(model.SYN)
		if zero && !c.zero {
			c.ZeroWindows++
		}
		c.zero = zero
	}
	if g.LEN() == 0 || g.Has(model.RST) {
		end, some := c.spans.end()
		if some && g.LEN() == 0 && !g.Has(model.RST) && c.spans.at(g.SEQ) == end-1 && c.heard && c.acked == g.SEQ+1 {
			c.KeepAlives++
		}
		if !some && !g.Has(model.RST) {
			at := c.spans.at(g.SEQ)
			c.spans.list = append(c.spans.list, span{at, at}) // what comes later begins here
		}
		return
	}
	if c.mss > 0 && int(g.TXT) > c.mss {
		c.LargeSegments++
	}
	lo := c.spans.at(g.SEQ)
	end, some := c.spans.end()
	fresh := c.spans.add(lo, lo+int64(g.LEN()))
	text := fresh
	if g.Has(model.SYN) && !c.syn {
		c.syn = true
		text--
	}
	if g.Has(model.FIN) && (!c.fin || c.finAt != g.End()) && fresh > 0 {
		text--
	}
	if g.Has(model.FIN) {
		c.fin, c.finAt = true, g.End()
	}
	text = max(text, 0)
	c.Octets += text
	switch {
	case fresh == 0 && g.TXT == 1 && !g.Has(model.FIN) && some && lo == end-1 && c.heard && !c.acked.Before(g.End()):
		c.KeepAlives++
		return
	case peer.zero && g.TXT == 1 && !g.Has(model.FIN):
		c.Probes++
	case fresh == 0 && g.Has(model.SYN|model.ACK) && !c.answered:
		// The SYN again in form, in a simultaneous open, but it is the answer to the peer's.
	case fresh == 0:
		c.Again++
	case some && lo < end:
		c.OutOfOrder++
	}
	c.answered = c.answered || g.Has(model.SYN|model.ACK)
	c.AgainOctets += int64(g.TXT) - text
}

// total is what was counted in the end.
func (c *counter) total() Sent {
	c.NotCaptured = c.spans.missing()
	return c.Sent
}
