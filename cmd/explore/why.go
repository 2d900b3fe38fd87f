package main

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"finwait/checker"
	"finwait/model/system"
	"finwait/properties"
	"finwait/properties/why"
)

// whyReporter writes what why finds, as it is found.
type whyReporter interface {
	begin(base []properties.Result)
	finding(*why.Finding)
	end(*whySum)
}

// whySum sums up what was asked.
type whySum struct {
	asked    []why.Mechanism
	done     []why.Finding
	cutOff   string // why not all of it is known
	began    time.Time
	exitCode int
}

func newWhy(a *app) *cobra.Command {
	f := &shared{}
	var list bool
	var scenarios []string
	cmd := &cobra.Command{
		Use:   "why [MECHANISM...]",
		Short: "Remove one mechanism at a time, and show what breaks",
		Long: `why takes the close apart: it removes one mechanism of TCP, or one fairness assumption, at a
time, judges every claim again in every scenario, and shows which fall, with the shortest run
that refutes one of them; which witnesses are no longer reached; and, where nothing falls, that
nothing does. A MECHANISM is a name or a pattern: 'time-wait', 'fair-*'; without any, all of
them. With a name, every claim that falls is shown with its shortest run.

Lengths are in steps of the system; "5+2" is a lasso, with the steps before its cycle and those
of the cycle; "7+0" one in which nothing happens any more after 7 steps.

The bounds are the scenario's own, if the intact machine has at most 30,000 states there; else
the first of octets 1,1, 0,1, 1,0 and the scenario's fewest with which it has, and, for what has
no premise there, the same with one segment in flight. If nothing falls, the catalogue of twins
is asked where something should, and it is judged there at the scenario's own bounds. With
--octets the bounds are what you say. What falls of the intact machine is not counted.

Exit codes: 0 whatever was found, all of it was judged to the end; 2 usage; 20 a bound, the
memory, the time or an interrupt cut the judgement off; 1 anything else.
` + whySchema,
		Example: `  explore why
  explore why time-wait 2msl
  explore why 'fair-*' --quiet
  explore why fin-number --property 'S*' --scenario close --octets 1,1
  explore why --list
  explore why --json | jq 'select(.type == "mechanism" and .verdict == "nothing") | .name'`,
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return mechanismNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			asked, named, err := mechanisms(args)
			switch {
			case err != nil:
				return err
			case list:
				a.listMechanisms(asked, f.json)
				return nil
			}
			return a.why(f, scenarios, asked, named)
		},
	}
	cmd.Flags().BoolVar(&list, "list", false, "list the mechanisms, and judge nothing")
	cmd.Flags().StringArrayVar(&scenarios, "scenario", nil, "only in the scenario `NAME`; repeatable")
	f.add(cmd)
	complete(cmd, "scenario", scenarioNames()...)
	return cmd
}

func mechanismNames() []string {
	return namesOf(why.Catalogue(), func(m why.Mechanism) string { return m.Name })
}

// mechanisms are those that are asked for, in the order of the catalogue, and
// whether each was named, not matched.
func mechanisms(args []string) (list []why.Mechanism, named bool, err error) {
	if len(args) == 0 {
		return why.Catalogue(), false, nil
	}
	named = true
	wanted := map[string]bool{}
	for _, arg := range args {
		found, err := why.Matching(arg)
		switch {
		case err != nil:
			return nil, false, usage("why: %s is not a pattern", quote(arg))
		case len(found) == 0:
			return nil, false, unknown("mechanism", arg, mechanismNames())
		}
		for _, m := range found {
			wanted[m.Name] = true
			named = named && m.Name == arg
		}
	}
	return slices.DeleteFunc(why.Catalogue(), func(m why.Mechanism) bool { return !wanted[m.Name] }), named, nil
}

func (a *app) why(f *shared, scenarios []string, asked []why.Mechanism, named bool) error {
	runs, err := f.whyRuns(scenarios)
	if err != nil {
		return err
	}
	ctx, done, err := f.begin(a.ctx)
	if err != nil {
		return err
	}
	defer done()

	var report whyReporter = &whyText{a: a, quiet: f.quiet, every: named}
	if f.json {
		report = &whyJSON{a: a}
	}
	bar := a.bar(f)
	study := &why.Study{Runs: runs, Exact: f.given("octets"), Workers: f.workers}
	sum := &whySum{asked: asked, began: time.Now()}
	base, err := study.Begin(ctx)
	if err != nil {
		return err
	}
	for i := range base {
		if d := base[i].Doubt(); d != "" {
			sum.cutOff = base[i].Scenario.Name + ": " + d
		}
	}
	report.begin(base)
	for i, m := range asked {
		if ctx.Err() != nil || a.out.err != nil {
			break
		}
		bar.show(m.Name, checker.Progress{States: i, Frontier: len(asked) - i, Elapsed: time.Since(sum.began)})
		found, err := study.Remove(ctx, m)
		bar.clear()
		if err != nil {
			return err
		}
		sum.done = append(sum.done, found)
		if found.CutOff != "" {
			sum.cutOff = found.CutOff
		}
		report.finding(&found)
	}
	if a.out.err != nil {
		return a.out.err
	}
	sum.finish(ctx)
	report.end(sum)
	return silently(sum.exitCode)
}

// finish notes whether all that was asked is known.
func (s *whySum) finish(ctx context.Context) {
	if len(s.done) < len(s.asked) {
		s.cutOff = context.Cause(ctx).Error()
	}
	if s.cutOff != "" {
		s.exitCode = exitInconclusive
	}
}

// whyRuns are the scenarios in which something that matches is judged.
func (f *shared) whyRuns(names []string) ([]properties.Run, error) {
	for _, name := range names {
		if _, err := scenario(name); err != nil {
			return nil, err
		}
	}
	claims, err := matching(f.claims)
	if err != nil {
		return nil, err
	}
	var runs []properties.Run
	for _, s := range system.Scenarios() {
		if len(names) > 0 && !contains(names, s.Name) {
			continue
		}
		r, err := f.run(s)
		if err != nil {
			return nil, err
		}
		for _, c := range claims {
			if c.In(s.Name) {
				r.Claims = append(r.Claims, c)
			}
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
