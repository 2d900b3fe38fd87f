package tla

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
	"finwait/model/system"
)

// filled is a side in which nothing is zero.
func filled() *system.Side {
	s := &system.Side{
		TCB: model.TCB{
			State: model.FinWait1, Flags: 1<<9 - 1, NumHeld: 2,
			SND: model.SendVars{ISS: 1, UNA: 2, NXT: 3, END: 4, WND: 5, WL1: 6, WL2: 7, ACKED: 8},
			RCV: model.RecvVars{IRS: 1, NXT: 2, READ: 3, WND: 4, FIN: 15},
		},
		NumNet: 2, Dups: 3, Injected: 4, Room: 5, Ended: system.EndedReset, GotFIN: true, FINAt: 9,
		User: system.User{Sent: 1, Next: 2, Opened: true, Closed: true, Abort: true, EOF: true, Error: true, Hole: true},
	}
	s.Held[0], s.Held[1] = model.Range{Lo: 8, Hi: 11}, model.Range{Lo: 12, Hi: 13}
	s.Net[0] = model.Segment{SEQ: 1, ACK: 2, WND: 3, TXT: 4, OCT: 5, CTL: model.FIN | model.ACK}
	s.Net[1] = model.Segment{CTL: model.SYN | model.RST}
	return s
}

// A state is written in full, fields and sets in order.
func TestState(t *testing.T) {
	const want = `[ghost |-> [A |-> [ended |-> "reset", finAt |-> 9, gotFIN |-> TRUE], B |-> [ended |-> "not ended", finAt |-> 0, gotFIN |-> FALSE]], ` +
		`net |-> [A |-> {[ACK |-> 0, CTL |-> {"RST", "SYN"}, OCT |-> 0, SEQ |-> 0, TXT |-> 0, WND |-> 0], ` +
		`[ACK |-> 2, CTL |-> {"ACK", "FIN"}, OCT |-> 5, SEQ |-> 1, TXT |-> 4, WND |-> 3]}, B |-> {}], ` +
		`spent |-> [A |-> [dups |-> 3, forged |-> 4], B |-> [dups |-> 0, forged |-> 0]], ` +
		`tcb |-> [A |-> [RCV |-> [FIN |-> 15, IRS |-> 1, NXT |-> 2, READ |-> 3, ROOM |-> 5, WND |-> 4], ` +
		`SND |-> [ACKED |-> 8, END |-> 4, ISS |-> 1, NXT |-> 3, UNA |-> 2, WL1 |-> 6, WL2 |-> 7, WND |-> 5], ` +
		`flags |-> {"ACKPending", "CloseCalled", "EOFTold", "FINHeld", "FINReceived", "NoReader", "Passive", "RSTSent", "TimerTW"}, ` +
		`held |-> {8, 9, 10, 12}, state |-> "FIN-WAIT-1"], ` +
		`B |-> [RCV |-> [FIN |-> 0, IRS |-> 0, NXT |-> 0, READ |-> 0, ROOM |-> 0, WND |-> 0], ` +
		`SND |-> [ACKED |-> 0, END |-> 0, ISS |-> 0, NXT |-> 0, UNA |-> 0, WL1 |-> 0, WL2 |-> 0, WND |-> 0], ` +
		`flags |-> {}, held |-> {}, state |-> "CLOSED"]], ` +
		`user |-> [A |-> [abort |-> TRUE, closed |-> TRUE, eof |-> TRUE, error |-> TRUE, hole |-> TRUE, next |-> 2, opened |-> TRUE, sent |-> 1], ` +
		`B |-> [abort |-> FALSE, closed |-> FALSE, eof |-> FALSE, error |-> FALSE, hole |-> FALSE, next |-> 0, opened |-> FALSE, sent |-> 0]]]`
	got := State(filled(), &system.Side{Role: 1}, false)
	assert.Equal(t, want, got)
	again, err := Canonical(conjunction(got))
	require.NoError(t, err)
	assert.Equal(t, want, again, "and read back, it is the same")
}

// In a queue the order is part of the state.
func TestStateOfQueues(t *testing.T) {
	s, turned := filled(), filled()
	turned.Net[0], turned.Net[1] = s.Net[1], s.Net[0]
	assert.Equal(t, State(s, filled(), false), State(turned, filled(), false))
	got := State(s, filled(), true)
	assert.NotEqual(t, got, State(turned, filled(), true))
	again, err := Canonical(conjunction(got))
	require.NoError(t, err)
	assert.Equal(t, got, again)
}

// conjunction is a state as TLC writes it.
func conjunction(state string) string {
	fields := map[string]string{}
	flatten1(state, fields)
	text := ""
	for name, v := range fields {
		text += "/\\ " + name + " = " + v + "\n"
	}
	return text
}

// What TCP.tla does not know is written too, if it is there: such a state is
// equal to none of TLC's.
func TestStateShowsWhatTheSpecificationLacks(t *testing.T) {
	none := State(&system.Side{}, &system.Side{}, false)
	assert.NotContains(t, none, "panicked")
	assert.NotContains(t, none, "WANT")
	assert.Contains(t, State(&system.Side{Broken: true}, &system.Side{}, false), "panicked |-> TRUE")
	s := system.Side{}
	s.RCV.WANT = 2
	assert.Contains(t, State(&s, &system.Side{}, false), "WANT |-> 2")
}

// So is what a later side may have.
func TestOthers(t *testing.T) {
	type more struct{ Known, Zero, Budget int }
	fields := fieldsBut[more]("Known")
	assert.Equal(t, []int{1, 2}, fields)
	var w writer
	w.others(&more{1, 0, 2}, fields)
	assert.Equal(t, `Budget |-> "2"`, w.String())
}

// Different states have different texts: no field of a side is forgotten.
func TestStateIsInjective(t *testing.T) {
	seen := map[string]string{}
	for name, change := range map[string]func(*system.Side){
		"nothing": func(*system.Side) {},
		"state":   func(s *system.Side) { s.State++ }, "flags": func(s *system.Side) { s.Flags-- },
		"iss": func(s *system.Side) { s.SND.ISS++ }, "una": func(s *system.Side) { s.SND.UNA++ },
		"nxt": func(s *system.Side) { s.SND.NXT++ }, "end": func(s *system.Side) { s.SND.END++ },
		"wnd": func(s *system.Side) { s.SND.WND++ }, "wl1": func(s *system.Side) { s.SND.WL1++ },
		"wl2": func(s *system.Side) { s.SND.WL2++ }, "acked": func(s *system.Side) { s.SND.ACKED++ },
		"irs": func(s *system.Side) { s.RCV.IRS++ }, "rcv.nxt": func(s *system.Side) { s.RCV.NXT++ },
		"read": func(s *system.Side) { s.RCV.READ++ }, "rcv.wnd": func(s *system.Side) { s.RCV.WND++ },
		"want": func(s *system.Side) { s.RCV.WANT++ }, "fin": func(s *system.Side) { s.RCV.FIN++ },
		"held": func(s *system.Side) { s.Held[1].Hi++ }, "fewer held": func(s *system.Side) { s.NumHeld-- },
		"net": func(s *system.Side) { s.Net[0].SEQ++ }, "fewer in flight": func(s *system.Side) { s.NumNet-- },
		"sent": func(s *system.Side) { s.User.Sent++ }, "next": func(s *system.Side) { s.User.Next++ },
		"opened": func(s *system.Side) { s.User.Opened = false }, "closed": func(s *system.Side) { s.User.Closed = false },
		"abort": func(s *system.Side) { s.User.Abort = false }, "eof": func(s *system.Side) { s.User.EOF = false },
		"error": func(s *system.Side) { s.User.Error = false }, "hole": func(s *system.Side) { s.User.Hole = false },
		"dups": func(s *system.Side) { s.Dups++ }, "forged": func(s *system.Side) { s.Injected++ },
		"room": func(s *system.Side) { s.Room++ }, "ended": func(s *system.Side) { s.Ended++ },
		"got fin": func(s *system.Side) { s.GotFIN = false }, "broken": func(s *system.Side) { s.Broken = true },
		"fin at": func(s *system.Side) { s.FINAt++ },
	} {
		s := filled()
		change(s)
		text := State(s, filled(), false)
		other, twice := seen[text]
		assert.False(t, twice, "%s and %s", name, other)
		seen[text] = name
	}
}

// flatten1 takes a record apart, but not the records in it.
func flatten1(record string, into map[string]string) {
	p := parser{text: record}
	p.skip("[")
	for !p.skip("]") {
		p.skip(",")
		name := p.word()
		p.skip("|->")
		into[name], _ = p.value()
	}
}
