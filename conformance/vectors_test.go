package conformance_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/conformance"
)

// What is written is read again, in the same order; the default reaction
// stands first.
func TestVectors(t *testing.T) {
	all := conformance.Generate(conformance.CanAll)
	var cases []conformance.Case
	for i := 0; i < len(all); i += 201 {
		cases = append(cases, all[i])
	}
	var b bytes.Buffer
	require.NoError(t, conformance.WriteVectors(&b, cases))
	text := b.String()
	again, err := conformance.ReadVectors(&b)
	require.NoError(t, err)
	require.Len(t, again, len(cases))
	for i := range cases {
		require.True(t, reflect.DeepEqual(cases[i], again[i]), "%v, %v", cases[i], again[i])
	}

	first, _, _ := strings.Cut(text, "\n")
	assert.JSONEq(t, `{"type":"finwait-vectors","version":1,"cases":153}`, first)
	_, err = conformance.ReadVectors(strings.NewReader(text[:len(text)/2]))
	require.ErrorContains(t, err, "vector ")
	cut := strings.LastIndex(strings.TrimSpace(text), "\n")
	_, err = conformance.ReadVectors(strings.NewReader(text[:cut]))
	assert.ErrorContains(t, err, "cut off: 152 cases of 153")
}

func TestVectorsThatAreNone(t *testing.T) {
	const head = `{"type":"finwait-vectors","version":1,"cases":1}` + "\n"
	for _, c := range []struct{ text, reason string }{
		{"", "no file of vectors"},
		{"{}", "no file of vectors"},
		{`{"type":"finwait-vectors","version":2,"cases":0}`, "version 2; this is version 1"},
		{head + `{"state":"OPEN","steps":[]}`, `"OPEN" is not a state`},
		{head + `{"state":"CLOSED","steps":[]}`, "is none of the 0 steps"},
		{head + `{"state":"CLOSED","needs":["luck"],"steps":[]}`, "unknown capabilities: luck"},
		{head + `{"state":"CLOSED","steps":[{"op":"shout"}]}`, `no operation "shout"`},
		{head + `{"state":"CLOSED","steps":[{"op":"inject"}]}`, "segment is missing"},
		{head + `{"state":"CLOSED","steps":[{"op":"inject","segment":{"ctl":"ACKN","window":1}}]}`, "not a control bit"},
		{head + `{"state":"CLOSED","steps":[{"op":"inject","segment":{"ctl":"SYN"}}]}`, "a window is needed"},
		{head + `{"state":"CLOSED","steps":[{"op":"inject","segment":{"ctl":"ACK","window":1}}]}`, "an ack with the bit ACK"},
	} {
		_, err := conformance.ReadVectors(strings.NewReader(c.text))
		assert.ErrorContains(t, err, c.reason, c.text)
	}
}
