package checker

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Check explores a whole-state model and judges properties over it. If ctx is done before the exploration is, the
// properties are still judged over what has been explored, if that takes seconds.
func Check[S, A comparable](ctx context.Context, m Model[S, A], o ModelOptions[S, A], properties ...Property[*S, A]) (Report[*S, A], error) {
	o.Workers = workers(o.Workers)
	fork := func() Component[S, A] { return &whole[S, A]{Model: m} }
	g, err := explore(ctx, &alone[S, A]{newKnowledge(fork, o.Workers, o.Cover), m, o.Terminal}, o, nil)
	if err != nil {
		return Report[*S, A]{}, err
	}
	return judge(ctx, g, properties)
}

func judge[V, A any](ctx context.Context, g *Graph[V, A], properties []Property[V, A]) (Report[V, A], error) {
	ctx, cancel := grace(ctx, g.figures.Duration)
	defer cancel()
	return g.Check(ctx, properties...)
}

// grace is how long properties may still be judged over what has been explored, when the exploration was interrupted.
func grace(ctx context.Context, explored time.Duration) (context.Context, context.CancelFunc) {
	if ctx.Err() == nil {
		return ctx, func() {}
	}
	return context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second+explored/5)
}

// Check judges properties over the graph. An error is never a verdict: it tells of a property that was not made by a
// constructor, or of a trace that the model, asked again, did not confirm. When ctx is done, properties not judged
// by then are inconclusive.
func (g *Graph[V, A]) Check(ctx context.Context, properties ...Property[V, A]) (Report[V, A], error) {
	began := time.Now()
	r := Report[V, A]{Figures: g.figures}
	if err := validate(properties); err != nil {
		return r, err
	}
	var err error
	if r.Deadlock, err = g.deadlock(); err != nil {
		return r, err
	}

	findings := make([]finding, len(properties))
	g.judgeStates(ctx, 0, g.States(), properties, findings)
	g.judgeSteps(ctx, 0, g.Expanded(), properties, findings)
	r.Bytes += g.judgeRuns(ctx, properties, findings)
	for i, p := range properties {
		result, err := g.result(p, &findings[i])
		if err != nil {
			return r, fmt.Errorf("%w (property %q)", err, p.Name)
		}
		r.Results = append(r.Results, result)
	}
	r.Duration += time.Since(began)
	return r, nil
}

// deadlock is the shortest trace to the first deadlock; nil if there is none.
func (g *Graph[V, A]) deadlock() (*Trace[V, A], error) {
	if g.space.deadlocks == 0 {
		return nil, nil
	}
	t, err := g.Trace(int(g.space.firstDeadlock))
	if err == nil && len(g.system.next(t.Steps[len(t.Steps)-1].State)) > 0 {
		err = errors.New("checker: replay: the model has moves in a deadlock")
	}
	return t, err
}

// finding is what the search for a violation, or for a witness, came back with.
type finding struct {
	premise uint64
	found   bool
	state   uint32 // where it was found, or
	step    int    // the index of the transition found, among the successors of state; or
	path    []arc  // the lasso found
	loop    int
	located bool // of a search on a matrix: it is known where
	unsure  bool // of a search on a matrix: it could not be judged there
	stopped bool // the context was done before the search was
}

// earlier tells whether a transition comes before what was found so far.
func (f *finding) earlier(state uint32, step int) bool {
	return !f.found || state < f.state || state == f.state && step < f.step
}

// merge adds what another worker found.
func (f *finding) merge(w *finding) {
	f.premise += w.premise
	if w.found && f.earlier(w.state, w.step) {
		f.found, f.state, f.step = true, w.state, w.step
	}
}

// result turns a finding into a verdict, with its trace.
func (g *Graph[V, A]) result(p Property[V, A], f *finding) (Result[V, A], error) {
	r := resultOf(p, f, g.space.truncated)
	if f.found {
		r.Trace = g.evidence(p, f)
		if err := g.replay(r.Trace, p.fair); err != nil {
			return r, err
		}
		if err := p.confirm(r.Trace); err != nil {
			return r, err
		}
	}
	r.Message = r.message(f, g.States(), g.space.truncated)
	return r, nil
}

// evidence shows what was found.
func (g *Graph[V, A]) evidence(p Property[V, A], f *finding) *Trace[V, A] {
	if p.Kind() == Liveness {
		return g.trace(f.path, f.loop)
	}
	path := g.space.path(f.state)
	if p.isStep() {
		next := g.space.successors(g.space.keys[f.state], nil)[f.step]
		path = append(path, arc{next.label, g.space.number(next.key)})
	}
	return g.trace(path, NoLoop)
}
