package main

import (
	"strings"

	"finwait/model"
)

type endpointJSON struct {
	State string      `json:"state"`
	SND   sendJSON    `json:"snd"`
	RCV   receiveJSON `json:"rcv"`
	Flags []string    `json:"flags"`
	Held  [][2]uint32 `json:"held,omitempty"`
}

type clauseJSON struct {
	Section string `json:"section"`
	Text    string `json:"text"`
}

type arrowJSON struct {
	From    string `json:"from"`
	Trigger string `json:"trigger"`
	To      string `json:"to"`
}

// stepLine is the answer of step --json.
type stepLine struct {
	Type    string       `json:"type"` // "step"
	Event   string       `json:"event"`
	Options []string     `json:"options"`
	Before  endpointJSON `json:"before"`
	After   endpointJSON `json:"after"`
	Arrows  []arrowJSON  `json:"arrows"`
	Sends   string       `json:"sends,omitempty"`
	Answers bool         `json:"answers"` // sent at once, because a segment arrived
	User    []string     `json:"user"`
	Reply   string       `json:"reply"`
	Refused bool         `json:"refused"`
	Dropped bool         `json:"dropped"`
	Started []string     `json:"started"`
	Stopped []string     `json:"stopped"`
	Clauses []clauseJSON `json:"clauses"`
	Panic   string       `json:"panic,omitempty"`
}

func (x *answer) line() stepLine {
	j := stepLine{
		Type: "step", Event: x.happens(), Options: orEmpty(x.options.Names()),
		Before: endpointOf(&x.before), After: endpointOf(&x.after), Arrows: []arrowJSON{},
		Sends: x.sent(), Answers: x.fx.Answers, User: orEmpty(x.told()), Reply: x.fx.Reply.String(),
		Refused: x.fx.Reply.Refused(), Dropped: x.fx.Dropped,
		Started: timerNames(x.fx.Started), Stopped: timerNames(x.fx.Stopped), Clauses: []clauseJSON{}, Panic: x.panicked,
	}
	for t := range x.fx.Took {
		j.Arrows = append(j.Arrows, arrowJSON{t.From.String(), t.Trigger.String(), t.To.String()})
	}
	for c := range x.fx.Clauses.All {
		j.Clauses = append(j.Clauses, clauseJSON{c.Section(), c.Text()})
	}
	return j
}

func endpointOf(c *model.TCB) endpointJSON {
	j := tcbOf(c)
	return endpointJSON{j.State, j.SND, j.RCV, j.Flags, j.Held}
}

func timerNames(t model.Timers) []string {
	if t == 0 {
		return []string{}
	}
	return strings.Split(timersText(t), ", ")
}
