package main

import (
	"time"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// The lines of check --json. The order of the fields is part of the format.

type boundsJSON struct {
	Octets   [2]int       `json:"octets"`
	MSS      int          `json:"mss"`
	InFlight int          `json:"inflight"`
	Channel  string       `json:"channel"`
	Loss     bool         `json:"loss"`
	Dup      any          `json:"dup"` // a number, or "inf"
	Inject   int          `json:"inject,omitempty"`
	ISS      [2]model.Seq `json:"iss"`
	Window   int          `json:"window,omitempty"`
	Start    string       `json:"start"`
	Opens    *[2]string   `json:"opens,omitempty"`
	Aborts   bool         `json:"aborts,omitempty"`
	Resends  bool         `json:"retransmission"`
	AfterFIN bool         `json:"afterFIN,omitempty"`
	TimeWait string       `json:"timeWait"`
	Reader   string       `json:"reader"`
	Crashes  *[2]int      `json:"crashes,omitempty"`
	Reopens  *[2]int      `json:"reopens,omitempty"`
	ISNStep  *uint32      `json:"isnStep,omitempty"`
	Clock    *timedJSON   `json:"clock,omitempty"`
}

type timedJSON struct {
	RTO    int `json:"rto"`
	MSL    int `json:"msl"`
	TwoMSL int `json:"twoMSL"`
	Delay  int `json:"ackDelay"`
	Losses int `json:"losses"`
}

func boundsOf(b system.Bounds) boundsJSON {
	j := boundsJSON{
		Octets: b.Octets, MSS: b.MSS, InFlight: b.InFlight, Channel: "reorder", Loss: b.Loss, Dup: b.Dup, Inject: b.Inject, ISS: b.ISS,
		Window: b.Window, Start: [...]string{"closed", "established", "both-closing"}[b.Start],
		Aborts: b.Aborts, Resends: !b.NoRetransmit, AfterFIN: b.AfterFIN,
		TimeWait: [...]string{"guarded", "free"}[b.TimeWait], Reader: "eager",
	}
	if b.FIFO {
		j.Channel = "fifo"
	}
	if b.Dup == system.Unlimited {
		j.Dup = "inf"
	}
	if b.Crashing() {
		j.Crashes = &b.Crashes
	}
	if b.Reincarnates() {
		j.Reopens, j.ISNStep = &b.Reopens, &b.ISNStep
	}
	if b.Opening() {
		how := [...]string{"never", "passive", "active"}
		j.Opens = &[2]string{how[b.Opens[0]], how[b.Opens[1]]}
	}
	if b.ReceiveMoves {
		j.Reader = "moves"
	}
	if b.Timed.On() {
		clock := timedJSON(b.Timed)
		j.Clock = &clock
	}
	return j
}

type startLine struct {
	Type     string     `json:"type"`
	Scenario string     `json:"scenario"`
	Bounds   boundsJSON `json:"bounds"`
	Options  []string   `json:"options"`
	Dropped  []string   `json:"droppedFairness,omitempty"`
}

type progressLine struct {
	Type        string  `json:"type"`
	Scenario    string  `json:"scenario"`
	States      int     `json:"states"`
	Transitions uint64  `json:"transitions,omitempty"` // so far, where they are counted on the way
	Depth       int     `json:"depth"`
	Frontier    int     `json:"frontier"`
	Rate        int     `json:"statesPerSecond"`
	Seconds     float64 `json:"seconds"`
	Bytes       int64   `json:"bytes"`
	Spilled     int64   `json:"spilled,omitempty"` // bytes on disk
}

type propertyLine struct {
	Type     string     `json:"type"`
	Scenario string     `json:"scenario"`
	Name     string     `json:"name"`
	Number   string     `json:"number"`
	Kind     string     `json:"kind"`
	Verdict  string     `json:"verdict"`
	Premise  uint64     `json:"premise"`
	Clause   string     `json:"clause"`
	Fairness []string   `json:"fairness"`
	Message  string     `json:"message,omitempty"`
	Trace    []stepJSON `json:"trace,omitempty"`
	Loop     *int       `json:"loop,omitempty"`
}

type actionCount struct {
	Name  string `json:"name"`
	Count uint64 `json:"count"`
}

type arrowCount struct {
	From    string `json:"from"`
	Trigger string `json:"trigger"`
	To      string `json:"to"`
	Where   string `json:"where"` // "figure", "text", "option", "bug"
	Count   uint64 `json:"count"`
}

type coverageLine struct {
	Type     string        `json:"type"`
	Scenario string        `json:"scenario"`
	Actions  []actionCount `json:"actions"`
	Arrows   []arrowCount  `json:"arrows"`
	Missing  []string      `json:"missing"` // promised, and never fired
}

type resultLine struct {
	Type         string     `json:"type"`
	Scenario     string     `json:"scenario"`
	Verdict      string     `json:"verdict"`
	States       int        `json:"states"`
	Transitions  uint64     `json:"transitions"`
	Depth        int        `json:"depth"`
	Deadlocks    int        `json:"deadlocks"`
	Digest       string     `json:"digest"`
	Inconclusive string     `json:"inconclusive,omitempty"` // why
	Deadlock     []stepJSON `json:"deadlock,omitempty"`     // the shortest trace to one
	Notes        []string   `json:"notes,omitempty"`
	Seconds      float64    `json:"seconds"`
	Bytes        int64      `json:"bytes"`
	Spilled      int64      `json:"spilled,omitempty"`
}

type witnessLine struct {
	Number  string   `json:"number"`
	Name    string   `json:"name"`
	Reached []string `json:"reached"` // in these scenarios
}

type suiteLine struct {
	Type      string        `json:"type"`
	Scenarios []string      `json:"scenarios"`
	NotRun    []string      `json:"notRun"`
	Witnesses []witnessLine `json:"witnesses"`
	Actions   []actionCount `json:"actions"`
	Arrows    []arrowCount  `json:"arrows"`
	Verdict   string        `json:"verdict"`
	Exit      int           `json:"exit"`
	Seconds   float64       `json:"seconds"`
}

// jsonReport writes the results for machines.
type jsonReport struct {
	a     *app
	quiet bool // without progress
	last  time.Time
}

func (j *jsonReport) start(r *properties.Run) {
	options := r.Bounds.Options.Names()
	if options == nil {
		options = []string{}
	}
	j.last = time.Now()
	j.a.out.line(startLine{"start", r.Scenario.Name, boundsOf(r.Bounds), options, r.Drop})
}

func (j *jsonReport) progress(scenario string, p checker.Progress) {
	now := time.Now()
	if j.quiet || now.Sub(j.last) < time.Second {
		return
	}
	j.last = now
	j.a.out.line(progressLine{
		"progress", scenario, p.States, p.Transitions, p.Depth, p.Frontier, int(max(0, p.Rate())), p.Elapsed.Seconds(), p.Bytes, p.Spilled,
	})
}

func (j *jsonReport) result(r *properties.Result) {
	for i := range r.Outcomes {
		j.a.out.encode(propertyOf(r, &r.Outcomes[i]))
	}
	t := tallyOf(r)
	missing := r.Missing
	if missing == nil {
		missing = []string{}
	}
	f := &r.Figures
	j.a.out.encode(coverageLine{"coverage", r.Scenario.Name, t.actions(), t.arrows(), missing})
	line := resultLine{
		Type: "result", Scenario: r.Scenario.Name, Verdict: exitWords[exitCode(r)],
		States: f.States, Transitions: f.Transitions, Depth: f.Depth, Deadlocks: f.Deadlocks, Digest: f.Digest,
		Inconclusive: r.Doubt(), Notes: f.Notes, Seconds: f.Duration.Seconds(), Bytes: f.Bytes, Spilled: f.Spilled,
	}
	if r.Deadlock != nil {
		line.Deadlock, _ = traceJSON(r.System, r.Deadlock)
	}
	j.a.out.line(line)
}

func propertyOf(r *properties.Result, o *properties.Outcome) propertyLine {
	c := &o.Claim
	p := propertyLine{
		Type: "property", Scenario: r.Scenario.Name, Name: c.Name, Number: c.Number, Kind: string(c.Kind),
		Verdict: verdictWord(o.Verdict, c.Kind == properties.Witness), Premise: o.Premise, Clause: c.Clause,
		Fairness: assumed(c, r),
	}
	if o.Verdict != checker.Holds {
		p.Message = o.Message
	}
	if o.Verdict == checker.Violated && o.Trace != nil {
		p.Trace, p.Loop = traceJSON(r.System, o.Trace)
	}
	return p
}

func (j *jsonReport) suite(s *suite) {
	line := suiteLine{
		Type: "suite", Scenarios: s.names(), NotRun: s.notRun(), Witnesses: s.witnesses(),
		Actions: s.tally.actions(), Arrows: s.tally.arrows(), Verdict: exitWords[s.code], Exit: s.code,
		Seconds: s.seconds(),
	}
	j.a.out.line(line)
}
