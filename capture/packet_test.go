package capture

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestFlagsPrintAsInTheFigures(t *testing.T) {
	for f, want := range map[Flags]string{
		0: "", SYN: "SYN", SYN | ACK: "SYN,ACK", FIN | ACK: "FIN,ACK", RST | ACK: "RST,ACK", PSH | ACK: "PSH,ACK",
		0x1ff: "SYN,FIN,RST,PSH,URG,ACK,ECE,CWR,NS",
	} {
		assert.Equal(t, want, f.String())
	}
	assert.False(t, SYN.Has(SYN|ACK))
	assert.True(t, (SYN | ACK).Has(SYN))
}
