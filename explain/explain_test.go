package explain_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"finwait/capture"
	"finwait/explain"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const captures = "../capture/testdata"

// connections reads the connections of a capture.
func connections(t *testing.T, name string) []*capture.Connection {
	t.Helper()
	f, err := os.Open(filepath.Join(captures, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // it is only read
	r, err := capture.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var g capture.Grouper
	for p, err := range r.All() {
		if err != nil {
			t.Fatal(err)
		}
		g.Add(p)
	}
	return g.Connections()
}

// only is the one connection of a capture.
func only(t *testing.T, name string) *capture.Connection {
	t.Helper()
	list := connections(t, name)
	if len(list) != 1 {
		t.Fatalf("%s has %d connections", name, len(list))
	}
	return list[0]
}

// expected is what captures/README.md expects of each capture; "a file's
// converted copy: as the original".
var expected = map[string]struct {
	verdict explain.Verdict
	needs   string
}{
	"normal-v4-lo-en10mb.pcap":             {explain.Conforms, ""},
	"normal-v6-lo-en10mb.pcap":             {explain.Conforms, ""},
	"normal-v4-lo.pcapng":                  {explain.Conforms, ""},
	"normal-v4-any-sll2.pcap":              {explain.Conforms, ""},
	"normal-v4-snap64.pcap":                {explain.Conforms, ""},
	"normal-v4-tun-raw.pcap":               {explain.Conforms, ""},
	"normal-v6-tun-raw.pcap":               {explain.Conforms, ""},
	"normal-v4-loop-converted.pcap":        {explain.Conforms, ""},
	"normal-v6-null-darwin-converted.pcap": {explain.Conforms, ""},
	"server-first-v4-lo.pcap":              {explain.Conforms, ""},
	"halfclose-v4-lo.pcap":                 {explain.Conforms, ""},
	"simul-close-v4-tun-raw.pcap":          {explain.Conforms, ""},
	"simul-close-v4-null-converted.pcap":   {explain.Conforms, ""},
	"simul-open-v4-tun-raw.pcap":           {explain.Conforms, ""},
	"fin-lost-twice-v4-tun-raw.pcap":       {explain.Conforms, ""},
	"rst-unread-v4-lo.pcap":                {explain.Conforms, "half-duplex-close rst-carries-ack"},
	"rst-linger0-v4-lo.pcap":               {explain.Conforms, "rst-carries-ack"},
	"refused-v4-tun-raw.pcap":              {explain.Conforms, ""},
	"fw2-orphan-v4-tun-raw.pcap":           {explain.Conforms, "fin-wait-2-timer"},
	"truncated-open-v4-tun-raw.pcap":       {explain.Incomplete, ""},
}

func TestVerdicts(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(captures, "*.pcap*"))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		name := filepath.Base(file)
		if strings.HasSuffix(name, ".golden") {
			continue
		}
		want, ok := expected[name]
		if !ok {
			t.Errorf("%s: nothing is expected of it", name)
			continue
		}
		found++
		x := explain.Explain(only(t, name))
		if x.Verdict != want.verdict || strings.Join(x.Needs(), " ") != want.needs {
			t.Errorf("%s: %s, needs %q; want %s, %q", name, x.Verdict, x.Needs(), want.verdict, want.needs)
		}
		if len(x.A.Guesses)+len(x.B.Guesses) > 0 {
			t.Errorf("%s: guesses %q %q", name, x.A.Guesses, x.B.Guesses)
		}
	}
	if found != len(expected) {
		t.Errorf("%d captures of %d are there", found, len(expected))
	}
}

// text is all that there is to say of a connection.
func text(x *explain.Connection, rows int) string {
	var b strings.Builder
	b.WriteString(x.Heading() + "\n\n    " + x.Paragraph() + "\n\n" + x.Ladder(rows).String() + "\n" + x.Summary() + "\n")
	for _, n := range x.Notes() {
		b.WriteString("    " + n + "\n")
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (-update rewrites it); got\n%s", file, got)
	}
	for line := range strings.Lines(got) {
		if n := len([]rune(strings.TrimRight(line, "\n"))); n > 100 && !strings.HasPrefix(line, "    ") {
			t.Errorf("%s: a line of %d columns: %s", file, n, line)
		}
	}
}

func TestGolden(t *testing.T) {
	for name := range expected {
		golden(t, name, text(explain.Explain(only(t, name)), 0))
	}
}

// edited is the connection of a capture after a change to its packets.
func edited(t *testing.T, name string, edit func([]capture.Packet) []capture.Packet) *capture.Connection {
	t.Helper()
	var g capture.Grouper
	for _, p := range edit(slices.Collect(only(t, name).Packets())) {
		g.Add(p)
	}
	list := g.Connections()
	if len(list) != 1 {
		t.Fatalf("%d connections", len(list))
	}
	return list[0]
}

// Cut at every packet, at either end, a capture conforms or is incomplete.
func TestEveryCut(t *testing.T) {
	for name := range expected {
		n := only(t, name).Len()
		for i := range n {
			for _, cut := range []func([]capture.Packet) []capture.Packet{
				func(p []capture.Packet) []capture.Packet { return p[i:] },
				func(p []capture.Packet) []capture.Packet { return p[:i+1] },
				func(p []capture.Packet) []capture.Packet { return slices.Delete(p, i, i+1) },
			} {
				if n == 1 {
					continue
				}
				if x := explain.Explain(edited(t, name, cut)); x.Verdict == explain.Deviates {
					t.Errorf("%s cut at %d: %s", name, i, text(x, 0))
				}
			}
		}
	}
}

// A changed header deviates at its packet, and the explanation says what would
// have been right.
func TestMutations(t *testing.T) {
	for _, test := range []struct {
		name, file string
		packet     int // 1-based
		change     func(*capture.Packet)
		complete   bool
	}{
		{"fin-later", "normal-v4-lo-en10mb.pcap", 8, func(p *capture.Packet) { p.TCP.Seq++ }, true},
		{"fin-earlier", "normal-v4-lo-en10mb.pcap", 8, func(p *capture.Packet) { p.TCP.Seq -= 2 }, false},
		{"ack-beyond-fin", "normal-v4-lo-en10mb.pcap", 10, func(p *capture.Packet) { p.TCP.Ack++ }, false},
		{"synack-of-another", "normal-v4-lo-en10mb.pcap", 2, func(p *capture.Packet) { p.TCP.Ack += 5 }, true},
		{"text-after-fin", "normal-v4-lo-en10mb.pcap", 10, func(p *capture.Packet) { p.Payload = 7 }, false},
		{"fin-retransmitted-later", "fin-lost-twice-v4-tun-raw.pcap", 5, func(p *capture.Packet) { p.TCP.Seq++ }, false},
		{"rst-elsewhere", "rst-linger0-v4-lo.pcap", 6, func(p *capture.Packet) { p.TCP.Seq += 1000 }, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := edited(t, test.file, func(list []capture.Packet) []capture.Packet {
				test.change(&list[test.packet-1])
				return list
			})
			x := explain.Options{Complete: true}.Explain(c)
			if !test.complete {
				x = explain.Explain(c)
			} else if y := explain.Explain(c); y.Verdict == explain.Deviates {
				t.Errorf("deviates though something may be missing:\n%s", text(y, 0))
			}
			if x.Verdict != explain.Deviates || x.Deviation.Packet != test.packet-1 {
				t.Errorf("%s", x.Summary())
			}
			golden(t, "mutated-"+test.name, text(x, 0))
		})
	}
}

// A long connection is shown in few rows, the remarkable ones among them.
func TestShortLadder(t *testing.T) {
	x := explain.Explain(only(t, "halfclose-v4-lo.pcap"))
	rows := x.Rows(6)
	if len(rows) != 6 {
		t.Fatalf("%d rows", len(rows))
	}
	if got := x.Ladder(6).String(); !strings.Contains(got, "more") {
		t.Errorf("nothing is left out:\n%s", got)
	}
	golden(t, "short", text(x, 6))
	if n := len(x.Rows(0)); n != x.Len() {
		t.Errorf("all: %d rows of %d", n, x.Len())
	}
}

// What is not known is said to be unknown.
func TestUnknown(t *testing.T) {
	oneSided := explain.Explain(edited(t, "normal-v4-lo-en10mb.pcap", func(list []capture.Packet) []capture.Packet {
		return list[3:4] // A's text, and nothing else
	}))
	if oneSided.B.Known() || oneSided.Verdict != explain.Incomplete {
		t.Errorf("B is known, or %s", oneSided.Verdict)
	}
	golden(t, "one-packet", text(oneSided, 0))
	middle := explain.Explain(edited(t, "halfclose-v4-lo.pcap", func(list []capture.Packet) []capture.Packet {
		return slices.Delete(list[4:], 3, 4) // from an ACK of B's on, and without its first text
	}))
	if len(middle.A.Guesses) == 0 {
		t.Error("nothing is guessed, though text is missing")
	}
	golden(t, "middle", text(middle, 0))
}
