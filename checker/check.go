package checker

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Check explores a whole-state model and judges properties over it. If ctx is done before the exploration is, the
// properties are still judged over what has been explored.
func Check[S, A comparable](ctx context.Context, m Model[S, A], o ModelOptions[S, A], properties ...Property[*S, A]) (Report[*S, A], error) {
	return judge(ctx, Explore(ctx, m, o), properties)
}

// CheckProduct explores the product of two copies of a component and judges properties over it, as [Check] does.
func CheckProduct[S, A comparable](ctx context.Context, c Component[S, A], o ProductOptions[S, A], properties ...Property[Pair[S], A]) (Report[Pair[S], A], error) {
	return judge(ctx, ExploreProduct(ctx, c, o), properties)
}

func judge[V, A any](ctx context.Context, g *Graph[V, A], properties []Property[V, A]) (Report[V, A], error) {
	if ctx.Err() != nil {
		ctx = context.WithoutCancel(ctx)
	}
	return g.Check(ctx, properties...)
}

// Check judges properties over the graph. An error is never a verdict: it tells of a property that was not made by a
// constructor, or of a trace that the model, asked again, did not confirm. When ctx is done, properties not judged
// by then are inconclusive.
func (g *Graph[V, A]) Check(ctx context.Context, properties ...Property[V, A]) (Report[V, A], error) {
	began := time.Now()
	r := Report[V, A]{Figures: g.figures}
	for _, p := range properties {
		if err := p.valid(); err != nil {
			return r, fmt.Errorf("checker: property %q: %w", p.Name, err)
		}
	}
	if g.space.deadlocks > 0 {
		t, err := g.Trace(int(g.space.firstDeadlock))
		if err == nil && len(g.system.next(t.Steps[len(t.Steps)-1].State)) > 0 {
			err = errors.New("checker: replay: the model has moves in a deadlock")
		}
		if err != nil {
			return r, err
		}
		r.Deadlock = t
	}

	findings := make([]finding, len(properties))
	g.judgeStates(ctx, properties, findings)
	g.judgeSteps(ctx, properties, findings)
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

// finding is what the search for a violation, or for a witness, came back with.
type finding struct {
	premise uint64
	found   bool
	state   uint32 // where it was found, or
	step    int    // the index of the transition found, among the successors of state; or
	path    []arc  // the lasso found
	loop    int
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

// result turns a finding into a verdict, with its trace. This is the only place where verdicts are given.
func (g *Graph[V, A]) result(p Property[V, A], f *finding) (Result[V, A], error) {
	r := Result[V, A]{Name: p.Name, Kind: p.Kind(), Premise: f.premise}
	complete := g.space.truncated == "" && !f.stopped
	witness := r.Kind == Witness
	switch {
	case f.found && witness:
		r.Verdict = Holds
	case f.found:
		r.Verdict = Violated
	case !complete:
		r.Verdict = Inconclusive
	case witness:
		r.Verdict = Violated
	case f.premise == 0:
		r.Verdict = Vacuous
	default:
		r.Verdict = Holds
	}

	if f.found {
		r.Trace = g.evidence(p, f)
		if err := g.replay(r.Trace, p.fair); err != nil {
			return r, err
		}
		if err := p.confirm(r.Trace); err != nil {
			return r, err
		}
	}
	r.Message = g.message(&r, f)
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

func (g *Graph[V, A]) message(r *Result[V, A], f *finding) string {
	switch {
	case r.Verdict == Violated && r.Kind == Witness:
		return fmt.Sprintf("nothing of the kind among %d states", g.States())
	case r.Verdict == Violated && r.Kind == Liveness:
		return "a fair run: " + r.Trace.String()
	case r.Verdict == Violated:
		return "after " + r.Trace.String()
	case r.Verdict == Holds && r.Kind == Witness:
		return fmt.Sprintf("seen %d times, first after %v", r.Premise, r.Trace)
	case r.Verdict == Inconclusive && f.stopped:
		return "the search was interrupted"
	case r.Verdict == Inconclusive:
		return "exploration truncated: " + g.space.truncated
	case r.Verdict == Vacuous:
		return "the premise never held"
	}
	return fmt.Sprintf("the premise held %d times", r.Premise)
}
