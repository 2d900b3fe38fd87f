package checker

import "fmt"

// replay executes a trace once more, through the model and not through the memo, and checks that a lasso is closed
// and fair by the definition of fairness. An error means that the model is not a pure function, or that this package
// is wrong; either way no verdict can be trusted.
func (g *Graph[V, A]) replay(t *Trace[V, A], fair []Fairness[A]) error {
	if !g.system.start(t.Steps[0].State) {
		return fmt.Errorf("checker: replay: the trace does not begin in an initial state")
	}
	for i := 1; i < len(t.Steps); i++ {
		if !g.repeats(t.Steps[i-1].State, t.Steps[i]) {
			return fmt.Errorf("checker: replay: the model does not repeat step %d of the trace", i)
		}
	}
	if t.Loop == NoLoop {
		return nil
	}
	if !g.system.same(t.Steps[t.Loop].State, t.Steps[len(t.Steps)-1].State) {
		return fmt.Errorf("checker: replay: the lasso does not close")
	}
	for _, f := range fair {
		if broken := g.unfair(t, f); broken {
			return fmt.Errorf("checker: replay: the lasso breaks %s fairness %q", f.Kind, f.Name)
		}
	}
	return nil
}

// repeats tells whether the model can take a step of a trace.
func (g *Graph[V, A]) repeats(from V, step TraceStep[V, A]) bool {
	for _, next := range g.system.next(from) {
		if next.side == step.Side && any(next.action) == any(step.Action) && g.system.same(next.to, step.State) {
			return true
		}
	}
	return false
}

// unfair tells whether a lasso breaks an assumption, for one of its classes.
func (g *Graph[V, A]) unfair(t *Trace[V, A], f Fairness[A]) bool {
	taken, enabled := map[any]bool{}, map[any]int{} // enabled: in how many states of the cycle
	states := max(1, len(t.Steps)-1-t.Loop)
	for i := range states {
		from := t.Steps[t.Loop+i].State
		here := map[any]bool{}
		for _, next := range g.system.next(from) {
			if key, in := f.Class(next.side, next.action); in && !here[key] && !g.system.same(from, next.to) {
				here[key] = true
				enabled[key]++
			}
		}
	}
	for i := t.Loop + 1; i < len(t.Steps); i++ {
		step := t.Steps[i]
		if key, in := f.Class(step.Side, step.Action); in && !g.system.same(t.Steps[i-1].State, step.State) {
			taken[key] = true
		}
	}
	if f.Kind == Finite {
		return len(taken) > 0
	}
	for key, n := range enabled {
		if !taken[key] && (f.Kind == Strong || n == states) {
			return true
		}
	}
	return false
}

// confirm holds a trace against the property that it is evidence for, by the definition of the operator. Claims about
// half-moves are not evaluated again.
func (p Property[V, A]) confirm(t *Trace[V, A]) error {
	last := len(t.Steps) - 1
	cycle := t.Steps[max(0, t.Loop):]
	ok := true
	switch p.op {
	case always, sometimes:
		v := t.Steps[last].State
		ok = (p.when == nil || p.when(v)) && !p.claim(v)
	case alwaysStep, sometimesStep:
		step := Step[V, A]{t.Steps[last].Side, t.Steps[last].Action, t.Steps[last-1].State, t.Steps[last].State}
		ok = (p.stepWhen == nil || p.stepWhen(step)) && !p.stepClaim(step)
	case leadsTo:
		ok = false
		waiting := true // no state from here on satisfies the goal
		for i := last; i >= 0 && waiting; i-- {
			waiting = !p.goal(t.Steps[i].State)
			ok = ok || waiting && p.claim(t.Steps[i].State)
			if i >= t.Loop && !waiting {
				ok = false
			}
		}
	case alwaysEventually:
		for _, step := range cycle {
			ok = ok && !p.claim(step.State)
		}
	case eventuallyAlways:
		ok = false
		for _, step := range cycle {
			ok = ok || !p.claim(step.State)
		}
	case noFairCycle:
		ok = len(cycle) > 1
		for _, step := range cycle[1:] {
			ok = ok && p.cycle(step.Side, step.Action)
		}
	}
	if !ok {
		return fmt.Errorf("checker: replay: the trace does not show what it should")
	}
	return nil
}
