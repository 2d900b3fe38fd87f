package beliefs

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model/system"
	"finwait/properties"
)

// What the machine would answer is drawn at the end of the ladder, at the
// side that was asked.
func TestQuestionIsDrawn(t *testing.T) {
	f, err := verdict(t, "four-way-open", func(p *Part) { p.Scenarios = in("lifecycle") })
	require.NoError(t, err)
	assert.Equal(t, Refuted, f.Verdict)
	assert.Contains(t, f.Ladder, `
A asked       SYN-SENT  <-- <SEQ=0><ACK=1><CTL=ACK>                        ...  CLOSED  3.10.7.3 5th
  A answers   SYN-SENT  dropped                                                 CLOSED
`)

	f, err = verdict(t, "eof-means-gone", func(p *Part) { p.Scenarios = in("half-close") })
	require.NoError(t, err)
	assert.Contains(t, f.Ladder, "B asked")
	assert.Contains(t, f.Ladder, "SEND(1)")
	assert.Contains(t, f.Ladder, "ok")
}

// The figure of three-segment closes is counted in the run itself: segments
// that are sent, replies too, and not what is delivered or lost.
func TestSegments(t *testing.T) {
	f, err := verdict(t, "four-segments", func(*Part) {})
	require.NoError(t, err)
	s, _ := system.LookupScenario("close")
	b, err := system.New(s.Small())
	require.NoError(t, err)
	assert.Equal(t, 3, segments(b, f.Trace))

	s, _ = system.LookupScenario("lifecycle")
	b, err = system.New(s.Small())
	require.NoError(t, err)
	w := properties.NewWalk(b)
	for _, label := range []string{"ActiveOpen", "PassiveOpen", "Deliver", "Lose"} {
		for _, next := range w.Next() {
			if next.Action.String() == label {
				w.Take(&next)
				break
			}
		}
	}
	assert.Equal(t, 2, segments(b, &w.Trace), "a SYN, and a SYN,ACK in reply, which is lost")
}
