package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// place is a mutated line, known by its text, so that it is found again when the lines above it have changed.
type place struct {
	file string
	text string // without the space around it
	nth  int    // which of the file's lines with this text, from 1
}

// spot is a mutant, known by its place.
type spot struct {
	place
	kind string
	nth  int // which of the line's mutants of this kind, from 1
}

// sample tests again some of the mutants that the committed result calls killed. Which ones depends on the seed alone.
func sample(ctx context.Context, c config, w io.Writer) error {
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
	st, err := newStage(ctx, c.pkg)
	if err != nil {
		return err
	}
	defer st.remove()

	was := committed.spots()
	lines := killedLines(was)
	where, err := st.locate(lines)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "committed result: %d mutants killed; of their %d lines %d are in the source today\n",
		committed.Killed, len(lines), len(where))
	if len(where) == 0 || 2*len(where) < len(lines) {
		return errors.New("the committed result is out of date: run make mutate and commit what it writes")
	}
	chosen := choose(lines, where, c.seed, c.count)
	fmt.Fprintf(w, "sample: %d of these lines, picked by %s\n", len(chosen), c.seed)
	if err := st.pretend(ctx, chosen); err != nil {
		return err
	}
	r, err := unleash(ctx, c, st, w, "--diff", "HEAD")
	if err != nil {
		return err
	}
	return compare(w, chosen, was, r.spots())
}

// spots are the report's mutants by their places.
func (r *report) spots() map[spot]status {
	spots, list, i := make(map[spot]status), r.spotList(), 0
	for _, f := range r.Files {
		for _, m := range f.Mutants {
			spots[list[i]] = m.Status
			i++
		}
	}
	return spots
}

// spotList are the places of the report's mutants, in its order.
func (r *report) spotList() []spot {
	var list []spot
	for _, f := range r.Files {
		line, texts, kinds := 0, make(map[string]int), make(map[string]int)
		for _, m := range f.Mutants {
			if m.Line != line {
				line = m.Line
				texts[m.Source]++
				clear(kinds)
			}
			kinds[m.Type]++
			list = append(list, spot{place{f.Name, m.Source, texts[m.Source]}, m.Type, kinds[m.Type]})
		}
	}
	return list
}

// killedLines counts the killed mutants of each line that has any. A line where one timed out is left out: it would
// cost the whole time limit, and show nothing.
func killedLines(spots map[spot]status) map[place]int {
	lines := make(map[place]int)
	for s, v := range spots {
		if v == killed {
			lines[s.place]++
		}
	}
	for s, v := range spots {
		if v == timedOut {
			delete(lines, s.place)
		}
	}
	return lines
}

// locate finds lines in today's source: their numbers, of those that are still there.
func (s stage) locate(lines map[place]int) (map[place]int, error) {
	names := make(map[string]bool)
	for p := range lines {
		names[p.file] = true
	}
	all, err := filepath.Glob(filepath.Join(s.dir(), "*.go"))
	if err != nil {
		return nil, err
	}
	where := make(map[place]int)
	for _, full := range all {
		name := filepath.Base(full)
		if !names[name] {
			continue
		}
		source, err := readLines(full)
		if err != nil {
			return nil, err
		}
		seen := make(map[string]int)
		for i, text := range source {
			text = strings.TrimSpace(text)
			seen[text]++
			if p := (place{name, text, seen[text]}); lines[p] > 0 {
				where[p] = i + 1
			}
		}
	}
	return where, nil
}

// choose picks lines that are still there, in an order that the seed decides, until they have count killed mutants. The
// result says where they are.
func choose(lines, where map[place]int, seed string, count int) map[place]int {
	type ticket struct {
		draw [sha256.Size]byte
		place
	}
	tickets := make([]ticket, 0, len(where))
	for p := range where {
		tickets = append(tickets, ticket{sha256.Sum256(fmt.Appendf(nil, "%s %s %d %s", seed, p.file, p.nth, p.text)), p})
	}
	slices.SortFunc(tickets, func(a, b ticket) int { return bytes.Compare(a.draw[:], b.draw[:]) })
	chosen := make(map[place]int)
	for _, t := range tickets {
		if count <= 0 {
			break
		}
		chosen[t.place] = where[t.place]
		count -= lines[t.place]
	}
	return chosen
}

// pretend makes the stage a git repository whose only commit differs from the files in just the chosen lines. Gremlins,
// told to look at what has changed since, then tests the mutants of these lines.
func (s stage) pretend(ctx context.Context, chosen map[place]int) error {
	marked := make(map[string]map[int]bool)
	for p, line := range chosen {
		if marked[p.file] == nil {
			marked[p.file] = make(map[int]bool)
		}
		marked[p.file][line] = true
	}
	for _, args := range [][]string{
		{"init", "--quiet"},
		{"config", "user.name", "mutation"},
		{"config", "user.email", "mutation@localhost"},
	} {
		if _, err := output(ctx, s.root, "git", args...); err != nil {
			return err
		}
	}
	truth := make(map[string][]byte)
	for name, lines := range marked {
		source, err := readLines(filepath.Join(s.dir(), name))
		if err != nil {
			return err
		}
		file := path.Join(s.pkg, name)
		truth[file] = []byte(strings.Join(source, "\n"))
		for line := range lines {
			source[line-1] += " // differs"
		}
		if err := s.write(file, []byte(strings.Join(source, "\n")), 0o600); err != nil {
			return err
		}
		if _, err := output(ctx, s.root, "git", "add", "--force", file); err != nil {
			return err
		}
	}
	if _, err := output(ctx, s.root, "git", "commit", "--quiet", "--no-gpg-sign", "--no-verify", "-m", "base"); err != nil {
		return err
	}
	for file, data := range truth {
		if err := s.write(file, data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// compare reports what became of the sample, and fails if the tests no longer kill what they once did.
func compare(w io.Writer, chosen map[place]int, was, now map[spot]status) error {
	sampled := make([]spot, 0, len(chosen))
	for s, v := range was {
		if _, ok := chosen[s.place]; ok && v == killed {
			sampled = append(sampled, s)
		}
	}
	slices.SortFunc(sampled, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(chosen[a.place], chosen[b.place]),
			cmp.Compare(a.kind, b.kind), cmp.Compare(a.nth, b.nth))
	})
	again, slow, worse := 0, 0, 0
	for _, s := range sampled {
		switch now[s] {
		case killed:
			again++
		case timedOut:
			slow++
			fmt.Fprintf(w, "timed out, was killed: %s:%d  %s  %s\n", s.file, chosen[s.place], s.kind, s.text)
		default:
			worse++
			fmt.Fprintf(w, "%s, was killed: %s:%d  %s  %s\n",
				cmp.Or(strings.ToLower(string(now[s])), "gone"), s.file, chosen[s.place], s.kind, s.text)
		}
	}
	fmt.Fprintf(w, "sample: %d mutants, %d killed again, %d timed out, %d not killed any more\n", len(sampled), again, slow, worse)
	if worse > 0 {
		return fmt.Errorf("%d of %d mutants were killed once and are not any more", worse, len(sampled))
	}
	return nil
}
