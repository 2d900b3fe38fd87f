package properties

import (
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

var (
	number  = regexp.MustCompile(`^[SLW][1-9][0-9]?$`)
	name    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	section = regexp.MustCompile(`^3\.[0-9]+(\.[0-9]+)*\b`)
)

// Every claim has a name of its own, a number, words, a section of RFC 9293,
// and scenarios in which it is judged; its fairness is by known names.
func TestCatalogue(t *testing.T) {
	names, texts := map[string]bool{}, map[string]bool{}
	var assumptions []string
	for _, a := range Assumptions() {
		assumptions = append(assumptions, a.Name)
	}
	kinds := map[Kind]string{Safety: "S", Step: "S", Liveness: "L", Witness: "W"}
	for _, c := range Catalogue() {
		assert.Regexp(t, name, c.Name)
		assert.False(t, names[c.Name], c.Name)
		assert.False(t, texts[c.Text], c.Name)
		names[c.Name], texts[c.Text] = true, true
		assert.NotEmpty(t, c.Text, c.Name)
		assert.Regexp(t, number, c.Number, c.Name)
		assert.Equal(t, kinds[c.Kind], c.Number[:1], "%s: the number tells the kind", c.Name)
		assert.Regexp(t, section, c.Clause, c.Name)
		assert.NotEmpty(t, c.Scenarios, c.Name)
		for i, s := range c.Scenarios {
			_, ok := system.LookupScenario(s)
			assert.True(t, ok, "%s: %s", c.Name, s)
			assert.NotContains(t, c.Scenarios[:i], s, c.Name)
			assert.True(t, c.In(s))
		}
		assert.False(t, c.In("no such thing"))
		for i, f := range c.Fairness {
			assert.Contains(t, assumptions, f, c.Name)
			assert.NotContains(t, c.Fairness[:i], f, c.Name)
		}
		for i, f := range c.Windowed {
			assert.Contains(t, assumptions, f, c.Name)
			assert.NotContains(t, append(c.Windowed[:i:i], c.Fairness...), f, c.Name)
		}
		assert.True(t, c.Kind == Liveness || c.Fairness == nil && c.Windowed == nil, "%s: only liveness assumes fairness", c.Name)
	}
}

// The parts of a claim are of the claim's kind, and have its name.
func TestParts(t *testing.T) {
	kinds := map[Kind]checker.Kind{
		Safety: checker.Safety, Step: checker.Stepwise, Liveness: checker.Liveness, Witness: checker.Witness,
	}
	for _, c := range Catalogue() {
		b := newSystem(t, scenario(t, c.Scenarios[0], 1, 1))
		parts := c.Properties(b)
		require.NotEmpty(t, parts, c.Name)
		for i, p := range parts {
			assert.Regexp(t, "^"+c.Name+`( \((A|B|no panic|ABORT|no clean end|SYN|shut)\))?$`, p.Name)
			if i > 0 && c.Name == "figure" {
				assert.Equal(t, checker.Safety, p.Kind(), "that nothing panics is a claim of states")
				continue
			}
			assert.Equal(t, kinds[c.Kind], p.Kind(), p.Name)
		}
	}
}

func TestLookup(t *testing.T) {
	c, ok := Lookup("S3")
	assert.True(t, ok)
	assert.Equal(t, "fin-ack-honesty", c.Name)
	c, ok = Lookup("last-ack-ends")
	assert.True(t, ok)
	assert.Equal(t, "L2", c.Number)
	c, ok = Lookup("L2")
	assert.True(t, ok)
	assert.Equal(t, "fin-wait-1-ends", c.Name, "the first of those that share a number")
	for _, c := range Catalogue() {
		found, ok := Lookup(c.Name)
		assert.True(t, ok)
		assert.Equal(t, c.Text, found.Text)
	}
	_, ok = Lookup("no such thing")
	assert.False(t, ok)
	_, ok = Lookup("")
	assert.False(t, ok)
}

// Judged lists what a scenario is judged by, in the catalogue's order.
func TestJudged(t *testing.T) {
	covered := map[string]bool{}
	for _, s := range system.Scenarios() {
		list := Judged(s.Name)
		assert.NotEmpty(t, list, s.Name)
		for _, c := range list {
			assert.Contains(t, c.Scenarios, s.Name)
			covered[c.Name] = true
		}
	}
	assert.Len(t, covered, len(Catalogue()))
	assert.Empty(t, Judged("no such thing"))
	for scenario, want := range map[string]int{"refused": 6} {
		assert.Len(t, Judged(scenario), want, scenario)
	}
}

// A broken twin has an option of the model, and claims and scenarios which fit.
func TestKills(t *testing.T) {
	options := map[string]bool{}
	for _, k := range Kills() {
		assert.False(t, options[k.Name()], "%s is listed twice, in one scenario", k.Option)
		options[k.Name()] = true
		_, ok := model.Lookup(k.Option)
		assert.True(t, ok, k.Option)
		assert.NotEmpty(t, k.Claims, k.Option)
		assert.NotEmpty(t, k.Scenarios, k.Option)
		for _, s := range k.Scenarios {
			assert.True(t, slices.ContainsFunc(k.Claims, func(name string) bool { return lookup(t, name).In(s) }), "%s in %s", k.Option, s)
		}
		for _, name := range k.Claims {
			c, ok := Lookup(name)
			require.True(t, ok, name)
			assert.Equal(t, name, c.Name, "by name, not by number")
			assert.NotEqual(t, Witness, c.Kind, name)
			assert.True(t, slices.ContainsFunc(k.Scenarios, c.In), "%s: %s", k.Option, name)
		}
	}
}

// What is said to be necessary is assumed by the claim, and by each assumption
// there is such a claim.
func TestNecessary(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range Necessary() {
		c, ok := Lookup(n.Claim)
		require.True(t, ok, n.Claim)
		assert.Contains(t, c.Fairness, n.Assumption)
		assert.True(t, c.In(n.Scenario), "%v", n)
		seen[n.Assumption] = true
	}
	assert.Len(t, seen, len(Assumptions()))
}

// An arrow is promised by a scenario or excused, not both.
func TestUnpromised(t *testing.T) {
	excused := Unpromised()
	promised := map[model.Arrow]bool{}
	for _, s := range system.Scenarios() {
		for _, a := range s.Arrows {
			promised[a] = true
		}
	}
	n := 0
	for a := range model.Arrows {
		n++
		reason, ok := excused[a]
		assert.Equal(t, !promised[a], ok, "%v: %s", a, reason)
		if ok {
			assert.NotEmpty(t, reason, "%v", a)
		}
	}
	assert.Equal(t, n, len(excused)+len(promised))
	var all []model.Arrow
	for a := range model.Arrows {
		all = append(all, a)
		if len(all) == 3 {
			break
		}
	}
	assert.Len(t, slices.Compact(all), 3, "it stops when it is told to")
}
