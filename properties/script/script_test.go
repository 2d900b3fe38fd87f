package script

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// A half-close is a close of one direction: a megabyte goes the other way after
// it, and both ends are CLOSED in the end.
func TestHalfClose(t *testing.T) {
	h, err := HalfClose(model.Options{})
	require.NoError(t, err)
	assert.EqualValues(t, 1_048_576, h.Octets)
	assert.True(t, h.EOF)
	assert.Equal(t, [2]model.State{model.Closed, model.Closed}, h.Ends)
	assert.Equal(t, (Megabyte+MSS-1)/MSS, h.Text, "full segments, and one with the rest and the FIN")
	assert.Less(t, h.Acks, h.Text)
	text := h.Ladder().String()
	assert.Equal(t, 20, strings.Count(text, "\n"))
	assert.Contains(t, text, fmt.Sprintf("... %d segments ...", h.Text+h.Acks-7), "seven of them are shown")
}

// The sequence numbers of both sides wrap in it: A's FIN is number 0.
func TestHalfCloseWraps(t *testing.T) {
	assert.Equal(t, model.Seq(1<<32-1), issA+1)
	assert.Less(t, issB.Add(Megabyte), issB)
}

// The run is no proof of itself: a machine that drops what comes after its own
// FIN, or resets, or forgets, does not get through it.
func TestHalfCloseIsNotForGranted(t *testing.T) {
	for name, o := range map[string]model.Options{
		"the text is dropped":         {FinWait2DropsData: true},
		"the half-close is a reset":   {HalfCloseResets: true},
		"the FIN does not wait":       {CloseFlushes: true},
		"the end is not told":         {EOFLost: true},
		"reading ends with the CLOSE": {HalfDuplexClose: true},
	} {
		_, err := HalfClose(o)
		assert.Error(t, err, name)
	}
}

var departures = regexp.MustCompile(`(?m)--> .* \.\.\.  | \.\.\. .* <--  `)

// Each close has as many segments as it says.
func TestCloses(t *testing.T) {
	for _, c := range Closes() {
		l, err := c.Play(model.Options{})
		require.NoError(t, err, c.Name)
		assert.Len(t, departures.FindAllString(l.String(), -1), c.Segments, "%s\n%s", c.Name, l)
		assert.NotEmpty(t, c.Text)
	}
}

// Without the pending acknowledgment the close in three cannot be played; the
// one in four is then what happens by itself, and cannot be scripted.
func TestClosesAreNotForGranted(t *testing.T) {
	for _, c := range Closes() {
		_, err := c.Play(model.Options{AckAtOnce: true})
		assert.Error(t, err, c.Name)
	}
}

// A script that asks for what the machine refuses fails, and goes no further.
func TestMust(t *testing.T) {
	p := &Play{}
	p.Must(a, closes)
	assert.ErrorContains(t, p.Err, "A in CLOSED refuses CLOSE")
	err := p.Err
	p.Must(b, sendFIN)
	p.open()
	assert.Equal(t, err, p.Err)
	assert.Empty(t, p.Rows)
}
