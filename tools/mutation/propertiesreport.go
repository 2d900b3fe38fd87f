package main

import (
	"fmt"
	"strings"
)

// countProperties computes the figures of a report of what the properties alone say. What is judged is Score: killed, of
// those that change the edges of a small scenario. One that hangs, or makes a scenario too large, changes its edges, and is
// not killed.
func (r *report) countProperties() {
	n := make(map[status]int)
	for _, f := range r.Files {
		for _, m := range f.Mutants {
			n[m.Status]++
		}
	}
	r.Killed, r.Lived, r.TimedOut, r.Unjudged = n[killed], n[lived], n[timedOut], n[unjudged]
	r.Unchanged, r.NotReached, r.Outside, r.NotViable = n[unchanged], n[notReached], n[outside], n[notViable]
	changing := r.Killed + r.Lived + r.TimedOut + r.Unjudged
	r.Total = changing + r.Unchanged + r.NotReached + r.Outside + r.NotViable
	r.Score = percent(r.Killed, changing)
	r.Efficacy = percent(r.Killed, r.Killed+r.Lived)
	r.Coverage = percent(changing+r.Unchanged, changing+r.Unchanged+r.NotReached)
	for i := range r.Scenarios {
		r.Scenarios[i].Claims, r.Scenarios[i].Promises, r.Scenarios[i].Reached = nil, nil, nil
	}
}

// saveProperties writes such a report as JSON and as text.
func (r *report) saveProperties(out string) error { return r.write(out, r.summaryProperties()) }

// summaryProperties is such a report for people.
func (r *report) summaryProperties() string {
	var b strings.Builder
	line := func(what string, n int, remark string) { fmt.Fprintf(&b, "%-40s %6d   %s\n", what, n, remark) }
	line("mutants that change an edge", r.Killed+r.Lived+r.TimedOut+r.Unjudged, "of a small scenario")
	line("  killed", r.Killed, fmt.Sprintf("%.2f %%", r.Score))
	line("  lived", r.Lived, "no claim falls")
	line("  too large to judge", r.Unjudged, "not counted as killed")
	line("  timed out", r.TimedOut, "not counted as killed")
	line("mutants that change no edge", r.Unchanged+r.NotReached, "of any small scenario")
	line("  though their place is reached", r.Unchanged, "")
	line("  not reached", r.NotReached, "")
	line("not tried: constants, package variables", r.Outside, "")
	line("not viable", r.NotViable, "do not compile")
	line("all", r.Total, "")
	b.WriteString("\nsmall scenarios, with nothing mutated\n")
	for _, f := range r.Scenarios {
		fmt.Fprintf(&b, "  %-24s %7d states %8d transitions  %s\n", f.Name, f.States, f.Transitions, f.Digest)
	}
	b.WriteString("\nwhat killed, of the claims that fell in the same scenario the first\n")
	kills := map[string]int{}
	var names []string
	for _, f := range r.Files {
		for _, m := range f.Mutants {
			if m.Status == killed {
				if kills[m.Fell[0]] == 0 {
					names = append(names, m.Fell[0])
				}
				kills[m.Fell[0]]++
			}
		}
	}
	for _, name := range names {
		fmt.Fprintf(&b, "  %-48s %4d\n", name, kills[name])
	}
	for _, s := range []status{lived, unjudged, timedOut, unchanged} {
		title := false
		for _, f := range r.Files {
			for _, m := range f.Mutants {
				if m.Status != s {
					continue
				}
				if !title {
					fmt.Fprintf(&b, "\n%s\n", strings.ToLower(string(s)))
					title = true
				}
				fmt.Fprintf(&b, "  %s:%d:%d  %s  %s\n", f.Name, m.Line, m.Column, m.Type, m.Source)
				if len(m.Changed) > 0 {
					fmt.Fprintf(&b, "      changes %s\n", strings.Join(m.Changed, ", "))
				}
				if m.Doubt != "" {
					fmt.Fprintf(&b, "      %s\n", m.Doubt)
				}
			}
		}
	}
	return b.String()
}
