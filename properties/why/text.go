package why

import (
	"fmt"
	"strings"

	"finwait/checker"
	"finwait/properties"
)

// Length writes how long a run is: "7", or of a lasso "5+2", the steps before
// the cycle and those of the cycle; "7+0" if nothing happens any more.
func (e *Evidence) Length() string {
	if e.Trace.Loop == checker.NoLoop {
		return fmt.Sprint(e.Steps())
	}
	return fmt.Sprintf("%d+%d", e.Trace.Loop, e.Steps()-e.Trace.Loop)
}

// After is the length with its noun: "1 step", "5+2 steps".
func (e *Evidence) After() string {
	if e.Length() == "1" {
		return "1 step"
	}
	return e.Length() + " steps"
}

// Where lists the scenarios of some runs with their lengths, the shortest first.
func Where(runs []Evidence) string {
	var parts []string
	for i := range runs {
		e := &runs[i]
		part := e.Scenario + " " + e.Length()
		if e.Count > 1 {
			part += fmt.Sprintf(" (%d of them)", e.Count)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// Numbers lists the claims that fall by their numbers, each once: "S3, L1".
func (f *Finding) Numbers() string {
	var list []string
	for i := range f.Falls {
		if n := f.Falls[i].Claim.Number; len(list) == 0 || list[len(list)-1] != n {
			list = append(list, n)
		}
	}
	return strings.Join(list, ", ")
}

// Sum says in a line what the removal does.
func (f *Finding) Sum() string {
	var parts []string
	switch {
	case len(f.Falls) > 0 && len(f.Deadlocks) > 0:
		parts = append(parts, fallen(f.Numbers())+", and there are deadlocks")
	case len(f.Falls) > 0:
		parts = append(parts, fallen(f.Numbers()))
	case len(f.Deadlocks) > 0:
		parts = append(parts, "no claim falls, but there are deadlocks")
	case f.CutOff != "":
		parts = append(parts, "nothing falls in what was judged")
	default:
		parts = append(parts, "nothing falls")
	}
	if w := f.gone(); w != "" {
		parts = append(parts, "gone: "+w)
	}
	return strings.Join(parts, "; ")
}

func fallen(numbers string) string {
	if strings.Contains(numbers, ",") {
		return numbers + " fall"
	}
	return numbers + " falls"
}

// gone lists the witnesses that are reached nowhere any more.
func (f *Finding) gone() string {
	var list []string
	for _, l := range f.Lost {
		if l.Nowhere && l.Claim.Kind == properties.Witness {
			list = append(list, l.Claim.Number+" "+l.Claim.Name)
		}
	}
	return strings.Join(list, ", ")
}

// Says is what is lost, in words: "W1 three-segment-close is no longer
// reached", "the premise of L2 last-ack-ends no longer occurs in close".
func (l *Lost) Says() string {
	text := "the premise of " + l.Claim.Number + " " + l.Claim.Name + " no longer occurs"
	if l.Claim.Kind == properties.Witness {
		text = l.Claim.Number + " " + l.Claim.Name + " is no longer reached"
	}
	if l.Nowhere {
		return text
	}
	return text + " in " + strings.Join(l.Scenarios, ", ")
}
