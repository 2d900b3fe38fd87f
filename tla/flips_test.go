package tla

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// small are configurations that TLC explores in a few seconds: a file, and the
// constants that are changed.
var small = map[string]struct {
	file    string
	changes []string
}{
	"close":              {"close.cfg", []string{"InFlight", "1", "Dup", "0"}},
	"half-close":         {"half-close.cfg", []string{"InFlight", "1"}},
	"simultaneous-close": {"simultaneous-close.cfg", []string{"InFlight", "1"}},
	"loss-free":          {"loss-free.cfg", []string{"OctetsA", "1", "InFlight", "2"}},
	"lifecycle":          {"lifecycle.cfg", []string{"InFlight", "1"}},
	"simultaneous-open":  {"simultaneous-open.cfg", []string{"InFlight", "1"}},
	"abort":              {"abort.cfg", []string{"InFlight", "1"}},
	"refused":            {"refused.cfg", nil},
	"injector-open":      {"injector-open.cfg", nil},
	"injector":           {"injector.cfg", []string{"Loss", "FALSE", "NoRetransmit", "TRUE"}},
	"zero-window":        {"zero-window.cfg", []string{"Loss", "FALSE", "NoRetransmit", "TRUE"}},
	"half-duplex":        {"half-duplex.cfg", []string{"InFlight", "1"}},
}

// flip is one guard turned in the source of one of the two machines, and a
// configuration in whose graph that must be seen.
type flip struct {
	file, old, flipped, in string
}

var tlaFlips = []flip{
	{
		"TCP.tla", `IF Unsent(c) = 0 THEN Turn([With(c, "CloseCalled") EXCEPT !.state = "FIN-WAIT-1"])`,
		`IF Unsent(c) # 0 THEN Turn([With(c, "CloseCalled") EXCEPT !.state = "FIN-WAIT-1"])`, "lifecycle",
	},
	{"TCP.tla", `!.state = IF fin /\ @ = "CLOSE-WAIT" THEN "LAST-ACK" ELSE @`, `!.state = @`, "close"},
	{"TCP.tla", `FINAcked(c) == FINSent(c) /\ c.SND.UNA = c.SND.NXT`, `FINAcked(c) == c.SND.UNA = c.SND.NXT`, "close"},
	{
		"TCP.tla", `IF Has(g, "RST") /\ ~Bug("rst-answered") THEN`, `IF FALSE THEN`, "abort",
	},
	{"TCP.tla", `InWindow(c, q) == c.RCV.NXT =< q`, `InWindow(c, q) == c.RCV.NXT - 1 =< q`, "close"},
	{"TCP.tla", `IF Is(d, "FINHeld") /\ d.RCV.FIN = nxt`, `IF Is(d, "FINHeld")`, "loss-free"},
	{"TCP.tla", `IF LEN(g) > 0 \/ TimeWaitAcksAll THEN`, `IF LEN(g) >= 0 THEN`, "simultaneous-close"},
	{"TCP.tla", `IF g.ACK > c.SND.UNA THEN Advance(c, g.ACK)`, `IF g.ACK > c.SND.UNA + 1 THEN Advance(c, g.ACK)`, "close"},
	{"TCP.tla", `IF Is(c, "Passive") THEN BackToLISTEN(c)`, `IF ~Is(c, "Passive") THEN BackToLISTEN(c)`, "lifecycle"},
	{"TCP.tla", `ELSE IF ~Has(g, "SYN") THEN Turn(c)`, `ELSE IF Has(g, "SYN") THEN Turn(c)`, "simultaneous-open"},
	{"TCP.tla", `IF c.SND.UNA < g.ACK /\ g.ACK =< c.SND.NXT`, `IF c.SND.UNA < g.ACK /\ g.ACK < c.SND.NXT`, "lifecycle"},
	{"TCP.tla", `IF g.SEQ = c.RCV.NXT THEN RcvRST(c)`, `IF g.SEQ # c.RCV.NXT THEN RcvRST(c)`, "abort"},
	{"TCP.tla", `/\ g \notin Flying(s)`, `/\ TRUE`, "refused"},
	{"TCP.tla", `/\ tcb[Peer(s)].SND.UNA = tcb[Peer(s)].SND.NXT`, `/\ TRUE`, "close"},
	{"TCP.tla", `fin == Has(g, "FIN") /\ (InWindow(c, SeqOfFIN(g))`, `fin == Has(g, "FIN") /\ (SeqOfFIN(g) = nxt`, "loss-free"},
	{"TCP.tla", `THEN IF Has(g, "ACK") THEN Tell(Ends(c, TRUE, "reset"))`, `THEN IF Has(g, "ACK") THEN (Ends(c, TRUE, "reset"))`, "refused"},
	// What only a third party shows, or a window that closes, or a CLOSE that ends reading.
	{"TCP.tla", `ELSE IF RSTInWindow THEN RcvRST(c)`, `ELSE IF ~RSTInWindow THEN RcvRST(c)`, "injector"},
	{"TCP.tla", `IF Has(g, "FIN") THEN [With(d, "FINHeld")`, `IF FALSE THEN [With(d, "FINHeld")`, "injector-open"},
	{"TCP.tla", `/\ spent[s].forged < Forgeries`, `/\ spent[s].forged =< Forgeries`, "injector-open"},
	{"TCP.tla", `/\ c.SND.WND = 0 /\ c.SND.UNA = c.SND.NXT`, `/\ c.SND.UNA = c.SND.NXT`, "zero-window"},
	{"TCP.tla", `=< c.SND.WND`, `=< Buffer`, "zero-window"},
	{"TCP.tla", `OnlyNoRoom(c, g) == c.RCV.WND = 0 /\ g.SEQ = c.RCV.NXT`, `OnlyNoRoom(c, g) == FALSE`, "zero-window"},
	{"TCP.tla", `/\ c.RCV.WND - c.RCV.ROOM < MSS`, `/\ c.RCV.WND < MSS`, "zero-window"},
	{"TCP.tla", `THEN [Emit(NoTCB, ResetFor(g)) EXCEPT`, `THEN [Emit(NoTCB, ResetOf(c)) EXCEPT`, "half-duplex"},
	{"TCP.tla", `THEN IF Unread(c) > 0`, `THEN IF Unread(c) > 1`, "half-duplex"},
}

var goFlips = []flip{
	{"model/calls.go", "if m.Unsent() == 0 {", "if m.Unsent() != 0 {", "lifecycle"},
	{"model/outputs.go", "if fin && m.State == CloseWait {", "if fin && m.State == Closed {", "close"},
	{"model/tcb.go", "return c.FINSent() && c.SND.UNA == c.SND.NXT", "return c.SND.UNA == c.SND.NXT", "close"},
	{"model/arrives.go", "return g.SEQ.In(m.RCV.NXT, wnd) ||", "return g.SEQ.In(m.RCV.NXT-1, wnd) ||", "close"},
	{"model/arrives.go", "case g.SEQ != m.RCV.NXT && !m.o.RSTInWindow:", "case g.SEQ == m.RCV.NXT:", "abort"},
	{"model/text.go", "if m.Is(FINHeld) && m.RCV.FIN == m.RCV.NXT {", "if m.Is(FINHeld) {", "loss-free"},
	{"model/ack.go", "if g.LEN() == 0 && !m.o.TimeWaitAcksAll {", "if g.LEN() != 0 {", "simultaneous-close"},
	{"model/ack.go", "if g.ACK.AtMost(m.SND.UNA) {", "if g.ACK.AtMost(m.SND.UNA + 1) {", "close"},
	{"model/arrives.go", "if m.Is(Passive) {\n", "if !m.Is(Passive) {\n", "lifecycle"},
	{"model/ack.go", "if !m.SND.UNA.Before(g.ACK) || m.SND.NXT.Before(g.ACK) {", "if m.SND.UNA.Before(g.ACK) {", "simultaneous-open"},
	{"model/ack.go", "if m.Is(CloseCalled) {", "if !m.Is(CloseCalled) {", "lifecycle"},
	{"model/system/moves.go", "if s.SND.UNA == s.SND.NXT {", "if s.SND.UNA != s.SND.NXT {", "close"},
	{"model/system/moves.go", "if fx.Sends && !b.Timed.On() && s.has(fx.Segment) {", "if false {", "refused"},
	{"model/text.go", "case Established, FinWait1, FinWait2:", "case Established, FinWait1:", "half-close"},
	{"model/arrives.go", "&& !m.o.RSTInWindow:", "&& m.o.RSTInWindow:", "injector"},
	{"model/system/injector.go", "if int(s.Injected) >= b.Inject {", "if int(s.Injected) > b.Inject {", "injector"},
	{"model/arrives.go", "return m.RCV.WND == 0 && g.SEQ == m.RCV.NXT &&", "return m.RCV.WND == 0 && false &&", "zero-window"},
	{"model/system/window.go", "int(s.Room) >= min(", "int(s.Room) > min(", "zero-window"},
	{"model/system/window.go", "if a.Kind == Receive {", "if a.Kind == Ack {", "zero-window"},
}

// flipped is the text of a file with a guard turned.
func (f flip) apply(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(text), f.old), "%s has %q once", f.file, f.old)
	return strings.Replace(string(text), f.old, f.flipped, 1)
}

func (f flip) config(t *testing.T) string {
	t.Helper()
	s, ok := small[f.in]
	require.True(t, ok, f.in)
	return bounded(t, s.file, s.changes...)
}

// Whichever guard of TCP.tla is turned, the comparison sees it.
func TestFlipsOfTLA(t *testing.T) {
	c := tlc(t, "the graphs with guards of TCP.tla turned")
	t.Parallel()
	for _, f := range tlaFlips {
		t.Run(f.flipped, func(t *testing.T) {
			t.Parallel()
			config := f.config(t)
			dir := workplace(t, config)
			require.NoError(t, os.WriteFile(filepath.Join(dir, f.file), []byte(f.apply(t, f.file)), 0o600))
			g, s := explored(t, config)
			h, r := dumped(t, c, dir)
			d, err := Compare(GraphOf(g, s), h)
			if d == nil && err == nil {
				t.Fatalf("nothing is seen in %s: %d states", f.in, r.States)
			}
			require.NoError(t, err)
			text, err := d.Explain(g, s)
			require.NoError(t, err)
			assert.Contains(t, text, "only ")
			t.Logf("seen in %s after %d steps", f.in, g.Depth(d.At))
		})
	}
}

// Whichever guard of the Go source is turned, the comparison sees it. A command
// is built with the turned file in the place of the file, and its graph read.
func TestFlipsOfGo(t *testing.T) {
	c := tlc(t, "the graphs with guards of the Go source turned")
	t.Parallel()
	graphs := map[string]*Graph{} // by TLC, of each configuration once
	for _, f := range goFlips {
		if graphs[f.in] == nil {
			graphs[f.in], _ = dumped(t, c, workplace(t, f.config(t)))
		}
		t.Run(f.file+" "+strings.TrimSpace(f.flipped), func(t *testing.T) {
			t.Parallel()
			g := f.explore(t)
			d, err := Compare(g, graphs[f.in])
			require.NoError(t, err)
			require.NotNil(t, d, "nothing is seen in %s: %d states", f.in, len(g.States))
		})
	}
}

// explore is the checker's graph with the guard turned.
func (f flip) explore(t *testing.T) *Graph {
	t.Helper()
	dir := t.TempDir()
	path, err := filepath.Abs(filepath.Join("..", filepath.FromSlash(f.file)))
	require.NoError(t, err)
	turned := filepath.Join(dir, "turned.go")
	require.NoError(t, os.WriteFile(turned, []byte(f.apply(t, path)), 0o600))
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {path: turned}})
	require.NoError(t, err)
	list := filepath.Join(dir, "overlay.json")
	require.NoError(t, os.WriteFile(list, overlay, 0o600))
	cmd := exec.CommandContext(t.Context(), "go", "run", "-overlay", list, "./internal/graphof") //nolint:gosec // go itself
	cmd.Stdin = strings.NewReader(f.config(t))
	out, err := cmd.Output()
	require.NoError(t, err)
	g := new(Graph)
	require.NoError(t, json.Unmarshal(out, g))
	return g
}
