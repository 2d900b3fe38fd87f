package capture

import (
	"encoding/binary"
	"fmt"
	"io"
	"time"
)

// Block types of pcapng [draft-ietf-opsawg-pcapng, 4].
const (
	interfaceDescription = 0x00000001
	obsoletePacket       = 0x00000002
	simplePacket         = 0x00000003
	enhancedPacket       = 0x00000006
	sectionHeader        = 0x0a0d0d0a // the same in either byte order
)

const byteOrderMagic = 0x1a2b3c4d

// frameMore is how many octets a packet block has before the packet.
const frameMore = 20

// interfacesMax is how many interfaces a section may describe.
const interfacesMax = 1 << 16

// pcapng reads the format of that name, version 1: blocks, each of type 4,
// total length 4, body, total length 4.
type pcapng struct {
	*source
	order   binary.ByteOrder
	ifaces  []iface // of this section
	packets int
	end     [4]byte // of the current block; the source's buffer still has the frame
}

// iface is what an Interface Description Block says.
type iface struct {
	link LinkType
	snap uint32 // octets; 0 is no limit
	clock
}

// openPcapng reads the rest of the first block, whose type has been read.
func openPcapng(s *source) (*pcapng, error) {
	p := &pcapng{source: s, order: binary.LittleEndian}
	if _, err := p.rest(0, sectionHeader); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *pcapng) next() (frame, error) {
	for {
		start := p.offset
		b, err := p.read(4)
		if ended(b, err) {
			return frame{}, io.EOF
		}
		if err != nil {
			return frame{}, failed(err, start, 0, "a block header", p.offset-start, 8)
		}
		kind := p.order.Uint32(b)
		if isPacket(kind) {
			p.packets++
		}
		f, err := p.rest(start, kind)
		if err != nil {
			return frame{}, err
		}
		if isPacket(kind) {
			return f, nil
		}
	}
}

func isPacket(kind uint32) bool {
	return kind == enhancedPacket || kind == simplePacket || kind == obsoletePacket
}

// fault is the Error for the block at start.
func (p *pcapng) fault(start int64, kind uint32, format string, args ...any) *Error {
	e := &Error{Offset: start, Reason: fmt.Sprintf(format, args...)}
	if isPacket(kind) {
		e.Packet = p.packets
	}
	return e
}

// cut is the Error for a block at start that err ended.
func (p *pcapng) cut(err error, start int64, kind uint32, what string, size int64) *Error {
	return failed(err, start, p.fault(start, kind, "").Packet, what, p.offset-start, size)
}

// rest reads a block after its type, to its end; its frame, if it is a packet.
func (p *pcapng) rest(start int64, kind uint32) (frame, error) {
	total, err := p.length(start, kind)
	if err != nil {
		return frame{}, err
	}
	body := int(total) - int(p.offset-start) - 4
	keep := 0
	switch kind {
	case sectionHeader:
		keep = 4
	case interfaceDescription:
		keep = headMax
	case enhancedPacket, simplePacket, obsoletePacket:
		keep = frameMore + frameMax
	}
	b, err := p.head(body, keep)
	if err != nil {
		return frame{}, p.cut(err, start, kind, "a block", int64(total))
	}
	f, wrong := p.interpret(start, kind, b, body)
	if wrong != nil {
		return frame{}, wrong
	}
	end, err := p.trailer()
	if err != nil {
		return frame{}, p.cut(err, start, kind, "a block", int64(total))
	}
	if end != total {
		return frame{}, p.fault(start, kind, "a block of %d bytes ends as one of %d", total, end)
	}
	return f, nil
}

// length reads a block's total length, and a section header's byte order first.
func (p *pcapng) length(start int64, kind uint32) (uint32, error) {
	n, least := 4, uint32(12)
	if kind == sectionHeader {
		n, least = 8, 28
	}
	b, err := p.read(n)
	if err != nil {
		return 0, p.cut(err, start, kind, "a block header", int64(n)+4)
	}
	if kind == sectionHeader {
		switch magic := b[4:]; {
		case binary.LittleEndian.Uint32(magic) == byteOrderMagic:
			p.order = binary.LittleEndian
		case binary.BigEndian.Uint32(magic) == byteOrderMagic:
			p.order = binary.BigEndian
		default:
			return 0, p.fault(start, kind, "not a pcapng section: its byte order is % x, and should be 4d 3c 2b 1a or 1a 2b 3c 4d", magic)
		}
	}
	switch total := p.order.Uint32(b); {
	case total < least || total%4 != 0:
		return 0, p.fault(start, kind, "impossible length: a block of %d bytes", total)
	case total > recordMax:
		return 0, p.fault(start, kind, "absurd length: a block of %d bytes", total)
	default:
		return total, nil
	}
}

// trailer reads the total length that ends a block.
func (p *pcapng) trailer() (uint32, error) {
	n, err := io.ReadFull(p.r, p.end[:])
	p.offset += int64(n)
	return p.order.Uint32(p.end[:]), err
}

// interpret reads a block's body, size octets of which b are the first.
func (p *pcapng) interpret(start int64, kind uint32, b []byte, size int) (frame, *Error) {
	switch kind {
	case sectionHeader:
		if major := p.order.Uint16(b); major != 1 {
			return frame{}, p.fault(start, kind, "pcapng version %d.%d: only 1.x is known", major, p.order.Uint16(b[2:]))
		}
		p.ifaces = p.ifaces[:0]
	case interfaceDescription:
		return frame{}, p.describe(start, b, size)
	case enhancedPacket, obsoletePacket, simplePacket:
		return p.packet(start, kind, b, size)
	}
	return frame{}, nil
}

// packet reads a packet's block: interface 4, timestamp 8, captured length 4,
// original length 4, packet. The obsolete one has a drop count in the upper
// half of the interface; the simple one has nothing but the original length.
func (p *pcapng) packet(start int64, kind uint32, b []byte, size int) (frame, *Error) {
	header := frameMore
	if kind == simplePacket {
		header = 4
	}
	if size < header {
		return frame{}, p.fault(start, kind, "impossible length: a packet block without its header")
	}
	var id, captured, original uint32
	switch kind {
	case simplePacket:
		original = p.order.Uint32(b)
		captured = min(original, uint32(size-header))
	case obsoletePacket:
		id = uint32(p.order.Uint16(b))
	default:
		id = p.order.Uint32(b)
	}
	if int64(id) >= int64(len(p.ifaces)) {
		return frame{}, p.fault(start, kind, "interface %d is not described: the section has %d so far", id, len(p.ifaces))
	}
	from := p.ifaces[id]
	var when time.Time
	if kind == simplePacket {
		if from.snap != 0 {
			captured = min(captured, from.snap)
		}
	} else {
		when = from.at(uint64(p.order.Uint32(b[4:]))<<32 | uint64(p.order.Uint32(b[8:])))
		captured, original = p.order.Uint32(b[12:]), p.order.Uint32(b[16:])
	}
	if int64(captured) > int64(size-header) {
		return frame{}, p.fault(start, kind, "absurd length: %d octets captured, in a block that has room for %d", captured, size-header)
	}
	b = b[header:]
	return frame{
		number: p.packets,
		offset: start,
		time:   when,
		link:   from.link,
		head:   b[:min(len(b), int(captured))],
		size:   int(captured),
		wire:   int(max(original, captured)),
	}, nil
}
