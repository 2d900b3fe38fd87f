package model

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// shortQuote is the length up to which quotation marks may set off a mere word.
const shortQuote = 20

var (
	bullet   = regexp.MustCompile(`(?m)^\s+(?:[-o+*]|[0-9]\)) {2}`)
	brokenAt = regexp.MustCompile(`(\w[-/])\n\s*`)
)

// examples are what our own String methods print, quoted where they are declared.
var examples = []string{"FIN-WAIT-1 --rcv ACK of FIN--> FIN-WAIT-2", "close-called,ack-pending"}

// flat undoes the layout: line breaks, also those inside FIN-/WAIT-1, bullets, indentation.
func flat(text string) string {
	text = bullet.ReplaceAllString(text, "\n")
	text = brokenAt.ReplaceAllString(text, "$1")
	return strings.Join(strings.Fields(text), " ")
}

func rfc9293(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("testdata/rfc9293-*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var all []string
	for _, f := range files {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		all = append(all, flat(string(text)))
	}
	return strings.Join(all, " | ")
}

// quotedIn reports whether a quotation is the RFC's, "[...]" standing for what it leaves out.
func quotedIn(rfc, quote string) bool {
	for part := range strings.SplitSeq(quote, "[...]") {
		_, after, found := strings.Cut(rfc, strings.TrimSpace(part))
		if !found {
			return false
		}
		rfc = after
	}
	return true
}

// misquotations lists what stands in quotation marks in a comment and not in
// the RFC. Quotations may contain quotation marks, so the longest that is the
// RFC's counts.
func misquotations(rfc, comment string) []string {
	var wrong []string
	for {
		open := strings.IndexByte(comment, '"')
		if open < 0 {
			return wrong
		}
		rest := comment[open+1:]
		nearest, longest := -1, -1
		for i := range len(rest) {
			if rest[i] != '"' || i+1 < len(rest) && isWord(rest[i+1]) {
				continue
			}
			if nearest < 0 {
				nearest = i
			}
			if quotedIn(rfc, rest[:i]) {
				longest = i
			}
		}
		switch {
		case longest >= 0:
			comment = rest[longest+1:]
		case nearest >= 0 && nearest <= shortQuote:
			comment = rest[nearest+1:]
		default:
			wrong = append(wrong, rest[:max(nearest, 0)])
			comment = rest[nearest+1:]
		}
	}
}

func isWord(b byte) bool { return unicode.IsLetter(rune(b)) || unicode.IsDigit(rune(b)) || b == '<' }

// TestQuotationsAreTheRFCs: a comment that quotes RFC 9293 quotes it verbatim.
func TestQuotationsAreTheRFCs(t *testing.T) {
	rfc := rfc9293(t)
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	checked := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, group := range f.Comments {
			text := uncomment(group)
			checked += strings.Count(text, `"`) / 2
			for _, q := range misquotations(rfc, flat(text)) {
				assert.Contains(t, examples, q, "%s: not the RFC's words", name)
			}
		}
	}
	assert.Greater(t, checked, 80, "the test reads the quotations")
}

func uncomment(group *ast.CommentGroup) string {
	var b strings.Builder
	for _, c := range group.List {
		b.WriteString(strings.TrimPrefix(c.Text, "//"))
		b.WriteByte('\n')
	}
	return b.String()
}

func TestMisquotationsAreFound(t *testing.T) {
	rfc := flat("   o  Return \"error: connection closing\" and do not service\n      request.\n\n   o  Enter FIN-\n      WAIT-2 and return.")
	for comment, want := range map[string]int{
		`to the letter: "Return "error: connection closing" and do not service request."`: 0,
		`"Return "error: connection closing" and [...] Enter FIN-WAIT-2"`:                 0,
		`a "word" and "Return "error: connection closing" and do not serve it."`:          1,
		`"Enter FIN-WAIT-2 [...] service request."`:                                       1,
		`"Enter FIN-WAIT-1 and return at once."`:                                          1,
		`no quotation at all`:                                                             0,
	} {
		assert.Len(t, misquotations(rfc, comment), want, comment)
	}
}
