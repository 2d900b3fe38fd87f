package checker

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// ring counts to n and around; an even state may also rest, which changes nothing.
type ring struct{ n uint8 }

func (r ring) Init(yield func(uint8) bool) { yield(0) }
func (r ring) Next(s uint8, buf []Successor[uint8, string]) []Successor[uint8, string] {
	if s%2 == 0 {
		buf = append(buf, Successor[uint8, string]{"rest", s})
	}
	return append(buf, Successor[uint8, string]{"step", (s + 1) % r.n})
}
func (r ring) Encode(dst []byte, s uint8) []byte        { return append(dst, 'x', s) }
func (r ring) EncodeAction(dst []byte, a string) []byte { return append(dst, a...) }

// twins is two counters that move alone.
type twins struct{ first, second uint8 }

func (c twins) Init(yield func(a, b uint8) bool) { yield(c.first, c.second) }
func (c twins) Moves(s uint8, buf []Move[uint8, string]) []Move[uint8, string] {
	if s < 3 {
		buf = append(buf, Move[uint8, string]{Action: "up", Next: s + 1})
	}
	return buf
}
func (c twins) Accept(_ uint8, _ string, buf []Move[uint8, string]) []Move[uint8, string] { return buf }
func (c twins) Facts(uint8) uint64                                                        { return 0 }
func (c twins) Encode(dst []byte, s uint8) []byte                                         { return append(dst, s) }
func (c twins) EncodeAction(dst []byte, side int, a string) []byte {
	return fmt.Append(dst, side, a)
}

func TestSet(t *testing.T) {
	var s set
	var keys []uint64
	_, found := s.find(keys, 7)
	require.False(t, found)
	for i := range uint64(100_000) {
		key := join(uint32(i%317), uint32(i/317)) // a product's keys are regular
		require.True(t, s.add(keys, key, uint32(i)))
		keys = append(keys, key)
		require.False(t, s.add(keys, key, uint32(i)+1))
	}
	for i, key := range keys {
		n, found := s.find(keys, key)
		require.True(t, found && int(n) == i)
	}
	_, found = s.find(keys, join(5000, 0))
	require.False(t, found)
	require.LessOrEqual(t, s.used, len(s.slots)/4*3+1)
}

// TestDigest computes a digest again, with big numbers and from the definition in digest.go.
func TestDigest(t *testing.T) {
	for _, p := range primes {
		require.True(t, new(big.Int).SetUint64(p).ProbablyPrime(20))
	}
	c := twins{0, 1}
	g := ExploreProduct(context.Background(), c, ProductOptions[uint8, string]{})
	want := ""
	for i, prime := range primes {
		p := new(big.Int).SetUint64(prime)
		hash := func(salt byte, content []byte) *big.Int { return new(big.Int).SetUint64(residueOf(salt, content)[i]) }
		total := new(big.Int)
		for n := range g.States() {
			v := g.View(n)
			total.Add(total, new(big.Int).Mul(hash(0, c.Encode(nil, *v.A)), hash(1, c.Encode(nil, *v.B))))
		}
		for e := range g.Edges() {
			total.Add(total, hash(byte(2+e.Side), c.EncodeAction(nil, e.Side, e.Action)))
		}
		want += fmt.Sprintf("%016x", total.Mod(total, p))
	}
	require.Equal(t, want, g.Figures().Digest)
	require.Equal(t, "1ca70e24571307bb09f36e540bcb1dd6", want, "on any machine")

	mirror := ExploreProduct(context.Background(), twins{1, 0}, ProductOptions[uint8, string]{}).Figures()
	require.Equal(t, g.Figures().States, mirror.States)
	require.Equal(t, g.Figures().Transitions, mirror.Transitions)
	require.NotEqual(t, want, mirror.Digest, "a system and its mirror image differ")
	require.NotEqual(t, want, ExploreProduct(context.Background(), c, ProductOptions[uint8, string]{MaxStates: 11}).Figures().Digest)
}

func TestGraph(t *testing.T) {
	g := Explore(context.Background(), ring{5}, ModelOptions[uint8, string]{})
	require.Equal(t, 5, g.States())
	require.Equal(t, 5, g.Expanded())
	require.Equal(t, []Count{{"rest", 3}, {"step", 5}}, g.Figures().Coverage)
	n, found := g.First(func(s *uint8) bool { return *s == 3 })
	require.True(t, found)
	require.Equal(t, 3, g.Depth(n))
	_, found = g.First(func(s *uint8) bool { return *s == 5 })
	require.False(t, found)
	trace, err := g.Trace(n)
	require.NoError(t, err)
	require.Equal(t, "3 steps", trace.String())
	require.Equal(t, -1, trace.Steps[0].Side)
	require.Equal(t, "step", trace.Steps[3].Action)
	for e := range g.EdgesFrom(2) {
		require.Equal(t, Edge[string]{2, 0, "rest", 2}, e, "in canonical order")
		break
	}
	*trace.Steps[3].State = 99 // the values are the reader's own
	require.Equal(t, uint8(3), *g.View(n))
}

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

// ladder leads to its last rung, and says that it does not when it is asked again.
type ladder struct{ rungs uint8 }

func (l ladder) Init(yield func(uint8) bool) { yield(0) }
func (l ladder) Next(s uint8, buf []Successor[uint8, string]) []Successor[uint8, string] {
	if s < l.rungs {
		buf = append(buf, Successor[uint8, string]{"up", s + 1})
	}
	return buf
}
func (l ladder) Encode(dst []byte, s uint8) []byte        { return append(dst, s) }
func (l ladder) EncodeAction(dst []byte, a string) []byte { return append(dst, a...) }

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

func TestNames(t *testing.T) {
	require.Equal(t, "safety step witness liveness", fmt.Sprint(Safety, Stepwise, Witness, Liveness))
	require.Equal(t, "holds violated inconclusive vacuous", fmt.Sprint(Holds, Violated, Inconclusive, Vacuous))
	require.Equal(t, "weak strong finite", fmt.Sprint(Weak, Strong, Finite))
}

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
