package capture

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
)

func TestAnInputThatFails(t *testing.T) {
	broken := errors.New("the disk is on fire")
	b := captures(t)["refused-v4-tun-raw.pcap"]
	_, err := NewReader(iotest.ErrReader(broken))
	assert.ErrorIs(t, err, broken)
	assert.EqualError(t, err, "byte 0: cannot read on: the disk is on fire")

	for _, at := range []int{2, 10, 30, 60} {
		_, err = readFrom(io.MultiReader(bytes.NewReader(b[:at]), iotest.ErrReader(broken)))
		assert.ErrorIs(t, err, broken, "after %d bytes", at)
	}
	ng := captures(t)["normal-v4-lo.pcapng"]
	for _, at := range []int{9, 99, 166, 200, 258, 357} {
		_, err = readFrom(io.MultiReader(bytes.NewReader(ng[:at]), iotest.ErrReader(broken)))
		assert.ErrorIs(t, err, broken, "after %d bytes", at)
	}
}

// readFrom counts the packets of r.
func readFrom(r io.Reader) (packets int, err error) {
	c, err := NewReader(r)
	if err != nil {
		return 0, err
	}
	for _, err := range c.All() {
		if err != nil {
			return packets, err
		}
		packets++
	}
	return packets, nil
}

func TestCutsInWords(t *testing.T) {
	files := captures(t)
	pcap, pcapng := files["refused-v4-tun-raw.pcap"], files["normal-v4-lo.pcapng"]
	for _, c := range []struct {
		b    []byte
		want string
	}{
		{nil, "byte 0: empty: a capture begins with a pcap or pcapng header"},
		{pcap[:2], "byte 0: not a capture: it begins with d4 c3, and pcap with d4 c3 b2 a1, a1 b2 c3 d4, 4d 3c b2 a1 or a1 b2 3c 4d, pcapng with 0a 0d 0d 0a"},
		{pcap[:20], "byte 0: cut off: a pcap file header of 24 bytes ends after 20"},
		{pcap[:30], "packet 1 at byte 24: cut off: a record header of 16 bytes ends after 6"},
		{pcap[:40], "packet 1 at byte 24: cut off: a record of 76 bytes ends after 16"},
		{pcap[:99], "packet 1 at byte 24: cut off: a record of 76 bytes ends after 75"},
		{pcap[:101], "packet 2 at byte 100: cut off: a record header of 16 bytes ends after 1"},
		{pcapng[:9], "byte 0: cut off: a block header of 12 bytes ends after 9"},
		{pcapng[:99], "byte 0: cut off: a block of 164 bytes ends after 99"},
		{pcapng[:166], "byte 164: cut off: a block header of 8 bytes ends after 2"},
		{pcapng[:170], "byte 164: cut off: a block header of 8 bytes ends after 6"},
		{pcapng[:200], "byte 164: cut off: a block of 88 bytes ends after 36"},
		{pcapng[:258], "packet 1 at byte 252: cut off: a block header of 8 bytes ends after 6"},
		{pcapng[:359], "packet 1 at byte 252: cut off: a block of 108 bytes ends after 107"},
	} {
		_, _, err := readAll(c.b)
		assert.EqualError(t, err, c.want)
	}
}
