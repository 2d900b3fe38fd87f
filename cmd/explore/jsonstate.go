package main

import (
	"fmt"
	"strconv"
	"strings"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// stateJSON is a state of the system. Sequence numbers are relative to the
// initial ones. Different states have different objects: what is left out is
// zero.
type stateJSON struct {
	A sideJSON `json:"A"`
	B sideJSON `json:"B"`
}

type sideJSON struct {
	State    string      `json:"state"`
	SND      sendJSON    `json:"snd"`
	RCV      receiveJSON `json:"rcv"`
	Flags    []string    `json:"flags"`
	Held     [][2]uint32 `json:"held,omitempty"`
	InFlight []string    `json:"inflight"`
	User     userJSON    `json:"user"`
	Dups     uint8       `json:"dups,omitempty"`
	Room     uint16      `json:"room,omitempty"`
	Injected uint8       `json:"injected,omitempty"`
	Ended    string      `json:"ended,omitempty"`
	GotFIN   bool        `json:"gotFIN,omitempty"`
	FINAt    uint16      `json:"finAt,omitempty"`
	Panicked bool        `json:"panicked,omitempty"`

	Crashes     uint8      `json:"crashes,omitempty"`
	Incarnation uint8      `json:"incarnation,omitempty"`
	Met         uint8      `json:"met,omitempty"` // the peer's incarnation
	Clock       *clockJSON `json:"clock,omitempty"`
}

// clockJSON has the ticks that are left; a timer that does not run is left out.
type clockJSON struct {
	Life           []int  `json:"life"` // of each segment in flight
	Retransmission *uint8 `json:"retransmission,omitempty"`
	TimeWait       *uint8 `json:"timeWait,omitempty"`
	ACK            *uint8 `json:"ack,omitempty"`
	Lost           uint8  `json:"lost,omitempty"`
}

type sendJSON struct {
	UNA   uint32 `json:"una"`
	NXT   uint32 `json:"nxt"`
	END   uint32 `json:"end"`
	WND   uint32 `json:"wnd"`
	WL1   uint32 `json:"wl1,omitempty"`
	WL2   uint32 `json:"wl2,omitempty"`
	ACKED uint32 `json:"acked,omitempty"`
}

type receiveJSON struct {
	NXT  uint32 `json:"nxt"`
	READ uint32 `json:"read"`
	WND  uint32 `json:"wnd"`
	WANT uint32 `json:"want,omitempty"`
	FIN  uint32 `json:"fin,omitempty"`
}

type userJSON struct {
	Sent   uint16 `json:"sent"`
	Next   uint16 `json:"next"`
	Opened bool   `json:"opened,omitempty"`
	Closed bool   `json:"closed,omitempty"`
	Abort  bool   `json:"aborted,omitempty"`
	EOF    bool   `json:"eof,omitempty"`
	Error  bool   `json:"error,omitempty"`
	Hole   bool   `json:"hole,omitempty"`
}

func stateOf(b *system.System, v properties.View) stateJSON {
	return stateJSON{sideOf(b, v.A), sideOf(b, v.B)}
}

func sideOf(b *system.System, s *system.Side) sideJSON {
	j := tcbOf(&s.TCB)
	j.InFlight = []string{}
	for _, g := range s.InFlight() {
		text := b.SegmentString(int(s.Role), g)
		if b.Window > 0 {
			text += "<WND=" + strconv.Itoa(int(g.WND)) + ">"
		}
		if t := system.TagOf(g); b.Reincarnates() {
			text += fmt.Sprintf("<TO=%d><NEW=%d>", t.To, t.New)
		}
		j.InFlight = append(j.InFlight, text)
	}
	j.User = userJSON(s.User)
	j.Dups, j.Room, j.Injected = s.Dups, s.Room, s.Injected
	j.Crashes, j.Incarnation, j.Met = s.Crashes, s.Incarnation, s.Met
	j.GotFIN, j.FINAt, j.Panicked = s.GotFIN, s.FINAt, s.Broken
	if s.Ended != system.NotEnded {
		j.Ended = s.Ended.String()
	}
	if b.Timed.On() {
		j.Clock = clockOf(s)
	}
	return j
}

func clockOf(s *system.Side) *clockJSON {
	c := s.Clock
	j := &clockJSON{Life: []int{}, Lost: c.Lost}
	for _, n := range c.Life[:s.NumNet] {
		j.Life = append(j.Life, int(n))
	}
	if c.Running&model.TimerRetransmission != 0 {
		j.Retransmission = &c.Retransmission
	}
	if c.Running&model.TimerTimeWait != 0 {
		j.TimeWait = &c.TimeWait
	}
	if s.Is(model.ACKPending) {
		j.ACK = &c.ACK
	}
	return j
}

// tcbOf is the part of a side that its endpoint knows.
func tcbOf(c *model.TCB) sideJSON {
	iss, irs := c.SND.ISS, c.RCV.IRS
	j := sideJSON{
		State: c.State.String(),
		SND: sendJSON{
			UNA: c.SND.UNA.From(iss), NXT: c.SND.NXT.From(iss), END: c.SND.END.From(iss), WND: c.SND.WND, ACKED: c.SND.ACKED,
		},
		RCV:   receiveJSON{NXT: c.RCV.NXT.From(irs), READ: c.RCV.READ.From(irs), WND: c.RCV.WND, WANT: c.RCV.WANT},
		Flags: flagsOf(c.Flags),
	}
	if c.SND.WL1 != 0 || c.SND.WL2 != 0 {
		j.SND.WL1, j.SND.WL2 = c.SND.WL1.From(irs), c.SND.WL2.From(iss)
	}
	if c.Is(model.FINHeld) {
		j.RCV.FIN = c.RCV.FIN.From(irs)
	}
	for _, h := range c.Held[:c.NumHeld] {
		j.Held = append(j.Held, [2]uint32{h.Lo.From(irs), h.Hi.From(irs)})
	}
	return j
}

func flagsOf(f model.Flags) []string {
	if f == 0 {
		return []string{}
	}
	return strings.Split(f.String(), ",")
}

// stepJSON is one step of a trace. The segment is the one that arrives, is
// lost, injected, or sent; a reply is what the other side sends because of it.
type stepJSON struct {
	Action  string    `json:"action"`
	Segment string    `json:"segment,omitempty"`
	Reply   string    `json:"reply,omitempty"`
	State   stateJSON `json:"state"`
}

// traceJSON is a trace, and the index of the step to whose state a lasso
// returns, or nil.
func traceJSON(b *system.System, t *properties.Trace) (steps []stepJSON, loop *int) {
	for i, st := range t.Steps {
		j := stepJSON{Action: "Init", State: stateOf(b, st.State)}
		if i > 0 {
			describe(b, t.Steps[i-1].State, st, &j)
		}
		steps = append(steps, j)
	}
	if t.Loop != checker.NoLoop {
		loop = &t.Loop
	}
	return steps, loop
}

// describe names the action of a step, and the segments in it.
func describe(b *system.System, before properties.View, st checker.TraceStep[properties.View, system.Action], j *stepJSON) {
	a, sides := st.Action, [2]*system.Side{before.A, before.B}
	j.Action = actionName(b, st.Side, a)
	who := st.Side
	if a.Kind.Bears() {
		j.Segment = b.SegmentString(st.Side, a.Segment)
		who = 1 - who
	}
	if !a.Kind.Asks() {
		return // no endpoint is asked
	}
	happened, _ := b.Happenings(*sides[who], a)
	if len(happened) == 0 || !happened[0].Fx.Sends {
		return
	}
	sent := b.SegmentString(who, happened[0].Fx.Segment)
	if a.Kind.Arrives() {
		j.Reply = sent
	} else {
		j.Segment = sent
	}
}

// actionName is a label without its segment: "A Transmit(1,FIN)", "B Deliver".
func actionName(b *system.System, side int, a system.Action) string {
	if a.Kind >= system.Deliver {
		return moverOf(side, a) + a.Kind.String()
	}
	return moverOf(side, a) + b.Label(side, a)
}

// moverOf is who takes an action, with a space; a tick of the clock is nobody's.
func moverOf(side int, a system.Action) string {
	if a.Kind == system.Tick {
		return ""
	}
	return sideName(side) + " "
}

func sideName(side int) string { return string(rune('A' + side)) }
