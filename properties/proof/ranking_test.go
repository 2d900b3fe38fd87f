package proof

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The obligations of the ranking can fail: where TIME-WAIT does not outlast the
// peer the solver finds who waits in vain; and each mistake opens what it should.
func TestRankingBites(t *testing.T) {
	s := installed(t)[0]
	for _, c := range []struct {
		bugs, without []string
		open          string
	}{
		{nil, []string{"time-wait-outlasts"}, "ranking: something helps"},
		{nil, []string{"received-before-sent"}, "ranking: the rank is not negative"},
		{[]string{"fin-retransmitted-later"}, nil, "ranking-retransmit-a: helps: it sends what the peer waits for"},
		{nil, []string{"segment/ack"}, "ranking-deliver-a: helps: what is waited for"},
	} {
		open, err := FirstOpen(t.Context(), s, ofA(Of(New(c.bugs...), c.without...).ranking()))
		require.NoError(t, err)
		if assert.NotNil(t, open, "%v", c) {
			assert.Equal(t, c.open, open.String())
		}
	}
}

// The rank of a connection that is over is zero, and of one that begins to close it is what is left to do.
func TestRank(t *testing.T) {
	theory := New()
	j := NewJudge(theory)
	closed := View{Una: 3, Nxt: 3, Wr: 2, Rcv: 6}
	peer := View{Una: 6, Nxt: 6, Wr: 5, Rcv: 3}
	j.load(0, &closed, 0)
	j.load(1, &peer, 0)
	assert.Zero(t, j.env.Value(rank(&theory.Sides)))
	peer.Una, peer.Nxt, peer.State = 2, 5, 9
	j.load(1, &peer, 0)
	assert.EqualValues(t, 4+1+2, j.env.Value(rank(&theory.Sides)))
}
