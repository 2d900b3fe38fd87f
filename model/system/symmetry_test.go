package system

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAsymmetry says of each bound that treats the two apart.
func TestAsymmetry(t *testing.T) {
	alike := lossy(Bounds{Octets: [2]int{1, 1}, Opens: [2]Open{OpensActive, OpensActive}})
	require.Empty(t, (&System{alike}).Asymmetry())
	for name, change := range map[string]func(b *Bounds){
		"octets": func(b *Bounds) { b.Octets[0]++ }, "initial sequence numbers": func(b *Bounds) { b.ISS[1]++ },
		"open differently": func(b *Bounds) { b.Opens[1] = NoOpen }, "waits for": func(b *Bounds) { b.AfterFIN = true },
		"crash": func(b *Bounds) { b.Crashes[0]++ }, "open again": func(b *Bounds) { b.Reopens[0]++ },
	} {
		b := alike
		change(&b)
		require.Contains(t, (&System{b}).Asymmetry(), name)
	}
}

func TestMirror(t *testing.T) {
	b := &System{lossy(Bounds{Octets: [2]int{1, 1}, Start: FromEstablished})}
	b.Init(func(x, y Side) bool {
		require.Equal(t, y, b.Mirror(x))
		require.Equal(t, x, b.Mirror(y))
		return true
	})
	for _, kind := range []Kind{Send, Deliver, Tick} {
		side, a := b.MirrorLabel(0, Action{Kind: kind})
		require.Equal(t, kind, a.Kind)
		require.Equal(t, kind != Tick, side == 1)
	}
}
