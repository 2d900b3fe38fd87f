package model

import (
	"reflect"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestCatalogue: every field of Options has one entry, in the order of the fields.
func TestCatalogue(t *testing.T) {
	fields := reflect.TypeFor[Options]()
	assert.Len(t, Catalogue(), fields.NumField())
	names := map[string]bool{}
	kebab := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	kind := Reading
	for i, d := range Catalogue() {
		var o Options
		assert.False(t, d.Get(o), "%s is off in the zero Options", d.Name)
		d.Set(&o, true)
		assert.True(t, d.Get(o), d.Name)
		assert.Equal(t, []string{d.Name}, o.Names(), "nothing else is on")
		for f := range fields.NumField() {
			assert.Equal(t, f == i, reflect.ValueOf(o).Field(f).Bool(), "%s is the field %s", d.Name, fields.Field(f).Name)
		}
		d.Set(&o, false)
		assert.Equal(t, Options{}, o, d.Name)

		assert.False(t, names[d.Name], "%s is there twice", d.Name)
		names[d.Name] = true
		assert.Regexp(t, kebab, d.Name)
		assert.GreaterOrEqual(t, d.Kind, kind, "readings, deviations, bugs, in this order")
		kind = d.Kind
		for what, text := range map[string]string{"clause": d.Clause, "text": d.Text, "seen in": d.SeenIn, "off": d.Values[0], "on": d.Values[1]} {
			assert.NotEmpty(t, text, "%s has no %s", d.Name, what)
		}
		found, ok := Lookup(d.Name)
		assert.True(t, ok)
		assert.Equal(t, d.Text, found.Text)
	}
	_, ok := Lookup("no-such-option")
	assert.False(t, ok)
	assert.Empty(t, Options{}.Names())
	assert.Equal(t, []string{"reading", "deviation", "bug"}, []string{Reading.String(), Deviation.String(), Bug.String()})
}

// TestEveryOptionMatters: each makes a difference to some endpoint; a bug bites
// where its text says.
func TestEveryOptionMatters(t *testing.T) {
	all := corpus()
	for _, d := range Catalogue() {
		var o Options
		d.Set(&o, true)
		assert.True(t, matters(o, all), "%s changes nothing", d.Name)
	}
}

func matters(o Options, all []namedTCB) bool {
	for _, c := range all {
		for e := range c.events {
			next, fx := Step(c.TCB, e)
			if other, otherFx, panics := tryStep(o, c.TCB, e); panics || other != next || otherFx != fx {
				return true
			}
		}
	}
	return false
}

// tryStep is Step, for a bug that panics as the stack did.
func tryStep(o Options, c TCB, e Event) (next TCB, fx Effects, panics bool) {
	defer func() { panics = recover() != nil }()
	next, fx = o.Step(c, e)
	return next, fx, false
}
