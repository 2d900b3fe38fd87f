package main

import (
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"finwait/properties"
)

func contains(list []string, s string) bool { return slices.Contains(list, s) }

// pairOf reads "A,B", two numbers of at most so many bits.
func pairOf(flag, s string, bits int) (pair [2]uint64, err error) {
	parts := strings.Split(s, ",")
	if len(parts) != 2 {
		return pair, usage("--%s: %s is not two numbers, A,B", flag, quote(s))
	}
	for i, p := range parts {
		n, err := strconv.ParseUint(strings.TrimSpace(p), 10, bits)
		if err != nil {
			return pair, usage("--%s: %s is not a number from 0 to %d", flag, quote(p), uint64(1)<<bits-1)
		}
		pair[i] = n
	}
	return pair, nil
}

// choice is the index of s among the words.
func choice(flag, s string, words ...string) (int, error) {
	i := slices.Index(words, s)
	if i < 0 {
		return 0, usage("--%s: %s is not one of %s", flag, quote(s), strings.Join(words, ", "))
	}
	return i, nil
}

var units = []struct {
	name  string
	bytes float64
}{
	{"kib", 1 << 10},
	{"mib", 1 << 20},
	{"gib", 1 << 30},
	{"tib", 1 << 40},
	{"kb", 1e3},
	{"mb", 1e6},
	{"gb", 1e9},
	{"tb", 1e12},
	{"k", 1e3},
	{"m", 1e6},
	{"g", 1e9},
	{"t", 1e12},
	{"b", 1},
}

// sizeOf reads a number of bytes: "4GB", "512MiB", "1.5G", "1000000".
func sizeOf(s string) (int64, error) {
	digits, scale := strings.ToLower(strings.TrimSpace(s)), 1.0
	for _, u := range units {
		if rest, ok := strings.CutSuffix(digits, u.name); ok {
			digits, scale = strings.TrimSpace(rest), u.bytes
			break
		}
	}
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || !(n*scale >= 1) || n*scale > math.MaxInt64/2 {
		return 0, usage("--max-memory: %s is not a size; say 4GB or 512MiB", quote(s))
	}
	return int64(n * scale), nil
}

// matching lists the claims whose name or number matches one of the globs; all
// of them if there is none.
func matching(globs []string) ([]properties.Claim, error) {
	if len(globs) == 0 {
		return properties.Catalogue(), nil
	}
	found := map[string]bool{}
	for _, glob := range globs {
		n := 0
		for _, c := range properties.Catalogue() {
			byName, err := path.Match(strings.ToLower(glob), c.Name)
			if err != nil {
				return nil, usage("--property: %s is not a pattern", quote(glob))
			}
			byNumber, _ := path.Match(strings.ToUpper(glob), c.Number)
			if byName || byNumber {
				found[c.Name] = true
				n++
			}
		}
		if n == 0 {
			names := claimNames()
			for _, c := range properties.Catalogue() {
				names = append(names, c.Number)
			}
			return nil, unknown("property", glob, names)
		}
	}
	return slices.DeleteFunc(properties.Catalogue(), func(c properties.Claim) bool { return !found[c.Name] }), nil
}
