package explain

import (
	"fmt"
	"strings"
	"time"

	"finwait/model"
)

// Paragraph tells the story of the connection in sentences.
func (x *Connection) Paragraph() string {
	s := x.Story()
	sentences := []string{s.opening(x), s.closing(), s.ended(x), s.traffic(), x.lefts()}
	sentences = append(sentences, x.Next().Sentences()...)
	var b strings.Builder
	for _, text := range sentences {
		if text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strings.ToUpper(text[:1]) + text[1:])
		b.WriteByte('.')
	}
	return b.String()
}

func nameOf(b bool) string {
	if b {
		return "B"
	}
	return "A"
}

// span writes a time: "2.600 s", "41.234 ms".
func spell(d time.Duration) string {
	switch {
	case d < time.Second && d > -time.Second:
		return fmt.Sprintf("%.3f ms", float64(d.Microseconds())/1e3)
	default:
		return fmt.Sprintf("%.3f s", d.Seconds())
	}
}

func amount(n int64, noun string) string {
	switch n {
	case 0:
		return "no " + noun + "s"
	case 1:
		return "1 " + noun
	default:
		return fmt.Sprintf("%d %ss", n, noun)
	}
}

func (s *Story) opening(x *Connection) string {
	switch s.Opener {
	case "":
		return "the opening was not captured"
	case "both":
		return "both ends opened at once"
	}
	other := nameOf(s.Opener == "A")
	port := x.B.Addr.Port()
	if s.Opener == "B" {
		port = x.A.Addr.Port()
	}
	switch {
	case s.Ending == Refused:
		return fmt.Sprintf("%s tried to open a connection to port %d", s.Opener, port)
	case !s.Opening && s.Ending == Unanswered:
		return fmt.Sprintf("%s tried to open a connection to port %d, and %s has not answered", s.Opener, port, other)
	case !s.Opening:
		return s.Opener + " opened; not all of the opening was captured"
	}
	return fmt.Sprintf("%s opened, to port %d of %s", s.Opener, port, other)
}

func (s *Story) closing() string {
	switch len(s.Closes) {
	case 0:
		if s.Ending == Open {
			return "neither end has sent a FIN"
		}
		return ""
	case 1:
		c := s.Closes[0]
		text := fmt.Sprintf("%s closed, after %s; the other FIN was never sent", nameOf(c.FromB), spell(c.After))
		return text + s.half(c)
	}
	c, d := s.Closes[0], s.Closes[1]
	if s.Crossed {
		return fmt.Sprintf("both ends closed, %s after %s and %s %s later: the FINs crossed", nameOf(c.FromB), spell(c.After), nameOf(d.FromB), spell(d.After-c.After))
	}
	return fmt.Sprintf("%s closed first, after %s, and %s %s later", nameOf(c.FromB), spell(c.After), nameOf(d.FromB), spell(d.After-c.After)) + s.half(c)
}

// half tells what was sent while only one end had closed.
func (s *Story) half(c Close) string {
	to := ""
	switch {
	case s.RST != nil && s.RST.After <= c.After+s.Half && len(s.Closes) < 2:
		to = ", until the RST"
	case len(s.Closes) < 2:
		to = ", until the end of the capture"
	}
	return fmt.Sprintf("; half-closed for %s%s, in which %s sent %s", spell(s.Half), to, nameOf(!c.FromB), amount(s.InHalf, "octet"))
}

func (s *Story) ended(x *Connection) string {
	if s.RST == nil {
		switch s.Ending {
		case Orderly:
			return "it ended orderly"
		case Closing:
			return "the ACK of the last FIN is missing"
		case Opening:
			return "the handshake is not complete"
		}
		return ""
	}
	who := nameOf(s.RST.FromB)
	after := spell(s.RST.After)
	reason := map[Cause]string{
		PortClosed:     who + " does not listen there",
		Abort:          who + "'s program aborted it (ABORT: SO_LINGER of 0, or it was killed with data unread)",
		UnreadData:     who + "'s program closed without having read all that had come, or aborted",
		DataAfterClose: "text came when " + who + "'s program had closed, so that nobody would read it",
		HalfOpen:       who + " did not know the connection any longer (a crash, a time-out), or another one",
		LateSegment:    "it answers what came when the connection was over at " + who,
		ThirdParty:     who + " went on as if nothing had happened, so that a third party has sent it in its name",
		Unclear:        "why does not follow from what was captured",
	}[s.Cause]
	switch s.Ending {
	case Refused:
		return fmt.Sprintf("it was refused by a RST after %s: %s", after, reason)
	case Reset:
		return fmt.Sprintf("it ended by a RST of %s's, packet %d, after %s: %s", who, x.Packet(s.RST.Packet).Number, after, reason)
	default:
		return fmt.Sprintf("there is a RST of %s's, packet %d, after %s, which did not end it: %s", who, x.Packet(s.RST.Packet).Number, after, reason)
	}
}

func (s *Story) traffic() string {
	text := fmt.Sprintf("A sent %s, B %s", amount(s.A.Octets, "octet"), amount(s.B.Octets, "octet"))
	again, lost := s.A.Again+s.B.Again, s.A.Lost+s.B.Lost
	if again == 0 {
		text += "; nothing was sent again"
	} else {
		text += fmt.Sprintf("; A sent %s again, B %d", amount(int64(s.A.Again), "segment"), s.B.Again)
	}
	if lost > 0 {
		text += fmt.Sprintf("; %d of A's and %d of B's were lost behind the place of the capture", s.A.Lost, s.B.Lost)
	}
	return strings.Join(append([]string{text}, s.unusual()...), "; ")
}

// unusual lists what else was counted.
func (s *Story) unusual() []string {
	var list []string
	both := func(what string, a, b int64) {
		if a+b > 0 {
			list = append(list, fmt.Sprintf("%s: %d of A, %d of B", what, a, b))
		}
	}
	both("octets that were not captured", s.A.NotCaptured, s.B.NotCaptured)
	both("segments out of order", int64(s.A.OutOfOrder), int64(s.B.OutOfOrder))
	both("keep-alives", int64(s.A.KeepAlives), int64(s.B.KeepAlives))
	both("windows of zero", int64(s.A.ZeroWindows), int64(s.B.ZeroWindows))
	both("zero-window probes", int64(s.A.Probes), int64(s.B.Probes))
	both("packets captured twice", int64(s.A.Copies), int64(s.B.Copies))
	both("wrong checksums, perhaps left to the network card", int64(s.A.BadChecksums), int64(s.B.BadChecksums))
	both("segments larger than the MSS (offload)", int64(s.A.LargeSegments), int64(s.B.LargeSegments))
	if s.Back > 0 {
		list = append(list, "the clock went back "+amount(int64(s.Back), "time"))
	}
	return list
}

func (x *Connection) lefts() string {
	return fmt.Sprintf("A is left in %s, B in %s", x.A.left(), x.B.left())
}

// otherwise is what the machine says of a call that is needed.
const otherwise = ": no segment and no retransmission brings it to its end without"

// Sentences say what has to happen next, and whose move it is.
func (n Next) Sentences() []string {
	switch {
	case n.Over:
		return []string{"nothing has to happen any more"}
	case n.Cut:
		return []string{"what has to happen next was not found: too many runs are possible"}
	case !n.Known:
		return []string{"the machine knows no run that ends it at both ends by calls of CLOSE, segments and retransmissions: " +
			"what is left are a RST, an ABORT, the user timeout, or a timer that RFC 9293 does not have"}
	}
	var whose string
	switch {
	case n.NeedsA && n.NeedsB:
		whose = "both programs have to call CLOSE" + otherwise
	case n.NeedsA:
		whose = "it is the move of A's program, which has to call CLOSE" + otherwise
	case n.NeedsB:
		whose = "it is the move of B's program, which has to call CLOSE" + otherwise
	default:
		whose = "it ends by itself"
	}
	return []string{whose, "for it to be over: " + strings.Join(n.list(), "; ")}
}

// list is a line for each step.
func (n *Next) list() []string {
	var list []string
	for _, s := range n.Steps {
		if text := s.String(); text != "" {
			list = append(list, text)
		}
	}
	return list
}

// String is the step in words.
func (s Step) String() string {
	who := nameOf(s.FromB)
	peer := nameOf(!s.FromB)
	var text string
	switch s.Kind {
	case model.CallCLOSE:
		text = who + "'s program calls CLOSE"
	case model.OutputTransmit:
		text = who + " sends its FIN"
		if !s.FIN {
			text = who + " sends the rest of its text"
		}
	case model.OutputAck:
		text = who + " acknowledges what it has received"
	case model.TimeoutRetransmission:
		text = who + "'s retransmission timer sends again what is not acknowledged"
	case model.TimeoutTimeWait:
		text = who + "'s TIME-WAIT is over (2 MSL)"
	case model.SegmentArrives:
		switch {
		case s.FIN:
			text = peer + "'s FIN reaches " + who
		case s.Segment.Has(model.RST):
			text = peer + "'s RST reaches " + who
		default:
			text = peer + "'s ACK reaches " + who
		}
	default:
		text = s.Kind.String() + " at " + who
	}
	if s.Before != s.After {
		text += " (" + s.After.String() + ")"
	}
	return text
}
