package capture

import (
	"container/list"
	"time"
)

// Bounds keep a Grouper's memory within limits, and tell it when a connection
// may be told before the capture ends. The zero Bounds keep everything.
type Bounds struct {
	Connections int // at most so many are followed at once
	Packets     int // of theirs at most so many are kept

	// Linger is how long after its end a connection is still waited for; 0: until the
	// capture ends, or until there is no room.
	Linger time.Duration

	// Stuck is after how long without a packet a connection that one side has
	// closed is told, though it has not ended; 0: never.
	Stuck time.Duration
}

// stream is what a Grouper with Bounds knows of its flows. Each is in one of
// the lists, those that have been silent for longest in front.
type stream struct {
	Bounds
	open, ended, tombs *list.List
	ready              []*Connection
	packets            int
	now                time.Time
	late               int
}

// Within is a Grouper within bounds. Ready must be called after each Add.
func Within(b Bounds) *Grouper {
	return &Grouper{stream: &stream{Bounds: b, open: list.New(), ended: list.New(), tombs: list.New()}}
}

// Ready returns the connections that are to be told now: they have ended, or
// are stuck, or were given up because there is no room for more. Connections
// returns the others, when the capture ends.
func (g *Grouper) Ready() []*Connection {
	if g.stream == nil {
		return nil
	}
	r := g.ready
	g.ready = nil
	return r
}

// Late is how many packets came for connections that had been told. They are
// not looked at.
func (g *Grouper) Late() int {
	if g.stream == nil {
		return 0
	}
	return g.late
}

// touched notes that a packet of the flow came.
func (g *Grouper) touched(f *flow, key pair, p *Packet) {
	s := g.stream
	s.packets++
	if p.Time.After(s.now) {
		s.now = p.Time
	}
	f.key, f.last = key, s.now
	to := s.open
	switch {
	case f.told:
		to = s.tombs
		s.packets--
		s.late++
	case f.ended():
		to = s.ended
	}
	if f.in == to {
		to.MoveToBack(f.place)
	} else {
		g.leave(f)
		f.in, f.place = to, to.PushBack(f)
	}
	g.sweep()
}

func (g *Grouper) leave(f *flow) {
	if f.in != nil {
		f.in.Remove(f.place)
		f.in = nil
	}
}

// sweep tells what is over or stuck, and makes room.
func (g *Grouper) sweep() {
	s := g.stream
	for e := s.ended.Front(); s.Linger > 0 && e != nil; e = s.ended.Front() {
		f, _ := e.Value.(*flow)
		if s.now.Sub(f.last) < s.Linger {
			break
		}
		g.tell(f)
	}
	for e := s.open.Front(); s.Stuck > 0 && e != nil; e = e.Next() {
		f, _ := e.Value.(*flow)
		if s.now.Sub(f.last) < s.Stuck {
			break
		}
		if f.stuckSince != f.last && (f.sides[0].fin || f.sides[1].fin) {
			f.stuckSince, f.Stuck = f.last, true
			s.ready = append(s.ready, f.Connection)
		}
	}
	for s.Connections > 0 && s.open.Len()+s.ended.Len() > s.Connections || s.Packets > 0 && s.packets > s.Packets {
		e := s.ended.Front()
		if e == nil {
			e = s.open.Front()
		}
		if e == nil {
			break
		}
		f, _ := e.Value.(*flow)
		f.GivenUp = !f.ended()
		g.tell(f)
	}
	for s.Connections > 0 && s.tombs.Len() > s.Connections {
		f, _ := s.tombs.Front().Value.(*flow)
		g.leave(f)
		delete(g.current, f.key)
	}
}

// tell hands out the flow's connection. What is left of one that has ended is a
// tomb, by which late packets are known; one that was given up is forgotten.
func (g *Grouper) tell(f *flow) {
	s := g.stream
	if f.trial != nil {
		f.settle()
	}
	c := f.Connection
	g.leave(f)
	s.ready = append(s.ready, c)
	s.packets -= c.Len()
	c.told, c.Stuck = true, false
	g.told++
	if c.GivenUp {
		delete(g.current, f.key)
	} else {
		tomb := &Connection{A: c.A, B: c.B, sides: c.sides, rst: c.rst, told: true}
		f.Connection, f.trial = tomb, nil
		f.in, f.place = s.tombs, s.tombs.PushBack(f)
	}
	if g.told > len(g.all)/2 && g.told > 1024 {
		g.compact()
	}
}

// followed hands out the connection that the flow's new one follows on the
// same ports.
func (g *Grouper) followed(f *flow, before *Connection) {
	switch {
	case g.stream == nil:
	case before.told: // what came while it was not clear was taken for late
		g.packets += f.Len() - 1
		g.late -= f.Len() - 1
	default:
		g.ready = append(g.ready, before)
		g.packets -= before.Len()
		before.told, before.Stuck = true, false
		g.told++
	}
}
