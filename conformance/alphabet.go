package conformance

import (
	"finwait/candidates"
	"finwait/model"
)

func (n *node) endpoint() candidates.Endpoint { return candidates.Endpoint{TCB: n.m.tcb} }

// peerWindow is the window that the peer offers, unless it is closed.
const peerWindow = 65535

// kinds are the segments that can arrive, by their control bits and text.
var kinds = []struct {
	name string
	ctl  model.Ctl
	txt  uint32
}{
	{"ACK", model.ACK, 0},
	{"text", model.ACK, 2},
	{"FIN", model.FIN | model.ACK, 0},
	{"text+FIN", model.FIN | model.ACK, 2},
	{"RST", model.RST, 0},
	{"RST,ACK", model.RST | model.ACK, 0},
	{"SYN", model.SYN, 0},
	{"SYN,ACK", model.SYN | model.ACK, 0},
	{"SYN,FIN", model.SYN | model.FIN, 0},
	{"FIN without ACK", model.FIN, 0},
	{"text without ACK", 0, 2},
}

// offsets are where SEG.SEQ is tried, from RCV.NXT on and from the right edge.
var (
	offsets     = []int32{0, -1, -2, -3, -50_000, 1, 2, 3}
	edges       = []int32{-2, -1, 0, 1, 50_000}
	acksBeyond  = []int32{1, 2, 50_000}
	acksAtUNA   = []int32{0, -1}
	acksPartial = int32(1)
)

// segment is one that arrives at RCV.NXT+seq and acknowledges ack.
func (n *node) segment(ctl model.Ctl, txt uint32, seq int32, ack model.Seq) Input {
	c := &n.m.tcb
	base := c.RCV.NXT
	if c.State == model.Closed || c.State == model.Listen || c.State == model.SynSent {
		base = PeerISS
		if ctl&model.SYN == 0 {
			base++
		}
	}
	g := model.Segment{SEQ: base + model.Seq(seq), CTL: ctl, TXT: txt, WND: peerWindow}
	if ctl&model.ACK != 0 {
		g.ACK = ack
	}
	return Input{Op: Inject, Segment: g}
}

// acks are the acknowledgment numbers to be tried: below, at, above SND.UNA, at
// and above SND.NXT; the ordinary one first.
func (n *node) acks() []model.Seq {
	c := &n.m.tcb
	una, nxt := c.SND.UNA, c.SND.NXT
	if c.State == model.Closed || c.State == model.Listen {
		return []model.Seq{StackISS + 1}
	}
	list := []model.Seq{nxt}
	for _, d := range acksAtUNA {
		list = append(list, una+model.Seq(d))
	}
	if partial := una + model.Seq(acksPartial); partial.Before(nxt) {
		list = append(list, partial)
	}
	if nxt-1 != una {
		list = append(list, nxt-1)
	}
	for _, d := range acksBeyond {
		list = append(list, nxt+model.Seq(d))
	}
	return list
}

// event is one column of the matrix, with what makes it this one.
type event struct {
	column, name string
	in           Input
}

// segments are the segments of the alphabet that can arrive here, each once.
func (n *node) segments() []event {
	var out []event
	known := map[Input]bool{}
	add := func(column string, in Input) {
		if !known[in] {
			known[in] = true
			out = append(out, event{column, in.String(), in})
		}
	}
	acks := n.acks()
	windowed := n.m.tcb.State >= model.SynReceived
	for _, k := range kinds {
		for _, d := range offsets {
			if windowed || d == 0 {
				add(k.name, n.segment(k.ctl, k.txt, d, acks[0]))
			}
		}
		if windowed {
			for _, d := range edges {
				in := n.segment(k.ctl, k.txt, 0, acks[0])
				in.Edge, in.Segment.SEQ = true, PeerISS+model.Seq(d)
				add(k.name, in)
			}
		}
		if k.ctl&model.ACK != 0 {
			for _, a := range acks[1:] {
				add(k.name, n.segment(k.ctl, k.txt, 0, a))
			}
		}
	}
	in := n.segment(model.ACK, 0, 0, acks[0])
	in.Segment.WND = 0
	add("ACK", in)
	return out
}

// calls are the user's calls and the timeouts.
func (n *node) calls() []event {
	var out []event
	for _, in := range []Input{
		{Op: Listen},
		{Op: Connect},
		{Op: Write, N: 2},
		{Op: Read, N: 64},
		{Op: HalfClose},
		{Op: Close},
		{Op: Abort},
		{Op: WaitRTO},
	} {
		out = append(out, event{in.Op.String(), in.String(), in})
	}
	if n.m.tcb.State == model.TimeWait || n.quiet() {
		for _, p := range []uint32{75, 125} {
			in := Input{Op: Wait2MSL, N: p}
			out = append(out, event{in.Op.String(), in.String(), in})
		}
	}
	return out
}

// quiet reports whether nothing but 2MSL could expire in a long time.
func (n *node) quiet() bool {
	c := &n.m.tcb
	return c.SND.UNA == c.SND.NXT && c.Unsent() == 0 && (!c.Is(model.CloseCalled) || c.FINSent())
}
