package beliefs

import (
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"

	"finwait/model"
	"finwait/model/system"
)

// The catalogue is complete: every sentence and every question in both
// languages, with a clause and scenarios that there are.
func TestCatalogue(t *testing.T) {
	list := Catalogue()
	assert.GreaterOrEqual(t, len(list), 25)
	seen := map[string]bool{}
	for _, b := range list {
		assert.False(t, seen[b.Name], "%s twice", b.Name)
		seen[b.Name] = true
		assert.NotEmpty(t, b.Clause, b.Name)
		assert.NotEmpty(t, b.Parts, b.Name)
		inBoth(t, b.Name, b.Text)
		if b.Twin != (Twin{}) {
			o, ok := model.Lookup(b.Twin.Option)
			assert.True(t, ok, b.Name)
			assert.Equal(t, model.Bug, o.Kind, b.Name)
			assert.Contains(t, b.Parts[0].Scenarios, b.Twin.Scenario, b.Name)
		}
		for _, p := range b.Parts {
			inBoth(t, b.Name, p.Text)
			assert.NotEmpty(t, p.Scenarios, b.Name)
			for _, name := range p.Scenarios {
				_, ok := system.LookupScenario(name)
				assert.True(t, ok, "%s: %s", b.Name, name)
			}
			if p.Option != "" {
				_, ok := model.Lookup(p.Option)
				assert.True(t, ok, "%s: %s", b.Name, p.Option)
			}
		}
	}
}

func inBoth(t *testing.T, name string, text Text) {
	t.Helper()
	assert.NotEmpty(t, text.En, name)
	assert.False(t, containsHan(text.En), "%s: %s", name, text.En)
	assert.True(t, containsHan(text.Zh), "%s: %s", name, text.Zh)
}

func containsHan(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			return true
		}
	}
	return false
}

// A part changes what it says, and no more.
func TestPartBounds(t *testing.T) {
	s, _ := system.LookupScenario("half-close")
	p := Part{}
	assert.Equal(t, s.Bounds, p.Bounds(s.Bounds))

	want := s.Bounds
	want.Options.HalfDuplexClose = true
	want.TimeWait = system.TimeWaitFree
	p = free(with("half-duplex-close", Part{}))
	assert.Equal(t, want, p.Bounds(s.Bounds))
	assert.Equal(t, "--time-wait free", p.Flags)
}
