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

// TestSift looks up more keys at a time than fit into one part, in a set that is empty and in one that is not.
func TestSift(t *testing.T) {
	var s set
	var keys []uint64
	var batch, fresh []candidate
	for n := range uint32(5 * batchSize) {
		key := uint64(n) * 0x9E3779B97F4A7C15
		batch = append(batch, candidate{key, n})
		if n%3 == 0 {
			fresh = append(fresh, candidate{key, n})
		}
	}
	require.Equal(t, batch, s.sift(keys, batch, nil))
	for _, c := range batch {
		if c.parent%3 != 0 && s.add(keys, c.key, uint32(len(keys))) {
			keys = append(keys, c.key)
		}
	}
	require.Equal(t, fresh, s.sift(keys, batch, nil))
}
