package proof

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
	"finwait/properties/proof/smt"
)

// valuesOf lists the values of a view.
func valuesOf(v *View) (list Values) {
	for _, f := range fields {
		list = append(list, Named{Name: f.name, Value: f.value(v, 0)})
	}
	return list
}

// The search finds the shortest run to a state that there is, and none to one that there is not.
func TestReach(t *testing.T) {
	open := &Open{}
	closing := View{State: model.Closing, Nxt: 1, Cl: true, Rcv: 1, Rf: true, Told: true, Eof: true}
	c := &Counterexample{Open: open, Before: [2]Values{valuesOf(&closing), valuesOf(&closing)}}
	s, err := c.Reach(t.Context(), nil)
	require.NoError(t, err)
	require.NotNil(t, s.Run)
	assert.Equal(t, 6, s.Run.Steps, "two CLOSEs, two FINs, two deliveries")
	assert.Contains(t, s.Run.Ladder(), "CLOSING")

	arrives := Values{{"seq", 1, ""}, {"len", 0, ""}, {"ack", 1, ""}, {"FIN", 0, ""}, {"RST", 0, ""}, {"SYN", 0, ""}, {"ACK", 1, ""}}
	c.Arrives, c.Open = &arrives, &Open{Part: Part{Action: &Action{Arrives: true}}}
	s, err = c.Reach(t.Context(), nil)
	require.NoError(t, err)
	require.NotNil(t, s.Run)
	assert.Equal(t, 7, s.Run.Steps, "and the ACK of B in flight")

	closing.Una = 1
	c.Before[0], c.Arrives = valuesOf(&closing), nil
	s, err = c.Reach(t.Context(), nil)
	require.NoError(t, err)
	assert.Nil(t, s.Run, "in CLOSING the FIN is not acknowledged")
	assert.Empty(t, s.CutOff)
	assert.Greater(t, s.States, 1000)

	s, err = c.Reach(t.Context(), []string{"closing-skipped"})
	require.NoError(t, err)
	assert.Nil(t, s.Run)
	_, err = c.Reach(t.Context(), []string{"no-such-bug"})
	assert.ErrorContains(t, err, "no-such-bug")
}

// A counterexample satisfies the invariant before, and not what was to be shown after; it is drawn.
func TestCounterexample(t *testing.T) {
	for _, s := range installed(t) {
		theory := New("last-ack-any-ack")
		open, err := FirstOpen(t.Context(), s, ofA(Of(theory).Parts()))
		require.NoError(t, err)
		require.Equal(t, "deliver-a: kept: ended of A", open.String())
		c, err := theory.Counterexample(t.Context(), s, open)
		require.NoError(t, err)
		assert.EqualValues(t, model.LastAck, c.Before[0].get("state"))
		assert.EqualValues(t, model.Closed, c.After[0].get("state"))
		assert.EqualValues(t, ByLastAck, c.After[0].get("ended"))
		assert.Less(t, c.After[0].get("una"), c.After[0].get("nxt"), "the FIN is not acknowledged")
		assert.Regexp(t, `A deliver +CLOSED +<-- <SEQ=`, c.String())
		assert.Contains(t, c.String(), "ended=not-ended->by-last-ack")

		open.Answer = smt.Unknown
		_, err = theory.Counterexample(t.Context(), s, open)
		assert.ErrorContains(t, err, "no counterexample")
	}
}
