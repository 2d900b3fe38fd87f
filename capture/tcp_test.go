package capture

import (
	"testing"

	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/assert"
)

func TestTheFieldsOfAHeader(t *testing.T) {
	p := only(t, ip4(t, &layers.TCP{
		SrcPort: 1, DstPort: 65535, Seq: 0xfffffffe, Ack: 0x80000001, Window: 0xabcd, Urgent: 0x1234,
		FIN: true, SYN: true, RST: true, PSH: true, ACK: true, URG: true, ECE: true, CWR: true, NS: true,
	}, 7))
	assert.Equal(t, "10.0.0.1:1", p.Src.String())
	assert.Equal(t, "10.0.0.2:65535", p.Dst.String())
	assert.Equal(t, 7, p.Payload)
	assert.Equal(t, uint32(9), p.LEN(), "text, SYN and FIN")
	assert.Equal(t, Header{
		Seq: 0xfffffffe, Ack: 0x80000001, Flags: 0x1ff, Window: 0xabcd, Urgent: 0x1234,
	}, p.TCP)
}

func TestImpossibleTCPHeaders(t *testing.T) {
	f := ip4(t, data(77), 5)
	assert.Equal(t, "impossible TCP header: data offset below 5", why(t, patched(f, 32, 0x40)))
	assert.Equal(t, "impossible TCP header: data offset below 5", why(t, patched(f, 32, 0)))
	assert.Equal(t, "impossible TCP header: data offset beyond the segment", why(t, patched(f, 32, 0xf0)))
	short := patched(f, 3, 39) // IP total length
	assert.Equal(t, "impossible TCP header: segment below 20 octets", why(t, short))
}
