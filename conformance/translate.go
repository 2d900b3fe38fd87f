package conformance

import (
	"errors"
	"time"

	"finwait/model"
)

// maxCollect is how many segments one input may bring forth. A stack that sends
// more floods.
const maxCollect = 64

// percent is a part of d.
func percent(d time.Duration, n uint32) time.Duration {
	return time.Duration(int64(d) / 100 * int64(n))
}

// outward is a segment of the oracle's in the stack's numbers.
func (r *run) outward(g model.Segment) model.Segment {
	if g.Has(model.ACK) {
		g.ACK += r.iss - StackISS
	}
	return g
}

// collect fetches what the stack has sent, in the oracle's numbers.
func (r *run) collect(sofar []model.Segment) ([]model.Segment, error) {
	got, err := r.s.Collect()
	if err != nil {
		return nil, err
	}
	for _, g := range got {
		if len(sofar) == maxCollect {
			return nil, errors.New("the stack floods: more than " + itoa(maxCollect) + " segments at once")
		}
		if g.Has(model.SYN) && r.o.unsynchronized() {
			r.iss = g.SEQ
		}
		if !(g.CTL == model.RST|model.ACK && g.SEQ == 0) {
			g.SEQ += StackISS - r.iss
		}
		sofar = append(sofar, g)
	}
	return sofar, nil
}

// waitRTO moves the clock until a segment is sent that is not a mere delayed
// acknowledgment, or the first retransmission is overdue.
func (r *run) waitRTO() ([]model.Segment, error) {
	clock := r.s.Clock()
	step := clock.RTO / 8
	if clock.Quantum > 0 {
		step = clock.Quantum
	}
	var all []model.Segment
	for waited := time.Duration(0); waited < clock.RTO+step; waited += step {
		if err := r.s.Advance(step); err != nil {
			return nil, err
		}
		n := len(all)
		var err error
		if all, err = r.collect(all); err != nil {
			return nil, err
		}
		for _, g := range all[n:] {
			if g.LEN() > 0 || g.Has(model.RST) {
				return all, nil
			}
		}
	}
	return all, nil
}
