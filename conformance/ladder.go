package conformance

import (
	"fmt"
	"strings"

	"finwait/ladder"
	"finwait/model"
)

// Ladder draws the case as far as it went: the tester as A, the stack as B; and
// under it what was allowed instead.
func (res *Result) Ladder() string {
	l := ladder.Ladder{A: "tester", B: "stack"}
	for i := range res.Steps {
		step := &res.Steps[i]
		clause := step.Clause.Section()
		if i == res.At && res.Outcome != Pass && res.Outcome != Variant {
			clause = "deviates"
		}
		row := ladder.Row{Action: step.Input.String(), B: step.State.String(), Clause: clause}
		if step.Input.Op == Inject {
			row.Action, row.Way, row.Text = "", ladder.Across, relative(step.Input.Segment, PeerISS, StackISS)
		}
		l.Add(row)
		for _, g := range step.Seen.Sent {
			l.Add(ladder.Row{B: step.State.String(), Way: ladder.AcrossB, Text: relative(g, StackISS, PeerISS)})
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n%s", res.Outcome, res.Case.Name, l.String())
	b.WriteString(res.Says())
	return b.String()
}

// Says is what was expected, and what is to be said about it.
func (res *Result) Says() string {
	var b strings.Builder
	switch res.Outcome {
	case Broken, Skipped:
		fmt.Fprintf(&b, "%s\n", res.Reason)
	case Deviation, Unreached:
		fmt.Fprintf(&b, "seen:    %v\n", res.Got)
		known := map[string]bool{}
		for _, a := range res.Want {
			line := fmt.Sprintf("allowed: %v  %v %v", a.Observation, a.Force, a.Clause)
			if len(a.Options) > 0 {
				line += " (reading " + list(a.Options) + ")"
			}
			if !known[line] {
				known[line] = true
				fmt.Fprintln(&b, line)
			}
		}
		for _, n := range res.LooksLike {
			d, _ := model.Lookup(n)
			fmt.Fprintf(&b, "looks like %s: %s (%s)\n", n, d.Text, d.SeenIn)
		}
	}
	return b.String()
}

// Summary is the count in a line.
func (r *Report) Summary() string {
	parts := make([]string, 0, numOutcomes)
	for o := range numOutcomes {
		parts = append(parts, fmt.Sprintf("%d %v", r.Count[o], o))
	}
	return fmt.Sprintf("%d cases: %s", r.Count.Total(), strings.Join(parts, ", "))
}
