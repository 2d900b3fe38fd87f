package checker

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDeadlocks(t *testing.T) {
	ctx := context.Background()
	c := twins{2, 1}
	report, err := CheckProduct(ctx, c, ProductOptions[uint8, string]{})
	require.NoError(t, err)
	require.Equal(t, 1, report.Deadlocks)
	require.Equal(t, "3 steps", report.Deadlock.String())
	report, err = CheckProduct(ctx, c, ProductOptions[uint8, string]{Terminal: func(v Pair[uint8]) bool { return *v.A == 3 && *v.B == 3 }})
	require.NoError(t, err)
	require.Zero(t, report.Deadlocks)
	require.Nil(t, report.Deadlock)
	report, err = CheckProduct(ctx, c, ProductOptions[uint8, string]{MaxStates: 3})
	require.NoError(t, err)
	require.Zero(t, report.Deadlocks, "a state that is not expanded is no deadlock")

	whole, err := Check(ctx, ring{1}, ModelOptions[uint8, string]{})
	require.NoError(t, err)
	require.Zero(t, whole.Deadlocks, "a loop is a transition")
	dead, err := Check(ctx, ladder{2}, ModelOptions[uint8, string]{Terminal: func(s *uint8) bool { return *s == 1 }})
	require.NoError(t, err)
	require.Equal(t, 1, dead.Deadlocks)
}

func TestBadProperties(t *testing.T) {
	g := Explore(context.Background(), ring{3}, ModelOptions[uint8, string]{})
	yes := func(*uint8) bool { return true }
	type property = Property[*uint8, string]
	for _, c := range []struct {
		p    property
		want string
	}{
		{property{Name: "p"}, `checker: property "p": not made by a constructor`},
		{Always[string, *uint8]("p", nil), `checker: property "p": a predicate is nil`},
		{Sometimes[string, *uint8]("p", nil), `checker: property "p": a predicate is nil`},
		{AlwaysStep[*uint8, string]("p", nil), `checker: property "p": a predicate is nil`},
		{SometimesStep[*uint8, string]("p", nil), `checker: property "p": a predicate is nil`},
		{LeadsTo[string]("p", yes, nil), `checker: property "p": a predicate is nil`},
		{AlwaysEventually[string, *uint8]("p", nil), `checker: property "p": a predicate is nil`},
		{EventuallyAlways[string, *uint8]("p", nil), `checker: property "p": a predicate is nil`},
		{NoFairCycle[*uint8, string]("p", nil), `checker: property "p": a predicate is nil`},
		{AlwaysEventually("p", yes, WF[string]("f", nil)), `checker: property "p": fairness f has no class, or no known kind`},
	} {
		_, err := g.Check(context.Background(), c.p)
		require.EqualError(t, err, c.want)
	}
	require.Error(t, AlwaysSideStep[uint8, string]("p", nil).valid())
	require.Error(t, SometimesSideStep[uint8, string]("p", nil).valid())
}
