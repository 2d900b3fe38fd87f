package beliefs

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model/system"
	"finwait/properties"
)

func lookup(t *testing.T, name string) Belief {
	t.Helper()
	list := Catalogue()
	i := slices.IndexFunc(list, func(b Belief) bool { return b.Name == name })
	require.GreaterOrEqual(t, i, 0, name)
	return list[i]
}

// verdict judges the first part of a belief alone, with what change does to it.
func verdict(t *testing.T, name string, change func(*Part)) (Finding, error) {
	t.Helper()
	b := lookup(t, name)
	b.Parts, b.Twin = slices.Clone(b.Parts[:1]), Twin{}
	change(&b.Parts[0])
	list, err := Judge(t.Context(), []Belief{b}, small)
	if err != nil {
		return Finding{}, err
	}
	return list[0].Findings[0], nil
}

// small are bounds that are explored at once, and large enough.
func small(s system.Scenario) system.Bounds {
	b := s.Small()
	if s.Name == "half-close" {
		b.Octets = [2]int{1, 1}
	}
	return b
}

// A belief that is confirmed of the machine is refuted of a broken one.
func TestConfirmedFallsUnderABug(t *testing.T) {
	n := 0
	for _, b := range Catalogue() {
		if b.Twin.Option == "" {
			continue
		}
		n++
		t.Run(b.Name, func(t *testing.T) {
			b.Parts = slices.Clone(b.Parts[:1])
			b.Parts[0].Scenarios = in(b.Twin.Scenario)
			list, err := Judge(t.Context(), []Belief{b}, small)
			require.NoError(t, err)
			j := list[0]
			assert.Equal(t, Confirmed, j.Verdict())
			assert.Empty(t, j.Findings[0].Ladder)
			assert.Equal(t, Refuted, j.Broken.Verdict)
			assert.NotEmpty(t, j.Broken.Ladder)
			assert.Equal(t, b.Twin.Scenario, j.Broken.Scenario)
			require.NoError(t, j.Sound())
		})
	}
	assert.NotZero(t, n)
}

// A verdict without the right twin does not count.
func TestSound(t *testing.T) {
	found := func(v, broken Verdict) error {
		j := Judged{Belief: Belief{Name: "b", Twin: Twin{Option: "o"}}, Findings: []Finding{{Verdict: v}}}
		if broken != 0 {
			j.Broken = &Finding{Verdict: broken}
		}
		return j.Sound()
	}
	require.NoError(t, found(Confirmed, Refuted))
	require.NoError(t, found(Refuted, 0))
	require.ErrorContains(t, found(Confirmed, 0), "has no broken twin")
	require.ErrorContains(t, found(Confirmed, Confirmed), "holds under o")
	require.ErrorContains(t, found(Refuted, Refuted), "needs no twin")
}

// A belief that is refuted is confirmed where it is true.
func TestRefutedHoldsWhereItIsTrue(t *testing.T) {
	for _, c := range []struct {
		name     string
		scenario string
		change   func(*Part)
	}{
		{"one-time-wait", "half-close", func(*Part) {}}, // only A closes actively
		{"ack-fin-apart", "half-close", func(p *Part) { p.Option = "ack-at-once" }},
		{"2msl-guarantees", "half-close", func(p *Part) { p.change = nil }},
		{"close-sends-fin", "half-close", func(p *Part) { p.Option = "" }},
		{"time-wait-useless", "half-close", func(p *Part) { p.Option = "" }},
		{"close-wait-ends", "half-close", func(p *Part) {
			p.claim.Fairness = append(p.claim.Fairness, "close")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bad, err := verdict(t, c.name, func(*Part) {})
			require.NoError(t, err)
			assert.Equal(t, Refuted, bad.Verdict)
			good, err := verdict(t, c.name, func(p *Part) {
				p.Scenarios = in(c.scenario)
				c.change(p)
			})
			require.NoError(t, err)
			assert.Equal(t, Confirmed, good.Verdict, good.Ladder)
		})
	}
}

// What decides nothing is an error: a question that never arises, a shortest
// run that is as printed, a scenario that does not exist.
func TestUndecided(t *testing.T) {
	_, err := verdict(t, "client-finishes-first", func(p *Part) { p.Scenarios = in("refused") })
	require.ErrorContains(t, err, "client-finishes-first in refused: vacuous")

	_, err = verdict(t, "four-segments", func(p *Part) {
		p.asPrinted = func(b *system.System, run *properties.Trace) bool { return segments(b, run) == 3 }
	})
	require.ErrorContains(t, err, "as printed")

	_, err = verdict(t, "four-segments", func(p *Part) { p.Scenarios = in("nowhere") })
	require.ErrorContains(t, err, "no scenario nowhere")
}

// The run that is shown is from the first scenario of the list that refutes,
// in whatever order they are explored.
func TestFirstScenarioIsShown(t *testing.T) {
	for _, scenarios := range [][]string{in("half-close", "loss-free"), in("loss-free", "half-close")} {
		b := lookup(t, "close-wait-ends")
		b.Parts = b.Parts[:1]
		b.Parts[0].Scenarios = scenarios
		// Another belief has loss-free explored first.
		first := lookup(t, "simultaneous-closing")
		first.Parts[0].Scenarios = in("loss-free")
		list, err := Judge(t.Context(), []Belief{first, b}, system.Scenario.Small)
		require.NoError(t, err)
		assert.Equal(t, scenarios[0], list[1].Findings[0].Scenario)
	}
}
