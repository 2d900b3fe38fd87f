package proof

import "strings"

// Formula is the conjunct as people write it, of A with its peer B; that of a
// segment is of one of A's. Each line must hold.
func (c *Conjunct) Formula() string {
	t := New()
	a, b := &t.Sides[0], &t.Sides[1]
	var f Term
	if c.of != nil {
		f = c.of(t, a, b, 0)
	} else {
		g := t.segment("segment")
		f = c.seg(t, &g, a, b, 0)
	}
	var lines []string
	for _, part := range f.Conjuncts() {
		lines = append(lines, part.Infix())
	}
	return strings.Join(lines, "\n")
}
