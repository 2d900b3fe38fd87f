package checker

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
)

// The format of a checkpoint: magic, version, engine, identity, body, and the SHA-256 of all that. Numbers are varints.
const (
	magic   = "checkpt\n"
	version = 1
)

// encoder writes a checkpoint. The first error is kept, and told at the end.
type encoder struct {
	*bufio.Writer
	file io.Writer
	sum  hash.Hash
	buf  [binary.MaxVarintLen64]byte
}

func newEncoder(file io.Writer) *encoder {
	sum := sha256.New()
	return &encoder{Writer: bufio.NewWriterSize(io.MultiWriter(file, sum), 1<<20), file: file, sum: sum}
}

func (e *encoder) uint(v uint64) {
	e.Write(e.buf[:binary.PutUvarint(e.buf[:], v)]) //nolint:errcheck // a bufio.Writer keeps the first error
}

func (e *encoder) bytes(b []byte) {
	e.uint(uint64(len(b)))
	e.Write(b) //nolint:errcheck // the same
}

func (e *encoder) header(engine byte, identity string) {
	e.WriteString(magic) //nolint:errcheck // the same
	e.uint(version)
	e.uint(uint64(engine))
	e.bytes([]byte(identity))
}

// increasing writes the differences of numbers that are given in increasing order.
func (e *encoder) increasing(last *uint32, n uint32) {
	e.uint(uint64(n - *last))
	*last = n
}

// finish writes the checksum.
func (e *encoder) finish() error {
	if err := e.Flush(); err != nil {
		return err
	}
	_, err := e.file.Write(e.sum.Sum(nil))
	return err
}

// decoder reads a checkpoint whose checksum is right. What does not fit nevertheless is kept as an error, and reads as
// zero from then on.
type decoder struct {
	r   *bufio.Reader
	err error
}

var errDamaged = errors.New("it is damaged: its checksum is wrong")

// decode looks at a file as a whole, and at its header.
func decode(f *os.File, identity string) (*decoder, byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	size := info.Size() - sha256.Size
	d := &decoder{r: bufio.NewReaderSize(io.NewSectionReader(f, 0, max(0, size)), 1<<20)}
	begin := make([]byte, len(magic))
	if _, err := io.ReadFull(d.r, begin); err != nil || string(begin) != magic {
		return nil, 0, errors.New("it is not a checkpoint")
	}
	if v := d.uint(1 << 32); d.err == nil && v != version {
		return nil, 0, fmt.Errorf("it is of version %d, and this program reads version %d", v, version)
	}
	sum := sha256.New()
	want := make([]byte, sha256.Size)
	if _, err := io.Copy(sum, io.NewSectionReader(f, 0, size)); err != nil {
		return nil, 0, err
	}
	if _, err := f.ReadAt(want, size); err != nil {
		return nil, 0, err
	}
	if !bytes.Equal(sum.Sum(nil), want) {
		return nil, 0, errDamaged
	}
	engine := byte(d.uint(255))
	if whose := d.bytes(1 << 20); d.err == nil && string(whose) != identity {
		return nil, 0, fmt.Errorf("it is of another run:\n  it has   %s\n  this run %s", whose, identity)
	}
	return d, engine, d.err
}

// fail notes an error.
func (d *decoder) fail(why string) {
	if d.err == nil {
		d.err = errors.New(why)
	}
}

// uint reads a number that must not be above most.
func (d *decoder) uint(most uint64) uint64 {
	if d.err != nil {
		return 0
	}
	v, err := binary.ReadUvarint(d.r)
	if err != nil || v > most {
		d.fail("its content makes no sense")
		return 0
	}
	return v
}

// index reads a number below n.
func (d *decoder) index(n int) uint32 {
	if n == 0 {
		d.fail("its content makes no sense")
		return 0
	}
	return uint32(d.uint(uint64(n - 1)))
}

// increasing is the inverse of encoder.increasing; the number must be below n.
func (d *decoder) increasing(last *uint32, n int) uint32 {
	v := uint64(*last) + d.uint(1<<32)
	if v >= uint64(n) {
		d.fail("its content makes no sense")
		return *last
	}
	*last = uint32(v)
	return *last
}

// bytes reads at most that many bytes.
func (d *decoder) bytes(most uint64) []byte {
	b := make([]byte, d.uint(most))
	if _, err := io.ReadFull(d.r, b); err != nil {
		d.fail("its content makes no sense")
	}
	return b
}

// atEnd tells whether all has been read.
func (d *decoder) atEnd() bool {
	_, err := d.r.ReadByte()
	return err == io.EOF
}
