package capture

import "time"

// copiesKept is among how many of a side's latest packets one is looked for
// that was captured twice.
const copiesKept = 4

// look tells a packet from others that look alike.
type look struct {
	at                         time.Time
	seq, ack, tsval            uint32
	payload                    int
	id, window, urgent, length uint16
	flags                      Flags
	any                        bool
}

// Within these times a packet that looks the same is the same. A sender
// numbers its IPv4 datagrams, so that a retransmission looks different; where
// there is no number, no retransmission comes as soon as that.
const (
	copyTime         = 50 * time.Millisecond
	copyTimeNoNumber = 500 * time.Microsecond
)

// captured reports whether p has been captured already: on another interface,
// or before and behind a mirror port.
func (s *side) captured(p *Packet) bool {
	h := &p.TCP
	q := look{
		at: p.Time, seq: h.Seq, ack: h.Ack, tsval: h.TSval, payload: p.Payload, id: p.ID, window: h.Window,
		urgent: h.Urgent, length: uint16(h.SACK.N), flags: h.Flags, any: true,
	}
	most := copyTime
	if p.ID == 0 {
		most = copyTimeNoNumber
	}
	for _, o := range s.latest {
		if age := q.at.Sub(o.at); !o.any || age < -most || age > most {
			continue
		}
		if o.at = q.at; o == q {
			return true
		}
	}
	s.latest[s.next] = q
	s.next = (s.next + 1) % copiesKept
	return false
}
