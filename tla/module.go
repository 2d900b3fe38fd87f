package tla

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ReadModule reads the module that "explore graph --format tla" writes.
func ReadModule(text string) (*Graph, error) {
	g := &Graph{Init: []int{0}}
	for line := range strings.Lines(text) {
		line = strings.Trim(line, " ,\n")
		if strings.HasPrefix(line, "[") {
			g.States = append(g.States, line)
			continue
		}
		inner, ok := strings.CutPrefix(line, "<<")
		if !ok || !strings.HasSuffix(inner, ">>") {
			continue
		}
		parts := strings.SplitN(strings.TrimSuffix(inner, ">>"), ", ", 3)
		if len(parts) < 3 {
			return nil, fmt.Errorf("an edge of three parts: %s", line)
		}
		end := strings.LastIndex(parts[2], ", ")
		if end < 0 {
			return nil, fmt.Errorf("an edge without a target: %s", line)
		}
		from, err1 := strconv.Atoi(parts[0])
		to, err2 := strconv.Atoi(parts[2][end+2:])
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		action := strings.Trim(parts[2][:end], `"`)
		if i := strings.IndexAny(action, " ("); i >= 0 {
			action = action[:i]
		}
		if from < 1 || to < 1 || from > len(g.States) || to > len(g.States) {
			return nil, fmt.Errorf("an edge between states that are not there: %s", line)
		}
		g.Edges = append(g.Edges, Edge{from - 1, to - 1, action})
	}
	return g, nil
}
