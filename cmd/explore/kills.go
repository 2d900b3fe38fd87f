package main

import (
	"slices"

	"finwait/properties"
)

// killers names the claims that an option violates, and the scenarios in which
// they are: of all its twins.
func killers(option string) (claims, scenarios []string) {
	add := func(list []string, more ...string) []string {
		for _, name := range more {
			if !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
		return list
	}
	for _, k := range properties.Kills() {
		if k.Option == option {
			claims, scenarios = add(claims, k.Claims...), add(scenarios, k.Scenarios...)
		}
	}
	return claims, scenarios
}
