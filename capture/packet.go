package capture

import (
	"net/netip"
	"strings"
	"time"
)

// Packet is one TCP segment as it was captured.
type Packet struct {
	Number int       // 1-based among all packets of the file, those that were skipped included
	Offset int64     // bytes from the start of the file to the packet's record
	Time   time.Time // UTC; the zero Time if the file has none (pcapng's Simple Packet Block)

	Src, Dst netip.AddrPort
	TCP      Header

	// Payload is the number of octets of text, from the IP header: neither
	// what the snap length left of it nor the padding of a short Ethernet frame.
	Payload int

	ID  uint16 // IPv4's identification; 0 if there is none
	TTL uint8  // or hop limit, of the innermost IP header

	WrongChecksum bool // TCP's; often no more than that the network card was to compute it

	Truncated bool // the snap length cut the packet
	Fragment  bool // put together from fragments; Number, Offset and Time are those of the one that came last
	Copy      bool // of a packet captured shortly before, told by Connection
}

// LEN is SEG.LEN: text, SYN and FIN counted [RFC 9293, 3.4].
func (p Packet) LEN() uint32 {
	n := uint32(p.Payload)
	if p.TCP.Flags.Has(SYN) {
		n++
	}
	if p.TCP.Flags.Has(FIN) {
		n++
	}
	return n
}

// Header is a TCP header [RFC 9293, 3.1], numbers as sent.
type Header struct {
	Seq, Ack uint32 // Ack means something only with the flag ACK
	Flags    Flags
	Window   uint16 // before scaling: see Connection.Window
	Urgent   uint16

	Options      OptionSet // those found in the captured octets
	OptionsCut   bool      // the snap length cut the options: others may have followed
	WindowScale  uint8     // shift.cnt [RFC 7323, 2.2], with HasWindowScale
	MSS          uint16    // octets [RFC 9293, 3.7.1], with HasMSS
	TSval, TSecr uint32    // [RFC 7323, 3.2], with HasTimestamps
	SACK         Blocks    // [RFC 2018, 3], with HasSACK
}

// Flags are the control bits of a TCP header, in their places.
type Flags uint16

// The control bits [RFC 9293, 3.1]; NS is RFC 3540's, historic.
const (
	FIN Flags = 1 << iota
	SYN
	RST
	PSH
	ACK
	URG
	ECE
	CWR
	NS
)

// flagNames is the order in which the RFC's figures write the bits: ACK after
// the others.
var flagNames = [...]struct {
	bit  Flags
	name string
}{
	{SYN, "SYN"},
	{FIN, "FIN"},
	{RST, "RST"},
	{PSH, "PSH"},
	{URG, "URG"},
	{ACK, "ACK"},
	{ECE, "ECE"},
	{CWR, "CWR"},
	{NS, "NS"},
}

// Has reports whether every bit of g is set.
func (f Flags) Has(g Flags) bool { return f&g == g }

// String lists the bits as the RFC's figures do: "FIN,ACK".
func (f Flags) String() string {
	var names []string
	for _, n := range flagNames {
		if f.Has(n.bit) {
			names = append(names, n.name)
		}
	}
	return strings.Join(names, ",")
}
