package tla

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What TLC prints over several lines, in an order of its own, has one form.
func TestCanonical(t *testing.T) {
	got, err := Canonical("/\\ net = [ B |-> {},\n  A |-> {2, 10, 1, \"x\"} ]\n/\\ dups = [B |-> TRUE, A |-> << 2, 1 >>]")
	require.NoError(t, err)
	assert.Equal(t, `[dups |-> [A |-> <<2, 1>>, B |-> TRUE], net |-> [A |-> {"x", 1, 2, 10}, B |-> {}]]`, got)
}

func TestCanonicalRefuses(t *testing.T) {
	for text, want := range map[string]string{
		`/\ a = `:           "a value",
		`/\ a = (1)`:        "a value",
		`/\ a = <<1, 2`:     "a comma or >>",
		`/\ a = maybe`:      "a value",
		`/\ a = "x`:         "the end of a string",
		`/\ a = {1 2}`:      "a comma or }",
		`/\ a = [x |-> 1`:   "a comma or ]",
		`/\ a = [x = 1]`:    "NAME |->",
		`/\ = 1`:            "NAME =",
		`/\ a = 1 and more`: "a conjunction",
		`/\ a = {{1, {}`:    "a comma or }",
	} {
		_, err := Canonical(text)
		assert.ErrorContains(t, err, want, text)
	}
}
