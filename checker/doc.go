// Package checker is an explicit-state model checker. It explores every state that a model can reach, exactly, and
// judges invariants, step properties, witnesses, and liveness under weak and strong fairness. It knows nothing of
// what is modelled.
//
// # Example
//
// A model is a pure function from a state to its successors. Here is a counter that either goes round or stops:
//
//	type counter struct{}
//
//	func (counter) Init(yield func(int) bool) { yield(0) }
//
//	func (counter) Next(s int, buf []checker.Successor[int, string]) []checker.Successor[int, string] {
//		if s < 0 {
//			return buf
//		}
//		return append(buf,
//			checker.Successor[int, string]{Action: "tick", Next: (s + 1) % 3},
//			checker.Successor[int, string]{Action: "stop", Next: -1})
//	}
//
//	func (counter) Encode(dst []byte, s int) []byte          { return binary.AppendVarint(dst, int64(s)) }
//	func (counter) EncodeAction(dst []byte, a string) []byte { return append(dst, a...) }
//
//	stopped := func(s *int) bool { return *s < 0 }
//	stop := checker.Labels(func(_ int, a string) bool { return a == "stop" })
//	report, err := checker.Check(ctx, counter{}, checker.ModelOptions[int, string]{Terminal: stopped},
//		checker.Always[string]("small", func(s *int) bool { return *s < 3 }),             // Holds
//		checker.AlwaysEventually("stops", stopped, checker.WF("stop", stop)),             // Holds
//		checker.AlwaysEventually[string]("stops by itself", stopped))                     // Violated: it may stutter
//
// A system of two sides that meet only by exchanging messages is better described as a [Component], of which the
// system is the product of two copies. A component is asked once per value of a side, and once per side and message,
// whatever the number of pairs: tens of thousands of questions for millions of states.
//
// # Exactness
//
// States are compared by value; there is no hash compaction, no partial-order reduction, and symmetry only
// where it is asked for (Options.Symmetry, [Symmetric]). A state of a
// product is a key of two numbers, each the number of an interned side, and the visited set compares keys; or, where
// [CheckProduct] needs no numbers for states, it is a bit in a matrix of sides. The search is breadth first. A [Graph]'s
// states are numbered by (number of the parent, canonical order of the move), so that traces
// are shortest, and among the shortest the lexicographically least. No result depends on the number of workers:
// numbers, traces, counts, verdicts and the digest are the same for one and for many; the duration is not.
//
// Transitions are distinct triples of source, label and target, loops included. Two half-moves that make the same
// transition count once, but both are held against the properties of half-moves.
//
// The digest identifies the set of reachable states and the number of transitions by label, by the content that
// Encode and EncodeAction give. It is a sum, so it does not depend on the order of exploration; digest.go says how it
// is computed. Equal digests are no proof that the edges are equal.
//
// # Verdicts
//
//   - Holds: the exploration is complete, and the claim is true. A witness holds as soon as it is found.
//   - Violated: the trace shows it. The exploration goes on after a violation, so all properties are judged over the
//     same graph. A witness is violated if the exploration is complete and nothing was found.
//   - Inconclusive: a limit, or the context, cut the exploration or the search off before anything was found.
//   - Vacuous: the exploration is complete and the premise never held, so that the claim says nothing.
//
// Truncation never gives Holds or Vacuous. What is found in a truncated graph is nevertheless real: a trace to a bad
// state is a trace, and a lasso is only looked for among states whose successors are all known.
//
// A [Report] counts how often each premise held. Every trace is executed again before it is returned, by asking the
// model and not the tables; a lasso's fairness is checked again, by the definition; and so is what the trace is to
// show, except for claims about half-moves. If anything differs, Check returns an error in place of a verdict.
//
// # Fairness
//
// A run is an infinite sequence of states in which each step is a transition or stuttering, a step that changes
// nothing. Stuttering is always allowed, so without fairness a system may stop anywhere. A transition from a state to
// itself cannot be told from stuttering: it neither takes nor enables a class of labels. With that, [WF] and [SF] mean
// just what WF_vars and SF_vars mean in TLA+:
//
//   - weak: if from some state on the class is enabled in every state, it is taken infinitely often;
//   - strong: if the class is enabled in infinitely many states, it is taken infinitely often;
//   - finite ([Finitely]): the class is taken only finitely often. Its transitions still enable what they enable.
//
// A class is enabled in a state if a transition with such a label leaves it and changes it. A finite graph violates a
// liveness property if it has a fair cycle of a certain kind that can be reached:
//
//   - []<>P, [AlwaysEventually]: a cycle in which P is always false;
//   - <>[]P, [EventuallyAlways]: a cycle in which P is at least once false;
//   - P ~> Q, [LeadsTo]: a cycle without Q, reached from a state with P without passing one with Q. A state that
//     satisfies both has kept its promise;
//   - [NoFairCycle]: a cycle of at least one step, all of whose steps are of the class given.
//
// The cycle of one state, in which the run stutters for ever, is fair exactly if no weakly or strongly fair class is
// enabled there. Fair cycles are found by Tarjan's components with Streett's refinement; a lasso has the shortest stem
// that leads to any fair cycle, unless another one makes fewer steps in all. Its cycle is short, but not always the
// shortest there is.
//
// # Bounds
//
// A graph has at most 2^32-2 states; what CheckProduct explores as a matrix may have more, at a few bytes per state.
// The graph of a product takes some 23 bytes per state, and, once a liveness property is judged, 8 per transition and
// 16 to 28 per state for each property at work. A whole-state model keeps its moves too, 16 bytes each, and its states
// twice, in a list and in a map. Limits are those of [Options]; MaxMemory counts the tables of the exploration by
// estimate, not those of liveness. With Options.Spill what is explored as a matrix goes on in a file where they are
// reached; with Options.Checkpoint a run that was killed can be resumed ([Checkpoint]).
package checker
