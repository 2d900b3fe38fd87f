package tla

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model/system"
	"finwait/properties"
)

// counterpart is a claim of package properties in Claims.tla: its name there,
// how a configuration asks for it, and the assumptions that it is judged
// without. (It may be judged with more than it needs, but not with less: L3
// must not profit from a CLOSE.)
type counterpart struct {
	name, section string
	without       []string
}

const (
	states   = "INVARIANTS"
	steps    = "PROPERTIES"  // action properties
	unfair   = "PROPERTIES " // temporal, without any fairness
	liveness = "PROPERTIES  "
)

var counterparts = map[string]counterpart{
	"prefix":                   {"S1Prefix", states, nil},
	"eof-honesty":              {"S2EOFHonesty", states, nil},
	"fin-ack-honesty":          {"S3FINAckHonesty", states, nil},
	"no-ack-of-the-unsent":     {"S4NoACKOfTheUnsent", states, nil},
	"one-fin":                  {"S5OneFIN", states, nil},
	"rcv-nxt-monotone":         {"S6RcvNxtMonotone", steps, nil},
	"figure":                   {"S7Figure", steps, nil},
	"reset-form":               {"S8ResetForm", states, nil},
	"no-spurious-reset":        {"S9NoSpuriousReset", steps, nil},
	"compatible-pairs":         {"S11CompatiblePairs", states, nil},
	"bounded-replies":          {"S12BoundedReplies", states, nil},
	"abort-honesty":            {"S13AbortHonesty", states, nil},
	"lost-data-resets":         {"S13LostDataResets", states, nil},
	"no-ack-no-effect":         {"S15NoACKNoEffect", states, nil},
	"reset-at-the-edge":        {"S16ResetAtTheEdge", states, nil},
	"syn-never-resets":         {"S17SYNNeverResets", states, nil},
	"both-close":               {"L1BothClose", liveness, nil},
	"fin-wait-1-ends":          {"L2FINWAIT1Ends", liveness, nil},
	"last-ack-ends":            {"L2LASTACKEnds", liveness, nil},
	"closing-ends":             {"L2CLOSINGEnds", liveness, nil},
	"half-close-delivery":      {"L3HalfCloseDelivery", liveness, []string{"close"}},
	"fin-tells-eof":            {"L4FINTellsEOF", liveness, []string{"close"}},
	"quiet":                    {"L5Quiet", unfair, nil},
	"no-retransmission-needed": {"L6NoRetransmissionNeeded", liveness, []string{"retransmit"}},
}

// verdicts is what the checker finds violated, by the name of the claim, and
// what it does not.
func (v verdictCase) verdicts(t *testing.T) (violated, others []string) {
	t.Helper()
	c, err := ReadConfig(v.config(t))
	require.NoError(t, err)
	b, err := c.Bounds()
	require.NoError(t, err)
	s, ok := system.LookupScenario(v.in)
	require.True(t, ok)
	run := properties.Run{Scenario: s, Bounds: b, Drop: v.drop}
	for _, c := range properties.Catalogue() {
		_, ok := counterparts[c.Name]
		if ok && slices.Contains(c.Scenarios, v.in) && (v.only == "" || v.only == c.Name) {
			run.Claims = append(run.Claims, c)
		}
	}
	r, err := properties.Judge(t.Context(), run)
	require.NoError(t, err)
	for _, o := range r.Outcomes {
		require.NotEqual(t, checker.Inconclusive, o.Verdict, o.Message)
		if o.Verdict == checker.Violated {
			violated = append(violated, o.Claim.Name)
		} else {
			others = append(others, o.Claim.Name)
		}
	}
	return violated, others
}

// TLC's verdicts are the checker's: what the checker says is violated TLC finds
// violated, each alone, and what holds it finds to hold, those together that
// make the same assumptions.
func (v verdictCase) compare(t *testing.T, c *TLC) {
	t.Helper()
	config := v.config(t)
	violated, others := v.verdicts(t)
	groups := map[string][]string{}
	for _, name := range others {
		p := counterparts[name]
		key := "without fairness"
		if p.section == liveness {
			key = "but " + strings.Join(p.without, ",")
		}
		groups[key] = append(groups[key], name)
	}
	version := ""
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		r := judge(t, c, config, groups[key], v.drop)
		version = r.Version
		assert.Zero(t, r.Exit, "the checker says that these hold: %v\n%s", groups[key], r.Output)
	}
	for _, name := range violated {
		r := judge(t, c, config, []string{name}, v.drop)
		want := 13 // what TLC says of temporal properties, action properties among them
		if counterparts[name].section == states {
			want = 12
		}
		assert.Equal(t, want, r.Exit, "the checker says that this is violated: %s\n%s", name, r.Output)
	}
	t.Logf("%s: violated: %v; %d hold", v.in, violated, len(others))
	if *update && !t.Failed() {
		keep(t, v.path(), verdictEvidence{files(t, judging...), version, v.in, assignments(config), v.drop, violated, others})
	}
}

// judge asks TLC for claims that make the same assumptions.
func judge(t *testing.T, c *TLC, config string, claims, drop []string) *Result {
	t.Helper()
	first := counterparts[claims[0]]
	quoted := []string{}
	for _, name := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(first.without, drop)))) {
		quoted = append(quoted, `"`+name+`"`)
	}
	if first.section == liveness {
		config = strings.Replace(config, "SPECIFICATION Spec", "SPECIFICATION FairSpec", 1)
	}
	config += "\n  Dropped = {" + strings.Join(quoted, ", ") + "}\nINVARIANT OnlyBareSegments\n"
	for _, name := range claims {
		config += strings.TrimSpace(counterparts[name].section) + " " + counterparts[name].name + "\n"
	}
	dir := workplace(t, config)
	r, err := c.Run(t.Context(), dir, "Judge", "MC.cfg")
	require.NoError(t, err)
	return r
}

// Every verdict, of TLC and of the checker: of the machine as it is, with bugs,
// under readings, and without assumptions of fairness.
func TestVerdicts(t *testing.T) {
	c := tlc(t, "the verdicts on the claims")
	t.Parallel()
	for _, v := range verdictCases() {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			v.compare(t, c)
		})
	}
}

// What every module is for is known: none is forgotten in a workplace.
func TestModules(t *testing.T) {
	list, err := filepath.Glob("*.tla")
	require.NoError(t, err)
	for _, m := range list {
		text, err := os.ReadFile(m)
		require.NoError(t, err)
		assert.Contains(t, string(text), "MODULE "+strings.TrimSuffix(m, ".tla")+" ")
	}
}

// The literal reading of TIME-WAIT livelocks, and TLC finds the lasso.
func TestLasso(t *testing.T) {
	c := tlc(t, "the lasso of TIME-WAIT")
	t.Parallel()
	config, err := os.ReadFile("lasso/TimeWait.cfg")
	require.NoError(t, err)
	r, err := c.Run(t.Context(), workplace(t, string(config)), "Judge", "MC.cfg")
	require.NoError(t, err)
	assert.Equal(t, 13, r.Exit, r.Output)
	assert.Contains(t, r.Output, "Back to state", "a cycle, not stuttering")
}
