package capture

import (
	"errors"
	"io"
	"iter"
)

// Reader reads the TCP segments of a capture, one after the other.
type Reader struct {
	frames  container
	err     error // what ended the input, once it has ended
	skipped tally
	records int
	decoder decoder // of the current packet
}

// NewReader reads the header of a pcap or pcapng capture from r. A fault is an
// *Error. It reads ahead in r, but returns a packet as soon as its record is
// complete: r may be a pipe from a capture that is under way.
func NewReader(r io.Reader) (*Reader, error) {
	frames, err := open(newSource(r))
	if err != nil {
		return nil, err
	}
	return &Reader{frames: frames, skipped: make(tally)}, nil
}

// Next returns the next TCP segment. The end of the capture is io.EOF; a fault
// is an *Error, and final.
func (r *Reader) Next() (Packet, error) {
	for r.err == nil {
		var f frame
		if f, r.err = r.frames.next(); r.err != nil {
			break
		}
		r.records++
		r.decoder = decoder{rest: f.head, wire: f.wire, packet: Packet{
			Number:    f.number,
			Offset:    f.offset,
			Time:      f.time,
			Truncated: f.size < f.wire,
		}}
		why := r.decoder.decode(protocol{linkType, uint16(f.link)})
		if why == (reason{}) {
			return r.decoder.packet, nil
		}
		r.skipped.add(why, f.number)
	}
	return Packet{}, r.err
}

// All yields the TCP segments that are left, and then the fault, if there is
// one, with the zero Packet.
func (r *Reader) All() iter.Seq2[Packet, error] {
	return func(yield func(Packet, error) bool) {
		for {
			p, err := r.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if !yield(p, err) || err != nil {
				return
			}
		}
	}
}

// Records returns how many packets have been read so far, those that were
// skipped included.
func (r *Reader) Records() int { return r.records }

// Skipped counts the packets so far that were no TCP segment, or none that
// could be read, by reason, in the order in which the reasons first occurred.
func (r *Reader) Skipped() []Skip { return r.skipped.list() }
