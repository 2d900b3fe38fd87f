// Package why explains the close by taking it apart: it removes one mechanism,
// or one fairness assumption, at a time, judges every claim again in every
// scenario, and tells which fall, what can no longer happen, and the shortest
// run that shows it.
//
// A mechanism is removed by the options and the bounds of the model that take
// just this one away: the machine is always model.Step, and there is nothing
// here that knows a transition. Scenarios, claims and assumptions come from
// their catalogues; only the mechanisms are listed.
package why
