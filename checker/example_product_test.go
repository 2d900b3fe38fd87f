package checker_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"finwait/checker"
)

// A product to copy from: a link that loses messages, and two ends that take turns. One end says a number, the other says
// it back; an end that does not hear what it waits for says its own again. (The alternating-bit protocol, with queues,
// duplicates and items, is in abp_test.go.)

// end is one side: a comparable value with all that an end knows, and what it has in flight.
type end struct {
	answers bool  // its role: it says what it hears; the other end counts
	number  uint8 // what it says
	flying  bool  // its number is in flight
}

// act is a label. Labels are values, too: here the name and the number that goes over the link.
type act struct {
	name   string
	number uint8
}

// link is the component, of which the system is two copies. It has the model's parameters, and no state.
type link struct{ numbers uint8 }

// Init yields the initial states: pairs of ends.
func (link) Init(yield func(a, b end) bool) { yield(end{}, end{answers: true}) }

// Moves are what an end can do by itself, and what it offers to the other. It is asked once for each value of an end.
func (l link) Moves(e end, buf []checker.Move[end, act]) []checker.Move[end, act] {
	if e.flying {
		arrived := e
		arrived.flying = false
		return append(buf,
			checker.Move[end, act]{Kind: checker.Offer, Action: act{"Deliver", e.number}, Next: arrived},
			checker.Move[end, act]{Kind: checker.Local, Action: act{"Lose", e.number}, Next: arrived})
	}
	said := e
	said.flying = true
	return append(buf, checker.Move[end, act]{Kind: checker.Local, Action: act{"Say", e.number}, Next: said})
}

// Accept is what becomes of an end that is offered something. It is asked once for each end and offer.
func (l link) Accept(e end, a act, buf []checker.Move[end, act]) []checker.Move[end, act] {
	switch {
	case e.answers:
		e.number = a.number
	case a.number == e.number: // it has come back
		e.number = (e.number + 1) % l.numbers
	}
	return append(buf, checker.Move[end, act]{Action: a, Next: e})
}

// Facts are bits that a Move.Need of the other end may ask for; here nothing does.
func (link) Facts(end) uint64 { return 0 }

// Encode and EncodeAction give the content of ends and labels, for the digest, and for checkpoints.
func (link) Encode(dst []byte, e end) []byte {
	return fmt.Appendf(dst, "%t %d %t", e.answers, e.number, e.flying)
}

func (link) EncodeAction(dst []byte, side int, a act) []byte {
	return append(binary.AppendUvarint(dst, uint64(side)), fmt.Sprint(a)...)
}

// ExampleCheckProduct judges four claims, one of which is false.
func ExampleCheckProduct() {
	type (
		view = checker.Pair[end]
		half = checker.SideStep[end, act]
	)
	named := func(names ...string) func(side int, a act) bool {
		return func(_ int, a act) bool { return slices.Contains(names, a.name) }
	}
	counted := func(n uint8) func(view) bool { return func(v view) bool { return v.A.number == n } }
	says := checker.WF("say", checker.PerSide(named("Say")))
	arrives := checker.SF("deliver", checker.PerSide(named("Deliver")))

	report, err := checker.CheckProduct(context.Background(), link{numbers: 3}, checker.ProductOptions[end, act]{},
		checker.Always[act]("the answer is not ahead", func(v view) bool {
			return v.B.number == v.A.number || (v.B.number+1)%3 == v.A.number
		}),
		checker.AlwaysSideStepWhen("it counts by one",
			func(s half) bool { return !s.From.answers && s.From.number != s.To.number },
			func(s half) bool { return s.To.number == (s.From.number+1)%3 }),
		checker.LeadsTo("0 leads to 1", counted(0), counted(1), says, arrives),
		checker.LeadsTo("0 leads to 1, though nothing makes the link deliver", counted(0), counted(1), says),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.States, "states,", report.Transitions, "transitions, depth", report.Depth)
	for _, r := range report.Results {
		fmt.Println(r.Verdict, "-", r.Name, "-", r.Message)
	}
	for i, step := range report.Results[3].Trace.Steps {
		if i == 0 {
			fmt.Println("begin", *step.State.A, *step.State.B)
			continue
		}
		fmt.Println(step.Side, step.Action, "to", *step.State.A, *step.State.B)
	}
	// Output:
	// 24 states, 72 transitions, depth 12
	// holds - the answer is not ahead - the premise held 24 times
	// holds - it counts by one - the premise held 6 times
	// holds - 0 leads to 1 - the premise held 8 times
	// violated - 0 leads to 1, though nothing makes the link deliver - a fair run: 2 steps, then stuttering
	// begin {false 0 false} {true 0 false}
	// 0 {Say 0} to {false 0 true} {true 0 false}
	// 1 {Say 0} to {false 0 true} {true 0 true}
}
