package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/goccy/go-graphviz"
)

// The colours of a picture: fill and line, by class of node.
var palette = map[class][2]string{
	opening: {"#eef2f7", "#64748b"},
	open:    {"#e6f4ea", "#3d8b57"},
	closing: {"#fdf3e1", "#b7791f"},
	ended:   {"#f3f4f6", "#6b7280"},
}

var edgeStyles = map[style]string{
	solid:  `color="#374151", weight=4`,
	dashed: `style=dashed, color="#9ca3af", fontcolor="#6b7280", weight=0`,
	dotted: `style=dotted, color="#9ca3af", fontcolor="#9ca3af", weight=0`,
	thin:   `color="#cbd5e1", fontcolor="#94a3b8", weight=4`,
}

// writeDOT writes Graphviz's language.
func writeDOT(w io.Writer, p *picture) {
	fmt.Fprintf(w, "digraph %s {\n", dotQuote(p.view))
	title := p.title
	if p.cutOff != "" {
		title += " (a part: " + p.cutOff + ")"
	}
	fmt.Fprintf(w, "  graph [label=%s, labelloc=t, fontname=\"Helvetica,Arial,sans-serif\", fontsize=13, fontcolor=\"#374151\", "+
		"rankdir=TB, nodesep=0.45, ranksep=0.6, pad=0.3, bgcolor=white%s];\n",
		dotQuote(wrap(title, "", 90)+p.layout.legend), effort(p.edges))
	fmt.Fprintln(w, `  node [shape=box, style="rounded,filled", fontname="Helvetica,Arial,sans-serif", fontsize=11, penwidth=1.1, margin="0.25,0.08"];`)
	fmt.Fprintln(w, `  edge [fontname="Helvetica,Arial,sans-serif", fontsize=9, fontcolor="#374151", arrowsize=0.7, penwidth=1.0];`)
	for n := range p.nodes {
		x := p.node(n)
		c := palette[x.class]
		more := ""
		if x.initial {
			more = ", penwidth=2.2"
		}
		fmt.Fprintf(w, "  n%d [label=%s, fillcolor=%q, color=%q%s];\n", n, dotQuote(strings.Join(x.lines, "\n")), c[0], c[1], more)
	}
	for e := range p.each {
		fmt.Fprintf(w, "  n%d -> n%d [label=%s, %s];\n", e.from, e.to, dotQuote(aside(e.label)), edgeStyles[e.style])
	}
	for _, rank := range p.layout.ranks {
		fmt.Fprint(w, "  { rank=same;")
		for _, n := range rank {
			fmt.Fprintf(w, " n%d;", n)
		}
		for i := 1; i < len(rank); i++ { // from left to right
			fmt.Fprintf(w, " n%d -> n%d [style=invis];", rank[i-1], rank[i])
		}
		fmt.Fprintln(w, " }")
	}
	fmt.Fprintln(w, "}")
}

// effort is how hard Graphviz should try: a large picture is to be done in
// seconds, too.
func effort(edges uint64) string {
	switch {
	case edges > 1500:
		return ", splines=line, nslimit=0.5, nslimit1=0.5, mclimit=0.1"
	case edges > 200:
		return ", nslimit=1, nslimit1=1, mclimit=0.2"
	}
	return ""
}

// aside keeps a label clear of its edge.
func aside(label string) string {
	lines := strings.Split(label, "\n")
	for i, l := range lines {
		lines[i] = " " + l + "  "
	}
	return strings.Join(lines, "\n")
}

func dotQuote(s string) string {
	s = strings.ReplaceAll(s, `\`, `\\`)
	s = strings.ReplaceAll(s, `"`, `\"`)
	return `"` + strings.ReplaceAll(s, "\n", `\n`) + `"`
}

// writeSVG renders in this process.
func writeSVG(ctx context.Context, w io.Writer, p *picture) error {
	var dot bytes.Buffer
	writeDOT(&dot, p)
	g, err := graphviz.New(ctx)
	if err != nil {
		return fmt.Errorf("svg: %w", err)
	}
	defer g.Close() //nolint:errcheck // nothing is lost
	parsed, err := graphviz.ParseBytes(dot.Bytes())
	if err != nil {
		return fmt.Errorf("svg: %w", err)
	}
	if err := g.Render(ctx, parsed, graphviz.SVG, w); err != nil {
		return fmt.Errorf("svg: %w", err)
	}
	return nil
}
