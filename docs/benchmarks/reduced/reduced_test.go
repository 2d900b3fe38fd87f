package reduced_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/docs/benchmarks/reduced"
)

// What every checker must count: the peers are held against the same numbers before they are timed.
var counts = []struct {
	reduced.Params
	states, transitions, depth int
}{
	{reduced.Params{D: 1, M: 1, K: 1}, 8_834, 47_352, 17},
	{reduced.Params{D: 2, M: 2, K: 1}, 55_090, 315_874, 20},
	{reduced.Params{D: 1, M: 1, K: 2}, 103_825, 1_002_818, 25},
	{reduced.Params{D: 2, M: 1, K: 2}, 1_641_620, 17_161_556, 30},
}

func TestCounts(t *testing.T) {
	for _, c := range counts {
		t.Run(fmt.Sprint(c.Params), func(t *testing.T) {
			if c.states > 200_000 && testing.Short() {
				t.Skip("SKIP-OK: the larger size is for the run without -short")
			}
			claims := append(c.Safety(), c.BothClose(), c.Answered())
			report, err := checker.CheckProduct(context.Background(), c.Params, c.Options(0), claims...)
			require.NoError(t, err)
			require.Nil(t, report.Deadlock)
			require.Empty(t, report.Truncated)
			for _, r := range report.Results {
				require.Equal(t, checker.Holds, r.Verdict, r.Name)
			}
			require.Equal(t, [3]int{c.states, c.transitions, c.depth}, [3]int{report.States, int(report.Transitions), report.Depth})

			if c.states > 200_000 {
				return // the hash table has seen smaller ones
			}
			graph, err := checker.ExploreProduct(context.Background(), c.Params, c.Options(0)).Check(context.Background(), claims...)
			require.NoError(t, err)
			require.Equal(t, report.Digest, graph.Digest, "the hash table and the matrix find the same")
			require.Equal(t, report.Coverage, graph.Coverage)
			for i, r := range report.Results {
				require.Equal(t, [2]any{r.Verdict, r.Premise}, [2]any{graph.Results[i].Verdict, graph.Results[i].Premise}, r.Name)
			}
		})
	}
}

// hasty accepts a segment from beyond a hole.
type hasty struct{ reduced.Params }

func (h hasty) Accept(s reduced.Side, a reduced.Action, buf []reduced.Move) []reduced.Move {
	buf = h.Params.Accept(s, a, buf)
	if next := &buf[len(buf)-1].Next; a.Segment.SEQ > s.RCV {
		next.RCV, next.Hole = a.Segment.End, true
	}
	return buf
}

// early lets 2MSL end although the peer may still retransmit.
type early struct{ reduced.Params }

func (early) Facts(reduced.Side) uint64 { return 1 }

func TestClaimsCanFail(t *testing.T) {
	p := reduced.Params{D: 1, M: 1, K: 2}
	judge := func(c checker.Component[reduced.Side, reduced.Action], claims ...reduced.Property) (verdicts []checker.Verdict) {
		report, err := checker.CheckProduct(context.Background(), c, p.Options(0), claims...)
		require.NoError(t, err)
		for _, r := range report.Results {
			verdicts = append(verdicts, r.Verdict)
		}
		return verdicts
	}
	require.Equal(t, checker.Violated, judge(hasty{p}, p.Safety()...)[0], "a FIN accepted across a hole")
	require.Equal(t, checker.Violated, judge(early{p}, p.Safety()...)[3], "TIME-WAIT ends too early")
	for i, f := range p.Fairness() {
		rest := append(append([]checker.Fairness[reduced.Action]{}, p.Fairness()[:i]...), p.Fairness()[i+1:]...)
		claim := checker.AlwaysEventually("both sides reach CLOSED", reduced.Done, rest...)
		require.Equal(t, []checker.Verdict{checker.Violated}, judge(p, claim), "without %s", f.Name)
	}
}
