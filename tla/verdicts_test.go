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
	"both-close":               {"L1BothClose", liveness, nil},
	"fin-wait-1-ends":          {"L2FINWAIT1Ends", liveness, nil},
	"last-ack-ends":            {"L2LASTACKEnds", liveness, nil},
	"closing-ends":             {"L2CLOSINGEnds", liveness, nil},
	"half-close-delivery":      {"L3HalfCloseDelivery", liveness, []string{"close"}},
	"fin-tells-eof":            {"L4FINTellsEOF", liveness, []string{"close"}},
	"quiet":                    {"L5Quiet", unfair, nil},
	"no-retransmission-needed": {"L6NoRetransmissionNeeded", liveness, []string{"retransmit"}},
}

// verdicts is what is violated in a scenario, by the name of the claim, and
// what is not.
func verdicts(t *testing.T, scenario, config string, drop []string) (violated, others []string) {
	t.Helper()
	c, err := ReadConfig(config)
	require.NoError(t, err)
	b, err := c.Bounds()
	require.NoError(t, err)
	s, ok := system.LookupScenario(scenario)
	require.True(t, ok)
	run := properties.Run{Scenario: s, Bounds: b, Drop: append([]string{"msl"}, drop...)}
	for _, c := range properties.Catalogue() {
		if _, ok := counterparts[c.Name]; ok && slices.Contains(c.Scenarios, scenario) {
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
func sameVerdicts(t *testing.T, c *TLC, scenario, config string, drop ...string) {
	t.Helper()
	version := ""
	violated, others := verdicts(t, scenario, config, drop)
	groups := map[string][]string{}
	for _, name := range others {
		p := counterparts[name]
		key := "without fairness"
		if p.section == liveness {
			key = "but " + strings.Join(p.without, ",")
		}
		groups[key] = append(groups[key], name)
	}
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		r := judge(t, c, config, groups[key], drop)
		version = r.Version
		assert.Zero(t, r.Exit, "the checker says that these hold: %v\n%s", groups[key], r.Output)
	}
	for _, name := range violated {
		r := judge(t, c, config, []string{name}, drop)
		want := 13 // what TLC says of temporal properties, action properties among them
		if counterparts[name].section == states {
			want = 12
		}
		assert.Equal(t, want, r.Exit, "the checker says that this is violated: %s\n%s", name, r.Output)
	}
	t.Logf("%s: violated: %v; %d hold", scenario, violated, len(others))
	if *update && !t.Failed() {
		name := strings.ReplaceAll(strings.TrimPrefix(t.Name(), "TestVerdicts"), "/", "-")
		keep(t, filepath.Join("evidence", "verdicts", strings.Trim(name, "-")+".json"),
			verdictEvidence{files(t, judging...), version, scenario, assignments(config), drop, violated, others})
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
	config += "\n  Dropped = {" + strings.Join(quoted, ", ") + "}\n"
	for _, name := range claims {
		config += strings.TrimSpace(counterparts[name].section) + " " + counterparts[name].name + "\n"
	}
	dir := workplace(t, config)
	r, err := c.Run(t.Context(), dir, "Judge", "MC.cfg")
	require.NoError(t, err)
	return r
}

// The machine as it is.
func TestVerdicts(t *testing.T) {
	c := tlc(t, "the verdicts on the machine as it is")
	for _, in := range slices.Sorted(maps.Keys(small)) {
		t.Run(in, func(t *testing.T) {
			t.Parallel()
			sameVerdicts(t, c, in, flip{in: in}.config(t))
		})
	}
}

// dropped are the assumptions, and where something falls without each.
var dropped = []struct{ drop, in string }{
	{"close", "close"},
	{"receive", "half-close"},
	{"transmit", "close"},
	{"ack", "loss-free"},
	{"retransmit", "close"},
	{"2msl", "close"},
	{"deliver-seq", "close"},
	{"deliver-ack", "close"},
	{"deliver-rst", "lifecycle"},
	{"duplicate", "close"},
}

// With an assumption of fairness dropped something falls, in both.
func TestVerdictsWithoutFairness(t *testing.T) {
	c := tlc(t, "the verdicts without each assumption of fairness")
	for _, d := range dropped {
		t.Run(d.drop, func(t *testing.T) {
			t.Parallel()
			config := flip{in: d.in}.config(t)
			if d.in == "close" {
				config = change(t, config, "OctetsB", "0")
			}
			if d.drop == "duplicate" {
				config = change(t, config, "Dup", "Unlimited")
			}
			sameVerdicts(t, c, d.in, config, d.drop)
		})
	}
}

// bugs are those that are judged by both, and where.
var bugs = []struct {
	name, in string
	octets   int // that B has to send in close
}{
	{"last-ack-any-ack", "close", 1},
	{"data-ack-as-fin-ack", "simultaneous-close", 0},
	{"fin-ack-one-less", "close", 0},
	{"fin-ack-one-more", "close", 0},
	{"closing-any-ack", "simultaneous-close", 0},
	{"fin-not-retransmitted", "close", 0},
	{"fin-retransmitted-later", "close", 0},
	{"closing-no-fin-bit", "simultaneous-close", 0},
	{"close-wait-no-retransmission", "half-close", 0},
	{"fin-across-hole", "loss-free", 0},
	{"fin-old-ack-dropped", "loss-free", 0},
	{"skip-time-wait", "close", 0},
	{"rst-wrong-seq", "lifecycle", 0},
	{"data-counted-twice", "close", 1},
	{"syn-received-swallows-fin", "lifecycle", 0},
	{"fin-wait-2-drops-data", "half-close", 0},
	{"second-fin-advances", "close", 0},
	{"last-ack-time-wait", "close", 0},
}

func TestVerdictsOfBugs(t *testing.T) {
	c := tlc(t, "the verdicts on machines with bugs")
	for _, b := range bugs {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			config := change(t, flip{in: b.in}.config(t), "Bugs", `{"`+b.name+`"}`)
			if b.octets == 0 && b.in == "close" {
				config = change(t, config, "OctetsB", "0")
			}
			sameVerdicts(t, c, b.in, config)
		})
	}
}

// verdictEvidence is what TLC has judged: a scenario's claims, with these
// constants, and without these assumptions.
type verdictEvidence struct {
	Files     map[string]string `json:"files"`
	TLC       string            `json:"tlc"`
	Scenario  string            `json:"scenario"`
	Constants []string          `json:"constants"`
	Dropped   []string          `json:"dropped"`
	Violated  []string          `json:"violated"`
	Holds     []string          `json:"holds"`
}

var judging = []string{"TCP.tla", "MC.tla", "Claims.tla", "Judge.tla"}

// assignments are the lines of a configuration that give values to constants.
func assignments(config string) []string {
	var list []string
	for line := range strings.Lines(config) {
		if line = strings.TrimSpace(line); strings.Contains(line, "=") || strings.Contains(line, "<-") {
			list = append(list, line)
		}
	}
	return list
}

// What TLC judged, when it last did, it judged of the modules of today, and the
// checker judges the same today.
func TestEvidenceOfVerdicts(t *testing.T) {
	list, err := filepath.Glob("evidence/verdicts/*.json")
	require.NoError(t, err)
	assert.Len(t, list, len(small)+len(dropped)+len(bugs), "go test ./tla -run TestVerdicts -update writes them, with TLC")
	for _, path := range list {
		var e verdictEvidence
		kept(t, path, &e)
		assert.Equal(t, files(t, judging...), e.Files, "%s: changed since TLC ran: make equal, then with -update", path)
		violated, others := verdicts(t, e.Scenario, strings.Join(e.Constants, "\n"), e.Dropped)
		assert.Equal(t, e.Violated, violated, path)
		assert.Equal(t, e.Holds, others, path)
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
	config, err := os.ReadFile("lasso/TimeWait.cfg")
	require.NoError(t, err)
	r, err := c.Run(t.Context(), workplace(t, string(config)), "Judge", "MC.cfg")
	require.NoError(t, err)
	assert.Equal(t, 13, r.Exit, r.Output)
	assert.Contains(t, r.Output, "Back to state", "a cycle, not stuttering")
}
