package main

import (
	"time"

	"finwait/explain"
	"finwait/model"
)

// explainSchema documents the lines of explain --json.
const explainSchema = `

--json writes one object per line. Per connection:

  connection  number, note (why it is told before its end, if it is), a, b (address:port), packets, begin (RFC 3339), seconds,
              verdict conforms|incomplete|deviates, summary (the verdict line),
              A and B {known, state (where it was left), certain (where its own segments
              prove it to be), possible [other states], readings [names needed],
              or [[names] that explain it as well], guesses [unseen events], candidates},
              deviation {packet, from "A"|"B", segment, states [considered],
              allowed [{state, segment, clause}]}, rows [{packet, time (seconds), from, segment,
              A, B (states afterwards), clause, lost, late, remarks}], elided (packets without a row;
              --full: none; --quiet: no rows),
              story {text (the paragraph), opener "A"|"B"|"both"|"", closes [{from, packet, after
              (seconds)}] (the FINs), crossed, half (seconds half-closed), halfOctets, ending, cause,
              rst {from, packet, after}, rsts, A and B {packets, octets, again, againOctets, lost,
              notCaptured, keepAlives, probes, zeroWindows, outOfOrder, copies, badChecksums,
              largeSegments}, clockBack}, next {over, known, needsA, needsB (whose program must call
              CLOSE), steps [{at "A"|"B", event, segment, before, after (states), text}]}

and at the end one

  summary     connections, conform, incomplete, deviate, skipped [{reason, packets, first}],
              givenUp (connections told before their end, for want of room), late
              (packets that came after their connection had been told), fault (why the rest of the file cannot be read), offset (in bytes)

Exit codes: 0 every connection conforms or is incomplete; 3 some deviate; 2 usage; 1 the file
cannot be read, or only up to a byte that is named: what comes before it is explained first.`

type sideLine struct {
	Known      bool       `json:"known"`
	State      string     `json:"state,omitempty"`
	Certain    string     `json:"certain,omitempty"`
	Possible   []string   `json:"possible"`
	Readings   []string   `json:"readings"`
	Or         [][]string `json:"or,omitempty"`
	Guesses    []string   `json:"guesses"`
	Candidates int        `json:"candidates"`
}

type allowedLine struct {
	State   string `json:"state"`
	Segment string `json:"segment"`
	Clause  string `json:"clause"`
}

type deviationLine struct {
	Packet  int           `json:"packet"`
	From    string        `json:"from"`
	Segment string        `json:"segment"`
	States  []string      `json:"states"`
	Allowed []allowedLine `json:"allowed"`
}

type rowLine struct {
	Packet  int      `json:"packet"`
	Time    float64  `json:"time"`
	From    string   `json:"from"`
	Segment string   `json:"segment"`
	A       string   `json:"A"`
	B       string   `json:"B"`
	Clause  string   `json:"clause,omitempty"`
	Lost    bool     `json:"lost,omitempty"`
	Late    bool     `json:"late,omitempty"`
	Remarks []string `json:"remarks,omitempty"`
}

type connectionLine struct {
	Type      string         `json:"type"`
	Number    int            `json:"number"`
	Note      string         `json:"note,omitempty"`
	EndA      string         `json:"a"`
	EndB      string         `json:"b"`
	Packets   int            `json:"packets"`
	Begin     string         `json:"begin"`
	Seconds   float64        `json:"seconds"`
	Verdict   string         `json:"verdict"`
	Summary   string         `json:"summary"`
	A         sideLine       `json:"A"`
	B         sideLine       `json:"B"`
	Story     storyLine      `json:"story"`
	Next      nextLine       `json:"next"`
	Deviation *deviationLine `json:"deviation,omitempty"`
	Rows      []rowLine      `json:"rows,omitempty"`
	Elided    int            `json:"elided,omitempty"`
}

type skipLine struct {
	Reason  string `json:"reason"`
	Packets int    `json:"packets"`
	First   int    `json:"first"`
}

type explainSummary struct {
	Type        string     `json:"type"`
	Connections int        `json:"connections"`
	Conform     int        `json:"conform"`
	Incomplete  int        `json:"incomplete"`
	Deviate     int        `json:"deviate"`
	Skipped     []skipLine `json:"skipped"`
	GivenUp     int        `json:"givenUp"`
	Late        int        `json:"late"`
	Fault       string     `json:"fault,omitempty"`
	Offset      *int64     `json:"offset,omitempty"`
}

func (r *explanations) lastLine(fault error) explainSummary {
	s := explainSummary{"summary", r.total(), r.conform, r.incomplete, r.deviate, []skipLine{}, r.givenUp, r.grouper.Late(), "", offset(fault)}
	for _, k := range r.skipped {
		s.Skipped = append(s.Skipped, skipLine{k.Reason, k.Packets, k.First})
	}
	if fault != nil {
		s.Fault = fault.Error()
	}
	return s
}

func connectionOf(n int, x *explain.Connection, most int, quiet bool, note string) connectionLine {
	first := x.Packet(0).Time
	l := connectionLine{
		Type: "connection", Number: n, Note: note, EndA: x.A.Addr.String(), EndB: x.B.Addr.String(),
		Packets: x.Len(), Begin: first.Format(time.RFC3339Nano),
		Seconds: x.Packet(x.Len() - 1).Time.Sub(first).Seconds(),
		Verdict: string(x.Verdict), Summary: x.Summary(), A: endOf(&x.A), B: endOf(&x.B),
		Story: storyOf(x), Next: nextOf(x),
	}
	if d := x.Deviation; d != nil {
		l.Deviation = &deviationLine{
			Packet: x.Packet(d.Packet).Number, From: "AB"[x.Deviator : x.Deviator+1],
			Segment: x.Relative(x.Deviator, d.Segment), States: namesOfStates(d.States), Allowed: []allowedLine{},
		}
		for _, w := range d.Allowed {
			l.Deviation.Allowed = append(l.Deviation.Allowed,
				allowedLine{w.From.String(), x.Relative(x.Deviator, w.Segment), w.Clause.String()})
		}
	}
	if quiet {
		return l
	}
	for _, r := range x.Rows(most) {
		from := "A"
		if r.FromB {
			from = "B"
		}
		l.Rows = append(l.Rows, rowLine{
			r.Number, r.Time.Sub(first).Seconds(), from, r.Text, r.A, r.B, r.Clause, r.Lost, r.Late, r.Remarks,
		})
	}
	l.Elided = x.Len() - len(l.Rows)
	return l
}

func endOf(s *explain.Side) sideLine {
	l := sideLine{
		Known: s.Known(), Possible: namesOfStates(s.Possible), Readings: orEmpty(s.Needs), Or: s.Or,
		Guesses: orEmpty(s.Guesses), Candidates: s.Candidates,
	}
	if s.Known() {
		l.State, l.Certain = s.State.String(), s.Certain.String()
	}
	return l
}

func namesOfStates(list []model.State) []string {
	names := []string{}
	for _, s := range list {
		names = append(names, s.String())
	}
	return names
}
