package beliefs

import (
	"context"
	"fmt"
	"slices"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// Verdict is what becomes of a sentence.
type Verdict uint8

// The verdicts. There is no third one: a question that decides nothing is an
// error of whoever asked it.
const (
	Confirmed Verdict = iota + 1
	Refuted
)

// String is "confirmed" or "refuted".
func (v Verdict) String() string { return [...]string{"undecided", "confirmed", "refuted"}[v] }

// Finding is what the checker says of one part.
type Finding struct {
	Part     Part
	Verdict  Verdict
	States   int    // visited, over the scenarios
	Premise  uint64 // states or steps in which the question arose; for a refuted one, where it was refuted
	Scenario string // refuted: where
	Trace    *properties.Trace
	Ladder   string // refuted: the run, drawn
}

// Judged is a belief with what was found of each of its parts.
type Judged struct {
	Belief
	Findings []Finding
	Broken   *Finding // of the first part, under the twin; nil without one
}

// Verdict is that of the sentence as printed.
func (j *Judged) Verdict() Verdict { return j.Findings[0].Verdict }

// Sound tells why the verdict does not count: what is confirmed must be
// refuted of a machine that is broken, and nothing else has a twin.
func (j *Judged) Sound() error {
	switch confirmed := j.Verdict() == Confirmed; {
	case confirmed && j.Broken == nil:
		return fmt.Errorf("%s is confirmed, and has no broken twin", j.Name)
	case confirmed && j.Broken.Verdict != Refuted:
		return fmt.Errorf("%s holds under %s, too", j.Name, j.Twin.Option)
	case !confirmed && j.Broken != nil:
		return fmt.Errorf("%s is refuted, and needs no twin", j.Name)
	}
	return nil
}

// group is what one exploration can judge: parts of the same bounds.
type group struct {
	scenario system.Scenario
	bounds   system.Bounds
	members  []member
}

// member is one part of the group, by the name of its belief.
type member struct {
	name    string
	finding *Finding
}

// Judge explores what is needed, once each, and decides every belief. The
// bounds are those that of gives to a scenario.
func Judge(ctx context.Context, list []Belief, of func(system.Scenario) system.Bounds) ([]Judged, error) {
	judged := make([]Judged, len(list))
	var groups []*group
	ask := func(name string, f *Finding) error {
		for _, scenario := range f.Part.Scenarios {
			s, ok := system.LookupScenario(scenario)
			if !ok {
				return fmt.Errorf("%s: no scenario %s", name, scenario)
			}
			groups = join(groups, s, f.Part.Bounds(of(s)), member{name, f})
		}
		return nil
	}
	for i, belief := range list {
		j := &judged[i]
		*j = Judged{Belief: belief, Findings: make([]Finding, len(belief.Parts))}
		findings := make([]*Finding, 0, len(belief.Parts)+1)
		for k := range belief.Parts {
			j.Findings[k].Part = belief.Parts[k]
			findings = append(findings, &j.Findings[k])
		}
		if belief.Twin.Option != "" {
			j.Broken = &Finding{Part: belief.twin()}
			findings = append(findings, j.Broken)
		}
		for _, f := range findings {
			if err := ask(belief.Name, f); err != nil {
				return nil, err
			}
		}
	}
	for _, g := range groups {
		if err := g.judge(ctx); err != nil {
			return nil, err
		}
	}
	return judged, nil
}

func join(groups []*group, s system.Scenario, b system.Bounds, m member) []*group {
	for _, g := range groups {
		if g.scenario.Name == s.Name && g.bounds == b {
			g.members = append(g.members, m)
			return groups
		}
	}
	return append(groups, &group{s, b, []member{m}})
}

func (g *group) judge(ctx context.Context) error {
	r := properties.Run{Scenario: g.scenario, Bounds: g.bounds}
	for _, m := range g.members {
		r.Claims = append(r.Claims, m.finding.Part.claim)
	}
	result, err := properties.Judge(ctx, r)
	if err != nil {
		return err
	}
	if why := result.Doubt(); why != "" {
		return fmt.Errorf("%s: %s", g.scenario.Name, why)
	}
	for i, m := range g.members {
		if err := m.finding.merge(&result, &result.Outcomes[i]); err != nil {
			return fmt.Errorf("%s in %s: %w", m.name, g.scenario.Name, err)
		}
	}
	return nil
}

// merge adds what was found in one more scenario. The run that is shown is
// from the first scenario of the part that refutes.
func (f *Finding) merge(r *properties.Result, o *properties.Outcome) error {
	switch o.Verdict {
	case checker.Holds:
		if f.Verdict == Refuted {
			break
		}
		f.Verdict = Confirmed
		f.States += r.Figures.States
		f.Premise += o.Premise
	case checker.Violated:
		if f.Part.asPrinted != nil && f.Part.asPrinted(r.System, o.Trace) {
			return fmt.Errorf("the shortest run is as printed, which decides nothing:\n%s", properties.Ladder(r.System, o.Trace))
		}
		if f.Verdict == Refuted && f.Part.order(f.Scenario) < f.Part.order(r.Scenario.Name) {
			break
		}
		f.Verdict, f.Scenario, f.Trace = Refuted, r.Scenario.Name, o.Trace
		f.States, f.Premise = r.Figures.States, o.Premise
		f.draw(r.System)
	default:
		return fmt.Errorf("%v: %s", o.Verdict, o.Message)
	}
	return nil
}

// order is the place of a scenario in the part's list.
func (p *Part) order(scenario string) int { return slices.Index(p.Scenarios, scenario) }

// draw makes the ladder of a counterexample, with what the machine would
// answer at its end.
func (f *Finding) draw(b *system.System) {
	l := properties.Ladder(b, f.Trace)
	if f.Part.last != nil {
		for _, row := range f.Part.last(b, f.Trace.Steps[len(f.Trace.Steps)-1].State) {
			l.Add(row)
		}
	}
	f.Ladder = l.String()
}

func set(o *model.Options, name string) {
	if name == "" {
		return
	}
	option, ok := model.Lookup(name)
	if !ok {
		panic("BUG: no option " + name)
	}
	option.Set(o, true)
}
