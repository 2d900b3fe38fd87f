package capture

import (
	"bufio"
	"errors"
	"io"
)

// headMax is the longest piece of the input that is held at a time, in octets.
const headMax = 1 << 16

// source hands out the input in order, and knows how much it has handed out.
type source struct {
	r      *bufio.Reader
	offset int64 // bytes handed out
	inside bool  // r decompresses
	buf    [headMax]byte
}

func newSource(r io.Reader) *source {
	return &source{r: bufio.NewReaderSize(r, headMax)}
}

// read returns the next n octets, n =< headMax; they are good until the next
// read. At the end of the input it returns what is left with io.EOF, if that
// is nothing, or io.ErrUnexpectedEOF.
func (s *source) read(n int) ([]byte, error) {
	got, err := io.ReadFull(s.r, s.buf[:n])
	s.offset += int64(got)
	return s.buf[:got], err
}

// ended reports whether a read found the end of the input, and not a part of
// what it was to read.
func ended(b []byte, err error) bool { return len(b) == 0 && errors.Is(err, io.EOF) }

// head takes n octets from the input and returns the first keep of them.
func (s *source) head(n, keep int) ([]byte, error) {
	b, err := s.read(min(n, keep))
	if err != nil {
		return b, err
	}
	skipped, err := s.r.Discard(n - len(b))
	s.offset += int64(skipped)
	return b, err
}
