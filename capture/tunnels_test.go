package capture

import (
	"bytes"
	"net"
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// outer puts an outer IPv4 header before b.
func outer(t *testing.T, p layers.IPProtocol, b ...[]byte) []byte {
	t.Helper()
	ip := &layers.IPv4{Version: 4, TTL: 64, Protocol: p, SrcIP: net.IP{192, 0, 2, 1}, DstIP: net.IP{192, 0, 2, 2}}
	return serialize(t, ip, gopacket.Payload(join(b...)))
}

func TestTunnels(t *testing.T) {
	v4, v6 := ip4(t, syn(77), 0), ip6(t, 6, nil, syn(77), 0)
	udp := func(port byte, b ...[]byte) []byte { return join([]byte{4, 0, 0x12, port, 0, 0, 0, 0}, join(b...)) }
	vxlan := []byte{8, 0, 0, 0, 0, 0, 5, 0}
	for _, c := range []struct {
		what   string
		frame  []byte
		plain  string // why it is skipped when tunnels are not looked into
		reason string // why it is skipped when they are; "" if it leads to the segment
	}{
		{"IPv4 in IPv4", outer(t, 4, v4), "not TCP: IPv4 in IP", ""},
		{"IPv6 in IPv4", outer(t, 41, v6), "not TCP: IPv6 in IP", ""},
		{"IPv4 in IPv4 in IPv4", outer(t, 4, outer(t, 4, v4)), "not TCP: IPv4 in IP", ""},
		{"GRE", outer(t, 47, []byte{0, 0, 8, 0}, v4), "not TCP: GRE", ""},
		{"GRE with checksum, key and sequence number", outer(t, 47, []byte{0xb0, 0, 0x86, 0xdd}, make([]byte, 12), v6), "not TCP: GRE", ""},
		{"GRE with Ethernet", outer(t, 47, []byte{0, 0, 0x65, 0x58}, ether(0x0800, v4)), "not TCP: GRE", ""},
		{"GRE of PPTP", outer(t, 47, []byte{0x30, 0x81, 0x88, 0x0b}, make([]byte, 12), []byte{0xff, 3, 0, 0x21}, v4), "not TCP: GRE", ""},
		{"GRE with source routes", outer(t, 47, []byte{0x40, 0, 8, 0}, v4), "not TCP: GRE", "GRE with source routes (RFC 1701)"},
		{"half a GRE header", outer(t, 47, []byte{0x20, 0, 8, 0}), "not TCP: GRE", "packet shorter than its IP header"},
		{"VXLAN", outer(t, 17, udp(0xb5, vxlan, ether(0x0800, v4))), "not TCP: UDP", ""},
		{"VXLAN with a VLAN tag", outer(t, 17, udp(0xb5, vxlan, ether(0x86dd, v6, 0x8100))), "not TCP: UDP", ""},
		{"another UDP port", outer(t, 17, udp(0xb6, vxlan, ether(0x0800, v4))), "not TCP: UDP", "not TCP: UDP"},
		{"no VXLAN", outer(t, 17, udp(0xb5, make([]byte, 8), ether(0x0800, v4))), "not TCP: UDP", "not TCP: UDP"},
		{"ICMP", outer(t, 1, v4), "not TCP: ICMP", "not TCP: ICMP"},
	} {
		assert.Equal(t, c.plain, why(t, c.frame), c.what)
		r, err := Options{Tunnels: true}.NewReader(bytes.NewReader(written(t, 101, c.frame)))
		require.NoError(t, err)
		p, err := r.Next()
		if c.reason == "" {
			require.NoError(t, err, c.what)
			want(t, c.what, p)
			continue
		}
		assert.Error(t, err, c.what)
		assert.Equal(t, c.reason, r.Skipped()[0].Reason, c.what)
	}
}
