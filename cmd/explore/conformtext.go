package main

import (
	"fmt"
	"maps"
	"slices"

	"finwait/conformance"
	"finwait/model"
)

// conformMarks are the outcomes in the matrix.
var conformMarks = map[conformance.Outcome]string{
	conformance.Pass: ".", conformance.Variant: "v", conformance.Deviation: "D",
	conformance.Unreached: "u", conformance.Broken: "B", conformance.Skipped: "-",
}

// conformText writes the deviations, the matrix and the count.
func (a *app) conformText(f *conformFlags, r *conformance.Report) {
	findings := r.Findings()
	if !f.quiet {
		for i, d := range findings {
			fmt.Fprintf(a.out, "%d. %v, %s: %v; %s\n\n", i+1, d.State, d.Input, d.Clause, counted(len(d.Cases), "case"))
			for _, res := range d.Cases[:min(f.ladders, len(d.Cases))] {
				fmt.Fprintln(a.out, res.Ladder())
			}
		}
	}
	a.conformMatrix(r)
	for _, name := range slices.Sorted(maps.Keys(r.Readings)) {
		d, _ := model.Lookup(name)
		fmt.Fprintf(a.out, "reading %s: %s; %s\n", name, d.Text, counted(r.Readings[name], "case"))
	}
	fmt.Fprintf(a.out, "%s\n%s\n", counted(len(findings), "deviation"), r.Summary())
}

// conformMatrix writes the worst outcome of each cell: states by events.
func (a *app) conformMatrix(r *conformance.Report) {
	for i, c := range r.Columns {
		fmt.Fprintf(a.out, "%14s", "")
		for range i {
			fmt.Fprint(a.out, "| ")
		}
		fmt.Fprintln(a.out, c)
	}
	for s := range model.NumStates {
		if r.Cells[s] == nil {
			continue
		}
		fmt.Fprintf(a.out, "%-14s", s)
		for _, c := range r.Columns {
			mark := " "
			if cell := r.Cells[s][c]; cell != nil {
				mark = conformMarks[cell.Worst()]
			}
			fmt.Fprintf(a.out, "%s ", mark)
		}
		fmt.Fprintln(a.out)
	}
	fmt.Fprintln(a.out, ". pass   v variant   D deviation   u unreached   B broken   - skipped")
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
