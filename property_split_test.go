package finwait

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// step is the machine, or a broken one.
type step func(model.TCB, model.Event) (model.TCB, model.Effects)

// somewhere is a state that a random walk has come to.
func somewhere(t *rapid.T, s system.Scenario, change func(*system.Bounds)) *properties.Walk {
	bounds := beyond(t, s)
	if change != nil {
		change(&bounds)
	}
	w, err := wander(t, newSystem(t, bounds), "none", rapid.IntRange(0, 200).Draw(t, "steps"))
	if err != nil {
		t.Skip(err) // a broken twin has broken more than is asked for
	}
	return w
}

// splitWrite: to SEND n and m octets is to SEND n, and then m.
func splitWrite(t *rapid.T, ask step, c model.TCB) {
	n, m := rapid.Uint32Range(0, 100).Draw(t, "n"), rapid.Uint32Range(0, 100).Draw(t, "m")
	send := model.Event{Kind: model.CallSEND, ISS: 7}
	send.N = n + m
	once, fx := ask(c, send)
	send.N = n
	twice, first := ask(c, send)
	send.N = m
	twice, second := ask(twice, send)
	require.Equal(t, once, twice, "SEND(%d) and SEND(%d) in %v", n, m, c.State)
	require.Equal(t, fx.Reply, first.Reply)
	require.Equal(t, fx.Reply, second.Reply)
}

// splitRead: to RECEIVE n and m octets is to RECEIVE n, and then m.
func splitRead(t *rapid.T, ask step, c model.TCB) {
	have := c.Unread()
	if have < 2 {
		return
	}
	n := rapid.Uint32Range(1, have-1).Draw(t, "n")
	m := rapid.Uint32Range(1, have-n).Draw(t, "m")
	receive := model.Event{Kind: model.CallRECEIVE}
	receive.N = n + m
	once, fx := ask(c, receive)
	receive.N = n
	twice, first := ask(c, receive)
	receive.N = m
	twice, second := ask(twice, receive)
	require.Equal(t, once, twice, "RECEIVE(%d) and RECEIVE(%d) in %v", n, m, c.State)
	if fx.Reply.Refused() {
		return
	}
	require.Equal(t, fx.Delivered, model.Range{Lo: first.Delivered.Lo, Hi: second.Delivered.Hi})
	require.Equal(t, first.Delivered.Hi, second.Delivered.Lo)
}

// What the user writes and reads in pieces, is the same stream. The broken
// twins are machines in which a call leaves a mark in the stream.
func TestPropertySplitCalls(t *testing.T) {
	marks := func(kind model.EventKind) step {
		return func(c model.TCB, e model.Event) (model.TCB, model.Effects) {
			next, fx := model.Step(c, e)
			if e.Kind == kind && !fx.Reply.Refused() {
				next.SND.END++
			}
			return next, fx
		}
	}
	pausing := func(b *system.Bounds) { b.ReceiveMoves = true }
	for name, split := range map[string]struct {
		relation func(*rapid.T, step, model.TCB)
		call     model.EventKind
	}{"SEND": {splitWrite, model.CallSEND}, "RECEIVE": {splitRead, model.CallRECEIVE}} {
		t.Run(name, func(t *testing.T) {
			everywhere := func(ask func(model.Options) step) func(*rapid.T) {
				return func(t *rapid.T) {
					s := rapid.SampledFrom(system.Scenarios()).Draw(t, "scenario")
					w := somewhere(t, s, pausing)
					for i := range w.State {
						split.relation(t, ask(w.System.Options), w.State[i].TCB)
					}
				}
			}
			rapid.Check(t, everywhere(func(o model.Options) step { return o.Step }))
			refuted(t, everywhere(func(model.Options) step { return marks(split.call) }))
		})
	}
}

// take takes a step of the given side by the given action, if it is possible.
// A segment may be delivered with or without room for the reply.
func take(w *properties.Walk, side int, kind system.Kind, same func(system.Action) bool) bool {
	for _, x := range w.Next() {
		k := x.Action.Kind
		if x.Side == side && (k == kind || k == system.Overflow && kind == system.Deliver) && same(x.Action) {
			w.Take(&x)
			return true
		}
	}
	return false
}

// transmitted sends octets, and the FIN if asked to, and returns the segment.
func transmitted(w *properties.Walk, side int, n uint16, fin bool) (model.Segment, bool) {
	before := w.State[side]
	if !take(w, side, system.Transmit, func(a system.Action) bool { return a.N == n && a.FIN == fin }) {
		return model.Segment{}, false
	}
	list, _ := w.System.Happenings(before, w.Trace.Steps[len(w.Trace.Steps)-1].Action)
	return list[0].Fx.Segment, true
}

func delivered(w *properties.Walk, side int, g model.Segment) bool {
	return take(w, side, system.Deliver, func(a system.Action) bool { return a.Segment == g })
}

// fork is a walk that goes on by itself.
func fork(w *properties.Walk) *properties.Walk {
	f := *w
	f.Trace.Steps = slices.Clone(w.Trace.Steps)
	return &f
}

// after is what both sides know when a segment, or its parts, have arrived.
func after(w *properties.Walk) [2]any {
	var known [2]any
	for i, s := range w.State {
		s.SND.WL1 = 0 // the segment used for the last window update is another one
		known[i] = struct {
			model.TCB
			system.User
		}{s.TCB, s.User}
	}
	return known
}

// splitSegment: one segment, or its two halves in either order, are the same.
func splitSegment(t *rapid.T, w *properties.Walk) {
	for side := range 2 {
		me, peer := &w.State[side], &w.State[1-side]
		n := uint16(min(me.Unsent(), uint32(w.System.MSS)))
		if n < 2 || int(me.NumNet)+2 > w.System.InFlight || peer.NumHeld == model.MaxHeld {
			continue
		}
		fin := me.Is(model.CloseCalled) && uint32(n) == me.Unsent()
		k := rapid.Uint16Range(1, n-1).Draw(t, "first half")
		whole, halves := fork(w), fork(w)
		g, ok := transmitted(whole, side, n, fin)
		if !ok || !delivered(whole, side, g) {
			continue // the send window has no room
		}
		x, ok := transmitted(halves, side, k, false)
		require.True(t, ok)
		y, ok := transmitted(halves, side, n-k, fin)
		require.True(t, ok)
		if rapid.Bool().Draw(t, "second half first") {
			x, y = y, x
		}
		require.True(t, delivered(halves, side, x) && delivered(halves, side, y))
		if after(whole) != after(halves) {
			t.Fatalf("%v\n%v\n%s\n%s", after(whole), after(halves),
				properties.Ladder(w.System, &whole.Trace), properties.Ladder(w.System, &halves.Trace))
		}
	}
}

// A segment may be split, and its halves be reordered, and nobody knows. The
// broken twins are machines that mistreat what is out of order.
func TestPropertySplitSegments(t *testing.T) {
	split := func(option string) func(*rapid.T) {
		return func(t *rapid.T) {
			s, ok := system.LookupScenario(rapid.SampledFrom([]string{"simultaneous-close", "close", "half-close", "loss-free"}).Draw(t, "scenario"))
			require.True(t, ok)
			splitSegment(t, somewhere(t, s, func(b *system.Bounds) {
				b.Options, b.FIFO = model.Options{}, false
				if option != "" {
					under(t, b, option)
				}
			}))
		}
	}
	rapid.Check(t, split(""))
	for _, option := range []string{"held-fin-lost", "fin-across-hole"} {
		t.Run(option, func(t *testing.T) { refuted(t, split(option)) })
	}
}
