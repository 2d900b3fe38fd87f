package model

import (
	"strconv"
	"strings"
)

// Ctl is the set of control bits of a segment [3.1]. It is 32 bits wide only
// so that Segment has no padding.
type Ctl uint32

// The control bits that the state machine reads. PSH, ECE and CWR steer
// delivery and congestion, not the connection's state: they are not modelled.
const (
	FIN Ctl = 1 << iota
	SYN
	RST
	ACK
	URG
)

// ctlNames is the order in which the RFC's own figures write the bits.
var ctlNames = [...]struct {
	bit  Ctl
	name string
}{{SYN, "SYN"}, {FIN, "FIN"}, {RST, "RST"}, {URG, "URG"}, {ACK, "ACK"}}

// String lists the bits as the RFC's figures do: "FIN,ACK".
func (c Ctl) String() string {
	var b strings.Builder
	for _, n := range ctlNames {
		if c&n.bit != 0 {
			if b.Len() > 0 {
				b.WriteByte(',')
			}
			b.WriteString(n.name)
		}
	}
	return b.String()
}

// Segment is what travels between two endpoints: the header fields that the
// state machine reads, and how much text there is. What the text says does
// not matter, only which octet of the stream stands where: OCT names it.
//
// A corrupted segment has no place here: the checksum [3.1] turns corruption
// into loss.
type Segment struct {
	SEQ Seq    // SEG.SEQ: the first sequence number that the segment occupies
	ACK Seq    // SEG.ACK: meaningful if CTL has ACK
	WND uint32 // SEG.WND: octets, window scaling applied
	TXT uint32 // octets of text
	OCT uint32 // ghost: index in the sender's stream of the first octet of text; Step never reads it
	INC uint32 // ghost: of which incarnation of the connection the segment is; Step never reads or writes it
	CTL Ctl
}

// Has reports whether every bit of c is set.
func (g Segment) Has(c Ctl) bool { return g.CTL&c == c }

// LEN is SEG.LEN, the number of sequence numbers that the segment occupies:
//
//	"SEG.LEN = the number of octets occupied by the data in the segment
//	(counting SYN and FIN)" [3.4]
func (g Segment) LEN() uint32 {
	n := g.TXT
	if g.Has(SYN) {
		n++
	}
	if g.Has(FIN) {
		n++
	}
	return n
}

// End is the sequence number just after the last one that g occupies.
func (g Segment) End() Seq { return g.SEQ.Add(g.LEN()) }

// text is the sequence number of the first octet of text: a SYN comes first.
func (g Segment) text() Seq {
	if g.Has(SYN) {
		return g.SEQ + 1
	}
	return g.SEQ
}

// String is the RFC's notation, absolute numbers: "<SEQ=300><ACK=101><CTL=FIN,ACK>".
func (g Segment) String() string { return g.Relative(0, 0) }

// Relative writes g in the RFC's notation with SEQ relative to iss and ACK
// relative to irs, the initial sequence numbers of the sender and of the
// receiver. Text is shown as "<DATA=n>". The reset of a segment that bore no
// ACK has the absolute sequence number 0 [3.10.7.1] and is written so.
func (g Segment) Relative(iss, irs Seq) string {
	b := make([]byte, 0, 48)
	b = append(b, "<SEQ="...)
	if g.absolute() {
		b = append(b, '0')
	} else {
		b = strconv.AppendUint(b, uint64(g.SEQ-iss), 10)
	}
	b = append(b, '>')
	if g.Has(ACK) {
		b = append(b, "<ACK="...)
		b = strconv.AppendUint(b, uint64(g.ACK-irs), 10)
		b = append(b, '>')
	}
	b = append(b, "<CTL="...)
	b = append(b, g.CTL.String()...)
	b = append(b, '>')
	if g.TXT > 0 {
		b = append(b, "<DATA="...)
		b = strconv.AppendUint(b, uint64(g.TXT), 10)
		b = append(b, '>')
	}
	return string(b)
}

// absolute reports whether g has the form of the reset that answers a segment
// without ACK:
//
//	"If the ACK bit is off, sequence number zero is used,
//	<SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>" [3.10.7.1]
//
// It is the only sequence number that does not come from a connection's own.
func (g Segment) absolute() bool { return g.CTL == RST|ACK && g.SEQ == 0 }
