package model

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// golden compares got with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, path)
}

// ladder drives two endpoints by a script and draws what they do as the RFC's
// figures are drawn. Lines of a script:
//
//	A OPEN active        an event at A: OPEN, SEND n, CLOSE, Transmit n [FIN], Ack, RETRANSMIT, 2MSL
//	late 90 SYN          an old duplicate from A is in the network
//	2. A>B               what A sent first departs and arrives at B
//	2. A>..              it departs and is delayed
//	4. ..>B              what A sent first, of what is delayed, arrives at B
//	1. states            both states
//	. states             a row without a number
//	2. (Close) | (Close) a comment at A and one at B
//
// Of the rows that show a segment, the text after "|" replaces the states:
// "4. B>A | (!!) | *", where * is the state.
type ladder struct {
	o    Options
	ends [2]TCB
	iss  [2][]Seq     // to be selected, in this order
	sent [2][]Segment // and not yet drawn
	late [2][]Segment // drawn as "...", not yet arrived
	rows []string
}

func (l *ladder) run(t *testing.T, script string) string {
	t.Helper()
	for line := range strings.Lines(script) {
		if line = strings.TrimSpace(line); line != "" {
			l.line(t, line)
		}
	}
	return strings.Join(l.rows, "\n") + "\n"
}

func (l *ladder) line(t *testing.T, line string) {
	t.Helper()
	number := ""
	if n, rest, ok := strings.Cut(line, ". "); ok {
		line = rest
		if n != "" {
			number = n + "."
		}
	}
	parts := strings.Split(line, "|")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	row := func(left, arrow1, segment, arrow2, right string) {
		at := []string{l.ends[0].State.String(), l.ends[1].State.String()}
		for i, s := range []string{left, right} {
			if len(parts) == 3 {
				s = parts[i+1]
			}
			if s != "*" {
				at[i] = s
			}
		}
		l.rows = append(l.rows, strings.TrimRight(
			fmt.Sprintf("%-3s %-12s %-3s %-36s %-3s %s", number, at[0], arrow1, segment, arrow2, at[1]), " "))
	}
	words := append(strings.Fields(parts[0]), "")
	switch words[0] {
	case "states":
		row("*", "", "", "", "*")
	case "A>B":
		g := first(t, &l.sent[0])
		l.arrives(1, g)
		row("*", "-->", g.String(), "-->", "*")
	case "B>A":
		g := first(t, &l.sent[1])
		l.arrives(0, g)
		row("*", "<--", g.String(), "<--", "*")
	case "A>..":
		g := first(t, &l.sent[0])
		l.late[0] = append(l.late[0], g)
		row("*", "-->", g.String(), "...", "")
	case "..>B":
		g := first(t, &l.late[0])
		l.arrives(1, g)
		row("", "...", g.String(), "-->", "*")
	case "late":
		seq, err := strconv.Atoi(words[1])
		require.NoError(t, err)
		l.late[0] = append([]Segment{{SEQ: Seq(seq), CTL: SYN, WND: window}}, l.late[0]...)
	case "A", "B":
		l.event(t, int(words[0][0]-'A'), words[1:])
	default:
		parts = append([]string{""}, parts...)
		row("", "", "", "", "")
	}
}

func first(t *testing.T, queue *[]Segment) Segment {
	t.Helper()
	require.NotEmpty(t, *queue, "a segment is there")
	g := (*queue)[0]
	*queue = (*queue)[1:]
	return g
}

func (l *ladder) event(t *testing.T, end int, words []string) {
	t.Helper()
	kinds := map[string]EventKind{
		"OPEN": CallActiveOpen, "SEND": CallSEND, "CLOSE": CallCLOSE, "Transmit": OutputTransmit, "Ack": OutputAck,
		"RETRANSMIT": TimeoutRetransmission, "2MSL": TimeoutTimeWait,
	}
	kind, ok := kinds[words[0]]
	require.True(t, ok, words)
	e := Event{Kind: kind, WND: window}
	for _, w := range words[1:] {
		switch n, err := strconv.Atoi(w); {
		case err == nil:
			e.N = uint32(n)
		case w == "FIN":
			e.FIN = true
		case w == "passive":
			e.Kind = CallPassiveOpen
		}
	}
	fx := l.step(end, e)
	require.False(t, fx.Reply.Refused(), "%v: %v", words, fx.Reply)
}

func (l *ladder) arrives(end int, g Segment) { l.step(end, Arrive(g)) }

func (l *ladder) step(end int, e Event) Effects {
	if len(l.iss[end]) > 0 {
		e.ISS = l.iss[end][0]
	}
	next, fx := l.o.Step(l.ends[end], e)
	if next.State > Listen && l.ends[end].State <= Listen {
		l.iss[end] = l.iss[end][1:]
	}
	l.ends[end] = next
	if fx.Sends {
		l.sent[end] = append(l.sent[end], fx.Segment)
	}
	return fx
}
