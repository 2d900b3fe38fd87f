package checker_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"finwait/checker"
)

func TestPropertiesOutsideAGraph(t *testing.T) {
	type pair = checker.Pair[int]
	one, two := 1, 2
	small := checker.AlwaysWhen[string]("small", func(v pair) bool { return *v.A > 1 }, func(v pair) bool { return *v.B < 2 })
	for _, c := range []struct {
		v              pair
		premise, holds bool
	}{{pair{A: &one, B: &two}, false, true}, {pair{A: &two, B: &one}, true, true}, {pair{A: &two, B: &two}, true, false}} {
		premise, holds := small.HoldsIn(c.v)
		assert.Equal(t, c.premise, premise)
		assert.Equal(t, c.holds, holds)
	}
	up := checker.AlwaysSideStepWhen("up",
		func(h checker.SideStep[int, string]) bool { return h.Action == "go" },
		func(h checker.SideStep[int, string]) bool { return *h.To > *h.From })
	for _, c := range []struct {
		h              checker.SideStep[int, string]
		premise, holds bool
	}{
		{checker.SideStep[int, string]{Action: "stay", From: &one, To: &one}, false, true},
		{checker.SideStep[int, string]{Action: "go", From: &one, To: &two}, true, true},
		{checker.SideStep[int, string]{Action: "go", From: &two, To: &one}, true, false},
	} {
		premise, holds := checker.HoldsFor(up, c.h)
		assert.Equal(t, c.premise, premise)
		assert.Equal(t, c.holds, holds)
	}
	_, holds := up.HoldsIn(pair{A: &one, B: &two})
	assert.True(t, holds, "another kind of property says nothing of a state")
	_, holds = checker.HoldsFor(small, checker.SideStep[int, string]{From: &one, To: &two})
	assert.True(t, holds, "another kind of property says nothing of a half-move")
}
