package capture

import (
	"errors"
	"fmt"
	"io"
)

// Error is a fault of the capture itself: nothing can be read from it on.
type Error struct {
	Offset int64  // bytes from the start of the input to the record or header at fault
	Packet int    // its number, 1-based in the file; 0 when it is not known to be a packet
	Reason string // for people
	Err    error  // the cause, if there is one: io.ErrUnexpectedEOF when the input is cut off
}

// Error says where and what: "packet 3 at byte 180: cut off ...".
func (e *Error) Error() string {
	if e.Packet > 0 {
		return fmt.Sprintf("packet %d at byte %d: %s", e.Packet, e.Offset, e.Reason)
	}
	return fmt.Sprintf("byte %d: %s", e.Offset, e.Reason)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// failed is the Error for err, which ended the reading of what, size bytes of
// which got have been read.
func failed(err error, offset int64, packet int, what string, got, size int64) *Error {
	if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return &Error{offset, packet, "cannot read on: " + err.Error(), err}
	}
	return &Error{
		offset, packet,
		fmt.Sprintf("cut off: %s of %d bytes ends after %d", what, size, got),
		io.ErrUnexpectedEOF,
	}
}
