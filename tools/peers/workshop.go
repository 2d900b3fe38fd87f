package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// workshop is where the checkers' programs are built and run.
type workshop struct {
	ctx                  context.Context //nolint:containedctx // of the one command that this process carries out
	models, outputs, jar string
	built                map[string]bool
}

// newWorkshop looks for the tools. Everything else is built when it is needed.
func newWorkshop(ctx context.Context) (*workshop, error) {
	for _, tool := range []string{"spin", "rumur", "gcc", "cargo", "java"} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, fmt.Errorf("there is no %s (make bench-peers installs SPIN and rumur; Rust, Java and a C compiler are yours to install)", tool)
		}
	}
	w := &workshop{ctx: ctx, built: map[string]bool{}}
	for _, p := range []struct {
		to   *string
		path string
	}{{&w.models, models}, {&w.outputs, outputs}, {&w.jar, jar}} {
		abs, err := filepath.Abs(p.path)
		if err != nil {
			return nil, err
		}
		*p.to = abs
	}
	if _, err := os.Stat(w.jar); err != nil {
		return nil, errors.New("there is no TLC in bin (make tlc gets it)")
	}
	return w, os.MkdirAll(w.outputs, 0o755) //nolint:gosec // not secret
}

// build runs the commands in a directory, once per process.
func (w *workshop) build(dir string, commands ...[]string) error {
	if w.built[dir] {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // not secret
		return err
	}
	for _, argv := range commands {
		cmd := exec.CommandContext(w.ctx, argv[0], argv[1:]...) //nolint:gosec // the tools named above
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", strings.Join(argv, " "), err, out)
		}
	}
	w.built[dir] = true
	return nil
}

// copy copies one of the models, changed where there is a change to make.
func (w *workshop) copy(to, model string, change func(string) string) error {
	text, err := os.ReadFile(filepath.Join(w.models, model))
	if err != nil {
		return err
	}
	s := string(text)
	if change != nil {
		s = change(s)
	}
	return w.write(to, s)
}

func (w *workshop) write(to, text string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil { //nolint:gosec // not secret
		return err
	}
	return os.WriteFile(to, []byte(text), 0o644) //nolint:gosec // not secret
}

// time runs a job once.
func (w *workshop) time(j *job) (Sample, error) {
	argv, err := j.command(w, j)
	if err != nil {
		return Sample{}, err
	}
	s := Sample{Load: load()}
	var out bytes.Buffer
	cmd := exec.CommandContext(w.ctx, argv[0], argv[1:]...) //nolint:gosec // what was built above
	cmd.Dir, cmd.Stdout, cmd.Stderr = w.outputs, &out, &out
	if err := s.measure(cmd); w.ctx.Err() != nil || err != nil {
		return s, fmt.Errorf("%s: %w\n%s", j.key(), errors.Join(w.ctx.Err(), err), out.String())
	}
	s.States, s.Transitions, err = j.count.read(out.String())
	if m := ourTables.FindStringSubmatch(out.String()); m != nil {
		s.Tables, _ = strconv.ParseInt(m[1], 10, 64)
	}
	if err == nil && !j.differs && (s.States != j.size.states || !j.count.same(s.Transitions, j.size.transitions)) {
		err = fmt.Errorf("%d states and %d transitions, where there are %d and %d", s.States, s.Transitions, j.size.states, j.size.transitions)
	}
	if err != nil {
		return s, fmt.Errorf("%s: %w", j.key(), err)
	}
	return s, nil
}

// verify lets every checker count the sizes that are for comparison, each exactly what the others count.
func (w *workshop) verify() error {
	all := []job{
		ours("finwait", 1, "safety"), ours("finwait, two threads", 2, "safety"), spin("SPIN", "exact", 1), rumur("rumur", 1),
		stateright("Stateright", 2, 1), tlc("TLC", 2),
	}
	for _, at := range compared {
		for _, j := range all {
			j.title, j.size = at.file(), at
			if _, err := w.time(&j); err != nil {
				return err
			}
		}
		fmt.Printf("D, M, K = %s: %d states, %d transitions, says each of %d\n", at.file(), at.states, at.transitions, len(all))
	}
	return nil
}
