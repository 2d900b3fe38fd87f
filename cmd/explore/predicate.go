package main

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"

	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// world is what a predicate can speak of. The names are part of the language.
type world struct {
	A, B     endpoint
	InFlight int `expr:"inflight"` // segments in flight, both ways
}

// endpoint is one side. Sequence numbers are relative to the initial ones.
type endpoint struct {
	State       string // the RFC's name
	SND         sendVars
	RCV         receiveVars
	Unsent      int  // octets that the user has SENT and the endpoint has not
	Unread      int  // octets received in order and not read
	Held        int  // ranges of text held out of order
	Passive     bool // came from a passive OPEN
	CloseCalled bool
	FINSent     bool
	FINAcked    bool
	FINHeld     bool // a FIN is held out of order
	FINReceived bool
	ACKPending  bool
	EOFTold     bool
	TimerTW     bool
	RSTSent     bool
	User        userVars
	Ended       string // how it came to CLOSED: "LAST-ACK", "TIME-WAIT", "reset", "abort", ...; or "not ended"
	InFlight    int    `expr:"inflight"` // segments in flight from here
	Dups        int    // duplications spent
	Room        int    // octets that RECEIVE has made room for since the window was last shown
	Injected    int    // segments that a third party has injected as if they came from here
	Panicked    bool
	Crashes     int // crashes spent
	Incarnation int // how often its user has opened, where it may do so again; 0 elsewhere
	Met         int // the peer's incarnation that it has synchronized with
	Clock       clockVars
}

// clockVars are ticks left; -1 for what does not run.
type clockVars struct {
	Retransmission, TimeWait, ACK int
	Life                          int // of the segment in flight that has least left
	Lost                          int // segments lost
}

type sendVars struct{ UNA, NXT, END, WND int }

type receiveVars struct{ NXT, READ, WND, WANT, FIN int }

type userVars struct {
	Sent, Next                          int
	Opened, Closed, Aborted, EOF, Error bool
}

func (w *world) set(v properties.View) {
	w.A.set(v.A)
	w.B.set(v.B)
	w.InFlight = w.A.InFlight + w.B.InFlight
}

func (e *endpoint) set(s *system.Side) {
	iss, irs := s.SND.ISS, s.RCV.IRS
	*e = endpoint{
		State:  s.State.String(),
		SND:    sendVars{int(s.SND.UNA.From(iss)), int(s.SND.NXT.From(iss)), int(s.SND.END.From(iss)), int(s.SND.WND)},
		RCV:    receiveVars{int(s.RCV.NXT.From(irs)), int(s.RCV.READ.From(irs)), int(s.RCV.WND), int(s.RCV.WANT), 0},
		Unsent: int(s.Unsent()), Unread: int(s.Unread()), Held: int(s.NumHeld),
		Passive: s.Is(model.Passive), CloseCalled: s.Is(model.CloseCalled), FINSent: s.FINSent(), FINAcked: s.FINAcked(),
		FINHeld: s.Is(model.FINHeld), FINReceived: s.Is(model.FINReceived), ACKPending: s.Is(model.ACKPending),
		EOFTold: s.Is(model.EOFTold), TimerTW: s.Is(model.TimerTW), RSTSent: s.Is(model.RSTSent),
		User: userVars{
			int(s.User.Sent), int(s.User.Next),
			s.User.Opened, s.User.Closed, s.User.Abort, s.User.EOF, s.User.Error,
		},
		Ended: s.Ended.String(), InFlight: int(s.NumNet), Dups: int(s.Dups), Room: int(s.Room), Panicked: s.Broken,
		Injected: int(s.Injected), Crashes: int(s.Crashes), Incarnation: int(s.Incarnation), Met: int(s.Met),
	}
	e.Clock.set(s)
	if s.Is(model.FINHeld) {
		e.RCV.FIN = int(s.RCV.FIN.From(irs))
	}
}

func (v *clockVars) set(s *system.Side) {
	c := &s.Clock
	*v = clockVars{-1, -1, -1, -1, int(c.Lost)}
	if c.Running&model.TimerRetransmission != 0 {
		v.Retransmission = int(c.Retransmission)
	}
	if c.Running&model.TimerTimeWait != 0 {
		v.TimeWait = int(c.TimeWait)
	}
	if s.Is(model.ACKPending) {
		v.ACK = int(c.ACK)
	}
	if s.NumNet > 0 {
		v.Life = int(slices.Min(c.Life[:s.NumNet]))
	}
}

// predicate is a compiled question about a state. It is not safe for
// concurrent use.
type predicate struct {
	text    string
	program *vm.Program
	machine vm.VM
	world   world
	err     error // the first that occurred
}

// compile checks a predicate statically: what it names exists, what it
// compares can be compared, and it is true or false.
func compile(text string) (*predicate, error) {
	program, err := states.compile(text)
	if err != nil {
		return nil, err
	}
	return &predicate{text: text, program: program}, nil
}

// language is what predicates of a kind can speak of.
type language struct {
	env    any                 // a pointer to the struct whose fields are the names
	names  []string            // at the top
	fields map[string][]string // of its types, by their names
}

var states = language{&world{}, fieldsOf[world](), map[string][]string{
	"endpoint": fieldsOf[endpoint](), "sendVars": fieldsOf[sendVars](), "receiveVars": fieldsOf[receiveVars](),
	"userVars": fieldsOf[userVars](), "clockVars": fieldsOf[clockVars](), "world": fieldsOf[world](),
}}

func (l *language) compile(text string) (*vm.Program, error) {
	names := &nameCheck{}
	program, err := expr.Compile(text, expr.Env(l.env), expr.AsBool(), expr.Patch(names))
	if err == nil && names.err != nil {
		err = names.err
	}
	if err != nil {
		return nil, usage("%s", l.pointAt(text, err))
	}
	return program, nil
}

// holds evaluates the predicate; it is false from the first error on.
func (p *predicate) holds(v properties.View) bool {
	if p.err != nil {
		return false
	}
	p.world.set(v)
	out, err := p.machine.Run(p.program, &p.world)
	if err != nil {
		p.err = usage("%s", states.pointAt(p.text, err))
		return false
	}
	yes, _ := out.(bool)
	return yes
}

// pointAt shows an error with a caret under the fault.
func (l *language) pointAt(text string, err error) string {
	at, ok := errors.AsType[*file.Error](err)
	if !ok {
		return "a predicate is true or false: " + err.Error() + "\n  " + text + "\n  ^"
	}
	lines := strings.Split(text, "\n")
	line := lines[min(max(at.Line-1, 0), len(lines)-1)]
	message, _, _ := strings.Cut(at.Message, "\n")
	return fmt.Sprintf("%s\n  %s\n  %s^", l.withNearest(message), strings.ReplaceAll(line, "\t", " "),
		strings.Repeat(" ", min(at.Column, len([]rune(line)))))
}

// withNearest adds the nearest name to what is unknown: "unknown name foo",
// "type main.endpoint has no field Stat".
func (l *language) withNearest(message string) string {
	if name, ok := strings.CutPrefix(message, "unknown name "); ok {
		for state := model.Closed; state <= model.TimeWait; state++ {
			if word, _, _ := strings.Cut(state.String(), "-"); strings.EqualFold(word, name) {
				return "there is no name " + name + "; a state stands between quotation marks, as in A.State == \"CLOSE-WAIT\""
			}
		}
		return suggest("there is no name "+name, name, l.names)
	}
	if message == `unexpected token Operator("=")` {
		return "= is not used here; == compares"
	}
	owner, name, ok := strings.Cut(message, " has no field ")
	if !ok {
		return strings.ReplaceAll(message, "main.", "")
	}
	for suffix, fields := range l.fields {
		if strings.HasSuffix(owner, suffix) {
			return suggest("there is no field "+name+" here", name, fields)
		}
	}
	return message
}

func suggest(text, name string, names []string) string {
	if n := nearest(name, names); n != "" {
		return text + "; did you mean " + n + "?"
	}
	return text + "; there are " + strings.Join(names, ", ")
}

// fieldsOf lists the names of a struct in the language.
func fieldsOf[T any]() []string {
	var names []string
	for f := range reflect.TypeFor[T]().Fields() {
		name := f.Name
		if tag := f.Tag.Get("expr"); tag != "" {
			name = tag
		}
		names = append(names, name)
	}
	return names
}

// nameCheck finds comparisons with a state that does not exist: they would be
// false for ever, and nobody would know why.
type nameCheck struct{ err error }

// Visit implements ast.Visitor.
func (n *nameCheck) Visit(node *ast.Node) { //nolint:gocritic // the interface has a pointer
	b, ok := (*node).(*ast.BinaryNode)
	if !ok {
		return
	}
	switch {
	case isState(b.Left):
		n.check(b.Right)
	case isState(b.Right):
		n.check(b.Left)
	}
}

func isState(n ast.Node) bool {
	m, ok := n.(*ast.MemberNode)
	if !ok {
		return false
	}
	name, ok := m.Property.(*ast.StringNode)
	return ok && name.Value == "State"
}

func (n *nameCheck) check(node ast.Node) {
	switch x := node.(type) {
	case *ast.ArrayNode:
		for _, e := range x.Nodes {
			n.check(e)
		}
	case *ast.StringNode:
		if _, ok := model.ParseState(x.Value); !ok && n.err == nil {
			text := suggest("there is no state "+quote(x.Value), x.Value, stateNames())
			n.err = &file.Error{Location: x.Location(), Message: text, Line: 1, Column: x.Location().From}
		}
	}
}

func stateNames() []string {
	var names []string
	for s := range model.NumStates {
		names = append(names, s.String())
	}
	return names
}
