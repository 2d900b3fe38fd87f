package conformance

import (
	"slices"

	"finwait/model"
)

// Cell is one state and one kind of event: how many cases ended how.
type Cell [numOutcomes]int

// Total is the number of cases in the cell.
func (c *Cell) Total() (n int) {
	for _, k := range c {
		n += k
	}
	return n
}

// Worst is the outcome that the cell stands for: the worst that there is, and
// skipped only if everything was.
func (c *Cell) Worst() Outcome {
	for _, o := range []Outcome{Broken, Deviation, Unreached, Variant, Pass} {
		if c[o] > 0 {
			return o
		}
	}
	return Skipped
}

// Report is what became of a run of cases.
type Report struct {
	Cells     map[model.State]map[string]*Cell
	Columns   []string // in the order in which they came
	Count     Cell
	Readings  map[string]int // how many cases needed the reading
	Different []Result       // deviations, unreached and broken ones
}

// NewReport is a report of nothing.
func NewReport() *Report {
	return &Report{Cells: map[model.State]map[string]*Cell{}, Readings: map[string]int{}}
}

// Add counts a result.
func (r *Report) Add(res *Result) {
	c := res.Case
	row := r.Cells[c.State]
	if row == nil {
		row = map[string]*Cell{}
		r.Cells[c.State] = row
	}
	if row[c.Event] == nil {
		row[c.Event] = &Cell{}
	}
	if !slices.Contains(r.Columns, c.Event) {
		r.Columns = append(r.Columns, c.Event)
	}
	row[c.Event][res.Outcome]++
	r.Count[res.Outcome]++
	for _, n := range res.Readings {
		r.Readings[n]++
	}
	switch res.Outcome {
	case Deviation, Unreached, Broken:
		r.Different = append(r.Different, *res)
	}
}

// Finding is one deviation of a stack: what it does, in one state, against one
// clause, however many cases show it. Cases[0] is the shortest.
type Finding struct {
	State  model.State
	Clause model.Clause
	Input  string // the kind of input at which it deviates
	Cases  []*Result
}

// Findings groups the deviations: the same state, kind of input, clause and
// kind of answer are one finding. They are in the order of the cases.
func (r *Report) Findings() []Finding {
	type id struct {
		state  model.State
		clause model.Clause
		input  string
		broken bool
	}
	at := map[id]int{}
	var out []Finding
	for i := range r.Different {
		res := &r.Different[i]
		k := id{input: res.inputKind(), broken: res.Outcome == Broken}
		if len(res.States) > 0 {
			k.state = res.States[0]
		}
		if len(res.Want) > 0 {
			k.clause = res.Want[0].Clause
		}
		j, ok := at[k]
		if !ok {
			j = len(out)
			at[k] = j
			out = append(out, Finding{State: k.state, Clause: k.clause, Input: k.input})
		}
		out[j].Cases = append(out[j].Cases, res)
	}
	for i := range out {
		slices.SortStableFunc(out[i].Cases, func(a, b *Result) int { return a.At - b.At })
	}
	return out
}

// inputKind is what the input at which the case ended is: a call, or the kind of
// a segment.
func (res *Result) inputKind() string {
	if res.At >= len(res.Case.Inputs) {
		return "end"
	}
	in := res.Case.Inputs[res.At]
	if in.Op != Inject {
		return in.Op.String()
	}
	for _, k := range kinds {
		if k.ctl == in.Segment.CTL && (k.txt > 0) == (in.Segment.TXT > 0) {
			return k.name
		}
	}
	return in.Segment.CTL.String()
}
