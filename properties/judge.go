package properties

import (
	"context"
	"fmt"
	"slices"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// Trace is a run of the system.
type Trace = checker.Trace[View, system.Action]

// Graph is the explored state graph of a system.
type Graph = checker.Graph[View, system.Action]

// Run says what to judge.
type Run struct {
	Scenario system.Scenario
	Bounds   system.Bounds // the scenario's own, or others
	Claims   []Claim       // those to judge; others are left out
	Drop     []string      // fairness assumptions that are not made
	Workers  int
	States   int   // at most this many states; 0: no limit
	Memory   int64 // at most this many bytes of tables; 0: no limit
	Progress func(checker.Progress)

	Symmetry   bool                // Judge explores one of each pair of mirror images, if that is possible
	Spill      string              // a directory: Judge goes on there when Memory is used up; "": it does not
	Checkpoint *checker.Checkpoint // Judge saves what it explores, and goes on from there; nil: it does not
}

// Outcome is the judgement of one claim in one scenario.
type Outcome struct {
	Claim   Claim
	Verdict checker.Verdict
	Premise uint64 // how often the premise held, over the claim's parts
	Trace   *Trace // the counterexample of what is violated, the witness of what was reached
	Message string
}

// Result is the judgement of one scenario.
type Result struct {
	Run
	System   *system.System
	Figures  checker.Figures
	Deadlock *Trace // the shortest run to one; nil if none is certain, or there was no room to find it
	Outcomes []Outcome
	// Missing are the actions and arrows that the scenario promises and that
	// never fired; nil unless it ran to the end within its own bounds.
	Missing []string
	// Overflowed: an Overflow in a scenario that calls itself loss-free.
	Overflowed bool

	doubtful bool // the deadlocks are there only because a reply was lost for want of room
}

// Explore builds the state graph of a run.
func (r Run) Explore(ctx context.Context) (*Graph, *system.System, error) {
	b, err := system.New(r.Bounds)
	if err != nil {
		return nil, nil, err
	}
	return checker.ExploreProduct(ctx, b, r.options(b)), b, nil
}

func (r Run) options(b *system.System) checker.ProductOptions[system.Side, system.Action] {
	return checker.ProductOptions[system.Side, system.Action]{
		Workers:   r.Workers,
		MaxStates: r.States,
		MaxMemory: r.Memory,
		Terminal:  func(v View) bool { return system.Terminal(v.A, v.B) },
		Name:      actionName,
		Cover:     coverArrows(b),
		Progress:  r.Progress,

		Symmetry:   r.Symmetry,
		Checkpoint: r.Checkpoint,
		Spill:      r.Spill,
	}
}

// actionName is what coverage counts: the action's name, of either side.
func actionName(_ int, a system.Action) string { return a.Kind.String() }

// coverArrows yields the arrows of the figure that a half of a transition takes.
func coverArrows(b *system.System) func(Half, func(string)) {
	return func(h Half, yield func(string)) {
		anyHappening(b, h, func(_ *system.Side, x *system.Happening) bool {
			for t := range x.Fx.Took {
				yield(model.Arrow{From: t.From, Trigger: t.Trigger, To: t.To}.String())
			}
			return false
		})
	}
}

// Judge explores the system of a run and judges every claim of it.
func Judge(ctx context.Context, r Run) (Result, error) {
	res := Result{Run: r}
	b, err := system.New(r.Bounds)
	if err != nil {
		return res, err
	}
	res.System = b
	var parts []Property
	var owner []int
	for i, c := range r.Claims {
		for _, p := range c.Properties(b, r.Drop...) {
			parts, owner = append(parts, p), append(owner, i)
		}
		res.Outcomes = append(res.Outcomes, Outcome{Claim: c, Verdict: checker.Vacuous})
	}
	report, err := checker.CheckProduct(ctx, b, r.options(b), parts...)
	if err != nil {
		return res, fmt.Errorf("%s: %w", r.Scenario.Name, err)
	}
	res.Figures, res.Deadlock = report.Figures, report.Deadlock
	for i, p := range report.Results {
		res.Outcomes[owner[i]].merge(p)
	}
	res.coverage()
	res.takeBack()
	return res, nil
}

// badness orders verdicts: a claim of several parts is as bad as its worst
// part, but vacuous only if all of them are.
func badness(v checker.Verdict) int {
	return slices.Index([]checker.Verdict{checker.Vacuous, checker.Holds, checker.Inconclusive, checker.Violated}, v)
}

func (o *Outcome) merge(p checker.Result[View, system.Action]) {
	o.Premise += p.Premise
	if badness(p.Verdict) > badness(o.Verdict) || o.Message == "" {
		o.Verdict, o.Trace, o.Message = p.Verdict, p.Trace, p.Message
	}
}

// coverage looks for what the scenario promises and did not do.
func (r *Result) coverage() {
	fired := map[string]uint64{}
	for _, c := range slices.Concat(r.Figures.Coverage, r.Figures.Points) {
		fired[c.Name] = c.N
	}
	r.Overflowed = r.Scenario.Name == "loss-free" && fired[system.Overflow.String()] > 0
	if r.Figures.Truncated != "" || r.Bounds != r.Scenario.Bounds {
		return
	}
	for _, k := range r.Scenario.Actions {
		if fired[k.String()] == 0 {
			r.Missing = append(r.Missing, k.String())
		}
	}
	for _, a := range r.Scenario.Arrows {
		if fired[a.String()] == 0 {
			r.Missing = append(r.Missing, a.String())
		}
	}
}

// Judged lists the claims of the catalogue that a scenario is judged by.
func Judged(scenario string) []Claim {
	var list []Claim
	for _, c := range Catalogue() {
		if c.In(scenario) {
			list = append(list, c)
		}
	}
	return list
}

// Doubt is why the exploration says less than it should, or nothing: it was
// cut off, or a network that calls itself loss-free lost a reply.
func (r *Result) Doubt() string {
	switch {
	case r.Figures.Truncated != "":
		return r.Figures.Truncated
	case r.Overflowed:
		return "a reply found no room and was lost, in a scenario without loss: more is needed in flight"
	}
	return ""
}

// takeBack makes inconclusive what would say too much: in a network that calls
// itself loss-free, a liveness violation or a deadlock by way of a reply that was
// lost for want of room; and any liveness violation in a FIFO, which absorbs
// nothing, so that full queues can keep out what is owed.
func (r *Result) takeBack() {
	if r.Overflowed && overflows(r.Deadlock) {
		r.Deadlock, r.doubtful = nil, true
	}
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		if o.Claim.Kind != Liveness || o.Verdict != checker.Violated {
			continue
		}
		switch {
		case r.Overflowed && overflows(o.Trace):
			o.Message = r.Doubt()
		case r.Bounds.FIFO:
			o.Message = "in a FIFO full queues can keep out what is owed, and the fairness assumptions do not speak of that"
		default:
			continue
		}
		o.Verdict, o.Trace = checker.Inconclusive, nil
	}
}

// Deadlocked reports whether there is a deadlock, be there a run to show or not.
func (r *Result) Deadlocked() bool { return r.Figures.Deadlocks > 0 && !r.doubtful }

// overflows reports whether a reply is lost in a run for want of room.
func overflows(t *Trace) bool {
	return t != nil && slices.ContainsFunc(t.Steps, func(s checker.TraceStep[View, system.Action]) bool {
		return s.Action.Kind == system.Overflow || s.Action.Kind == system.DuplicateOverflow
	})
}
