package history

import (
	"strings"

	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// tick is the time that a move of the machine takes: what happens at once is
// at one moment, and users call and return in between.
const tick = 10

// moment is something that a user learned or brought about: when, and what.
type moment struct {
	at     int64
	data   string // octets that were read, or written
	result Result
}

// account is what the machine did for the users of one side: the moments
// between which their calls will be put.
type account struct {
	sends   []moment // each accepted one octet
	reads   []moment
	refused []moment // SENDs that the machine refused
	close   []moment // the CLOSE, and its "ok" or that there will be none
	abort   []moment
	octets  map[model.Seq]byte // what arrived first, by sequence number
	ended   bool               // its reader has been told EOF, or of a reset
}

// Recorder follows a run of the machine and notes what its users learn. It
// asks the machine again about every step: what a step did is neither state nor
// label.
type Recorder struct {
	System *system.System
	Notes  []Note
	sides  [2]account
	now    int64
}

// NewRecorder begins in a state in which the connection is open, whose users
// may have done something already.
func NewRecorder(b *system.System, start *[2]system.Side) *Recorder {
	r := &Recorder{System: b}
	for i := range r.sides {
		r.sides[i].octets = map[model.Seq]byte{}
		for n := range int(start[i].User.Sent) {
			r.sides[i].sends = append(r.sides[i].sends, moment{int64(n), octet(i, uint32(n)), OK})
		}
		if start[i].User.Closed {
			r.sides[i].close = append(r.sides[i].close, moment{int64(start[i].User.Sent), "", OK})
		}
	}
	r.now = tick
	return r
}

// octet is the content of a position of a stream: a, b, c from A to B, and A, B,
// C the other way, so that an octet tells where it belongs.
func octet(side int, position uint32) string {
	return string(rune("aA"[side]) + rune(position%26))
}

// unwritten is an octet that nobody wrote.
const unwritten = '?'

// Step notes one step, taken from a state.
func (r *Recorder) Step(from *[2]system.Side, t *properties.Transition) {
	r.now += tick
	r.Notes = append(r.Notes, Note{r.now, t.Side, r.System.Label(t.Side, t.Action)})
	if t.Action.Kind == system.Lose {
		return
	}
	who := t.Side
	if t.Action.Kind.Arrives() {
		who = 1 - who
		r.sides[who].arrive(1-who, t.Action.Segment)
	}
	list, _ := r.System.Happenings(from[who], t.Action)
	for i := range list {
		r.happens(who, &list[i], r.now+int64(i))
	}
}

// arrive remembers the octets of a segment by their sequence numbers. The
// ghost in it tells which they are in the stream of the sender.
func (a *account) arrive(sender int, g model.Segment) {
	first := g.SEQ
	if g.Has(model.SYN) {
		first++
	}
	for i := range g.TXT {
		if _, known := a.octets[first.Add(i)]; !known {
			a.octets[first.Add(i)] = octet(sender, g.OCT+i)[0]
		}
	}
}

// text is the content of what was delivered.
func (a *account) text(r model.Range) string {
	var s strings.Builder
	for q := r.Lo; q != r.Hi; q++ {
		if c, ok := a.octets[q]; ok {
			s.WriteByte(c)
		} else {
			s.WriteByte(unwritten)
		}
	}
	return s.String()
}

// happens notes the answer to one question.
func (r *Recorder) happens(who int, x *system.Happening, at int64) {
	a, fx := &r.sides[who], &x.Fx
	done := !fx.Reply.Refused()
	if fx.Delivered.Len() > 0 {
		a.reads = append(a.reads, moment{at, a.text(fx.Delivered), OK})
	}
	if fx.Told(model.ToldEOF) {
		a.endRead(at, EOF)
	}
	switch {
	case x.Event.Kind == model.CallSEND && done:
		a.sends = append(a.sends, moment{at, octet(who, uint32(len(a.sends))), OK})
	case x.Event.Kind == model.CallCLOSE && done:
		a.close = append(a.close, moment{at, "", OK})
	case x.Event.Kind == model.CallABORT && done:
		a.abort = append(a.abort, moment{at, "", OK})
		// "All queued SENDs and RECEIVEs should be given "connection reset"
		// notification" [3.10.5]
		a.endRead(at, Reset)
		a.endClose(at, Reset)
	}
	if fx.Told(model.ToldCloseOK) {
		a.endClose(at, OK)
	}
	if fx.Told(model.ToldReset) {
		a.endRead(at, Reset)
	}
	for t := range fx.Took {
		if t.To == model.Closed && (t.Trigger == model.RcvRST || t.Trigger == model.RcvSYNInWindow) {
			// Where the RFC deletes the TCB in silence, the CLOSE never gets its
			// "ok": that is how its user learns of the reset.
			a.endClose(at, Reset)
		}
	}
}

// endRead notes the last result that a reader gets.
func (a *account) endRead(at int64, result Result) {
	if !a.ended {
		a.ended = true
		a.reads = append(a.reads, moment{at, "", result})
	}
}

// endClose notes how a CLOSE that is waited for ends.
func (a *account) endClose(at int64, result Result) {
	if len(a.close) == 1 {
		a.close = append(a.close, moment{at, "", result})
	}
}

// Try lets a user of a side SEND although the stream has ended, and notes that
// it is refused. What is not refused is not noted, and has not been done.
func (r *Recorder) Try(side int, s *system.Side) {
	if s.Broken {
		return
	}
	_, fx := r.System.Options.Step(s.TCB, model.Event{Kind: model.CallSEND, N: 1})
	if a := &r.sides[side]; fx.Reply.Refused() && len(a.close) > 0 {
		a.refused = append(a.refused, moment{r.now + tick/2, "!", Refused})
	}
}

// Finish says that nothing happens any more: who still waits, waits in vain.
func (r *Recorder) Finish() {
	r.now += tick
	for i := range r.sides {
		r.sides[i].endRead(r.now, TimedOut)
		r.sides[i].endClose(r.now, TimedOut)
	}
}
