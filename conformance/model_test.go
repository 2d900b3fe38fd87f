package conformance_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/conformance"
	"finwait/model"
)

func modelUnder(o model.Options) func() (conformance.Stack, error) {
	return func() (conformance.Stack, error) { return conformance.NewModelStack(o), nil }
}

// The model conforms to itself, by the default reading everywhere.
func TestModelConforms(t *testing.T) {
	report, err := conformance.RunAll(modelUnder(model.Options{}), nil, func(r *conformance.Result) bool {
		require.Equal(t, conformance.Pass, r.Outcome, "%s", r.Ladder())
		return true
	})
	require.NoError(t, err)
	assert.Equal(t, report.Count.Total(), report.Count[conformance.Pass])
}

// How far into the cases one must go to find each bug, and with what: the
// table says by which case.
func TestBugsAreFound(t *testing.T) {
	cases := conformance.Generate(conformance.CanAll)
	for _, d := range model.Catalogue() {
		if d.Kind == model.Reading {
			continue
		}
		t.Run(d.Name, func(t *testing.T) {
			var o model.Options
			d.Set(&o, true)
			for i := range cases {
				r := conformance.Run(modelUnder(o), &cases[i])
				if r.Outcome < conformance.Deviation {
					continue
				}
				assert.Equal(t, foundBy[d.Name], r.Case.Name)
				require.NotEqual(t, conformance.Skipped, r.Outcome)
				return
			}
			t.Errorf("%s is not found: %s", d.Name, d.Text)
		})
	}
}

// Readings are variants: what the RFC allows does not deviate. Those that
// RFC 9293 has from RFC 793 and forbids do.
func TestReadingsAreAllowed(t *testing.T) {
	cases := conformance.Generate(conformance.CanAll)
	for _, d := range model.Catalogue() {
		if d.Kind != model.Reading || d.Name == "half-duplex-close" {
			continue // a stack whose half-close is a half-duplex CLOSE is another thing
		}
		t.Run(d.Name, func(t *testing.T) {
			var o model.Options
			d.Set(&o, true)
			variants, deviations := 0, 0
			for i := 0; i < len(cases); i += 101 {
				switch r := conformance.Run(modelUnder(o), &cases[i]); r.Outcome {
				case conformance.Pass:
				case conformance.Variant:
					variants++
				default:
					if deviations++; deviations == 1 && d.Name[:3] != "rst" && d.Name[:3] != "syn" {
						t.Error(r.Ladder())
					}
				}
			}
			t.Log(variants, "variants,", deviations, "deviations")
			forbidden := d.Name == "rst-in-window" || d.Name == "syn-in-window-resets"
			assert.Equal(t, forbidden, deviations > 0)
		})
	}
}
