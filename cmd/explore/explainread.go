package main

import (
	"context"
	"errors"
	"io"
	"time"

	"finwait/capture"
	"finwait/explain"
)

// batch is what the reader hands over at once.
type batch struct {
	packets []capture.Packet
	skipped []capture.Skip
	offset  int64
	fault   error // io.EOF at the end
}

const batchMost = 512

// readAhead reads packets on a goroutine of its own, so that an interrupt is
// not held up by an input that is silent. It ends with the context.
func readAhead(ctx context.Context, in io.Reader, o capture.Options) <-chan batch {
	out := make(chan batch, 4)
	go func() {
		defer close(out)
		reader, err := o.NewReader(in)
		if err != nil {
			out <- batch{fault: err} // there is room for it
			return
		}
		for {
			b := batch{packets: make([]capture.Packet, 0, batchMost)}
			for {
				p, err := reader.Next()
				if err != nil {
					b.fault = err
					break
				}
				b.packets, b.offset = append(b.packets, p), p.Offset
				if len(b.packets) == batchMost || !reader.Pending() {
					break
				}
			}
			b.skipped = reader.Skipped()
			select {
			case out <- b:
			case <-ctx.Done():
				return
			}
			if b.fault != nil {
				return
			}
		}
	}()
	return out
}

// follow reads the capture, and tells each connection when it is time to. The
// fault that ended it is returned, if it was one.
func (r *explanations) follow(in io.Reader, size int64) error {
	batches := readAhead(r.a.ctx, in, capture.Options{Tunnels: r.tunnels})
	for {
		select {
		case <-r.a.ctx.Done():
			r.interrupted = true
			return nil
		case b, more := <-batches:
			if !more {
				return nil
			}
			for _, p := range b.packets {
				r.grouper.Add(p)
				for _, c := range r.grouper.Ready() {
					r.one(c)
				}
			}
			r.packets += len(b.packets)
			r.skipped = b.skipped
			r.meter.show(r.packets, b.offset, size)
			switch {
			case b.fault != nil && !errors.Is(b.fault, io.EOF):
				return b.fault
			case b.fault != nil || r.failed != nil:
				return nil //nolint:nilerr // the end is no fault
			}
		}
	}
}

// The notes on connections that are told before their end.
const (
	stuckNote   = "half-closed, and silent for --stuck-after; told again when it ends"
	givenUpNote = "given up before its end, for want of room"
)

// one tells a connection, if it is asked for.
func (r *explanations) one(c *capture.Connection) {
	if r.failed != nil || r.a.out.err != nil {
		return
	}
	n, again := r.numbers[c]
	if !again {
		r.number++
		n = r.number
	}
	note := ""
	switch {
	case c.GivenUp:
		r.givenUp++
		note = givenUpNote
		delete(r.numbers, c)
	case c.Stuck:
		r.numbers[c] = n
		note = stuckNote
	default:
		delete(r.numbers, c)
	}
	if !r.wants(n, c) {
		return
	}
	x := explain.Options{Complete: r.complete, Checksums: r.checksums}.Explain(c)
	passes, err := r.only.passes(n, x)
	if err != nil {
		r.failed = err
		return
	}
	if passes {
		r.meter.clear()
		r.tell(n, x, note)
	}
}

// inBrackets is a note behind a line.
func inBrackets(note string) string {
	if note == "" {
		return ""
	}
	return " (" + note + ")"
}

// bounds are those of the grouper.
func (f *explainFlags) bounds(stream bool) capture.Bounds {
	b := capture.Bounds{Connections: f.most, Packets: f.mostPackets, Stuck: f.stuckAfter}
	if stream {
		b.Linger = time.Second
	}
	return b
}
