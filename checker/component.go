package checker

// The kinds of moves. The first three are what a [Component] may put into Move.Kind; Accept occurs only in a
// [SideStep], where it names the receiving half of an offer.
const (
	Local  = 0 // the mover steps alone
	Offer  = 1 // the mover steps, and the other side completes the step by its Accept
	Joint  = 2 // both sides step, each by a Joint move of the same Action
	Accept = 3 // the other half of an Offer
)

// Move is one possible step of one side. It aliases an unnamed struct, so that a model satisfies [Component] without
// importing this package.
type Move[S, A any] = struct {
	Kind   uint8  // Local, Offer or Joint
	Action A      // the label with its parameters; an Offer's Action is also its message
	Next   S      // the side afterwards
	Need   uint64 // the guard: bits that the other side's Facts must have for the move to be enabled
}

// Component is one half of a system: the system is the parallel composition of two copies of it, in places 0 and 1.
// What distinguishes the two (a client and a server, say) lives in S.
//
// All methods must be pure functions, safe for concurrent use: their answers are memoised, and asked for again when a
// trace is re-executed. The order of appending is the canonical order: it decides which of several shortest traces is
// shown.
//
// A transition of the system is labelled with a place and an action:
//
//   - a Local move with the mover's place and its Action;
//   - an Offer with the offerer's place and the Action that the other side's Accept returned;
//   - a Joint move with place 0 and the Action which both sides agree on.
type Component[S, A comparable] interface {
	// Init yields the initial pairs.
	Init(yield func(a, b S) bool)
	// Moves appends the moves of a side. It is asked once per value of a side.
	Moves(s S, buf []Move[S, A]) []Move[S, A]
	// Accept appends what a side may do with an offer of the other side: no result blocks the offer, several are a
	// nondeterministic choice, and a result may relabel the transition by its Action. Its Need is a guard over the
	// offerer; its Kind is not looked at. Accept is asked once per value of a side and offer.
	Accept(s S, a A, buf []Move[S, A]) []Move[S, A]
	// Facts is all that the other side's guards may see of a side.
	Facts(s S) uint64
	// Encode appends the canonical content of a side, for the digest: equal sides, and only those, have equal content.
	Encode(dst []byte, s S) []byte
	// EncodeAction appends the canonical content of a label, for the digest.
	EncodeAction(dst []byte, side int, a A) []byte
}

// Pair is the view that predicates have of a state of a product: its two sides, read where they are interned. They
// must not be written to.
type Pair[S any] struct{ A, B *S }

// Successor is one step of a whole-state model; it, too, aliases an unnamed struct.
type Successor[S, A any] = struct {
	Action A
	Next   S
}

// Model is a system that does not decompose into two copies of one component. Its states are interned whole; a
// predicate's view of one is *S. What is said of purity and order at [Component] holds here too.
type Model[S, A comparable] interface {
	// Init yields the initial states.
	Init(yield func(S) bool)
	// Next appends the successors of a state.
	Next(s S, buf []Successor[S, A]) []Successor[S, A]
	// Encode appends the canonical content of a state, for the digest.
	Encode(dst []byte, s S) []byte
	// EncodeAction appends the canonical content of a label, for the digest.
	EncodeAction(dst []byte, a A) []byte
}

// SideStep is the half of a transition that happens in one side. A local move has one half; an offer has two, the
// offerer's (Kind Offer, with the Action offered) and the acceptor's (Kind Accept, with the Action that Accept
// returned); a joint move has two of Kind Joint.
type SideStep[S, A any] struct {
	Kind     uint8
	Action   A
	From, To *S
	// Memo, if it is not nil, is a place for the predicates: what one of them has found out about this half-move, the
	// next need not find out again. It is empty for the first.
	Memo *any
}

// Step is a whole transition, as a step property sees it.
type Step[V, A any] struct {
	Side     int // the place of the mover
	Action   A
	From, To V
}

// whole lets a Model pass for a component that stands alone: place 1 is empty. One whole serves one worker.
type whole[S, A comparable] struct {
	Model[S, A]
	buf []Successor[S, A]
}

func (w *whole[S, A]) Init(yield func(a, b S) bool) {
	var nobody S
	w.Model.Init(func(s S) bool { return yield(s, nobody) })
}

func (w *whole[S, A]) Moves(s S, buf []Move[S, A]) []Move[S, A] {
	w.buf = w.Next(s, w.buf[:0])
	for _, n := range w.buf {
		buf = append(buf, Move[S, A]{Action: n.Action, Next: n.Next})
	}
	return buf
}

func (w *whole[S, A]) Accept(_ S, _ A, buf []Move[S, A]) []Move[S, A] { return buf }
func (w *whole[S, A]) Facts(S) uint64                                 { return 0 }
func (w *whole[S, A]) EncodeAction(dst []byte, _ int, a A) []byte {
	return w.Model.EncodeAction(dst, a)
}
