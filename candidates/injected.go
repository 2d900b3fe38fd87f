package candidates

import (
	"slices"

	"finwait/model"
)

// maxBeside is how many candidates are followed for which a RST was not the
// endpoint's own.
const maxBeside = 16

// doubts begins to follow, beside the candidates that have sent the RST, those
// that have not: somebody else may have sent it in the endpoint's name. They
// count only when nothing else explains what the endpoint sends later. In a
// complete capture nobody is doubted.
func (t *Tracker) doubts(packet int, before []candidate) {
	if t.in.complete {
		return
	}
	var list []candidate
	for _, k := range before {
		if !k.unknown && k.tcb.State != model.Closed && k.tcb.State != model.Listen {
			k.happened(Event{Packet: int32(packet), State: k.tcb.State, Sent: true, Kind: model.NumEventKinds})
			k.remark(Injected, costTimeout)
			list = append(list, k)
		}
	}
	t.beside = slices.Clone(merge(list, maxBeside))
}

// sendsBeside lists what those beside become by sending a segment.
func (t *Tracker) sendsBeside(packet int, g model.Segment) []candidate {
	var out []candidate
	for _, k := range t.beside {
		out = append(out, k.explain(packet, g)...)
	}
	for i := range out {
		out[i].forget()
	}
	return merge(out, maxBeside)
}
