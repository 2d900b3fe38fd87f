package explain

import (
	"slices"

	"finwait/candidates"
	"finwait/model"
)

// unknown is the state of a side of which nothing is known yet.
const unknown = model.NumStates

// trace is the history of a side, spread over the rows of the ladder: one for
// each packet.
type trace struct {
	state   []model.State  // after everything that happened in the row
	clause  []model.Clause // of the row's own packet: of its arrival, or else of its sending; NumClauses if there is none
	arrived []int32        // the row in which the row's own packet came to the side; nowhere if it did not
	remarks map[int][]candidates.Remark
}

// newTrace finds the row of each event: a sending its own packet's; an arrival
// the row of its packet, or that of the last sending before it if that is
// later; what nobody saw the row of the next thing that somebody did.
//
// An arrival that moves nothing, of a segment that is empty, is taken to have
// been in its own row: nobody can tell.
func newTrace(events []candidates.Event, rows int, fromClosed bool, empty func(int) bool) trace {
	t := trace{
		state: make([]model.State, rows), clause: make([]model.Clause, rows), arrived: make([]int32, rows),
		remarks: map[int][]candidates.Remark{},
	}
	for i := range t.state {
		t.state[i], t.clause[i], t.arrived[i] = unset, model.NumClauses, nowhere
	}
	last := 0
	var waiting []*candidates.Event // what nobody saw
	for i := range events {
		e := &events[i]
		if e.Packet == candidates.NoPacket {
			waiting = append(waiting, e)
			continue
		}
		own := int(e.Packet)
		row := max(own, last)
		for _, u := range waiting {
			t.put(row, u)
		}
		waiting = waiting[:0]
		last = row
		if e.Sent {
			t.put(row, e)
			continue
		}
		if row > own && empty(own) && e.State == t.state[row] && e.State.Synchronized() {
			row = own
			t.cite(row, e)
		} else {
			t.put(row, e)
		}
		if t.arrived[own] == nowhere {
			t.arrived[own] = int32(row)
		}
	}
	for _, u := range waiting {
		t.put(last, u)
	}
	state := unknown
	if fromClosed {
		state = model.Closed
	}
	for i, s := range t.state {
		if s == unset {
			t.state[i] = state
		}
		state = t.state[i]
	}
	return t
}

// nowhere is the row of a packet that did not arrive.
const nowhere = -1

// unset marks rows in which nothing happened to the side.
const unset = model.NumStates + 1

func (t *trace) put(row int, e *candidates.Event) {
	t.state[row] = e.State
	if e.Remark != candidates.NoRemark && !slices.Contains(t.remarks[row], e.Remark) {
		t.remarks[row] = append(t.remarks[row], e.Remark)
	}
	if int(e.Packet) == row {
		t.cite(row, e)
	}
}

// cite notes the clause that decided about the row's own packet.
func (t *trace) cite(row int, e *candidates.Event) {
	if c, ok := e.Clauses.Last(); ok {
		t.clause[row] = c
	}
}

// guesses lists what the capture does not show must have happened.
func (t *trace) guesses() []string {
	var list []string
	var rows []int
	for row := range t.remarks {
		rows = append(rows, row)
	}
	slices.Sort(rows)
	for _, row := range rows {
		for _, r := range t.remarks[row] {
			if r.Guess() && !slices.Contains(list, r.String()) {
				list = append(list, r.String())
			}
		}
	}
	return list
}

// at is the state of the side after everything in the rows up to row.
func (t *trace) at(row int) string {
	if s := t.state[row]; s < model.NumStates {
		return s.String()
	}
	return "?"
}

// moves reports whether a state moves in the row, or something is remarkable.
func (t *trace) moves(row int) bool {
	return row > 0 && t.state[row] != t.state[row-1] || len(t.remarks[row]) > 0
}

// before is the state before the row; NumStates if it is not known.
func (t *trace) before(row int) model.State {
	if row == 0 {
		return unknown
	}
	return t.state[row-1]
}
