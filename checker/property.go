package checker

import (
	"errors"
	"fmt"
)

// Kind is what a property speaks of.
type Kind uint8

// The kinds of properties.
const (
	Safety   Kind = iota // states: Always
	Stepwise             // transitions: AlwaysStep, AlwaysSideStep
	Witness              // something reachable: Sometimes, SometimesStep, SometimesSideStep
	Liveness             // runs: LeadsTo, AlwaysEventually, EventuallyAlways, NoFairCycle
)

func (k Kind) String() string { return [...]string{"safety", "step", "witness", "liveness"}[k] }

// Property is a claim about a system, made by one of the constructors below. V is the view of a state.
type Property[V, A any] struct {
	Name string
	op   operator

	absent              bool // a predicate that there must be is nil
	when, claim         func(V) bool
	stepWhen, stepClaim func(Step[V, A]) bool
	side                any // a sideClaim[S, A], of the S that V shows
	goal                func(V) bool
	cycle               func(side int, a A) bool
	fair                []Fairness[A]
	reads               any // a *Projection[S]; nil: the predicates may read all
}

type operator uint8

const (
	noOperator operator = iota
	always
	alwaysStep
	alwaysSideStep
	sometimes
	sometimesStep
	sometimesSideStep
	leadsTo
	alwaysEventually
	eventuallyAlways
	noFairCycle
)

// sideClaim is a claim about half-moves, and its premise.
type sideClaim[S, A any] struct{ when, claim func(SideStep[S, A]) bool }

// Kind tells what the property speaks of.
func (p Property[V, A]) Kind() Kind {
	switch p.op {
	case alwaysStep, alwaysSideStep:
		return Stepwise
	case sometimes, sometimesStep, sometimesSideStep:
		return Witness
	case leadsTo, alwaysEventually, eventuallyAlways, noFairCycle:
		return Liveness
	}
	return Safety
}

// isStep tells whether a trace of evidence ends with the transition in question.
func (p Property[V, A]) isStep() bool {
	switch p.op {
	case alwaysStep, alwaysSideStep, sometimesStep, sometimesSideStep:
		return true
	}
	return false
}

// Always claims that every reachable state satisfies claim: an invariant, []P.
//
// The constructors whose predicates do not mention A put it first, so that Always[Action]("name", ...) infers the view.
func Always[A, V any](name string, claim func(V) bool) Property[V, A] {
	return AlwaysWhen[A](name, nil, claim)
}

// AlwaysWhen claims that every reachable state which satisfies the premise satisfies claim. It is vacuous if no state
// satisfies the premise.
func AlwaysWhen[A, V any](name string, when, claim func(V) bool) Property[V, A] {
	return Property[V, A]{Name: name, op: always, absent: claim == nil, when: when, claim: claim}
}

// AlwaysStep claims that every transition satisfies claim. It is evaluated per transition; prefer [AlwaysSideStep]
// for what one side does.
func AlwaysStep[V, A any](name string, claim func(Step[V, A]) bool) Property[V, A] {
	return AlwaysStepWhen(name, nil, claim)
}

// AlwaysStepWhen claims that every transition which satisfies the premise satisfies claim.
func AlwaysStepWhen[V, A any](name string, when, claim func(Step[V, A]) bool) Property[V, A] {
	return Property[V, A]{Name: name, op: alwaysStep, absent: claim == nil, stepWhen: when, stepClaim: claim}
}

// AlwaysSideStep claims that every half of every transition satisfies claim. It is evaluated once per half-move,
// whatever the number of transitions that use it.
func AlwaysSideStep[S, A any](name string, claim func(SideStep[S, A]) bool) Property[Pair[S], A] {
	return AlwaysSideStepWhen(name, nil, claim)
}

// AlwaysSideStepWhen claims that every half-move which satisfies the premise satisfies claim. The premise is counted
// in transitions.
func AlwaysSideStepWhen[S, A any](name string, when, claim func(SideStep[S, A]) bool) Property[Pair[S], A] {
	return Property[Pair[S], A]{Name: name, op: alwaysSideStep, absent: claim == nil, side: sideClaim[S, A]{when, claim}}
}

// Sometimes claims that some reachable state satisfies claim: a witness that the bounds are not too small. It comes
// with the shortest trace to such a state.
func Sometimes[A, V any](name string, claim func(V) bool) Property[V, A] {
	return Property[V, A]{Name: name, op: sometimes, absent: claim == nil, when: claim, claim: never[V]}
}

// SometimesStep claims that some transition satisfies claim.
func SometimesStep[V, A any](name string, claim func(Step[V, A]) bool) Property[V, A] {
	return Property[V, A]{Name: name, op: sometimesStep, absent: claim == nil, stepWhen: claim, stepClaim: never[Step[V, A]]}
}

// SometimesSideStep claims that some half of some transition satisfies claim.
func SometimesSideStep[S, A any](name string, claim func(SideStep[S, A]) bool) Property[Pair[S], A] {
	return Property[Pair[S], A]{Name: name, op: sometimesSideStep, absent: claim == nil, side: sideClaim[S, A]{claim, never[SideStep[S, A]]}}
}

// never is what a witness violates: a Sometimes is searched for as the violation of "never, when claim".
func never[T any](T) bool { return false }

// LeadsTo claims that in every fair run each state which satisfies p is followed by one which satisfies q, or does so
// itself: p ~> q.
func LeadsTo[A, V any](name string, p, q func(V) bool, fair ...Fairness[A]) Property[V, A] {
	return Property[V, A]{Name: name, op: leadsTo, absent: p == nil || q == nil, claim: p, goal: q, fair: fair}
}

// AlwaysEventually claims that every fair run satisfies p again and again: []<>P.
func AlwaysEventually[A, V any](name string, p func(V) bool, fair ...Fairness[A]) Property[V, A] {
	return Property[V, A]{Name: name, op: alwaysEventually, absent: p == nil, claim: p, fair: fair}
}

// EventuallyAlways claims that every fair run satisfies p from some state on: <>[]P.
func EventuallyAlways[A, V any](name string, p func(V) bool, fair ...Fairness[A]) Property[V, A] {
	return Property[V, A]{Name: name, op: eventuallyAlways, absent: p == nil, claim: p, fair: fair}
}

// NoFairCycle claims that no fair run goes on for ever by steps of the given labels alone: there is no fair cycle,
// of at least one step that changes the state, all of whose such steps have a label of the class.
func NoFairCycle[V, A any](name string, steps func(side int, a A) bool, fair ...Fairness[A]) Property[V, A] {
	return Property[V, A]{Name: name, op: noFairCycle, absent: steps == nil, cycle: steps, fair: fair}
}

// atState tells whether the property has something to say of a state, and whether the state violates it.
func (p *Property[V, A]) atState(v V) (applies, fails bool) {
	if p.when != nil && !p.when(v) {
		return false, false
	}
	return true, !p.claim(v)
}

// atStep is the same of a transition.
func (p *Property[V, A]) atStep(s Step[V, A]) (applies, fails bool) {
	if p.stepWhen != nil && !p.stepWhen(s) {
		return false, false
	}
	return true, !p.stepClaim(s)
}

// validate tells what is wrong with the first property with which something is.
func validate[V, A any](properties []Property[V, A]) error {
	for _, p := range properties {
		if err := p.valid(); err != nil {
			return fmt.Errorf("checker: property %q: %w", p.Name, err)
		}
	}
	return nil
}

// valid tells what is wrong with a property.
func (p Property[V, A]) valid() error {
	if p.op == noOperator {
		return errors.New("not made by a constructor")
	}
	if p.absent {
		return errors.New("a predicate is nil")
	}
	for _, f := range p.fair {
		if f.Class == nil || f.Kind > Finite {
			return errors.New("fairness " + f.Name + " has no class, or no known kind")
		}
	}
	return nil
}
