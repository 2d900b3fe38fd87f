package explain

import (
	"fmt"
	"strings"

	"finwait/ladder"
	"finwait/model"
)

// Row is one packet of a connection, with what it did.
type Row struct {
	Packet
	Index   int    // of the packet in the connection, 0-based
	Text    string // the segment, relative to the initial sequence numbers
	A, B    string // the states afterwards; "?" before anything is known
	Clause  string // what its arrival obeyed, or else its sending
	Lost    bool   // it did not arrive: a later copy of it did
	Late    bool   // it arrived after the receiver had sent something more: the state there is still that before
	Remarks []string
}

// Row explains packet i.
func (x *Connection) Row(i int) Row {
	p := x.Packet(i)
	from, to := &x.A, &x.B
	if p.FromB {
		from, to = to, from
	}
	r := Row{
		Packet: p, Index: i, Text: p.Segment.Relative(from.iss, to.iss),
		A: x.A.trace.at(i), B: x.B.trace.at(i), Lost: x.lost(i, p, to),
	}
	for _, c := range []model.Clause{to.trace.clause[i], from.trace.clause[i]} {
		if c != model.NumClauses {
			r.Clause = c.Section()
			break
		}
	}
	for n, s := range [...]*Side{&x.A, &x.B} {
		for _, remark := range s.trace.remarks[i] {
			r.Remarks = append(r.Remarks, string(rune('A'+n))+": "+remark.String())
		}
	}
	if x.Deviation != nil && x.Deviation.Packet == i {
		r.Remarks = append(r.Remarks, "^ deviates: not allowed "+inStates(x.Deviation.States))
	}
	if x.source.At(i).Copy {
		r.Remarks = append(r.Remarks, "captured twice")
		r.Lost = false
	}
	r.Late = to.trace.arrived[i] > int32(i)
	return r
}

// lost reports whether packet i, which occupies sequence space, did not arrive
// but a later copy of it did.
func (x *Connection) lost(i int, p Packet, to *Side) bool {
	g := p.Segment
	if g.LEN() == 0 || x.source.At(i).Copy || !to.Known() || to.trace.arrived[i] != nowhere {
		return false
	}
	for j := i + 1; j < x.Len(); j++ {
		q := x.Packet(j)
		h := q.Segment
		if q.FromB == p.FromB && h.LEN() > 0 && h.SEQ.AtMost(g.SEQ) && g.End().AtMost(h.End()) && to.trace.arrived[j] != nowhere {
			return true
		}
	}
	return false
}

// Ladder draws the connection: a row for each packet, at the left the seconds
// since the first one. At most so many rows are drawn, all if most is 0.
func (x *Connection) Ladder(most int) *ladder.Ladder {
	l := &ladder.Ladder{A: "A", B: "B"}
	next := 0
	for _, r := range x.Rows(most) {
		if n := r.Index - next; n > 0 {
			l.Add(ladder.Row{A: ":", B: ":", Text: fmt.Sprintf(": %d more", n)})
		}
		next = r.Index + 1
		l.Add(x.draw(&r))
		for _, remark := range r.Remarks {
			for _, line := range wrap(remark, remarkWidth) {
				l.Add(ladder.Row{Text: line})
			}
		}
	}
	return l
}

func (x *Connection) draw(r *Row) ladder.Row {
	row := ladder.Row{
		Action: fmt.Sprintf("%.6f", r.Time.Sub(x.Packet(0).Time).Seconds()),
		A:      r.A, B: r.B, Way: ladder.Across, Text: r.Text, Clause: ladder.Clause(r.Clause),
	}
	switch {
	case r.Lost:
		row.Way = ladder.LostFromA
	case r.Late:
		row.Way = ladder.FromA
	}
	if r.FromB {
		row.Way = row.Way.Reverse()
	}
	return row
}

// Rows lists the packets of a ladder that has so many rows at most; all if most
// is 0. Of a long connection those are the ones around the deviation, where a
// state moves or something is remarkable, the first and the last.
func (x *Connection) Rows(most int) []Row {
	var list []Row
	for i, keep := range x.shown(most) {
		if keep {
			list = append(list, x.Row(i))
		}
	}
	return list
}

func (x *Connection) shown(most int) []bool {
	n := x.Len()
	keep := make([]bool, n)
	left := n
	if most > 0 {
		left = min(n, most)
	}
	take := func(i int) {
		if i >= 0 && i < n && !keep[i] && left > 0 {
			keep[i] = true
			left--
		}
	}
	if x.Deviation != nil {
		for i := x.Deviation.Packet - 2; i <= x.Deviation.Packet+1; i++ {
			take(i)
		}
	}
	half := left / 2
	for i := 0; i < n && left > half; i++ {
		if x.A.trace.moves(i) || x.B.trace.moves(i) {
			take(i)
		}
	}
	for i := 0; left > 0 && i < n; i++ {
		take(i)
		take(n - 1 - i)
	}
	return keep
}

func inStates(list []model.State) string {
	if len(list) == 0 {
		return "in any state"
	}
	var names []string
	for _, s := range list {
		names = append(names, s.String())
	}
	return "in " + strings.Join(names, " or ")
}

// remarkWidth keeps a remark between the two columns of states.
const remarkWidth = 40

// wrap breaks a remark into lines; those after the first are indented.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = word
		case len(line)+1+len(word) > width:
			lines = append(lines, line)
			line = "   " + word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}
