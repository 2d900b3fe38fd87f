package main

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/spf13/cobra"

	"finwait/model/system"
	"finwait/properties"
)

type walkLine struct {
	Type     string     `json:"type"` // "walk"
	Scenario string     `json:"scenario"`
	Walk     int        `json:"walk"`
	Seed     uint64     `json:"seed"`
	Steps    int        `json:"steps"`
	End      string     `json:"end"`                // "terminal", "deadlock", "steps", "violated" or "cut off"
	Violated string     `json:"violated,omitempty"` // what the last step violates
	Trace    []stepJSON `json:"trace,omitempty"`
}

// walks are the flags of simulate.
type walks struct {
	shared
	seed  uint64
	steps int
	count int
}

func newSimulate(a *app) *cobra.Command {
	f := &walks{}
	cmd := &cobra.Command{
		Use:   "simulate [SCENARIO]",
		Short: "Take random walks",
		Long: `simulate walks at random through a scenario (close by default) and draws each walk. It
remembers no states, so it goes where no exploration can: --octets 4000,4000 --inflight 7. At
every step first the kind of action is drawn, then the action. Claims about states and steps
(--property) are checked on the way, and the first violation ends everything. The same seed
gives the same walks.

Exit codes: 0; 2 usage; 11 a walk ended in a deadlock; 12 a walk violated a claim; 20 cut off.`,
		Example: `  explore simulate lifecycle --seed 7
  explore simulate close --octets 4000,4000 --mss 100 --inflight 7 --walks 100 --steps 10000 --quiet
  explore simulate --option data-counted-twice --walks 1000 --quiet`,
		ValidArgsFunction: completeScenarios(0, 1),
		Args:              atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			name := "close"
			if len(args) == 1 {
				name = args[0]
			}
			return a.simulate(f, name)
		},
	}
	cmd.Flags().Uint64Var(&f.seed, "seed", 1, "the random `seed`")
	cmd.Flags().IntVar(&f.steps, "steps", 1000, "steps of a walk, at most")
	cmd.Flags().IntVar(&f.count, "walks", 1, "how many walks")
	f.add(cmd)
	return cmd
}

// walk is a walk in progress.
type walk struct {
	*properties.Walk
	system *system.System
	watch  *properties.Monitor
	end    string
	broken string // what the last step violates
}

func (w *walk) steps() int { return len(w.Trace.Steps) - 1 }

func (a *app) simulate(f *walks, name string) error {
	if f.steps < 1 || f.count < 1 {
		return usage("--steps and --walks: a walk has 1 step or more, and there is 1 walk or more")
	}
	s, err := scenario(name)
	if err != nil {
		return err
	}
	runs, err := f.runs([]string{s.Name})
	if err != nil {
		return err
	}
	r := &runs[0]
	b, err := system.New(r.Bounds)
	if err != nil {
		return err
	}
	ctx, cancel, err := f.limited(a.ctx)
	if err != nil {
		return err
	}
	defer cancel()

	w := &walk{system: b, watch: properties.MonitorOf(b, r.Claims)}
	code, done, steps := exitOK, 0, 0
	for n := 1; n <= f.count && ctx.Err() == nil && a.out.err == nil; n++ {
		w.take(rand.New(rand.NewPCG(f.seed, uint64(n))), f.steps, func() bool { return ctx.Err() != nil })
		code = worse(code, w.code())
		done, steps = n, steps+w.steps()
		a.showWalk(f, name, n, w)
		if w.code() != exitOK {
			break // one is enough, and the seed brings it back
		}
	}
	if ctx.Err() != nil {
		code = worse(code, exitInconclusive)
	}
	if !f.json && f.count > 1 {
		fmt.Fprintf(a.out, "%s, %s, seed %d: %s\n", count(done, "walk"), count(steps, "step"), f.seed, walkWords[code])
	}
	return silently(code)
}

var walkWords = map[int]string{
	exitOK: "no claim violated", exitSafety: "SAFETY VIOLATED", exitDeadlock: "DEADLOCK", exitInconclusive: "cut off",
}

// take walks until an end, a violation, or for so many steps.
func (w *walk) take(random *rand.Rand, steps int, stop func() bool) {
	w.Walk, w.end, w.broken = properties.NewWalk(w.system), "steps", ""
	for range steps {
		next := w.Next()
		switch {
		case len(next) == 0 && system.Terminal(&w.State[0], &w.State[1]):
			w.end = "terminal"
			return
		case len(next) == 0:
			w.end = "deadlock"
			return
		case stop():
			w.end = "cut off"
			return
		}
		step := w.draw(random, next)
		err := w.watch.Step(step)
		w.Take(step)
		if err != nil {
			w.end, w.broken = "violated", err.Error()
			return
		}
	}
}

// draw picks the kind of action first, so that the network, which has many
// actions, does not drown out what the users do. Users are patient: while one
// may SEND, to CLOSE or ABORT is less likely than anything else, the less the
// more there is to send.
func (w *walk) draw(random *rand.Rand, next []properties.Transition) *properties.Transition {
	var weight [system.NumKinds]int
	total := 0
	for _, s := range next {
		weight[s.Action.Kind] = 1
	}
	patience := 1
	if weight[system.Send] > 0 {
		patience = 4 + max(w.system.Octets[0], w.system.Octets[1])
	}
	for k := range system.NumKinds {
		if weight[k] > 0 && k != system.Close && k != system.Abort {
			weight[k] = patience
		}
		total += weight[k]
	}
	kind, n := system.Kind(0), random.IntN(total)
	for ; n >= weight[kind]; kind++ {
		n -= weight[kind]
	}
	next = slices.DeleteFunc(next, func(s properties.Transition) bool { return s.Action.Kind != kind })
	return &next[random.IntN(len(next))]
}

func (w *walk) code() int {
	switch w.end {
	case "violated":
		return exitSafety
	case "deadlock":
		return exitDeadlock
	case "cut off":
		return exitInconclusive
	}
	return exitOK
}

// showWalk draws a walk; with --quiet, one that went wrong only.
func (a *app) showWalk(f *walks, name string, n int, w *walk) {
	if f.json {
		line := walkLine{"walk", name, n, f.seed, len(w.Trace.Steps) - 1, w.end, w.broken, nil}
		if !f.quiet || w.code() != exitOK {
			line.Trace, _ = traceJSON(w.system, &w.Trace)
		}
		a.out.line(line)
		return
	}
	if f.quiet && (w.code() == exitOK || w.end == "cut off") {
		return
	}
	fmt.Fprintf(a.out, "%s, walk %d with seed %d: %s, %s\n\n%s", a.paint(bold, name), n, f.seed,
		count(w.steps(), "step"), w.ending(), properties.Ladder(w.system, &w.Trace))
	fmt.Fprintln(a.out)
}

func (w *walk) ending() string {
	switch w.end {
	case "terminal":
		return "to the end"
	case "violated":
		return "the last of which VIOLATES " + w.broken
	case "deadlock":
		return "into a DEADLOCK"
	case "cut off":
		return "then cut off"
	}
	return "then no more were asked for"
}
