package capture

import (
	"errors"
	"io"
	"iter"
	"time"
)

// Reader reads the TCP segments of a capture, one after the other.
type Reader struct {
	frames  container
	err     error // what ended the input, once it has ended
	skipped tally
	records int
	tunnels bool
	pieces  fragments
	decoder decoder // of the current packet
}

// Options say how a capture is to be read.
type Options struct {
	// Tunnels are looked into: IP in IP, GRE, VXLAN. Connections inside are told apart by
	// their inner addresses alone.
	Tunnels bool
}

// NewReader reads the header of a pcap or pcapng capture from r. A fault is an
// *Error. It reads ahead in r, but returns a packet as soon as its record is
// complete: r may be a pipe from a capture that is under way.
//
// The input may be compressed with gzip: offsets are then those of what it
// decompresses to.
func NewReader(r io.Reader) (*Reader, error) { return Options{}.NewReader(r) }

// NewReader is NewReader with options.
func (o Options) NewReader(r io.Reader) (*Reader, error) {
	frames, err := open(newSource(r))
	if err != nil {
		return nil, err
	}
	return &Reader{frames: frames, skipped: make(tally), tunnels: o.Tunnels}, nil
}

// Next returns the next TCP segment. The end of the capture is io.EOF; a fault
// is an *Error, and final.
func (r *Reader) Next() (Packet, error) {
	for r.err == nil {
		var f frame
		if f, r.err = r.frames.next(); r.err != nil {
			r.alone(time.Time{}, true)
			break
		}
		r.records++
		r.decoder = decoder{rest: f.head, wire: f.wire, tunnels: r.tunnels, packet: Packet{
			Number:    f.number,
			Offset:    f.offset,
			Time:      f.time,
			Truncated: f.size < f.wire,
		}}
		why := r.decoder.decode(protocol{linkType, uint16(f.link)})
		switch {
		case r.decoder.piece.is && (why == (reason{})):
			if p, ok := r.together(&f); ok {
				return p, nil
			}
			continue
		case why == (reason{}):
			return r.decoder.packet, nil
		}
		r.skipped.add(why, f.number)
	}
	return Packet{}, r.err
}

// together adds a fragment to its datagram, and returns the segment if that is
// whole.
func (r *Reader) together(f *frame) (Packet, bool) {
	d := &r.decoder
	r.alone(f.time, false)
	var first *Packet
	if d.piece.offset == 0 {
		first = &d.packet
	}
	p, others, ok := r.pieces.add(d.piece, d.pieceSize, first, d.pieceSize-d.packet.Payload, *f)
	for _, n := range others {
		r.skipped.add(fragmentOfWhole, n)
	}
	return p, ok
}

// alone counts the fragments that have waited in vain.
func (r *Reader) alone(now time.Time, all bool) {
	for _, n := range r.pieces.late(now, all) {
		r.skipped.add(fragmentAlone, n)
	}
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

// Pending reports whether the next packet has been read ahead, in part at
// least: otherwise Next may wait for the input.
func (r *Reader) Pending() bool {
	switch c := r.frames.(type) {
	case *pcap:
		return c.r.Buffered() > 0
	case *pcapng:
		return c.r.Buffered() > 0
	}
	return false
}

// Records returns how many packets have been read so far, those that were
// skipped included.
func (r *Reader) Records() int { return r.records }

// Skipped counts the packets so far that were no TCP segment, or none that
// could be read, by reason, in the order in which the reasons first occurred.
func (r *Reader) Skipped() []Skip { return r.skipped.list() }
