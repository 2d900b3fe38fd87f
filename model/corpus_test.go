package model

import (
	"fmt"
	"slices"
)

// namedTCB is a TCB of the corpus.
type namedTCB struct {
	name string
	TCB
}

// corpus is at least one valid TCB for everything that an endpoint can be in
// the middle of, in every state.
func corpus() []namedTCB {
	var all []namedTCB
	add := func(name string, c TCB, changes ...func(*TCB)) {
		c = with(c, changes...)
		all = append(all, namedTCB{fmt.Sprint(c.State, ": ", name), c})
	}
	add("nothing", TCB{})
	add("unread", leftover(2, false))
	add("unread and the end", leftover(2, true))
	add("the end", leftover(0, true))
	add("idle", listening())
	add("RECEIVE queued", listening(), wants(2))
	add("no room", listening(), noRoom)
	add("SEND queued, before a return to LISTEN", listening(), text(3, 0))
	add("idle", synSent())
	add("SEND queued", synSent(), text(3, 0))
	add("RECEIVE queued", synSent(), wants(2))
	for name, c := range map[string]TCB{"active": synReceived(), "passive": synReceivedPassive()} {
		add(name, c)
		add(name+", SEND queued", c, text(3, 0))
		add(name+", CLOSE queued", c, text(3, 0), closed)
		add(name+", RECEIVE queued", c, wants(1))
		add(name+", text came with the SYN", c, holds(0, 2))
		add(name+", text and FIN came with the SYN", c, holds(0, 2), holdsFIN(2))
		add(name+", FIN came with the SYN", c, holdsFIN(0), wants(1))
		add(name+", no room", c, noRoom)
		add(name+", no reader", c, holds(0, 2), noReader)
	}
	for _, s := range []struct {
		name string
		c    TCB
	}{
		{"", established()},
		{"FIN queued, ", finQueued()},
		{"FIN sent, ", finWait1()},
		{"", finWait2()},
		{"", closeWait()},
		{"FIN queued, ", closingFINQueued()},
		{"FIN sent, ", closing()},
		{"", lastAck()},
		{"", timeWait()},
	} {
		add(s.name+"idle", s.c)
		add(s.name+"ACK pending", s.c, owesACK)
		add(s.name+"no room", s.c, noRoom)
		add(s.name+"peer's window shut", s.c, shut)
		if !s.c.Is(FINReceived) {
			add(s.name+"unread", s.c, unread(2))
			add(s.name+"full", s.c, unread(window))
			add(s.name+"RECEIVE queued", s.c, wants(2))
			add(s.name+"text held", s.c, holds(1, 3))
			add(s.name+"text held up to the edge", s.c, holds(1, window))
			add(s.name+"FIN held", s.c, holdsFIN(3))
			add(s.name+"text and FIN held", s.c, holds(1, 3), holdsFIN(3), wants(5))
			add(s.name+"every place full", s.c, holds(1, 2), holds(4, 5), holds(7, 8), holds(10, 11))
			add(s.name+"every place full, FIN held", s.c, holds(1, 2), holds(4, 5), holds(7, 8), holds(10, 11), holdsFIN(20))
		} else {
			add(s.name+"unread", s.c, func(c *TCB) { c.RCV.READ -= 2; c.RCV.IRS -= 2 })
			add(s.name+"the end told", s.c, func(c *TCB) { c.set(EOFTold) })
		}
		if !s.c.FINAcked() {
			add(s.name+"text outstanding", s.c, text(3, 3))
		}
		if s.c.State != Established && s.c.State != CloseWait {
			add(s.name+"no reader", s.c, noReader)
		}
		if !s.c.FINSent() {
			add(s.name+"text queued", s.c, text(3, 0))
			add(s.name+"text partly sent, shut", s.c, text(3, 1), shut)
		}
	}
	add("SYN unacknowledged, FIN queued", but(synReceived(), func(c *TCB) { c.State = FinWait1; c.set(CloseCalled) }))
	add("SYN unacknowledged, FIN sent", but(synReceived(), func(c *TCB) { c.State = FinWait1; c.set(CloseCalled); c.SND.NXT++ }))
	add("CLOSE queued", closeWait(), closed)
	add("CLOSE queued, text", closeWait(), closed, text(3, 1))
	add("CLOSE queued, no reader", closeWait(), noReader)
	add("after a RST of ours", resetSent())
	add("after a RST of ours, no room", resetSent(), noRoom)
	return all
}

// segmentKind is a segment but for its numbers.
type segmentKind struct {
	name string
	ctl  Ctl
	txt  uint32
}

var segmentKinds = []segmentKind{
	{"ACK", ACK, 0},
	{"data", ACK, 2},
	{"FIN,ACK", FIN | ACK, 0},
	{"data+FIN,ACK", FIN | ACK, 2},
	{"SYN", SYN, 0},
	{"SYN,ACK", SYN | ACK, 0},
	{"SYN+data", SYN, 2},
	{"SYN,FIN", SYN | FIN, 0},
	{"SYN,ACK+data", SYN | ACK, 2},
	{"SYN,FIN,ACK", SYN | FIN | ACK, 0},
	{"RST", RST, 0},
	{"RST,ACK", RST | ACK, 0},
	{"RST+data", RST, 2},
	{"SYN,RST,ACK", SYN | RST | ACK, 0},
	{"FIN", FIN, 0},
	{"flagless", 0, 0},
	{"flagless data", 0, 2},
}

// arrivals yields segments of every kind, with sequence numbers below, at, in,
// at the edge of and outside c's window, and with acknowledgments of what is
// old, outstanding, sent last and not sent.
func (c *TCB) arrivals(yield func(Segment) bool) {
	n, una, wnd := c.RCV.NXT, c.SND.UNA, c.RCV.WND
	for _, k := range segmentKinds {
		seqs := []Seq{n - 3, n - 2, n - 1, n, n + 1, n + 3, n.Add(wnd) - 1, n.Add(wnd)}
		acks := []Seq{una - 2, una, una + 1, c.SND.NXT - 1, c.SND.NXT, c.SND.NXT + 1}
		if k.txt == 0 {
			seqs = seqs[1:]
		}
		if k.ctl&ACK == 0 {
			acks = acks[:1]
		}
		for i, seq := range seqs {
			for j, ack := range acks {
				if j > 0 && slices.Contains(acks[:j], ack) {
					continue
				}
				if !yield(Segment{SEQ: seq, ACK: ack, WND: window * uint32(i+j&1), TXT: k.txt, CTL: k.ctl}) {
					return
				}
			}
		}
	}
}

// events yields everything that can happen to c.
func (c *TCB) events(yield func(Event) bool) {
	for g := range c.arrivals {
		if e := Arrive(g); !yield(selecting(e, 700)) {
			return
		}
	}
	for k := range NumEventKinds {
		if k == SegmentArrives {
			continue
		}
		for _, n := range []uint32{0, 1, 2, 3, 4, MaxQueue} {
			if !yield(Event{Kind: k, N: n, ISS: 700, WND: n}) {
				return
			}
			if k != OutputTransmit && k != TimeoutRetransmission {
				continue
			}
			if !yield(Event{Kind: k, N: n, FIN: true}) || !yield(Event{Kind: k, N: n, Off: 1, FIN: n == 2}) {
				return
			}
		}
	}
}

// selecting is e with the initial sequence number that the endpoint selects, if it selects one.
func selecting(e Event, iss Seq) Event {
	e.ISS = iss
	return e
}
