package properties

import (
	"finwait/model"
	"finwait/model/system"
)

// cause is what may move a connection from one state to another.
type cause uint8

const (
	byOpen   cause = 1 << iota // the user's OPEN, or SEND in LISTEN
	byClose                    // the user's CLOSE
	byAbort                    // the user's ABORT
	bySYN                      // a segment with SYN
	byACK                      // a segment without SYN or RST: an ACK, text, a FIN
	byRST                      // a segment with RST
	byTimer                    // a timeout
	byOutput                   // our FIN goes out
)

// moves is S7's own list: every pair of states between which one event may
// move a connection, with the causes. It is written down from Figure 5, its
// notes, and the text of 3.10, apart from the table by which the machine
// moves. Where one segment takes two arrows, the pair is their composition.
var moves = map[[2]model.State]cause{
	{model.Closed, model.Listen}:           byOpen,
	{model.Closed, model.SynSent}:          byOpen,
	{model.Listen, model.SynReceived}:      bySYN,
	{model.Listen, model.SynSent}:          byOpen,
	{model.Listen, model.Closed}:           byClose | byAbort | byTimer,
	{model.SynSent, model.SynReceived}:     bySYN,
	{model.SynSent, model.Established}:     bySYN,
	{model.SynSent, model.CloseWait}:       bySYN, // SYN,ACK with FIN
	{model.SynSent, model.Closed}:          byClose | byAbort | byRST | byTimer,
	{model.SynReceived, model.Established}: byACK | bySYN,
	{model.SynReceived, model.FinWait1}:    byClose | byACK | bySYN, // CLOSE, or CLOSE queued behind text
	{model.SynReceived, model.CloseWait}:   byACK | bySYN,           // ACK of SYN with FIN
	{model.SynReceived, model.Closing}:     byACK | bySYN,           // the same with a queued CLOSE
	{model.SynReceived, model.Listen}:      byRST | bySYN,           // note 1
	{model.SynReceived, model.Closed}:      byAbort | byRST | bySYN | byTimer | byACK,
	{model.SynReceived, model.TimeWait}:    byAbort, // note 3
	{model.Established, model.FinWait1}:    byClose,
	{model.Established, model.CloseWait}:   byACK,
	{model.Established, model.Closed}:      byClose | byAbort | byRST | bySYN | byTimer,
	{model.Established, model.TimeWait}:    byAbort, // note 3
	{model.FinWait1, model.FinWait2}:       byACK,
	{model.FinWait1, model.Closing}:        byACK,
	{model.FinWait1, model.TimeWait}:       byACK | byAbort, // note 2; note 3
	{model.FinWait1, model.Closed}:         byAbort | byRST | bySYN | byTimer | byACK,
	{model.FinWait2, model.TimeWait}:       byACK | byAbort,
	{model.FinWait2, model.Closed}:         byAbort | byRST | bySYN | byTimer | byACK,
	{model.CloseWait, model.LastAck}:       byOutput,
	{model.CloseWait, model.TimeWait}:      byAbort, // note 3
	{model.CloseWait, model.Closed}:        byClose | byAbort | byRST | bySYN | byTimer,
	{model.Closing, model.TimeWait}:        byACK,
	{model.Closing, model.Closed}:          byAbort | byRST | bySYN | byTimer,
	{model.LastAck, model.Closed}:          byACK | byAbort | byRST | bySYN | byTimer,
	{model.TimeWait, model.Closed}:         byAbort | byRST | bySYN | byTimer,
}

// mayMove reports whether the list has the move, by the cause that it had. In
// FIN-WAIT-1 and FIN-WAIT-2 text may end the connection only if the user has
// closed both ways, and a half-duplex CLOSE sends the RST; so, too, behind the
// ACK of the SYN for which that CLOSE was queued.
func mayMove(x *system.Happening) bool {
	from, to := x.Before.State, x.After.State
	c := causeOf(x.Event)
	if moves[[2]model.State{from, to}]&c == 0 {
		return false
	}
	switch {
	case to == model.Closed && c == byACK && from != model.LastAck:
		return x.Before.Is(model.NoReader) && x.Fx.Sends && x.Fx.Segment.Has(model.RST)
	case to == model.Closed && c == byClose && from >= model.SynReceived:
		// Only the CLOSE of a user who loses data by it ends a connection at once [3.6.1].
		return x.Fx.Sends && x.Fx.Segment.Has(model.RST)
	case to == model.TimeWait && c == byAbort:
		return x.Fx.Sends && x.Fx.Segment.Has(model.RST)
	case from == model.SynReceived && to == model.Listen:
		return x.Before.Is(model.Passive)
	case from == model.SynReceived && to == model.Closed && c&(byRST|bySYN) != 0:
		// Note 1: after a passive OPEN this leads to LISTEN, and only a CLOSE that
		// was queued goes on from there.
		return !x.Before.Is(model.Passive) || x.Before.Is(model.CloseCalled)
	}
	return true
}

func causeOf(e model.Event) cause {
	switch {
	case e.Kind == model.CallCLOSE:
		return byClose
	case e.Kind == model.CallABORT:
		return byAbort
	case e.Kind <= model.CallSTATUS:
		return byOpen
	case e.Kind == model.SegmentArrives && e.Segment.Has(model.RST):
		return byRST
	case e.Kind == model.SegmentArrives && e.Segment.Has(model.SYN):
		return bySYN
	case e.Kind == model.SegmentArrives:
		return byACK
	case e.Kind >= model.OutputTransmit:
		return byOutput
	default:
		return byTimer
	}
}
