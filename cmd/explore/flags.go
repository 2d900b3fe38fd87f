package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// shared are the flags that check, graph, find and simulate have in common.
// Those that are not given leave what the scenario says.
type shared struct {
	octets, iss, channel, dup, timeWait, reader string
	reopens, crashes                            string
	isnStep                                     uint32
	mss, inflight, window, inject               int
	clock                                       [len(clockFlags)]int
	loss                                        bool
	options, claims, drop                       []string

	workers, maxStates    int
	maxMemory             string
	timeout               time.Duration
	json, quiet, progress bool
	cpuProfile            string
	memProfile            string

	given func(flag string) bool
}

func (f *shared) add(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.SortFlags = false
	f.given = fs.Changed
	fs.StringVar(&f.octets, "octets", "", "octets that each user may send: `A,B`")
	fs.IntVar(&f.mss, "mss", 0, "octets that a segment carries at most")
	fs.IntVar(&f.inflight, "inflight", 0, "segments in flight per direction")
	fs.IntVar(&f.window, "window", 0, "octets of receive buffer; 0: windows never change, and are wide")
	fs.StringVar(&f.channel, "channel", "", "order of arrival: `fifo|reorder`")
	fs.BoolVar(&f.loss, "loss", false, "segments may be lost")
	fs.StringVar(&f.dup, "dup", "", "duplications per direction: `N|inf`, inf with the assumption that they are finite")
	fs.IntVar(&f.inject, "inject", 0, "forged segments that a third party may inject: `N` per direction")
	fs.StringVar(&f.iss, "iss", "", "initial sequence numbers: `A,B`")
	fs.StringVar(&f.timeWait, "time-wait", "", "when TIME-WAIT may end: `guarded|free`, after all that can still arrive, or at any time")
	fs.StringVar(&f.reader, "reader", "", "when a user reads: `eager|moves`, at once, or by a move of its own")
	fs.StringVar(&f.reopens, "reopens", "", "how often each user may open again after CLOSED: `A,B`")
	fs.StringVar(&f.crashes, "crashes", "", "how often each endpoint may forget its connection: `A,B`")
	fs.Uint32Var(&f.isnStep, "isn-step", 0, "how far the next initial sequence number is above the last one: `N`")
	for i, c := range clockFlags {
		fs.IntVar(&f.clock[i], c.name, 0, c.text)
	}
	fs.StringArrayVar(&f.options, "option", nil, "a reading, deviation or bug: `NAME[=VALUE]`; repeatable")
	fs.StringArrayVar(&f.claims, "property", nil, "only the claims whose name or number matches the `GLOB`; repeatable")
	fs.StringArrayVar(&f.drop, "drop-fairness", nil, "do not make the fairness assumption `NAME`; repeatable")
	fs.IntVar(&f.workers, "workers", 0, "explore with `N` workers (default: one per processor); the result is the same")
	fs.IntVar(&f.maxStates, "max-states", 0, "stop at `N` states")
	fs.StringVar(&f.maxMemory, "max-memory", "", "stop at tables of `SIZE`: 4GB, 512MiB")
	fs.DurationVar(&f.timeout, "timeout", 0, "stop after a `duration`: 90s, 10m")
	fs.BoolVar(&f.json, "json", false, "one JSON object per line on standard output")
	fs.BoolVar(&f.quiet, "quiet", false, "the result only")
	fs.BoolVar(&f.progress, "progress", false, "show progress; by default only if standard error is a terminal")
	fs.StringVar(&f.cpuProfile, "cpuprofile", "", "write a CPU profile to `FILE`")
	fs.StringVar(&f.memProfile, "memprofile", "", "write a memory profile to `FILE`")
	for _, hidden := range []string{"cpuprofile", "memprofile"} {
		fs.Lookup(hidden).Hidden = true
	}
	complete(cmd, "channel", "fifo", "reorder")
	complete(cmd, "time-wait", "guarded", "free")
	complete(cmd, "reader", "eager", "moves")
	complete(cmd, "dup", "inf")
	complete(cmd, "option", optionNames()...)
	complete(cmd, "property", claimNames()...)
	complete(cmd, "drop-fairness", fairnessNames()...)
}

// complete offers words to the shell.
func complete(cmd *cobra.Command, flag string, words ...string) {
	offer := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return words, cobra.ShellCompDirectiveNoFileComp
	}
	if err := cmd.RegisterFlagCompletionFunc(flag, offer); err != nil {
		panic("BUG: " + err.Error())
	}
}

// completeScenarios offers the scenarios to the shell, after some arguments.
func completeScenarios(skip, most int) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) < skip || len(args) >= most {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return scenarioNames(), cobra.ShellCompDirectiveNoFileComp
	}
}

func scenarioNames() []string {
	return namesOf(system.Scenarios(), func(s system.Scenario) string { return s.Name })
}

func optionNames() []string {
	return namesOf(model.Catalogue(), func(o model.Option) string { return o.Name })
}

func claimNames() []string {
	return namesOf(properties.Catalogue(), func(c properties.Claim) string { return c.Name })
}

func fairnessNames() []string {
	return namesOf(properties.Assumptions(), func(a properties.Assumption) string { return a.Name })
}

func scenario(name string) (system.Scenario, error) {
	s, ok := system.LookupScenario(name)
	if !ok {
		return s, unknown("scenario", name, scenarioNames())
	}
	return s, nil
}

// dropped checks the names of what is dropped.
func (f *shared) dropped() ([]string, error) {
	for _, name := range f.drop {
		if !contains(fairnessNames(), name) {
			return nil, unknown("fairness assumption", name, fairnessNames())
		}
	}
	return f.drop, nil
}

// limited is the context of the flags: it ends at the timeout.
func (f *shared) limited(ctx context.Context) (context.Context, context.CancelFunc, error) {
	if !f.given("timeout") {
		ctx, cancel := context.WithCancel(ctx)
		return ctx, cancel, nil
	}
	if f.timeout <= 0 {
		return nil, nil, usage("--timeout: %v is not a time to wait", f.timeout)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, f.timeout, fmt.Errorf("time limit of %v", f.timeout))
	return ctx, cancel, nil
}

// run is the run that the flags ask for, in one scenario.
func (f *shared) run(s system.Scenario) (properties.Run, error) {
	r := properties.Run{Scenario: s, Workers: f.workers, States: f.maxStates}
	var err error
	if r.Bounds, err = f.bounds(s); err != nil {
		return r, err
	}
	if r.Drop, err = f.dropped(); err != nil {
		return r, err
	}
	switch {
	case f.given("workers") && f.workers < 1:
		return r, usage("--workers: %d is out of range, 1 or more", f.workers)
	case f.given("max-states") && f.maxStates < 1:
		return r, usage("--max-states: %d is out of range, 1 or more", f.maxStates)
	}
	if f.given("max-memory") {
		r.Memory, err = sizeOf(f.maxMemory)
	}
	return r, err
}
