package checker_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"finwait/checker"
)

// twinned makes a symmetric component of any one: a side is a side of it, and a role; those of role 1 do as those of role
// 0 do.
type twinned struct {
	*tiny
	broken bool // it is not symmetric, but says so
}

const role = 0x80

func (c *twinned) Init(yield func(a, b uint8) bool) {
	for _, s := range c.initial {
		if !yield(s[0], s[1]|role) || !yield(s[1], s[0]|role) {
			return
		}
	}
}

func (c *twinned) of(moves []tinyMove, s uint8, buf []tinyMove) []tinyMove {
	for _, m := range moves {
		m.Next |= s & role
		buf = append(buf, m)
	}
	return buf
}

func (c *twinned) Moves(s uint8, buf []tinyMove) []tinyMove {
	buf = c.of(c.moves[s&^role], s, buf)
	if c.broken && s == role {
		buf = append(buf, tinyMove{Action: 3, Next: role})
	}
	return buf
}

func (c *twinned) Accept(s, a uint8, buf []tinyMove) []tinyMove {
	return c.of(c.accept[[2]uint8{s &^ role, a}], s, buf)
}
func (c *twinned) Facts(s uint8) uint64 { return c.facts[s&^role] }
func (c *twinned) Asymmetry() string    { return "" }
func (c *twinned) Mirror(s uint8) uint8 { return s ^ role }

// Actions from 100 on are those of joint moves: see plain.
func (c *twinned) MirrorLabel(side int, a uint8) (int, uint8) {
	if a >= 100 {
		return side, a
	}
	return 1 - side, a
}

func (c *twinned) image(s tinyState) tinyState { return tinyState{s[1] ^ role, s[0] ^ role} }

func drawTwinned(t *rapid.T) *twinned {
	c := &twinned{tiny: drawTiny(t)}
	for s := range c.moves { // joint moves have actions of their own
		for i := range c.moves[s] {
			if m := &c.moves[s][i]; m.Kind == checker.Joint && m.Action < 100 {
				m.Action += 100
			}
		}
	}
	return c
}

func TestSymmetry(t *testing.T) {
	file := filepath.Join(t.TempDir(), "checkpoint")
	rapid.Check(t, func(t *rapid.T) {
		c := drawTwinned(t)
		slow := slowProduct[uint8, uint8](c)
		classes := map[tinyState]bool{}
		for _, s := range slow.states {
			if image := c.image(s); !classes[image] {
				classes[s] = true
			}
		}
		transitions, dead := 0, 0
		for n, s := range slow.states {
			if classes[s] {
				if transitions += len(slow.out[n]); len(slow.out[n]) == 0 {
					dead++
				}
			}
		}

		in := rapid.Uint64().Draw(t, "P")
		p := func(v tinyView) bool { return in>>(*v.A&3*4+*v.B&3)&1 != 0 } // of no symmetry
		q := func(v tinyView) bool { return in>>(*v.B&3*4+*v.A&3)&2 != 0 }
		halves := func(s checker.SideStep[uint8, uint8]) bool { return *s.From < role || *s.To&^role != 1 }
		second := func(s checker.SideStep[uint8, uint8]) bool { return *s.From >= role && s.Action == 2 }
		step := func(s checker.Step[tinyView, uint8]) bool { return s.Side == 0 || p(s.To) }
		properties := []checker.Property[tinyView, uint8]{
			checker.Always[uint8]("always", p), checker.AlwaysWhen[uint8]("always when", q, p), checker.Sometimes[uint8]("sometimes", q),
			checker.AlwaysStep("always step", step), checker.SometimesStep("sometimes step", step),
			checker.AlwaysSideStep("half", halves), checker.SometimesSideStep("some half", second),
			checker.AlwaysSideStepWhen("half when", second, halves),
		}
		check := func(symmetry bool, workers int, save *checker.Checkpoint, progress func(checker.Progress)) checker.Report[tinyView, uint8] {
			r, err := checker.CheckProduct(context.Background(), c, checker.ProductOptions[uint8, uint8]{
				Symmetry: symmetry, Workers: workers, Checkpoint: save, Progress: progress,
				Terminal: func(v tinyView) bool { return *v.A == 1 },
			}, properties...)
			require.NoError(t, err)
			return timeless(r)
		}
		whole, half := check(false, 1, nil, nil), check(true, 1, nil, nil)
		require.Len(t, half.Notes, 1)
		require.Contains(t, half.Notes[0], "by symmetry: ")
		require.Equal(t, len(classes), half.States)
		require.Equal(t, transitions, int(half.Transitions))
		require.LessOrEqual(t, half.Deadlocks, dead)
		require.Equal(t, whole.Deadlocks > 0, half.Deadlocks > 0)
		require.Equal(t, whole.Deadlock, half.Deadlock)
		require.Equal(t, whole.Depth, half.Depth)
		require.Equal(t, whole.Digest, half.Digest)
		require.Equal(t, whole.Coverage, half.Coverage)
		for i, w := range whole.Results {
			h := half.Results[i]
			require.Equal(t, w.Verdict, h.Verdict, w.Name)
			require.Equal(t, w.Trace, h.Trace, w.Name)
			require.LessOrEqual(t, h.Premise, 2*w.Premise, w.Name)
			require.LessOrEqual(t, w.Premise, 2*h.Premise, w.Name)
		}
		require.Equal(t, half, check(true, 3, nil, nil))
		if rapid.IntRange(0, 19).Draw(t, "resume") > 0 { // a disk is slow
			return
		}
		for _, content := range checkpoints(t, file, func(c *checker.Checkpoint, progress func(checker.Progress)) { check(true, 2, c, progress) }) {
			write(t, file, content)
			require.Equal(t, half, check(true, 1, often(file, true), nil))
		}
	})
}

// TestBrokenSymmetry has models that promise what they do not keep.
func TestBrokenSymmetry(t *testing.T) {
	c := &twinned{tiny: &tiny{initial: []tinyState{{0, 0}}, moves: [][]tinyMove{{{Action: 1, Next: 0}}}, facts: []uint64{0}}}
	o := checker.ProductOptions[uint8, uint8]{Symmetry: true}
	r, err := checker.CheckProduct(t.Context(), c, o)
	require.NoError(t, err)
	require.Equal(t, 1, r.States)
	c.broken = true
	_, err = checker.CheckProduct(t.Context(), c, o)
	require.ErrorContains(t, err, "the model is not symmetric, though it says so: side 0: its image has another number of moves")
}

type lopsided struct{ *twinned }

func (lopsided) Asymmetry() string { return "one is blue" }

type begun struct{ *twinned }

func (begun) Init(yield func(a, b uint8) bool) { yield(0, role|1) }

// TestNoSymmetry has systems that are explored as a whole, and says why.
func TestNoSymmetry(t *testing.T) {
	c := &twinned{tiny: &tiny{
		initial: []tinyState{{0, 1}}, moves: [][]tinyMove{{{Action: 1, Next: 1}}, {{Action: 1, Next: 0}}}, facts: []uint64{0, 0},
	}}
	eventually := checker.AlwaysEventually[uint8]("", func(tinyView) bool { return true })
	for _, test := range []struct {
		why        string
		c          checker.Component[uint8, uint8]
		most       int
		properties []checker.Property[tinyView, uint8]
	}{
		{"does not say what the image of a side is", c.tiny, 0, nil},
		{"one is blue", lopsided{c}, 0, nil},
		{"the image of an initial state is not initial", begun{c}, 0, nil},
		{"liveness is judged", c, 0, []checker.Property[tinyView, uint8]{eventually}},
		{"there is a limit on states", c, 100, nil},
		{"", c, 0, nil},
	} {
		r, err := checker.CheckProduct(t.Context(), test.c, checker.ProductOptions[uint8, uint8]{Symmetry: true, MaxStates: test.most}, test.properties...)
		require.NoError(t, err)
		if test.why == "" {
			require.Contains(t, r.Notes[0], "by symmetry: ")
			require.Equal(t, 3, r.States)
			continue
		}
		require.Equal(t, 4, r.States)
		require.True(t, slices.ContainsFunc(r.Notes, func(n string) bool { return n[:17] == "symmetry is off: " }))
		require.Contains(t, r.Notes[0], test.why)
	}
}
