// Command mutation runs gremlins over one package and keeps the result.
//
//	mutation run      every mutant; rewrites the committed result, fails under the threshold
//	mutation sample   some mutants that the committed result calls killed; fails if one of them lives now
//
//	mutation properties          every mutant, judged by the properties alone
//	mutation properties-sample   some of these again
//
// Gremlins alone is not enough, for five reasons that were found by reading and trying version 0.6:
//
//   - it takes a mutant that does not compile for killed, since go test exits with 1 in either case: viable.go
//     type-checks each killed mutant and takes those out;
//   - it copies the whole module, .git included, for each worker, and walks into sub-packages: stage.go gives it a
//     small copy in which there is nothing else to mutate;
//   - its time limit is a multiple of one measured test run, which is far too short if that run was a fast one, and
//     nothing if it came from the test cache: gremlins.go chooses the multiple;
//   - it prints a mutated file anew, and a test that reads the source may mind that, whatever the mutant: gremlins.go
//     first runs the tests on source that is printed anew and not mutated;
//   - it cannot sample: sample.go shows it a made-up diff in which the wanted lines are the changed ones.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
)

// config is the command line.
type config struct {
	gremlins string  // the gremlins binary
	pkg      string  // directory of the package, relative to the module's root
	out      string  // committed result, without its .json or .txt
	min      float64 // least percentage killed, for run
	workers  int
	count    int    // least number of mutants, for sample
	seed     string // what picks them; the commit, unless given
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := command(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutation:", err)
		os.Exit(1)
	}
}

// command parses the arguments and does what they say.
func command(ctx context.Context, args []string, w io.Writer) error {
	var c config
	flags := flag.NewFlagSet("mutation", flag.ContinueOnError)
	flags.StringVar(&c.gremlins, "gremlins", filepath.Join("bin", "gremlins"), "the gremlins binary")
	flags.StringVar(&c.pkg, "pkg", "model", "directory of the package, from the module's root")
	flags.StringVar(&c.out, "out", filepath.Join("docs", "mutation", "model"), "committed result, without .json and .txt")
	flags.Float64Var(&c.min, "min", 90, "run: least percentage of mutants killed")
	flags.IntVar(&c.workers, "workers", 0, "mutants tested at a time; 0: one per processor")
	flags.IntVar(&c.count, "count", 40, "sample: least number of mutants")
	flags.StringVar(&c.seed, "seed", "", "sample: what picks the mutants; the commit if empty")
	if len(args) == 0 {
		return errors.New("say run, sample, properties or properties-sample")
	}
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	gremlins, err := filepath.Abs(c.gremlins)
	if err != nil {
		return err
	}
	if _, err := os.Stat(gremlins); err != nil {
		return fmt.Errorf("no gremlins (make tools installs it): %w", err)
	}
	c.gremlins = gremlins

	switch args[0] {
	case "run":
		return run(ctx, c, w)
	case "sample":
		return sample(ctx, c, w)
	case "properties":
		return properties(ctx, c, w)
	case "properties-sample":
		return propertiesSample(ctx, c, w)
	default:
		return fmt.Errorf("%q: say run, sample, properties or properties-sample", args[0])
	}
}

// run tests every mutant, writes the result, and judges it.
func run(ctx context.Context, c config, w io.Writer) error {
	st, err := newStage(ctx, c.pkg)
	if err != nil {
		return err
	}
	defer st.remove()
	r, err := unleash(ctx, c, st, w)
	if err != nil {
		return err
	}
	if err := r.save(c.out); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%s\nwritten: %s.json, %s.txt\n", r.summary(), c.out, c.out)
	if r.Efficacy < c.min {
		return fmt.Errorf("%.2f %% of the mutants that a test ran were killed, %.2f %% are asked for", r.Efficacy, c.min)
	}
	return nil
}
