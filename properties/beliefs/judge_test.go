package beliefs

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"finwait/model/system"
)

func TestTry(t *testing.T) {
	list, err := Judge(t.Context(), Catalogue(), func(s system.Scenario) system.Bounds { return s.Bounds })
	require.NoError(t, err)
	for n, j := range list {
		fmt.Printf("\n%d. %s: %v\n", n+1, j.Text.En, j.Verdict())
		for _, f := range j.Findings {
			fmt.Printf("  - %v %d states, premise %d %s %s\n%s", f.Verdict, f.States, f.Premise, f.Scenario, f.Part.Text.En, f.Ladder)
		}
	}
}
