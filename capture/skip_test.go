package capture

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSkippedPacketsAreCountedAndNumbered(t *testing.T) {
	arp, udp, tcp := ether(0x0806, make([]byte, 28)), ether(0x0800, patched(ip4(t, data(1), 0), 9, 17)), ether(0x0800, ip4(t, data(1), 0))
	r, err := NewReader(bytes.NewReader(written(t, 1, udp, tcp, arp, udp, udp, tcp)))
	require.NoError(t, err)
	assert.Empty(t, r.Skipped())
	var numbers []int
	for p, err := range r.All() {
		require.NoError(t, err)
		numbers = append(numbers, p.Number)
	}
	assert.Equal(t, []int{2, 6}, numbers, "numbers count every packet of the file")
	assert.Equal(t, []Skip{{"not TCP: UDP", 3, 1}, {"not IP: ARP", 1, 3}}, r.Skipped())
	assert.Equal(t, 6, r.Records())
}
