package capture

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// gopacket reads every capture with whole headers, and finds the same in it.
func TestGopacketFindsTheSame(t *testing.T) {
	for name, b := range captures(t) {
		var source interface {
			ReadPacketData() ([]byte, gopacket.CaptureInfo, error)
		}
		var link layers.LinkType
		if binary.LittleEndian.Uint32(b) == microseconds {
			r, err := pcapgo.NewReader(bytes.NewReader(b))
			require.NoError(t, err)
			source, link = r, r.LinkType()
		} else {
			r, err := pcapgo.NewNgReader(bytes.NewReader(b), pcapgo.DefaultNgReaderOptions)
			require.NoError(t, err)
			source, link = r, r.LinkType()
		}
		for _, p := range sound(t, b) {
			f, ci, err := source.ReadPacketData()
			require.NoError(t, err)
			assert.Equal(t, ci.Timestamp, p.Time, name)
			if p.Truncated {
				continue
			}
			decoded := gopacket.NewPacket(f, link, gopacket.Default)
			tcp, ok := decoded.TransportLayer().(*layers.TCP)
			require.True(t, ok, "%s: %v", name, decoded)
			assert.Equal(t, uint16(tcp.SrcPort), p.Src.Port(), name)
			assert.Equal(t, uint16(tcp.DstPort), p.Dst.Port(), name)
			network := decoded.NetworkLayer().NetworkFlow()
			assert.Equal(t, network.Src().String(), p.Src.Addr().String(), name)
			assert.Equal(t, network.Dst().String(), p.Dst.Addr().String(), name)
			assert.Len(t, tcp.Payload, p.Payload, name)
			assert.Equal(t, []uint32{tcp.Seq, tcp.Ack}, []uint32{p.TCP.Seq, p.TCP.Ack}, name)
			assert.Equal(t, []uint16{tcp.Window, tcp.Urgent}, []uint16{p.TCP.Window, p.TCP.Urgent}, name)
			for flag, want := range map[Flags]bool{
				FIN: tcp.FIN, SYN: tcp.SYN, RST: tcp.RST, PSH: tcp.PSH, ACK: tcp.ACK,
				URG: tcp.URG, ECE: tcp.ECE, CWR: tcp.CWR, NS: tcp.NS,
			} {
				assert.Equal(t, want, p.TCP.Flags.Has(flag), "%s: %v", name, flag)
			}
			for _, o := range tcp.Options {
				switch o.OptionType {
				case layers.TCPOptionKindMSS:
					assert.Equal(t, binary.BigEndian.Uint16(o.OptionData), p.TCP.MSS, name)
				case layers.TCPOptionKindWindowScale:
					assert.Equal(t, o.OptionData[0], p.TCP.WindowScale, name)
				case layers.TCPOptionKindTimestamps:
					assert.Equal(t, binary.BigEndian.Uint32(o.OptionData), p.TCP.TSval, name)
				}
			}
		}
	}
}
