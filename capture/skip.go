package capture

import "slices"

// Skip counts the packets that were passed over for one reason.
type Skip struct {
	Reason  string
	Packets int
	First   int // number of the first of them, 1-based
}

// reason is why a packet is passed over; the zero reason is none. It becomes
// text only when somebody asks.
type reason struct {
	text  string
	about protocol // what the text is about, if names
	names bool
}

func (r reason) String() string {
	if r.names {
		return r.text + ": " + r.about.String()
	}
	return r.text
}

// The reasons. A header is cut when the snap length left too little of it,
// and impossible when no sender could have meant it.
var (
	linkCut        = reason{text: "link header cut by the snap length"}
	ipCut          = reason{text: "IP header cut by the snap length"}
	tcpCut         = reason{text: "TCP header cut by the snap length"}
	linkShort      = reason{text: "packet shorter than its link header"}
	ipShort        = reason{text: "packet shorter than its IP header"}
	ipVersion      = reason{text: "impossible IP header: version"}
	ipHeaderLength = reason{text: "impossible IP header: header length below 20"}
	ipTotalLength  = reason{text: "impossible IP header: total length below the header's"}
	tcpShort       = reason{text: "impossible TCP header: segment below 20 octets"}
	tcpOffsetLow   = reason{text: "impossible TCP header: data offset below 5"}
	tcpOffsetHigh  = reason{text: "impossible TCP header: data offset beyond the segment"}
	notEtherType   = reason{text: "not IP: IEEE 802.3 frame"}
	notIPInPPP     = reason{text: "not IP: another protocol in PPP"}
	notIPInMPLS    = reason{text: "not IP: something else under MPLS labels"}
	notIPThere     = reason{text: "not IP, or encrypted"}
	greRouting     = reason{text: "GRE with source routes (RFC 1701)"}

	fragmentInFragment = reason{text: "IP fragment within a fragment"}
	fragmentOfWhole    = reason{text: "IP fragment, put together with the others of its datagram"}
	fragmentAlone      = reason{text: "IP fragment, others of its datagram are missing"}
	notIPFamily        = reason{text: "not IP: another address family"}
)

// unknown is the reason for a protocol that cannot be looked into.
func unknown(p protocol) reason {
	switch p.registry {
	case linkType:
		return reason{"link type not supported", p, true}
	case etherType:
		return reason{"not IP", p, true}
	default:
		return reason{"not TCP", p, true}
	}
}

// tally counts the packets passed over. Its size is bounded by the number of
// protocols that there can be.
type tally map[reason]*Skip

func (t tally) add(r reason, packet int) {
	s := t[r]
	if s == nil {
		s = &Skip{First: packet}
		t[r] = s
	}
	s.Packets++
}

// list returns the counts in the order in which the reasons first occurred.
func (t tally) list() []Skip {
	var all []Skip
	for r, s := range t {
		all = append(all, Skip{r.String(), s.Packets, s.First})
	}
	slices.SortFunc(all, func(a, b Skip) int { return a.First - b.First })
	return all
}
