package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"finwait/checker"
	"finwait/model/system"
	"finwait/properties"
)

type foundLine struct {
	Type      string     `json:"type"` // "found" or "none"
	Scenario  string     `json:"scenario"`
	Predicate string     `json:"predicate"`
	Searched  int        `json:"searched"`
	Complete  bool       `json:"complete"` // whether every reachable state was searched
	Depth     int        `json:"depth"`
	Trace     []stepJSON `json:"trace,omitempty"`
}

func newFind(a *app) *cobra.Command {
	f := &shared{}
	cmd := &cobra.Command{
		Use:   "find PREDICATE [SCENARIO]",
		Short: "Show the shortest run to a state that satisfies a predicate",
		Long: `find explores a scenario (close by default) and draws the shortest run to a state which
satisfies the predicate, in the language of github.com/expr-lang/expr. It knows A and B, and
of each:

  State                               "ESTABLISHED", "FIN-WAIT-1", ...
  SND.UNA SND.NXT SND.END SND.WND     numbers, relative to the ISS
  RCV.NXT RCV.READ RCV.WND RCV.WANT RCV.FIN
  Unsent Unread Held inflight         numbers: of octets twice, ranges, segments
  Dups Injected                       numbers: duplications, forged segments of a third party
  Passive CloseCalled FINSent FINAcked FINHeld FINReceived ACKPending EOFTold TimerTW RSTSent
  User.Sent User.Next                 octets given to SEND, octets read
  User.Opened User.Closed User.Aborted User.EOF User.Error
  Ended                               "LAST-ACK", "TIME-WAIT", "reset", "abort", ..., "not ended"
  Panicked                            the machine has, under a bug
  Clock.Retransmission Clock.TimeWait Clock.ACK    ticks left, -1 if it does not run
  Clock.Life Clock.Lost               least ticks left of a segment in flight (or -1), segments lost

and inflight, the segments in flight both ways. Exit codes: 0 found; 1 no reachable state
satisfies it; 2 the predicate does not parse; 20 not found before the search was cut off.`,
		Example: `  explore find 'A.State == "CLOSING" && B.State == "TIME-WAIT"'
  explore find 'A.FINHeld && A.Held > 0' loss-free --octets 1,3
  explore find 'A.State in ["FIN-WAIT-1", "CLOSING"] && A.Unsent > 0'
  explore find 'A.Clock.TimeWait == 0 && B.State == "LAST-ACK"' timed --2msl 8
  explore find 'B.User.EOF && B.User.Next < A.User.Sent' --option fin-across-hole`,
		ValidArgsFunction: completeScenarios(1, 2),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("find what? for example: explore find 'A.State == \"CLOSING\"'")
			}
			return atMost(2)(cmd, args)
		},
		RunE: func(_ *cobra.Command, args []string) error {
			name := "close"
			if len(args) == 2 {
				name = args[1]
			}
			return a.find(f, args[0], name)
		},
	}
	f.add(cmd)
	return cmd
}

func (a *app) find(f *shared, text, name string) error {
	p, err := compile(text)
	if err != nil {
		return err
	}
	g, r, err := a.explore(f, name)
	if err != nil {
		return err
	}
	n, found := g.First(p.holds)
	if p.err != nil {
		return p.err
	}
	truncated := g.Figures().Truncated
	line := foundLine{
		Type: "none", Scenario: name, Predicate: text, Searched: g.States(), Complete: truncated == "",
	}
	if !found {
		code := exitOther
		if truncated != "" {
			code = exitInconclusive
		}
		switch {
		case f.json:
			a.out.line(line)
		case truncated != "":
			fmt.Fprintf(a.out, "not found among %s, but the search was cut off: %s\n", count(g.States(), "state"), truncated)
		default:
			fmt.Fprintf(a.out, "no reachable state of %s satisfies it: %s searched\n", name, count(g.States(), "state"))
		}
		return silently(code)
	}
	t, err := g.Trace(n)
	if err != nil {
		return err
	}
	line.Type, line.Depth = "found", g.Depth(n)
	switch {
	case f.json:
		line.Trace, _ = traceJSON(r.system, t)
		a.out.line(line)
	case f.quiet:
		fmt.Fprintf(a.out, "%s: after %s\n", name, count(line.Depth, "step"))
	default:
		fmt.Fprintf(a.out, "%s: after %s, and no sooner\n\n%s", name, count(line.Depth, "step"), properties.Ladder(r.system, t))
	}
	return nil
}

// explored says what was explored.
type explored struct {
	run    properties.Run
	system *system.System
}

// explore builds the state graph of one scenario as the flags have it.
func (a *app) explore(f *shared, name string) (*properties.Graph, *explored, error) {
	s, err := scenario(name)
	if err != nil {
		return nil, nil, err
	}
	r, err := f.run(s)
	if err != nil {
		return nil, nil, err
	}
	if _, err := matching(f.claims); err != nil {
		return nil, nil, err
	}
	ctx, done, err := f.begin(a.ctx)
	if err != nil {
		return nil, nil, err
	}
	defer done()
	bar := a.bar(f)
	r.Progress = func(p checker.Progress) { bar.show(name, p) }
	g, b, err := r.Explore(ctx)
	bar.clear()
	if err != nil {
		return nil, nil, err
	}
	return g, &explored{r, b}, nil
}
