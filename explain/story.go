package explain

import (
	"time"

	"finwait/candidates"
	"finwait/capture"
	"finwait/model"
)

// Ending is how a connection ended, as far as the capture goes.
type Ending string

// The endings.
const (
	Orderly    Ending = "orderly"     // both ends sent a FIN, and both are over or in TIME-WAIT
	Reset      Ending = "reset"       // by a RST: the Cause tells why
	Refused    Ending = "refused"     // the SYN was answered by a RST
	Unanswered Ending = "unanswered"  // nothing but SYNs
	Opening    Ending = "opening"     // the handshake is not complete
	Open       Ending = "open"        // neither end has sent a FIN
	HalfClosed Ending = "half-closed" // one end has sent its FIN, the other has not
	Closing    Ending = "closing"     // both have; the last ACK is missing
)

// Cause is why a RST was sent.
type Cause string

// The causes.
const (
	NoCause        Cause = ""
	PortClosed     Cause = "port closed"      // nobody listens
	Abort          Cause = "abort"            // the program aborted (SO_LINGER of 0, a crash)
	UnreadData     Cause = "unread data"      // the program closed without having read all
	DataAfterClose Cause = "data after close" // text came for a program that had closed both ways
	HalfOpen       Cause = "half-open peer"   // the sender knew the connection no longer, or never
	LateSegment    Cause = "late segment"     // a straggler came when the connection was over
	ThirdParty     Cause = "third party"      // the end in whose name it was sent went on
	Unclear        Cause = "unclear"          // the capture does not show what it answers, or it deviates
)

// Close is the closing of one end, or its RST.
type Close struct {
	FromB  bool
	Packet int           // an index of Packet
	After  time.Duration // since the first packet
}

// Story is what happened to a connection.
type Story struct {
	Opener  string // "A", "B", "both", or "" if the opening was not captured
	Opening bool   // both SYNs were captured
	Closes  []Close
	Crossed bool          // the second FIN was sent before the first one had come
	Half    time.Duration // from the first FIN to the second one, or the RST, or the end of the capture
	InHalf  int64         // octets that the other end sent in that time
	Ending  Ending
	RST     *Close // the first RST
	RSTs    int
	Cause   Cause
	A, B    Sent
	Length  time.Duration
	Back    int // how often the clock went back
}

// Story tells what happened.
func (x *Connection) Story() *Story {
	if x.story == nil {
		x.story = x.tell()
	}
	return x.story
}

func (x *Connection) tell() *Story {
	s := &Story{}
	var sides [2]counter
	var bare, answer [2]bool
	var last time.Time
	var fin model.Seq // just past the first FIN
	answered, stopped := false, false
	for i := range x.Len() {
		q := x.source.At(i)
		p := x.packetOf(&q)
		g, from := p.Segment, 0
		if p.FromB {
			from = 1
		}
		if p.Time.Before(last) {
			s.Back++
		}
		last = p.Time
		me := &sides[from]
		if q.WrongChecksum {
			me.BadChecksums++
		}
		if q.Copy {
			me.Copies++
			continue
		}
		before := me.Octets
		me.counts(&q, g, &sides[1-from])
		if len(s.Closes) == 1 && !stopped && s.Closes[0].FromB != p.FromB {
			s.InHalf += me.Octets - before
		}
		at := Close{p.FromB, i, p.Time.Sub(x.source.At(0).Time)}
		switch {
		case g.Has(model.SYN | model.ACK):
			answer[from] = true
		case g.Has(model.SYN):
			bare[from] = true
		case g.Has(model.RST):
			s.RSTs++
			if s.RST == nil {
				s.RST, stopped = &at, true
			}
		}
		if !g.Has(model.SYN) && !g.Has(model.RST) {
			answered = true
		}
		if g.Has(model.FIN) && len(s.Closes) < 2 && (len(s.Closes) == 0 || s.Closes[0].FromB != p.FromB) {
			s.Closes = append(s.Closes, at)
			s.Crossed = len(s.Closes) == 2 && g.ACK.Before(fin)
			fin = g.End()
		}
	}
	if n := x.Len(); n > 0 {
		s.Length = x.source.At(n - 1).Time.Sub(x.source.At(0).Time)
	}
	s.opened(bare, answer)
	s.halfClosed()
	s.A, s.B = sides[0].total(), sides[1].total()
	s.A.Lost, s.B.Lost = x.losses()
	s.end(x, answered)
	return s
}

// opened tells who sent a SYN without ACK, or was sent one with ACK.
func (s *Story) opened(bare, answer [2]bool) {
	s.Opening = (bare[0] || answer[0]) && (bare[1] || answer[1])
	switch {
	case bare[0] && bare[1]:
		s.Opener = "both"
	case bare[0] || answer[1]:
		s.Opener = "A"
	case bare[1] || answer[0]:
		s.Opener = "B"
	}
}

// halfClosed measures the time with one FIN sent.
func (s *Story) halfClosed() {
	if len(s.Closes) == 0 {
		return
	}
	end := s.Length
	if len(s.Closes) == 2 {
		end = s.Closes[1].After
	}
	if s.RST != nil && s.RST.After < end && s.RST.After >= s.Closes[0].After {
		end = s.RST.After
	}
	s.Half = max(0, end-s.Closes[0].After)
}

// end tells how it ended.
func (s *Story) end(x *Connection, answered bool) {
	over := x.A.over() && x.B.over() || x.A.over() && !x.B.Seen || x.B.over() && !x.A.Seen
	switch {
	case s.RST != nil && !answered && len(s.Closes) == 0 && s.RST.FromB && !x.sentSYN(true):
		s.Ending = Refused
		s.Cause = PortClosed
	case s.RST != nil:
		s.Cause = x.cause(s.RST)
		switch {
		case len(s.Closes) == 2 && over && (s.Cause == LateSegment || s.Cause == HalfOpen):
			s.Ending = Orderly // the RST only turned away what came late
		case s.Cause == ThirdParty && len(s.Closes) == 2 && over:
			s.Ending = Orderly
		case s.Cause == ThirdParty && x.side(!s.RST.FromB).State != model.Closed:
			s.Ending = s.open(x, answered)
		default:
			s.Ending = Reset
		}
	case len(s.Closes) == 2 && over:
		s.Ending = Orderly
	default:
		s.Ending = s.open(x, answered)
	}
}

// open is the ending of what has not ended.
func (s *Story) open(x *Connection, answered bool) Ending {
	switch {
	case len(s.Closes) == 2:
		return Closing
	case len(s.Closes) == 1:
		return HalfClosed
	case !answered && !x.sentSYN(true) || !answered && !x.sentSYN(false):
		return Unanswered
	case !answered:
		return Opening
	default:
		return Open
	}
}

func (x *Connection) side(b bool) *Side {
	if b {
		return &x.B
	}
	return &x.A
}

// sentSYN reports whether a side's SYN was captured.
func (x *Connection) sentSYN(ofB bool) bool {
	addr := x.A.Addr
	if ofB {
		addr = x.B.Addr
	}
	_, known := x.source.ISS(addr)
	return known
}

// causes are what the remarks on the sender's history say of its RST.
var causes = map[candidates.Remark]Cause{
	candidates.Injected: ThirdParty, candidates.ClosedUnread: UnreadData, candidates.Aborted: Abort,
	candidates.DataAfterClose: DataAfterClose, candidates.FinWait2TimedOut: DataAfterClose,
	candidates.EndedSilently: HalfOpen, candidates.AnswersLate: LateSegment,
	candidates.AnswersUnseen: Unclear, candidates.BeganTooLate: Unclear,
}

// cause tells why a RST was sent, by what its sender's history says of it.
func (x *Connection) cause(rst *Close) Cause {
	s := x.side(rst.FromB)
	if x.Deviation != nil && x.Deviation.Packet == rst.Packet {
		return Unclear
	}
	for row := rst.Packet; row >= 0; row-- {
		for _, r := range s.trace.remarks[row] {
			if c, ok := causes[r]; ok {
				return c
			}
		}
		if row < rst.Packet && x.Packet(row).FromB == rst.FromB {
			break // what it has sent before has other reasons
		}
	}
	before := s.trace.before(rst.Packet)
	switch {
	case before == model.SynSent:
		return HalfOpen
	case before != model.Closed && before != model.Listen && before < model.NumStates:
		return LateSegment // it came to its end, and answered what came afterwards
	case x.sentBefore(rst):
		return LateSegment
	default:
		return PortClosed
	}
}

// sentBefore reports whether the sender of the RST had sent anything before.
func (x *Connection) sentBefore(rst *Close) bool {
	for i := range rst.Packet {
		if x.source.FromA(x.source.At(i)) != rst.FromB {
			return true
		}
	}
	return false
}

// losses counts the segments of which only a later copy arrived.
func (x *Connection) losses() (a, b int) {
	for i := range x.Len() {
		p := x.Packet(i)
		to := &x.B
		if p.FromB {
			to = &x.A
		}
		switch {
		case !x.lost(i, p, to):
		case p.FromB:
			b++
		default:
			a++
		}
	}
	return a, b
}

// packetOf is Packet of what the capture has.
func (x *Connection) packetOf(p *capture.Packet) Packet {
	return Packet{p.Number, p.Time, !x.source.FromA(*p), segment(p)}
}
