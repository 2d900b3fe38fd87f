package ladder

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// golden compares got with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, file)
}

// lines are the lines of a drawing.
func lines(l *Ladder) []string {
	return strings.Split(strings.TrimSuffix(l.String(), "\n"), "\n")
}

var ways = []Way{Nowhere, FromA, ToB, Across, LostFromA, FromB, ToA, AcrossB, LostFromB}

const fin = "<SEQ=1><ACK=1><CTL=FIN,ACK>"

// every has a row for each way.
func every() *Ladder {
	l := &Ladder{}
	l.Add(Row{A: "ESTABLISHED", B: "ESTABLISHED"})
	for _, w := range ways {
		l.Add(Row{Action: "step", A: "FIN-WAIT-1", B: "CLOSE-WAIT", Way: w, Text: fin, Clause: "3.10.4"})
	}
	return l
}

// What the ways look like: right arrows are departures from A or arrivals at B.
func TestWays(t *testing.T) {
	golden(t, "ways.txt", every().String())
	for w, ends := range map[Way][2]string{
		FromA: {"-->", "..."}, ToB: {"...", "-->"}, Across: {"-->", "-->"}, LostFromA: {"...", "X"},
		FromB: {"...", "<--"}, ToA: {"<--", "..."}, AcrossB: {"<--", "<--"}, LostFromB: {"X", "..."},
	} {
		fields := strings.Fields(draw(w, "<SEQ=1>", 30))
		assert.Equal(t, []string{ends[0], "<SEQ=1>", ends[1]}, fields, "%d", w)
	}
	for _, w := range ways {
		assert.Equal(t, 40, utf8.RuneCountInString(draw(w, fin, 40)), "every way is as wide as the column")
	}
}

// Reverse exchanges the sides: a way, and its mirror image.
func TestReverse(t *testing.T) {
	for w, want := range map[Way]Way{
		Nowhere: Nowhere, FromA: FromB, ToB: ToA, Across: AcrossB, LostFromA: LostFromB,
	} {
		assert.Equal(t, want, w.Reverse())
		assert.Equal(t, w, want.Reverse(), "twice is not at all")
		if w == Nowhere {
			continue // a remark stands at the left, whoever it is about
		}
		image := func(s string) string {
			r := []rune(s)
			for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
				r[i], r[j] = r[j], r[i]
			}
			return strings.NewReplacer("<", ">", ">", "<").Replace(string(r))
		}
		assert.Equal(t, draw(want, "o", 9), image(draw(w, "o", 9)), "%d", w)
	}
}

// A ladder has 100 columns, however much of them the texts at its sides take.
func TestWidth(t *testing.T) {
	l := every()
	widest := 0
	for _, line := range lines(l) {
		widest = max(widest, utf8.RuneCountInString(line))
	}
	assert.Equal(t, Width, widest)

	l.Add(Row{Action: "a much longer action", A: "A", B: "B", Way: ToB, Text: fin, Clause: "a longer clause"})
	widest = 0
	for _, line := range lines(l) {
		assert.LessOrEqual(t, utf8.RuneCountInString(line), Width)
		widest = max(widest, utf8.RuneCountInString(line))
	}
	assert.Equal(t, Width, widest)
	last := lines(l)[len(l.Rows)]
	assert.True(t, strings.HasSuffix(last, "  a longer clause"), last)
}

// Segments that need more room widen it: nothing is ever cut.
func TestLongSegmentsWidenIt(t *testing.T) {
	l := every()
	long := strings.Repeat("<SACK=1-2>", 12)
	l.Add(Row{Action: "step", A: "A", B: "B", Way: FromB, Text: long, Clause: "last"})
	all := lines(l)
	assert.Contains(t, all[len(all)-1], "... "+long+" <--  B")
	assert.Greater(t, utf8.RuneCountInString(all[len(all)-1]), Width)
	at := strings.Index(all[len(all)-1], "last")
	for _, line := range all[2 : len(all)-1] {
		assert.Equal(t, at, strings.Index(line, "3.10.4"), "the columns stay columns")
	}
	l = &Ladder{}
	l.Add(Row{Text: strings.Repeat("r", 120)})
	assert.Contains(t, l.String(), strings.Repeat("r", 120), "a long remark, too")
}

// The sides have names, "A" and "B" if no others.
func TestNames(t *testing.T) {
	l := &Ladder{A: "10.0.0.1:4242", B: "the server"}
	l.Add(Row{Action: "x", A: "CLOSED", B: "LISTEN"})
	all := lines(l)
	assert.Equal(t, []string{"10.0.0.1:4242", "the", "server"}, strings.Fields(all[0]))
	assert.Equal(t, strings.Index(all[0], "10."), strings.Index(all[1], "CLOSED"))
	assert.Equal(t, strings.Index(all[0], "the"), strings.Index(all[1], "LISTEN"))
	assert.Equal(t, []string{"A", "B"}, strings.Fields(lines(&Ladder{})[0]))
}

// A run without end has a mark where the part begins that repeats, and words
// under the last row.
func TestLoop(t *testing.T) {
	l := &Ladder{Loop: "and so on for ever"}
	l.Add(Row{A: "TIME-WAIT", B: "TIME-WAIT"})
	l.Add(Row{Action: "B Deliver", A: "TIME-WAIT", B: "TIME-WAIT", Way: ToA, Text: "<SEQ=2><ACK=2><CTL=ACK>", Clause: "3.10.7.4 5th", Mark: true})
	l.Add(Row{Action: "  A replies", A: "TIME-WAIT", B: "TIME-WAIT", Way: FromA, Text: "<SEQ=2><ACK=2><CTL=ACK>"})
	golden(t, "loop.txt", l.String())
	assert.NotContains(t, every().String(), "for ever")
}

// Letters count, not bytes: names in any script keep the columns.
func TestLettersNotBytes(t *testing.T) {
	l := &Ladder{A: "Клиент", B: "Öffner"}
	l.Add(Row{Action: "закрыть", A: "ESTABLISHED", B: "ESTABLISHED", Way: Across, Text: "«FIN» → ACK", Clause: "§3.6"})
	l.Add(Row{Action: "close", A: "FIN-WAIT-1", B: "CLOSE-WAIT", Way: LostFromB, Text: "FIN", Clause: "3.6"})
	golden(t, "letters.txt", l.String())
	for n, first := range map[int]rune{1: 'E', 2: 'F'} {
		assert.Equal(t, first, []rune(lines(l)[n])[9], "the first column of states")
	}
	assert.Equal(t, utf8.RuneCountInString(lines(l)[1])-1, utf8.RuneCountInString(lines(l)[2]), "as wide as one another, but for the clause")
	assert.Equal(t, 6, width("Клиент"))
	assert.Equal(t, "é   ", pad("é", 4))
	assert.Equal(t, "too long", pad("too long", 3))
}

// Lines end where their text does.
func TestNoTrailingSpace(t *testing.T) {
	l := every()
	l.Loop = "on and on"
	for _, line := range lines(l) {
		assert.Equal(t, strings.TrimRight(line, " "), line)
	}
	assert.True(t, strings.HasSuffix(l.String(), "\n"))
}

func TestCenter(t *testing.T) {
	assert.Equal(t, "  ab  ", center("ab", 6))
	assert.Equal(t, " ab  ", center("ab", 5))
	assert.Equal(t, "abcdef", center("abcdef", 3), "what does not fit is not cut")
}
