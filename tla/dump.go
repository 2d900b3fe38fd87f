package tla

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Edge is a labelled edge between states of a Graph.
type Edge struct {
	From, To int
	Action   string // its name, without parameters
}

// Graph is a labelled graph. States are known by their canonical texts.
type Graph struct {
	States []string
	Init   []int
	Edges  []Edge
}

// ReadDump reads the graph that TLC writes with -dump dot,actionlabels: a line
// for each state and each edge. States are known there by fingerprints.
func ReadDump(r io.Reader) (*Graph, error) {
	g := &Graph{}
	number := map[string]int{}
	lines := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		line, err := lines.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if bad := g.readLine(line, number); bad != nil {
			return nil, fmt.Errorf("line %d of TLC's dump: %w", n, bad)
		}
		if err != nil {
			break
		}
	}
	if len(number) != len(g.States) {
		return nil, fmt.Errorf("TLC's dump speaks of %d states and shows %d", len(number), len(g.States))
	}
	if slices.Contains(g.States, "") {
		return nil, errors.New("TLC's dump speaks of a state that it does not show")
	}
	return g, nil
}

func (g *Graph) readLine(line string, number map[string]int) error {
	head, rest, ok := strings.Cut(line, " [label=\"")
	if !ok {
		return nil // what a picture needs besides: brackets, ranks, colours
	}
	place := func(name string) int {
		n, known := number[name]
		if !known {
			n = len(number)
			number[name] = n
		}
		return n
	}
	if from, to, isEdge := strings.Cut(head, " -> "); isEdge {
		action, _, ok := strings.Cut(rest, "\"")
		if !ok {
			return errors.New("a label does not end")
		}
		g.Edges = append(g.Edges, Edge{place(from), place(to), action})
		return nil
	}
	label, attributes, err := unquote(rest)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(label, `/\`) {
		return nil // the legend of colours
	}
	state, err := Canonical(label)
	if err != nil {
		return err
	}
	n := place(head)
	for len(g.States) <= n {
		g.States = append(g.States, "")
	}
	if g.States[n] != "" && g.States[n] != state {
		return errors.New("two states have one fingerprint")
	}
	g.States[n] = state
	if strings.Contains(attributes, "style = filled") && !slices.Contains(g.Init, n) {
		g.Init = append(g.Init, n)
	}
	return nil
}

// unquote ends a string of the dot language at its quotation mark.
func unquote(s string) (text, rest string, err error) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:], nil
		case s[i] == '\\' && i+1 < len(s):
			i++
			if s[i] == 'n' {
				b.WriteByte('\n')
			} else {
				b.WriteByte(s[i])
			}
		default:
			b.WriteByte(s[i])
		}
	}
	return "", "", errors.New("a label does not end")
}
