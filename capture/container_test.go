package capture

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWhatIsNotACapture(t *testing.T) {
	const formats = ", and pcap with d4 c3 b2 a1, a1 b2 c3 d4, 4d 3c b2 a1 or a1 b2 3c 4d, pcapng with 0a 0d 0d 0a"
	for _, c := range []struct{ b, want string }{
		{"#!/bin/sh", "not a capture: it begins with 23 21 2f 62" + formats},
		{"x", "not a capture: it begins with 78" + formats},
		{"\x0a\x0d\x0d\x0a\x1c\x00\x00\x00abcd", "not a pcapng section: its byte order is 61 62 63 64, and should be 4d 3c 2b 1a or 1a 2b 3c 4d"},
	} {
		_, err := NewReader(bytes.NewReader([]byte(c.b)))
		assert.Equal(t, &Error{Reason: c.want}, err)
	}
}
