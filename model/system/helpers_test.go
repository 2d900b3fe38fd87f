package system

import (
	"testing"

	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model"
)

// The state graphs that the tests look at are those that the checker finds.
type (
	view  = checker.Pair[Side]
	graph = checker.Graph[view, Action]
)

// scenario is a scenario's bounds with other numbers of octets, changed a little.
func scenario(t *testing.T, name string, a, b int, changes ...func(*Bounds)) Bounds {
	t.Helper()
	s, ok := LookupScenario(name)
	require.True(t, ok, name)
	bounds := s.Bounds
	bounds.Octets = [2]int{a, b}
	for _, change := range changes {
		change(&bounds)
	}
	return bounds
}

// roomy lets two segments be in flight, or one with -short.
func roomy(b *Bounds) {
	b.InFlight = 2
	if testing.Short() {
		b.InFlight = 1
	}
}

func inFlight(k int) func(*Bounds)               { return func(b *Bounds) { b.InFlight = k } }
func duplicates(n int) func(*Bounds)             { return func(b *Bounds) { b.Dup = n } }
func window(n int) func(*Bounds)                 { return func(b *Bounds) { b.Window = n } }
func mss(n int) func(*Bounds)                    { return func(b *Bounds) { b.MSS = n } }
func inject(n int) func(*Bounds)                 { return func(b *Bounds) { b.Inject = n } }
func fifo(b *Bounds)                             { b.FIFO = true }
func isn(a, b model.Seq) func(*Bounds)           { return func(x *Bounds) { x.ISS = [2]model.Seq{a, b} } }
func under(f func(*model.Options)) func(*Bounds) { return func(b *Bounds) { f(&b.Options) } }

// option switches on an option by its name.
func option(name string) func(*Bounds) {
	return under(func(o *model.Options) {
		d, ok := model.Lookup(name)
		if !ok {
			panic("no option " + name)
		}
		d.Set(o, true)
	})
}

func newSystem(t *testing.T, b Bounds) *System {
	t.Helper()
	s, err := New(b)
	require.NoError(t, err)
	return s
}

func explore(t *testing.T, b Bounds) (*System, *graph) {
	t.Helper()
	s := newSystem(t, b)
	g := checker.ExploreProduct(t.Context(), s, checker.ProductOptions[Side, Action]{
		Terminal: func(v view) bool { return Terminal(v.A, v.B) },
		Name:     func(_ int, a Action) string { return a.Kind.String() },
	})
	require.Empty(t, g.Figures().Truncated)
	return s, g
}

// started is the two sides at the start, which a test then changes.
func started(s *System) [2]Side {
	var pair [2]Side
	s.Init(func(x, y Side) bool {
		pair = [2]Side{x, y}
		return true
	})
	return pair
}

// transition is one edge of a graph: side moves, by action.
type transition struct {
	side     int
	action   Action
	from, to [2]*Side
}

// transitions yields the edges of a graph.
func transitions(g *graph) func(yield func(transition) bool) {
	return func(yield func(transition) bool) {
		for e := range g.Edges() {
			u, v := g.View(e.Source), g.View(e.Target)
			if !yield(transition{e.Side, e.Action, [2]*Side{u.A, u.B}, [2]*Side{v.A, v.B}}) {
				return
			}
		}
	}
}

// sides yields every side that occurs in a graph, once.
func sides(g *graph) func(yield func(*Side) bool) {
	return func(yield func(*Side) bool) {
		seen := map[*Side]bool{} // the checker interns sides: one pointer, one value
		for n := range g.States() {
			v := g.View(n)
			for _, s := range [2]*Side{v.A, v.B} {
				if !seen[s] {
					seen[s] = true
					if !yield(s) {
						return
					}
				}
			}
		}
	}
}

// find is the first side of a graph that satisfies f.
func find(t *testing.T, g *graph, f func(*Side) bool) Side {
	t.Helper()
	for s := range sides(g) {
		if f(s) {
			return *s
		}
	}
	require.Fail(t, "no side of the graph is like that")
	return Side{}
}

// moves are a side's moves of one kind.
func moves(s *System, side Side, k Kind) []Move {
	var list []Move
	for _, m := range s.Moves(side, nil) {
		if m.Action.Kind == k {
			list = append(list, m)
		}
	}
	return list
}

func with(b Bounds, changes ...func(*Bounds)) Bounds {
	for _, change := range changes {
		change(&b)
	}
	return b
}
