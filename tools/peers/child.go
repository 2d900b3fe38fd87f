package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"finwait/checker"
	"finwait/docs/benchmarks/reduced"
	"finwait/model/system"
	"finwait/properties"
)

// child checks the reduced close with our own checker, or the whole one, and prints the counts.
func child(ctx context.Context, args []string, w io.Writer) error {
	var d, m, k, workers int
	var claims string
	flags := flag.NewFlagSet("peers child", flag.ContinueOnError)
	flags.IntVar(&d, "d", 0, "octets each; 0: the whole close")
	flags.IntVar(&m, "m", 1, "most octets in a segment")
	flags.IntVar(&k, "k", 2, "segments in flight")
	flags.IntVar(&workers, "workers", 1, "threads")
	flags.StringVar(&claims, "claims", "safety", "safety; live: and both-close; answered: and answered")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if d == 0 {
		return checkWhole(ctx, w, workers, claims)
	}
	return checkReduced(ctx, w, reduced.Params{D: uint8(d), M: uint8(m), K: uint8(k)}, workers, claims) //nolint:gosec // small
}

func checkReduced(ctx context.Context, w io.Writer, p reduced.Params, workers int, claims string) error {
	list := p.Safety()
	switch claims {
	case "live":
		list = append(list, p.BothClose())
	case "answered":
		list = append(list, p.Answered())
	}
	report, err := checker.CheckProduct(ctx, p, p.Options(workers), list...)
	if err != nil {
		return err
	}
	for _, r := range report.Results {
		if r.Verdict != checker.Holds {
			return fmt.Errorf("%s: %s", r.Name, r.Verdict)
		}
	}
	return tell(w, report.Figures)
}

func checkWhole(ctx context.Context, w io.Writer, workers int, claims string) error {
	s, ok := system.LookupScenario("close")
	if !ok {
		return errors.New("there is no scenario close")
	}
	run := properties.Run{Scenario: s, Bounds: s.Bounds, Workers: workers}
	for _, c := range properties.Judged(s.Name) {
		if c.Kind == properties.Safety || c.Kind == properties.Step || claims == "live" && c.Name == "both-close" {
			run.Claims = append(run.Claims, c)
		}
	}
	result, err := properties.Judge(ctx, run)
	if err != nil {
		return err
	}
	for _, o := range result.Outcomes {
		if o.Verdict != checker.Holds {
			return fmt.Errorf("%s: %s", o.Claim.Name, o.Verdict)
		}
	}
	return tell(w, result.Figures)
}

func tell(w io.Writer, f checker.Figures) error {
	if f.Truncated != "" || f.Deadlocks > 0 {
		return fmt.Errorf("truncated: %q, deadlocks: %d", f.Truncated, f.Deadlocks)
	}
	_, err := fmt.Fprintf(w, "states %d transitions %d bytes %d\nall hold\n", f.States, f.Transitions, f.Bytes)
	return err
}
