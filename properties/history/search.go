package history

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// Scenarios names the scenarios whose histories are judged: those that begin
// with an open connection.
func Scenarios() []string {
	return []string{"close", "half-close", "simultaneous-close", "loss-free", "abort"}
}

// Recording is a history together with the run that it is of, and how it was
// found: the same scenario, options and seed make it again.
type Recording struct {
	Scenario string
	Options  model.Options
	Seed     uint64
	History  History
	Quiet    bool
	Recorder *Recorder
	Walk     *properties.Walk
}

// Record makes the run of a seed: its bounds, its plan, its steps and its
// users' calls. A small one has few octets and few segments.
func Record(scenario string, o model.Options, seed uint64, small bool) (*Recording, error) {
	s, ok := system.LookupScenario(scenario)
	if !ok {
		return nil, fmt.Errorf("no scenario %q", scenario)
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	bounds, plan := s.Bounds, Plan{Wild: rng.IntN(160)}
	most, widest := 9, 7
	if small {
		most, widest, plan.Wild = 2, 2, rng.IntN(30)
	}
	bounds.Octets = [2]int{rng.IntN(most + 1), rng.IntN(most + 1)}
	bounds.InFlight, bounds.MSS = 2+rng.IntN(widest-1), 1+rng.IntN(3)
	bounds.FIFO = rng.IntN(4) == 0
	bounds.ReceiveMoves = s.Bounds.ReceiveMoves || rng.IntN(2) == 0
	bounds.ISS = [2]model.Seq{model.Seq(rng.Uint32()), model.Seq(rng.Uint32())}
	bounds.Options = o
	plan.Reluctant = [2]bool{rng.IntN(5) == 0, rng.IntN(5) == 0}
	b, err := system.New(bounds)
	if err != nil {
		return nil, err
	}
	rec := &Recording{Scenario: scenario, Options: o, Seed: seed}
	rec.Recorder, rec.Walk, rec.Quiet = plan.Run(b, rng)
	rec.History = rec.Recorder.History(Drawn(rng))
	return rec, nil
}

// Search records the runs of a scenario, seed after seed, and returns the
// shortest of those whose history is rejected, with how many are. There may be
// none.
func Search(scenario string, o model.Options, runs int) (shortest *Recording, rejected int, err error) {
	for seed := range uint64(runs) {
		rec, err := Record(scenario, o, seed, true)
		if err != nil {
			return nil, 0, err
		}
		switch err := Check(rec.History); {
		case errors.Is(err, ErrIllegal):
			rejected++
			if shortest == nil || rec.size() < shortest.size() {
				shortest = rec
			}
		case err != nil:
			return nil, 0, err
		}
	}
	return shortest, rejected, nil
}

// size is what makes a recording long to read: its steps, and its calls.
func (r *Recording) size() int { return len(r.Walk.Trace.Steps) + len(r.History) }
