package history

import (
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// docs is where histories are kept to be looked at.
const docs = "../../docs/histories"

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err, "go test -run Property ./properties/history -update writes it")
	return string(text)
}

// golden compares text with a committed file, and says where they part: a page
// of HTML is too long to be shown.
func golden(t *testing.T, name, text string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	}
	want := readFile(t, name)
	if want == text {
		return
	}
	i := 0
	for i < len(want) && i < len(text) && want[i] == text[i] {
		i++
	}
	assert.Fail(t, "not as committed", "%s, from octet %d on:\n%.300q\nwant\n%.300q", name, i, text[i:], want[i:])
}
