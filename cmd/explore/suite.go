package main

import (
	"context"
	"slices"
	"time"

	"finwait/checker"
	"finwait/properties"
)

// suite sums up the scenarios of one check.
type suite struct {
	runs        []properties.Run
	done        []string
	tally       tally
	reached     map[string][]string // by witness: the scenarios that reached it
	verdicts    map[int]int         // scenarios by exit code
	states      int
	transitions uint64
	judged      int // claims, each in each scenario
	code        int
	why         string // not all scenarios were run
	cut         bool   // some scenario was not explored to its end
	began       time.Time
}

func newSuite(runs []properties.Run) *suite {
	return &suite{runs: runs, tally: tally{}, reached: map[string][]string{}, verdicts: map[int]int{}, began: time.Now()}
}

// add takes in the result of a scenario.
func (s *suite) add(r *properties.Result) {
	name := r.Scenario.Name
	s.done = append(s.done, name)
	s.tally.add(r.Figures.Coverage)
	s.tally.add(r.Figures.Points)
	s.states += r.Figures.States
	s.transitions += r.Figures.Transitions
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		if o.Claim.Kind == properties.Witness {
			if o.Verdict == checker.Holds {
				s.reached[o.Claim.Name] = append(s.reached[o.Claim.Name], name)
			}
			continue
		}
		s.judged++
	}
	s.cut = s.cut || r.Figures.Truncated != ""
	code := exitCode(r)
	s.verdicts[code]++
	s.code = worse(s.code, code)
}

// finish notes why scenarios were not run.
func (s *suite) finish(ctx context.Context) {
	if len(s.done) < len(s.runs) {
		s.why = context.Cause(ctx).Error()
		s.code = worse(s.code, exitInconclusive)
	}
}

func (s *suite) names() []string {
	if s.done == nil {
		return []string{}
	}
	return s.done
}

func (s *suite) notRun() []string {
	list := []string{}
	for _, r := range s.runs[len(s.done):] {
		list = append(list, r.Scenario.Name)
	}
	return list
}

func (s *suite) seconds() float64 { return time.Since(s.began).Seconds() }

// witnesses lists those that were judged, with the scenarios that reached them.
func (s *suite) witnesses() []witnessLine {
	list := []witnessLine{}
	for _, c := range properties.Catalogue() {
		judged := slices.ContainsFunc(s.runs[:len(s.done)], func(r properties.Run) bool {
			return slices.ContainsFunc(r.Claims, func(d properties.Claim) bool { return c.Name == d.Name })
		})
		if c.Kind != properties.Witness || !judged {
			continue
		}
		reached := s.reached[c.Name]
		if reached == nil {
			reached = []string{}
		}
		list = append(list, witnessLine{c.Number, c.Name, reached})
	}
	return list
}
