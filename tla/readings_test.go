package tla

import (
	"os"
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
// configuration whose graph it changes, or "" if none does.
var readings = map[string]struct{ in, same string }{
	"seqcheck":              {in: "close"},
	"time-wait-acks-all":    {in: "simultaneous-close"},
	"strict-receive":        {in: "half-close"},
	"closed-forgets":        {in: "half-close"},
	"reset-flushes":         {in: "half-close"},
	"abort-time-wait":       {in: "abort"},
	"rst-in-window":         {in: "abort"},
	"syn-in-window-resets":  {in: "lifecycle", same: "a SYN never lies in the window: there is one incarnation, and nobody injects"},
	"half-duplex-close":     {in: "half-close"},
	"simultaneous-synack":   {in: "simultaneous-open"},
	"time-wait-ignores-rst": {in: "abort"},
	"ack-out-of-order":      {in: "loss-free"},
	"rst-carries-ack":       {in: "abort"},
	"ack-at-once":           {in: "close"},
	"text-not-held":         {in: "loss-free"},
	"fin-wait-2-timer":      {in: "close"},
	"listen-drops-syn-fin":  {in: "lifecycle", same: "nobody sends a SYN with a FIN"},
}

// notYetRead are readings that TCP.tla does not have, and what it lacks.
var notYetRead = map[string]string{"zero-window-fin": "windows that close"}

// Under every reading the graphs are the same, and it is a reading: the graph
// is another than that without it.
func TestSameGraphUnderReadings(t *testing.T) {
	var c *TLC
	for i, o := range model.Catalogue() {
		r, ok := readings[o.Name]
		if o.Kind == model.Bug || !ok {
			assert.True(t, o.Kind == model.Bug || notYetRead[o.Name] != "", "TCP.tla does not have the reading %s", o.Name)
			continue
		}
		if c == nil {
			c = tlc(t, "the graphs under each reading")
		}
		t.Run(o.Name, func(t *testing.T) {
			t.Parallel()
			config := flip{in: r.in}.config(t)
			without, _ := explored(t, config)
			config = change(t, config, optionField(i), "TRUE")
			with, _ := explored(t, config)
			assert.Equal(t, r.same != "", with.Figures().Digest == without.Figures().Digest, r.same)
			same(t, c, config)
		})
	}
}
