package main

import (
	"slices"
	"strings"

	"finwait/checker"
	"finwait/properties"
)

// exitCode is the verdict of one scenario.
func exitCode(r *properties.Result) int {
	code := exitOK
	for i := range r.Outcomes {
		code = worse(code, outcomeCode(r, &r.Outcomes[i]))
	}
	if r.Deadlocked() {
		code = worse(code, exitDeadlock)
	}
	if len(r.Missing) > 0 {
		code = worse(code, exitVacuous)
	}
	if r.Doubt() != "" {
		code = worse(code, exitInconclusive)
	}
	return code
}

// outcomeCode is the verdict of one claim. A witness that is not reached
// decides only at the bounds that the scenario promises to be large enough.
func outcomeCode(r *properties.Result, o *properties.Outcome) int {
	switch o.Verdict {
	case checker.Violated:
		switch {
		case o.Claim.Kind == properties.Liveness:
			return exitLiveness
		case o.Claim.Kind != properties.Witness:
			return exitSafety
		case r.Bounds == r.Scenario.Bounds:
			return exitVacuous
		}
	case checker.Vacuous:
		return exitVacuous
	case checker.Inconclusive:
		return exitInconclusive
	case checker.Holds:
	}
	return exitOK
}

// assumed lists the fairness assumptions that a claim is judged under.
func assumed(c *properties.Claim, r *properties.Result) []string {
	return without(c.Assumes(r.System), r.Drop)
}

func without(names, drop []string) []string {
	list := []string{}
	for _, f := range names {
		if !slices.Contains(drop, f) {
			list = append(list, f)
		}
	}
	return list
}

// cutArrow is the inverse of Arrow.String.
func cutArrow(s string) (from, trigger, to string) {
	from, rest, _ := strings.Cut(s, " --")
	trigger, to, _ = strings.Cut(rest, "--> ")
	return from, trigger, to
}
