package checker

import (
	"cmp"
	"context"
	"iter"
	"runtime"
	"slices"
	"sync"
	"time"
)

// Graph is the explored part of a system's state graph: all of it, unless it is truncated. States have the numbers 0
// to States()-1, in breadth-first order. A Graph is read-only, and safe for concurrent use.
type Graph[V, A any] struct {
	space   *space
	system  system[V, A]
	figures Figures
	workers int

	once     sync.Once
	adjacent *edges // for liveness
}

// Edge is a transition between numbered states.
type Edge[A any] struct {
	Source int
	Side   int // the place of the mover
	Action A
	Target int
}

// Explore builds the graph of a whole-state model. When ctx is done, or a limit of the options is met, the graph is
// truncated: what has been explored is in it.
func Explore[S, A comparable](ctx context.Context, m Model[S, A], o ModelOptions[S, A]) *Graph[*S, A] {
	o.Workers = workers(o.Workers)
	fork := func() Component[S, A] { return &whole[S, A]{Model: m} }
	o.Checkpoint = nil
	g, _ := explore(ctx, &alone[S, A]{newKnowledge(fork, o.Workers, o.Cover), m, o.Terminal}, o, nil)
	return g
}

// ExploreProduct builds the graph of the product of two copies of a component.
func ExploreProduct[S, A comparable](ctx context.Context, c Component[S, A], o ProductOptions[S, A]) *Graph[Pair[S], A] {
	o.Workers = workers(o.Workers)
	fork := func() Component[S, A] { return c }
	o.Checkpoint = nil
	g, _ := explore(ctx, &product[S, A]{newKnowledge(fork, o.Workers, o.Cover), c, o.Terminal}, o, nil)
	return g
}

// mostStates is as many as there are numbers of 32 bits, without the one for root and the one for an empty slot.
const mostStates = 1<<32 - 2

func workers(n int) int {
	if n <= 0 {
		return runtime.GOMAXPROCS(0)
	}
	return n
}

// tables gives access to the memo that a system has learned.
func (k *knowledge[S, A]) tables() *memo { return &k.memo }

// explored is a system that has a memo.
type explored[V, A any] interface {
	system[V, A]
	tables() *memo
	fingerprint() []byte
}

// explore explores a system on a hash table; from is a checkpoint that has been opened, if there is one. It fails only
// where a checkpoint is refused.
func explore[S, A comparable, V any](ctx context.Context, sys explored[V, A], o Options[S, A, V], from *saved) (*Graph[V, A], error) {
	saver, opened, err := newSaver(o.Checkpoint, &recorder{oracle: sys}, sys.fingerprint, from)
	if err != nil {
		return nil, err
	}
	from = opened
	began := time.Now()
	x := &explorer{
		space:    &space{memo: sys.tables()},
		oracle:   sys,
		workers:  make([]worker, o.Workers),
		chunks:   make([]chunk, roundSize/chunkSize),
		max:      o.MaxStates,
		memory:   o.MaxMemory,
		progress: o.Progress,
		saver:    saver,
		began:    began,
	}
	if saver != nil {
		x.oracle = saver.log
	}
	if x.max <= 0 || x.max > mostStates {
		x.max = mostStates
	}
	if from != nil {
		if err := from.on(onTable, x.restore); err != nil {
			return nil, err
		}
	}
	x.run(ctx)
	bytes := x.bytes()
	sys.finish()

	s := x.space
	g := &Graph[V, A]{space: s, system: sys, workers: o.Workers}
	g.figures = Figures{
		States: len(s.keys), Expanded: s.expanded, Transitions: s.transitions,
		Depth: max(0, len(s.levels)-1), Deadlocks: s.deadlocks, Digest: sys.digest(s),
		Coverage: coverage(s.labels, g.action, o.name()), Points: counts(sys.pointNames(), s.hits), Truncated: s.truncated,
		Notes: saver.notes(), Bytes: bytes, Duration: time.Since(began),
	}
	return g, nil
}

// coverage counts transitions by the names of their labels.
func coverage[A any](labels []uint64, action func(label uint32) (side int, a A), name func(side int, a A) string) []Count {
	var names []string
	for l := range labels {
		names = append(names, name(action(uint32(l))))
	}
	return counts(names, labels)
}

// counts adds up what goes by the same name, leaves out what never happened, and sorts by name.
func counts(names []string, n []uint64) []Count {
	sum := map[string]uint64{}
	for i, name := range names {
		sum[name] += n[i]
	}
	var list []Count
	for name, n := range sum {
		if n > 0 {
			list = append(list, Count{name, n})
		}
	}
	slices.SortFunc(list, func(a, b Count) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// action is the meaning of a label.
func (g *Graph[V, A]) action(label uint32) (side int, a A) {
	return int(label & 1), g.system.action(label >> 1)
}

// Figures describe the graph.
func (g *Graph[V, A]) Figures() Figures { return g.figures }

// States is the number of states.
func (g *Graph[V, A]) States() int { return len(g.space.keys) }

// Expanded is the number of states whose outgoing edges are known: those below it.
func (g *Graph[V, A]) Expanded() int { return g.space.expanded }

// View is the view of state n, into the graph's own tables.
func (g *Graph[V, A]) View(n int) V { return g.system.view(g.space.keys[n]) }

// Depth is the length of the shortest path to state n.
func (g *Graph[V, A]) Depth(n int) int { return g.space.depth(n) }

// EdgesFrom yields the edges that leave state n, in canonical order; none if n is not expanded.
func (g *Graph[V, A]) EdgesFrom(n int) iter.Seq[Edge[A]] { return g.edges(n, n+1) }

// Edges yields all edges, by number of the source and in canonical order.
func (g *Graph[V, A]) Edges() iter.Seq[Edge[A]] { return g.edges(0, g.States()) }

func (g *Graph[V, A]) edges(lo, hi int) iter.Seq[Edge[A]] {
	return func(yield func(Edge[A]) bool) {
		var buf []successor
		for n := lo; n < min(hi, g.space.expanded); n++ {
			buf = g.space.successors(g.space.keys[n], buf)
			for _, next := range buf {
				side, a := g.action(next.label)
				if !yield(Edge[A]{n, side, a, int(g.space.number(next.key))}) {
					return
				}
			}
		}
	}
}

// number is the number of a state that is known to be in the graph.
func (s *space) number(key uint64) uint32 {
	n, found := s.visited.find(s.keys, key)
	if !found {
		panic("BUG: an expanded state has a successor that was never entered")
	}
	return n
}

// First is the least-numbered state that satisfies p: none has a shorter trace.
func (g *Graph[V, A]) First(p func(V) bool) (n int, found bool) {
	for n, key := range g.space.keys {
		if p(g.system.view(key)) {
			return n, true
		}
	}
	return 0, false
}

// Trace is the shortest trace to state n; among the shortest, the least in canonical order. The error tells that the
// model, asked again, did not confirm it.
func (g *Graph[V, A]) Trace(n int) (*Trace[V, A], error) {
	t := g.trace(g.space.path(uint32(n)), NoLoop)
	return t, g.replay(t, nil)
}

// trace shows a path.
func (g *Graph[V, A]) trace(path []arc, loop int) *Trace[V, A] {
	t := &Trace[V, A]{Loop: loop}
	for _, a := range path {
		step := TraceStep[V, A]{Side: -1, State: g.system.snapshot(g.space.keys[a.target])}
		if a.label != noLabel {
			step.Side, step.Action = g.action(a.label)
		}
		t.Steps = append(t.Steps, step)
	}
	return t
}
