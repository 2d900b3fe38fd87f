// Command judge asks the properties alone about the machine: it explores the named small scenarios, and judges their
// claims. It is what stands in for the tests when the machine is mutated; mutation properties builds it, with all mutants
// in the machine, and runs it once for each.
//
//	judge -baseline                  figures of every scenario, which claims hold there, and which mutants matter there
//	judge -against FILE SCENARIO...  what is different from such a baseline, until a claim falls
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"

	"finwait/checker"
	"finwait/model/system"
	"finwait/properties"
)

// Figures are what is known of a scenario when nothing is mutated.
type Figures struct {
	Name        string   `json:"name"`
	States      int      `json:"states"`
	Transitions uint64   `json:"transitions"`
	Digest      string   `json:"digest"`
	Claims      []string `json:"claims,omitempty"`   // those that hold, witnesses too
	Promises    []string `json:"promises,omitempty"` // the actions and arrows that the scenario promises, and that fire
	Reached     []int    `json:"reached,omitempty"`  // the mutants whose place some step reaches
}

// Verdict is what the properties say of a mutant.
type Verdict struct {
	Changed []string `json:"changed"` // the scenarios whose edges are not those of the baseline, up to the last one asked
	Fell    []string `json:"fell"`    // the claims that fell in the last of them
	Doubt   string   `json:"doubt"`   // why one could not be judged
}

func main() {
	baseline := flag.Bool("baseline", false, "write the figures of the machine as it is")
	against := flag.String("against", "", "the figures to compare with")
	flag.Parse()
	var result any
	var err error
	if *baseline {
		result, err = figures(context.Background())
	} else {
		result, err = judge(context.Background(), *against, flag.Args())
	}
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(result)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "judge:", err)
		os.Exit(1)
	}
}

// limit is how many states a scenario may have to be small.
const limit = 150_000

// room is one of the named small scenarios.
type room struct {
	name string // "close 1,0": with the octets of A and B
	properties.Run
}

// small lists the named small scenarios: each scenario at its small bounds, and some with more text, in which a mutant of
// what is done with it can show. One with more states than the limit is left out.
func small() []room {
	var list []room
	add := func(s system.Scenario, b system.Bounds) {
		list = append(list, room{
			fmt.Sprintf("%s %d,%d", s.Name, b.Octets[0], b.Octets[1]),
			properties.Run{Scenario: s, Bounds: b, Claims: properties.Judged(s.Name), Workers: 1},
		})
	}
	for _, s := range system.Scenarios() {
		add(s, s.Small())
	}
	for _, more := range []struct {
		name string
		a, b int
	}{{"simultaneous-close", 1, 0}, {"loss-free", 3, 0}, {"close", 1, 0}, {"half-close", 1, 1}, {"lifecycle", 1, 0}} {
		s, _ := system.LookupScenario(more.name)
		b := s.Bounds
		b.Octets = [2]int{more.a, more.b}
		add(s, b)
	}
	return list
}

// figures explores and judges every small scenario.
func figures(ctx context.Context) ([]Figures, error) {
	var list []Figures
	for _, run := range small() {
		run.States = limit
		reached()
		if _, _, err := run.Explore(ctx); err != nil {
			return nil, err
		}
		places := reached() // by steps; what only the claims ask changes no edge
		r, err := properties.Judge(ctx, run.Run)
		if err != nil {
			return nil, err
		}
		f := Figures{
			Name: run.name, Promises: promises(r), States: r.Figures.States, Transitions: r.Figures.Transitions, Digest: r.Figures.Digest, Reached: places,
		}
		if r.Figures.Truncated != "" {
			continue // not small
		}
		for _, o := range r.Outcomes {
			switch o.Verdict {
			case checker.Holds:
				f.Claims = append(f.Claims, name(o))
			case checker.Violated:
				if o.Claim.Kind != properties.Witness {
					return nil, fmt.Errorf("with nothing mutated, %s falls in %s", name(o), f.Name)
				}
			}
		}
		list = append(list, f)
	}
	return list, nil
}

// promises lists what the scenario promises and what has fired: within small bounds not all of it does.
func promises(r properties.Result) []string {
	fired := map[string]bool{}
	for _, c := range slices.Concat(r.Figures.Coverage, r.Figures.Points) {
		fired[c.Name] = true
	}
	var list []string
	for _, k := range r.Scenario.Actions {
		list = append(list, k.String())
	}
	for _, a := range r.Scenario.Arrows {
		list = append(list, a.String())
	}
	return slices.DeleteFunc(list, func(name string) bool { return !fired[name] })
}

func name(o properties.Outcome) string { return o.Claim.Number + " " + o.Claim.Name }

// judge asks about the scenarios named, one after the other.
func judge(ctx context.Context, file string, names []string) (*Verdict, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var known []Figures
	if err := json.Unmarshal(data, &known); err != nil {
		return nil, err
	}
	v := &Verdict{}
	for _, run := range small() {
		i := slices.IndexFunc(known, func(f Figures) bool { return f.Name == run.name })
		if i < 0 || !slices.Contains(names, run.name) {
			continue
		}
		if err := v.ask(ctx, run.Run, known[i]); err != nil {
			return nil, err
		}
		if len(v.Fell) > 0 {
			break
		}
	}
	return v, nil
}

// ask explores a scenario, and judges it if its edges have changed.
func (v *Verdict) ask(ctx context.Context, run properties.Run, known Figures) error {
	// A mutant may make a state space infinite. What is cut off is judged as far as it goes.
	run.States = 5*known.States + 50_000
	g, _, err := run.Explore(ctx)
	if err != nil {
		return err
	}
	f := g.Figures()
	if f.States == known.States && f.Transitions == known.Transitions && f.Digest == known.Digest {
		return nil
	}
	v.Changed = append(v.Changed, known.Name)
	r, err := properties.Judge(ctx, run)
	if err != nil {
		return err
	}
	for _, o := range r.Outcomes {
		switch {
		case o.Verdict == checker.Violated && o.Claim.Kind != properties.Witness:
			v.Fell = append(v.Fell, name(o))
		case o.Verdict != checker.Holds && o.Verdict != checker.Inconclusive && slices.Contains(known.Claims, name(o)):
			v.Fell = append(v.Fell, name(o)+" ("+vacuous(o)+")")
		}
	}
	kept := promises(r)
	for _, p := range known.Promises {
		if !slices.Contains(kept, p) && r.Figures.Truncated == "" {
			v.Fell = append(v.Fell, "promise: "+p)
		}
	}
	if r.Figures.Deadlocks > 0 && r.Doubt() == "" {
		v.Fell = append(v.Fell, "deadlock")
	}
	if d := r.Doubt(); d != "" && len(v.Fell) == 0 {
		v.Doubt = known.Name + ": " + d
	}
	return nil
}

// vacuous says why a claim that held does not, without being violated.
func vacuous(o properties.Outcome) string {
	if o.Claim.Kind == properties.Witness {
		return "not reached"
	}
	return "premise never holds"
}
