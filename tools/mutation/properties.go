package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// What becomes of a mutant that the properties alone judge, besides killed, lived, timed out and not viable.
const (
	unchanged  status = "UNCHANGED"   // its place is reached, but the edges of every small scenario are what they were
	notReached status = "NOT REACHED" // no step of a small scenario comes to its place
	unjudged   status = "UNJUDGED"    // it changes the edges of a scenario, but makes it too large to be judged
)

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
