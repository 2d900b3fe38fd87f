package checker

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSet(t *testing.T) {
	var s set
	var keys []uint64
	_, found := s.find(keys, 7)
	require.False(t, found)
	for i := range uint64(100_000) {
		key := join(uint32(i%317), uint32(i/317)) // a product's keys are regular
		require.True(t, s.add(keys, key, uint32(i)))
		keys = append(keys, key)
		require.False(t, s.add(keys, key, uint32(i)+1))
	}
	for i, key := range keys {
		n, found := s.find(keys, key)
		require.True(t, found && int(n) == i)
	}
	_, found = s.find(keys, join(5000, 0))
	require.False(t, found)
	require.LessOrEqual(t, s.used, len(s.slots)/4*3+1)
}
