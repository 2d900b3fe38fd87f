package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// graphFlags are those of graph.
type graphFlags struct {
	shared
	format, view, to, file string
}

var (
	formats = []string{"dot", "json", "mermaid", "aut", "graphml", "svg", "tla"}
	views   = []string{"system", "pair", "figure", "path"}
)

// most is how many nodes and edges a picture can show. What is for machines
// has no limit.
var most = map[string]struct{ nodes, edges int }{
	"svg": {1000, 4000}, "mermaid": {300, 500}, "dot": {5000, 30000}, "graphml": {100000, 1000000},
}

func newGraph(a *app) *cobra.Command {
	f := &graphFlags{}
	cmd := &cobra.Command{
		Use:   "graph [SCENARIO]",
		Short: "Write a state graph",
		Long: `graph explores a scenario (close by default) and writes its graph.

Views: system has every state and every transition (the default for aut, json and tla). pair has
a node for each pair of endpoint states, and on its edges the actions that lead from one to
another (the default otherwise). figure is Figure 5 of RFC 9293, from the table by which the
machine moves: solid what the figure draws, dashed what only the text says, dotted what only
an option does; with a scenario, each arrow has its count, and what the figure draws and
nothing took is grey. path is the shortest path to a state that satisfies --to, a predicate
as for find.

Formats: dot, svg (no Graphviz needed), mermaid, graphml; aut (Aldebaran, for CADP and mCRL2)
and json, which carries a schema version: {schema: "finwait/graph", version: 1, view, title,
bounds, cutOff, nodes: [{id, name, initial, state}], edges: [{from, to, label, count, style}]};
tla, a module with the states as values of the variables of tla/TCP.tla, so that they can be
compared with those that TLC prints, and with the edges between their numbers, from 1.
A graph that is too large for a picture is refused; nothing is left out silently. Exit code 20
if the exploration was cut off: the graph is then a part.`,
		Example: `  explore graph --view figure --format svg -o figure5.svg
  explore graph lifecycle --view pair --format svg -o lifecycle.svg
  explore graph loss-free --format aut -o loss-free.aut
  explore graph --view path --to 'A.State == "TIME-WAIT"' --format mermaid
  explore graph refused --view system --format dot | dot -Tpdf -o refused.pdf`,
		ValidArgsFunction: completeScenarios(0, 1),
		Args:              atMost(1),
		RunE:              func(_ *cobra.Command, args []string) error { return a.graph(f, args) },
	}
	cmd.Flags().StringVar(&f.format, "format", "dot", "`"+strings.Join(formats, "|")+"`")
	cmd.Flags().StringVar(&f.view, "view", "", "`"+strings.Join(views, "|")+"`")
	cmd.Flags().StringVar(&f.to, "to", "", "for --view path: the `PREDICATE` to reach")
	cmd.Flags().StringVarP(&f.file, "output", "o", "", "write to `FILE` instead of standard output")
	f.add(cmd)
	complete(cmd, "format", formats...)
	complete(cmd, "view", views...)
	if err := cmd.MarkFlagFilename("output"); err != nil {
		panic("BUG: " + err.Error())
	}
	return cmd
}

func (a *app) graph(f *graphFlags, args []string) error {
	p, err := a.picture(f, args)
	if err != nil {
		return err
	}
	if err := a.write(f, p); err != nil {
		return err
	}
	if f.file != "" && !f.quiet {
		fmt.Fprintf(a.errs, "%s: %s, %s\n", f.file, count(p.nodes, "node"), count(p.edges, "edge"))
	}
	if p.cutOff != "" {
		return &failure{exitInconclusive, "the graph is a part: the exploration was cut off: " + p.cutOff}
	}
	return nil
}

// picture checks the flags, and explores.
func (a *app) picture(f *graphFlags, args []string) (*picture, error) {
	if f.json {
		f.format = "json"
	}
	if !contains(formats, f.format) {
		return nil, unknown("format", f.format, formats)
	}
	if f.view == "" {
		f.view = "pair"
		if f.format == "aut" || f.format == "json" || f.format == "tla" {
			f.view = "system"
		}
		if f.to != "" {
			f.view = "path"
		}
	}
	if !contains(views, f.view) {
		return nil, unknown("view", f.view, views)
	}
	if (f.view == "path") != (f.to != "") {
		return nil, usage("graph: --view path and --to PREDICATE belong together")
	}
	if f.format == "tla" && f.view != "system" && f.view != "path" {
		return nil, usage("graph: --format tla writes states; --view %s has none", f.view)
	}
	var to *predicate
	if f.to != "" {
		var err error
		if to, err = compile(f.to); err != nil {
			return nil, err
		}
	}
	if f.view == "figure" && len(args) == 0 {
		return figureView(nil, nil), nil
	}
	name := "close"
	if len(args) == 1 {
		name = args[0]
	}
	g, x, err := a.explore(&f.shared, name)
	if err != nil {
		return nil, err
	}
	switch f.view {
	case "figure":
		return figureView(g, x), nil
	case "path":
		return pathView(g, x, to)
	case "pair":
		return fitting(f.format, pairView(g, x), nil)
	}
	return fitting(f.format, systemView(g, x), func() *picture { return pairView(g, x) })
}

// fitting refuses a graph that is too large for a picture, and names what fits.
func fitting(format string, p *picture, smaller func() *picture) (*picture, error) {
	limit, limited := most[format]
	if !limited || p.nodes <= limit.nodes && p.edges <= uint64(limit.edges) {
		return p, nil
	}
	text := fmt.Sprintf("the %s view has %s and %s; %s shows at most %s and %s.", p.view,
		count(p.nodes, "node"), count(p.edges, "edge"), format, number(limit.nodes), number(limit.edges))
	if smaller != nil {
		if s, err := fitting(format, smaller(), nil); err == nil {
			text += fmt.Sprintf(" --view %s fits: %s, %s;", s.view, count(s.nodes, "node"), count(s.edges, "edge"))
		} else {
			text += " --view figure fits;"
		}
	} else {
		text += " --view figure fits;"
	}
	return nil, &failure{exitOther, text + " --format json, aut and tla have no limit"}
}

// write puts the graph where it belongs.
func (a *app) write(f *graphFlags, p *picture) (err error) {
	var w io.Writer = a.out
	if f.file != "" && f.file != "-" {
		file, failed := os.Create(f.file)
		if failed != nil {
			return failed
		}
		buffered := newOutput(file, func(error) {})
		defer func() { err = errors.Join(err, buffered.Flush(), file.Close()) }()
		w = buffered
	}
	switch f.format {
	case "dot":
		writeDOT(w, p)
	case "svg":
		if err := writeSVG(a.ctx, w, p); err != nil {
			return err
		}
	case "mermaid":
		writeMermaid(w, p)
	case "graphml":
		writeGraphML(w, p)
	case "aut":
		writeAUT(w, p)
	case "json":
		writeJSON(w, p)
	case "tla":
		writeTLA(w, p)
	}
	return nil
}
