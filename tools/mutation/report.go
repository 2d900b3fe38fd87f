package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// report is the result in gremlins' own format, corrected, in a fixed order, without the time it took, and with the
// text of each mutated line, by which a mutant is found again after the code around it has moved.
type report struct {
	Module     string  `json:"go_module"`
	Files      []file  `json:"files"`
	Efficacy   float64 `json:"test_efficacy"`      // killed, of those that a test ran: gremlins' figure, and the one judged
	Coverage   float64 `json:"mutations_coverage"` // those that a test ran, of all: gremlins' figure
	Score      float64 `json:"killed_percent"`     // killed, of all viable ones inside functions, also those that gremlins takes for not covered
	Total      int     `json:"mutants_total"`
	Killed     int     `json:"mutants_killed"`
	Lived      int     `json:"mutants_lived"`
	TimedOut   int     `json:"mutants_timed_out"`
	NotCovered int     `json:"mutants_not_covered"`
	Outside    int     `json:"mutants_outside_functions"` // in constants and package variables, whose coverage Go does not measure
	NotViable  int     `json:"mutants_not_viable"`

	// Only where the properties alone have judged.
	Scenarios  []figures `json:"scenarios,omitempty"` // the small ones, with nothing mutated
	Unchanged  int       `json:"mutants_unchanged,omitempty"`
	NotReached int       `json:"mutants_not_reached,omitempty"`
	Unjudged   int       `json:"mutants_unjudged,omitempty"`
}

type file struct {
	Name    string   `json:"file_name"`
	Mutants []mutant `json:"mutations"`
}

type mutant struct {
	Type   string `json:"type"`
	Status status `json:"status"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Source string `json:"source"`

	Changed []string `json:"changed,omitempty"` // the small scenarios whose edges it changes, up to the one that killed it
	Fell    []string `json:"fell,omitempty"`    // the claims that fell there
	Doubt   string   `json:"doubt,omitempty"`
}

// status is what became of a mutant, in gremlins' words, and one of ours.
type status string

const (
	killed     status = "KILLED"
	lived      status = "LIVED"
	timedOut   status = "TIMED OUT"
	notCovered status = "NOT COVERED"
	outside    status = "OUTSIDE FUNCTIONS"
	notViable  status = "NOT VIABLE"
	skipped    status = "SKIPPED"  // only while sampling
	runnable   status = "RUNNABLE" // only while nothing has been run
)

// correct puts the report in order and mends what gremlins cannot know.
func (r *report) correct(st stage) error {
	src, err := parse(st.dir())
	if err != nil {
		return err
	}
	if err := r.arrange(st.dir()); err != nil {
		return err
	}
	for i := range r.Files {
		f := &r.Files[i]
		for j := range f.Mutants {
			m := &f.Mutants[j]
			if m.Status, err = src.verdict(f.Name, *m); err != nil {
				return err
			}
		}
	}
	r.count()
	return nil
}

// arrange puts the report in order, and notes the text of the lines.
func (r *report) arrange(dir string) error {
	for i := range r.Files {
		f := &r.Files[i]
		lines, err := readLines(filepath.Join(dir, f.Name))
		if err != nil {
			return err
		}
		for j := range f.Mutants {
			m := &f.Mutants[j]
			if m.Line > len(lines) {
				return fmt.Errorf("BUG: %s:%d: no such line", f.Name, m.Line)
			}
			m.Source = strings.TrimSpace(lines[m.Line-1])
		}
		slices.SortFunc(f.Mutants, func(a, b mutant) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Type, b.Type))
		})
	}
	slices.SortFunc(r.Files, func(a, b file) int { return cmp.Compare(a.Name, b.Name) })
	return nil
}

// count computes the figures from the mutants.
func (r *report) count() {
	n := make(map[status]int)
	for _, f := range r.Files {
		for _, m := range f.Mutants {
			n[m.Status]++
		}
	}
	r.Killed, r.Lived, r.TimedOut = n[killed], n[lived], n[timedOut]
	r.NotCovered, r.Outside, r.NotViable = n[notCovered], n[outside], n[notViable]
	viable := r.Killed + r.Lived + r.TimedOut + r.NotCovered + n[runnable]
	r.Total = viable + r.Outside + r.NotViable
	r.Efficacy = percent(r.Killed, r.Killed+r.Lived)
	r.Coverage = percent(r.Killed+r.Lived, r.Killed+r.Lived+r.NotCovered)
	r.Score = percent(r.Killed, viable)
}

func percent(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part*10000/whole) / 100
}

// summary is the report for people.
func (r *report) summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "mutants              %6d\n", r.Total)
	fmt.Fprintf(&b, "killed               %6d   %.2f %% of the viable ones inside functions\n", r.Killed, r.Score)
	fmt.Fprintf(&b, "lived                %6d   efficacy %.2f %%\n", r.Lived, r.Efficacy)
	fmt.Fprintf(&b, "not covered          %6d   no test runs them\n", r.NotCovered)
	fmt.Fprintf(&b, "timed out            %6d   not counted as killed\n", r.TimedOut)
	fmt.Fprintf(&b, "outside functions    %6d   not tested: Go measures no coverage there\n", r.Outside)
	fmt.Fprintf(&b, "not viable           %6d   do not compile; not counted\n", r.NotViable)
	for _, s := range []status{lived, notCovered, timedOut, outside} {
		title := false
		for _, f := range r.Files {
			for _, m := range f.Mutants {
				if m.Status != s {
					continue
				}
				if !title {
					fmt.Fprintf(&b, "\n%s\n", strings.ToLower(string(s)))
					title = true
				}
				fmt.Fprintf(&b, "  %s:%d:%d  %s  %s\n", f.Name, m.Line, m.Column, m.Type, m.Source)
			}
		}
	}
	return b.String()
}

// save writes the report as JSON and as text.
func (r *report) save(out string) error { return r.write(out, r.summary()) }

func (r *report) write(out, text string) error {
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	var data bytes.Buffer
	enc := json.NewEncoder(&data)
	enc.SetEscapeHTML(false) // the lines of source stay readable
	enc.SetIndent("", " ")
	if err := enc.Encode(r); err != nil {
		return err
	}
	if err := os.WriteFile(out+".json", data.Bytes(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(out+".txt", []byte(text), 0o644)
}

// load reads a committed report.
func load(out string) (*report, error) {
	data, err := os.ReadFile(out + ".json")
	if err != nil {
		return nil, fmt.Errorf("no committed result (make mutate writes it): %w", err)
	}
	r := new(report)
	if err := json.Unmarshal(data, r); err != nil {
		return nil, fmt.Errorf("%s.json: %w", out, err)
	}
	return r, nil
}

func readLines(name string) ([]string, error) {
	data, err := os.ReadFile(name)
	return strings.Split(string(data), "\n"), err
}
