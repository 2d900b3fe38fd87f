package why

import (
	"cmp"
	"slices"

	"finwait/checker"
	"finwait/model/system"
	"finwait/properties"
)

// Finding is what the removal of one mechanism does.
type Finding struct {
	Mechanism
	Places    []Place    // where it was there to remove
	Falls     []Fall     // claims that hold of the intact machine, and do not any more
	Deadlocks []Evidence // where the intact machine has none
	Lost      []Lost     // what the intact machine reaches, and this one does not
	Arrows    []string   // what the intact machine takes somewhere, and this one nowhere
	CutOff    string     // why a judgement is not complete, if one is not
}

// Place is a scenario, with what was judged there.
type Place struct {
	Scenario string
	Bounds   system.Bounds
	States   int
	Doubt    string // why it says less than it should
}

// Fall is a claim that falls, with a shortest run for each scenario in which it
// does; the shortest of them first.
type Fall struct {
	Claim properties.Claim
	Runs  []Evidence
}

// Evidence is a run that shows something.
type Evidence struct {
	Scenario string
	System   *system.System
	Trace    *properties.Trace
	Count    int // of deadlocks
}

// Steps is the length of the run: of a lasso, up to where it begins again.
func (e *Evidence) Steps() int { return len(e.Trace.Steps) - 1 }

// Ladder draws it.
func (e *Evidence) Ladder() string { return properties.Ladder(e.System, e.Trace).String() }

// Lost is a claim whose premise, or a witness which, no longer occurs in some
// scenarios.
type Lost struct {
	Claim     properties.Claim
	Scenarios []string
	Nowhere   bool // it occurs in none of those that were judged
}

// Nothing reports whether no claim falls and there is no new deadlock.
func (f *Finding) Nothing() bool { return len(f.Falls) == 0 && len(f.Deadlocks) == 0 }

// Shortest is the shortest run of all, and the claim that it refutes; for a
// deadlock the zero claim.
func (f *Finding) Shortest() (properties.Claim, *Evidence) {
	var claim properties.Claim
	var best *Evidence
	for i := range f.Falls {
		if e := &f.Falls[i].Runs[0]; best == nil || e.Steps() < best.Steps() {
			claim, best = f.Falls[i].Claim, e
		}
	}
	if best == nil && len(f.Deadlocks) > 0 {
		best = &f.Deadlocks[0]
	}
	return claim, best
}

// Run is the shortest run that refutes a claim, in a scenario or, if that is
// empty, in any.
func (f *Finding) Run(claim, scenario string) (*Evidence, bool) {
	for i := range f.Falls {
		if f.Falls[i].Claim.Name != claim {
			continue
		}
		for j := range f.Falls[i].Runs {
			if e := &f.Falls[i].Runs[j]; scenario == "" || e.Scenario == scenario {
				return e, true
			}
		}
	}
	return nil, false
}

// compare tells what is left of the intact machine from what it was.
func (s *Study) compare(m Mechanism, results []*properties.Result) Finding {
	f := Finding{Mechanism: m}
	falls, lost := map[string]*Fall{}, map[string]*Lost{}
	var order []properties.Claim
	seen := map[string]bool{} // claims whose premise occurs somewhere still
	for i, r := range results {
		if r == nil {
			continue
		}
		base := &s.base[i]
		name := r.Scenario.Name
		f.Places = append(f.Places, Place{name, r.Bounds, r.Figures.States, r.Doubt()})
		if r.Figures.Truncated != "" {
			f.CutOff = name + ": " + r.Figures.Truncated
		}
		if r.Deadlock != nil && base.Deadlock == nil {
			f.Deadlocks = add(f.Deadlocks, Evidence{name, r.System, r.Deadlock, r.Figures.Deadlocks})
		}
		for j := range r.Outcomes {
			o := &r.Outcomes[j]
			c := o.Claim
			seen[c.Name] = seen[c.Name] || o.Premise > 0
			if !held(base, c.Name) {
				continue
			}
			if falls[c.Name] == nil {
				falls[c.Name], lost[c.Name] = &Fall{Claim: c}, &Lost{Claim: c}
				order = append(order, c)
			}
			switch {
			case o.Verdict == checker.Vacuous, o.Verdict == checker.Violated && c.Kind == properties.Witness:
				if !slices.Contains(lost[c.Name].Scenarios, name) {
					lost[c.Name].Scenarios = append(lost[c.Name].Scenarios, name)
				}
			case o.Verdict == checker.Violated:
				falls[c.Name].Runs = add(falls[c.Name].Runs, Evidence{name, r.System, o.Trace, 0})
			}
		}
	}
	rank := map[string]int{}
	for i, c := range properties.Catalogue() {
		rank[c.Name] = i
	}
	slices.SortFunc(order, func(a, b properties.Claim) int { return cmp.Compare(rank[a.Name], rank[b.Name]) })
	for _, c := range order {
		if fall := falls[c.Name]; len(fall.Runs) > 0 {
			byLength(fall.Runs)
			f.Falls = append(f.Falls, *fall)
		}
		if l := lost[c.Name]; len(l.Scenarios) > 0 {
			l.Nowhere = !seen[c.Name]
			f.Lost = append(f.Lost, *l)
		}
	}
	byLength(f.Deadlocks)
	if m.drop == "" {
		f.Arrows = s.untaken(results)
	}
	return f
}

// add keeps the shortest run of each scenario.
func add(list []Evidence, e Evidence) []Evidence {
	for i := range list {
		if list[i].Scenario == e.Scenario {
			if e.Steps() < list[i].Steps() {
				list[i] = e
			}
			return list
		}
	}
	return append(list, e)
}

func byLength(list []Evidence) {
	slices.SortStableFunc(list, func(a, b Evidence) int { return cmp.Compare(a.Steps(), b.Steps()) })
}

// held reports whether a claim holds of the intact machine.
func held(base *properties.Result, claim string) bool {
	return slices.ContainsFunc(base.Outcomes, func(o properties.Outcome) bool {
		return o.Claim.Name == claim && o.Verdict == checker.Holds
	})
}

// untaken lists the arrows that the intact machine takes in the scenarios that
// were judged again, and what is left of it in none.
func (s *Study) untaken(results []*properties.Result) []string {
	var list []string
	now := map[string]bool{}
	for _, r := range results {
		if r != nil {
			for _, p := range r.Figures.Points {
				now[p.Name] = now[p.Name] || p.N > 0
			}
		}
	}
	for i, r := range results {
		if r == nil {
			continue
		}
		for _, p := range s.base[i].Figures.Points {
			if p.N > 0 && !now[p.Name] && !slices.Contains(list, p.Name) {
				list = append(list, p.Name)
			}
		}
	}
	return list
}
