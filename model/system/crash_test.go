package system

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// A crash takes the TCB and nothing else: what was sent is still in flight, and
// what the user did is still remembered.
func TestCrash(t *testing.T) {
	s := newSystem(t, scenario(t, "crash", 1, 1, func(b *Bounds) { b.Start, b.Crashes = FromEstablished, [2]int{2, 0} }))
	pair := started(s)
	side, _ := s.step(pair[0], Action{Kind: Send})
	side, _ = s.step(side, Action{Kind: Transmit, N: 1})
	list := moves(s, side, Crash)
	require.Len(t, list, 1)
	next := list[0].Next
	assert.Equal(t, model.TCB{}, next.TCB)
	assert.Equal(t, EndedCrash, next.Ended)
	assert.EqualValues(t, 1, next.Crashes)
	assert.Equal(t, side.InFlight(), next.InFlight())
	assert.Equal(t, side.User, next.User)
	assert.Empty(t, moves(s, next, Crash), "there is nothing to forget")
	side.Crashes = 2
	assert.Empty(t, moves(s, side, Crash), "the budget is spent")
	assert.Empty(t, moves(s, pair[1], Crash), "B does not crash")
	side.Crashes, side.State = 0, model.Listen
	assert.Empty(t, moves(s, side, Crash), "in LISTEN there is no connection yet")
	happened, same := s.Happenings(side, Action{Kind: Crash})
	assert.Empty(t, happened, "the machine is not asked")
	assert.Equal(t, side, same)
}

// After a crash there is one more end: nobody tells who waits in FIN-WAIT-2.
func TestTerminalAfterACrash(t *testing.T) {
	waits, gone := Side{TCB: model.TCB{State: model.FinWait2}}, Side{Crashes: 1}
	assert.True(t, Terminal(&waits, &gone))
	assert.True(t, Terminal(&gone, &waits))
	assert.False(t, Terminal(&waits, &Side{}), "without a crash it is a deadlock")
	waits.State = model.CloseWait
	assert.False(t, Terminal(&waits, &gone))
}
