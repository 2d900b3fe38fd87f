package main

import (
	"time"

	"finwait/properties"
	"finwait/properties/why"
)

// whySchema documents the lines of why --json.
const whySchema = `
--json writes one object per line, the same for any --workers but for seconds:

  base       scenario, bounds, options (as in check --json), states, claims [names of those
             that hold there]: the intact machine, once per scenario
  mechanism  name, part, clause, text, without, how (the flags that remove it), scenarios
             [{name, octets, inflight, states, doubt}] (where it was there to remove),
             falls [{number, name, kind, runs [run]}], deadlocks [run], unreached [{number,
             name, scenarios, nowhere}] (witnesses), vacuous (the same, of premises), arrows
             [those never taken any more], verdict falls|nothing, inconclusive (why);
             a run is {scenario, steps, loop, deadlocks}, the shortest of its claim there
  run        mechanism, number, name ("deadlock" has no number), scenario, trace [steps], loop:
             the shortest run of a claim over all scenarios
  suite      mechanisms [names judged], notRun [names], nothing [names without which nothing
             falls], inconclusive (why), exit, seconds

--list --json: name, part, clause, text, without, how.
`

type whyEntry struct {
	Name    string `json:"name"`
	Part    string `json:"part"`
	Clause  string `json:"clause"`
	Text    string `json:"text"`
	Without string `json:"without"`
	How     string `json:"how"`
}

func whyEntryOf(m *why.Mechanism) whyEntry {
	return whyEntry{m.Name, string(m.Part), m.Clause, m.Text, m.Without, m.How()}
}

type whyBaseLine struct {
	Type     string     `json:"type"`
	Scenario string     `json:"scenario"`
	Bounds   boundsJSON `json:"bounds"`
	Options  []string   `json:"options"`
	States   int        `json:"states"`
	Claims   []string   `json:"claims"`
}

type whyPlace struct {
	Name     string `json:"name"`
	Octets   [2]int `json:"octets"`
	InFlight int    `json:"inflight"`
	States   int    `json:"states"`
	Doubt    string `json:"doubt,omitempty"`
}

type whyRun struct {
	Scenario  string `json:"scenario"`
	Steps     int    `json:"steps"`
	Loop      *int   `json:"loop,omitempty"`
	Deadlocks int    `json:"deadlocks,omitempty"`
}

type whyFall struct {
	Number string   `json:"number"`
	Name   string   `json:"name"`
	Kind   string   `json:"kind"`
	Runs   []whyRun `json:"runs"`
}

type whyLost struct {
	Number    string   `json:"number"`
	Name      string   `json:"name"`
	Scenarios []string `json:"scenarios"`
	Nowhere   bool     `json:"nowhere"`
}

type whyMechanismLine struct {
	Type string `json:"type"`
	whyEntry
	Scenarios    []whyPlace `json:"scenarios"`
	Falls        []whyFall  `json:"falls"`
	Deadlocks    []whyRun   `json:"deadlocks"`
	Unreached    []whyLost  `json:"unreached"`
	Vacuous      []whyLost  `json:"vacuous"`
	Arrows       []string   `json:"arrows"`
	Verdict      string     `json:"verdict"`
	Inconclusive string     `json:"inconclusive,omitempty"`
}

type whyRunLine struct {
	Type      string     `json:"type"`
	Mechanism string     `json:"mechanism"`
	Number    string     `json:"number,omitempty"`
	Name      string     `json:"name"`
	Scenario  string     `json:"scenario"`
	Trace     []stepJSON `json:"trace"`
	Loop      *int       `json:"loop,omitempty"`
}

type whySuiteLine struct {
	Type         string   `json:"type"`
	Mechanisms   []string `json:"mechanisms"`
	NotRun       []string `json:"notRun"`
	Nothing      []string `json:"nothing"`
	Inconclusive string   `json:"inconclusive,omitempty"`
	Exit         int      `json:"exit"`
	Seconds      float64  `json:"seconds"`
}

// whyJSON writes the findings for machines.
type whyJSON struct{ a *app }

func (j *whyJSON) begin(base []properties.Result) {
	for i := range base {
		r := &base[i]
		line := whyBaseLine{
			"base", r.Scenario.Name, boundsOf(r.Bounds), orEmpty(r.Bounds.Options.Names()), r.Figures.States, []string{},
		}
		for _, o := range r.Outcomes {
			if verdictWord(o.Verdict, false) == "holds" {
				line.Claims = append(line.Claims, o.Claim.Name)
			}
		}
		j.a.out.line(line)
	}
}

func (j *whyJSON) finding(f *why.Finding) {
	line := whyMechanismLine{
		Type: "mechanism", whyEntry: whyEntryOf(&f.Mechanism), Scenarios: []whyPlace{}, Falls: []whyFall{},
		Deadlocks: runsOf(f.Deadlocks), Unreached: []whyLost{}, Vacuous: []whyLost{}, Arrows: orEmpty(f.Arrows),
		Verdict: "falls", Inconclusive: f.CutOff,
	}
	if f.Nothing() {
		line.Verdict = "nothing"
	}
	for _, p := range f.Places {
		line.Scenarios = append(line.Scenarios, whyPlace{p.Scenario, p.Bounds.Octets, p.Bounds.InFlight, p.States, p.Doubt})
	}
	for _, x := range f.Falls {
		line.Falls = append(line.Falls, whyFall{x.Claim.Number, x.Claim.Name, string(x.Claim.Kind), runsOf(x.Runs)})
	}
	for _, l := range f.Lost {
		lost := whyLost{l.Claim.Number, l.Claim.Name, l.Scenarios, l.Nowhere}
		if l.Claim.Kind == properties.Witness {
			line.Unreached = append(line.Unreached, lost)
		} else {
			line.Vacuous = append(line.Vacuous, lost)
		}
	}
	j.a.out.encode(line)
	for i := range f.Falls {
		c := &f.Falls[i].Claim
		j.run(f.Name, c.Number, c.Name, &f.Falls[i].Runs[0])
	}
	if len(f.Deadlocks) > 0 {
		j.run(f.Name, "", "deadlock", &f.Deadlocks[0])
	}
	j.a.out.Flush() //nolint:errcheck // the first error is kept
}

func (j *whyJSON) run(mechanism, number, name string, e *why.Evidence) {
	line := whyRunLine{Type: "run", Mechanism: mechanism, Number: number, Name: name, Scenario: e.Scenario}
	line.Trace, line.Loop = traceJSON(e.System, e.Trace)
	j.a.out.encode(line)
}

func runsOf(list []why.Evidence) []whyRun {
	runs := []whyRun{}
	for i := range list {
		e := &list[i]
		r := whyRun{Scenario: e.Scenario, Steps: e.Steps(), Deadlocks: e.Count}
		if e.Trace.Loop >= 0 {
			r.Loop = &e.Trace.Loop
		}
		runs = append(runs, r)
	}
	return runs
}

func (j *whyJSON) end(s *whySum) {
	line := whySuiteLine{
		Type: "suite", Mechanisms: []string{}, NotRun: []string{}, Nothing: []string{},
		Inconclusive: s.cutOff, Exit: s.exitCode, Seconds: time.Since(s.began).Seconds(),
	}
	for i := range s.done {
		line.Mechanisms = append(line.Mechanisms, s.done[i].Name)
		if s.done[i].Nothing() {
			line.Nothing = append(line.Nothing, s.done[i].Name)
		}
	}
	for _, m := range s.asked[len(s.done):] {
		line.NotRun = append(line.NotRun, m.Name)
	}
	j.a.out.line(line)
}
