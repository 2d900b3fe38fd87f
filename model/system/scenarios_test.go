package system

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// Scenarios have names and promises, and bounds that a state can hold.
func TestScenarios(t *testing.T) {
	names := map[string]bool{}
	for _, s := range Scenarios() {
		assert.False(t, names[s.Name], s.Name)
		names[s.Name] = true
		for _, text := range []string{s.Name, s.Text, s.Ends} {
			assert.NotEmpty(t, text, s.Name)
		}
		assert.NoError(t, s.Bounds.Validate(), s.Name)
		reading := model.Options{TimeWaitIgnoresRST: s.Name == "reincarnation", HalfDuplexClose: s.Name == "half-duplex"}
		assert.Equal(t, reading, s.Bounds.Options, "%s: the RFC's machine, but where the text says otherwise", s.Name)
		assert.NotEmpty(t, s.Actions, s.Name)
		assert.NotEmpty(t, s.Arrows, s.Name)
		for i, k := range s.Actions {
			assert.NotContains(t, s.Actions[:i], k, s.Name)
			assert.Less(t, k, NumKinds)
		}
		for i, a := range s.Arrows {
			assert.NotContains(t, s.Arrows[:i], a, s.Name)
			assert.False(t, a.Option, "%s promises an arrow of an option", s.Name)
		}
		for k, on := range map[Kind]bool{
			Lose: s.Bounds.Loss, Duplicate: s.Bounds.Dup != 0, Retransmit: !s.Bounds.NoRetransmit,
			Receive: s.Bounds.ReceiveMoves, Abort: s.Bounds.Aborts, Probe: s.Bounds.Window > 0, Update: s.Bounds.Window > 0,
			Crash: s.Bounds.Crashing(), Inject: s.Bounds.Inject > 0,
			ActiveOpen:  s.Bounds.Opens[0] == OpensActive || s.Bounds.Opens[1] == OpensActive,
			PassiveOpen: s.Bounds.Opens[0] == OpensPassive || s.Bounds.Opens[1] == OpensPassive,
		} {
			assert.Equal(t, on, slices.Contains(s.Actions, k), "%s promises %v", s.Name, k)
		}
		found, ok := LookupScenario(s.Name)
		assert.True(t, ok)
		assert.Equal(t, s, found)
	}
	_, ok := LookupScenario("no such thing")
	assert.False(t, ok)
}

// Arrows are looked up by state and trigger; a pair that the figure lacks would
// be lost without a word.
func TestArrows(t *testing.T) {
	list := arrows(closing)
	assert.Len(t, list, 9, "each of those named is found")
	for _, a := range list {
		assert.True(t, a.Drawn, "%v", a)
	}
	assert.Equal(t, "FIN-WAIT-2 --rcv FIN--> TIME-WAIT", arrows([]leaving{{model.FinWait2, model.RcvFIN}})[0].String())
	assert.Empty(t, arrows([]leaving{{model.FinWait2, model.RcvSYN}}))
	for name, want := range map[string]int{
		"close": 9, "half-close": 7, "simultaneous-close": 5, "loss-free": 9, "lifecycle": 19, "simultaneous-open": 16,
		"abort": 23, "refused": 3, "injector": 16, "injector-open": 21, "zero-window": 9, "half-duplex": 20,
		"reincarnation": 16, "crash": 27,
	} {
		s, _ := LookupScenario(name)
		assert.Len(t, s.Arrows, want, name)
	}
}

// The sizes of small graphs, exactly.
func TestCounts(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP-OK: the counts of the suite itself are compared with -short, too")
	}
	var table strings.Builder
	for _, s := range Scenarios() {
		for k := 1; k <= 2; k++ {
			for _, octets := range [][2]int{{0, 0}, {0, 1}} {
				b := scenario(t, s.Name, octets[0], octets[1], inFlight(k))
				if s.Bounds.Dup == Unlimited {
					b.Dup = 0 // duplication adds edges, and few states
				}
				if k == 2 && octets[1] == 1 && (s.Bounds.Start == FromClosed || s.Bounds.Aborts) || s.Bounds.Inject > 0 && (k == 2 || octets[1] == 1) {
					continue // larger than is of use here
				}
				_, g := explore(t, b)
				f := g.Figures()
				assert.Zero(t, f.Deadlocks, s.Name)
				fmt.Fprintf(&table, "%s %d,%d K=%d: %d %d %d\n", s.Name, octets[0], octets[1], k, f.States, f.Transitions, f.Depth)
			}
		}
	}
	assert.Equal(t, wantCounts, "\n"+table.String(), "states, transitions, depth")
}

const wantCounts = `
close 0,0 K=1: 340 1122 15
close 0,1 K=1: 2087 8062 19
close 0,0 K=2: 786 3706 18
close 0,1 K=2: 13491 88645 23
half-close 0,0 K=1: 232 899 17
half-close 0,1 K=1: 1462 6812 22
half-close 0,0 K=2: 620 3281 20
half-close 0,1 K=2: 7618 51750 26
simultaneous-close 0,0 K=1: 187 658 11
simultaneous-close 0,1 K=1: 945 3729 15
simultaneous-close 0,0 K=2: 423 2146 12
simultaneous-close 0,1 K=2: 7800 53969 19
loss-free 0,0 K=1: 57 76 10
loss-free 0,1 K=1: 223 378 11
loss-free 0,0 K=2: 85 122 12
loss-free 0,1 K=2: 488 973 18
lifecycle 0,0 K=1: 1694 7164 20
lifecycle 0,1 K=1: 5462 24090 25
lifecycle 0,0 K=2: 15386 108235 26
simultaneous-open 0,0 K=1: 3403 15650 20
simultaneous-open 0,1 K=1: 9441 44283 24
simultaneous-open 0,0 K=2: 44943 338746 23
abort 0,0 K=1: 1396 5832 15
abort 0,1 K=1: 6968 31655 20
abort 0,0 K=2: 4977 30284 18
refused 0,0 K=1: 12 27 5
refused 0,1 K=1: 12 27 5
refused 0,0 K=2: 12 27 5
injector 0,0 K=1: 54469 303284 19
injector-open 0,0 K=1: 231753 815233 30
reincarnation 0,0 K=1: 542 2141 27
reincarnation 0,1 K=1: 1431 5908 32
reincarnation 0,0 K=2: 2983 19698 31
reincarnation 0,1 K=2: 15885 114350 37
crash 0,0 K=1: 18557 89502 26
crash 0,1 K=1: 52121 257510 31
crash 0,0 K=2: 503090 4017651 40
zero-window 0,0 K=1: 3684 17554 21
zero-window 0,1 K=1: 27102 139341 27
zero-window 0,0 K=2: 12532 84726 24
zero-window 0,1 K=2: 293552 2393472 32
half-duplex 0,0 K=1: 486 1588 16
half-duplex 0,1 K=1: 2468 9222 21
half-duplex 0,0 K=2: 1142 5268 19
half-duplex 0,1 K=2: 11790 70897 25
timed 0,0 K=1: 4890 9097 36
timed 0,1 K=1: 22821 51303 36
timed 0,0 K=2: 7428 15785 41
timed 0,1 K=2: 52578 151012 41
`

// every asserts something of every transition of a small graph.
func every(t *testing.T, b Bounds, f func(x transition) bool, why string) (seen map[Kind]int) {
	t.Helper()
	s, g := explore(t, b)
	seen = map[Kind]int{}
	for x := range transitions(g) {
		require.True(t, f(x), "%s: %s\n%+v", why, s.Label(x.side, x.action), x.from)
		seen[x.action.Kind]++
	}
	return seen
}

// What the bounds allow happens, and what they do not never does.
func TestBoundsDoWhatTheySay(t *testing.T) {
	base := scenario(t, "loss-free", 0, 0, func(b *Bounds) { b.NoRetransmit = false })
	always := func(transition) bool { return true }
	optional := []Kind{Receive, Abort, Retransmit, Lose, Duplicate, FinWait2Expire, PassiveOpen, ActiveOpen, Inject}
	for name, c := range map[string]struct {
		change func(*Bounds)
		want   []Kind
	}{
		"nothing":      {func(b *Bounds) { b.NoRetransmit = true }, nil},
		"retransmits":  {func(*Bounds) {}, []Kind{Retransmit}},
		"loss":         {func(b *Bounds) { b.Loss = true }, []Kind{Retransmit, Lose}},
		"duplicates":   {duplicates(1), []Kind{Retransmit, Duplicate}},
		"without end":  {duplicates(Unlimited), []Kind{Retransmit, Duplicate}},
		"third party":  {inject(1), []Kind{Retransmit, Inject}},
		"aborts":       {func(b *Bounds) { b.Aborts = true }, []Kind{Retransmit, Abort}},
		"reads":        {func(b *Bounds) { b.ReceiveMoves = true }, []Kind{Retransmit, Receive}},
		"the timer":    {option("fin-wait-2-timer"), []Kind{Retransmit, FinWait2Expire}},
		"active only":  {func(b *Bounds) { b.Start, b.Opens = FromClosed, [2]Open{OpensActive, NoOpen} }, []Kind{Retransmit, ActiveOpen}},
		"passive only": {func(b *Bounds) { b.Start, b.Opens = FromClosed, [2]Open{NoOpen, OpensPassive} }, []Kind{PassiveOpen}},
		"nobody opens": {func(b *Bounds) { b.Start = FromClosed }, nil},
		"from ESTABLISHED OPEN is over": {
			func(b *Bounds) { b.Opens = [2]Open{OpensActive, OpensPassive} }, []Kind{Retransmit},
		},
	} {
		seen := every(t, with(base, c.change), always, "")
		var got []Kind
		for _, k := range optional {
			if seen[k] > 0 {
				got = append(got, k)
			}
		}
		assert.ElementsMatch(t, c.want, got, name)
	}
}

// With AfterFIN B SENDs and CLOSEs in CLOSE-WAIT only; A is free.
func TestAfterFIN(t *testing.T) {
	seen := every(t, scenario(t, "half-close", 1, 1, inFlight(1)), func(x transition) bool {
		return x.side == 0 || x.action.Kind != Send && x.action.Kind != Close || x.from[1].State == model.CloseWait
	}, "B waits for the FIN")
	assert.NotZero(t, seen[Send])
	assert.NotZero(t, seen[Close])
}

// A user SENDs up to its octets, CLOSEs once, OPENs once, and is not given what
// a CLOSED machine refuses.
func TestUsers(t *testing.T) {
	b := scenario(t, "lifecycle", 1, 1, inFlight(1))
	every(t, b, func(x transition) bool {
		me, after := x.from[x.side], x.to[x.side]
		switch x.action.Kind {
		case Send:
			return !me.User.Closed && int(after.User.Sent) == int(me.User.Sent)+1 && int(after.User.Sent) <= b.Octets[x.side] &&
				me.State >= model.SynSent
		case Close:
			return !me.User.Closed && after.User.Closed && me.State != model.Closed
		case ActiveOpen, PassiveOpen:
			return !me.User.Opened && after.User.Opened && me.State == model.Closed && (x.action.Kind == ActiveOpen) == (x.side == 0)
		}
		return me.User.Sent == after.User.Sent && me.User.Closed == after.User.Closed && me.User.Opened == after.User.Opened
	}, "the users")
}

// Both CLOSED is the end; every other state without a successor is a deadlock.
func TestTerminal(t *testing.T) {
	closed, open := Side{}, Side{TCB: model.TCB{State: model.Established}}
	assert.True(t, Terminal(&closed, &closed))
	assert.False(t, Terminal(&closed, &open))
	assert.False(t, Terminal(&open, &closed))
	assert.False(t, Terminal(&open, &open))
	waiting, lost := Side{TCB: model.TCB{State: model.FinWait2}}, Side{Ended: EndedDataLost}
	assert.True(t, Terminal(&waiting, &lost))
	assert.True(t, Terminal(&lost, &waiting))
	assert.False(t, Terminal(&waiting, &closed))
	assert.False(t, Terminal(&open, &lost))
	broken := Side{TCB: open.TCB, Broken: true}
	assert.True(t, Terminal(&broken, &open))
	assert.True(t, Terminal(&open, &broken))
	left, reset := Side{TCB: model.TCB{State: model.FinWait2}, Injected: 1}, Side{Ended: EndedReset}
	assert.True(t, Terminal(&left, &reset), "a RST under the address of the side in FIN-WAIT-2")
	assert.True(t, Terminal(&reset, &left))
	left.Injected = 0
	assert.False(t, Terminal(&left, &reset), "who else has reset it?")
}

// Without retransmission a lost FIN is a deadlock, and it is seen as one.
func TestDeadlock(t *testing.T) {
	b := scenario(t, "loss-free", 0, 0, func(b *Bounds) { b.Loss = true })
	_, g := explore(t, b)
	assert.NotZero(t, g.Figures().Deadlocks)
	for n := range g.States() {
		v := g.View(n)
		dead := true
		for range g.EdgesFrom(n) {
			dead = false
			break
		}
		if dead && !Terminal(v.A, v.B) {
			assert.Zero(t, v.A.NumNet+v.B.NumNet, "nothing is in flight")
			assert.False(t, v.A.Is(model.ACKPending) || v.B.Is(model.ACKPending), "and nothing is owed")
		}
	}
}
