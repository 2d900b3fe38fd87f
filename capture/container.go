package capture

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"
)

// frame is one packet as the container has it.
type frame struct {
	number int
	offset int64
	time   time.Time
	link   LinkType
	head   []byte // what was captured, at most frameMax octets of it; good until the next frame
	size   int    // octets captured
	wire   int    // octets there were on the wire
}

// container reads the frames of one format; io.EOF ends them, and any other
// error is an *Error.
type container interface {
	next() (frame, error)
}

// frameMax is how many octets of a packet are looked at. The headers of a TCP
// segment are shorter by far; what lies beyond them is only counted.
const frameMax = 4096

// Bounds on the lengths that a file may claim, in octets.
const (
	packetMax = 256 << 10 // libpcap's MAXIMUM_SNAPLEN, which no usual link type exceeds
	recordMax = 128 << 20 // libpcap's limit for any link type; no block is longer either
)

// open tells the format by the first octets.
func open(s *source) (container, error) {
	b, err := s.read(4)
	if ended(b, err) {
		return nil, &Error{0, 0, "empty: a capture begins with a pcap or pcapng header", io.ErrUnexpectedEOF}
	}
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, failed(err, 0, 0, "", 0, 0)
	}
	if len(b) >= 2 && b[0] == 0x1f && b[1] == 0x8b {
		return openGzip(s, b)
	}
	if len(b) == 4 {
		switch magic := binary.LittleEndian.Uint32(b); magic {
		case sectionHeader:
			return openPcapng(s)
		case microseconds, nanoseconds:
			return openPcap(s, binary.LittleEndian, magic)
		}
		if magic := binary.BigEndian.Uint32(b); magic == microseconds || magic == nanoseconds {
			return openPcap(s, binary.BigEndian, magic)
		}
	}
	return nil, &Error{Reason: notCapture(b)}
}

// openGzip opens the capture that is compressed in s, of which b has been read.
func openGzip(s *source, b []byte) (container, error) {
	if s.inside {
		return nil, &Error{Reason: "compressed with gzip more than once: decompress it first"}
	}
	z, err := gzip.NewReader(io.MultiReader(bytes.NewReader(bytes.Clone(b)), s.r))
	if err != nil {
		return nil, &Error{Reason: "begins like gzip, but has no whole header of it: " + err.Error(), Err: err}
	}
	inner := newSource(z)
	inner.inside = true
	return open(inner)
}

// notCapture says what the first octets are and what they should have been.
func notCapture(b []byte) string {
	return fmt.Sprintf("not a capture: it begins with % x, "+
		"and pcap with d4 c3 b2 a1, a1 b2 c3 d4, 4d 3c b2 a1 or a1 b2 3c 4d, pcapng with 0a 0d 0d 0a", b)
}
