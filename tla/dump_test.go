package tla

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const dump = `strict digraph DiskGraph {
nodesep=0.35;
subgraph cluster_graph {
color="white";
-12 [label="/\\ a = [x |-> \"one\",\n  w |-> 1]",style = filled]
-12 -> 34 [label="Send",color="black",fontcolor="black"];
34 [label="/\\ a = [w |-> 2, x |-> \"two\"]"];
34 -> 34 [label="Lose",color="black",fontcolor="black"];
34 -> 34 [label="Lose",color="black",fontcolor="black"];
34 -> -12 [label="Deliver",color="black",fontcolor="black"];
{rank = same; -12;}
}
subgraph cluster_legend {graph[style=bold];label = "Next State Actions" style="solid"
Send [label="Send",fillcolor="black"]
}}
`

// States have their numbers in the order in which TLC speaks of them; parallel
// edges are kept.
func TestReadDump(t *testing.T) {
	g, err := ReadDump(strings.NewReader(dump))
	require.NoError(t, err)
	assert.Equal(t, []string{`[a |-> [w |-> 1, x |-> "one"]]`, `[a |-> [w |-> 2, x |-> "two"]]`}, g.States)
	assert.Equal(t, []int{0}, g.Init)
	assert.Equal(t, []Edge{{0, 1, "Send"}, {1, 1, "Lose"}, {1, 1, "Lose"}, {1, 0, "Deliver"}}, g.Edges)
}

func TestReadDumpRefuses(t *testing.T) {
	for text, want := range map[string]string{
		`1 [label="/\\ a = 1`:                                       "line 1 of TLC's dump: a label does not end",
		`1 -> 2 [label="Send`:                                       "a label does not end",
		`1 [label="/\\ a = <<"]`:                                    "a value is wanted",
		"1 [label=\"/\\\\ a = 1\"]\n1 [label=\"/\\\\ a = 2\"]":      "line 2 of TLC's dump: two states have one fingerprint",
		"1 [label=\"/\\\\ a = 1\"]\n1 -> 2 [label=\"Send\",color=]": "speaks of 2 states and shows 1",
		"1 -> 2 [label=\"Send\",color=]\n2 [label=\"/\\\\ a = 1\"]": "speaks of a state that it does not show",
	} {
		_, err := ReadDump(strings.NewReader(text))
		assert.ErrorContains(t, err, want, text)
	}
	_, err := ReadDump(iotest.ErrReader(errors.New("no more")))
	assert.ErrorContains(t, err, "no more")
}
