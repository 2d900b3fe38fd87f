package checker

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// CheckProduct explores the product of two copies of a component and judges properties over it, as [Check] does.
//
// It does so on a matrix, layer by layer, without a number for each state (layers.go), where that fits the system; and
// otherwise as ExploreProduct(...).Check(...) does, on a hash table. The reports are equal, but for time and memory, and
// for the order of steps in a lasso with more obligations than can be met at once.
//
// With Options.Symmetry it explores one of each pair of mirror images, on a matrix, if the system is [Symmetric] and no
// liveness property is judged; a note tells if not. Then states, transitions, deadlocks and premises count pairs of images,
// where a premise, or a claim about the pair, is one about either image. Coverage of labels, the digest and the traces
// are those of the whole graph.
func CheckProduct[S, A comparable](ctx context.Context, c Component[S, A], o ProductOptions[S, A], properties ...Property[Pair[S], A]) (Report[Pair[S], A], error) {
	began := time.Now()
	if err := validate(properties); err != nil {
		return Report[Pair[S], A]{}, err
	}
	o.Workers = workers(o.Workers)
	mirrors, why := newMirrors(c, &o, properties)
	r, err := checkProduct(ctx, c, o, mirrors, properties, began)
	if errors.Is(err, errTooManySides) {
		if mirrors != nil {
			why = "there are too many sides for a matrix, and the hash table has no symmetry"
		}
		if o.Checkpoint = mirrors.checkpoint(o.Checkpoint); o.Checkpoint != nil {
			o.Checkpoint.Resume = false
		}
		r, err = onHashTable(ctx, c, o, nil, properties)
	}
	switch {
	case why != "":
		r.Notes = append(r.Notes, "symmetry is off: "+why)
	case mirrors != nil:
		r.Notes = append(r.Notes, "by symmetry: states, transitions, deadlocks and premises count one of each pair of mirror images")
	}
	return r, err
}

// errTooManySides tells that there are too many sides for a matrix.
var errTooManySides = errors.New("checker: too many sides for a matrix")

// checkProduct does it on a matrix, or goes on with what was begun on a hash table.
func checkProduct[S, A comparable](ctx context.Context, c Component[S, A], plain ProductOptions[S, A], mirrors *mirrors[S, A], properties []Property[Pair[S], A], began time.Time) (none Report[Pair[S], A], err error) {
	o, judged := mirrors.both(plain, properties)
	sys := newProduct(c, o)
	var asked oracle = sys
	var images *reflections[S, A]
	if mirrors != nil {
		sys = newProduct[S, A](mirrors, o)
		images = &reflections[S, A]{product: sys, mirrors: mirrors}
		asked = images
	}
	saver, from, err := newSaver(o.Checkpoint, &recorder{oracle: asked}, sys.fingerprint, nil)
	if err != nil {
		return none, err
	}
	if o.MaxStates > 0 || from != nil && from.engine == onTable { // to the state, not to the layer
		plain.Checkpoint = o.Checkpoint
		return onHashTable(ctx, c, plain, from, properties)
	}
	x := newLayers(sys.tables(), asked, o.Workers)
	x.memory, x.progress, x.began = o.MaxMemory, o.Progress, began
	if mirrors != nil {
		x.fold(func(side uint32) uint32 { return images.of[side] })
	}
	x.spill = newSpill(o.Spill, o.MaxMemory, x.bytes)
	defer x.spill.close()
	if x.saver = saver; saver != nil {
		x.oracle = saver.log
	}
	if from != nil {
		if err := from.on(onMatrix, x.restore); err != nil {
			return none, err
		}
	}
	if x.run(ctx); x.sparse {
		return none, errTooManySides
	}
	ctx, cancel := grace(ctx, time.Since(began))
	defer cancel()
	m := &matrixCheck[S, A]{
		layers: x, system: sys, options: plain, properties: properties, judged: judged, mirrors: mirrors, images: images, findings: make([]finding, len(properties)),
	}
	r, err := m.report(ctx)
	return r, errors.Join(mirrors.err(), err)
}

func newProduct[S, A comparable](c Component[S, A], o ProductOptions[S, A]) *product[S, A] {
	return &product[S, A]{newKnowledge(func() Component[S, A] { return c }, o.Workers, o.Cover), c, o.Terminal}
}

// onHashTable does what CheckProduct does, on the other engine.
func onHashTable[S, A comparable](ctx context.Context, c Component[S, A], o ProductOptions[S, A], from *saved, properties []Property[Pair[S], A]) (Report[Pair[S], A], error) {
	g, err := explore(ctx, newProduct(c, o), o, from)
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
	judged     []Property[Pair[S], A] // the same; or, by symmetry, of a state and its image
	mirrors    *mirrors[S, A]         // nil: without symmetry
	images     *reflections[S, A]     // nil: the same
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
			claims = append(claims, m.judged[i].side)
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
		Digest: m.digest(), Coverage: coverage(m.tally.labels, m.action, m.options.name()),
		Points: counts(m.system.pointNames(), m.tally.hits), Truncated: m.truncated,
		Notes: m.saver.notes(), Bytes: m.bytes(), Spilled: m.spill.onDisk(),
	}
	if m.mirrors != nil {
		r.Digest, r.Coverage = m.unfold()
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
	system := m.system
	if m.mirrors != nil { // what is shown is shown as it is, without images
		system = newProduct[S, A](m.mirrors.Symmetric, m.options)
	}
	x := &explorer{
		space: &space{memo: system.tables()}, oracle: system, workers: make([]worker, m.options.Workers),
		chunks: make([]chunk, roundSize/chunkSize), max: mostStates, memory: m.options.MaxMemory, began: m.began,
	}
	g := &Graph[Pair[S], A]{space: x.space, system: system, workers: m.options.Workers}
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
	if s.mirrors == nil {
		s.lookAtHalves(lo, hi)
	} else {
		halves := open(alwaysSideStep, sometimesSideStep)
		s.look(halves, func(some []Property[Pair[S], A], found []finding) { s.graph.judgeSteps(ctx, lo, hi, some, found) })
	}
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
