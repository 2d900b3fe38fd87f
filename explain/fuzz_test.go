package explain_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"finwait/capture"
	"finwait/explain"
)

// explained explains every connection of what may be a capture, and returns
// how many packets there were.
func explained(t testing.TB, b []byte) int {
	t.Helper()
	r, err := capture.NewReader(bytes.NewReader(b))
	if err != nil {
		return 0
	}
	g, n := capture.Within(capture.Bounds{Connections: 8, Packets: 200}), 0
	tell := func(c *capture.Connection) {
		x := explain.Explain(c)
		if x.Paragraph() == "" || x.Ladder(20) == nil || x.Story().A.Octets < 0 {
			t.Errorf("nothing is told of %s", x.Ends())
		}
		if x.A.Candidates > 48 || x.B.Candidates > 48 {
			t.Errorf("%d and %d candidates", x.A.Candidates, x.B.Candidates)
		}
	}
	for p, err := range r.All() {
		if err != nil || n > 400 {
			break
		}
		n++
		g.Add(p)
		for _, c := range g.Ready() {
			tell(c)
		}
	}
	for _, c := range g.Connections() {
		tell(c)
	}
	return n
}

// FuzzExplain explains damaged captures: never a panic, whatever they hold. The
// seeds are all captures.
func FuzzExplain(f *testing.F) {
	files, err := filepath.Glob(filepath.Join(captures, "*.pcap*"))
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		if filepath.Ext(file) == ".golden" {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) { explained(t, b) })
}

// BenchmarkExplain explains a capture of one short connection after another.
func BenchmarkExplain(b *testing.B) {
	file, err := os.ReadFile(filepath.Join(captures, "halfclose-v4-lo.pcap"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n += explained(b, file)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "packets/s")
}
