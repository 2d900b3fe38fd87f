package checker

import "fmt"

// verdict is what a finding means, if the exploration ended for the reason given, or, if there is none, was complete.
// This is the only place where verdicts are given.
func (f *finding) verdict(kind Kind, truncated string) Verdict {
	complete := truncated == "" && !f.stopped
	witness := kind == Witness
	switch {
	case f.found && witness:
		return Holds
	case f.found:
		return Violated
	case !complete:
		return Inconclusive
	case witness:
		return Violated
	case f.premise == 0:
		return Vacuous
	}
	return Holds
}

// resultOf is a result that lacks its trace, and the message that may speak of it.
func resultOf[V, A any](p Property[V, A], f *finding, truncated string) Result[V, A] {
	return Result[V, A]{Name: p.Name, Kind: p.Kind(), Premise: f.premise, Verdict: f.verdict(p.Kind(), truncated)}
}

// message says in a line what a result means, among that many states.
func (r *Result[V, A]) message(f *finding, states int, truncated string) string {
	switch {
	case r.Verdict == Violated && r.Kind == Witness:
		return fmt.Sprintf("nothing of the kind among %d states", states)
	case f.found && r.Trace == nil:
		return "there is a run that shows it, but no room or time to find the shortest"
	case r.Verdict == Violated && r.Kind == Liveness:
		return "a fair run: " + r.Trace.String()
	case r.Verdict == Violated:
		return "after " + r.Trace.String()
	case r.Verdict == Holds && r.Kind == Witness:
		return fmt.Sprintf("seen %d times, first after %v", r.Premise, r.Trace)
	case r.Verdict == Inconclusive && f.stopped:
		return "the search was interrupted"
	case r.Verdict == Inconclusive:
		return "exploration truncated: " + truncated
	case r.Verdict == Vacuous:
		return "the premise never held"
	}
	return fmt.Sprintf("the premise held %d times", r.Premise)
}
