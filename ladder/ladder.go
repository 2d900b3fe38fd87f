// Package ladder draws sequence diagrams in plain text: two columns of states
// with segments between them, in the notation of RFC 9293's own figures. Right
// arrows are departures from A or arrivals at B, left arrows the reverse; an
// ellipsis is a segment that is still in the network, an X one that is lost.
package ladder

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Width is the number of columns of a ladder, unless its segments need more.
const Width = 100

// Way tells how a segment goes through a row.
type Way uint8

// The ways. Left is A's side.
const (
	Nowhere   Way = iota // no segment: Text is a remark
	FromA                // A sends it, it is in the network
	ToB                  // it arrives at B
	Across               // A sends it, it arrives at B in the same row
	LostFromA            // what A has sent is lost
	FromB
	ToA
	AcrossB
	LostFromB
)

// Reverse is the same way seen with the sides exchanged.
func (w Way) Reverse() Way {
	switch {
	case w == Nowhere:
		return w
	case w < FromB:
		return w + (FromB - FromA)
	default:
		return w - (FromB - FromA)
	}
}

// Row is one line of a ladder.
type Row struct {
	Action string // at the left: what happened
	A, B   string // the states afterwards
	Way    Way
	Text   string // the segment, or a remark
	Clause string // at the right: by which clause
	Mark   bool   // begins the part that repeats for ever
}

// Ladder is a sequence diagram.
type Ladder struct {
	A, B string // the names of the sides; "A" and "B" if empty
	Rows []Row
	Loop string // what is written under the last row, if the run is infinite
}

// Add appends a row.
func (l *Ladder) Add(r Row) { l.Rows = append(l.Rows, r) }

// String draws the ladder.
func (l *Ladder) String() string {
	c := l.columns()
	var b strings.Builder
	line := func(action, a, mid, z, clause string) {
		s := fmt.Sprintf("%s  %s  %s  %s  %s", pad(action, c.action), pad(a, c.a), pad(mid, c.mid), pad(z, c.b), clause)
		b.WriteString(strings.TrimRight(s, " "))
		b.WriteByte('\n')
	}
	line("", name(l.A, "A"), "", name(l.B, "B"), "")
	for _, r := range l.Rows {
		if r.Mark {
			line("", "", center("- - - from here on for ever - - -", c.mid), "", "")
		}
		line(r.Action, r.A, draw(r.Way, r.Text, c.mid), r.B, r.Clause)
	}
	if l.Loop != "" {
		line("", "", center(l.Loop, c.mid), "", "")
	}
	return b.String()
}

type columns struct{ action, a, mid, b int }

// ordinals are the RFC's numbers of the checks, short enough for a column.
var ordinals = strings.NewReplacer(
	" first", " 1st", " second", " 2nd", " third", " 3rd", " fourth", " 4th",
	" fifth", " 5th", " sixth", " 6th", " seventh", " 7th", " eighth", " 8th",
)

// Clause makes a section of the RFC short enough for its column:
// "3.10.7.4 fifth" is "3.10.7.4 5th".
func Clause(section string) string { return ordinals.Replace(section) }

// columns gives the middle what the others leave of the width.
func (l *Ladder) columns() columns {
	c := columns{a: width(name(l.A, "A")), b: width(name(l.B, "B"))}
	clause, mid := 0, 0
	for _, r := range l.Rows {
		c.action = max(c.action, width(r.Action))
		c.a, c.b = max(c.a, width(r.A)), max(c.b, width(r.B))
		clause = max(clause, width(r.Clause))
		mid = max(mid, width(r.Text)+8)
	}
	c.mid = max(mid, Width-c.action-c.a-c.b-clause-8)
	return c
}

// draw puts a segment between its arrows.
func draw(w Way, text string, n int) string {
	switch w {
	case FromA:
		return "--> " + pad(text, n-8) + " ..."
	case ToB:
		return "... " + pad(text, n-8) + " -->"
	case Across:
		return "--> " + pad(text, n-8) + " -->"
	case LostFromA:
		return "... " + pad(text, n-8) + "  X "
	case FromB:
		return "... " + pad(text, n-8) + " <--"
	case ToA:
		return "<-- " + pad(text, n-8) + " ..."
	case AcrossB:
		return "<-- " + pad(text, n-8) + " <--"
	case LostFromB:
		return " X  " + pad(text, n-8) + " ..."
	case Nowhere:
	}
	return pad(text, n)
}

func width(s string) int { return utf8.RuneCountInString(s) }

func pad(s string, n int) string {
	if d := n - width(s); d > 0 {
		return s + strings.Repeat(" ", d)
	}
	return s
}

func center(s string, n int) string {
	return pad(strings.Repeat(" ", max(0, (n-width(s))/2))+s, n)
}

func name(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
