package main

import (
	"fmt"
	"io"
	"strings"
)

// writeTLA writes a module: the states as values, and the edges between their
// numbers, which are from 1 on as those of a sequence are in TLA+.
func writeTLA(w io.Writer, p *picture) {
	fmt.Fprintf(w, "---- MODULE %s ----\n\\* %s\n", p.view, p.title)
	if p.cutOff != "" {
		fmt.Fprintf(w, "\\* a part: %s\n", p.cutOff)
	}
	fmt.Fprint(w, "\nStates == <<")
	for n := range p.nodes {
		fmt.Fprintf(w, "%s\n  %s", comma(n > 0), p.node(n).value())
	}
	fmt.Fprint(w, "\n>>\n\nInit == {1}\n\n\\* from, side, action, to\nEdges == {")
	more := false
	for e := range p.each {
		side, label, own := strings.Cut(e.label, " ")
		if !own {
			side, label = "", side // a tick is nobody's
		}
		fmt.Fprintf(w, "%s\n  <<%d, %q, %q, %d>>", comma(more), e.from+1, side, label, e.to+1)
		more = true
	}
	fmt.Fprint(w, "\n}\n====\n")
}
