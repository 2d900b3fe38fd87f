package main

import (
	"fmt"
	"slices"
	"strings"

	"finwait/explain"
)

// linesKept is how many lines of a rank --summary keeps; more are counted.
const linesKept = 10_000

// totals is what --summary tells of a file: a line for each connection, those
// that deserve attention first, and how many there are of a kind.
type totals struct {
	lines  [ranks][]string
	more   [ranks]int
	ending map[string]int
	states map[string]int
}

// ranks is how many ranks there are, the first one most worth a look.
const ranks = 8

// rank orders connections by what deserves attention.
func rank(x *explain.Connection) int {
	if x.Verdict == explain.Deviates {
		return 0
	}
	switch s := x.Story(); s.Ending {
	case explain.HalfClosed:
		return 1
	case explain.Reset:
		return 2
	case explain.Closing:
		return 3
	case explain.Unanswered, explain.Refused:
		return 4
	case explain.Opening:
		return 5
	case explain.Open:
		return 6
	default:
		return 7
	}
}

func (t *totals) add(n int, x *explain.Connection) {
	if t.ending == nil {
		t.ending, t.states = map[string]int{}, map[string]int{}
	}
	s, i := x.Story(), rank(x)
	ending := kind(x)
	t.ending[ending]++
	t.states[x.Left()]++
	if len(t.lines[i]) >= linesKept {
		t.more[i]++
		return
	}
	t.lines[i] = append(t.lines[i], fmt.Sprintf("%d: %v > %v: %s, %.3f s, %d and %d octets; %s",
		n, x.A.Addr, x.B.Addr, ending, s.Length.Seconds(), s.A.Octets, s.B.Octets, x.Left()))
}

// kind is the ending with its cause.
func kind(x *explain.Connection) string {
	s := x.Story()
	text := string(s.Ending)
	if s.Ending == explain.Reset {
		text += " (" + string(s.Cause) + ")"
	}
	if x.Verdict == explain.Deviates {
		text += ", deviates"
	}
	return text
}

// write writes everything, those that deserve attention first.
func (t *totals) write(a *app) {
	for i, lines := range t.lines {
		for _, l := range lines {
			fmt.Fprintln(a.out, l)
		}
		if t.more[i] > 0 {
			fmt.Fprintf(a.out, "... and %d more like these\n", t.more[i])
		}
	}
	for _, part := range []struct {
		title  string
		counts map[string]int
	}{{"by ending", t.ending}, {"by final states", t.states}} {
		if len(part.counts) == 0 {
			continue
		}
		fmt.Fprintf(a.out, "\n%s\n", part.title)
		for _, name := range byCount(part.counts) {
			fmt.Fprintf(a.out, "%8s  %s\n", number(part.counts[name]), name)
		}
	}
	fmt.Fprintln(a.out)
}

// byCount lists names, the most frequent first.
func byCount(counts map[string]int) []string {
	var names []string
	for name := range counts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(x, y string) int {
		if d := counts[y] - counts[x]; d != 0 {
			return d
		}
		return strings.Compare(x, y)
	})
	return names
}
