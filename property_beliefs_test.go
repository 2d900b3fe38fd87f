package finwait

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model/system"
	"finwait/properties/beliefs"
)

// tongue is a language of docs/beliefs: what a test writes there in words.
// The prose around it is written by hand.
type tongue struct {
	file              string
	say               func(beliefs.Text) string
	verdicts          map[beliefs.Verdict]string // of a sentence
	answers           map[beliefs.Verdict]string // of a question
	head              string                     // of the table
	flags             string                     // with which a question is put
	holds, fails      string
	one, runs         string
	forever, stutters string
	line, twin, comma string
	total             string
}

var tongues = []tongue{
	{
		file:     "beliefs.md",
		say:      func(t beliefs.Text) string { return t.En },
		verdicts: map[beliefs.Verdict]string{beliefs.Confirmed: "confirmed", beliefs.Refuted: "refuted"},
		answers:  map[beliefs.Verdict]string{beliefs.Confirmed: "holds", beliefs.Refuted: "does not hold"},
		head:     "| | the sentence | verdict | RFC 9293 |\n|--:|---|---|---|\n",
		flags:    " (`%s`)",
		holds:    "%s: %s cases in %s states",
		fails:    "`%s`: %s",
		runs:     "%d steps",
		one:      "1 step",
		forever:  ", then a cycle of %d",
		stutters: ", then nothing any more",
		total:    "\n%d sentences: %d confirmed, %d refuted.\n",
		line:     "- %s: **%s** (%s).\n",
		twin:     "- The check can fail: under the bug `%s` it does (%s).\n",
		comma:    ", ",
	},
	{
		file:     "beliefs.zh-CN.md",
		say:      func(t beliefs.Text) string { return t.Zh },
		verdicts: map[beliefs.Verdict]string{beliefs.Confirmed: "证实", beliefs.Refuted: "推翻"},
		answers:  map[beliefs.Verdict]string{beliefs.Confirmed: "成立", beliefs.Refuted: "不成立"},
		head:     "| | 说法 | 结论 | RFC 9293 |\n|--:|---|---|---|\n",
		flags:    "（`%s`）",
		holds:    "%s：%s 种情形，共 %s 个状态",
		fails:    "`%s`：%s",
		runs:     "%d 步",
		one:      "1 步",
		forever:  "，随后是 %d 步的循环",
		stutters: "，此后再无任何动作",
		total:    "\n共 %d 条说法：%d 条证实，%d 条推翻。\n",
		line:     "- %s：**%s**（%s）。\n",
		twin:     "- 这项检查是会失败的：换成有缺陷 `%s` 的状态机就不成立（%s）。\n",
		comma:    "、",
	},
}

// table lists the sentences with their verdicts.
func (l *tongue) table(list []beliefs.Judged) string {
	var b strings.Builder
	b.WriteString(l.head)
	n := map[beliefs.Verdict]int{}
	for i := range list {
		j := &list[i]
		n[j.Verdict()]++
		fmt.Fprintf(&b, "| %d | [%s](#%s) | %s | %s |\n", i+1, l.say(j.Text), j.Name, l.verdicts[j.Verdict()], j.Clause)
	}
	fmt.Fprintf(&b, l.total, len(list), n[beliefs.Confirmed], n[beliefs.Refuted])
	return b.String()
}

// section is the sentence, its verdict, what was asked, and the runs.
func (l *tongue) section(n int, j *beliefs.Judged) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<a id=\"%s\"></a>\n\n## %d. %s\n\n**%s** · RFC 9293, %s\n\n", j.Name, n, l.say(j.Text), title(l.verdicts[j.Verdict()]), j.Clause)
	for i := range j.Findings {
		b.WriteString(l.finding(&j.Findings[i]))
	}
	if j.Broken != nil {
		fmt.Fprintf(&b, l.twin, j.Twin.Option, l.evidence(j.Broken))
	}
	return b.String()
}

func (l *tongue) finding(f *beliefs.Finding) string {
	text := l.say(f.Part.Text)
	if f.Part.Option != "" {
		text += fmt.Sprintf(l.flags, "--option "+f.Part.Option)
	}
	if f.Part.Flags != "" {
		text += fmt.Sprintf(l.flags, f.Part.Flags)
	}
	line := fmt.Sprintf(l.line, text, l.answers[f.Verdict], l.evidence(f))
	if f.Verdict == beliefs.Refuted {
		line += "\n```text\n" + f.Ladder + "```\n\n"
	}
	return line
}

// title is a word with a capital letter, if its script has them.
func title(word string) string {
	r := []rune(word)
	return string(unicode.ToUpper(r[0])) + string(r[1:])
}

// evidence says how a verdict was found.
func (l *tongue) evidence(f *beliefs.Finding) string {
	if f.Verdict == beliefs.Confirmed {
		where := "`" + strings.Join(f.Part.Scenarios, "`"+l.comma+"`") + "`"
		return fmt.Sprintf(l.holds, where, thousands(f.Premise), thousands(uint64(f.States)))
	}
	steps := len(f.Trace.Steps) - 1
	run := l.steps(steps)
	switch {
	case f.Trace.Loop == checker.NoLoop:
	case f.Trace.Stutters():
		run += l.stutters
	default:
		run = l.steps(f.Trace.Loop) + fmt.Sprintf(l.forever, steps-f.Trace.Loop)
	}
	return fmt.Sprintf(l.fails, f.Scenario, run)
}

func (l *tongue) steps(n int) string {
	if n == 1 {
		return l.one
	}
	return fmt.Sprintf(l.runs, n)
}

// sections are the places in a document where a belief is judged.
var sections = regexp.MustCompile(`<!-- belief (\S+) -->`)

// What people believe about the close: every verdict, and every run, in both
// languages, is what the checker finds. Both documents have the same sentences
// in the order of the catalogue.
func TestPropertyBeliefsDocument(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP-OK: the documents have the figures of the default bounds")
	}
	list, err := beliefs.Judge(t.Context(), beliefs.Catalogue(), func(s system.Scenario) system.Bounds { return s.Bounds })
	require.NoError(t, err)
	var names []string
	for i := range list {
		require.NoError(t, list[i].Sound())
		names = append(names, list[i].Name)
	}
	for _, l := range tongues {
		file, err := os.ReadFile(filepath.Join("docs", l.file))
		require.NoError(t, err)
		var found []string
		for _, m := range sections.FindAllStringSubmatch(string(file), -1) {
			found = append(found, m[1])
		}
		require.Equal(t, names, found, "%s: the sentences, in the order of the catalogue", l.file)
		text := between(t, string(file), "beliefs", l.table(list))
		for i := range list {
			text = replaced(t, text, "belief "+list[i].Name, "end", l.section(i+1, &list[i]))
		}
		document(t, l.file, text)
	}
}

// Both documents, as they are committed, say the same of the same sentences,
// with the same runs, and explain each in words of their own.
func TestPropertyBeliefsAgree(t *testing.T) {
	row := regexp.MustCompile(`(?m)^\| (\d+) \| \[.*\]\(#(\S+)\) \| (\S+) \| (.*) \|$`)
	var said, runs [][]string
	for n, l := range tongues {
		file, err := os.ReadFile(filepath.Join("docs", l.file))
		require.NoError(t, err)
		english := map[string]string{}
		for v, word := range l.verdicts {
			english[word] = v.String()
		}
		rows := row.FindAllStringSubmatch(string(file), -1)
		require.Len(t, rows, len(beliefs.Catalogue()))
		said = append(said, nil)
		runs = append(runs, fenced.FindAllString(string(file), -1))
		for _, m := range rows {
			require.Contains(t, english, m[3])
			said[n] = append(said[n], m[1]+" "+m[2]+" "+english[m[3]]+" "+m[4])
			_, after, ok := strings.Cut(string(file), "<a id=\""+m[2]+"\"></a>")
			require.True(t, ok, m[2])
			section, prose, ok := strings.Cut(after, "<!-- end -->")
			require.True(t, ok, m[2])
			assert.Contains(t, section, "**"+title(m[3])+"**", m[2])
			prose, _, _ = strings.Cut(prose, "<!--")
			assert.Greater(t, len(strings.TrimSpace(prose)), 150, "%s: %s is not explained", l.file, m[2])
		}
	}
	assert.Equal(t, said[0], said[1])
	assert.Equal(t, runs[0], runs[1])
	assert.NotEmpty(t, runs[0])
}

// fenced is a run in a document.
var fenced = regexp.MustCompile("(?s)```text\n.*?```")

// replaced is text with what stands between a mark and the next end replaced.
func replaced(t *testing.T, text, mark, end, content string) string {
	t.Helper()
	begin := "<!-- " + mark + " -->\n"
	i := strings.Index(text, begin)
	require.GreaterOrEqual(t, i, 0, "no mark %s", mark)
	i += len(begin)
	j := strings.Index(text[i:], "<!-- "+end+" -->")
	require.GreaterOrEqual(t, j, 0, "no end of %s", mark)
	return text[:i] + strings.TrimRight(content, "\n") + "\n" + text[i+j:]
}
