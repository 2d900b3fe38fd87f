// Package script plays scripts on two endpoints: what each user does, and when
// each segment goes out and arrives, is written down, and the machine does the
// rest. It is for runs that are far too long to be searched for. The network is
// a FIFO in each direction, without loss; the endpoints are model.Step's, and
// there is no rule of TCP here.
package script

import (
	"fmt"

	"finwait/ladder"
	"finwait/model"
)

// Play is a script in progress. The first thing that goes wrong stays in Err,
// and nothing is done after it.
type Play struct {
	Options model.Options
	ISS     [2]model.Seq // what each side selects
	Apart   bool         // the ladder has a row where a segment leaves, and one where it arrives
	Ends    [2]model.TCB
	Users   [2]User
	Sent    [2]int // segments
	Rows    []ladder.Row
	Err     error

	wire [2][]model.Segment // in flight from each side, the oldest first
}

// User is what a user has been given.
type User struct {
	Octets   uint64 // in order, without a hole
	AfterFIN uint64 // of them, those that it was given after it had closed
	EOF      bool
}

func letter(side int) string { return string(rune('A' + side)) }

// Do is an event of one side: a call, an output, a timeout. It reports false if
// the machine refuses it, which is no error: the send window may be full.
func (p *Play) Do(side int, e model.Event) bool {
	if p.Err != nil {
		return false
	}
	e.ISS = p.ISS[side]
	fx := p.step(side, e)
	switch {
	case fx.Reply.Refused():
		return false
	case fx.Sends && p.Apart:
		p.row(ladder.Row{Action: letter(side) + " " + e.String(), Way: way(side, ladder.FromA), Text: p.text(side, fx.Segment), Clause: clause(&fx)})
	case e.Kind < model.OutputTransmit && e.Kind != model.CallRECEIVE:
		p.row(ladder.Row{Action: letter(side) + " " + e.String(), Clause: clause(&fx)})
	}
	return true
}

func way(side int, w ladder.Way) ladder.Way {
	if side == 1 {
		return w.Reverse()
	}
	return w
}

func (p *Play) text(side int, g model.Segment) string { return g.Relative(p.ISS[side], p.ISS[1-side]) }

// Must is an event that must not be refused.
func (p *Play) Must(side int, e model.Event) {
	if !p.Do(side, e) && p.Err == nil {
		p.Err = fmt.Errorf("%s in %v refuses %v", letter(side), p.Ends[side].State, e)
	}
}

// InFlight is how many segments of a side are in flight.
func (p *Play) InFlight(side int) int { return len(p.wire[side]) }

// Arrive lets the oldest segment of a side arrive at the other. Unless
// departures have rows of their own, the row is the whole way of the segment.
func (p *Play) Arrive(from int) {
	if p.Err != nil || len(p.wire[from]) == 0 {
		return
	}
	g := p.wire[from][0]
	p.wire[from] = p.wire[from][1:]
	e := model.Arrive(g)
	e.ISS = p.ISS[1-from]
	fx := p.step(1-from, e)
	r := ladder.Row{Way: way(from, ladder.Across), Text: p.text(from, g), Clause: clause(&fx)}
	if p.Apart {
		r.Action, r.Way = letter(from)+" Deliver", way(from, ladder.ToB)
	}
	p.row(r)
	if p.Apart && fx.Sends {
		p.row(ladder.Row{Action: "  " + letter(1-from) + " replies", Way: way(1-from, ladder.FromA), Text: p.text(1-from, fx.Segment)})
	}
}

func clause(fx *model.Effects) string {
	last, ok := fx.Clauses.Last()
	if !ok {
		return ""
	}
	return ladder.Clause(last.Section())
}

// row notes the states that both sides have now.
func (p *Play) row(r ladder.Row) {
	r.A, r.B = p.Ends[0].State.String(), p.Ends[1].State.String()
	p.Rows = append(p.Rows, r)
}

// step asks the machine, and keeps what it sends and delivers.
func (p *Play) step(side int, e model.Event) model.Effects {
	before := p.Ends[side]
	next, fx := p.Options.Step(before, e)
	p.Ends[side] = next
	if fx.Sends {
		p.Sent[side]++
		p.wire[side] = append(p.wire[side], fx.Segment)
	}
	u := &p.Users[side]
	if n := uint64(fx.Delivered.Len()); n > 0 {
		at := fx.Delivered.Lo.From(before.RCV.IRS) - 1
		if uint64(at) != u.Octets {
			p.Err = fmt.Errorf("%s is given octet %d after octet %d", letter(side), at, u.Octets)
		}
		u.Octets += n
		if before.Is(model.CloseCalled) {
			u.AfterFIN += n
		}
	}
	u.EOF = u.EOF || fx.Told(model.ToldEOF)
	return fx
}
