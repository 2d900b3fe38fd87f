package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"
)

// output is standard output: buffered, and done with at the first write error,
// which also ends what is being computed for it.
type output struct {
	w      *bufio.Writer
	err    error
	cancel context.CancelCauseFunc
}

func newOutput(w io.Writer, cancel context.CancelCauseFunc) *output {
	return &output{w: bufio.NewWriterSize(w, 1<<16), cancel: cancel}
}

// Write never fails; Flush tells.
func (o *output) Write(p []byte) (int, error) {
	if o.err == nil {
		_, err := o.w.Write(p)
		o.failed(err)
	}
	return len(p), nil
}

// Flush writes what is buffered, and returns the first error there was.
func (o *output) Flush() error {
	if o.err == nil {
		o.failed(o.w.Flush())
	}
	return o.err
}

func (o *output) failed(err error) {
	if err != nil {
		o.err = err
		o.cancel(err)
	}
}

// line writes a value as one line of JSON, at once.
func (o *output) line(v any) {
	o.encode(v)
	o.Flush() //nolint:errcheck // the first error is kept
}

func (o *output) encode(v any) {
	e := json.NewEncoder(o)
	e.SetEscapeHTML(false) // "<SEQ=1>" is to stay readable
	if err := e.Encode(v); err != nil {
		panic("BUG: " + err.Error()) // all that is encoded is structs of ours
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// coloured reports whether colours are wanted: https://no-color.org.
func coloured(w io.Writer) bool {
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(w)
}

// The styles that a terminal knows.
const (
	bold   = "1"
	faint  = "2"
	red    = "1;31"
	green  = "32"
	yellow = "33"
)

// paint puts s into a style, on a terminal.
func (a *app) paint(style, s string) string {
	if !a.colour || s == "" || style == "" {
		return s
	}
	return "\x1b[" + style + "m" + s + "\x1b[0m"
}

// number writes n with its thousands separated: "593,745".
func number[N int | uint64](n N) string {
	s := strconv.FormatUint(uint64(n), 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// count writes a number with its noun: "1 state", "2 states".
func count[N int | uint64](n N, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return number(n) + " " + noun
}

// wrap breaks text into lines of at most width columns, after an indent.
func wrap(text, indent string, width int) string {
	var b strings.Builder
	col := 0
	for word := range strings.FieldsSeq(text) {
		if col > 0 && col+1+len(word) > width {
			b.WriteByte('\n')
			col = 0
		}
		if col == 0 {
			b.WriteString(indent)
			col = len(indent)
		} else {
			b.WriteByte(' ')
			col++
		}
		b.WriteString(word)
		col += len(word)
	}
	return b.String()
}
