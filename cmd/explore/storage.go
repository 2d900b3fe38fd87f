package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"finwait/checker"
	"finwait/properties"
)

// checkFlags are the flags of check: those that others have too, and those about how it
// explores and what it keeps on disk.
type checkFlags struct {
	shared
	checkpoint string
	resume     bool
	every      time.Duration
	spill      string
	symmetry   bool
}

func (f *checkFlags) add(cmd *cobra.Command) {
	f.shared.add(cmd)
	fs := cmd.Flags()
	fs.BoolVar(&f.symmetry, "symmetry", false, "explore one of each two states in which A and B have changed roles; safety only, and it changes the counts")
	fs.StringVar(&f.checkpoint, "checkpoint", "", "save what is being explored in the directory `DIR`, a file per scenario, until all is judged")
	fs.StringVar(&f.spill, "spill", "", "when --max-memory is reached, go on in a file in the directory `DIR` (Linux)")
	fs.BoolVar(&f.resume, "resume", false, "go on from what a killed run with the same --checkpoint has saved")
	fs.DurationVar(&f.every, "checkpoint-every", time.Minute, "the time between two checkpoints; longer if one takes more than a tenth of it")
}

// store says where runs keep what they keep on disk.
func (f *checkFlags) store(a *app, runs []properties.Run) error {
	for i := range runs {
		runs[i].Symmetry = f.symmetry
	}
	if err := f.spillTo(runs); err != nil {
		return err
	}
	switch {
	case f.resume && f.checkpoint == "":
		return usage("--resume: from where? Name the directory with --checkpoint")
	case f.given("checkpoint-every") && f.every <= 0:
		return usage("--checkpoint-every: %v is not a time to wait", f.every)
	case f.checkpoint == "":
		return nil
	}
	if err := os.MkdirAll(f.checkpoint, 0o777); err != nil {
		return usage("--checkpoint: %v", err)
	}
	for i := range runs {
		r := &runs[i]
		c := &checker.Checkpoint{File: f.file(r), Identity: identity(r), Resume: f.resume, Every: f.every}
		if r.Checkpoint = c; f.resume && !f.quiet {
			if _, err := os.Stat(c.File); err == nil {
				fmt.Fprintf(a.errs, "%s: goes on from %s\n", r.Scenario.Name, c.File)
			}
		}
	}
	return nil
}

// spillTo says where runs go on when there is no room in memory.
func (f *checkFlags) spillTo(runs []properties.Run) error {
	if f.spill == "" {
		return nil
	}
	if !f.given("max-memory") {
		return usage("--spill: from which size on? Say it with --max-memory")
	}
	if err := os.MkdirAll(f.spill, 0o777); err != nil {
		return usage("--spill: %v", err)
	}
	for i := range runs {
		runs[i].Spill = f.spill
	}
	return nil
}

func (f *checkFlags) file(r *properties.Run) string {
	return filepath.Join(f.checkpoint, r.Scenario.Name+".checkpoint")
}

// identity tells what is explored: for people the scenario, its bounds and options, and for certain a digest of all that
// Bounds holds.
func identity(r *properties.Run) string {
	bounds, err := json.Marshal(boundsOf(r.Bounds))
	if err != nil {
		panic("BUG: " + err.Error()) // it is a struct of ours
	}
	all := sha256.Sum256(fmt.Appendf(nil, "%+v", r.Bounds))
	return fmt.Sprintf("%s %s %v %x", r.Scenario.Name, bounds, r.Bounds.Options.Names(), all[:8])
}

// discard removes the checkpoints of a suite that has been judged to its end: nobody will go on from them.
func (f *checkFlags) discard(s *suite) {
	if f.checkpoint == "" || s.why != "" || s.cut {
		return
	}
	for i := range s.runs {
		os.Remove(f.file(&s.runs[i])) //nolint:errcheck // it may not have taken long enough for one
	}
}

// refusal is why a scenario could not be judged. That its checkpoint does not fit is a mistake of the caller.
func refusal(scenario string, err error) error {
	if refused, ok := errors.AsType[*checker.RefusedError](err); ok {
		return usage("%s: %v.\nWithout --resume it begins anew, and overwrites that file.", scenario, refused)
	}
	return fmt.Errorf("%s: %w", scenario, err)
}
