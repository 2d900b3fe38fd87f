package conformance_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/conformance"
	"finwait/model"
)

const untimed = conformance.CanListen | conformance.CanConnect | conformance.CanHalfClose | conformance.CanAbort

// The tests are the same every time, each has its own name, and its event where
// it says.
func TestGenerate(t *testing.T) {
	cases := conformance.Generate(conformance.CanAll)
	if !reflect.DeepEqual(cases, conformance.Generate(conformance.CanAll)) {
		t.Fatal("another run makes other cases")
	}
	names := map[string]string{}
	for i := range cases {
		c := &cases[i]
		require.Less(t, c.At, len(c.Inputs), c.Name)
		key := ""
		for _, in := range c.Inputs {
			key += in.String() + "\n"
		}
		if known, ok := names[key]; ok {
			t.Fatalf("%s is the same test as %s", c.Name, known)
		}
		names[key] = c.Name
	}
	assert.Equal(t, 30638, len(cases))
}

// Every cell of the matrix is filled that can be: a segment of each kind, and
// every timeout, in every state; and the calls, where there is a user to call.
func TestMatrixIsFull(t *testing.T) {
	cases := conformance.Generate(conformance.CanAll)
	filled := map[model.State]map[string]int{}
	columns := map[string]bool{}
	for i := range cases {
		c := &cases[i]
		if filled[c.State] == nil {
			filled[c.State] = map[string]int{}
		}
		filled[c.State][c.Event]++
		columns[c.Event] = true
	}
	require.Len(t, filled, int(model.NumStates))
	require.Len(t, columns, 20)
	for s := range model.NumStates {
		for col := range columns {
			if canBe(s, col) {
				assert.NotZero(t, filled[s][col], "%v, %s", s, col)
			} else {
				assert.Zero(t, filled[s][col], "%v, %s", s, col)
			}
		}
	}
}

// canBe tells which cells there are.
func canBe(s model.State, column string) bool {
	switch column {
	case "listen", "connect":
		return s == model.Closed // a socket opens once
	case "close":
		// Who has closed has nothing to call any more; and what close() means for
		// reading after shutdown(), RFC 9293 does not say.
		return s < model.FinWait1 || s == model.CloseWait
	case "wait-2msl":
		// The timer runs in TIME-WAIT; elsewhere it is asked whether another ends
		// what is quiet. Where something is outstanding, nothing is quiet.
		return s != model.SynSent && s != model.SynReceived && s != model.FinWait1 && s != model.Closing && s != model.LastAck
	}
	return true
}

// With fewer capabilities the ways are others, not the states.
func TestGenerateForLess(t *testing.T) {
	runnable := func(caps conformance.Caps) (n int, states map[model.State]bool) {
		states = map[model.State]bool{}
		for _, c := range conformance.Generate(caps) {
			if c.Needs&^caps == 0 {
				n++
				states[c.State] = true
			}
		}
		return n, states
	}
	n, states := runnable(untimed)
	assert.Len(t, states, int(model.NumStates))
	assert.Equal(t, 18930, n)
	n, states = runnable(conformance.CanListen | conformance.CanHalfClose)
	assert.NotContains(t, states, model.SynSent)
	assert.Len(t, states, int(model.NumStates)-1)
	assert.Equal(t, 15041, n)
}
