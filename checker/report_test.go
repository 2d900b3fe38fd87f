package checker

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNames(t *testing.T) {
	require.Equal(t, "safety step witness liveness", fmt.Sprint(Safety, Stepwise, Witness, Liveness))
	require.Equal(t, "holds violated inconclusive vacuous", fmt.Sprint(Holds, Violated, Inconclusive, Vacuous))
	require.Equal(t, "weak strong finite", fmt.Sprint(Weak, Strong, Finite))
}
