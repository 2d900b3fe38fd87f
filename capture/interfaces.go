package capture

import (
	"math/bits"
	"time"
)

// Options of an Interface Description Block [draft-ietf-opsawg-pcapng, 4.2].
const (
	optEnd        = 0
	optResolution = 9  // if_tsresol
	optTimeOffset = 14 // if_tsoffset
)

// describe reads an Interface Description Block: link type 2, reserved 2, snap
// length 4, options.
func (p *pcapng) describe(start int64, b []byte, size int) *Error {
	switch {
	case size < 8:
		return p.fault(start, interfaceDescription, "impossible length: an interface description of %d octets", size)
	case size > len(b):
		return p.fault(start, interfaceDescription, "absurd length: an interface description of %d octets", size)
	case len(p.ifaces) == interfacesMax:
		return p.fault(start, interfaceDescription, "more than %d interfaces", interfacesMax)
	}
	i := iface{
		link:  LinkType(p.order.Uint16(b)),
		snap:  p.order.Uint32(b[4:]),
		clock: clock{resolution: 6},
	}
	for b = b[8:]; len(b) >= 4; {
		code, n := p.order.Uint16(b), int(p.order.Uint16(b[2:]))
		b = b[4:]
		if code == optEnd {
			break
		}
		if n > len(b) {
			return p.fault(start, interfaceDescription, "impossible length: option %d of %d octets, where %d are left", code, n, len(b))
		}
		switch {
		case code == optResolution && n == 1:
			i.resolution = b[0]
		case code == optTimeOffset && n == 8:
			i.offset = int64(p.order.Uint64(b))
		}
		b = b[min((n+3)&^3, len(b)):]
	}
	p.ifaces = append(p.ifaces, i)
	return nil
}

// clock is how an interface counts time.
type clock struct {
	resolution uint8 // if_tsresol: units are 10^-n seconds, or 2^-n with the highest bit set
	offset     int64 // if_tsoffset: seconds to add
}

// at returns the time of a timestamp. Units finer than a nanosecond are cut.
func (c clock) at(stamp uint64) time.Time {
	n := uint(c.resolution & 0x7f)
	var sec, nsec uint64
	if c.resolution&0x80 != 0 {
		sec, nsec = binaryTime(stamp, n)
	} else {
		sec, nsec = decimalTime(stamp, n)
	}
	return time.Unix(int64(sec)+c.offset, int64(nsec)).UTC()
}

// binaryTime splits a count of 2^-n seconds. A shift by 64 or more is 0.
func binaryTime(stamp uint64, n uint) (sec, nsec uint64) {
	sec = stamp >> n
	hi, lo := bits.Mul64(stamp-sec<<n, 1e9)
	if n >= 64 {
		return sec, hi >> (n - 64)
	}
	return sec, hi<<(64-n) | lo>>n
}

// decimalTime splits a count of 10^-n seconds. From 10^-20 on no count
// reaches a second, and from 10^-29 on a nanosecond.
func decimalTime(stamp uint64, n uint) (sec, nsec uint64) {
	sec, rest := quotient(stamp, n)
	if n < 9 {
		return sec, rest * power10(9-n)
	}
	nsec, _ = quotient(rest, n-9)
	return sec, nsec
}

// quotient divides x by 10^n.
func quotient(x uint64, n uint) (q, rest uint64) {
	if n > 19 { // 10^20 > 2^64
		return 0, x
	}
	return x / power10(n), x % power10(n)
}

// power10 is 10^n, n =< 19.
func power10(n uint) uint64 {
	p := uint64(1)
	for range n {
		p *= 10
	}
	return p
}
