package main

// killers names the claims that a bug violates, and the scenarios in which
// they are.
func killers(option string) (claims, scenarios []string) {
	return nil, nil
}
