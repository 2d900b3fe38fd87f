package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// patience is how long the properties may take for one mutant.
const patience = 2 * time.Minute

// figures are those of tools/mutation/judge.
type figures struct {
	Name        string   `json:"name"`
	States      int      `json:"states"`
	Transitions uint64   `json:"transitions"`
	Digest      string   `json:"digest"`
	Claims      []string `json:"claims,omitempty"`
	Promises    []string `json:"promises,omitempty"`
	Reached     []int    `json:"reached,omitempty"`
}

// bench is a judge in which all mutants wait to be chosen.
type bench struct {
	dir     string // temporary
	judge   string // the program
	known   []figures
	mutants []numbered
}

func (b *bench) remove() {
	if err := os.RemoveAll(b.dir); err != nil {
		fmt.Fprintln(os.Stderr, "mutation:", err)
	}
}

// newBench builds a judge with the given mutants in it. With none of them chosen, it must find what the machine itself does.
func newBench(ctx context.Context, c config, src *source, mutants []numbered) (*bench, error) {
	dir, err := os.MkdirTemp("", "mutation-")
	if err != nil {
		return nil, err
	}
	b := &bench{dir: dir, judge: filepath.Join(dir, "judge"), mutants: mutants}
	if err := b.build(ctx, c, src); err != nil {
		b.remove()
		return nil, err
	}
	return b, nil
}

func (b *bench) build(ctx context.Context, c config, src *source) error {
	pkg, err := filepath.Abs(c.pkg)
	if err != nil {
		return err
	}
	replace, err := src.overlay(pkg, b.dir, b.mutants)
	if err != nil {
		return err
	}
	const judgePkg = "tools/mutation/judge"
	reached, err := filepath.Abs(filepath.Join(judgePkg, "reached.go"))
	if err != nil {
		return err
	}
	module, err := output(ctx, ".", "go", "list", "-m")
	if err != nil {
		return err
	}
	replace[reached] = filepath.Join(b.dir, "reached.go")
	text := fmt.Sprintf("package main\n\nimport machine %q\n\nfunc reached() []int { return machine.NotedMutants() }\n",
		strings.TrimSpace(module)+"/"+filepath.ToSlash(filepath.Clean(c.pkg)))
	if err := os.WriteFile(replace[reached], []byte(text), 0o600); err != nil {
		return err
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return err
	}
	overlay := filepath.Join(b.dir, "overlay.json")
	if err := os.WriteFile(overlay, data, 0o600); err != nil {
		return err
	}
	plain := filepath.Join(b.dir, "plain")
	if _, err := output(ctx, ".", "go", "build", "-o", plain, "./"+judgePkg); err != nil {
		return err
	}
	if _, err := output(ctx, ".", "go", "build", "-overlay", overlay, "-o", b.judge, "./"+judgePkg); err != nil {
		return err
	}
	return b.baseline(ctx, plain)
}

// baseline asks the machine as it is, and the schema with no mutant chosen: they must do the same.
func (b *bench) baseline(ctx context.Context, plain string) error {
	var was []figures
	for program, into := range map[string]*[]figures{plain: &was, b.judge: &b.known} {
		cmd := exec.CommandContext(ctx, program, "-baseline")
		cmd.Env = append(os.Environ(), "MUTANT=-1")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("with nothing mutated: %w", err)
		}
		if err := json.Unmarshal(out, into); err != nil {
			return err
		}
	}
	same := func(f, g figures) bool {
		return f.Name == g.Name && f.States == g.States && f.Transitions == g.Transitions && f.Digest == g.Digest && slices.Equal(f.Claims, g.Claims)
	}
	if !slices.EqualFunc(was, b.known, same) {
		return errors.New("BUG: with no mutant chosen, the program that holds them all is not the machine")
	}
	data, err := json.Marshal(b.known)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(b.dir, "known.json"), data, 0o600)
}

// each judges every mutant of the bench.
func (b *bench) each(ctx context.Context, c config, w io.Writer) {
	workers := cmp.Or(c.workers, runtime.NumCPU())
	queue := make(chan *numbered)
	var wg sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for range workers {
		wg.Go(func() {
			for m := range queue {
				b.ask(ctx, m)
				mu.Lock()
				done++
				fmt.Fprintf(w, "%4d/%d %-11s %s:%d  %s  %s  %s\n", done, len(b.mutants), m.Status, m.file, m.Line, m.Type, m.Source,
					strings.Join(m.Fell, ", "))
				mu.Unlock()
			}
		})
	}
	for i := range b.mutants {
		if ctx.Err() == nil {
			queue <- &b.mutants[i]
		}
	}
	close(queue)
	wg.Wait()
}

// ask runs the judge for one mutant, over the scenarios in which its place is reached.
func (b *bench) ask(ctx context.Context, m *numbered) {
	args := []string{"-against", filepath.Join(b.dir, "known.json")}
	for _, f := range b.known {
		if slices.Contains(f.Reached, m.number) {
			args = append(args, f.Name)
		}
	}
	if len(args) == 2 {
		m.Status = notReached
		return
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, b.judge, args...)
	cmd.Env = append(os.Environ(), fmt.Sprintf("MUTANT=%d", m.number), "GOMAXPROCS=1")
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	var verdict struct {
		Changed, Fell []string
		Doubt         string
	}
	switch {
	case ctx.Err() != nil:
		m.Status = timedOut
		return
	case err == nil:
		err = json.Unmarshal(out, &verdict)
	}
	m.Changed, m.Fell, m.Doubt = verdict.Changed, verdict.Fell, verdict.Doubt
	switch {
	case err != nil && strings.HasPrefix(complaint.String(), "panic: "):
		m.Status, m.Fell = killed, []string{firstLine(complaint.String())}
	case err != nil:
		m.Status, m.Doubt = unjudged, firstLine(complaint.String())
	case len(verdict.Fell) > 0:
		m.Status = killed
	case verdict.Doubt != "":
		m.Status = unjudged
	case len(verdict.Changed) > 0:
		m.Status = lived
	default:
		m.Status = unchanged
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}
