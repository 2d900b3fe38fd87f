package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"finwait/model"
)

// question is what step is asked.
type question struct {
	state, segment, call, timeout, output, iss string
	set, options                               []string
	json                                       bool
}

func newStep(a *app) *cobra.Command {
	q := &question{}
	cmd := &cobra.Command{
		Use:   "step --state STATE (--segment SPEC | --call CALL | --timeout TIMER | --output OUTPUT)",
		Short: "Ask the machine one question: what does RFC 9293 do here?",
		Long: `step puts one event to an endpoint in a state, and tells the next state, what is sent, what
the user is told, and the clauses that were obeyed. Numbers are relative to the initial ones.

--state is a name, with refinements after commas or by --set. Unless refined, the FIN is sent
wherever the state has one to send, no octet has been sent or received, and no ACK is pending:
  CLOSED LISTEN SYN-SENT SYN-RECEIVED        ISS 0, so the SYN is 0 and the first octet 1
  ESTABLISHED                                SND.UNA = SND.NXT = 1, RCV.NXT = 1
  FIN-WAIT-1                                 the FIN is 1, SND.NXT = 2
  FIN-WAIT-2                                 SND.UNA = SND.NXT = 2
  CLOSE-WAIT CLOSING LAST-ACK TIME-WAIT      the peer's FIN was 1, RCV.NXT = 2
` + stateHelp() + `
--segment is '<SEQ=300><ACK=101><CTL=FIN,ACK><DATA=2><WND=0>', or short 'FIN,ACK seq=1 ack=1
data=2 wnd=0'. Without SEQ it is RCV.NXT, without ACK (but with the bit) it is SND.NXT.
--call is open:passive, open:active, send:N, receive:N, close, abort or status.
--timeout is retransmission (of everything, or of some: retransmission:1,fin), time-wait, user
or fin-wait-2. --output is transmit (everything, or some: transmit:1,fin), ack, probe or
keep-alive.`,
		Example: `  explore step --state FIN-WAIT-1 --segment '<SEQ=1><ACK=2><CTL=FIN,ACK>'
  explore step --state TIME-WAIT --segment 'FIN,ACK seq=1 ack=2'
  explore step --state ESTABLISHED,held=3-4,fin-held=5 --segment 'ACK data=2'
  explore step --state CLOSE-WAIT --set unsent=1 --set close-called --output transmit
  explore step --state LAST-ACK --segment 'ACK ack=1' --option last-ack-any-ack`,
		Args: atMost(0),
		RunE: func(*cobra.Command, []string) error { return a.step(q) },
	}
	fs := cmd.Flags()
	fs.SortFlags = false
	fs.StringVar(&q.state, "state", "", "the `STATE` before, with refinements: FIN-WAIT-1,fin-unsent,unsent=1")
	fs.StringArrayVar(&q.set, "set", nil, "a further refinement: `KEY[=VALUE]`; repeatable")
	fs.StringVar(&q.segment, "segment", "", "this segment arrives: `SPEC`")
	fs.StringVar(&q.call, "call", "", "the user makes this `CALL`")
	fs.StringVar(&q.timeout, "timeout", "", "this `TIMER` expires")
	fs.StringVar(&q.output, "output", "", "this `OUTPUT` is due")
	fs.StringVar(&q.iss, "iss", "", "own initial sequence number, and the peer's: `A,B`")
	fs.StringArrayVar(&q.options, "option", nil, "a reading, deviation or bug: `NAME[=VALUE]`; repeatable")
	fs.BoolVar(&q.json, "json", false, "one JSON object")
	complete(cmd, "state", stateNames()...)
	complete(cmd, "set", refinementNames()...)
	complete(cmd, "call", "open:passive", "open:active", "send:", "receive:", "close", "abort", "status")
	complete(cmd, "timeout", "retransmission", "time-wait", "user", "fin-wait-2")
	complete(cmd, "output", "transmit", "ack", "probe", "keep-alive")
	complete(cmd, "option", optionNames()...)
	return cmd
}

// answer is what the machine says.
type answer struct {
	n             numbering
	options       model.Options
	event         model.Event
	before, after model.TCB
	fx            model.Effects
	panicked      string
}

func (a *app) step(q *question) error {
	x, err := q.ask()
	if err != nil {
		return err
	}
	if q.json {
		a.out.line(x.line())
	} else {
		a.showAnswer(x)
	}
	if x.panicked != "" {
		return silently(exitOther)
	}
	return nil
}

// ask reads the question and puts it.
func (q *question) ask() (*answer, error) {
	x := &answer{}
	if q.iss != "" {
		pair, err := pairOf("iss", q.iss, 32)
		if err != nil {
			return nil, err
		}
		x.n = numbering{model.Seq(pair[0]), model.Seq(pair[1])}
	}
	if err := setOptions(&x.options, q.options); err != nil {
		return nil, err
	}
	if q.state == "" {
		return nil, usage("step: in which state? say --state ESTABLISHED or the like")
	}
	var err error
	if x.before, err = buildTCB(q.state, q.set, x.n); err != nil {
		return nil, err
	}
	if x.event, err = q.event(&x.before, x.n); err != nil {
		return nil, err
	}
	x.put()
	return x, nil
}

func (q *question) event(c *model.TCB, n numbering) (model.Event, error) {
	var given []string
	for _, f := range [...][2]string{
		{q.segment, "--segment"}, {q.call, "--call"}, {q.timeout, "--timeout"}, {q.output, "--output"},
	} {
		if f[0] != "" {
			given = append(given, f[1])
		}
	}
	switch {
	case len(given) == 0:
		return model.Event{}, usage("step: what happens? say --segment, --call, --timeout or --output")
	case len(given) > 1:
		return model.Event{}, usage("step: one event at a time, not %s", strings.Join(given, " and "))
	case q.segment != "":
		g, err := parseSegment(q.segment, c, n)
		e := model.Arrive(g)
		e.ISS = n.iss
		return e, err
	case q.call != "":
		return parseCall(q.call, n)
	case q.timeout != "":
		return parseTimeout(q.timeout, c)
	}
	return parseOutput(q.output, c)
}

// put asks the machine. Only a bug can make it panic.
func (x *answer) put() {
	defer func() {
		if r := recover(); r != nil {
			x.after, x.fx, x.panicked = x.before, model.Effects{}, fmt.Sprint(r)
		}
	}()
	x.after, x.fx = x.options.Step(x.before, x.event)
}

// happens is the event in words, numbers relative.
func (x *answer) happens() string {
	if x.event.Kind == model.SegmentArrives {
		return x.event.Segment.Relative(x.n.irs, x.n.iss) + " arrives"
	}
	return x.event.String()
}

// sent is the segment that is sent, or nothing.
func (x *answer) sent() string {
	if !x.fx.Sends {
		return ""
	}
	return x.fx.Segment.Relative(x.n.iss, x.n.irs)
}

// told is everything that the user is told or given.
func (x *answer) told() []string {
	var list []string
	if n := x.fx.Delivered.Len(); n > 0 {
		list = append(list, fmt.Sprintf("%s, %d to %d", count(int(n), "octet"),
			x.fx.Delivered.Lo-x.n.irs, x.fx.Delivered.Hi-1-x.n.irs))
	}
	return append(list, x.fx.Notices.Strings()...)
}

// path is the states that were gone through.
func (x *answer) path() []string {
	list := []string{x.before.State.String()}
	for t := range x.fx.Took {
		list = append(list, t.To.String())
	}
	return list
}
