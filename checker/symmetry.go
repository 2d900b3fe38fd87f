package checker

import (
	"fmt"
	"slices"
	"sync/atomic"
)

// Symmetric is a component whose two places may change roles: the mirror image of every run is a run. [CheckProduct] then
// needs to explore only one of each pair of mirror images, if Options.Symmetry asks for it.
//
// What it says is not taken on trust: whenever a side is asked, its image is asked, too, and must answer with images.
type Symmetric[S, A comparable] interface {
	Component[S, A]
	// Asymmetry tells why the places cannot change roles, as things are; it is empty if they can.
	Asymmetry() string
	// Mirror is what a side would be in the other place. Applied twice, it changes nothing. The image of a state (a, b)
	// is (Mirror(b), Mirror(a)).
	Mirror(s S) S
	// MirrorLabel is the label of a transition's image: in the other place, unless the move is joint. The action must
	// not depend on the place.
	MirrorLabel(side int, a A) (int, A)
}

// mirrors knows the images of all that a symmetric component has. A nil one stands for no symmetry.
type mirrors[S, A comparable] struct {
	Symmetric[S, A]
	broken atomic.Pointer[error] // a promise of the component
}

// newMirrors tells whether a system is to be explored by symmetry; if not, why.
func newMirrors[S, A comparable](c Component[S, A], o *ProductOptions[S, A], properties []Property[Pair[S], A]) (*mirrors[S, A], string) {
	if !o.Symmetry {
		return nil, ""
	}
	s, ok := c.(Symmetric[S, A])
	switch {
	case !ok:
		return nil, "the model does not say what the image of a side is"
	case s.Asymmetry() != "":
		return nil, s.Asymmetry()
	case len(pick(properties, leadsTo, alwaysEventually, eventuallyAlways, noFairCycle)) > 0:
		return nil, "liveness is judged, and a run may change from one image to the other"
	case o.MaxStates > 0:
		return nil, "there is a limit on states, which the hash table keeps, and that has no symmetry"
	}
	m := &mirrors[S, A]{Symmetric: s}
	var initial [][2]S
	c.Init(func(a, b S) bool {
		initial = append(initial, [2]S{a, b})
		return true
	})
	for _, i := range initial {
		if !slices.Contains(initial, [2]S{s.Mirror(i[1]), s.Mirror(i[0])}) {
			return nil, "the image of an initial state is not initial"
		}
	}
	return m, ""
}

// Moves asks a side and its image.
func (m *mirrors[S, A]) Moves(s S, buf []Move[S, A]) []Move[S, A] {
	begin := len(buf)
	buf = m.Symmetric.Moves(s, buf)
	image := m.Mirror(s)
	switch {
	case m.Mirror(image) != s:
		m.breaks("the image of its image is another", s)
	case m.Facts(image) != m.Facts(s):
		m.breaks("the facts of its image are others", s)
	default:
		m.compare(s, buf[begin:], m.Symmetric.Moves(image, nil))
	}
	return buf
}

// Accept asks a side and its image.
func (m *mirrors[S, A]) Accept(s S, a A, buf []Move[S, A]) []Move[S, A] {
	begin := len(buf)
	buf = m.Symmetric.Accept(s, a, buf)
	_, offer := m.MirrorLabel(0, a)
	answers := m.Symmetric.Accept(m.Mirror(s), offer, nil)
	for i := range answers {
		answers[i].Kind = Accept // as nobody looks at it
	}
	mine := slices.Clone(buf[begin:])
	for i := range mine {
		mine[i].Kind = Accept
	}
	m.compare(s, mine, answers)
	return buf
}

// compare wants the images of some moves to be others.
func (m *mirrors[S, A]) compare(s S, moves, images []Move[S, A]) {
	if len(moves) != len(images) {
		m.breaks("its image has another number of moves", s)
		return
	}
	for _, move := range moves {
		side, action := m.MirrorLabel(0, move.Action)
		other, same := m.MirrorLabel(1, move.Action)
		if joint := move.Kind == Joint; same != action || joint != (side == 0) || !joint && other != 0 {
			m.breaks(fmt.Sprintf("the image of the label %v is none", move.Action), s)
		}
		move.Action, move.Next = action, m.Mirror(move.Next)
		if !slices.Contains(images, move) {
			m.breaks(fmt.Sprintf("its image does not have the image of the move %v", move.Action), s)
		}
	}
}

func (m *mirrors[S, A]) breaks(why string, s S) {
	err := fmt.Errorf("checker: the model is not symmetric, though it says so: side %v: %s", s, why)
	m.broken.CompareAndSwap(nil, &err)
}

// err is what broke the promise.
func (m *mirrors[S, A]) err() error {
	if m == nil || m.broken.Load() == nil {
		return nil
	}
	return *m.broken.Load()
}

// image is the image of a state.
func (m *mirrors[S, A]) image(v Pair[S]) Pair[S] { return pair(m.Mirror(*v.B), m.Mirror(*v.A)) }

// both makes options, and claims about half-moves, speak of a thing and of its image: then it does not matter which of the
// two is explored. Claims about states and steps are evaluated for both: see reflections.
func (m *mirrors[S, A]) both(o ProductOptions[S, A], properties []Property[Pair[S], A]) (ProductOptions[S, A], []Property[Pair[S], A]) {
	if m == nil {
		return o, properties
	}
	if terminal := o.Terminal; terminal != nil {
		o.Terminal = func(v Pair[S]) bool { return terminal(v) && terminal(m.image(v)) }
	}
	if cover := o.Cover; cover != nil {
		o.Cover = func(h SideStep[S, A], yield func(string)) {
			cover(h, yield)
			cover(m.half(h, nil), yield)
		}
	}
	o.Checkpoint = m.checkpoint(o.Checkpoint)
	list := slices.Clone(properties)
	for i := range list {
		p := &list[i]
		if side, ok := p.side.(sideClaim[S, A]); ok {
			p.side = m.sideClaim(side)
		}
	}
	return o, list
}

// checkpoint is a checkpoint of its own, which tells that there is symmetry.
func (m *mirrors[S, A]) checkpoint(c *Checkpoint) *Checkpoint {
	if c == nil {
		return nil
	}
	own := *c
	if m != nil {
		own.Identity += ", by symmetry"
	}
	return &own
}

func (m *mirrors[S, A]) half(s SideStep[S, A], memo *any) SideStep[S, A] {
	_, a := m.MirrorLabel(0, s.Action)
	from, to := m.Mirror(*s.From), m.Mirror(*s.To)
	return SideStep[S, A]{Kind: s.Kind, Action: a, From: &from, To: &to, Memo: memo}
}

// twoMemos are the places for what predicates find out about a half-move and about its image.
type twoMemos[S, A any] struct {
	mine, images any
	image        SideStep[S, A]
}

// sideClaim is a claim about a half-move and its image: it applies where it applies to one of them, and fails where it
// fails for one.
func (m *mirrors[S, A]) sideClaim(c sideClaim[S, A]) sideClaim[S, A] {
	apart := func(s SideStep[S, A]) (mine, image SideStep[S, A]) {
		var memos *twoMemos[S, A]
		if s.Memo != nil {
			memos, _ = (*s.Memo).(*twoMemos[S, A])
		}
		if memos == nil {
			memos = &twoMemos[S, A]{}
			if memos.image = m.half(s, &memos.images); s.Memo != nil {
				*s.Memo = memos
			}
		}
		s.Memo = &memos.mine
		return s, memos.image
	}
	applies := func(s SideStep[S, A]) bool { return c.when == nil || c.when(s) }
	kept := func(s SideStep[S, A]) bool { return !applies(s) || c.claim(s) }
	return sideClaim[S, A]{
		when: func(s SideStep[S, A]) bool {
			mine, image := apart(s)
			return applies(mine) || applies(image)
		},
		claim: func(s SideStep[S, A]) bool {
			mine, image := apart(s)
			return kept(mine) && kept(image)
		},
	}
}
