package tla

import (
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// bounded is a configuration file with some constants changed: name, value,
// name, value.
func bounded(t *testing.T, file string, changes ...string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return change(t, string(text), changes...)
}

// readings are the readings and deviations that TCP.tla has, each with a small
// configuration whose graph it changes, or why it changes none.
var readings = map[string]struct {
	in, same string
	changes  []string
}{
	"seqcheck":              {in: "close"},
	"time-wait-acks-all":    {in: "simultaneous-close"},
	"strict-receive":        {in: "half-close"},
	"closed-forgets":        {in: "half-close"},
	"reset-flushes":         {in: "half-close"},
	"abort-time-wait":       {in: "abort"},
	"rst-in-window":         {in: "abort"},
	"syn-in-window-resets":  {in: "injector"},
	"half-duplex-close":     {in: "half-close"},
	"simultaneous-synack":   {in: "simultaneous-open"},
	"time-wait-ignores-rst": {in: "abort"},
	"ack-out-of-order":      {in: "loss-free"},
	"rst-carries-ack":       {in: "abort"},
	"ack-at-once":           {in: "close"},
	"text-not-held":         {in: "loss-free", changes: []string{"OctetsA", "2"}}, // the second may overtake the first
	"fin-wait-2-timer":      {in: "close"},
	"listen-drops-syn-fin":  {in: "injector-open"},
	"zero-window-fin":       {in: "zero-window"},
}

// reading is a configuration in which a reading is taken, or is not.
func reading(t *testing.T, name string, on bool) string {
	t.Helper()
	r := readings[name]
	config := change(t, flip{in: r.in}.config(t), r.changes...)
	if on {
		config = change(t, config, fieldOf(t, name), "TRUE")
	}
	return config
}

// fieldOf is the constant of an option.
func fieldOf(t *testing.T, name string) string {
	t.Helper()
	i := slices.IndexFunc(model.Catalogue(), func(o model.Option) bool { return o.Name == name })
	require.GreaterOrEqual(t, i, 0, name)
	return optionField(i)
}

// TCP.tla has every reading. A reading changes a graph, or it is known why not.
func TestReadings(t *testing.T) {
	for _, o := range model.Catalogue() {
		_, ok := readings[o.Name]
		assert.True(t, o.Kind == model.Bug || ok, "TCP.tla does not have the reading %s", o.Name)
	}
	for name, r := range readings {
		with, _ := explored(t, reading(t, name, true))
		without, _ := explored(t, reading(t, name, false))
		assert.Equal(t, r.same != "", with.Figures().Digest == without.Figures().Digest, "%s: %s", name, r.same)
	}
}

// Under every reading the graphs are the same.
func TestSameGraphUnderReadings(t *testing.T) {
	c := tlc(t, "the graphs under each reading")
	t.Parallel()
	for name := range readings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			same(t, c, reading(t, name, true))
		})
	}
}
