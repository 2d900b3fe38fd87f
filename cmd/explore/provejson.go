package main

import (
	"finwait/checker"
	"finwait/properties/proof"
)

// proveSchema documents the lines of prove --json.
const proveSchema = `
--json writes one object per line:

  part     name (of the file), obligations, solvers [{name, open, seconds}]
  open     part, obligation, solver, answer sat|unsat|unknown; if there is a counterexample to
           induction before, after {A: {variable: value}, B}, arrives, sent (segments), states
           (searched for a run to it), cutOff (why not all of them), trace [steps] (the run)
  machine  option, scenario, steps, refused (why the relation does not have the last), trace
           [steps]: the machine with a bug that was planted
  proof    solvers [{name, version, seconds}], obligations, refuted, unknown, inconclusive
           (why), exit
`

type proveJSON struct{ a *app }

type solverJSON struct {
	Name    string  `json:"name"`
	Version string  `json:"version,omitempty"`
	Open    *int    `json:"open,omitempty"`
	Seconds float64 `json:"seconds"`
}

type partLine struct {
	Type        string       `json:"type"`
	Name        string       `json:"name"`
	Obligations int          `json:"obligations"`
	Solvers     []solverJSON `json:"solvers"`
}

func (j *proveJSON) part(p *provedPart) {
	line := partLine{Type: "part", Name: p.name, Obligations: p.obligations, Solvers: []solverJSON{}}
	for i, name := range p.solvers {
		line.Solvers = append(line.Solvers, solverJSON{Name: name, Open: &p.open[i], Seconds: p.took[i].Seconds()})
	}
	j.a.out.line(line)
}

type openLine struct {
	Type       string                       `json:"type"`
	Part       string                       `json:"part"`
	Obligation string                       `json:"obligation"`
	Solver     string                       `json:"solver"`
	Answer     string                       `json:"answer"`
	Before     map[string]map[string]string `json:"before,omitempty"`
	After      map[string]map[string]string `json:"after,omitempty"`
	Arrives    string                       `json:"arrives,omitempty"`
	Sent       string                       `json:"sent,omitempty"`
	States     int                          `json:"states,omitempty"`
	CutOff     string                       `json:"cutOff,omitempty"`
	Trace      []stepJSON                   `json:"trace,omitempty"`
}

func (j *proveJSON) refuted(r *refutation) {
	line := openLine{
		Type: "open", Part: r.open.Part.Name, Obligation: r.open.Obligation.Name, Solver: r.solver, Answer: string(r.open.Answer),
		States: r.search.States, CutOff: r.search.CutOff,
	}
	if c := r.counter; c != nil {
		line.Before, line.After = sidesJSON(&c.Before), sidesJSON(&c.After)
		if c.Arrives != nil {
			line.Arrives = c.Arrives.Segment()
		}
		if c.Sent != nil {
			line.Sent = c.Sent.Segment()
		}
	}
	line.Trace = runJSON(r.search.Run)
	j.a.out.line(line)
}

func runJSON(r *proof.Run) []stepJSON {
	if r == nil {
		return nil
	}
	r.Trace.Loop = checker.NoLoop
	steps, _ := traceJSON(r.System, r.Trace)
	return steps
}

func sidesJSON(sides *[2]proof.Values) map[string]map[string]string {
	m := map[string]map[string]string{}
	for i, name := range []string{"A", "B"} {
		m[name] = map[string]string{}
		for _, v := range sides[i] {
			m[name][v.Name] = v.Text
		}
	}
	return m
}

type machineLine struct {
	Type     string     `json:"type"`
	Option   string     `json:"option"`
	Scenario string     `json:"scenario,omitempty"`
	Steps    int        `json:"steps,omitempty"`
	Refused  string     `json:"refused,omitempty"`
	Trace    []stepJSON `json:"trace,omitempty"`
}

func (j *proveJSON) held(h *heldMachine) {
	line := machineLine{Type: "machine", Option: h.bug}
	if h.Refused != nil {
		line.Scenario, line.Steps, line.Refused, line.Trace = h.scenario, h.After, h.Refused.Error(), runJSON(h.Run)
	}
	j.a.out.line(line)
}

type proofLine struct {
	Type         string       `json:"type"`
	Solvers      []solverJSON `json:"solvers"`
	Obligations  int          `json:"obligations"`
	Refuted      int          `json:"refuted"`
	Unknown      int          `json:"unknown"`
	Inconclusive string       `json:"inconclusive,omitempty"`
	Exit         int          `json:"exit"`
}

func (j *proveJSON) end(s *proveSum) {
	line := proofLine{
		Type: "proof", Solvers: []solverJSON{}, Obligations: s.obligations, Refuted: s.refuted, Unknown: s.unknown,
		Inconclusive: s.cutOff, Exit: s.exitCode,
	}
	for i := range s.solvers {
		line.Solvers = append(line.Solvers, solverJSON{Name: s.solvers[i].Name, Version: s.versions[i], Seconds: s.took[i].Seconds()})
	}
	j.a.out.line(line)
}
