package checker_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"finwait/checker"
)

type gossipOptions = checker.ProductOptions[gossiper, gossipAction]

// edgesOf lists the edges of a graph.
func edgesOf[V, A any](g *checker.Graph[V, A]) []checker.Edge[A] {
	return slices.AppendSeq([]checker.Edge[A]{}, g.Edges())
}

// TestWorkers explores several rounds per level, and cuts in the middle of one, with different numbers of workers.
func TestWorkers(t *testing.T) {
	complete := gossip{3}
	for _, o := range []gossipOptions{{}, {MaxStates: 20_000}, {MaxStates: 33_333}, {MaxMemory: 1 << 19}} {
		o.Workers = 1
		one := checker.ExploreProduct(context.Background(), complete, o)
		for _, workers := range []int{2, 3, 8} {
			o.Workers = workers
			many := checker.ExploreProduct(context.Background(), complete, o)
			f, want := many.Figures(), one.Figures()
			f.Duration = want.Duration
			require.Equal(t, want, f)
			for n := range one.States() {
				v, w := one.View(n), many.View(n)
				if *v.A != *w.A || *v.B != *w.B {
					require.Fail(t, "another state", "number %d, %d workers", n, workers)
				}
			}
			require.True(t, slices.Equal(edgesOf(one), edgesOf(many)))
		}
	}
}

func TestMaxStatesIsExact(t *testing.T) {
	f := checker.ExploreProduct(context.Background(), gossip{5}, gossipOptions{MaxStates: 54_321}).Figures()
	require.Equal(t, 54_321, f.States)
	require.Equal(t, "limit of 54321 states", f.Truncated)
	require.Less(t, f.Expanded, f.States)

	f = checker.ExploreProduct(context.Background(), gossip{5}, gossipOptions{MaxStates: 102_400}).Figures()
	require.Equal(t, 102_400, f.States, "just enough")
	require.Empty(t, f.Truncated)
}

func TestMaxMemory(t *testing.T) {
	f := checker.ExploreProduct(context.Background(), gossip{5}, gossipOptions{MaxMemory: 1 << 20}).Figures()
	require.Equal(t, "memory limit of 1048576 bytes", f.Truncated)
	require.Less(t, f.Expanded, f.States)
	require.Less(t, f.Bytes, int64(2<<20))
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	levels := 0
	o := gossipOptions{Workers: 2, Progress: func(checker.Progress) {
		if levels++; levels == 4 {
			cancel()
		}
	}}
	report, err := checker.CheckProduct(ctx, gossip{5}, o,
		checker.Always[gossipAction]("small", func(v gossipView) bool { return v.A.count < 2 }),
		checker.Always[gossipAction]("true", func(gossipView) bool { return true }),
		checker.AlwaysEventually[gossipAction]("zero", func(v gossipView) bool { return v.A.count == 0 }))
	require.NoError(t, err)
	require.Equal(t, "context canceled", report.Truncated)
	require.Equal(t, checker.Violated, report.Results[0].Verdict, "what has been explored is judged")
	require.Equal(t, checker.Inconclusive, report.Results[1].Verdict)
	require.Equal(t, "exploration truncated: context canceled", report.Results[1].Message)
	require.Equal(t, checker.Violated, report.Results[2].Verdict, "it stutters in an expanded state")

	g := checker.ExploreProduct(context.Background(), gossip{2}, gossipOptions{})
	report, err = g.Check(ctx, checker.Always[gossipAction]("true", func(gossipView) bool { return true }),
		checker.AlwaysEventually[gossipAction]("zero", func(v gossipView) bool { return v.A.count == 0 }))
	require.NoError(t, err)
	for _, r := range report.Results {
		require.Equal(t, checker.Inconclusive, r.Verdict)
		require.Equal(t, "the search was interrupted", r.Message)
	}

	caused, stop := context.WithTimeoutCause(context.Background(), 0, errors.New("out of time"))
	defer stop()
	f := checker.ExploreProduct(caused, gossip{5}, gossipOptions{}).Figures()
	require.Equal(t, "out of time", f.Truncated)
	require.Equal(t, 1, f.States)
	require.Equal(t, 0, f.Expanded)
}

func TestProgress(t *testing.T) {
	var seen []checker.Progress
	g := checker.ExploreProduct(context.Background(), gossip{4}, gossipOptions{Progress: func(p checker.Progress) { seen = append(seen, p) }})
	f := g.Figures()
	require.Greater(t, len(seen), f.Depth, "at the end of each level")
	last := seen[len(seen)-1]
	require.Equal(t, f.States, last.States)
	require.Equal(t, f.Transitions, last.Transitions)
	require.Equal(t, f.Depth, last.Depth)
	require.Zero(t, last.Frontier)
	require.Positive(t, last.Bytes)
	require.Less(t, last.Elapsed, time.Minute)
	for i := range seen[1:] {
		require.GreaterOrEqual(t, seen[i+1].States, seen[i].States)
	}
}

// TestRandomTruncation cuts random graphs at random sizes: the rest is a prefix of the whole, and nothing said about
// it contradicts the whole.
func TestRandomTruncation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawTiny(t)
		whole := checker.ExploreProduct(context.Background(), c, checker.ProductOptions[uint8, uint8]{})
		most := rapid.IntRange(1, 12).Draw(t, "states")
		part := checker.ExploreProduct(context.Background(), c, checker.ProductOptions[uint8, uint8]{MaxStates: most})
		f := part.Figures()
		require.Equal(t, min(most, whole.States()), f.States)
		require.Equal(t, whole.States() > most, f.Truncated != "")
		expanded := slices.DeleteFunc(edgesOf(whole), func(e checker.Edge[uint8]) bool { return e.Source >= f.Expanded })
		require.Equal(t, expanded, edgesOf(part))
		require.Equal(t, len(expanded), int(f.Transitions))
		for n := range f.States {
			require.Equal(t, *whole.View(n).A, *part.View(n).A)
			require.Equal(t, whole.Depth(n), part.Depth(n))
		}

		inP, inQ := rapid.Uint64().Draw(t, "P"), rapid.Uint64().Draw(t, "Q")
		p := func(v tinyView) bool { return inP>>(*v.A*4+*v.B)&1 != 0 }
		q := func(v tinyView) bool { return inQ>>(*v.A*4+*v.B)&1 != 0 }
		fair := drawFairness(t)
		claims := []checker.Property[tinyView, uint8]{
			checker.AlwaysWhen[uint8]("always", p, q),
			checker.Sometimes[uint8]("sometimes", p),
			checker.LeadsTo("leads to", p, q, fair...),
			checker.AlwaysEventually("always eventually", p, fair...),
			checker.EventuallyAlways("eventually always", p, fair...),
		}
		whole1, err := whole.Check(context.Background(), claims...)
		require.NoError(t, err)
		part1, err := part.Check(context.Background(), claims...)
		require.NoError(t, err)
		dead := f.Expanded
		for n := range f.Expanded {
			for range whole.EdgesFrom(n) {
				dead--
				break
			}
		}
		require.Equal(t, dead, part1.Deadlocks, "only expanded states are deadlocks")
		for i, r := range part1.Results {
			if f.Truncated == "" {
				require.Equal(t, whole1.Results[i].Verdict, r.Verdict)
				continue
			}
			require.NotEqual(t, checker.Vacuous, r.Verdict)
			if r.Kind == checker.Witness {
				require.NotEqual(t, checker.Violated, r.Verdict)
			} else {
				require.NotEqual(t, checker.Holds, r.Verdict)
			}
			if r.Verdict != checker.Inconclusive {
				require.Equal(t, whole1.Results[i].Verdict, r.Verdict, r.Name)
			}
		}
	})
}

// stranger makes a move of no kind.
type stranger struct{ *tiny }

func (stranger) Moves(uint8, []tinyMove) []tinyMove { return []tinyMove{{Kind: 7}} }

func TestPanics(t *testing.T) {
	c := &tiny{initial: []tinyState{{0, 0}}, facts: []uint64{0}}
	require.PanicsWithValue(t, "checker: a component made a move that is neither Local, Offer nor Joint", func() {
		checker.ExploreProduct(context.Background(), stranger{c}, checker.ProductOptions[uint8, uint8]{})
	})
	for _, workers := range []int{1, 4} {
		// A panic in a worker reaches the caller.
		require.PanicsWithValue(t, "ouch", func() {
			checker.Explore(context.Background(), explosive{}, checker.ModelOptions[uint16, uint8]{Workers: workers})
		})
	}
}

// explosive has a wide level, so that several workers ask it.
type explosive struct{}

func (explosive) Init(yield func(uint16) bool) {
	for i := range uint16(1000) {
		yield(i)
	}
}

func (explosive) Next(s uint16, _ []checker.Successor[uint16, uint8]) []checker.Successor[uint16, uint8] {
	if s == 777 {
		panic("ouch")
	}
	return nil
}
func (explosive) Encode(dst []byte, _ uint16) []byte      { return dst }
func (explosive) EncodeAction(dst []byte, _ uint8) []byte { return dst }

func TestNothing(t *testing.T) {
	report, err := checker.Check(context.Background(), &web{}, checker.ModelOptions[uint8, uint8]{},
		checker.Always[uint8]("always", at(0)), checker.Sometimes[uint8]("sometimes", at(0)), checker.LeadsTo[uint8]("leads to", at(0), at(1)))
	require.NoError(t, err)
	require.Zero(t, report.States)
	require.Zero(t, report.Depth)
	require.Equal(t, checker.Vacuous, report.Results[0].Verdict)
	require.Equal(t, checker.Violated, report.Results[1].Verdict)
	require.Equal(t, checker.Vacuous, report.Results[2].Verdict)

	f := checker.Explore(context.Background(), &web{initial: []uint8{0, 1, 0, 2}, next: [][]checker.Successor[uint8, uint8]{{}, {}, {}}},
		checker.ModelOptions[uint8, uint8]{MaxStates: 2}).Figures()
	require.Equal(t, 2, f.States, "initial states count")
	require.NotEmpty(t, f.Truncated)
}
