package finwait

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model/system"
	"finwait/properties"
)

// document compares a generated document of docs/ with what is committed.
func document(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join("docs", name)
	if *update {
		require.NoError(t, os.MkdirAll("docs", 0o755))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	got, err := os.ReadFile(file)
	require.NoError(t, err, "make docs writes it")
	assert.Equal(t, text, string(got), "%s: make docs writes it anew", file)
}

// between replaces what stands in a text between two marks.
func between(t *testing.T, text, mark, content string) string {
	t.Helper()
	begin, end := "<!-- "+mark+" -->\n", "<!-- /"+mark+" -->"
	i, j := strings.Index(text, begin), strings.Index(text, end)
	require.True(t, i >= 0 && i < j, "no marks %s", mark)
	return text[:i+len(begin)] + content + text[j:]
}

// readmes are the README in each language: the head of the table of verdicts,
// and the line below it. The claims stand in English in both.
var readmes = []struct{ file, head, total string }{
	{"README.md", "| | claim | | premise held | scenarios |", "%d scenarios, %s states, %s transitions, each of them visited."},
	{"README.zh-CN.md", "| | 性质 | | 前提出现 | 场景 |", "共 %d 个场景，%s 个状态，%s 次转移，全部访问到。"},
}

// The table of verdicts in the README is what the suite finds.
func TestPropertyTableInReadme(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP-OK: the table has the figures of the default bounds")
	}
	var b strings.Builder
	b.WriteString("|---|---|---|--:|--:|\n")
	for _, c := range properties.Catalogue() {
		premise, verdict := uint64(0), checker.Holds
		for _, name := range c.Scenarios {
			s, ok := system.LookupScenario(name)
			require.True(t, ok, name)
			for _, o := range judge(t, s).Outcomes {
				if o.Claim.Name != c.Name {
					continue
				}
				premise += o.Premise
				if o.Verdict != checker.Holds {
					verdict = o.Verdict
				}
			}
		}
		word := verdict.String()
		if c.Kind == properties.Witness && verdict == checker.Holds {
			word = "reached"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %d |\n", c.Number, c.Text, word, thousands(premise), len(c.Scenarios))
	}
	states, transitions := 0, uint64(0)
	for _, s := range system.Scenarios() {
		f := judge(t, s).Figures
		states, transitions = states+f.States, transitions+f.Transitions
	}
	for _, r := range readmes {
		readme, err := os.ReadFile(r.file)
		require.NoError(t, err)
		total := fmt.Sprintf(r.total, len(system.Scenarios()), thousands(uint64(states)), thousands(transitions))
		text := between(t, string(readme), "verdicts", r.head+"\n"+b.String()+"\n"+total+"\n")
		if *update {
			require.NoError(t, os.WriteFile(r.file, []byte(text), 0o644))
			continue
		}
		assert.Equal(t, text, string(readme), "%s: make docs writes it anew", r.file)
	}
}

// The README says the same in both languages, as far as a test can tell: the
// same commands and code, the same links.
func TestPropertyReadmesAgree(t *testing.T) {
	code := regexp.MustCompile("(?s)```(?:sh|go)\n(.*?)```")
	link := regexp.MustCompile(`\]\(([^)#]+)\)`)
	comment := regexp.MustCompile(`(?m)\s*(#|//) .*$`)
	var lines, links [2][]string
	for n, r := range readmes {
		text, err := os.ReadFile(r.file)
		require.NoError(t, err)
		for _, m := range code.FindAllStringSubmatch(string(text), -1) {
			lines[n] = append(lines[n], strings.Fields(comment.ReplaceAllString(m[1], ""))...)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if target := strings.ReplaceAll(m[1], ".zh-CN", ""); target != "README.md" {
				links[n] = append(links[n], target)
			}
		}
		slices.Sort(links[n])
		links[n] = slices.Compact(links[n])
	}
	assert.Equal(t, lines[0], lines[1])
	assert.Equal(t, links[0], links[1])
}

// witness draws the shortest run of a scenario to what a witness is of.
func witness(t *testing.T, scenario, name string) string {
	t.Helper()
	s, _ := system.LookupScenario(scenario)
	r := judge(t, s)
	i := slices.IndexFunc(r.Outcomes, func(o properties.Outcome) bool { return o.Claim.Name == name })
	require.GreaterOrEqual(t, i, 0, name)
	return drawn(r, r.Outcomes[i].Trace)
}

// runs are the places in a document where a run of the machine is shown:
//
//	<!-- witness SCENARIO NAME -->      the shortest run to a witness
//	<!-- file NAME -->                  a golden file of testdata
//	<!-- end -->
var runs = regexp.MustCompile(`(?s)(<!-- (witness|file) (\S+) ?(\S*) -->\n).*?(<!-- end -->)`)

// The runs that are shown in hand-written documents are what the machine does.
func TestPropertyRunsInDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP-OK: the documents show runs of the default bounds")
	}
	for _, file := range []string{"README.md", "README.zh-CN.md", "docs/close.md", "docs/findings.md", "docs/environments.md"} {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		want := runs.ReplaceAllStringFunc(string(text), func(found string) string {
			m := runs.FindStringSubmatch(found)
			var content string
			switch m[2] {
			case "witness":
				content = witness(t, m[3], m[4])
			case "file":
				golden, err := os.ReadFile(filepath.Join("testdata", m[3]))
				require.NoError(t, err)
				content = string(golden)
			}
			return m[1] + "```text\n" + strings.TrimRight(content, "\n") + "\n```\n" + m[5]
		})
		if *update {
			require.NoError(t, os.WriteFile(file, []byte(want), 0o644))
			continue
		}
		assert.Equal(t, want, string(text), "%s: make docs writes it anew", file)
	}
}

func thousands(n uint64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// docs/fairness.md: every assumption, and the lasso that its absence allows.
func TestPropertyFairnessDocument(t *testing.T) {
	var b strings.Builder
	b.WriteString(`# Fairness: what must be assumed, and what happens otherwise

<!-- Generated from testdata/fairness by "make docs". -->

Liveness is never free: a network that loses everything delivers nothing. These are all the assumptions under
which the claims L1 to L9 hold, and for each of them the shortest run that the checker finds when it alone is not
made. ` + "`explore check SCENARIO --property CLAIM --drop-fairness NAME`" + ` shows each of them.

| assumption | kind | meaning | without it |
|---|---|---|---|
`)
	for _, n := range properties.Necessary() {
		i := slices.IndexFunc(properties.Assumptions(), func(a properties.Assumption) bool { return a.Name == n.Assumption })
		a := properties.Assumptions()[i]
		c := claim(t, n.Claim)
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s %s falls in `%s` |\n", a.Name, a.Kind, a.Text, c.Number, c.Name, n.Scenario)
	}
	b.WriteString(`
Not assumed, because the checker finds nothing that needs it: fairness of OPEN and SEND, and of the delivery of each
distinct segment. Six strong assumptions, one per direction and kind of segment (what occupies sequence space, a bare ACK,
a RST), suffice, with ` + "`msl`" + ` for L4 where a connection is opened. L5 needs no fairness at all,
but where windows vary: there it needs ` + "`msl`" + ` and ` + "`retransmit`" + `, and L1 to L3 need ` + "`msl`" + ` too.

` + "`msl`" + ` and ` + "`duplicate`" + ` do related work. If no segment stays in the network for ever, none can be duplicated for ever: L4 assumes
the former and not the latter, L1 to L3 and L6 the latter and not the former.
`)
	for _, n := range properties.Necessary() {
		text, err := os.ReadFile(filepath.Join("testdata", "fairness", n.Assumption+".txt"))
		require.NoError(t, err)
		fmt.Fprintf(&b, "\n## Without `%s`\n\n```text\n%s```\n", n.Assumption, text)
	}
	document(t, "fairness.md", b.String())
}
