package explain

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"finwait/candidates"
	"finwait/model"
)

// Heading says who talked, how much and when.
func (x *Connection) Heading() string {
	n := x.Len()
	if n == 0 {
		return x.Ends()
	}
	first, last := x.Packet(0).Time, x.Packet(n-1).Time
	text := fmt.Sprintf("%s\n%d packets", x.Ends(), n)
	if n == 1 {
		text = x.Ends() + "\n1 packet"
	}
	if first.IsZero() {
		return text
	}
	return text + fmt.Sprintf(" in %.6f s, from %s", last.Sub(first).Seconds(), first.Format(time.RFC3339Nano))
}

// Ends are the two addresses.
func (x *Connection) Ends() string { return fmt.Sprintf("A %v, B %v", x.A.Addr, x.B.Addr) }

// Summary is the verdict in one line.
func (x *Connection) Summary() string {
	switch x.Verdict {
	case Deviates:
		p := x.Packet(x.Deviation.Packet)
		return fmt.Sprintf("deviates: packet %d: %c sends %s, %s", p.Number, 'A'+x.Deviator,
			x.Relative(x.Deviator, p.Segment), inStates(x.Deviation.States))
	case Incomplete:
		return fmt.Sprintf("incomplete: left in A=%s, B=%s", x.A.left(), x.B.left())
	default:
		return fmt.Sprintf("conforms: left in A=%s, B=%s", x.A.left(), x.B.left())
	}
}

// Left is the two states in which the ends were left: "A=CLOSED, B=CLOSE-WAIT".
func (x *Connection) Left() string { return fmt.Sprintf("A=%s, B=%s", x.A.left(), x.B.left()) }

// Relative writes a segment of A (0) or B (1), numbers relative to the initial ones.
func (x *Connection) Relative(side int, g model.Segment) string {
	if side == 0 {
		return g.Relative(x.A.iss, x.B.iss)
	}
	return g.Relative(x.B.iss, x.A.iss)
}

func (s *Side) left() string {
	if !s.known {
		return "unknown"
	}
	return s.State.String()
}

// Notes say on what the verdict rests: what would have been allowed instead,
// the readings it needs, and what must have happened unseen.
func (x *Connection) Notes() []string {
	notes := x.allowed()
	for i, s := range [...]*Side{&x.A, &x.B} {
		name := string(rune('A' + i))
		notes = append(notes, s.readings(name)...)
		for _, g := range s.Guesses {
			notes = append(notes, "guessed of "+name+": "+g)
		}
		if x.Verdict == Incomplete && s.known && s.State != s.Certain {
			notes = append(notes, fmt.Sprintf("%s was in %v when it last sent, and is in %v if it got what was captured on its way", name, s.Certain, s.State))
		}
	}
	return notes
}

// allowed lists what the deviator could have sent instead.
func (x *Connection) allowed() []string {
	if x.Deviation == nil {
		return nil
	}
	var notes []string
	for _, a := range x.Deviation.Allowed {
		notes = append(notes, fmt.Sprintf("allowed in %v: %s %v", a.From, x.Relative(x.Deviator, a.Segment), a.Clause))
	}
	return append(notes, x.certainty()...)
}

// certainty says how sure a deviation is: what the capture has lost, or
// whether somebody else may have sent it.
func (x *Connection) certainty() []string {
	var notes []string
	s := x.Story()
	switch missing := s.A.NotCaptured + s.B.NotCaptured; {
	case missing > 0:
		notes = append(notes, fmt.Sprintf("not certain: the capture has lost packets, %d octets are missing in it", missing))
	case !s.Opening:
		notes = append(notes, "not certain: the opening was not captured")
	case len(x.A.Guesses)+len(x.B.Guesses) > 0:
		notes = append(notes, "not certain: the capture does not show everything, see what was guessed")
	default:
		notes = append(notes, "nothing points to packets that the capture has lost")
	}
	return notes
}

// readings names what the side needs, and what would do as well.
func (s *Side) readings(name string) []string {
	var notes []string
	for _, need := range s.Needs {
		o, _ := model.Lookup(need)
		notes = append(notes, fmt.Sprintf("reading of %s: %s: %s [%s]", name, need, o.Text, o.Clause))
	}
	var sets []string
	for _, names := range s.Or {
		if len(names) == 0 {
			names = []string{"none"}
		}
		sets = append(sets, strings.Join(names, " and "))
	}
	if len(sets) > 0 {
		slices.Sort(sets)
		notes = append(notes, "reading of "+name+": or else "+strings.Join(sets, ", or "))
	}
	return notes
}

// Allowed is something that an endpoint could have sent.
type Allowed = candidates.Allowed
