package proof

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
	"finwait/properties"
	"finwait/properties/proof/smt"
)

const document = "../../docs/proof.md"

// block compares a part of docs/proof.md with what it should be, or writes it.
func block(t *testing.T, name, text string) {
	t.Helper()
	file, err := os.ReadFile(document)
	require.NoError(t, err)
	mark := regexp.MustCompile(`(?s)(<!-- ` + name + ` -->\n).*?(<!-- end -->)`)
	found := mark.FindStringSubmatchIndex(string(file))
	require.NotNil(t, found, "%s has no block %s", document, name)
	is := string(file[found[3]:found[4]])
	if *update && is != text {
		require.NoError(t, os.WriteFile(document, []byte(string(file[:found[3]])+text+string(file[found[4]:])), 0o644))
		return
	}
	assert.Equal(t, text, is, "block %s of %s: go test ./properties/proof -run Document -update", name, document)
}

// ofA are the parts in which A moves, and those in which nobody does: those in which B does say the same.
func ofA(list []Part) (some []Part) {
	for _, p := range list {
		if !strings.HasSuffix(p.Name, "-b") {
			some = append(some, p)
		}
	}
	return some
}

// Every conjunct is needed: without it an obligation is open.
func TestDocumentInvariant(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP-OK: every conjunct is left out once")
	}
	s := installed(t)[0]
	var b strings.Builder
	for i, c := range append(Invariant(), SegmentInvariant()...) {
		name := c.Name
		if i == len(Invariant()) {
			b.WriteString("Of every segment of A that was ever sent:\n\n")
		}
		if i >= len(Invariant()) {
			name = "segment/" + name
		}
		open, err := FirstOpen(t.Context(), s, ofA(Of(New(), name).Parts()))
		require.NoError(t, err)
		require.NotNil(t, open, "%s is not needed", name)
		fmt.Fprintf(&b, "- **%s**: %s. Without it open: *%v*.\n\n  ```text\n  %s\n  ```\n\n",
			c.Name, c.Why, open, strings.ReplaceAll(c.Formula(), "\n", "\n  "))
	}
	block(t, "invariant", strings.TrimSuffix(b.String(), "\n"))
}

// The claims are those of the catalogue, by number and name.
func TestDocumentClaims(t *testing.T) {
	var b strings.Builder
	b.WriteString("| | claim | what is proved |\n|---|---|---|\n")
	for _, c := range Claims() {
		known := false
		for _, k := range properties.Catalogue() {
			if k.Number == c.Number && k.Name == c.Name {
				known = true
				fmt.Fprintf(&b, "| %s | %s | %s |\n", k.Number, k.Text, c.Says)
			}
		}
		assert.True(t, known, "%s %s is no claim of the catalogue", c.Number, c.Name)
	}
	block(t, "claims", b.String())
}

// unseen are the bugs that the proof does not see, and why.
var unseen = map[string]string{
	"fin-not-retransmitted":        "what it does is allowed, and the FIN is lost: liveness",
	"close-wait-no-retransmission": "what it does is allowed, and the text is lost: liveness",
	"time-wait-not-restarted":      "the length of 2MSL is no part of the proof",
	"closing-no-timer":             "TIME-WAIT that never ends: liveness",
	"acks-acks":                    "an acknowledgment is allowed at any time: a war of packets is liveness",
	"close-stops-probes":           "a probe that is not sent: liveness",
	"syn-received-swallows-fin":    "before ESTABLISHED",
	"syn-received-close-deletes":   "before ESTABLISHED",
	"syn-received-rst-needs-ack":   "before ESTABLISHED",
	"data-after-close-acked":       "concerns the reading half-duplex-close, which is not covered",
}

// lonely lets anything happen to an endpoint with a bug, and returns what the relation does not have.
func lonely(d model.Option) error {
	var o model.Options
	d.Set(&o, true)
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 1))
		if err := endure(o, random, [2]model.Seq{7, 1 << 31}, 200); err != nil {
			return err
		}
	}
	return nil
}

// Every bug of the catalogue is seen: by an edge that the relation does not
// have, by a state that the invariant does not have, by one endpoint to which
// anything happens; or it is told why not. What can be planted into the
// relation opens an obligation, or is told.
func TestDocumentBugs(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP-OK: the table has every bug")
	}
	s := installed(t)[0]
	var b strings.Builder
	b.WriteString("| bug | an edge that the relation lacks, or a state that the invariant lacks | planted into the relation it opens |\n|---|---|---|\n")
	seen, blind := 0, 0
	for _, d := range model.Catalogue() {
		if d.Kind != model.Bug {
			continue
		}
		scenario, h, err := HoldBug(t.Context(), d.Name)
		require.NoError(t, err)
		edge := fmt.Sprintf("%s, %d steps: %v", scenario, h.After, h.Refused)
		if h.Refused == nil {
			edge = "none: " + unseen[d.Name]
			if err := lonely(d); err != nil {
				edge = fmt.Sprintf("one endpoint alone: %v", err)
			}
		}
		planted := ""
		for _, p := range Plants() {
			if p == d.Name {
				planted = opened(t, s, p)
			}
		}
		why, told := unseen[d.Name]
		isBlind := strings.HasPrefix(edge, "none: ") && (planted == "" || planted == "nothing")
		assert.Equal(t, told, isBlind, "%s: %s", d.Name, why)
		if isBlind {
			blind++
		} else {
			seen++
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", d.Name, strings.ReplaceAll(edge, "\n", "; "), planted)
	}
	fmt.Fprintf(&b, "| `--time-wait free` | | %s |\n", opened(t, s, FreeTimeWait))
	fmt.Fprintf(&b, "\n%d bugs: %d are seen, %d are not.\n", seen+blind, seen, blind)
	block(t, "bugs", b.String())
}

// opened is the first obligation that a planted bug opens.
func opened(t *testing.T, s smt.Solver, bug string) string {
	t.Helper()
	open, err := FirstOpen(t.Context(), s, ofA(Of(New(bug)).Parts()))
	require.NoError(t, err)
	if open == nil {
		return "nothing"
	}
	return "*" + open.String() + "*"
}
