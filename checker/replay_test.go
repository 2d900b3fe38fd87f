package checker

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReplay shows that a wrong trace does not pass.
func TestReplay(t *testing.T) {
	g := Explore(context.Background(), ring{3}, ModelOptions[uint8, string]{})
	all := Labels(func(int, string) bool { return true })
	type trace = Trace[*uint8, string]
	step := func(side int, action string, s uint8) TraceStep[*uint8, string] {
		return TraceStep[*uint8, string]{side, action, &s}
	}
	around := []TraceStep[*uint8, string]{step(-1, "", 0), step(0, "step", 1), step(0, "step", 2), step(0, "step", 0)}
	rests := []TraceStep[*uint8, string]{step(-1, "", 0), step(0, "rest", 0)}
	for _, c := range []struct {
		t    trace
		fair []Fairness[string]
		want string // a part of the error
	}{
		{trace{around, NoLoop}, nil, ""},
		{trace{around, 0}, []Fairness[string]{WF("all", all), SF("all", all)}, ""},
		{trace{around[:1], 0}, nil, ""},
		{trace{around[1:], NoLoop}, nil, "does not begin in an initial state"},
		{trace{[]TraceStep[*uint8, string]{around[0], step(0, "step", 2)}, NoLoop}, nil, "does not repeat step 1"},
		{trace{[]TraceStep[*uint8, string]{around[0], step(1, "step", 1)}, NoLoop}, nil, "does not repeat step 1"},
		{trace{[]TraceStep[*uint8, string]{around[0], step(0, "jump", 1)}, NoLoop}, nil, "does not repeat step 1"},
		{trace{around, 1}, nil, "does not close"},
		{trace{around[:1], 0}, []Fairness[string]{WF("all", all)}, `breaks weak fairness "all"`},
		{trace{rests, 0}, []Fairness[string]{SF("all", all)}, `breaks strong fairness "all"`},
		{trace{around, 0}, []Fairness[string]{Finitely("all", all)}, `breaks finite fairness "all"`},
		{trace{rests, 0}, []Fairness[string]{Finitely("all", all)}, ""},
	} {
		err := g.replay(&c.t, c.fair)
		if c.want == "" {
			require.NoError(t, err)
		} else {
			require.ErrorContains(t, err, c.want)
		}
	}
}

// TestConfirm holds traces against properties that they do not belong to.
func TestConfirm(t *testing.T) {
	is := func(states ...uint8) func(*uint8) bool {
		return func(s *uint8) bool { return strings.ContainsRune(string(states), rune(*s)) }
	}
	never := func(Step[*uint8, string]) bool { return false }
	steps := func(states ...uint8) (list []TraceStep[*uint8, string]) {
		for _, s := range states {
			list = append(list, TraceStep[*uint8, string]{0, "step", &s})
		}
		return list
	}
	class := func(int, string) bool { return true }
	for _, c := range []struct {
		p      Property[*uint8, string]
		states []uint8
		loop   int
		ok     bool
	}{
		{Always[string](" ", is(1)), []uint8{1, 0}, NoLoop, true},
		{Always[string](" ", is(1)), []uint8{0, 1}, NoLoop, false},
		{AlwaysWhen[string](" ", is(2), is(1)), []uint8{0, 0}, NoLoop, false},
		{AlwaysStep(" ", never), []uint8{0, 1}, NoLoop, true},
		{AlwaysStepWhen(" ", never, never), []uint8{0, 1}, NoLoop, false},
		{LeadsTo[string](" ", is(1), is(2)), []uint8{2, 1, 0}, 2, true},
		{LeadsTo[string](" ", is(1), is(2)), []uint8{1, 2, 0}, 2, false},
		{LeadsTo[string](" ", is(1), is(2)), []uint8{2, 1, 0, 2}, 0, false},
		{LeadsTo[string](" ", is(1), is(2)), []uint8{0, 2, 1, 0}, 0, false},
		{LeadsTo[string](" ", is(1), is(2)), []uint8{0, 0}, 1, false},
		{AlwaysEventually[string](" ", is(1)), []uint8{1, 0}, 1, true},
		{AlwaysEventually[string](" ", is(1)), []uint8{0, 1, 0}, 0, false},
		{EventuallyAlways[string](" ", is(1)), []uint8{1, 0, 1}, 0, true},
		{EventuallyAlways[string](" ", is(1)), []uint8{0, 1}, 1, false},
		{NoFairCycle[*uint8](" ", class), []uint8{0, 1, 0}, 0, true},
		{NoFairCycle[*uint8](" ", class), []uint8{0, 1}, 1, false},
	} {
		err := c.p.confirm(&Trace[*uint8, string]{steps(c.states...), c.loop})
		require.Equal(t, c.ok, err == nil, "%v: %v from %d", c.p.op, c.states, c.loop)
	}
}

// TestLyingModel is no pure function: what it said is found out, and no verdict is given.
func TestLyingModel(t *testing.T) {
	ctx := context.Background()
	for _, p := range []Property[*uint8, string]{
		Always[string]("low", func(s *uint8) bool { return *s < 2 }),
		Sometimes[string]("high", func(s *uint8) bool { return *s == 2 }),
		AlwaysEventually[string]("two", func(s *uint8) bool { return *s != 2 }),
	} {
		l := &liar{}
		g := Explore(ctx, l, ModelOptions[uint8, string]{Terminal: func(*uint8) bool { return true }})
		l.lies = true
		_, err := g.Check(ctx, p)
		require.ErrorContains(t, err, "replay")
	}
	l := &liar{}
	g := Explore(ctx, l, ModelOptions[uint8, string]{})
	l.lies = true
	_, err := g.Check(ctx)
	require.ErrorContains(t, err, "replay")
	_, err = g.Trace(2)
	require.Error(t, err)
	require.False(t, errors.Is(err, context.Canceled))

	// A deadlock that is none, when the model is asked again.
	s := &sleeper{}
	g = Explore(ctx, s, ModelOptions[uint8, string]{})
	s.awake = true
	_, err = g.Check(ctx)
	require.ErrorContains(t, err, "the model has moves in a deadlock")

	// A wandering claim: the state that broke it does not break it again.
	asked := 0
	_, err = Check(ctx, ring{1}, ModelOptions[uint8, string]{Workers: 1},
		Always[string]("moody", func(*uint8) bool { asked++; return asked > 1 }))
	require.ErrorContains(t, err, "does not show what it should")
}

type liar struct {
	ladder
	lies bool
}

func (l *liar) Next(s uint8, buf []Successor[uint8, string]) []Successor[uint8, string] {
	if l.lies {
		return buf
	}
	return ladder{2}.Next(s, buf)
}

type sleeper struct {
	ladder
	awake bool
}

func (s *sleeper) Next(n uint8, buf []Successor[uint8, string]) []Successor[uint8, string] {
	if s.awake {
		return ladder{2}.Next(n, buf)
	}
	return buf
}
