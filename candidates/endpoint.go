package candidates

import (
	"slices"

	"finwait/model"
)

// Endpoint is one state of an endpoint under test, whose every input is known
// and arrives at once: nothing is waiting, nothing is guessed. Only what it
// puts out is seen from outside. (A Tracker follows an endpoint of which only
// the packets are seen.)
type Endpoint struct {
	TCB    model.TCB
	Waited int // percent of 2MSL that has passed in TIME-WAIT since its timer was started
}

// Reaction is one way in which an endpoint may react to an event: all that it
// does before it rests.
type Reaction struct {
	To      Endpoint
	Sent    []model.Segment // in order, as the machine forms them
	Read    model.Range     // octets handed to the user
	Reply   model.Reply     // the immediate answer to the event
	Notices model.Notices
	Clauses model.Clauses // those of the event, and of the outputs after it
	Last    model.Clause  // the one that decided the event
	Options model.Options // under which the machine does this
	Needs   int           // how many readings it needs beyond the default
}

// Readings are the options under which an endpoint still does what RFC 9293
// allows. Left out are the half-duplex CLOSE (MAY-1), which is another call of
// the user; ack-at-once, which needs no option here; and the two of RFC 793 that
// RFC 9293 forbids: a RST, or a SYN, anywhere in the window that resets.
func Readings() []model.Option { return readings }

var readings = func() (list []model.Option) {
	for _, name := range []string{
		"seqcheck", "time-wait-acks-all", "zero-window-fin", "strict-receive", "closed-forgets", "reset-flushes",
		"abort-time-wait", "simultaneous-synack", "time-wait-ignores-rst", "ack-out-of-order", "rst-carries-ack",
		"text-not-held",
	} {
		d, _ := model.Lookup(name)
		list = append(list, d)
	}
	return list
}()

// maxReadings is how many readings one event may need together.
const maxReadings = 2

// Step lists what the endpoint may become by the event, before any output: a
// reaction under base, and one for each set of at most maxReadings of the
// readings under which the outcome is another.
func (k Endpoint) Step(e model.Event, base model.Options, readings []model.Option) []Reaction {
	out := []Reaction{k.step(e, base)}
	for first := 0; first < len(out); first++ {
		if out[first].Needs == maxReadings {
			continue
		}
		for _, d := range readings {
			o := out[first].Options
			if d.Get(o) {
				continue
			}
			d.Set(&o, true)
			if r := k.step(e, o); !slices.ContainsFunc(out, r.sameAs) {
				r.Needs = out[first].Needs + 1
				out = append(out, r)
			}
		}
	}
	return out
}

// step is one answer of the machine.
func (k Endpoint) step(e model.Event, o model.Options) Reaction {
	next, fx := o.Step(k.TCB, e)
	last, _ := fx.Clauses.Last()
	r := Reaction{
		To: Endpoint{next, k.Waited}, Read: fx.Delivered, Reply: fx.Reply, Notices: fx.Notices,
		Clauses: fx.Clauses, Last: last, Options: o,
	}
	if fx.Started&model.TimerTimeWait != 0 || next.State != model.TimeWait {
		r.To.Waited = 0
	}
	if fx.Sends {
		r.Sent = []model.Segment{fx.Segment}
	}
	return r
}

// sameAs compares what is done, not by which reading.
func (r Reaction) sameAs(q Reaction) bool {
	return r.To == q.To && r.Read == q.Read && r.Reply == q.Reply && slices.Equal(r.Sent, q.Sent)
}

// Outputs lists how the reaction may go on by outputs until the endpoint
// rests. What can be sent must be sent, but for two things: text behind
// outstanding text may wait for its acknowledgment (Nagle, SHLD-7), and an
// acknowledgment may be delayed (SHLD-18), unless the delay is over.
func (r Reaction) Outputs(delayOver bool) []Reaction {
	out := r.then(model.Event{Kind: model.OutputTransmit}, delayOver)
	c := &r.To.TCB
	if c.Is(model.ACKPending) {
		out = append(out, r.then(model.Event{Kind: model.OutputAck}, delayOver)...)
	}
	due := len(out) > 0 && r.canTransmit()
	nagle := c.SND.UNA != c.SND.NXT && c.Unsent() > 0
	if (!due || nagle) && (!delayOver || !c.Is(model.ACKPending)) {
		out = append([]Reaction{r}, out...)
	}
	return out
}

// then is the reaction after one output, gone on with. As much is transmitted
// as the window has room for, the FIN with the last of it.
func (r Reaction) then(e model.Event, delayOver bool) []Reaction {
	if e.Kind == model.OutputTransmit {
		var ok bool
		if e, ok = r.Transmission(); !ok {
			return nil
		}
	}
	next, fx := r.Options.Step(r.To.TCB, e)
	if fx.Reply.Refused() {
		return nil
	}
	r.To.TCB = next
	r.Clauses |= fx.Clauses
	r.Sent = append(slices.Clone(r.Sent), fx.Segment)
	return r.Outputs(delayOver)
}

// canTransmit reports whether a transmission is possible now.
func (r Reaction) canTransmit() bool {
	_, ok := r.Transmission()
	return ok
}

// Transmission is the largest one that is possible.
func (r Reaction) Transmission() (model.Event, bool) {
	c := &r.To.TCB
	if !c.State.Synchronized() || c.State == model.TimeWait {
		return model.Event{}, false
	}
	n := c.Unsent()
	for _, e := range []model.Event{
		{Kind: model.OutputTransmit, N: n, FIN: true},
		{Kind: model.OutputTransmit, N: n},
		{Kind: model.OutputTransmit, N: min(n, room(c))},
	} {
		if _, fx := r.Options.Step(*c, e); !fx.Reply.Refused() {
			return e, true
		}
	}
	return model.Event{}, false
}

// room is what the send window admits beyond SND.NXT.
func room(c *model.TCB) uint32 {
	used := c.SND.NXT.From(c.SND.UNA)
	return c.SND.WND - min(used, c.SND.WND)
}
