package history

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// Whatever the network does, and however its users' calls overlap, the machine
// is two streams of octets; and once the network is good it comes to rest.
func TestPropertyRandomHistories(t *testing.T) {
	runs := 400
	if testing.Short() {
		runs = 40
	}
	for _, scenario := range Scenarios() {
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			seen := map[string]int{}
			for seed := range uint64(2 * runs) {
				rec, err := Record(scenario, model.Options{}, seed, seed%2 == 0)
				require.NoError(t, err)
				require.True(t, rec.Quiet, "seed %d does not come to rest", seed)
				require.NoError(t, Check(rec.History), rec.Text())
				for _, o := range rec.History {
					seen[o.Kind.String()+" "+o.Result.String()]++
				}
				seen["overlaps"] += rec.History.Overlaps()
			}
			t.Log(seen)
			want := []string{"overlaps", "read ok", "read EOF", "read time-out", "write refused", "awaitClose ok"}
			if scenario == "abort" {
				want = append(want, "read reset", "awaitClose reset", "abort ok")
			}
			for _, what := range want {
				if scenario == "simultaneous-close" && what == "read time-out" {
					continue // there both users close
				}
				assert.NotZero(t, seen[what], "it never happened: %s", what)
			}
		})
	}
}
