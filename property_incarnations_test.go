package finwait

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model/system"
	"finwait/properties"
)

// fallen lists the claims that a run has violated, each with the length of its
// counterexample.
func fallen(r properties.Result) string {
	var list []string
	for _, o := range r.Outcomes {
		if o.Claim.Kind != properties.Witness && o.Verdict == checker.Violated {
			list = append(list, fmt.Sprintf("%s %s (%d)", o.Claim.Number, o.Claim.Name, len(o.Trace.Steps)-1))
		}
	}
	if len(list) == 0 {
		return "nothing"
	}
	return strings.Join(list, ", ")
}

func outcomeOf(t *testing.T, r properties.Result, name string) properties.Outcome {
	t.Helper()
	for _, o := range r.Outcomes {
		if o.Claim.Name == name {
			return o
		}
	}
	require.Fail(t, "not judged", name)
	return properties.Outcome{}
}

// What keeps two incarnations of a connection apart: TIME-WAIT, if it waits and
// is not ended by a RST; or else initial sequence numbers above all that were
// used. What falls without each of them is golden, and so are the shortest runs
// in which an old segment is accepted.
func TestPropertyIncarnations(t *testing.T) {
	free := func(b *system.Bounds) { b.TimeWait = system.TimeWaitFree }
	obeys := func(b *system.Bounds) { b.Options.TimeWaitIgnoresRST = false }
	bug := func(name string) func(*system.Bounds) { return func(b *system.Bounds) { under(t, b, name) } }
	var table strings.Builder
	fmt.Fprintf(&table, "%-34s %-6s %9s   %s\n", "TIME-WAIT", "ISN", "states", "what falls (steps)")
	for _, c := range []struct {
		name, text string
		change     func(*system.Bounds)
		apart      bool // by the sequence numbers alone
	}{
		{"", "waits, and ignores RSTs", func(*system.Bounds) {}, true},
		{"free", "may end at any time", free, true},
		{"rst-obeyed", "waits, and a RST ends it", obeys, true},
		{"", "is skipped (skip-time-wait)", bug("skip-time-wait"), true},
		{"", "waits; rst-not-validated", bug("rst-not-validated"), false},
	} {
		for _, step := range []uint32{0, system.DefaultISNStep} {
			r := run(t, "reincarnation", properties.Judged("reincarnation"), func(r *properties.Run) {
				r.Bounds.Octets = [2]int{}
				r.Bounds.ISNStep = step
				c.change(&r.Bounds)
			})
			isn := map[bool]string{true: "same", false: "above"}[step == 0]
			fmt.Fprintf(&table, "%-34s %-6s %9s   %s\n", c.text, isn, thousands(uint64(r.Figures.States)), fallen(r))
			o := outcomeOf(t, r, "incarnations")
			want := checker.Violated
			if c.text == "waits, and ignores RSTs" || step > 0 && c.apart {
				want = checker.Holds
			}
			assert.Equal(t, want, o.Verdict, "%s, ISN %s", c.text, isn)
			if step == 0 && c.name != "" {
				golden(t, "incarnations/"+c.name+".txt", drawn(r, o.Trace))
				golden(t, "incarnations/"+c.name+"-ack-war.txt", drawn(r, outcomeOf(t, r, "quiet").Trace))
			}
		}
	}
	golden(t, "incarnations/table.txt", table.String())
}

// RFC 1337's first hazard: a RST has ended TIME-WAIT, and an octet of the old
// connection is delivered in the new one, where it was never sent.
func TestPropertyOldOctet(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP-OK: the scenario is too large for -short")
	}
	r := run(t, "reincarnation", []properties.Claim{claim(t, "prefix")}, func(r *properties.Run) {
		r.Bounds.Options.TimeWaitIgnoresRST = false
	})
	require.Equal(t, checker.Violated, r.Outcomes[0].Verdict)
	golden(t, "incarnations/old-octet.txt", drawn(r, r.Outcomes[0].Trace))
}

// Either side may close first, so that the SYN of the next connection can meet
// TIME-WAIT, whose acknowledgment speaks of the old connection. It is accepted
// by the new one unless the new initial sequence number lies above all that were
// used, "larger than those recently used" [3.4.2]: SYN and FIN use two.
func TestPropertyISNAboveTheOldOnes(t *testing.T) {
	for step, want := range map[uint32]checker.Verdict{
		0: checker.Violated, 1: checker.Violated, 2: checker.Holds, 3: checker.Holds, system.DefaultISNStep: checker.Holds,
	} {
		r := run(t, "reincarnation", properties.Judged("reincarnation"), func(r *properties.Run) {
			r.Bounds.Octets = [2]int{}
			r.Bounds.AfterFIN, r.Bounds.ISNStep = false, step
		})
		o := outcomeOf(t, r, "incarnations")
		assert.Equal(t, want, o.Verdict, "step %d", step)
		if want == checker.Holds {
			assert.Equal(t, "nothing", fallen(r), "step %d", step)
		}
		if step == 1 {
			golden(t, "incarnations/syn-in-time-wait.txt", drawn(r, o.Trace))
		}
	}
}

// The same crash with more in flight, from ESTABLISHED: all that is claimed of
// `crash` holds, and S10, too.
func TestPropertyCrashFromEstablished(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP-OK: the scenario is too large for -short")
	}
	claims := append(properties.Judged("crash"), claim(t, "incarnations"))
	r := run(t, "crash", claims, func(r *properties.Run) {
		r.Bounds.Start, r.Bounds.InFlight = system.FromEstablished, 2
	})
	for _, o := range r.Outcomes {
		assert.Equal(t, checker.Holds, o.Verdict, "%s %s: %s\n%s", o.Claim.Number, o.Claim.Name, o.Message, drawn(r, o.Trace))
	}
	assert.Zero(t, r.Figures.Deadlocks)
	assert.Equal(t, 194652, r.Figures.States)
}

// The half-open connection of which nobody is told: FIN-WAIT-2 has no timer, so
// that "both reach CLOSED" without an exception is false after a crash; with
// the timer of many stacks it is true.
func TestPropertySilentHalfOpen(t *testing.T) {
	expire := checker.WF("fin-wait-2", checker.PerSide(func(_ int, a system.Action) bool { return a.Kind == system.FinWait2Expire }))
	for _, timer := range []bool{false, true} {
		s, _ := system.LookupScenario("crash")
		b := s.Small()
		b.Options.FinWait2Timer = timer
		g, sys, err := properties.Run{Scenario: s, Bounds: b}.Explore(t.Context())
		require.NoError(t, err)
		fair := append(properties.Assume(properties.AssumeAllBut("msl")), expire)
		report, err := g.Check(t.Context(), checker.EventuallyAlways("both closed", func(v properties.View) bool {
			return !v.A.User.Opened || !v.B.User.Opened || v.A.State == 0 && v.B.State == 0
		}, fair...))
		require.NoError(t, err)
		r := report.Results[0]
		if timer {
			assert.Equal(t, checker.Holds, r.Verdict, r.Message)
			continue
		}
		require.Equal(t, checker.Violated, r.Verdict)
		golden(t, "incarnations/silent.txt", properties.Ladder(sys, r.Trace).String())
	}
}

// The discovery of a half-open connection needs an initial sequence number that
// the old connection has not used. With the same one, what the old connection
// sends has an ACK that SYN-SENT accepts, and no SYN: it is dropped, and never
// answered by a RST.
func TestPropertyDiscoveryNeedsAnotherISN(t *testing.T) {
	r := run(t, "crash", []properties.Claim{claim(t, "half-open-ends")}, func(r *properties.Run) { r.Bounds.ISNStep = 0 })
	require.Equal(t, checker.Violated, r.Outcomes[0].Verdict)
	golden(t, "incarnations/no-discovery.txt", drawn(r, r.Outcomes[0].Trace))
}
