package tla

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What "explore graph --format tla" writes is read back.
func TestReadModule(t *testing.T) {
	g, err := ReadModule(`---- MODULE system ----
\* a title

States == <<
  [n |-> 0],
  [n |-> 1]
>>

Init == {1}

\* from, side, action, to
Edges == {
  <<1, "A", "Transmit(0,FIN)", 2>>,
  <<2, "B", "Deliver <SEQ=1><CTL=RST>", 1>>
}
====
`)
	require.NoError(t, err)
	assert.Equal(t, &Graph{
		States: []string{"[n |-> 0]", "[n |-> 1]"}, Init: []int{0},
		Edges: []Edge{{0, 1, "Transmit"}, {1, 0, "Deliver"}},
	}, g)
}

// The command writes the graph that is compared with TLC's.
func TestCommandWritesTheGraph(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "go", "run", "../cmd/explore", "graph", "refused", "--octets", "0,0", "--format", "tla")
	out, err := cmd.Output()
	require.NoError(t, err)
	got, err := ReadModule(string(out))
	require.NoError(t, err)
	want := GraphOf(explored(t, flip{in: "refused"}.config(t)))
	assert.Equal(t, want.Digest(), got.Digest())
	assert.NotEmpty(t, got.States)
}

func TestReadModuleRefuses(t *testing.T) {
	for text, want := range map[string]string{
		`<<1, 2>>`:                   "an edge of three parts",
		`<<1, "A", "Lose">>`:         "an edge without a target",
		`<<one, "A", "Lose", 1>>`:    "invalid syntax",
		`<<1, "A", "Lose", 1>>`:      "states that are not there",
		"[n |-> 0]\n<<1, 2, 3, 0>>":  "states that are not there",
		"[n |-> 0]\n<<1, 2, 3, 1x>>": "invalid syntax",
	} {
		_, err := ReadModule(text)
		assert.ErrorContains(t, err, want, text)
	}
}
