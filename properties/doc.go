// Package properties is the catalogue: everything that must be true of a close,
// each claim with its clause of RFC 9293, the fairness that it needs, the
// scenarios in which it is judged, and a broken twin that violates it.
//
// This is where the system meets the checker: Judge explores a scenario and
// judges claims, Ladder draws what was found, Walk goes on at random where no
// search reaches.
package properties
