package checker

import (
	"context"
	"math/bits"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// contents lists the states of a matrix, row by row.
func contents(m *matrix, rows uint32) (list []uint64) {
	for r := range rows {
		m.row(r, func(at uint32, words *[blockWords]uint64) {
			columns(at, words, func(c uint32) { list = append(list, join(r, c)) })
		})
	}
	return list
}

// A matrix is a set of pairs, also while it grows, and whoever adds to it.
func TestMatrix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMatrix()
		adders := make([]adder, rapid.IntRange(1, 4).Draw(t, "workers"))
		for i := range adders {
			adders[i].matrix = m
		}
		want := map[uint64]bool{}
		rows, cols := 1, 1
		for range rapid.IntRange(1, 4).Draw(t, "layers") {
			rows = max(rows, rapid.IntRange(1, 40).Draw(t, "rows"))
			cols = max(cols, rapid.IntRange(1, 3000).Draw(t, "columns"))
			m.grow(rows, cols)
			states := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) uint64 {
				return join(rapid.Uint32Range(0, uint32(rows-1)).Draw(t, "row"), rapid.Uint32Range(0, uint32(cols-1)).Draw(t, "column"))
			}), 0, 60).Draw(t, "states")
			var all sync.WaitGroup
			for i := range adders {
				all.Go(func() {
					for k, s := range states {
						row, column := split(s)
						if k%2 == 0 {
							adders[i].add(row, column)
							continue
						}
						var words [blockWords]uint64
						words[column/64%blockWords] = 1 << (column % 64)
						adders[i].addAll(row, column/blockBits, &words)
					}
				})
			}
			all.Wait()
			fresh := 0
			for _, s := range states {
				if !want[s] {
					fresh++
				}
				want[s] = true
			}
			joined := 0
			for i := range adders {
				for _, w := range adders[i].added {
					joined += bits.OnesCount64(w.bits)
				}
				adders[i].added = nil
			}
			require.Equal(t, fresh, joined, "what is added is what is new, once")
		}
		got := contents(m, uint32(rows))
		require.Len(t, got, len(want))
		for _, s := range got {
			require.True(t, want[s])
		}
	})
}

// What is removed is as if it had never been there.
func TestMatrixRemoves(t *testing.T) {
	m := newMatrix()
	m.grow(3, 10)
	a := adder{matrix: m}
	a.add(1, 5)
	kept := a.added
	a.added = nil
	a.add(1, 6)
	a.add(2, 6)
	m.remove(a.added)
	require.Equal(t, []uint64{join(1, 5)}, contents(m, 3))
	m.remove(kept)
	require.Empty(t, contents(m, 3))
}

// Where there are too many sides for a matrix, that is noticed, and CheckProduct takes the other engine.
func TestTooManySides(t *testing.T) {
	c := twins{2, 1}
	sys := &product[uint8, string]{newKnowledge(func() Component[uint8, string] { return c }, 1, nil), c, nil}
	x := newLayers(sys.tables(), sys, 1)
	x.most = 1
	x.run(context.Background())
	require.True(t, x.sparse)
	x = newLayers(sys.tables(), sys, 1)
	x.run(context.Background())
	require.False(t, x.sparse)
	require.Equal(t, 6, x.found)
}
