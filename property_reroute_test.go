package finwait

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// promptly is a scheduler: what comes first in the list is done first. Nothing
// is lost, duplicated or aborted.
func promptly() []system.Kind {
	return []system.Kind{
		system.Receive, system.PassiveOpen, system.ActiveOpen, system.Deliver, system.Overflow, system.Ack, system.Send,
		system.Transmit, system.Close, system.Probe, system.Retransmit, system.TimeWaitExpire,
	}
}

// late is promptly, but an acknowledgment that is pending waits until there is
// nothing else to do but time out.
func late() []system.Kind {
	order := slices.DeleteFunc(promptly(), func(k system.Kind) bool { return k == system.Ack })
	return slices.Insert(order, slices.Index(order, system.Probe), system.Ack)
}

// settle goes on until nothing is left to do, by a scheduler, judging each step.
// What both sides can do they do by turns. Every hundredth step is a
// retransmission, if there is one to make: what is always late is not fair, and
// where a window is small two endpoints answer each other's acknowledgments until
// what is missing comes again (docs/findings.md, 14).
func settle(w *properties.Walk, scenario string, order []system.Kind) error {
	watch := properties.NewMonitor(w.System, scenario)
	turn := make([]int, len(order))
	for n := range 5000 {
		best, rank := properties.Transition{}, len(order)
		for _, x := range w.Next() {
			r := slices.Index(order, x.Action.Kind)
			if n%100 == 99 && x.Action.Kind == system.Retransmit {
				r = 0
			}
			if r >= 0 && (r < rank || r == rank && (best.Side != turn[r] || x.Side == turn[r])) {
				best, rank = x, r
			}
		}
		if rank == len(order) {
			return nil
		}
		turn[rank] = 1 - best.Side
		w.Take(&best)
		if err := watch.Step(&best); err != nil {
			return err
		}
	}
	return errors.New("it does not come to rest")
}

// outcome is what the users have given and got, when all is over.
func outcome(w *properties.Walk) [2]system.User {
	return [2]system.User{w.State[0].User, w.State[1].User}
}

// sameOutcome lets two walks come to rest, and compares what the users have got.
func sameOutcome(t *rapid.T, scenario string, x, y *properties.Walk, how, other []system.Kind) {
	for w, order := range map[*properties.Walk][]system.Kind{x: how, y: other} {
		if err := settle(w, scenario, order); err != nil {
			t.Fatalf("%v\n%s", err, properties.Ladder(w.System, &w.Trace))
		}
	}
	if outcome(x) != outcome(y) || x.Over() != y.Over() {
		t.Fatalf("%+v\n%+v\n%s\n%s", outcome(x), outcome(y), properties.Ladder(x.System, &x.Trace), properties.Ladder(y.System, &y.Trace))
	}
}

// few keeps a walk short enough to be taken to its end: tens of octets. It
// leaves out two readings that are harmless only one without the other.
func few(t *rapid.T, b *system.Bounds) {
	if b.Options.StrictReceive {
		b.Options.ClosedForgets = false // see TestPropertyReceiveToTheLetter
	}
	for i := range b.Octets {
		b.Octets[i] = rapid.IntRange(0, 40).Draw(t, "octets")
	}
}

// disturbed: a segment is lost, and will be retransmitted, or arrives twice;
// after that the walk comes to rest. Its users do not know.
func disturbed(t *rapid.T, s system.Scenario, option string) {
	w := somewhere(t, s, func(b *system.Bounds) {
		few(t, b)
		b.Dup = system.Unlimited
		if option != "" {
			b.Options = model.Options{}
			under(t, b, option)
		}
	})
	var mishaps []properties.Transition
	for _, x := range w.Next() {
		switch x.Action.Kind {
		case system.Lose, system.Duplicate, system.DuplicateOverflow:
			mishaps = append(mishaps, x)
		}
	}
	if len(mishaps) == 0 {
		t.Skip("nothing is in flight")
	}
	f := fork(w)
	f.Take(&mishaps[rapid.IntRange(0, len(mishaps)-1).Draw(t, "mishap")])
	sameOutcome(t, s.Name, w, f, promptly(), promptly())
}

// A lost or duplicated segment changes nothing that a user sees.
func TestPropertyMishaps(t *testing.T) {
	for _, name := range []string{"close", "half-close", "simultaneous-close"} {
		s, ok := system.LookupScenario(name)
		require.True(t, ok)
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { disturbed(t, s, "") })
		})
		if name == "simultaneous-close" {
			for _, option := range []string{"data-counted-twice", "fin-not-retransmitted"} {
				t.Run(option, func(t *testing.T) {
					refuted(t, func(t *rapid.T) { disturbed(t, s, option) })
				})
			}
		}
	}
}

// When an acknowledgment goes out does not matter: at once, or with or after
// everything else. The broken twin does not read the ACK field of a FIN.
func TestPropertyDelayedACKs(t *testing.T) {
	delayed := func(s system.Scenario, option string) func(*rapid.T) {
		return func(t *rapid.T) {
			w := somewhere(t, s, func(b *system.Bounds) {
				few(t, b)
				b.InFlight = system.MaxInFlight
				if option != "" {
					b.Options = model.Options{}
					under(t, b, option)
				}
			})
			sameOutcome(t, s.Name, w, fork(w), promptly(), late())
		}
	}
	for _, name := range []string{"close", "half-close", "simultaneous-close", "loss-free"} {
		s, ok := system.LookupScenario(name)
		require.True(t, ok)
		t.Run(name, func(t *testing.T) { rapid.Check(t, delayed(s, "")) })
		if name == "loss-free" {
			t.Run("fin-hides-ack", func(t *testing.T) { refuted(t, delayed(s, "fin-hides-ack")) })
		}
	}
}

// commute: what A and B do on their own, they may do in either order.
func commute(t *rapid.T, w *properties.Walk, alone func(system.Kind) bool) {
	next := w.Next()
	for _, x := range next {
		for _, y := range next {
			if x.Side != 0 || y.Side != 1 || !alone(x.Action.Kind) || !alone(y.Action.Kind) {
				continue
			}
			xy, yx := fork(w), fork(w)
			xy.Take(&x)
			yx.Take(&y)
			same := func(a system.Action) func(system.Action) bool { return func(b system.Action) bool { return a == b } }
			if !take(xy, 1, y.Action.Kind, same(y.Action)) || !take(yx, 0, x.Action.Kind, same(x.Action)) || xy.State != yx.State {
				t.Fatalf("A %v and B %v\n%s", x.Action, y.Action, properties.Ladder(w.System, &w.Trace))
			}
		}
	}
}

// Independent moves of the two sides commute. (2MSL is none: it outlasts what
// the peer still has to send; nor is a tick, which both sides take.) The broken twin takes a delivery for a move of
// one side.
func TestPropertyIndependentMoves(t *testing.T) {
	own := func(k system.Kind) bool { return !k.Arrives() && k != system.TimeWaitExpire && k != system.Tick }
	for _, s := range system.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { commute(t, somewhere(t, s, nil), own) })
		})
	}
	t.Run("deliveries", func(t *testing.T) {
		refuted(t, func(t *rapid.T) {
			commute(t, somewhere(t, system.Scenarios()[0], nil), func(system.Kind) bool { return true })
		})
	})
}
