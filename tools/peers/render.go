package main

import (
	_ "embed"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"text/template"
)

//go:embed page.md
var pageText string

// renderFile writes the page of the committed results.
func renderFile() error {
	r, err := loadResults(results)
	if err != nil {
		return err
	}
	text, err := render(r)
	if err != nil {
		return err
	}
	return os.WriteFile(page, []byte(text), 0o644) //nolint:gosec // not secret
}

// render is the page of the results.
func render(r *Results) (string, error) {
	t, err := template.New("page").Funcs(template.FuncMap{
		"timings": func(title string) string { return timings(r, title) },
		"targets": func() string { return targetTable(r) },
		"compact": func() string { return compactTable(r) },
		"wins":    func() string { return wins(r) },
		"loads":   func() string { return loads(r) },

		"estimates": func() string { return estimates(r) },
	}).Parse(pageText)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, r)
	return b.String(), err
}

// timings is the table of a size.
func timings(r *Results, title string) string {
	var b strings.Builder
	b.WriteString("| checker | runs | seconds | from - to | processor, s | states/s | transitions/s | memory, MB | bytes per state |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, j := range jobs() {
		list := r.Rows[j.key()]
		if j.title != title || len(list) == 0 || compacts(&j) {
			continue
		}
		low := slices.MinFunc(list, func(x, y Sample) int { return int(math.Copysign(1, x.Wall-y.Wall)) }).Wall
		high := slices.MaxFunc(list, func(x, y Sample) int { return int(math.Copysign(1, x.Wall-y.Wall)) }).Wall
		seconds := median(list, wall)
		fmt.Fprintf(&b, "| %s | %d | %s | %s - %s | %s | %s | %s | %s | %s |\n", j.name, len(list), figure(seconds), figure(low), figure(high),
			figure(median(list, cpu)), thousands(float64(list[0].States)/seconds), thousands(float64(list[0].Transitions)/seconds),
			thousands(median(list, memory)/1e6), figure(median(list, memory)/float64(list[0].States)))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func compacts(j *job) bool { return strings.Contains(j.name, "compact") }

// compactTable is what hash compaction costs and loses.
func compactTable(r *Results) string {
	var b strings.Builder
	b.WriteString("| size | runs | seconds | memory, MB | states found | states lost |\n|---|--:|--:|--:|--:|--:|\n")
	for _, j := range jobs() {
		list := r.Rows[j.key()]
		if !compacts(&j) || len(list) == 0 {
			continue
		}
		lost := j.size.states - list[0].States
		fmt.Fprintf(&b, "| %s | %d | %s | %s | %s | %s (%.4f %%) |\n", j.title, len(list), figure(median(list, wall)), thousands(median(list, memory)/1e6),
			thousands(float64(list[0].States)), thousands(float64(lost)), 100*float64(lost)/float64(j.size.states))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// targetTable holds the results against what was aimed at.
func targetTable(r *Results) string {
	var b strings.Builder
	b.WriteString("| against, or of ourselves | asked | by the clock | by processor time | |\n|---|--:|--:|--:|---|\n")
	for _, t := range targets() {
		byWall, byCPU := t.value(r, wall), t.value(r, cpu)
		asked := "at least "
		if t.most {
			asked = "at most "
		}
		show := func(v float64) string {
			if v < 0 {
				return ""
			}
			return figure(v) + t.unit
		}
		second := show(byCPU)
		if t.nocpu {
			second = ""
		}
		fmt.Fprintf(&b, "| %s | %s%s%s | %s | %s | %s |\n", t.text, asked, figure(t.at), t.unit, show(byWall), second, t.verdict(byWall, byCPU))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// wins tells in what a peer does better than the best of our own rows of the same size and claims.
func wins(r *Results) string {
	quantities := []struct {
		name string
		of   func(Sample) float64
	}{{"time", wall}, {"processor time", cpu}, {"memory", memory}}
	var lines []string
	for _, j := range jobs() {
		list := r.Rows[j.key()]
		if len(list) == 0 || strings.HasPrefix(j.name, "finwait") {
			continue
		}
		own := fmt.Sprintf("%s/finwait, safety, %d thread", j.title, j.threads)
		if j.threads > 1 {
			own += "s"
		}
		for _, q := range quantities {
			if us, they := median(r.Rows[own], q.of), median(list, q.of); us > they && they > 0 {
				lines = append(lines, fmt.Sprintf("- %s, %s: %s, %.2f of what we need", j.name, j.title, q.name, they/us))
			}
		}
	}
	if len(lines) == 0 {
		return "In none of these rows, neither in time, nor in processor time, nor in memory."
	}
	return strings.Join(lines, "\n")
}

// estimates are what the large size would take those that were not run at it, at their speed at the small one.
func estimates(r *Results) string {
	var list []string
	for _, name := range []string{"rumur, 1 thread", "TLC, 2 workers"} {
		if seconds := median(r.Rows["small/"+name], wall); seconds > 0 {
			seconds *= float64(large.transitions) / float64(small.transitions)
			list = append(list, fmt.Sprintf("%s: %s minutes", name, figure(seconds/60)))
		}
	}
	if len(list) == 0 {
		return ""
	}
	return "; at their speed at the small one it would take " + strings.Join(list, ", ")
}

// loads tells how busy the machine was.
func loads(r *Results) string {
	var all []Sample
	for _, list := range r.Rows {
		all = append(all, list...)
	}
	if len(all) == 0 {
		return "nothing was timed yet"
	}
	low := slices.MinFunc(all, func(x, y Sample) int { return int(math.Copysign(1, x.Load-y.Load)) }).Load
	high := slices.MaxFunc(all, func(x, y Sample) int { return int(math.Copysign(1, x.Load-y.Load)) }).Load
	return fmt.Sprintf("%.1f, from %.1f to %.1f", median(all, busy), low, high)
}

// figure is a number with three figures that mean something.
func figure(x float64) string {
	switch {
	case x >= 1000:
		return thousands(x)
	case x >= 100:
		return fmt.Sprintf("%.0f", x)
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.2f", x)
}

// thousands is a whole number in groups of three digits.
func thousands(x float64) string {
	s := fmt.Sprintf("%.0f", x)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
