package system

import (
	"testing"

	"github.com/stretchr/testify/require"

	"finwait/model"
)

// Every TCB in every reachable state of every scenario is valid, under every
// reading and every deviation.
func TestEveryReachableTCBIsValid(t *testing.T) {
	options := []string{""}
	for _, o := range model.Catalogue() {
		if o.Kind != model.Bug {
			options = append(options, o.Name)
		}
	}
	for _, s := range Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			for _, name := range options {
				b := s.Bounds
				b.Octets, b.InFlight = [2]int{0, 1}, 1
				switch {
				case s.Name == "loss-free":
					b.InFlight = 2
				case b.Inject > 0 && name == "" && !testing.Short():
					b.Octets = [2]int{0, 0}
				case b.Inject > 0:
					b = s.Small()
				}
				if name != "" {
					b = with(b, option(name))
				}
				for _, wnd := range []int{0, 1} {
					b.Window = wnd
					if wnd > 0 && testing.Short() {
						continue
					}
					_, g := explore(t, b)
					n := 0
					for side := range sides(g) {
						require.NoError(t, side.Valid(), "%q, window %d", name, wnd)
						require.False(t, side.Broken)
						require.Less(t, side.Role, uint8(2))
						n++
					}
					require.NotZero(t, n)
					if name == "" {
						t.Logf("window %d: %d sides in %d states", wnd, n, g.States())
					}
				}
			}
		})
	}
}
