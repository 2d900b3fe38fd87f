package conformance

import (
	"slices"
	"strings"

	"finwait/model"
)

// Observation is what is seen of a stack after one input, translated into the
// oracle's sequence numbers and canonical.
type Observation struct {
	Sent     []model.Segment
	Octets   uint32 // Read
	End      bool   // Read: the end of the stream
	Refused  bool   // the call was an error
	State    model.State
	HasState bool
}

// String writes it in a line.
func (o Observation) String() string {
	var parts []string
	for _, g := range o.Sent {
		parts = append(parts, relative(g, StackISS, PeerISS))
	}
	if len(o.Sent) == 0 {
		parts = append(parts, "silence")
	}
	if o.Octets > 0 {
		parts = append(parts, "octets read: "+itoa(o.Octets))
	}
	if o.End {
		parts = append(parts, "end of stream")
	}
	if o.Refused {
		parts = append(parts, "refused")
	}
	if o.HasState {
		parts = append(parts, o.State.String())
	}
	return strings.Join(parts, ", ")
}

// canonical forgets what is not compared and merges adjacent text.
func canonical(list []model.Segment) []model.Segment {
	var out []model.Segment
	for _, g := range list {
		g = model.Segment{SEQ: g.SEQ, ACK: g.ACK, TXT: g.TXT, CTL: g.CTL &^ model.URG}
		if !g.Has(model.ACK) {
			g.ACK = 0
		}
		if n := len(out); n > 0 && joins(out[n-1], g) {
			out[n-1].TXT += g.TXT
			out[n-1].CTL |= g.CTL
			continue
		}
		out = append(out, g)
	}
	return out
}

// joins reports whether g continues f: both could have been one segment.
func joins(f, g model.Segment) bool {
	const control = model.SYN | model.RST
	return f.TXT > 0 && g.LEN() > 0 && g.SEQ == f.End() && f.ACK == g.ACK &&
		f.CTL&(control|model.FIN) == 0 && g.CTL&control == 0
}

// withoutRepeats drops copies: a wait may be long enough for two of them.
func withoutRepeats(list []model.Segment) []model.Segment {
	var out []model.Segment
	for _, g := range list {
		if !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return out
}
