package finwait

import (
	"bytes"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// Metamorphic relations: how a run changes, or does not, when something about
// it is changed. Each has a broken twin, for which it fails.

type sides = [2]system.Side

// mirror is the system in which A and B have changed places: what bounds say
// of each side, they say of the other.
func mirror(b system.Bounds) system.Bounds {
	for _, f := range reflect.ValueOf(&b).Elem().Fields() {
		if f.Kind() == reflect.Array && f.Len() == 2 {
			x, y := reflect.ValueOf(f.Index(0).Interface()), reflect.ValueOf(f.Index(1).Interface())
			f.Index(0).Set(y)
			f.Index(1).Set(x)
		}
	}
	return b
}

// mirrored is a state with its sides in each other's place.
func mirrored(s sides) sides {
	s[0], s[1] = s[1], s[0]
	s[0].Role, s[1].Role = 0, 1
	return s
}

func newSystem(t require.TestingT, b system.Bounds) *system.System {
	s, err := system.New(b)
	require.NoError(t, err)
	return s
}

// mirrors: whatever A and B can do, B and A can do, and come to the mirrored state.
func mirrors(t *rapid.T, b system.Bounds) {
	w, m := properties.NewWalk(newSystem(t, b)), properties.NewWalk(newSystem(t, mirror(b)))
	for range 300 {
		next, images := w.Next(), m.Next()
		if len(next) != len(images) {
			t.Fatalf("%d steps are possible, %d mirrored ones", len(next), len(images))
		}
		if len(next) == 0 {
			return
		}
		step := draw(t, next)
		side := 1 - step.Side
		if step.Action.Kind == system.Tick {
			side = 0 // a step of both
		}
		i := slices.IndexFunc(images, func(x properties.Transition) bool {
			return x.Side == side && x.Action == step.Action && x.To == mirrored(step.To)
		})
		w.Take(step)
		if i < 0 {
			t.Fatalf("the last step, mirrored, is not possible\n%s", properties.Ladder(w.System, &w.Trace))
		}
		m.Take(&images[i])
	}
}

// A and B change places: the mirrored walk is possible, and leads to the
// mirrored states.
func TestPropertyMirroredWalks(t *testing.T) {
	for _, s := range system.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			if s.Bounds.AfterFIN {
				// The broken twin: here only B waits for the peer's FIN.
				refuted(t, func(t *rapid.T) { mirrors(t, beyond(t, s)) })
				return
			}
			rapid.Check(t, func(t *rapid.T) { mirrors(t, beyond(t, s)) })
		})
	}
}

// Where both users may do the same, the mirror image of every state is a
// state; where they may not, the system with A and B in each other's place has
// as many states, transitions and levels.
func TestPropertyMirroredGraphs(t *testing.T) {
	for _, s := range system.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			b := s.Small()
			if b.AfterFIN {
				t.Skip("SKIP-OK: only B waits for the peer's FIN")
			}
			if s.Name == "loss-free" || s.Name == "simultaneous-close" {
				b.Octets = [2]int{1, 0}
			}
			g, _, err := properties.Run{Scenario: s, Bounds: b}.Explore(t.Context())
			require.NoError(t, err)
			h, _, err := properties.Run{Scenario: s, Bounds: mirror(b)}.Explore(t.Context())
			require.NoError(t, err)
			x, y := g.Figures(), h.Figures()
			assert.Equal(t, [...]any{x.States, x.Transitions, x.Depth, x.Deadlocks}, [...]any{y.States, y.Transitions, y.Depth, y.Deadlocks})
			seen := map[sides]bool{}
			for n := range g.States() {
				v := g.View(n)
				seen[sides{*v.A, *v.B}] = true
			}
			alone := 0
			for n := range h.States() {
				v := h.View(n)
				if !seen[mirrored(sides{*v.A, *v.B})] {
					alone++
				}
			}
			assert.Zero(t, alone, "states without a mirror image")
			if b == mirror(b) {
				assert.Equal(t, x.Digest, y.Digest)
			} else {
				assert.NotEqual(t, x.Digest, y.Digest, "the digest tells A and B apart")
			}
		})
	}
}

// shifts: with other initial sequence numbers the same walk is possible, and
// its states are the same relative to them.
func shifts(t *rapid.T, b system.Bounds, iss [2]model.Seq) {
	c := b
	c.ISS = iss
	w, m := properties.NewWalk(newSystem(t, b)), properties.NewWalk(newSystem(t, c))
	for range 300 {
		next, others := w.Next(), m.Next()
		if len(next) != len(others) {
			t.Fatalf("%d steps are possible, or %d\n%s", len(next), len(others), properties.Ladder(w.System, &w.Trace))
		}
		if len(next) == 0 {
			return
		}
		step := draw(t, next)
		i := slices.IndexFunc(next, func(x properties.Transition) bool { return x.Side == step.Side && x.Action == step.Action })
		w.Take(&next[i])
		m.Take(&others[i])
		if !bytes.Equal(relative(w, &next[i]), relative(m, &others[i])) {
			t.Fatalf("not the same step, or state\n%s\n%s", properties.Ladder(w.System, &w.Trace), properties.Ladder(m.System, &m.Trace))
		}
	}
}

// relative is the last step of a walk, and the state that it leads to, with
// every sequence number relative to the initial ones.
func relative(w *properties.Walk, last *properties.Transition) []byte {
	var text bytes.Buffer
	text.Write(w.System.EncodeAction(nil, last.Side, last.Action))
	text.Write(w.System.Encode(nil, w.State[0]))
	text.Write(w.System.Encode(nil, w.State[1]))
	return text.Bytes()
}

func sequenceNumbers(t *rapid.T) [2]model.Seq {
	return [2]model.Seq{model.Seq(rapid.Uint32().Draw(t, "other ISS of A")), model.Seq(rapid.Uint32().Draw(t, "other ISS of B"))}
}

// From ESTABLISHED the initial sequence numbers do not matter. Near an OPEN, and
// where a third party speaks without ACK, they do, where 0 is near them: that is
// the broken twin.
func TestPropertyShiftedSequenceNumbers(t *testing.T) {
	for _, s := range system.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			if s.Bounds.Start != system.FromClosed && s.Bounds.Inject == 0 {
				rapid.Check(t, func(t *rapid.T) { shifts(t, beyond(t, s), sequenceNumbers(t)) })
				return
			}
			if s.Name != "simultaneous-open" {
				t.Skip("SKIP-OK: the twin is simultaneous-open")
			}
			refuted(t, func(t *rapid.T) {
				b := beyond(t, s)
				b.ISS = [2]model.Seq{1 << 16, 1 << 16}
				shifts(t, b, [2]model.Seq{1<<32 - 1, 1<<32 - 1})
			})
		})
	}
}
