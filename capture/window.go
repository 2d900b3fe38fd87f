package capture

// scaleMax is the largest shift [RFC 7323, 2.3].
//
//	"If a Window Scale option is received with a shift.cnt value larger than
//	14, the TCP SHOULD log the error but MUST use 14 instead of the specified
//	value."
const scaleMax = 14

// Window returns the window of p, a packet of the connection, in octets, with
// the scaling undone. It is not known when a side's SYN was not captured, or
// not with its options, and what was captured leaves the shift open.
//
// Scaling holds if both SYNs carried the option, and never in a SYN [RFC 7323,
// 2.2]:
//
//	"The window field in a segment where the SYN bit is set (i.e., a <SYN> or
//	<SYN,ACK>) MUST NOT be scaled."
func (c *Connection) Window(p Packet) (octets uint32, known bool) {
	window := uint32(p.TCP.Window)
	if window == 0 || p.TCP.Flags.Has(SYN) {
		return window, true
	}
	sender, receiver := c.side(p.Src), c.other(p.Src)
	if c.A == c.B {
		receiver = sender
	}
	switch {
	case sender.unscaled() || receiver.unscaled():
		return window, true
	case sender.scales() && receiver.scales():
		return window << min(sender.scale, scaleMax), true
	default:
		return window, false
	}
}

// scales reports whether a SYN of the side carried the option.
func (s *side) scales() bool { return s.options.Has(HasWindowScale) }

// unscaled reports whether it is certain that none did.
func (s *side) unscaled() bool { return s.opened && !s.cut && !s.scales() }
