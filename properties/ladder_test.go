package properties

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// perform takes the steps of a script, one a line: the side and the beginning
// of the label, "A Transmit(0,FIN)". It must fit one step, or the first of several.
func perform(t *testing.T, b *system.System, script string) *Walk {
	t.Helper()
	w := NewWalk(b)
	for line := range strings.Lines(strings.TrimSpace(script)) {
		line = strings.TrimSpace(line)
		found := false
		var can strings.Builder
		for _, x := range w.Next() {
			label := fmt.Sprintf("%c %s", 'A'+x.Side, b.Label(x.Side, x.Action))
			fmt.Fprintln(&can, label)
			if found = label == line || strings.HasPrefix(label, line+" ") || strings.HasPrefix(label, line+"<"); found {
				w.Take(&x)
				break
			}
		}
		require.True(t, found, "%q is not one of:\n%s", line, &can)
	}
	return w
}

// Runs that are drawn: what is lost, what arrives twice, what is answered and
// whose answer finds no room; octets, the end of the stream, a reset.
func TestLadders(t *testing.T) {
	for name, c := range map[string]struct {
		bounds system.Bounds
		script string
	}{
		"loss": {scenario(t, "close", 1, 0), `
			A Close
			A Transmit(0,FIN)
			A Lose
			A Retransmit(0,FIN)
			A Deliver
			B Close
			B Transmit(0,FIN)
			B Deliver
			A Ack
			A Lose
			B Retransmit(0,FIN)
			B Deliver
			A Deliver
			A TimeWaitExpire`},
		"duplicate": {scenario(t, "close", 1, 0), `
			A Send
			A Transmit(1)
			A Duplicate
			A Duplicate
			B Deliver
			A Deliver`},
		"overflow": {scenario(t, "close", 2, 1, inFlight(1)), `
			B Send
			B Transmit(1)
			A Send
			A Send
			A Transmit(1)
			A Duplicate
			A Deliver
			A Transmit(1)
			A Duplicate
			A DuplicateOverflow
			A Overflow`},
		"simultaneous-open": {scenario(t, "simultaneous-open", 1, 0), `
			A ActiveOpen
			B ActiveOpen
			A Deliver
			B Deliver
			A Deliver
			B Deliver`},
		"refused": {scenario(t, "refused", 0, 0), `
			A ActiveOpen
			A Deliver
			B Deliver`},
		"forged": {scenario(t, "injector", 1, 0), `
			A Inject <SEQ=2><CTL=RST>
			A Deliver
			B Deliver
			B Inject <SEQ=0><CTL=SYN>
			B Lose`},
		"abort": {scenario(t, "abort", 1, 1), `
			A Abort
			A Deliver`},
		"reading": {scenario(t, "half-close", 1, 2), `
			A Send
			A Transmit(1)
			A Close
			A Transmit(0,FIN)
			A Deliver <SEQ=2>
			A Deliver <SEQ=1>
			B Receive
			B Receive`},
		"two-octets": {scenario(t, "close", 2, 0, func(b *system.Bounds) { b.MSS = 2 }), `
			A Send
			A Send
			A Close
			A Transmit(2,FIN)
			A Deliver`},
	} {
		t.Run(name, func(t *testing.T) {
			b := newSystem(t, c.bounds)
			w := perform(t, b, c.script)
			golden(t, "ladders/"+name+".txt", Ladder(b, &w.Trace).String())
		})
	}
}

// Runs that go on for ever, or not at all: a lasso, one that stutters, a deadlock.
func TestLaddersWithoutEnd(t *testing.T) {
	s, _ := system.LookupScenario("simultaneous-close")
	judge := func(b system.Bounds, claim string, drop ...string) Result {
		r, err := Judge(t.Context(), Run{Scenario: s, Bounds: b, Claims: []Claim{lookup(t, claim)}, Drop: drop})
		require.NoError(t, err)
		return r
	}
	small := scenario(t, "simultaneous-close", 0, 0)
	r := judge(with(small, option("time-wait-acks-all")), "quiet")
	trace := r.Outcomes[0].Trace
	require.NotNil(t, trace)
	require.NotEqual(t, checker.NoLoop, trace.Loop)
	require.False(t, trace.Stutters())
	text := Ladder(r.System, trace).String()
	golden(t, "ladders/lasso.txt", text)
	assert.Equal(t, 1, strings.Count(text, "from here on for ever"))
	assert.Contains(t, text, "and so on for ever")

	r = judge(small, "both-close", "2msl")
	trace = r.Outcomes[0].Trace
	require.NotNil(t, trace)
	require.True(t, trace.Stutters())
	text = Ladder(r.System, trace).String()
	golden(t, "ladders/stuttering.txt", text)
	assert.NotContains(t, text, "from here on", "there is no part that repeats")
	assert.Contains(t, text, "and nothing happens any more")

	lossy := judgeRun(t, "loss-free", scenario(t, "loss-free", 0, 0, func(b *system.Bounds) { b.Loss = true }))
	require.NotNil(t, lossy.Deadlock)
	text = Ladder(lossy.System, lossy.Deadlock).String()
	golden(t, "ladders/deadlock.txt", text)
	assert.NotContains(t, text, "for ever")
}

func with(b system.Bounds, changes ...func(*system.Bounds)) system.Bounds {
	for _, change := range changes {
		change(&b)
	}
	return b
}

// Ladders are as wide as the page, whatever happens in them, unless a segment
// needs more.
func TestLadderWidth(t *testing.T) {
	b := newSystem(t, scenario(t, "lifecycle", 1, 1))
	w := NewWalk(b)
	for range 60 {
		next := w.Next()
		if len(next) == 0 {
			break
		}
		w.Take(&next[len(next)-1])
		for line := range strings.Lines(Ladder(b, &w.Trace).String()) {
			require.LessOrEqual(t, len([]rune(strings.TrimSuffix(line, "\n"))), 100, line)
		}
	}
}

// What a panic looks like.
func TestLadderOfAPanic(t *testing.T) {
	b := newSystem(t, scenario(t, "abort", 0, 0, option("last-ack-any-ack")))
	from := start(b, func(a, _ *system.Side) { a.State = 200 })
	run := local(t, b, from, system.Action{Kind: system.Abort})
	trace := &Trace{Loop: checker.NoLoop}
	for _, x := range run {
		trace.Steps = append(trace.Steps, checker.TraceStep[View, system.Action]{
			Side: x.side, Action: x.action, State: View{A: &x.sides[0], B: &x.sides[1]},
		})
	}
	golden(t, "ladders/panic.txt", Ladder(b, trace).String())
}

// The words of a row.
func TestRowTexts(t *testing.T) {
	assert.Equal(t, "A Transmit(1,FIN)", actionText(0, system.Action{Kind: system.Transmit, N: 1, FIN: true}))
	assert.Equal(t, "B Retransmit(2)", actionText(1, system.Action{Kind: system.Retransmit, N: 2}))
	assert.Equal(t, "B Deliver", actionText(1, system.Action{Kind: system.Deliver, Segment: ack(1, 1)}))
	assert.Empty(t, clauseText(0))
	assert.Equal(t, "3.10.7.4 8th", clauseText(1<<model.ClFIN|1<<model.ClText))
	for _, c := range []model.Clause{model.ClListenRST, model.ClListenACK, model.ClListenSYN, model.ClListenOther, model.ClACK, model.ClText} {
		assert.Regexp(t, `^3\.10\.7\.[24] [1-7](st|nd|rd|th)$`, clauseText(1<<c))
	}
	told := func(fx ...model.Effects) string {
		var list []system.Happening
		for _, x := range fx {
			list = append(list, system.Happening{Fx: x})
		}
		return toldText(1, list)
	}
	assert.Empty(t, told())
	assert.Empty(t, told(model.Effects{Notices: model.ToldCloseOK | model.ToldSent}), "what a user is told in passing")
	assert.Equal(t, "B's user: 1 octet", told(model.Effects{Delivered: model.Range{Lo: 1, Hi: 2}}))
	assert.Equal(t, "B's user: 2 octets, end of stream", told(model.Effects{Delivered: model.Range{Lo: 1, Hi: 3}}, model.Effects{Notices: model.ToldEOF}))
	assert.Equal(t, "B's user: connection reset", told(model.Effects{Notices: model.ToldReset | model.ToldFlushed}))
}
