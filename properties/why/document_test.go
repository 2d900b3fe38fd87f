package why

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
	"finwait/properties/script"
)

var update = flag.Bool("update", false, "write docs/why.md anew")

const file = "../../docs/why.md"

// marks are the generated places of docs/why.md:
//
//	<!-- why MECHANISM [CLAIM [SCENARIO]] -->   what falls without it, and a run
//	<!-- close NAME -->                         a whole close, as a script
//	<!-- megabyte -->                           the half-close with a megabyte after it
//	<!-- nothing -->                            the mechanisms without which nothing falls
//	<!-- bounds -->                             where all this was judged
//	<!-- table -->                              every mechanism
//	<!-- lengths -->                            every claim that falls, and where
//	<!-- end -->
var marks = regexp.MustCompile(`(?s)<!-- (why|close|megabyte|nothing|bounds|table|lengths)((?: \S+)*) -->\n.*?<!-- end -->`)

// explained is everything that explore why finds.
type explained struct {
	base     []properties.Result
	findings []Finding
}

// docs/why.md: hand-written answers, and what the checker finds.
func TestPropertyWhyDocument(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP-OK: every mechanism is removed in every scenario")
	}
	s := studyOfAll(t)
	old, err := os.ReadFile(file)
	require.NoError(t, err)
	told := map[string]bool{}
	text := marks.ReplaceAllStringFunc(string(old), func(found string) string {
		m := marks.FindStringSubmatch(found)
		args := strings.Fields(m[2])
		var content string
		switch m[1] {
		case "why":
			told[args[0]] = true
			content = s.answer(t, args)
		case "close":
			content = closeText(t, args[0])
		case "megabyte":
			content = megabyte(t)
		case "nothing":
			content = s.nothing()
		case "bounds":
			content = s.bounds()
		case "table":
			content = s.table()
		case "lengths":
			content = s.lengths()
		}
		return "<!-- " + m[1] + m[2] + " -->\n\n" + strings.TrimRight(content, "\n") + "\n\n<!-- end -->"
	})
	assert.Greater(t, len(told), 20, "the document explains few mechanisms")
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
		return
	}
	assert.Equal(t, text, string(old), "%s: make docs writes it anew", file)
}

// studyOfAll removes every mechanism. Nothing may be cut off, and without every
// fairness assumption something has to fall.
func studyOfAll(t *testing.T) *explained {
	t.Helper()
	study := &Study{}
	for _, s := range system.Scenarios() {
		study.Runs = append(study.Runs, properties.Run{Scenario: s, Bounds: s.Bounds, Claims: properties.Judged(s.Name)})
	}
	base, err := study.Begin(t.Context())
	require.NoError(t, err)
	all := &explained{base: base}
	for _, m := range Catalogue() {
		f, err := study.Remove(t.Context(), m)
		require.NoError(t, err, m.Name)
		assert.Empty(t, f.CutOff, m.Name)
		if m.Part == Fairness {
			assert.NotEmpty(t, f.Falls, m.Name)
		}
		for _, p := range f.Places {
			assert.Empty(t, p.Doubt, "%s in %s", m.Name, p.Scenario)
		}
		all.findings = append(all.findings, f)
	}
	return all
}

func block(text string) string { return "```text\n" + strings.TrimRight(text, "\n") + "\n```\n" }

// quoted is a paragraph that is set off, in lines as short as the others.
func quoted(text string) string {
	lines := []string{">"}
	for word := range strings.FieldsSeq(text) {
		if last := lines[len(lines)-1]; len(last)+1+len(word) > 120 {
			lines = append(lines, ">")
		}
		lines[len(lines)-1] += " " + word
	}
	return strings.Join(lines, "\n") + "\n"
}

// answer is what falls without a mechanism, and the run that was asked for.
func (s *explained) answer(t *testing.T, args []string) string {
	t.Helper()
	for i := range s.findings {
		f := &s.findings[i]
		if f.Name != args[0] {
			continue
		}
		says := fmt.Sprintf("**Without %#q** (%s): %s.", f.Name, f.Without, f.Sum())
		if len(args) == 1 {
			return quoted(says)
		}
		scenario := ""
		if len(args) == 3 {
			scenario = args[2]
		}
		e, ok := f.Run(args[1], scenario)
		require.True(t, ok, "%s does not fall without %s in %q", args[1], f.Name, scenario)
		c, ok := properties.Lookup(args[1])
		require.True(t, ok, args[1])
		says += fmt.Sprintf(" %s %s in %#q, %s:", c.Number, c.Name, e.Scenario, e.After())
		return quoted(says) + "\n" + block(e.Ladder())
	}
	require.Fail(t, "no mechanism", args[0])
	return ""
}

// closeText is a close, played.
func closeText(t *testing.T, name string) string {
	t.Helper()
	for _, c := range script.Closes() {
		if c.Name == name {
			l, err := c.Play(model.Options{})
			require.NoError(t, err)
			return block(l.String())
		}
	}
	require.Fail(t, "no close", name)
	return ""
}

func megabyte(t *testing.T) string {
	t.Helper()
	h, err := script.HalfClose(model.Options{})
	require.NoError(t, err)
	return block(h.Ladder().String()) + fmt.Sprintf(
		"\nAfter its FIN A's user was given %s octets, in %d segments with text, which A acknowledged with %d of its own; then the "+
			"end of the stream. Both ends are %v.\n", thousands(h.Octets), h.Text, h.Acks, h.Ends[0])
}

// nothing lists the mechanisms without which nothing falls.
func (s *explained) nothing() string {
	var b strings.Builder
	for i := range s.findings {
		if f := &s.findings[i]; f.Nothing() {
			fmt.Fprintf(&b, "- `%s`, %s: %s.\n", f.Name, f.Text, f.Sum())
		}
	}
	return b.String()
}

func (s *explained) bounds() string {
	var b strings.Builder
	b.WriteString("| scenario | octets | in flight | states |\n|---|---|--:|--:|\n")
	for i := range s.base {
		r := &s.base[i]
		fmt.Fprintf(&b, "| `%s` | %d,%d | %d | %s |\n", r.Scenario.Name, r.Bounds.Octets[0], r.Bounds.Octets[1], r.Bounds.InFlight,
			thousands(uint64(r.Figures.States)))
	}
	return b.String()
}

// table has a line per mechanism, by parts.
func (s *explained) table() string {
	var b strings.Builder
	for _, part := range Parts() {
		fmt.Fprintf(&b, "### %s\n\n| mechanism | what it is | without it | the shortest run |\n|---|---|---|---|\n", capital(string(part)))
		for i := range s.findings {
			f := &s.findings[i]
			if f.Part != part {
				continue
			}
			shortest := ""
			switch c, e := f.Shortest(); {
			case e == nil:
			case c.Number == "":
				shortest = "deadlock, `" + e.Scenario + "` " + e.Length()
			default:
				shortest = c.Number + ", `" + e.Scenario + "` " + e.Length()
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", f.Name, f.Text, f.Sum(), shortest)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// lengths has a line for every claim that falls without a mechanism.
func (s *explained) lengths() string {
	var b strings.Builder
	b.WriteString("| without | falls | in, after steps |\n|---|---|---|\n")
	for i := range s.findings {
		f := &s.findings[i]
		for j := range f.Falls {
			x := &f.Falls[j]
			fmt.Fprintf(&b, "| `%s` | %s %s | %s |\n", f.Name, x.Claim.Number, x.Claim.Name, Where(x.Runs))
		}
		if len(f.Deadlocks) > 0 {
			fmt.Fprintf(&b, "| `%s` | deadlock | %s |\n", f.Name, Where(f.Deadlocks))
		}
	}
	return b.String()
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func thousands(n uint64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
