package why

import (
	"context"
	"runtime"
	"sync"

	"finwait/checker"
	"finwait/model/system"
	"finwait/properties"
)

// Most is how many states the intact machine may have in a scenario. The
// bounds are the largest of a few that keep to it: see Study.Begin.
const Most = 60_000

// Study judges the intact machine, and then what is left of it. Everything in
// it but the result of Begin is the caller's to set.
type Study struct {
	Runs     []properties.Run // one for each scenario; their bounds are those of the intact machine
	Exact    bool             // keep to the bounds of the runs: do not look for smaller ones
	Most     int              // instead of the constant; 0: the constant
	Workers  int              // scenarios judged at the same time; 0: one for each processor
	Progress func(scenario string, p checker.Progress)

	base []properties.Result
}

// Begin judges the intact machine, at bounds that it chooses: in each scenario
// the first of its own octets, 1,1, 0,1, 1,0 and its fewest under which there
// are not more than Most states.
func (s *Study) Begin(ctx context.Context) ([]properties.Result, error) {
	s.base = make([]properties.Result, len(s.Runs))
	err := s.each(len(s.Runs), func(i int) (err error) {
		s.base[i], err = s.fit(ctx, s.Runs[i])
		return err
	})
	return s.base, err
}

// fit judges a run at the largest bounds that are small enough.
func (s *Study) fit(ctx context.Context, r properties.Run) (properties.Result, error) {
	r = s.prepared(r)
	if s.Exact {
		return properties.Judge(ctx, r)
	}
	own, fewest := r.Bounds.Octets, r.Scenario.Small().Octets
	tried := map[[2]int]bool{}
	for _, octets := range [][2]int{own, {1, 1}, {0, 1}, {1, 0}} {
		octets = [2]int{min(octets[0], own[0]), min(octets[1], own[1])}
		if octets == fewest {
			break
		}
		if tried[octets] {
			continue
		}
		tried[octets] = true
		small := r
		small.Bounds.Octets = octets
		small.States = s.most()
		if r.States > 0 {
			small.States = min(small.States, r.States)
		}
		res, err := properties.Judge(ctx, small)
		if err != nil || res.Figures.Truncated == "" {
			res.States = r.States
			return res, err
		}
	}
	r.Bounds.Octets = fewest
	return properties.Judge(ctx, r)
}

func (s *Study) most() int {
	if s.Most > 0 {
		return s.Most
	}
	return Most
}

// prepared is a run that keeps to one processor: others run beside it.
func (s *Study) prepared(r properties.Run) properties.Run {
	r.Workers = 1
	if name := r.Scenario.Name; s.Progress != nil {
		r.Progress = func(p checker.Progress) { s.Progress(name, p) }
	}
	return r
}

// Remove takes a mechanism away, and judges what is left.
func (s *Study) Remove(ctx context.Context, m Mechanism) (Finding, error) {
	results := make([]*properties.Result, len(s.base))
	err := s.each(len(s.base), func(i int) error {
		r := s.base[i].Run
		if !m.Remove(&r) {
			return nil
		}
		res, err := judge(ctx, s.prepared(r))
		results[i] = &res
		return err
	})
	return s.compare(m, results), err
}

// judge gives a network that calls itself loss-free the room that it needs:
// what is left of the machine may say more than the intact one.
func judge(ctx context.Context, r properties.Run) (properties.Result, error) {
	for {
		res, err := properties.Judge(ctx, r)
		if err != nil || !res.Overflowed || r.Bounds.InFlight == system.MaxInFlight {
			return res, err
		}
		r.Bounds.InFlight++
	}
}

// each does n things, some at the same time, and returns the first error.
func (s *Study) each(n int, do func(int) error) error {
	workers := s.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	errs := make([]error, n)
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(workers, n) {
		wg.Go(func() {
			for i := range next {
				errs[i] = do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
