package tla

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// verdictCase is a machine in a scenario, judged by both tools.
type verdictCase struct {
	name, in string
	changes  []string // constants of the small configuration that are changed
	reading  string   // that is taken; "": none
	drop     []string // assumptions of fairness that are not made
	only     string   // the one claim that is judged; "": all
}

// Fairness of every single segment, "msl", takes an assumption for each segment
// that there can be. It is made where a claim needs it: L4, where there is room
// for two segments.
var noMSL = []string{"msl"}

// dropped are the assumptions, and where something falls without each.
var dropped = []verdictCase{
	{name: "close", in: "close", changes: oneWay},
	{name: "receive", in: "half-close"},
	{name: "transmit", in: "close", changes: oneWay},
	{name: "ack", in: "loss-free", changes: oneWay},
	{name: "retransmit", in: "close", changes: oneWay},
	{name: "2msl", in: "close", changes: oneWay},
	{name: "deliver-seq", in: "close", changes: oneWay},
	{name: "deliver-ack", in: "close", changes: oneWay},
	{name: "deliver-rst", in: "lifecycle"},
	{name: "duplicate", in: "close", changes: []string{"OctetsB", "0", "Dup", "Unlimited"}},
}

var oneWay = []string{"OctetsB", "0"}

// bugs are those that are judged by both, and where.
var bugs = []verdictCase{
	{name: "last-ack-any-ack", in: "close"},
	{name: "data-ack-as-fin-ack", in: "simultaneous-close"},
	{name: "fin-ack-one-less", in: "close", changes: oneWay},
	{name: "fin-ack-one-more", in: "close", changes: oneWay},
	{name: "closing-any-ack", in: "simultaneous-close"},
	{name: "fin-not-retransmitted", in: "close", changes: oneWay},
	{name: "fin-retransmitted-later", in: "close", changes: oneWay},
	{name: "closing-no-fin-bit", in: "simultaneous-close"},
	{name: "close-wait-no-retransmission", in: "half-close"},
	{name: "fin-across-hole", in: "loss-free", changes: oneWay},
	{name: "fin-old-ack-dropped", in: "loss-free", changes: oneWay},
	{name: "skip-time-wait", in: "close", changes: oneWay},
	{name: "rst-wrong-seq", in: "lifecycle"},
	{name: "data-counted-twice", in: "close"},
	{name: "syn-received-swallows-fin", in: "lifecycle"},
	{name: "fin-wait-2-drops-data", in: "half-close"},
	{name: "second-fin-advances", in: "close", changes: oneWay},
	{name: "last-ack-time-wait", in: "close", changes: oneWay},
}

// taken are the readings that are judged by both, and where.
var taken = []verdictCase{
	{name: "time-wait-acks-all", in: "simultaneous-close"},
	{name: "seqcheck", in: "close", changes: oneWay},
	{name: "ack-at-once", in: "close", changes: oneWay},
	{name: "fin-wait-2-timer", in: "close", changes: oneWay},
}

func verdictCases() []verdictCase {
	var list []verdictCase
	add := func(prefix string, cases []verdictCase, complete func(*verdictCase)) {
		for _, v := range cases {
			complete(&v)
			v.name = prefix + v.name
			list = append(list, v)
		}
	}
	for _, in := range slices.Sorted(maps.Keys(small)) {
		list = append(list, verdictCase{name: in, in: in, drop: noMSL})
	}
	roomy := verdictCase{name: "with-msl", in: "lifecycle", changes: []string{"InFlight", "2"}, only: "fin-tells-eof"}
	list = append(list, roomy)
	roomy.name, roomy.drop = "without-msl", noMSL
	list = append(list, roomy)
	add("without-", dropped, func(v *verdictCase) { v.drop = []string{"msl", v.name} })
	add("bug-", bugs, func(v *verdictCase) {
		v.drop, v.changes = noMSL, append([]string{"Bugs", `{"` + v.name + `"}`}, v.changes...)
	})
	add("reading-", taken, func(v *verdictCase) { v.drop, v.reading = noMSL, v.name })
	return list
}

func (v verdictCase) config(t *testing.T) string {
	t.Helper()
	config := change(t, flip{in: v.in}.config(t), v.changes...)
	if v.reading != "" {
		config = change(t, config, fieldOf(t, v.reading), "TRUE")
	}
	return config
}

func (v verdictCase) path() string {
	return filepath.Join("evidence", "verdicts", v.name+".json")
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

// What TLC judged, when it last did, it judged of the modules of today, and the
// checker judges the same today.
func TestEvidenceOfVerdicts(t *testing.T) {
	list, err := filepath.Glob("evidence/verdicts/*.json")
	require.NoError(t, err)
	names := map[string]bool{}
	for _, v := range verdictCases() {
		t.Run(v.name, func(t *testing.T) {
			names[v.path()] = true
			if awaited(t, v.path()) {
				t.Skip("SKIP-OK: NOT COMPARED with TLC since the modules were changed (make evidence)")
			}
			var e verdictEvidence
			kept(t, v.path(), &e)
			violated, others := v.verdicts(t)
			assert.Equal(t, verdictEvidence{files(t, judging...), e.TLC, v.in, assignments(v.config(t)), v.drop, violated, others}, e, stale)
		})
	}
	for _, path := range list {
		assert.True(t, names[filepath.FromSlash(path)], "no case is called like %s", path)
	}
}

// The cases are what they are for: each bug and each dropped assumption makes a
// claim fall that holds without it, and so does the literal TIME-WAIT; L4 falls
// without "msl" alone.
func TestVerdictCases(t *testing.T) {
	for _, v := range verdictCases() {
		violated, _ := v.verdicts(t)
		plain, _ := verdictCase{in: v.in, drop: noMSL}.verdicts(t)
		more := slices.DeleteFunc(slices.Clone(violated), func(name string) bool { return slices.Contains(plain, name) })
		switch {
		case v.only != "":
			assert.Equal(t, v.drop != nil, len(violated) > 0, v.name)
		case len(v.drop) > 1, v.reading == "time-wait-acks-all", v.reading == "" && v.changes != nil:
			assert.NotEmpty(t, more, v.name)
		}
	}
}
