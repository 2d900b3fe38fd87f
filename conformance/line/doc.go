// Package line is the protocol by which stacks in other languages are driven:
// lines of text over a driver's standard input and output. docs/conform.md has
// it for authors of drivers; Client is the tester's end of it, Serve a driver's.
//
// The tester writes one request a line; the driver answers with any number of
// lines "seg ...", one for each segment that the stack has sent since the last
// answer, and then one line "ok ...", "refused ..." or "error ...".
package line

import (
	"fmt"
	"strconv"
	"strings"

	"finwait/model"
)

// Version is the version of the protocol: the driver must answer with the same.
const Version = 1

// ctlLetters are the control bits as tcpdump writes them.
var ctlLetters = []struct {
	letter byte
	bit    model.Ctl
}{{'S', model.SYN}, {'F', model.FIN}, {'R', model.RST}, {'A', model.ACK}, {'U', model.URG}}

// format writes a segment: SEQ, ACK, bits, octets of text, window. Numbers are
// the header's own, in decimal; ACK is 0 without the bit; no bits are "-".
func format(g model.Segment) string {
	bits := make([]byte, 0, len(ctlLetters))
	for _, l := range ctlLetters {
		if g.Has(l.bit) {
			bits = append(bits, l.letter)
		}
	}
	if len(bits) == 0 {
		bits = append(bits, '-')
	}
	ack := g.ACK
	if !g.Has(model.ACK) {
		ack = 0
	}
	return fmt.Sprintf("%d %d %s %d %d", uint32(g.SEQ), uint32(ack), bits, g.TXT, g.WND)
}

// parse reads a segment. P, E and C (PSH, ECE, CWR) are read over.
func parse(fields []string) (g model.Segment, err error) {
	if len(fields) != 5 {
		return g, fmt.Errorf("a segment has 5 fields, SEQ ACK BITS OCTETS WINDOW, not %d", len(fields))
	}
	var n [5]uint64
	for i, limit := range []int{32, 32, 0, 16, 16} {
		if limit == 0 {
			continue
		}
		if n[i], err = strconv.ParseUint(fields[i], 10, limit); err != nil {
			return g, fmt.Errorf("%q is not a number of %d bits", fields[i], limit)
		}
	}
	for _, c := range []byte(fields[2]) {
		switch i := strings.IndexByte("SFRAU", c); {
		case i >= 0:
			g.CTL |= ctlLetters[i].bit
		case !strings.ContainsRune("-PECW.", rune(c)):
			return g, fmt.Errorf("%q is not a set of bits: letters of SFRAU, or -", fields[2])
		}
	}
	g.SEQ, g.ACK, g.TXT, g.WND = model.Seq(n[0]), model.Seq(n[1]), uint32(n[3]), uint32(n[4])
	if !g.Has(model.ACK) {
		g.ACK = 0
	}
	return g, nil
}
