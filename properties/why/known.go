package why

import (
	"context"
	"slices"

	"finwait/checker"
	"finwait/properties"
)

// known looks where a claim is known to fall, by the catalogue of twins or that
// of necessary assumptions, when none does at the small bounds: there, at the
// scenario's own.
func (s *Study) known(ctx context.Context, m Mechanism, f *Finding) error {
	for _, k := range m.kills() {
		for _, r := range s.Runs {
			if r.Scenario.Name != k.Scenarios[0] || r.Bounds != r.Scenario.Bounds || s.Exact {
				continue
			}
			r.Claims = slices.DeleteFunc(slices.Clone(r.Claims), func(c properties.Claim) bool {
				return !slices.Contains(k.Claims, c.Name)
			})
			if len(r.Claims) == 0 || !m.Remove(&r) {
				continue
			}
			res, err := judge(ctx, s.prepared(r))
			if err != nil {
				return err
			}
			f.take(&res)
		}
	}
	return nil
}

// kills are the entries of the catalogues that speak of the mechanism.
func (m *Mechanism) kills() []properties.Kill {
	var list []properties.Kill
	for _, k := range properties.Kills() {
		if slices.Contains(m.options, k.Option) {
			list = append(list, k)
		}
	}
	for _, n := range properties.Necessary() {
		if n.Assumption == m.drop {
			list = append(list, properties.Kill{Claims: []string{n.Claim}, Scenarios: []string{n.Scenario}})
		}
	}
	return list
}

// take adds what falls in one more place.
func (f *Finding) take(r *properties.Result) {
	name := r.Scenario.Name
	f.Places = append(f.Places, Place{name, r.Bounds, r.Figures.States, r.Doubt()})
	if r.Figures.Truncated != "" {
		f.CutOff = name + ": " + r.Figures.Truncated
	}
	for i := range r.Outcomes {
		if o := &r.Outcomes[i]; o.Verdict == checker.Violated && o.Claim.Kind != properties.Witness {
			f.Falls = append(f.Falls, Fall{o.Claim, []Evidence{{name, r.System, o.Trace, 0}}})
		}
	}
}
