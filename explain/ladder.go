package explain

import (
	"fmt"
	"strings"

	"finwait/candidates"
	"finwait/ladder"
	"finwait/model"
)

// placed is an event of a history with the row of the ladder in which it shows.
type placed struct {
	candidates.Event
	row int
}

// place finds the row of each event: a sending its own packet's; an arrival
// the row of its packet, or the last sending before it if that is later; what
// nobody saw the row of the next thing that somebody did.
func place(h candidates.History) []placed {
	list := make([]placed, len(h.Events))
	last := 0
	for i, e := range h.Events {
		row := -1
		switch {
		case e.Sent:
			row = e.Packet
		case e.Packet != candidates.NoPacket:
			row = max(e.Packet, last)
		}
		list[i] = placed{e, row}
		last = max(last, row)
	}
	next := last
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].row < 0 {
			list[i].row = next
		}
		next = list[i].row
	}
	return list
}

// at is the state of the side after everything in the rows up to row.
func (s *Side) at(row int) string {
	state, known := model.Closed, s.fromClosed
	for _, e := range s.events {
		if e.row > row {
			break
		}
		state, known = e.State, true
	}
	if !known {
		return "?"
	}
	return state.String()
}

// Ladder draws the connection: a row for each packet, at the left the seconds
// since the first one.
func (x *Connection) Ladder() *ladder.Ladder {
	l := &ladder.Ladder{A: "A", B: "B"}
	for i := range x.Packets {
		p := &x.Packets[i]
		from, to := &x.A, &x.B
		if p.FromB {
			from, to = to, from
		}
		row := ladder.Row{
			Action: fmt.Sprintf("%.6f", p.Time.Sub(x.Packets[0].Time).Seconds()),
			A:      x.A.at(i), B: x.B.at(i),
			Way: ladder.Across, Text: p.Segment.Relative(from.iss, to.iss),
			Clause: x.clause(i, from, to),
		}
		if x.lost(i, to) {
			row.Way = ladder.LostFromA
		}
		if p.FromB {
			row.Way = row.Way.Reverse()
		}
		l.Add(row)
		for _, remark := range x.remarks(i) {
			l.Add(ladder.Row{A: row.A, B: row.B, Text: remark})
		}
		if x.Deviation != nil && x.Deviation.Packet == i {
			l.Add(ladder.Row{A: row.A, B: row.B, Text: "^ deviates: not allowed in " + states(x.Deviation.States)})
		}
	}
	return l
}

// clause is what the arrival of packet i obeyed at the receiver, or else what
// its sending obeyed.
func (x *Connection) clause(i int, from, to *Side) string {
	for _, e := range to.events {
		if e.Packet == i && !e.Sent && e.row == i {
			if text := short(e.Clauses); text != "" {
				return text
			}
		}
	}
	for _, e := range from.events {
		if e.Packet == i && e.Sent {
			return short(e.Clauses)
		}
	}
	return ""
}

// ordinals are the RFC's numbers of the checks, short enough for a column.
var ordinals = strings.NewReplacer(
	" first", " 1st", " second", " 2nd", " third", " 3rd", " fourth", " 4th",
	" fifth", " 5th", " sixth", " 6th", " seventh", " 7th", " eighth", " 8th",
)

func short(c model.Clauses) string {
	last, ok := c.Last()
	if !ok {
		return ""
	}
	return ordinals.Replace(last.Section())
}

// lost reports whether packet i, which occupies sequence space, did not arrive
// but a later copy of it did.
func (x *Connection) lost(i int, to *Side) bool {
	g := x.Packets[i].Segment
	if g.LEN() == 0 || !to.Known() {
		return false
	}
	again := false
	for _, e := range to.events {
		if e.Sent || e.Packet == candidates.NoPacket {
			continue
		}
		if e.Packet == i {
			return false
		}
		p := &x.Packets[e.Packet]
		again = again || e.Packet > i && p.FromB == x.Packets[i].FromB && p.Segment.SEQ.AtMost(g.SEQ) && g.End().AtMost(p.Segment.End())
	}
	return again
}

// remarks are what is to be said under row i.
func (x *Connection) remarks(i int) []string {
	var list []string
	for n, s := range [...]*Side{&x.A, &x.B} {
		for _, e := range s.events {
			if e.row == i && e.Remark != "" {
				list = append(list, string(rune('A'+n))+": "+e.Remark)
			}
		}
	}
	return list
}

func states(list []model.State) string {
	if len(list) == 0 {
		return "any state"
	}
	var names []string
	for _, s := range list {
		names = append(names, s.String())
	}
	return strings.Join(names, " or ")
}
