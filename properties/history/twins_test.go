package history

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// twin is a broken machine of which a history is committed, with what in it no
// stream of octets does.
type twin struct {
	option   string
	scenario string
	why      string
}

func twins() []twin {
	return []twin{
		{"data-ack-as-fin-ack", "simultaneous-close", "B closes, and its FIN is lost. It takes the ACK of its octet for that of the FIN, and forgets the connection. A waits for the end of the stream in vain"},
		{"fin-across-hole", "half-close", "B is told EOF while octets that A wrote are missing: it takes a part for the whole"},
		{"fin-wait-2-drops-data", "half-close", "A has closed and goes on reading. B's octet arrives, is acknowledged, and A never gets it"},
		{"eof-lost", "half-close", "A has closed, B has received the FIN, and B's user waits for ever. Only the last read shows it"},
		{"skip-time-wait", "half-close", "nobody aborted, but B's CLOSE ends with a reset: when B sends its FIN again, A has forgotten the connection"},
		{"data-counted-twice", "simultaneous-close", "B reads an octet that nobody wrote"},
	}
}

// noticed are other options that users notice in a history, each with a
// scenario in which they do. fin-old-ack-dropped is one that retransmission
// hides: only where nothing is retransmitted is it seen.
func noticed() map[string]string {
	return map[string]string{
		"closed-forgets":               "half-close",
		"half-duplex-close":            "half-close",
		"fin-wait-2-timer":             "half-close",
		"last-ack-any-ack":             "half-close",
		"fin-ack-one-less":             "simultaneous-close",
		"fin-ack-one-more":             "half-close",
		"closing-any-ack":              "simultaneous-close",
		"fin-not-retransmitted":        "half-close",
		"closing-no-fin-bit":           "simultaneous-close",
		"close-wait-no-retransmission": "half-close",
		"fin-old-ack-dropped":          "loss-free",
		"second-fin-advances":          "half-close",
	}
}

func options(t *testing.T, name string) (o model.Options) {
	t.Helper()
	d, ok := model.Lookup(name)
	require.True(t, ok, name)
	d.Set(&o, true)
	return o
}

// searched is how many runs of a broken machine are searched for the shortest
// whose history is rejected.
const searched = 500

// A broken machine is found out by its users. The shortest history found is
// committed, with porcupine's picture of it. What is committed is rejected
// whatever the machine does today; and today it does the same again.
func TestPropertyBrokenTwinsAreRejected(t *testing.T) {
	for _, x := range twins() {
		t.Run(x.option, func(t *testing.T) {
			t.Parallel()
			rec := found(t, x)
			require.ErrorIs(t, Check(rec.History), ErrIllegal)
			golden(t, filepath.Join(docs, x.option+".txt"), heading(t, x)+rec.Text())
			page, err := Picture(rec.History, rec.Recorder.Notes)
			require.ErrorIs(t, err, ErrIllegal)
			golden(t, filepath.Join(docs, x.option+".html"), string(page))

			committed, err := Parse(readFile(t, filepath.Join(docs, x.option+".txt")))
			require.NoError(t, err)
			assert.Equal(t, rec.History, committed)

			same, err := Record(x.scenario, model.Options{}, rec.Seed, true)
			require.NoError(t, err)
			assert.NoError(t, Check(same.History), "the machine that is not broken, from the same seed")
		})
	}
}

// found is the shortest recording of a search; with -short, the committed one
// is made again without a search.
func found(t *testing.T, x twin) *Recording {
	t.Helper()
	o := options(t, x.option)
	if testing.Short() {
		_, after, ok := strings.Cut(readFile(t, filepath.Join(docs, x.option+".txt")), "seed ")
		require.True(t, ok)
		var seed uint64
		_, err := fmt.Sscan(after, &seed)
		require.NoError(t, err)
		rec, err := Record(x.scenario, o, seed, true)
		require.NoError(t, err)
		return rec
	}
	rec, rejected, err := Search(x.scenario, o, searched)
	require.NoError(t, err)
	require.NotNil(t, rec, "none of %d histories is rejected", searched)
	t.Logf("%d of %d histories are rejected", rejected, searched)
	return rec
}

func heading(t *testing.T, x twin) string {
	t.Helper()
	d, _ := model.Lookup(x.option)
	return fmt.Sprintf("%s (bug %s): %s\n%s.\n\n", d.Name, d.Number, d.Text, x.why)
}

// Many other options are noticed, too.
func TestPropertyOtherTwinsAreRejected(t *testing.T) {
	for name, scenario := range noticed() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := options(t, name)
			for seed := range uint64(searched) {
				rec, err := Record(scenario, o, seed, true)
				require.NoError(t, err)
				if err := Check(rec.History); err != nil {
					require.ErrorIs(t, err, ErrIllegal)
					return
				}
			}
			require.Fail(t, "no history is rejected")
		})
	}
}

// The index of the committed histories is generated between two marks.
func TestPropertyHistoryIndex(t *testing.T) {
	var s strings.Builder
	s.WriteString("| option | no. | what the machine does | what its users notice | |\n|---|---|---|---|---|\n")
	for _, x := range twins() {
		d, _ := model.Lookup(x.option)
		fmt.Fprintf(&s, "| `%s` | %s | %s | %s | [history](%s.txt), [picture](%s.html) |\n", d.Name, d.Number, d.Text, x.why, d.Name, d.Name)
	}
	const from, to = "<!-- begin -->\n", "<!-- end -->"
	file := filepath.Join(docs, "README.md")
	before, rest, ok := strings.Cut(readFile(t, file), from)
	require.True(t, ok)
	_, after, ok := strings.Cut(rest, to)
	require.True(t, ok)
	golden(t, file, before+from+s.String()+to+after)

	entries, err := os.ReadDir(docs)
	require.NoError(t, err)
	assert.Len(t, entries, 1+2*len(twins()), "a file that no test writes")
}
