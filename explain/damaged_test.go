package explain_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Damaged captures, octets changed, cut out or repeated, are explained without
// panic, and the candidates stay few.
func TestDamagedCaptures(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same damage each time
	read := 0
	for name := range expected {
		whole, err := os.ReadFile(filepath.Join(captures, name))
		if err != nil {
			t.Fatal(err)
		}
		for range 50 {
			b := slices.Clone(whole)
			for range 1 + r.IntN(3) {
				at := 24 + r.IntN(len(whole)/2)
				if at+40 > len(b) {
					break
				}
				n := 1 + r.IntN(40)
				switch r.IntN(3) {
				case 0:
					b[at] = byte(r.Uint32())
				case 1:
					b = slices.Delete(b, at, at+n)
				case 2:
					b = slices.Insert(b, at, slices.Clone(b[at:at+n])...)
				}
			}
			read += explained(t, b)
		}
	}
	if read < 1000 {
		t.Errorf("%d packets were read", read)
	}
}
