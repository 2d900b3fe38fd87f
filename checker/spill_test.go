package checker

import (
	"context"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func onLinux(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("spilling is done on Linux only")
	}
}

// TestSpilledMatrix holds a matrix whose pages are in a file, and are taken out of memory all the time, against one in
// memory.
func TestSpilledMatrix(t *testing.T) {
	onLinux(t)
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		const rows, columns = 400, 64 * blockBits
		spilled, plain := newMatrix(), newMatrix()
		spilled.spill = newSpill(dir, 1, func() int64 { return 1 << 40 }) // always too much
		defer spilled.spill.close()
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		matrices := []*matrix{spilled, plain}
		var adders []*adder
		for _, m := range matrices {
			m.grow(rows, columns)
			adders = append(adders, &adder{matrix: m})
		}
		for range 3 {
			for i := range 4000 {
				row, column := random.Uint32N(rows), random.Uint32N(columns)
				for _, a := range adders {
					a.add(row, column)
				}
				if i%1000 == 0 {
					for _, m := range spilled.spill.maps {
						giveBack(m)
					}
				}
			}
			require.Equal(t, adders[1].added, adders[0].added)
			for _, a := range adders {
				a.added = nil
			}
		}
		require.Equal(t, contents(plain, rows), contents(spilled, rows))
		require.Greater(t, spilled.away.Load(), int64(1))
		require.Zero(t, plain.away.Load())
		names, err := os.ReadDir(dir)
		require.NoError(t, err)
		require.Empty(t, names, "the file has no name")
	})
}

// TestSpillNowhere ends without a result, and says why.
func TestSpillNowhere(t *testing.T) {
	c := twins{2, 1}
	o := ProductOptions[uint8, string]{MaxMemory: 1 << 19, Spill: t.TempDir() + "/nowhere"}
	r, err := CheckProduct(context.Background(), c, o)
	require.NoError(t, err)
	require.Contains(t, r.Truncated, "spilling to "+o.Spill)
	require.Contains(t, r.Truncated, "no such file or directory")

	o.Spill = t.TempDir()
	r, err = CheckProduct(context.Background(), c, o)
	require.NoError(t, err)
	if runtime.GOOS == "linux" {
		require.Empty(t, r.Truncated)
		require.Positive(t, r.Spilled)
	}

	o.MaxMemory = 100 // what has to be in memory does not fit
	r, err = CheckProduct(context.Background(), c, o)
	require.NoError(t, err)
	require.Contains(t, r.Truncated, "memory limit of 100 bytes")
}
