package properties

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// golden compares got with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, file)
}

type sides = [2]system.Side

// scenario is a scenario's bounds with other numbers of octets, changed a little.
func scenario(t *testing.T, name string, a, b int, changes ...func(*system.Bounds)) system.Bounds {
	t.Helper()
	s, ok := system.LookupScenario(name)
	require.True(t, ok, name)
	bounds := s.Bounds
	bounds.Octets = [2]int{a, b}
	for _, change := range changes {
		change(&bounds)
	}
	return bounds
}

func inFlight(k int) func(*system.Bounds) { return func(b *system.Bounds) { b.InFlight = k } }

// option switches on an option by its name.
func option(name string) func(*system.Bounds) {
	return func(b *system.Bounds) {
		d, ok := model.Lookup(name)
		if !ok {
			panic("no option " + name)
		}
		d.Set(&b.Options, true)
	}
}

func newSystem(t *testing.T, b system.Bounds) *system.System {
	t.Helper()
	s, err := system.New(b)
	require.NoError(t, err)
	return s
}

// judgeRun judges claims in a scenario of the given name.
func judgeRun(t *testing.T, name string, b system.Bounds, claims ...Claim) Result {
	t.Helper()
	s, ok := system.LookupScenario(name)
	require.True(t, ok, name)
	r, err := Judge(t.Context(), Run{Scenario: s, Bounds: b, Claims: claims})
	require.NoError(t, err)
	return r
}

func lookup(t *testing.T, name string) Claim {
	t.Helper()
	c, ok := Lookup(name)
	require.True(t, ok, name)
	return c
}

// at is a state of a made-up run, and how it is reached: by an action of a
// side. The first one is where the run begins.
type at struct {
	side   int
	action system.Action
	sides
}

// mirrored is the same run with the two sides exchanged.
func mirrored(run []at) []at {
	list := make([]at, len(run))
	for i, x := range run {
		x.side = 1 - x.side
		x.sides[0], x.sides[1] = x.sides[1], x.sides[0]
		x.sides[0].Role, x.sides[1].Role = 0, 1
		list[i] = x
	}
	return list
}

// script is a system that has one run and no other: it does what is written,
// and then nothing any more, or the part from loop on again and again. The
// claims are judged over it as over any other.
type script struct {
	*system.System
	run  []at
	loop int
}

func (s script) Init(yield func(a, b system.Side) bool) { yield(s.run[0].sides[0], s.run[0].sides[1]) }
func (s script) Facts(system.Side) uint64               { return ^uint64(0) }

// steps yields the steps of the run.
func (s script) steps(yield func(from sides, to at)) {
	for i := 1; i < len(s.run); i++ {
		yield(s.run[i-1].sides, s.run[i])
	}
	if s.loop != checker.NoLoop {
		back := s.run[s.loop]
		back.side, back.action = s.run[0].side, s.run[0].action
		yield(s.run[len(s.run)-1].sides, back)
	}
}

// offered is the action by which a segment is offered.
func offered(a system.Action) system.Action {
	if a.Kind == system.Overflow || a.Kind == system.DuplicateOverflow {
		a.Kind--
	}
	return a
}

func (s script) Moves(x system.Side, buf []system.Move) []system.Move {
	s.steps(func(from sides, to at) {
		if from[to.side] != x {
			return
		}
		kind := uint8(checker.Local)
		if to.action.Kind.Arrives() {
			kind = checker.Offer
		}
		buf = append(buf, system.Move{Kind: kind, Action: offered(to.action), Next: to.sides[to.side]})
	})
	return buf
}

func (s script) Accept(x system.Side, a system.Action, buf []system.Move) []system.Move {
	s.steps(func(from sides, to at) {
		if from[1-to.side] == x && offered(to.action) == a {
			buf = append(buf, system.Move{Kind: checker.Offer, Action: to.action, Next: to.sides[1-to.side]})
		}
	})
	return buf
}

// follow judges a claim over a made-up run. With loop, the run goes on for ever
// from that state, by the action of the first entry.
func follow(t *testing.T, c Claim, b *system.System, loop int, run []at) Outcome {
	t.Helper()
	g := checker.ExploreProduct(t.Context(), script{b, run, loop}, checker.ProductOptions[system.Side, system.Action]{
		Terminal: func(View) bool { return true },
	})
	report, err := g.Check(t.Context(), c.Properties(b)...)
	require.NoError(t, err)
	o := Outcome{Claim: c, Verdict: checker.Vacuous}
	for _, r := range report.Results {
		o.merge(r)
	}
	return o
}

// start is the two sides of a system at the start, changed.
func start(b *system.System, changes ...func(a, b *system.Side)) sides {
	var pair sides
	b.Init(func(x, y system.Side) bool {
		pair = sides{x, y}
		return true
	})
	for _, change := range changes {
		change(&pair[0], &pair[1])
	}
	return pair
}

// local is the run of one local move of A: what the machine makes of it.
func local(t *testing.T, b *system.System, from sides, a system.Action) []at {
	t.Helper()
	for _, m := range b.Moves(from[0], nil) {
		if m.Action == a && m.Kind == checker.Local {
			return []at{{sides: from}, {0, a, sides{m.Next, from[1]}}}
		}
	}
	require.Fail(t, "no such move", "%v", a)
	return nil
}

// arrival is the run in which g, sent by B, arrives at A.
func arrival(t *testing.T, b *system.System, from sides, g model.Segment) []at {
	t.Helper()
	a := system.Action{Kind: system.Deliver, Segment: g}
	list := b.Accept(from[0], a, nil)
	require.Len(t, list, 1)
	from[1].Net[0], from[1].NumNet = g, 1
	after := sides{list[0].Next, from[1]}
	after[1].Net[0], after[1].NumNet = model.Segment{}, 0
	return []at{{sides: from}, {1, list[0].Action, after}}
}

// still is a run that stays where it begins.
func still(s sides) []at { return []at{{sides: s}} }
