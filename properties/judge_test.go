package properties

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// A claim of several parts is as bad as its worst part, and vacuous only if
// all of them are; the trace and the message are those of the worst.
func TestMerge(t *testing.T) {
	order := []checker.Verdict{checker.Vacuous, checker.Holds, checker.Inconclusive, checker.Violated}
	part := func(v checker.Verdict, message string) checker.Result[View, system.Action] {
		return checker.Result[View, system.Action]{Verdict: v, Premise: 3, Message: message, Trace: &Trace{Loop: int(v)}}
	}
	for i, v := range order {
		for j, w := range order {
			o := Outcome{Verdict: checker.Vacuous}
			o.merge(part(v, "first"))
			assert.Equal(t, v, o.Verdict, "one part")
			assert.Equal(t, "first", o.Message)
			o.merge(part(w, "second"))
			assert.Equal(t, order[max(i, j)], o.Verdict, "%v and %v", v, w)
			assert.Equal(t, uint64(6), o.Premise)
			want := "first"
			if j > i {
				want = "second"
			}
			assert.Equal(t, want, o.Message, "%v and %v", v, w)
			assert.Equal(t, int(o.Verdict), o.Trace.Loop, "%v and %v", v, w)
		}
	}
}

// The outcomes are in the order of the claims, each of its own parts.
func TestJudge(t *testing.T) {
	r := judgeRun(t, "close", scenario(t, "close", 0, 0), lookup(t, "quiet"), lookup(t, "fin-wait-1-ends"), lookup(t, "prefix"), lookup(t, "held-fin"))
	require.Len(t, r.Outcomes, 4)
	for i, want := range []struct {
		name    string
		verdict checker.Verdict
	}{
		{"quiet", checker.Holds}, {"fin-wait-1-ends", checker.Holds}, {"prefix", checker.Vacuous}, {"held-fin", checker.Violated},
	} {
		o := r.Outcomes[i]
		assert.Equal(t, want.name, o.Claim.Name)
		assert.Equal(t, want.verdict, o.Verdict, o.Message)
		assert.NotEmpty(t, o.Message)
	}
	assert.Equal(t, 1357, r.Figures.States)
	assert.Nil(t, r.Deadlock)
	assert.NotNil(t, r.System)
	assert.Nil(t, r.Missing, "other bounds than the scenario's promise nothing")
	names := map[string]bool{}
	for _, c := range r.Figures.Points {
		names[c.Name] = true
	}
	for a := range model.Arrows {
		delete(names, a.String())
	}
	assert.Empty(t, names, "the coverage points are the arrows")
}

// Bounds that a state cannot hold are an error, and so is what no system is.
func TestJudgeRefuses(t *testing.T) {
	_, err := Judge(t.Context(), Run{Bounds: system.Bounds{MSS: 1, InFlight: 9}})
	assert.EqualError(t, err, "inflight: 9 is out of range, 1 to 7 segments")
	broken := Claim{Name: "no claim", parts: func(*system.System, []Fairness) []Property { return []Property{{Name: "no claim"}} }}
	_, err = Judge(t.Context(), Run{
		Scenario: system.Scenario{Name: "close"}, Bounds: scenario(t, "refused", 0, 0), Claims: []Claim{broken},
	})
	assert.ErrorContains(t, err, `close: checker: property "no claim"`)
}

// Without an assumption that it needs a claim falls, with a lasso.
func TestDrop(t *testing.T) {
	s, _ := system.LookupScenario("close")
	run := Run{Scenario: s, Bounds: scenario(t, "close", 0, 0), Claims: []Claim{lookup(t, "both-close")}}
	r, err := Judge(t.Context(), run)
	require.NoError(t, err)
	assert.Equal(t, checker.Holds, r.Outcomes[0].Verdict)
	run.Drop = []string{"2msl"}
	r, err = Judge(t.Context(), run)
	require.NoError(t, err)
	assert.Equal(t, checker.Violated, r.Outcomes[0].Verdict)
	assert.True(t, r.Outcomes[0].Trace.Stutters())
}

// promising is a scenario with its own bounds that promises some things.
func promising(b system.Bounds, name string, arrow model.Arrow, kinds ...system.Kind) Run {
	s := system.Scenario{Name: name, Bounds: b, Actions: kinds, Arrows: []model.Arrow{arrow}}
	return Run{Scenario: s, Bounds: b}
}

func arrowOf(t *testing.T, s model.State, trigger model.Trigger) model.Arrow {
	t.Helper()
	for a := range model.Arrows {
		if a.From == s && a.Trigger == trigger {
			return a
		}
	}
	require.Fail(t, "no such arrow")
	return model.Arrow{}
}

// What a scenario promises and never does is missing: when it ran to the end,
// within its own bounds.
func TestMissing(t *testing.T) {
	b := scenario(t, "close", 0, 0)
	refused, fin := arrowOf(t, model.SynSent, model.RcvRST), arrowOf(t, model.Established, model.RcvFIN)
	missing := func(r Run) []string {
		res, err := Judge(t.Context(), r)
		require.NoError(t, err)
		return res.Missing
	}
	kinds := []system.Kind{system.Close, system.Probe, system.Deliver, system.Send}
	assert.Equal(t, []string{"Probe", "Send", "SYN-SENT --rcv RST--> CLOSED"}, missing(promising(b, "x", refused, kinds...)))
	assert.Nil(t, missing(promising(b, "x", fin, system.Close)))

	other := promising(b, "x", refused, kinds...)
	other.Bounds.InFlight = 1
	assert.Nil(t, missing(other), "other bounds")
	short := promising(b, "x", refused, kinds...)
	short.States = 10
	assert.Nil(t, missing(short), "truncated")
}

// An Overflow in the scenario that calls itself loss-free is told; elsewhere it
// is what it is.
func TestOverflowed(t *testing.T) {
	b := scenario(t, "loss-free", 2, 1, inFlight(2))
	assert.True(t, judgeRun(t, "loss-free", b).Overflowed)
	assert.False(t, judgeRun(t, "close", b).Overflowed)
	b.InFlight = 3
	assert.False(t, judgeRun(t, "loss-free", b).Overflowed)
}

// Of a truncated run nothing is known but what was found.
func TestTruncated(t *testing.T) {
	s, _ := system.LookupScenario("simultaneous-close")
	b := scenario(t, "simultaneous-close", 1, 1, option("fin-across-hole"))
	levels := 0
	r, err := Judge(t.Context(), Run{
		Scenario: s, Bounds: b, States: 20000, Workers: 1,
		Claims: []Claim{
			lookup(t, "eof-honesty"), lookup(t, "prefix"), lookup(t, "both-close"), lookup(t, "both-closing"), lookup(t, "text-held-in-fin-wait-2"),
		},
		Progress: func(checker.Progress) { levels++ },
	})
	require.NoError(t, err)
	assert.NotEmpty(t, r.Figures.Truncated)
	assert.NotZero(t, levels)
	for i, want := range []checker.Verdict{checker.Violated, checker.Inconclusive, checker.Inconclusive, checker.Holds} {
		assert.Equal(t, want, r.Outcomes[i].Verdict, "%s: %s", r.Outcomes[i].Claim.Name, r.Outcomes[i].Message)
	}
	r, err = Judge(t.Context(), Run{Scenario: s, Bounds: b, Memory: 1})
	require.NoError(t, err)
	assert.Contains(t, r.Figures.Truncated, "memory")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r, err = Judge(ctx, Run{Scenario: s, Bounds: b, Claims: []Claim{lookup(t, "prefix")}})
	require.NoError(t, err)
	assert.NotEmpty(t, r.Figures.Truncated)
	assert.Equal(t, checker.Inconclusive, r.Outcomes[0].Verdict)
}

// A state without successor that is no end comes with the run that leads there.
func TestDeadlock(t *testing.T) {
	r := judgeRun(t, "loss-free", scenario(t, "loss-free", 0, 0, func(b *system.Bounds) { b.Loss = true }))
	assert.NotZero(t, r.Figures.Deadlocks)
	require.NotNil(t, r.Deadlock)
	last := r.Deadlock.Steps[len(r.Deadlock.Steps)-1].State
	assert.Empty(t, Transitions(r.System, &sides{*last.A, *last.B}))
	assert.False(t, system.Terminal(last.A, last.B))
}

// A panic of the machine is a violation of S7 with a trace, and no deadlock.
func TestPanicIsCaught(t *testing.T) {
	b := newSystem(t, scenario(t, "abort", 0, 0, option("last-ack-any-ack")))
	from := start(b, func(a, _ *system.Side) { a.State = 200 })
	claim := lookup(t, "figure")
	for _, run := range [][]at{{{sides: from}}, mirrored([]at{{sides: from}})} {
		begin := script{b, run, checker.NoLoop}
		g := checker.ExploreProduct(t.Context(), beginning{b, begin}, checker.ProductOptions[system.Side, system.Action]{
			Terminal: func(v View) bool { return system.Terminal(v.A, v.B) },
			Cover:    coverArrows(b),
		})
		report, err := g.Check(t.Context(), claim.Properties(b)...)
		require.NoError(t, err)
		assert.Zero(t, report.Deadlocks)
		o := Outcome{}
		for _, r := range report.Results {
			o.merge(r)
		}
		require.Equal(t, checker.Violated, o.Verdict, o.Message)
		last := o.Trace.Steps[len(o.Trace.Steps)-1].State
		assert.True(t, last.A.Broken != last.B.Broken)
		assert.Contains(t, Ladder(b, o.Trace).String(), "PANIC")
	}
}

// beginning is a system that begins where another one says.
type beginning struct {
	*system.System
	where script
}

func (x beginning) Init(yield func(a, b system.Side) bool) { x.where.Init(yield) }

// half-close reads by moves of its own, so its windows vary with real windows,
// and not in normal form: the claims hold of both.
func TestHalfCloseWithRealWindows(t *testing.T) {
	b := scenario(t, "half-close", 0, 1, func(b *system.Bounds) { b.Window = model.DefaultWindow })
	if testing.Short() {
		b.InFlight = 1
	}
	r := judgeRun(t, "half-close", b, Judged("half-close")...)
	assert.Zero(t, r.Figures.Deadlocks)
	for _, o := range r.Outcomes {
		assert.Equal(t, checker.Holds, o.Verdict, "%s: %s", o.Claim.Name, o.Message)
	}
}
