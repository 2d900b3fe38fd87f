// Package beliefs is what people believe about opening and closing a TCP
// connection: sentences that textbooks, blogs and answers print, each turned
// into a question that the checker can decide.
//
// A sentence is confirmed if what it says holds in every reachable state or
// step of the scenarios that are named, and refuted by a shortest run if it
// does not. Nobody writes a verdict: Judge finds it. What is not a sentence
// about TCP's own steps (a checksum, a process that is killed) is turned into
// the part of it that is; the prose in docs/beliefs.md says what remains
// argument.
package beliefs

import (
	"finwait/ladder"
	"finwait/model/system"
	"finwait/properties"
)

// Text is a sentence in both languages of the documents.
type Text struct{ En, Zh string }

// Belief is a sentence that people print, with what decides it.
type Belief struct {
	Name   string
	Text   Text
	Clause string // of RFC 9293
	Parts  []Part // the first decides the sentence as it is printed, the others say more
	Twin   Twin   // of what is confirmed
}

// Twin is a bug of the model, under which a sentence that is confirmed falls: a
// question to which every machine says yes says nothing.
type Twin struct{ Option, Scenario string }

// twin is the first part, put to the broken machine.
func (b *Belief) twin() Part {
	p := b.Parts[0]
	p.Option, p.Scenarios = b.Twin.Option, in(b.Twin.Scenario)
	return p
}

// Part is one question to the machine, and what it means.
type Part struct {
	Text      Text     // what must hold, in words
	Scenarios []string // where; each must have something to say
	Option    string   // of the model, switched on; empty: RFC 9293
	Flags     string   // what change does to the bounds, as flags of explore check; empty: nothing

	change func(*system.Bounds)

	claim properties.Claim
	// last draws what the machine would answer in the state where a
	// counterexample ends.
	last func(b *system.System, v properties.View) []ladder.Row
	// asPrinted, if there is one, reads a single run: the shortest to the states
	// that the claim forbids. A run that is not as printed refutes the sentence;
	// one that is decides nothing.
	asPrinted func(b *system.System, t *properties.Trace) bool
}

// Bounds are those of a scenario, with what the part changes.
func (p *Part) Bounds(b system.Bounds) system.Bounds {
	set(&b.Options, p.Option)
	if p.change != nil {
		p.change(&b)
	}
	return b
}

// Catalogue lists every belief: the fifteen that one hears first, then those
// about opening, the FIN, the half-close, TIME-WAIT and resets.
func Catalogue() []Belief {
	var list []Belief
	for _, group := range [][]Belief{asked(), ending(), opening(), fins(), halves(), waiting(), resets()} {
		list = append(list, group...)
	}
	return list
}
