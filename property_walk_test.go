package finwait

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// harmless lists the readings and deviations under which nothing falls in a
// scenario. It is read off docs/readings.md, which is what the checker finds.
func harmless(t require.TestingT, scenario string) []string {
	text, err := os.ReadFile(filepath.Join("docs", "readings.md"))
	require.NoError(t, err)
	var names []string
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) < 7 || !strings.HasPrefix(cells[1], " `") || strings.Contains(cells[5], "`"+scenario+"`") {
			continue
		}
		name, _, _ := strings.Cut(strings.Trim(cells[1], " `"), "=")
		names = append(names, name)
	}
	return names
}

// What is drawn as harmless is what the checker found to be so, and not more.
func TestPropertyHarmlessReadings(t *testing.T) {
	for _, s := range system.Scenarios() {
		for _, name := range harmless(t, s.Name) {
			o, ok := model.Lookup(name)
			require.True(t, ok, name)
			assert.NotEqual(t, model.Bug, o.Kind, name)
		}
	}
	in := harmless(t, "close")
	assert.Subset(t, in, []string{"seqcheck", "zero-window-fin", "strict-receive", "rst-in-window", "ack-out-of-order", "rst-carries-ack"})
	assert.Contains(t, in, "closed-forgets", "users read at once: nothing is forgotten")
	assert.NotContains(t, in, "time-wait-acks-all")
	assert.NotContains(t, harmless(t, "half-close"), "closed-forgets")
}

// RECEIVE to the letter of 3.10.3 is an error in CLOSING, LAST-ACK and
// TIME-WAIT, and in CLOSED. For a user who reads at once neither alone takes
// anything away. Both together do: what is received after the own FIN has met
// the peer's can never be read.
func TestPropertyReceiveToTheLetter(t *testing.T) {
	var text strings.Builder
	for _, options := range [][]string{{"strict-receive"}, {"closed-forgets"}, {"strict-receive", "closed-forgets"}} {
		r := run(t, "close", []properties.Claim{claim(t, "fin-tells-eof")}, func(r *properties.Run) {
			r.Bounds.Octets = [2]int{}
			for _, o := range options {
				under(t, &r.Bounds, o)
			}
		})
		o := r.Outcomes[0]
		want := checker.Holds
		if len(options) == 2 {
			want = checker.Violated
			fmt.Fprintf(&text, "%s: %s %s falls in close: %s\n\n%s", strings.Join(options, " and "), o.Claim.Number, o.Claim.Name, o.Trace, drawn(r, o.Trace))
		}
		assert.Equal(t, want, o.Verdict, "%v: %s", options, o.Message)
	}
	golden(t, "receive-to-the-letter.txt", text.String())
}

// beyond draws bounds far beyond those that can be explored: many octets, many
// segments in flight, large segments, windows of tens of octets, any initial
// sequence numbers, harmless readings.
func beyond(t *rapid.T, s system.Scenario) system.Bounds {
	b := s.Bounds
	b.Octets = [2]int{octets(t, "octets of A"), octets(t, "octets of B")}
	b.MSS = rapid.IntRange(1, 20).Draw(t, "mss")
	b.InFlight = rapid.IntRange(2, system.MaxInFlight).Draw(t, "in flight")
	b.FIFO = rapid.Bool().Draw(t, "fifo")
	if b.Inject > 0 {
		b.Inject = rapid.IntRange(1, 20).Draw(t, "inject")
	}
	b.Window = rapid.SampledFrom([]int{0, 10, 20, 30, 40, 50, 60}).Draw(t, "window")
	if b.Window > 0 && rapid.Bool().Draw(t, "users pause") {
		b.ReceiveMoves = true
	}
	if !b.Opening() {
		// Near an OPEN the number 0 is not like others: see TestPropertyAbsoluteZero.
		b.ISS = [2]model.Seq{model.Seq(rapid.Uint32().Draw(t, "ISS of A")), model.Seq(rapid.Uint32().Draw(t, "ISS of B"))}
	}
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(harmless(t, s.Name)), 0, 2, rapid.ID[string]).Draw(t, "readings") {
		o, _ := model.Lookup(name)
		o.Set(&b.Options, true)
	}
	if b.Timed.On() {
		safely(t, &b)
	}
	return b
}

// safely draws a clock with far more ticks than can be explored, and the 2MSL
// that the table in docs/environments.md says is safe for it. It speaks of a peer
// with one octet at most, and of a network that has room for every copy.
func safely(t *rapid.T, b *system.Bounds) {
	b.Octets = [2]int{0, rapid.IntRange(0, 1).Draw(t, "octets of B")}
	b.InFlight, b.Window, b.ReceiveMoves = system.MaxInFlight, 0, false
	c := &b.Timed
	c.MSL = rapid.IntRange(0, 20).Draw(t, "MSL")
	c.RTO = rapid.IntRange(2*c.MSL+1, 50).Draw(t, "RTO")
	c.Losses = rapid.IntRange(1, 3).Draw(t, "losses")
	c.TwoMSL = shortest("net-drained", *c, b.Octets[1] > 0)
}

func octets(t *rapid.T, label string) int {
	return rapid.SampledFrom([]int{0, 1, 2, 10, 100, 200, 300}).Draw(t, label)
}

// weights make a walk interesting: users write much and close late, the
// network loses little, a third party is in no hurry.
func weight(a system.Action) int {
	switch a.Kind {
	case system.Close, system.Abort:
		return 1
	case system.Lose, system.Duplicate, system.DuplicateOverflow, system.Retransmit, system.Inject:
		return 8
	case system.Send, system.Transmit:
		return 60
	default:
		return 40
	}
}

// wander takes a walk of at most n steps, judging each, until nothing can
// happen any more. A step that violates a claim ends it.
func wander(t *rapid.T, b *system.System, scenario string, n int) (*properties.Walk, error) {
	watch := properties.NewMonitor(b, scenario)
	w := properties.NewWalk(b)
	for range n {
		next := w.Next()
		if len(next) == 0 {
			break
		}
		step := draw(t, next)
		w.Take(step)
		if err := watch.Step(step); err != nil {
			return w, fmt.Errorf("%w\n%s", err, properties.Ladder(b, &w.Trace))
		}
	}
	return w, nil
}

// Random walks with the model's own actions, far beyond the bounds of the
// exhaustive search: every safety claim, and every invariant of the TCBs,
// holds at every step. A walk that fails is shrunk, and drawn.
func TestPropertyRandomWalks(t *testing.T) {
	probes := 0
	for _, s := range system.Scenarios() {
		if s.Name == "refused" {
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			longest, over := 0, 0
			rapid.Check(t, func(t *rapid.T) {
				w, err := wander(t, newSystem(t, beyond(t, s)), s.Name, 3000)
				if err != nil {
					t.Fatal(err)
				}
				longest = max(longest, int(w.State[0].User.Next), int(w.State[1].User.Next))
				if w.Over() {
					over++
				}
				for _, st := range w.Trace.Steps {
					if st.Action.Kind == system.Probe {
						probes++
					}
				}
			})
			require.NotZero(t, over, "no walk went to the end")
			if s.Name != "abort" && s.Name != "timed" && !testing.Short() {
				require.Greater(t, longest, 40, "the walks do not go far")
			}
		})
	}
	require.NotZero(t, probes, "no window was ever shut")
}

// draw chooses a step by weight, the first ones first when it is shrunk.
func draw(t *rapid.T, next []properties.Transition) *properties.Transition {
	var urn []int
	for i := range next {
		for range weight(next[i].Action) {
			urn = append(urn, i)
		}
	}
	return &next[rapid.SampledFrom(urn).Draw(t, "step")]
}
