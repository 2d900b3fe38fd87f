package main

import (
	"slices"

	"github.com/spf13/cobra"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// reporter writes what check finds, as it is found.
type reporter interface {
	start(*properties.Run)
	progress(scenario string, p checker.Progress)
	result(*properties.Result)
	suite(*suite)
}

func newCheck(a *app) *cobra.Command {
	f := &checkFlags{}
	cmd := &cobra.Command{
		Use:   "check [SCENARIO...]",
		Short: "Explore every reachable state and judge every claim",
		Long: `check explores scenarios exhaustively and judges every claim that applies to them;
without arguments all scenarios at their default bounds. With a bug as --option and no
scenario it runs those scenarios in which the bug is caught.

Exit codes, the first that applies of 12, 13, 11, 21, 20:
   0  every claim holds                 13  a liveness claim is violated
   2  usage                             20  inconclusive: a bound, the memory, the time or
  11  a deadlock                            an interrupt cut the exploration off
  12  a safety claim is violated        21  vacuous: a premise never held, or what the
   1  anything else                         scenario promises never happened
` + checkSchema,
		Example: `  explore check
  explore check close half-close --octets 2,1 --inflight 2
  explore check close --property 'L*' --drop-fairness retransmit
  explore check --option last-ack-any-ack
  explore check --json | jq 'select(.type == "result")'`,
		ValidArgsFunction: completeScenarios(0, 99),
		RunE:              func(_ *cobra.Command, args []string) error { return a.check(f, args) },
	}
	f.add(cmd)
	return cmd
}

func (a *app) check(f *checkFlags, args []string) error {
	runs, err := f.runs(args)
	if err != nil {
		return err
	}
	if err := f.store(a, runs); err != nil {
		return err
	}
	ctx, done, err := f.begin(a.ctx)
	if err != nil {
		return err
	}
	defer done()

	report := a.reporter(&f.shared)
	bar := a.bar(&f.shared)
	s := newSuite(runs)
	for i := range runs {
		if ctx.Err() != nil {
			break
		}
		r := &runs[i]
		report.start(r)
		r.Progress = func(p checker.Progress) {
			bar.show(r.Scenario.Name, p)
			report.progress(r.Scenario.Name, p)
		}
		res, err := properties.Judge(ctx, *r)
		bar.clear()
		if err != nil {
			return refusal(r.Scenario.Name, err)
		}
		report.result(&res)
		s.add(&res)
		if a.out.err != nil {
			return a.out.err
		}
	}
	s.finish(ctx)
	f.discard(s)
	report.suite(s)
	return silently(s.code)
}

func (a *app) reporter(f *shared) reporter {
	if f.json {
		return &jsonReport{a: a, quiet: f.quiet || f.given("progress") && !f.progress}
	}
	return &textReport{a: a, quiet: f.quiet}
}

// runs are the scenarios to run, each with the claims to judge.
func (f *shared) runs(args []string) ([]properties.Run, error) {
	claims, err := matching(f.claims)
	if err != nil {
		return nil, err
	}
	scenarios, err := f.scenarios(args)
	if err != nil {
		return nil, err
	}
	var runs []properties.Run
	for _, s := range scenarios {
		r, err := f.run(s)
		if err != nil {
			return nil, err
		}
		for _, c := range claims {
			if c.In(s.Name) {
				r.Claims = append(r.Claims, c)
			}
		}
		if len(r.Claims) == 0 && len(args) > 0 {
			return nil, usage("scenario %s judges no claim that matches --property; %s is judged in %v",
				s.Name, claims[0].Name, claims[0].Scenarios)
		}
		if len(r.Claims) > 0 {
			runs = append(runs, r)
		}
	}
	if len(runs) == 0 {
		return nil, usage("no scenario judges %s here: it is judged in %v", claims[0].Name, claims[0].Scenarios)
	}
	return runs, nil
}

// scenarios are those named, or those that kill the bugs among the options, or all.
func (f *shared) scenarios(args []string) ([]system.Scenario, error) {
	var list []system.Scenario
	for _, name := range args {
		s, err := scenario(name)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(list, func(t system.Scenario) bool { return t.Name == name }) {
			list = append(list, s)
		}
	}
	if len(args) > 0 {
		return list, nil
	}
	var o model.Options
	if err := setOptions(&o, f.options); err != nil {
		return nil, err
	}
	var where []string
	for _, name := range o.Names() {
		if d, _ := model.Lookup(name); d.Kind == model.Bug {
			_, in := killers(name)
			where = append(where, in...)
		}
	}
	for _, s := range system.Scenarios() {
		if len(where) == 0 || contains(where, s.Name) {
			list = append(list, s)
		}
	}
	return list, nil
}
