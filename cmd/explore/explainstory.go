package main

import "finwait/explain"

type sentLine struct {
	Packets       int   `json:"packets"`
	Octets        int64 `json:"octets"`
	Again         int   `json:"again"`
	AgainOctets   int64 `json:"againOctets"`
	Lost          int   `json:"lost"`
	NotCaptured   int64 `json:"notCaptured"`
	KeepAlives    int   `json:"keepAlives"`
	Probes        int   `json:"probes"`
	ZeroWindows   int   `json:"zeroWindows"`
	OutOfOrder    int   `json:"outOfOrder"`
	Copies        int   `json:"copies"`
	BadChecksums  int   `json:"badChecksums"`
	LargeSegments int   `json:"largeSegments"`
}

type closeLine struct {
	From   string  `json:"from"`
	Packet int     `json:"packet"`
	After  float64 `json:"after"`
}

type storyLine struct {
	Text       string      `json:"text"`
	Opener     string      `json:"opener"`
	Closes     []closeLine `json:"closes"`
	Crossed    bool        `json:"crossed"`
	Half       float64     `json:"half"`
	HalfOctets int64       `json:"halfOctets"`
	Ending     string      `json:"ending"`
	Cause      string      `json:"cause,omitempty"`
	RST        *closeLine  `json:"rst,omitempty"`
	RSTs       int         `json:"rsts"`
	A          sentLine    `json:"A"`
	B          sentLine    `json:"B"`
	ClockBack  int         `json:"clockBack"`
}

type nextStepLine struct {
	At      string `json:"at"`
	Event   string `json:"event"`
	Segment string `json:"segment,omitempty"`
	Before  string `json:"before"`
	After   string `json:"after"`
	Text    string `json:"text"`
}

type nextLine struct {
	Over   bool           `json:"over"`
	Known  bool           `json:"known"`
	NeedsA bool           `json:"needsA"`
	NeedsB bool           `json:"needsB"`
	Steps  []nextStepLine `json:"steps"`
}

func storyOf(x *explain.Connection) storyLine {
	s := x.Story()
	l := storyLine{
		Text: x.Paragraph(), Opener: s.Opener, Closes: []closeLine{}, Crossed: s.Crossed, Half: s.Half.Seconds(),
		HalfOctets: s.InHalf, Ending: string(s.Ending), Cause: string(s.Cause), RSTs: s.RSTs,
		A: sentLine(s.A), B: sentLine(s.B), ClockBack: s.Back,
	}
	for i := range s.Closes {
		l.Closes = append(l.Closes, closeOf(x, &s.Closes[i]))
	}
	if s.RST != nil {
		rst := closeOf(x, s.RST)
		l.RST = &rst
	}
	return l
}

func closeOf(x *explain.Connection, c *explain.Close) closeLine {
	return closeLine{endName(c.FromB), x.Packet(c.Packet).Number, c.After.Seconds()}
}

func endName(b bool) string {
	if b {
		return "B"
	}
	return "A"
}

func nextOf(x *explain.Connection) nextLine {
	n := x.Next()
	l := nextLine{n.Over, n.Known, n.NeedsA, n.NeedsB, []nextStepLine{}}
	for _, s := range n.Steps {
		step := nextStepLine{
			At: endName(s.FromB), Event: s.Kind.String(), Before: s.Before.String(), After: s.After.String(), Text: s.String(),
		}
		if s.Segment.CTL != 0 {
			from := 0
			if s.FromB != s.Arrives() {
				from = 1
			}
			step.Segment = x.Relative(from, s.Segment)
		}
		l.Steps = append(l.Steps, step)
	}
	return l
}
