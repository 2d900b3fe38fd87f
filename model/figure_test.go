package model

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestStates(t *testing.T) {
	for s := range NumStates {
		parsed, ok := ParseState(s.String())
		assert.True(t, ok)
		assert.Equal(t, s, parsed)
	}
	_, ok := ParseState("SYN_SENT")
	assert.False(t, ok)
	assert.Equal(t, "STATE(?)", NumStates.String())
	assert.False(t, NumStates.Synchronized())
	var synchronized []string
	for s := range NumStates {
		if s.Synchronized() {
			synchronized = append(synchronized, s.String())
		}
	}
	assert.Equal(t, "ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, CLOSE-WAIT, CLOSING, LAST-ACK, TIME-WAIT", strings.Join(synchronized, ", "))
	for tr := range numTriggers {
		assert.NotEmpty(t, tr.String())
	}
	assert.Equal(t, "TRIGGER(?)", numTriggers.String())
}

// TestFigure5 lists the arrows that the RFC has drawn.
func TestFigure5(t *testing.T) {
	want := []string{
		"CLOSED --passive OPEN--> LISTEN", "CLOSED --active OPEN--> SYN-SENT",
		"LISTEN --SEND--> SYN-SENT", "LISTEN --CLOSE--> CLOSED", "LISTEN --rcv SYN--> SYN-RECEIVED",
		"SYN-SENT --CLOSE--> CLOSED", "SYN-SENT --rcv SYN--> SYN-RECEIVED", "SYN-SENT --rcv SYN,ACK--> ESTABLISHED",
		"SYN-RECEIVED --CLOSE--> FIN-WAIT-1", "SYN-RECEIVED --rcv ACK of SYN--> ESTABLISHED", "SYN-RECEIVED --rcv RST (note 1)--> LISTEN",
		"ESTABLISHED --CLOSE--> FIN-WAIT-1", "ESTABLISHED --rcv FIN--> CLOSE-WAIT",
		"FIN-WAIT-1 --rcv ACK of FIN--> FIN-WAIT-2", "FIN-WAIT-1 --rcv FIN--> CLOSING",
		"FIN-WAIT-2 --rcv FIN--> TIME-WAIT", "CLOSE-WAIT --CLOSE--> LAST-ACK",
		"CLOSING --rcv ACK of FIN--> TIME-WAIT", "LAST-ACK --rcv ACK of FIN--> CLOSED", "TIME-WAIT --Timeout=2MSL--> CLOSED",
	}
	var drawn, options []string
	for a := range Arrows {
		if a.Drawn {
			drawn = append(drawn, a.String())
		}
		if a.Option {
			options = append(options, a.String())
		}
		assert.False(t, a.Drawn && a.Option, a)
		resets := a.Trigger == RcvRST || a.Trigger == CallAbort || a.Trigger == UserTimeout
		assert.True(t, !resets || a.To == Closed && !a.Drawn, "%v: %v", a, a.To)
	}
	assert.Equal(t, want, drawn)
	assert.Equal(t, []string{"FIN-WAIT-2 --FIN-WAIT-2 timeout--> CLOSED"}, options)
	for a := range Arrows {
		assert.Equal(t, Closed, a.From)
		break
	}
	for s := Listen; s < NumStates; s++ {
		for _, tr := range []Trigger{CallAbort, UserTimeout} {
			_, ok := arrowFrom(s, tr)
			assert.True(t, ok, "for any state: %v in %v", tr, s)
		}
	}
	_, ok := arrowFrom(NumStates, RcvFIN)
	assert.False(t, ok)
	_, ok = arrowFrom(Closed, numTriggers)
	assert.False(t, ok)
}

// TestTheDrawingIsTheRFCs: doc.go has Figure 5 as the RFC draws it.
func TestTheDrawingIsTheRFCs(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	text, err := os.ReadFile("testdata/rfc9293-3.3.txt")
	require.NoError(t, err)
	before, _, found := strings.Cut(string(text), "Figure 5: TCP Connection State Diagram")
	require.True(t, found)
	rfc := squeeze(before[strings.LastIndex(before, "+---------+ ---------\\"):])
	ours := squeeze(strings.ReplaceAll(string(doc), "//", ""))
	start := slices.Index(ours, rfc[0])
	require.GreaterOrEqual(t, start, 0)
	assert.Equal(t, rfc, ours[start:start+len(rfc)])
}

// TestMissingArrow: a move that the figure lacks is a bug of ours and panics.
func TestMissingArrow(t *testing.T) {
	m := machine{TCB: lastAck(), o: &Options{}, e: &Event{}}
	assert.PanicsWithValue(t, "BUG: the figure has no arrow LAST-ACK --Timeout=2MSL-->", func() { m.take(Timeout2MSL) })
	m = machine{TCB: established(), o: &Options{}, e: &Event{}}
	m.emit(m.ack())
	assert.PanicsWithValue(t, "BUG: two segments in one step", func() { m.emit(m.ack()) })
}
