package tla

import (
	"fmt"
	"strings"

	"finwait/model/system"
	"finwait/properties"
)

// Explain tells a difference between the checker's graph, as the first, and
// TLC's: the shortest path to it as a ladder, and what only one of them does
// next.
func (d *Difference) Explain(g *properties.Graph, b *system.System) (string, error) {
	var w strings.Builder
	source := ""
	if d.At < 0 {
		w.WriteString("the initial states differ:\n")
	} else {
		trace, err := g.Trace(d.At)
		if err != nil {
			return "", err
		}
		v := g.View(d.At)
		source = State(v.A, v.B, b.FIFO)
		fmt.Fprintf(&w, "the graphs part after %d steps:\n\n%s\n", len(trace.Steps)-1, properties.Ladder(b, trace))
	}
	for _, side := range []struct {
		name string
		list []Arrival
	}{{"only Go has", d.First}, {"only TLC has", d.Second}} {
		for _, a := range side.list {
			where := ", to a state that the other never reaches"
			if a.Known {
				where = ""
			}
			fmt.Fprintf(&w, "%s%s\n", strings.TrimSpace(side.name+" "+a.Action), where)
			for _, line := range changes(source, a.State) {
				fmt.Fprintf(&w, "    %s\n", line)
			}
		}
	}
	return w.String(), nil
}
