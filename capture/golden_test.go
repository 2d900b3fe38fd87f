package capture

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files again")

// captures are the files of testdata, by name.
func captures(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/*.pcap*")
	require.NoError(t, err)
	files := make(map[string][]byte)
	for _, name := range names {
		if strings.HasSuffix(name, ".golden") {
			continue
		}
		b, err := os.ReadFile(name)
		require.NoError(t, err)
		files[filepath.Base(name)] = b
	}
	require.Equal(t, 20, len(files), "captures in testdata")
	return files
}

// readAll reads b to its end or fault.
func readAll(b []byte) (packets []Packet, skipped []Skip, err error) {
	r, err := NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, nil, err
	}
	for p, err := range r.All() {
		if err != nil {
			return packets, r.Skipped(), err
		}
		packets = append(packets, p)
	}
	return packets, r.Skipped(), nil
}

// sound reads b, which has no fault.
func sound(t testing.TB, b []byte) []Packet {
	t.Helper()
	packets, _, err := readAll(b)
	require.NoError(t, err)
	return packets
}

func group(packets []Packet) []*Connection {
	var g Grouper
	for _, p := range packets {
		g.Add(p)
	}
	return g.Connections()
}

// ladder prints connections as the RFC's figures do: numbers relative to each
// side's ISN, what is 0 or absent left out.
func ladder(connections []*Connection) string {
	var b strings.Builder
	for i, c := range connections {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "A %v\nB %v\n", c.A, c.B)
		start := c.At(0).Time
		for p := range c.Packets() {
			b.WriteString(line(c, p, start))
		}
	}
	return b.String()
}

func line(c *Connection, p Packet, start time.Time) string {
	var b strings.Builder
	h := p.TCP
	relative := func(n uint32, of *side) uint32 { return n - of.iss }
	from, to := c.side(p.Src), c.other(p.Src)
	way := "A>B"
	if !c.FromA(p) {
		way = "B>A"
	}
	fmt.Fprintf(&b, "%d %.6f %s <SEQ=%d>", p.Number, p.Time.Sub(start).Seconds(), way, relative(h.Seq, from))
	if h.Flags.Has(ACK) {
		fmt.Fprintf(&b, "<ACK=%d>", relative(h.Ack, to))
	}
	if p.Payload > 0 {
		fmt.Fprintf(&b, "<DATA=%d>", p.Payload)
	}
	fmt.Fprintf(&b, "<CTL=%v>", h.Flags)
	if wnd, known := c.Window(p); known {
		fmt.Fprintf(&b, "<WND=%d>", wnd)
	} else {
		fmt.Fprintf(&b, "<WND=%d scaled>", wnd)
	}
	if h.Options.Has(HasMSS) {
		fmt.Fprintf(&b, "<MSS=%d>", h.MSS)
	}
	if h.Options.Has(HasWindowScale) {
		fmt.Fprintf(&b, "<SHIFT=%d>", h.WindowScale)
	}
	if h.Options.Has(HasSACKPermitted) {
		b.WriteString("<SACK-PERMITTED>")
	}
	for _, s := range h.SACK.All() {
		fmt.Fprintf(&b, "<SACK=%d,%d>", relative(s.Left, to), relative(s.Right, to))
	}
	if h.Options.Has(HasTimestamps) {
		b.WriteString("<TS>")
	}
	if h.OptionsCut {
		b.WriteString("<OPTIONS CUT>")
	}
	if p.Truncated {
		b.WriteString("<CUT>")
	}
	b.WriteString("\n")
	return b.String()
}

func TestGolden(t *testing.T) {
	for name, b := range captures(t) {
		t.Run(name, func(t *testing.T) {
			got := ladder(group(sound(t, b)))
			golden := filepath.Join("testdata", name+".golden")
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
		})
	}
}

func TestEveryPacketOfTheCapturesIsTCP(t *testing.T) {
	for name, b := range captures(t) {
		packets, skipped, err := readAll(b)
		require.NoError(t, err)
		assert.Empty(t, skipped, name)
		for i, p := range packets {
			assert.Equal(t, i+1, p.Number, "%s: packets are numbered without a gap", name)
		}
	}
}

// The converted captures have the packets of the raw ones behind another link
// header.
func TestConvertedCapturesEqualTheRaw(t *testing.T) {
	files := captures(t)
	for converted, raw := range map[string]string{
		"normal-v4-loop-converted.pcap":        "normal-v4-tun-raw.pcap",
		"normal-v6-null-darwin-converted.pcap": "normal-v6-tun-raw.pcap",
		"simul-close-v4-null-converted.pcap":   "simul-close-v4-tun-raw.pcap",
	} {
		want, got := sound(t, files[raw]), sound(t, files[converted])
		for i := range got {
			got[i].Offset -= 4 * int64(i) // the link headers before it
		}
		assert.Equal(t, want, got, converted)
	}
}
