package tla

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Evidence is what TLC has found in a configuration, so that it can be held
// against the checker's graph of today where there is no TLC. It is about the
// modules and the configuration with these checksums, and no others.
type Evidence struct {
	Files     map[string]string `json:"files"`               // SHA-256 by name
	Constants []string          `json:"constants,omitempty"` // of a configuration that is no file
	TLC       string            `json:"tlc"`                 // its version
	States    int               `json:"states"`
	Edges     int               `json:"edges"`
	Depth     int               `json:"depth"`             // edges of the longest shortest path
	Digest    string            `json:"digest,omitempty"`  // of the labelled graph; see Graph.Digest
	Seconds   int               `json:"seconds,omitempty"` // that TLC took
}

// Digest depends on the initial states and on the labelled edges of the graph,
// each with its source and its target in full, and on nothing else.
func (g *Graph) Digest() string {
	var list []string
	line := func(parts ...string) {
		sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
		list = append(list, string(sum[:]))
	}
	for _, n := range g.Init {
		line(g.States[n])
	}
	for _, e := range g.Edges {
		line(g.States[e.From], e.Action, g.States[e.To])
	}
	slices.Sort(list)
	return checksum(strings.Join(list, ""))
}

func checksum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
