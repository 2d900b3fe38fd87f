package capture

import (
	"encoding/binary"
	"fmt"
	"io"
	"time"
)

// Magic numbers of pcap [draft-ietf-opsawg-pcap, 4].
const (
	microseconds = 0xa1b2c3d4
	nanoseconds  = 0xa1b23c4d
)

// pcap reads the format of that name, version 2.4:
//
//	file header: magic 4, major 2, minor 2, reserved 8, snap length 4, link type 4
//	record:      seconds 4, fraction 4, captured length 4, original length 4, data
type pcap struct {
	*source
	order   binary.ByteOrder
	unit    int64 // nanoseconds per unit of the fraction
	link    LinkType
	longest int // octets that a record may claim to have
	packets int
}

// openPcap reads the file header after its magic number.
func openPcap(s *source, order binary.ByteOrder, magic uint32) (*pcap, error) {
	h, err := s.read(20)
	if err != nil {
		return nil, failed(err, 0, 0, "a pcap file header", s.offset, 24)
	}
	if major, minor := order.Uint16(h), order.Uint16(h[2:]); major != 2 || minor != 4 {
		return nil, &Error{Offset: 4, Reason: fmt.Sprintf("pcap version %d.%d: only 2.4 is known", major, minor)}
	}
	p := &pcap{source: s, order: order, unit: 1000}
	if magic == nanoseconds {
		p.unit = 1
	}
	// Writers exist that do not keep to the snap length which they declare.
	p.longest = int(min(max(order.Uint32(h[12:]), packetMax), recordMax))
	// The upper half tells of the frame check sequence.
	p.link = LinkType(order.Uint32(h[16:]) & 0xffff)
	if !p.link.supported() {
		return nil, &Error{Offset: 20, Reason: unknown(protocol{linkType, uint16(p.link)}).String()}
	}
	return p, nil
}

func (p *pcap) next() (frame, error) {
	const header = 16
	start := p.offset
	h, err := p.read(header)
	if ended(h, err) {
		return frame{}, io.EOF
	}
	p.packets++
	if err != nil {
		return frame{}, failed(err, start, p.packets, "a record header", p.offset-start, header)
	}
	f := frame{
		number: p.packets,
		offset: start,
		time:   time.Unix(int64(p.order.Uint32(h)), int64(p.order.Uint32(h[4:]))*p.unit).UTC(),
		link:   p.link,
	}
	size, wire := p.order.Uint32(h[8:]), p.order.Uint32(h[12:])
	if int64(size) > int64(p.longest) {
		return frame{}, &Error{
			Offset: start, Packet: p.packets,
			Reason: fmt.Sprintf("absurd length: %d octets captured, and %d are possible", size, p.longest),
		}
	}
	f.size, f.wire = int(size), int(max(wire, size))
	if f.head, err = p.head(f.size, frameMax); err != nil {
		return frame{}, failed(err, start, p.packets, "a record", p.offset-start, header+int64(size))
	}
	return f, nil
}
