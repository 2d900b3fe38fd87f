package history

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// bound is a system small enough that every run of it, up to a depth, can be
// made.
type bound struct {
	scenario  string
	octets    [2]int
	inFlight  int
	depth     int
	short     bool // small enough for -short, too
	runs      int
	histories int // that differ
}

func bounds() []bound {
	const all = 1000
	return []bound{
		{"loss-free", [2]int{0, 0}, 2, all, true, 336, 114},
		{"loss-free", [2]int{1, 0}, 1, all, false, 10497, 2117},
		{"loss-free", [2]int{1, 0}, 2, 8, false, 2019, 1350},
		{"half-close", [2]int{0, 1}, 2, 8, false, 2886, 1166},
		{"half-close", [2]int{1, 1}, 2, 5, true, 75, 58},
		{"simultaneous-close", [2]int{1, 0}, 2, 5, false, 793, 216},
		{"close", [2]int{1, 1}, 2, 4, true, 254, 235},
		{"abort", [2]int{1, 0}, 2, 5, false, 1418, 926},
	}
}

func (x bound) system(t *testing.T, o model.Options) *system.System {
	t.Helper()
	s, ok := system.LookupScenario(x.scenario)
	require.True(t, ok)
	b := s.Bounds
	b.Octets, b.InFlight, b.Options = x.octets, x.inFlight, o
	sys, err := system.New(b)
	require.NoError(t, err)
	return sys
}

// Every run of a small bound, not only those that a generator draws, gives a
// history of two streams. Many runs give the same.
func TestPropertyEveryShortHistory(t *testing.T) {
	for _, x := range bounds() {
		t.Run(fmt.Sprintf("%s/octets=%v,inflight=%d,depth=%d", x.scenario, x.octets, x.inFlight, x.depth), func(t *testing.T) {
			t.Parallel()
			if testing.Short() && !x.short {
				t.Skip("SKIP-OK: there are too many runs for -short")
			}
			different := map[string]bool{}
			b := x.system(t, model.Options{})
			runs := Every(b, x.depth, func(r *Recorder, w *properties.Walk) bool {
				h := r.History(Eager())
				text := h.Text()
				if different[text] {
					return true
				}
				different[text] = true
				return assert.NoError(t, Check(h), "%s\n%s", text, properties.Ladder(b, &w.Trace))
			})
			t.Logf("%d runs, %d histories", runs, len(different))
			assert.Equal(t, x.runs, runs)
			assert.Equal(t, x.histories, len(different))
		})
	}
}

// Of the runs of a broken machine some are found out: the histories of users
// who wait at once for what comes next do not hide what is wrong.
func TestPropertyEveryShortHistoryBites(t *testing.T) {
	for _, x := range []struct {
		option string
		bound  bound
	}{
		{"fin-across-hole", bound{scenario: "close", octets: [2]int{1, 0}, inFlight: 2, depth: 5}},
		{"eof-lost", bound{scenario: "close", octets: [2]int{0, 0}, inFlight: 2, depth: 4}},
	} {
		t.Run(x.option, func(t *testing.T) {
			t.Parallel()
			rejected := 0
			Every(x.bound.system(t, options(t, x.option)), x.bound.depth, func(r *Recorder, _ *properties.Walk) bool {
				if err := Check(r.History(Eager())); err != nil {
					require.ErrorIs(t, err, ErrIllegal)
					rejected++
				}
				return rejected == 0
			})
			assert.NotZero(t, rejected)
		})
	}
}
