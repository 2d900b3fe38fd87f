package capture

import (
	"encoding/binary"
	"math/bits"
)

// wrongChecksum reports whether the checksum of a segment is wrong [RFC 9293,
// 3.1]. It can tell only if the whole segment was captured.
func (d *decoder) wrongChecksum(segment []byte) bool {
	if len(segment) < d.wire || d.piece.is {
		return false
	}
	var sum uint64
	if d.src.Is4() {
		a, b := d.src.As4(), d.dst.As4()
		sum = uint64(binary.BigEndian.Uint32(a[:])) + uint64(binary.BigEndian.Uint32(b[:]))
	} else {
		a, b := d.src.As16(), d.dst.As16()
		sum = add(add(0, a[:]), b[:])
	}
	sum = add(sum, segment)
	sum = fold(sum) + 6 + uint64(d.wire>>16) + uint64(d.wire&0xffff)
	return fold(sum) != 0xffff
}

// add adds octets in one's complement, eight at a time: "the deferred carries"
// of RFC 1071, 2(B) and 2(C).
func add(sum uint64, b []byte) uint64 {
	for ; len(b) >= 8; b = b[8:] {
		var carry uint64
		sum, carry = bits.Add64(sum, binary.BigEndian.Uint64(b), 0)
		sum += carry
	}
	var last [8]byte
	copy(last[:], b)
	var carry uint64
	sum, carry = bits.Add64(sum, binary.BigEndian.Uint64(last[:]), 0)
	return sum + carry
}

// fold brings a sum to 16 bits.
func fold(sum uint64) uint64 {
	for sum > 0xffff {
		sum = sum>>16 + sum&0xffff
	}
	return sum
}
