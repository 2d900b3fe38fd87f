package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
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

// What becomes of a mutant that the properties alone judge, besides killed, lived, timed out and not viable.
const (
	unchanged  status = "UNCHANGED"   // its place is reached, but the edges of every small scenario are what they were
	notReached status = "NOT REACHED" // no step of a small scenario comes to its place
	unjudged   status = "UNJUDGED"    // it changes the edges of a scenario, but makes it too large to be judged
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

// properties judges every mutant of the package by the properties alone.
func properties(ctx context.Context, c config, w io.Writer) error {
	all, err := listed(ctx, c, w)
	if err != nil {
		return err
	}
	src, err := parse(c.pkg)
	if err != nil {
		return err
	}
	if err := all.sort(src); err != nil {
		return err
	}
	b, err := newBench(ctx, c, src, all.numbered(func(m *mutant) bool { return m.Status == runnable }))
	if err != nil {
		return err
	}
	defer b.remove()
	fmt.Fprintf(w, "%d mutants are built in\n", len(b.mutants))
	began := time.Now()
	b.each(ctx, c, w)
	all.take(b.mutants)
	all.Scenarios = b.known
	all.countProperties()
	if err := all.saveProperties(c.out); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%s\n%s; written: %s.json, %s.txt\n", all.summaryProperties(), time.Since(began).Round(time.Second), c.out, c.out)
	if all.Score < c.min {
		return fmt.Errorf("%.2f %% of the mutants that change an edge were killed, %.2f %% are asked for", all.Score, c.min)
	}
	return ctx.Err()
}

// listed asks gremlins for its mutants of the package, in order, without testing any.
func listed(ctx context.Context, c config, w io.Writer) (*report, error) {
	st, err := newStage(ctx, c.pkg)
	if err != nil {
		return nil, err
	}
	defer st.remove()
	tests, err := filepath.Glob(filepath.Join(st.dir(), "*_test.go"))
	if err != nil {
		return nil, err
	}
	for _, name := range tests {
		if err := os.Remove(name); err != nil {
			return nil, err
		}
	}
	var said bytes.Buffer
	r, err := gremlins(ctx, c, st, &said, "--dry-run")
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, &said)
	}
	for i := range r.Files {
		for j := range r.Files[i].Mutants {
			r.Files[i].Mutants[j].Status = runnable
		}
	}
	if err := r.arrange(st.dir()); err != nil {
		return nil, err
	}
	r.count()
	fmt.Fprintf(w, "gremlins lists %d mutants\n", r.Total)
	return r, nil
}

// sort tells which of the listed mutants can be built in: those in functions, that compile, and are no constants.
func (r *report) sort(src *source) error {
	for i := range r.Files {
		for j := range r.Files[i].Mutants {
			m := &r.Files[i].Mutants[j]
			if m.Status != runnable {
				continue
			}
			s, err := src.standing(r.Files[i].Name, *m)
			if err != nil {
				return err
			}
			m.Status = s
		}
	}
	return nil
}

// numbered lists some of the report's mutants, with numbers from 1.
func (r *report) numbered(wanted func(*mutant) bool) []numbered {
	var list []numbered
	for i := range r.Files {
		for j := range r.Files[i].Mutants {
			if m := &r.Files[i].Mutants[j]; wanted(m) {
				list = append(list, numbered{*m, r.Files[i].Name, len(list) + 1})
			}
		}
	}
	return list
}

// take puts what became of mutants into the report.
func (r *report) take(mutants []numbered) {
	for i := range r.Files {
		for j := range r.Files[i].Mutants {
			m := &r.Files[i].Mutants[j]
			for _, n := range mutants {
				if n.file == r.Files[i].Name && n.Line == m.Line && n.Column == m.Column && n.Type == m.Type {
					*m = n.mutant
				}
			}
		}
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

// propertiesSample judges again some of the mutants that the committed result calls killed.
func propertiesSample(ctx context.Context, c config, w io.Writer) error {
	committed, err := load(c.out)
	if err != nil {
		return err
	}
	if c.seed == "" {
		commit, err := output(ctx, ".", "git", "rev-parse", "HEAD")
		if err != nil {
			return err
		}
		c.seed = strings.TrimSpace(commit)
	}
	today, err := listed(ctx, c, w)
	if err != nil {
		return err
	}
	was, now := committed.spots(), today.spots()
	var there []spot
	all := 0
	for s, v := range was {
		if v != killed {
			continue
		}
		all++
		if _, ok := now[s]; ok {
			there = append(there, s)
		}
	}
	fmt.Fprintf(w, "committed result: %d mutants killed; %d of them are in the source today\n", all, len(there))
	if len(there) == 0 || 2*len(there) < all {
		return errors.New("the committed result is out of date: run make mutate-properties and commit what it writes")
	}
	chosen := drawn(there, c.seed, c.count)
	src, err := parse(c.pkg)
	if err != nil {
		return err
	}
	i := 0
	list := today.numbered(func(*mutant) bool { return true })
	names := today.spotList()
	list = slices.DeleteFunc(list, func(numbered) bool { i++; return !slices.Contains(chosen, names[i-1]) })
	for i := range list {
		list[i].number = i + 1
	}
	b, err := newBench(ctx, c, src, list)
	if err != nil {
		return err
	}
	defer b.remove()
	fmt.Fprintf(w, "sample: %d of them, picked by %s\n", len(list), c.seed)
	b.each(ctx, c, w)
	worse := 0
	for _, m := range b.mutants {
		if m.Status != killed {
			worse++
		}
	}
	fmt.Fprintf(w, "sample: %d mutants, %d killed again, %d not any more\n", len(list), len(list)-worse, worse)
	if worse > 0 {
		return fmt.Errorf("%d of %d mutants were killed once by a property and are not any more", worse, len(list))
	}
	return ctx.Err()
}

// drawn are count of the spots, in an order that the seed decides.
func drawn(spots []spot, seed string, count int) []spot {
	ticket := func(s spot) string {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d %s %s %d", seed, s.file, s.place.nth, s.text, s.kind, s.nth))
		return string(sum[:])
	}
	slices.SortFunc(spots, func(a, b spot) int { return cmp.Compare(ticket(a), ticket(b)) })
	return spots[:min(count, len(spots))]
}
