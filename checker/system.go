package checker

// system is what a graph asks about values: the meaning of the numbers, and the model itself, without the memo, for
// the replay of traces. V is the view of a state.
type system[V, A any] interface {
	oracle
	view(key uint64) V
	snapshot(key uint64) V // the same, of copied values
	action(act uint32) A

	same(v, w V) bool
	start(v V) bool                  // is v an initial state?
	next(v V) []transition[V, A]     // its transitions, in canonical order
	sideMasks(claims []any) sideMask // evaluates claims about half-moves
	digest(*space) string
	finish() // the exploration is over
	pointNames() []string
}

// transition is a step that the model, asked again, says it can make.
type transition[V, A any] struct {
	side   int
	action A
	to     V
}

// finish forgets what is only needed to learn more.
func (k *knowledge[S, A]) finish() { k.sideOf = nil }

func (k *knowledge[S, A]) pointNames() []string         { return k.names }
func (k *knowledge[S, A]) sizes() (actions, points int) { return len(k.actions), len(k.names) }
func (k *knowledge[S, A]) action(act uint32) A          { return k.actions[act] }

// product is the system of two copies of a component.
type product[S, A comparable] struct {
	*knowledge[S, A]
	component  Component[S, A]
	isTerminal func(Pair[S]) bool
}

func (p *product[S, A]) initial(yield func(key uint64) bool) {
	p.component.Init(func(a, b S) bool { return yield(join(p.side(a), p.side(b))) })
}

func (p *product[S, A]) terminal(key uint64) bool {
	return p.isTerminal != nil && p.isTerminal(p.view(key))
}

func (p *product[S, A]) view(key uint64) Pair[S] {
	a, b := split(key)
	return Pair[S]{&p.values[a], &p.values[b]}
}

func (p *product[S, A]) snapshot(key uint64) Pair[S] {
	a, b := split(key)
	return pair(p.values[a], p.values[b])
}

// pair views two values of its own.
func pair[S any](a, b S) Pair[S] { return Pair[S]{&a, &b} }

func (p *product[S, A]) same(v, w Pair[S]) bool { return *v.A == *w.A && *v.B == *w.B }

func (p *product[S, A]) start(v Pair[S]) (found bool) {
	p.component.Init(func(a, b S) bool {
		found = found || a == *v.A && b == *v.B
		return !found
	})
	return found
}

// next is the composition of two sides once more, as the documentation of Component has it, without any memo.
func (p *product[S, A]) next(v Pair[S]) (list []transition[Pair[S], A]) {
	c := p.component
	sides := [2]S{*v.A, *v.B}
	for me := range 2 {
		self, peer := sides[me], sides[1-me]
		add := func(a A, self, peer S) {
			to := pair(self, peer)
			if me == 1 {
				to = pair(peer, self)
			}
			list = append(list, transition[Pair[S], A]{me, a, to})
		}
		able := func(need uint64, other S) bool { return need&^c.Facts(other) == 0 }
		for _, m := range c.Moves(self, nil) {
			switch {
			case !able(m.Need, peer):
			case m.Kind == Local:
				add(m.Action, m.Next, peer)
			case m.Kind == Offer:
				for _, r := range c.Accept(peer, m.Action, nil) {
					if able(r.Need, self) {
						add(r.Action, m.Next, r.Next)
					}
				}
			case m.Kind == Joint && me == 0:
				for _, r := range c.Moves(peer, nil) {
					if r.Kind == Joint && r.Action == m.Action && able(r.Need, self) {
						add(m.Action, m.Next, r.Next)
					}
				}
			}
		}
	}
	return list
}

// alone is the system of one whole-state model: place 1 is nobody's.
type alone[S, A comparable] struct {
	*knowledge[S, A]
	model      Model[S, A]
	isTerminal func(*S) bool
}

func (m *alone[S, A]) initial(yield func(key uint64) bool) {
	m.fork().Init(func(s, _ S) bool { return yield(join(m.side(s), 0)) })
}

func (m *alone[S, A]) terminal(key uint64) bool {
	return m.isTerminal != nil && m.isTerminal(m.view(key))
}

func (m *alone[S, A]) view(key uint64) *S {
	a, _ := split(key)
	return &m.values[a]
}

func (m *alone[S, A]) snapshot(key uint64) *S {
	s := *m.view(key)
	return &s
}

func (m *alone[S, A]) same(v, w *S) bool { return *v == *w }

func (m *alone[S, A]) start(v *S) (found bool) {
	m.model.Init(func(s S) bool {
		found = found || s == *v
		return !found
	})
	return found
}

func (m *alone[S, A]) next(v *S) (list []transition[*S, A]) {
	for _, n := range m.model.Next(*v, nil) {
		list = append(list, transition[*S, A]{0, n.Action, &n.Next})
	}
	return list
}
