package checker

import (
	"context"
	"fmt"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDigest computes a digest again, with big numbers and from the definition in digest.go.
func TestDigest(t *testing.T) {
	for _, p := range primes {
		require.True(t, new(big.Int).SetUint64(p).ProbablyPrime(20))
	}
	c := twins{0, 1}
	g := ExploreProduct(context.Background(), c, ProductOptions[uint8, string]{})
	want := ""
	for i, prime := range primes {
		p := new(big.Int).SetUint64(prime)
		hash := func(salt byte, content []byte) *big.Int { return new(big.Int).SetUint64(residueOf(salt, content)[i]) }
		total := new(big.Int)
		for n := range g.States() {
			v := g.View(n)
			total.Add(total, new(big.Int).Mul(hash(0, c.Encode(nil, *v.A)), hash(1, c.Encode(nil, *v.B))))
		}
		for e := range g.Edges() {
			total.Add(total, hash(byte(2+e.Side), c.EncodeAction(nil, e.Side, e.Action)))
		}
		want += fmt.Sprintf("%016x", total.Mod(total, p))
	}
	require.Equal(t, want, g.Figures().Digest)
	require.Equal(t, "1ca70e24571307bb09f36e540bcb1dd6", want, "on any machine")

	mirror := ExploreProduct(context.Background(), twins{1, 0}, ProductOptions[uint8, string]{}).Figures()
	require.Equal(t, g.Figures().States, mirror.States)
	require.Equal(t, g.Figures().Transitions, mirror.Transitions)
	require.NotEqual(t, want, mirror.Digest, "a system and its mirror image differ")
	require.NotEqual(t, want, ExploreProduct(context.Background(), c, ProductOptions[uint8, string]{MaxStates: 11}).Figures().Digest)
}
