// Package proof proves the safety of the close for any amount of data, and any
// number of segments in flight: by an inductive invariant, with SMT solvers.
//
// The checker is exhaustive within bounds. Here there are none: positions are
// integers, the users write as much as they like, and the network may lose,
// duplicate and reorder whatever was ever sent, as often as it likes. A
// segment that satisfies the segment invariant may arrive at any time; what
// that invariant says stays true for ever, so the network needs no variable,
// and nothing a quantifier. What is said of one octet of each stream, in any
// place and with any content, is said of every one.
//
// theory.go has the vocabulary, relation.go and deliver.go what a side may do,
// invariant.go what is always true, claims.go what follows, obligations.go what
// a solver is asked. The relation is not a second machine: it is not run. It is
// held to model.Step by judge.go: every step that the machine takes must be one
// that the relation has (view.go says what of a TCB the proof sees), over whole
// graphs (follow.go, hold.go) and on random walks.
package proof
