package main

import "finwait/properties"

// killers names the claims that an option violates, and the scenarios in which
// they are.
func killers(option string) (claims, scenarios []string) {
	for _, k := range properties.Kills() {
		if k.Option == option {
			return k.Claims, k.Scenarios
		}
	}
	return nil, nil
}
