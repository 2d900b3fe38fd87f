package why

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"finwait/checker"
	"finwait/model/system"
	"finwait/properties"
)

// Most is how many states the intact machine may have in a scenario: see Begin.
const Most = 30_000

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

// Begin judges the intact machine, at bounds that it chooses. In each scenario
// they are the first of its own octets, 1,1, 0,1, 1,0 and its fewest under which
// there are at most Most states. If some claim has no premise there, the same is
// tried with one segment in flight; and if that claim has one then, the scenario
// is judged at these bounds, too.
func (s *Study) Begin(ctx context.Context) ([]properties.Result, error) {
	fitted := make([][]properties.Result, len(s.Runs))
	err := s.each(len(s.Runs), func(i int) (err error) {
		fitted[i], err = s.fit(ctx, s.prepared(s.Runs[i]))
		return err
	})
	s.base = slices.Concat(fitted...)
	return s.base, err
}

// fit judges a run at one or two bounds that are small enough.
func (s *Study) fit(ctx context.Context, r properties.Run) ([]properties.Result, error) {
	if s.Exact {
		res, err := properties.Judge(ctx, r)
		return []properties.Result{res}, err
	}
	first, ok, err := s.largest(ctx, r)
	if !ok && err == nil {
		small := r.Scenario.Small()
		small.Options, small.ISS = r.Bounds.Options, r.Bounds.ISS
		r := r
		r.Bounds = small
		first, err = properties.Judge(ctx, r)
	}
	list := []properties.Result{first}
	if err != nil || complete(&first) || r.Bounds.InFlight == 1 || ctx.Err() != nil {
		return list, err
	}
	r.Bounds.InFlight = 1
	second, ok, err := s.largest(ctx, r)
	if ok && adds(&second, &first) {
		list = append(list, second)
	}
	return list, err
}

// largest judges a run at the most octets that are few enough.
func (s *Study) largest(ctx context.Context, r properties.Run) (res properties.Result, ok bool, err error) {
	own, fewest := r.Bounds.Octets, r.Scenario.Small().Octets
	var tried [][2]int
	for _, octets := range [][2]int{own, {1, 1}, {0, 1}, {1, 0}} {
		small := r
		small.Bounds.Octets = [2]int{min(octets[0], own[0]), min(octets[1], own[1])}
		if small.Bounds.Octets == fewest {
			break
		}
		if slices.Contains(tried, small.Bounds.Octets) {
			continue
		}
		tried = append(tried, small.Bounds.Octets)
		small.States = s.most()
		if r.States > 0 {
			small.States = min(small.States, r.States)
		}
		res, err = properties.Judge(ctx, small)
		if err != nil || res.Figures.Truncated == "" {
			res.States = r.States
			return res, err == nil, err
		}
	}
	return res, false, nil
}

// complete reports whether every claim of the run holds, with a premise.
func complete(r *properties.Result) bool {
	return !slices.ContainsFunc(r.Outcomes, func(o properties.Outcome) bool { return o.Verdict != checker.Holds })
}

// adds reports whether a claim holds of a result that does not of another, for
// want of a premise.
func adds(r, to *properties.Result) bool {
	return !r.Overflowed && slices.ContainsFunc(r.Outcomes, func(o properties.Outcome) bool {
		return o.Verdict == checker.Holds && !held(to, o.Claim.Name)
	})
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
		res, err := again(ctx, s.prepared(r), &s.base[i])
		results[i] = &res
		return err
	})
	f := s.compare(m, results)
	if err == nil && len(f.Falls) == 0 && len(f.Places) > 0 {
		err = s.known(ctx, m, &f)
	}
	return f, err
}

// again judges a run in which something was removed. If it is only an
// assumption, the machine is the intact one, and so are the verdicts of the claims that do not make it.
func again(ctx context.Context, r properties.Run, intact *properties.Result) (properties.Result, error) {
	if r.Bounds != intact.Bounds {
		return judge(ctx, r)
	}
	left := r
	left.Claims = slices.DeleteFunc(slices.Clone(r.Claims), func(c properties.Claim) bool {
		return !slices.ContainsFunc(c.Assumes(intact.System), func(name string) bool { return slices.Contains(r.Drop, name) })
	})
	if len(left.Claims) == 0 {
		return *intact, nil
	}
	res, err := judge(ctx, left)
	outcomes := slices.Clone(intact.Outcomes)
	for _, o := range res.Outcomes {
		i := slices.IndexFunc(outcomes, func(p properties.Outcome) bool { return p.Claim.Name == o.Claim.Name })
		outcomes[i] = o
	}
	res.Run, res.Outcomes = r, outcomes
	return res, err
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
