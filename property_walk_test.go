package finwait

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// harmless are the readings under which every safety claim still holds.
var harmless = []string{"seqcheck", "zero-window-fin", "strict-receive", "rst-in-window", "time-wait-ignores-rst", "ack-out-of-order", "rst-carries-ack"}

// beyond draws bounds far beyond those that can be explored: many octets, many
// segments in flight, large segments, any initial sequence numbers, harmless
// readings.
func beyond(t *rapid.T, s system.Scenario) system.Bounds {
	b := s.Bounds
	b.Octets = [2]int{octets(t, "octets of A"), octets(t, "octets of B")}
	b.MSS = rapid.IntRange(1, 20).Draw(t, "mss")
	b.InFlight = rapid.IntRange(2, system.MaxInFlight).Draw(t, "in flight")
	b.FIFO = rapid.Bool().Draw(t, "fifo")
	if b.Start != system.FromClosed {
		// Near an OPEN the number 0 is not like others: see TestPropertyAbsoluteZero.
		b.ISS = [2]model.Seq{model.Seq(rapid.Uint32().Draw(t, "ISS of A")), model.Seq(rapid.Uint32().Draw(t, "ISS of B"))}
	}
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(harmless), 0, 2, rapid.ID[string]).Draw(t, "readings") {
		o, _ := model.Lookup(name)
		o.Set(&b.Options, true)
	}
	return b
}

func octets(t *rapid.T, label string) int {
	return rapid.SampledFrom([]int{0, 1, 2, 10, 100, 200, 300}).Draw(t, label)
}

// weights make a walk interesting: users write much and close late, the
// network loses little.
func weight(a system.Action) int {
	switch a.Kind {
	case system.Close, system.Abort:
		return 1
	case system.Lose, system.Duplicate, system.DuplicateOverflow, system.Retransmit:
		return 8
	case system.Send, system.Transmit:
		return 60
	default:
		return 40
	}
}

// Random walks with the model's own actions, far beyond the bounds of the
// exhaustive search: every safety claim, and every invariant of the TCBs,
// holds at every step. A walk that fails is shrunk, and drawn.
func TestPropertyRandomWalks(t *testing.T) {
	for _, s := range system.Scenarios() {
		if s.Name == "refused" {
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			longest, over := 0, 0
			rapid.Check(t, func(t *rapid.T) {
				b, err := system.New(beyond(t, s))
				require.NoError(t, err)
				watch := properties.NewMonitor(b, s.Name)
				w := properties.NewWalk(b)
				for range 3000 {
					next := w.Next()
					if len(next) == 0 {
						break
					}
					step := draw(t, next)
					w.Take(step)
					if err := watch.Step(step); err != nil {
						t.Fatalf("%v\n%s", err, properties.Ladder(b, &w.Trace))
					}
				}
				longest = max(longest, int(w.State[0].User.Next), int(w.State[1].User.Next))
				if w.Over() {
					over++
				}
			})
			require.NotZero(t, over, "no walk went to the end")
			if s.Name != "abort" && !testing.Short() {
				require.Greater(t, longest, 40, "the walks do not go far")
			}
		})
	}
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
