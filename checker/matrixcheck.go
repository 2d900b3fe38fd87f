package checker

import (
	"context"
	"fmt"
	"time"
)

// CheckProduct explores the product of two copies of a component and judges properties over it, as [Check] does.
//
// It does so on a matrix, layer by layer, without a number for each state (layers.go), where that fits the system; and
// otherwise as ExploreProduct(...).Check(...) does, on a hash table. The reports are equal, but for time and memory, and
// for the order of steps in a lasso with more obligations than can be met at once.
func CheckProduct[S, A comparable](ctx context.Context, c Component[S, A], o ProductOptions[S, A], properties ...Property[Pair[S], A]) (Report[Pair[S], A], error) {
	began := time.Now()
	if err := validate(properties); err != nil {
		return Report[Pair[S], A]{}, err
	}
	o.Workers = workers(o.Workers)
	fork := func() Component[S, A] { return c }
	sys := &product[S, A]{newKnowledge(fork, o.Workers, o.Cover), c, o.Terminal}
	saver, from, err := newSaver(o.Checkpoint, &recorder{oracle: sys}, sys.fingerprint)
	if err != nil {
		return Report[Pair[S], A]{}, err
	}
	if o.MaxStates > 0 || from != nil && from.engine == onTable { // to the state, not to the layer
		return onHashTable(ctx, sys, o, saver, from, properties)
	}
	x := newLayers(sys.tables(), sys, o.Workers)
	x.memory, x.progress, x.began = o.MaxMemory, o.Progress, began
	x.spill = newSpill(o.Spill, o.MaxMemory, x.bytes)
	defer x.spill.close()
	if x.saver = saver; saver != nil {
		x.oracle = saver.log
	}
	if from != nil {
		if err := from.on(onMatrix, x.restore); err != nil {
			return Report[Pair[S], A]{}, err
		}
	}
	x.run(ctx)
	if x.sparse { // once more, with other questions
		sys = &product[S, A]{newKnowledge(fork, o.Workers, o.Cover), c, o.Terminal}
		if saver != nil {
			saver.log, saver.fingerprint = &recorder{oracle: sys}, sys.fingerprint
		}
		return onHashTable(ctx, sys, o, saver, nil, properties)
	}
	ctx, cancel := grace(ctx, time.Since(began))
	defer cancel()
	m := &matrixCheck[S, A]{layers: x, system: sys, options: o, properties: properties, findings: make([]finding, len(properties))}
	return m.report(ctx)
}

// onHashTable does what CheckProduct does, on the other engine.
func onHashTable[S, A comparable](ctx context.Context, sys *product[S, A], o ProductOptions[S, A], saver *saver, from *saved, properties []Property[Pair[S], A]) (Report[Pair[S], A], error) {
	g, err := exploreFrom(ctx, sys, o, saver, from)
	if err != nil {
		return Report[Pair[S], A]{}, err
	}
	return judge(ctx, g, properties)
}

// matrixCheck judges properties over a set of states that is a matrix.
type matrixCheck[S, A comparable] struct {
	*layers
	system     *product[S, A]
	options    ProductOptions[S, A]
	properties []Property[Pair[S], A]
	findings   []finding
	masks      []sideMask // of the claims about half-moves, in their order, 64 in each
	tally      *tally
}

// action is the meaning of a label.
func (m *matrixCheck[S, A]) action(label uint32) (side int, a A) {
	return int(label & 1), m.system.action(label >> 1)
}

func (m *matrixCheck[S, A]) report(ctx context.Context) (r Report[Pair[S], A], err error) {
	sides := pick(m.properties, alwaysSideStep, sometimesSideStep)
	for lo := 0; lo < len(sides); lo += 64 {
		var claims []any
		for _, i := range sides[lo:min(lo+64, len(sides))] {
			claims = append(claims, m.properties[i].side)
		}
		m.masks = append(m.masks, m.system.sideMasks(claims))
	}
	actions, points := m.system.sizes()
	m.tally = m.count(m.masks, actions, points, len(sides))
	for j, i := range sides {
		m.findings[i].premise, m.findings[i].found = m.tally.premise[j], m.tally.fails[j] > 0
	}
	m.judgeStates(ctx)
	m.judgeSteps(ctx)
	m.judgeRuns(ctx)

	r.Figures = Figures{
		States: m.found, Expanded: m.expanded, Transitions: m.tally.transitions, Depth: m.depth, Deadlocks: m.tally.deadlocks,
		Digest: m.digest(), Coverage: coverage(m.tally.labels, m.action, m.options.Name),
		Points: counts(m.system.pointNames(), m.tally.hits), Truncated: m.truncated,
		Notes: m.saver.notes(), Bytes: m.bytes(), Spilled: m.spill.onDisk(),
	}
	err = m.show(ctx, &r)
	r.Duration = time.Since(m.began)
	return r, err
}

// show makes the results, with a trace for each thing found.
func (m *matrixCheck[S, A]) show(ctx context.Context, r *Report[Pair[S], A]) error {
	g := m.evidence(ctx)
	if g != nil {
		var err error
		if r.Deadlock, err = g.deadlock(); err != nil {
			return err
		}
	}
	for i, p := range m.properties {
		f := &m.findings[i]
		if f.found && f.located {
			result, err := g.result(p, f)
			if err != nil {
				return fmt.Errorf("%w (property %q)", err, p.Name)
			}
			r.Results = append(r.Results, result)
			continue
		}
		result := resultOf(p, f, m.truncated)
		result.Message = result.message(f, m.found, m.truncated)
		r.Results = append(r.Results, result)
	}
	return nil
}

// evidence explores once more, on a hash table and with all moves known, until everything that was found has been met:
// each thing where the shortest and, among these, least run leads. What it does not meet in time, or has no memory
// for, has no trace.
func (m *matrixCheck[S, A]) evidence(ctx context.Context) *Graph[Pair[S], A] {
	wanted, runs := 0, false
	for i := range m.findings {
		if m.findings[i].found {
			wanted++
		}
		runs = runs || m.properties[i].Kind() == Liveness && (m.findings[i].found || m.findings[i].unsure)
	}
	if wanted == 0 && !runs && m.tally.deadlocks == 0 {
		return nil
	}
	if ctx.Err() != nil {
		ctx = context.WithoutCancel(ctx)
	}
	x := &explorer{
		space: &space{memo: m.memo}, oracle: m.system, workers: make([]worker, m.options.Workers),
		chunks: make([]chunk, roundSize/chunkSize), max: mostStates, memory: m.options.MaxMemory, began: m.began,
	}
	g := &Graph[Pair[S], A]{space: x.space, system: m.system, workers: m.options.Workers}
	seeker := seeker[S, A]{m, g}
	x.enough = func(lo, hi int) bool { return seeker.level(ctx, lo, hi) && !runs }
	x.run(ctx)
	m.seekRuns(ctx, g)
	return g
}

// seekRuns looks for the lassos, in a graph that is as complete as it gets.
func (m *matrixCheck[S, A]) seekRuns(ctx context.Context, g *Graph[Pair[S], A]) {
	var which []int
	for _, i := range pick(m.properties, leadsTo, alwaysEventually, eventuallyAlways, noFairCycle) {
		if m.findings[i].found || m.findings[i].unsure {
			which = append(which, i)
		}
	}
	some, found := make([]Property[Pair[S], A], len(which)), make([]finding, len(which))
	for j, i := range which {
		some[j] = m.properties[i]
	}
	g.judgeRuns(ctx, some, found)
	for j, i := range which {
		f := &m.findings[i]
		switch {
		case found[j].found:
			*f = found[j]
			f.located = true
		case f.unsure:
			*f = found[j]
		}
	}
}

// seeker looks in a graph, level by level, for what the matrix is known to hold.
type seeker[S, A comparable] struct {
	*matrixCheck[S, A]
	graph *Graph[Pair[S], A]
}

// level looks at the states [lo, hi). It reports whether all has been met.
func (s *seeker[S, A]) level(ctx context.Context, lo, hi int) bool {
	var states, steps []int
	open := func(op ...operator) (list []int) {
		for _, i := range pick(s.properties, op...) {
			if s.findings[i].found && !s.findings[i].located {
				list = append(list, i)
			}
		}
		return list
	}
	states, steps = open(always, sometimes), open(alwaysStep, sometimesStep)
	s.look(states, func(some []Property[Pair[S], A], found []finding) { s.graph.judgeStates(ctx, lo, hi, some, found) })
	s.look(steps, func(some []Property[Pair[S], A], found []finding) { s.graph.judgeSteps(ctx, lo, hi, some, found) })
	s.lookAtHalves(lo, hi)
	return len(open(always, sometimes, alwaysStep, sometimesStep, alwaysSideStep, sometimesSideStep)) == 0 &&
		(s.tally.deadlocks == 0 || s.graph.space.deadlocks > 0)
}

// look judges some of the properties, and notes what is found.
func (s *seeker[S, A]) look(which []int, judge func(some []Property[Pair[S], A], found []finding)) {
	if len(which) == 0 {
		return
	}
	some := make([]Property[Pair[S], A], len(which))
	found := make([]finding, len(which))
	for j, i := range which {
		some[j] = s.properties[i]
	}
	judge(some, found)
	for j, i := range which {
		s.findings[i].locate(&found[j])
	}
}

// locate notes where something was found.
func (f *finding) locate(at *finding) {
	if at.found {
		f.located, f.state, f.step = true, at.state, at.step
	}
}

// lookAtHalves looks for what claims about half-moves are about.
func (s *seeker[S, A]) lookAtHalves(lo, hi int) {
	sides := pick(s.properties, alwaysSideStep, sometimesSideStep)
	for w := range s.masks {
		batch := sides[w*64 : min(w*64+64, len(sides))]
		open := false
		for _, i := range batch {
			open = open || s.findings[i].found && !s.findings[i].located
		}
		if !open {
			continue
		}
		found := make([]finding, len(batch))
		var buf []successor
		var distinct int
		for n := lo; n < hi; n++ {
			buf, distinct = s.compose(s.graph.space.keys[n], buf)
			passHalves(&s.masks[w], found, uint32(n), buf[:distinct], buf[distinct:])
		}
		for j, i := range batch {
			if s.findings[i].found && !s.findings[i].located {
				s.findings[i].locate(&found[j])
			}
		}
	}
}
