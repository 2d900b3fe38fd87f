package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// writeMermaid writes a flowchart.
func writeMermaid(w io.Writer, p *picture) {
	fmt.Fprintf(w, "---\ntitle: '%s'\n---\nflowchart TD\n", strings.ReplaceAll(p.title, "'", "''"))
	for c := opening; c <= ended; c++ {
		fmt.Fprintf(w, "  classDef c%d fill:%s,stroke:%s,color:#1f2937\n", c, palette[c][0], palette[c][1])
	}
	for n := range p.nodes {
		x := p.node(n)
		fmt.Fprintf(w, "  n%d(%s):::c%d\n", n, mermaidQuote(strings.Join(x.lines, "\n")), x.class)
	}
	arrows := map[style]string{solid: "-->", thin: "-->", dashed: "-.->", dotted: "-.->"}
	for e := range p.each {
		fmt.Fprintf(w, "  n%d %s|%s| n%d\n", e.from, arrows[e.style], mermaidQuote(e.label), e.to)
	}
}

var mermaidEscapes = strings.NewReplacer(`"`, "#quot;", "<", "&lt;", ">", "&gt;", "\n", "<br>")

func mermaidQuote(s string) string { return `"` + mermaidEscapes.Replace(s) + `"` }

// writeAUT writes the Aldebaran format of CADP and mCRL2.
func writeAUT(w io.Writer, p *picture) {
	fmt.Fprintf(w, "des (0, %d, %d)\n", p.edges, p.nodes)
	for e := range p.each {
		label := strings.ReplaceAll(strings.ReplaceAll(e.label, "\n", "; "), `"`, `'`)
		fmt.Fprintf(w, "(%d,\"%s\",%d)\n", e.from, label, e.to)
	}
}

// writeGraphML writes XML for yEd, Gephi and the like.
func writeGraphML(w io.Writer, p *picture) {
	fmt.Fprint(w, xml.Header, `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="label" for="node" attr.name="label" attr.type="string"/>
  <key id="class" for="node" attr.name="class" attr.type="string"/>
  <key id="initial" for="node" attr.name="initial" attr.type="boolean"/>
  <key id="action" for="edge" attr.name="action" attr.type="string"/>
  <key id="count" for="edge" attr.name="count" attr.type="long"/>
  <key id="style" for="edge" attr.name="style" attr.type="string"/>
`)
	fmt.Fprintf(w, "  <!-- %s -->\n  <graph id=\"%s\" edgedefault=\"directed\">\n", strings.ReplaceAll(xmlText(p.title), "--", "- -"), p.view)
	for n := range p.nodes {
		x := p.node(n)
		fmt.Fprintf(w, "    <node id=\"n%d\"><data key=\"label\">%s</data><data key=\"class\">%s</data><data key=\"initial\">%t</data></node>\n",
			n, xmlText(strings.Join(x.lines, "\n")), classNames[x.class], x.initial)
	}
	for e := range p.each {
		fmt.Fprintf(w, "    <edge source=\"n%d\" target=\"n%d\"><data key=\"action\">%s</data><data key=\"style\">%s</data>",
			e.from, e.to, xmlText(e.label), styleNames[e.style])
		if e.count > 0 {
			fmt.Fprintf(w, "<data key=\"count\">%d</data>", e.count)
		}
		fmt.Fprintln(w, "</edge>")
	}
	fmt.Fprint(w, "  </graph>\n</graphml>\n")
}

func xmlText(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) //nolint:errcheck // a Builder cannot fail
	return b.String()
}

var (
	classNames = map[class]string{opening: "opening", open: "open", closing: "closing", ended: "ended"}
	styleNames = map[style]string{solid: "solid", dashed: "dashed", dotted: "dotted", thin: "untaken"}
)

type graphHead struct {
	Schema  string      `json:"schema"`
	Version int         `json:"version"`
	View    string      `json:"view"`
	Title   string      `json:"title"`
	Bounds  *boundsJSON `json:"bounds,omitempty"`
	CutOff  string      `json:"cutOff,omitempty"` // why the exploration is not complete
}

type graphNode struct {
	ID      int    `json:"id"`
	Name    string `json:"name"`
	Initial bool   `json:"initial,omitempty"`
	State   any    `json:"state"`
}

type graphEdge struct {
	From  int    `json:"from"`
	To    int    `json:"to"`
	Label string `json:"label"`
	Count uint64 `json:"count,omitempty"`
	Style string `json:"style,omitempty"`
}

// writeJSON writes one object, a node or an edge per line, without keeping it.
func writeJSON(w io.Writer, p *picture) {
	head := marshal(graphHead{"finwait/graph", 1, p.view, p.title, p.bounds, p.cutOff})
	fmt.Fprintf(w, "%s,\n\"nodes\":[", strings.TrimSuffix(head, "}"))
	for n := range p.nodes {
		x := p.node(n)
		fmt.Fprintf(w, "%s\n%s", comma(n > 0), marshal(graphNode{n, x.name, x.initial, x.state}))
	}
	fmt.Fprint(w, "\n],\n\"edges\":[")
	more := false
	for e := range p.each {
		line := graphEdge{e.from, e.to, e.label, e.count, ""}
		if p.view == "figure" {
			line.Style = styleNames[e.style]
		}
		fmt.Fprintf(w, "%s\n%s", comma(more), marshal(line))
		more = true
	}
	fmt.Fprint(w, "\n]}\n")
}

func comma(yes bool) string {
	if yes {
		return ","
	}
	return ""
}

func marshal(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("BUG: " + err.Error()) // all that is encoded is structs of ours
	}
	return strings.TrimSuffix(b.String(), "\n")
}
