package model

import (
	"fmt"
	"strings"
	"testing"
)

// matrixRows are an endpoint in every state, twice where the state alone does
// not tell what comes next.
var matrixRows = []namedTCB{
	{"CLOSED", TCB{}},
	{"LISTEN", listening()},
	{"SYN-SENT", synSent()},
	{"SYN-RECEIVED, active", synReceived()},
	{"SYN-RECEIVED, passive", synReceivedPassive()},
	{"SYN-RECEIVED, CLOSE queued", with(synReceived(), text(1, 0), closed)},
	{"ESTABLISHED", established()},
	{"FIN-WAIT-1, text outstanding", with(finQueued(), text(1, 1))},
	{"FIN-WAIT-1, FIN sent", finWait1()},
	{"FIN-WAIT-2", finWait2()},
	{"CLOSE-WAIT", closeWait()},
	{"CLOSING, text outstanding", with(closingFINQueued(), text(1, 1))},
	{"CLOSING, FIN sent", closing()},
	{"LAST-ACK", lastAck()},
	{"TIME-WAIT", timeWait()},
	{"ESTABLISHED, no room", with(established(), noRoom)},
}

// matrixColumns are segments whose acknowledgment covers all that is sent,
// unless the name says otherwise.
var matrixColumns = []struct {
	name string
	make func(c TCB) Segment
}{
	{"ACK", at(0, ACK, 0)},
	{"ACK, old", func(c TCB) Segment { return oldACK(c, at(0, ACK, 0)(c)) }},
	{"ACK of the unsent", func(c TCB) Segment { g := at(0, ACK, 0)(c); g.ACK++; return g }},
	{"data", at(0, ACK, 2)},
	{"data behind a hole", at(3, ACK, 2)},
	{"FIN,ACK", at(0, FIN|ACK, 0)},
	{"FIN,ACK, old ACK", func(c TCB) Segment { return oldACK(c, at(0, FIN|ACK, 0)(c)) }},
	{"FIN,ACK behind a hole", at(3, FIN|ACK, 0)},
	{"data+FIN,ACK", at(0, FIN|ACK, 2)},
	{"FIN,ACK again", at(-1, FIN|ACK, 0)},
	{"SYN", at(0, SYN, 0)},
	{"SYN,ACK", at(0, SYN|ACK, 0)},
	{"SYN,FIN", at(0, SYN|FIN, 0)},
	{"SYN again", at(-1, SYN, 0)},
	{"SYN,ACK again", at(-1, SYN|ACK, 0)},
	{"RST", at(0, RST, 0)},
	{"RST,ACK", at(0, RST|ACK, 0)},
	{"RST in the window", at(3, RST, 0)},
	{"RST outside", at(-1, RST, 0)},
	{"FIN without ACK", at(0, FIN, 0)},
	{"flagless data", at(0, 0, 2)},
}

// at makes a segment at RCV.NXT+offset that acknowledges all that c has sent.
func at(offset int32, ctl Ctl, txt uint32) func(TCB) Segment {
	return func(c TCB) Segment {
		g := Segment{SEQ: c.RCV.NXT + Seq(offset), WND: window, TXT: txt, CTL: ctl}
		if c.State < SynReceived {
			g.SEQ = peerISS
		}
		if g.Has(ACK) {
			g.ACK = c.SND.NXT
		}
		return g
	}
}

// oldACK makes g acknowledge nothing new.
func oldACK(c TCB, g Segment) Segment {
	g.ACK = c.SND.UNA
	return g
}

// TestMatrix: what each state makes of each kind of segment: the next state,
// what is sent, what is owed, what the user is told, and the clause that decided.
func TestMatrix(t *testing.T) {
	var b strings.Builder
	for _, row := range matrixRows {
		fmt.Fprintf(&b, "%s\n", row.name)
		for _, column := range matrixColumns {
			g := column.make(row.TCB)
			next, fx, err := obeyLaws(Options{}, row.TCB, selecting(Arrive(g), 700))
			if err != nil {
				t.Error(err)
			}
			fmt.Fprintf(&b, "  %-22s -> %-12v %s\n", column.name, next.State, strings.Join(outcome(next, fx), "; "))
		}
		b.WriteByte('\n')
	}
	golden(t, "matrix.txt", b.String())
}

func outcome(next TCB, fx Effects) []string {
	var words []string
	if fx.Sends {
		words = append(words, fx.Segment.String())
	}
	if next.Is(ACKPending) {
		words = append(words, "ACK pending")
	}
	if n := next.Unread(); n > 0 {
		words = append(words, fmt.Sprint(n, " octets to read"))
	}
	if next.NumHeld > 0 || next.Is(FINHeld) {
		words = append(words, "held")
	}
	words = append(words, fx.Notices.Strings()...)
	last, _ := fx.Clauses.Last()
	return append(words, last.String())
}
