package main

import (
	"slices"
	"strings"
)

// lists says which verb lists all the names of a kind.
var lists = map[string]string{
	"scenario": "scenarios", "property": "properties", "option": "options", "verb": "--help",
	"refinement": "step --help", "fairness assumption": "properties", "mechanism": "why --list",
}

// unknown is the error that there is no such thing, with the nearest name.
func unknown(kind, name string, names []string) error {
	text := "there is no " + kind + " " + quote(name)
	switch n := nearest(name, names); {
	case n != "":
		text += "; did you mean " + n + "?"
	case len(names) > 12:
		text += "; explore " + lists[kind] + " tells which there are"
	default:
		text += "; there are " + strings.Join(names, ", ")
	}
	return usage("%s", text)
}

// quote puts what a user typed between quotation marks that it cannot break.
func quote(s string) string { return "\"" + strings.ReplaceAll(s, "\n", " ") + "\"" }

// nearest is the name with the smallest edit distance to s, if that is small.
func nearest(s string, names []string) string {
	best, least := "", len(s)/3+2
	for _, n := range names {
		if d := distance(strings.ToLower(s), strings.ToLower(n)); d < least {
			best, least = n, d
		}
	}
	if plain := plainly(s); best == "" && len(plain) >= 3 {
		for _, n := range names {
			if strings.Contains(plainly(n), plain) {
				return n
			}
		}
	}
	return best
}

// plainly is a name without case and hyphens.
func plainly(s string) string { return strings.ToLower(strings.ReplaceAll(s, "-", "")) }

// distance is the number of insertions, deletions, replacements and swaps of
// neighbours that make t of s (optimal string alignment).
func distance(s, t string) int {
	rows := [3][]int{make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(s); i++ {
		row, above, above2 := rows[i%3], rows[(i+2)%3], rows[(i+1)%3]
		row[0] = i
		for j := 1; j <= len(t); j++ {
			same := 1
			if s[i-1] == t[j-1] {
				same = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+same)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], above2[j-2]+1)
			}
		}
	}
	return rows[len(s)%3][len(t)]
}

// namesOf collects a name of each element.
func namesOf[T any](list []T, name func(T) string) []string {
	var names []string
	for _, x := range list {
		if n := name(x); n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names
}
