package finwait

import (
	"testing"

	"github.com/stretchr/testify/require"

	"finwait/model/system"
	"finwait/properties"
)

// BenchmarkExplore explores the default close with one worker. The metric that
// counts is transitions per second.
func BenchmarkExplore(b *testing.B) {
	s, _ := system.LookupScenario("close")
	transitions := uint64(0)
	for b.Loop() {
		g, _, err := properties.Run{Scenario: s, Bounds: s.Bounds, Workers: 1}.Explore(b.Context())
		require.NoError(b, err)
		f := g.Figures()
		transitions += f.Transitions
		b.ReportMetric(float64(f.Bytes)/float64(f.States), "bytes/state")
	}
	b.ReportMetric(float64(transitions)/b.Elapsed().Seconds(), "transitions/s")
}

// BenchmarkJudge explores the default close and judges every claim, with one
// worker: safety, liveness under fairness, witnesses.
func BenchmarkJudge(b *testing.B) {
	s, _ := system.LookupScenario("close")
	for b.Loop() {
		_, err := properties.Judge(b.Context(), properties.Run{
			Scenario: s, Bounds: s.Bounds, Claims: properties.Judged(s.Name), Workers: 1,
		})
		require.NoError(b, err)
	}
}
