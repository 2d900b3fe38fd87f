package model

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// connected is ESTABLISHED with these numbers next: what the RFC's figures
// call "(send 300,receive 100)".
func connected(send, receive Seq) TCB {
	c := established()
	c.SND.ISS, c.SND.UNA, c.SND.NXT, c.SND.END, c.SND.WL2 = send-1, send, send, send, send
	c.RCV.IRS, c.RCV.NXT, c.RCV.READ, c.SND.WL1 = receive-1, receive, receive, receive
	return c
}

var figures = []struct {
	file, caption string
	ladder        ladder
	script        string
}{
	{
		"06", "Basic Three-Way Handshake for Connection Synchronization",
		ladder{iss: [2][]Seq{{100}, {300}}},
		`B OPEN passive
		1. states
		A OPEN active
		2. A>B
		3. B>A
		A Ack
		4. A>B
		A SEND 1
		A Transmit 1
		5. A>B`,
	},
	{
		"07", "Simultaneous Connection Synchronization",
		ladder{o: Options{SimultaneousSYNACK: true}, iss: [2][]Seq{{100}, {300}}},
		`1. states
		A OPEN active
		2. A>..
		B OPEN active
		3. B>A
		4. ..>B
		5. A>..
		6. B>A
		7. ..>B`,
	},
	{
		"08", "Recovery from Old Duplicate SYN",
		ladder{iss: [2][]Seq{{100}, {300, 400}}},
		`B OPEN passive
		1. states
		A OPEN active
		2. A>..
		late 90 SYN
		3. ..>B | (duplicate) | *
		4. B>A
		5. A>B
		6. ..>B
		7. B>A
		A Ack
		8. A>B`,
	},
	{
		"09", "Half-Open Connection Discovery",
		ladder{ends: [2]TCB{{}, connected(300, 100)}, iss: [2][]Seq{{400}, nil}},
		`1. (REBOOT) | (send 300,receive 100)
		2. states
		A OPEN active
		3. A>B | * | (??)
		4. B>A | (!!) | *
		5. A>B | * | (Abort!!)
		6. states
		A RETRANSMIT
		7. A>B | * |`,
	},
	{
		"10", "Active Side Causes Half-Open Connection Discovery",
		ladder{ends: [2]TCB{{}, connected(300, 100)}},
		`1. (REBOOT) | (send 300,receive 100)
		B SEND 10
		B Transmit 10
		2. B>A | (??) | *
		3. A>B | | (ABORT!!)`,
	},
	{
		"11", "Old Duplicate SYN Initiates a Reset on Two Passive Sockets",
		ladder{iss: [2][]Seq{nil, {300}}},
		`A OPEN passive
		B OPEN passive
		1. states
		late 90 SYN
		2. ..>B
		3. B>A | (??) | *
		4. A>B | | (return to LISTEN!)
		5. states`,
	},
	{
		"12", "Normal Close Sequence",
		ladder{ends: [2]TCB{connected(100, 300), connected(300, 100)}},
		`1. states
		A CLOSE
		2. (Close) |
		A Transmit FIN
		. A>B
		B Ack
		3. B>A
		B CLOSE
		B Transmit FIN
		4. | (Close)
		. B>A
		A Ack
		5. A>B
		A 2MSL
		6. (2 MSL) |
		. states | * |`,
	},
	{
		"13", "Simultaneous Close Sequence",
		ladder{ends: [2]TCB{connected(100, 300), connected(300, 100)}},
		`1. states
		A CLOSE
		B CLOSE
		2. (Close) | (Close)
		A Transmit FIN
		B Transmit FIN
		. A>.. | * | *
		. B>A | |
		. ..>B | |
		A Ack
		B Ack
		3. A>.. | * | *
		. B>A | |
		. ..>B | |
		4. states
		A 2MSL
		B 2MSL
		. (2 MSL) | (2 MSL)
		. states`,
	},
}

// TestFigures replays figures 6 to 13 and draws them; what is drawn is the
// RFC's own figure, row by row.
func TestFigures(t *testing.T) {
	for _, f := range figures {
		t.Run(f.file, func(t *testing.T) {
			rows := f.ladder.run(t, f.script)
			golden(t, "figure"+f.file+".txt", "Figure "+strings.TrimPrefix(f.file, "0")+": "+f.caption+"\n\n"+rows)
			assert.Equal(t, rfcFigure(t, f.caption), squeeze(rows), "the RFC's rows")
		})
	}
}

// TestSimultaneousOpenToTheLetter: line 6 of Figure 7 contradicts Table 6. To
// its letter the SYN,ACK at RCV.NXT-1 is not acceptable, but it is answered by
// an ACK, and that opens the connection.
func TestSimultaneousOpenToTheLetter(t *testing.T) {
	l := ladder{iss: [2][]Seq{{100}, {300}}}
	rows := l.run(t, `1. states
		A OPEN active
		2. A>..
		B OPEN active
		3. B>A
		4. ..>B
		5. A>..
		6. B>A
		7. ..>B
		8. A>B
		9. B>A`)
	golden(t, "figure07-table6.txt", "Figure 7, but Table 6 to the letter\n\n"+rows)
	assert.Equal(t, [2]State{Established, Established}, [2]State{l.ends[0].State, l.ends[1].State})
	assert.Contains(t, squeeze(rows), "6. SYN-RECEIVED <-- <SEQ=300><ACK=101><CTL=SYN,ACK> <-- SYN-RECEIVED")
}

// squeeze leaves one space between the columns and no empty line.
func squeeze(text string) []string {
	var rows []string
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			rows = append(rows, line)
		}
	}
	return rows
}

// rfcFigure is the RFC's figure of that caption, with our numbers for its
// letters X and Z, and its DATA where we write it.
func rfcFigure(t *testing.T, caption string) []string {
	t.Helper()
	for _, section := range []string{"3.5", "3.6"} {
		text, err := os.ReadFile("testdata/rfc9293-" + section + ".txt")
		require.NoError(t, err)
		before, _, found := strings.Cut(string(text), ": "+caption)
		if !found {
			continue
		}
		rows := before[strings.LastIndex(before, "TCP Peer B")+len("TCP Peer B") : strings.LastIndex(before, "\n")]
		rows = strings.NewReplacer("<DATA>", "<DATA=1>", "<DATA=10><CTL=ACK>", "<CTL=ACK><DATA=10>",
			"=Z+1", "=91", "=Z", "=90", "=X", "=300").Replace(rows)
		return squeeze(rows)
	}
	require.Fail(t, "no such figure", caption)
	return nil
}
