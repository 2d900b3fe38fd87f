package properties

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"finwait/model"
	"finwait/model/system"
)

// mayCause lists, for each trigger, what kinds of events may take its arrow
// from a state: alone, or after another arrow.
func mayCause(from model.State, t model.Trigger) (alone, within cause) {
	switch t {
	case model.PassiveOpen, model.ActiveOpen, model.CallSend:
		return byOpen, 0
	case model.CallAbort, model.SndRST:
		return byAbort, 0
	case model.CallClose:
		switch from {
		case model.CloseWait:
			return byOutput, 0 // when the FIN goes out
		case model.Established:
			return byClose, byACK | bySYN // a CLOSE that was queued in SYN-RECEIVED
		case model.Listen:
			return byClose, byRST | bySYN // the same, after the return to LISTEN
		}
		return byClose, 0
	case model.RcvSYN, model.RcvSYNACK, model.RcvSYNPassive, model.RcvSYNInWindow:
		return bySYN, 0
	case model.RcvACKofSYN:
		return byACK, bySYN // simultaneous-synack
	case model.RcvFIN:
		return byACK, bySYN // behind the SYN that it came with
	case model.RcvACKofFIN:
		return byACK, 0
	case model.RcvRST, model.RcvRSTPassive:
		return byRST, 0
	case model.Timeout2MSL, model.UserTimeout, model.FinWait2Timeout:
		return byTimer, 0
	case model.DataLost:
		if from == model.FinWait1 || from == model.FinWait2 {
			return byACK, bySYN // new data
		}
		return byClose, 0 // unread data
	}
	return 0, 0
}

// composed are the moves that one event may make by one, two or three arrows.
func composed() map[[2]model.State]cause {
	type path struct {
		to    model.State
		cause cause
	}
	all := map[[2]model.State]cause{}
	for from := range model.NumStates {
		ends := []path{}
		for a := range model.Arrows {
			if a.From == from {
				alone, within := mayCause(a.From, a.Trigger)
				ends = append(ends, path{a.To, alone | within})
			}
		}
		for range 2 {
			for _, p := range ends {
				for a := range model.Arrows {
					alone, within := mayCause(a.From, a.Trigger)
					if a.From == p.to && p.cause&(alone|within) != 0 {
						ends = append(ends, path{a.To, p.cause & (alone | within)})
					}
				}
			}
		}
		for _, p := range ends {
			all[[2]model.State{from, p.to}] |= p.cause
		}
	}
	return all
}

// Every arrow of the machine's table is in S7's own list, by its cause.
func TestEveryArrowIsListed(t *testing.T) {
	n := 0
	for a := range model.Arrows {
		alone, _ := mayCause(a.From, a.Trigger)
		assert.NotZero(t, alone, "%v: no cause is known", a)
		assert.Equal(t, alone, moves[[2]model.State{a.From, a.To}]&alone, "%v", a)
		n++
	}
	assert.NotZero(t, n)
}

// S7's own list has nothing that is neither an arrow nor a composition of
// arrows that one event can take.
func TestNothingElseIsListed(t *testing.T) {
	table := composed()
	for pair, causes := range moves {
		assert.NotEqual(t, pair[0], pair[1], "to stay is no move")
		assert.NotZero(t, causes, "%v", pair)
		assert.Zero(t, causes&^table[pair], "%v to %v, by %b", pair[0], pair[1], causes&^table[pair])
	}
}

// Every event of the machine has a cause.
func TestCauseOf(t *testing.T) {
	segment := func(ctl model.Ctl) model.Event { return model.Arrive(model.Segment{CTL: ctl}) }
	for e, want := range map[model.Event]cause{
		segment(model.RST):                         byRST,
		segment(model.RST | model.ACK):             byRST,
		segment(model.RST | model.SYN):             byRST,
		segment(model.SYN):                         bySYN,
		segment(model.SYN | model.ACK):             bySYN,
		segment(model.SYN | model.FIN | model.ACK): bySYN,
		segment(model.ACK):                         byACK,
		segment(model.FIN | model.ACK):             byACK,
		segment(0):                                 byACK,
	} {
		assert.Equal(t, want, causeOf(e), "%v", e)
	}
	for k, want := range map[model.EventKind]cause{
		model.CallPassiveOpen: byOpen, model.CallActiveOpen: byOpen, model.CallSEND: byOpen, model.CallRECEIVE: byOpen,
		model.CallCLOSE: byClose, model.CallABORT: byAbort, model.CallSTATUS: byOpen,
		model.TimeoutRetransmission: byTimer, model.TimeoutTimeWait: byTimer, model.TimeoutUser: byTimer, model.TimeoutFinWait2: byTimer,
		model.OutputTransmit: byOutput, model.OutputAck: byOutput, model.OutputProbe: byOutput, model.OutputKeepAlive: byOutput,
		model.SegmentArrives: byACK,
	} {
		assert.Equal(t, want, causeOf(model.Event{Kind: k}), "%v", k)
	}
}

// Some moves need more than the pair and the cause.
func TestMayMove(t *testing.T) {
	move := func(from, to model.State, e model.Event, change func(*system.Happening)) *system.Happening {
		x := &system.Happening{Before: model.TCB{State: from}, Event: e, After: model.TCB{State: to}}
		if change != nil {
			change(x)
		}
		return x
	}
	resets := func(x *system.Happening) { x.Fx.Sends, x.Fx.Segment.CTL = true, model.RST }
	halfDuplex := func(x *system.Happening) { resets(x); x.Before.Flags = model.NoReader }
	passive := func(x *system.Happening) { x.Before.Flags = model.Passive }
	text, rstArrives := model.Arrive(ack(1, 1)), model.Arrive(rst(1))
	abort, output := model.Event{Kind: model.CallABORT}, model.Event{Kind: model.OutputTransmit}
	for _, c := range []struct {
		what string
		want bool
		x    *system.Happening
	}{
		{"CLOSE", true, move(model.Established, model.FinWait1, model.Event{Kind: model.CallCLOSE}, nil)},
		{"the same by a segment", false, move(model.Established, model.FinWait1, text, nil)},
		{"the FIN goes out", true, move(model.CloseWait, model.LastAck, output, nil)},
		{"the same by CLOSE itself", false, move(model.CloseWait, model.LastAck, model.Event{Kind: model.CallCLOSE}, nil)},
		{"an arrow that the figure lacks", false, move(model.LastAck, model.TimeWait, text, nil)},
		{"note 2", true, move(model.FinWait1, model.TimeWait, text, nil)},
		{"LAST-ACK by the ACK of the FIN", true, move(model.LastAck, model.Closed, text, nil)},
		{"data after a half-duplex CLOSE", true, move(model.FinWait2, model.Closed, text, halfDuplex)},
		{"data after any other CLOSE", false, move(model.FinWait2, model.Closed, text, resets)},
		{"data after a half-duplex CLOSE, silently", false, move(model.FinWait1, model.Closed, text, func(x *system.Happening) {
			x.Before.Flags = model.NoReader
		})},
		{"the same with another answer", false, move(model.FinWait1, model.Closed, text, func(x *system.Happening) {
			halfDuplex(x)
			x.Fx.Segment.CTL = model.ACK
		})},
		{"note 3", true, move(model.Established, model.TimeWait, abort, resets)},
		{"note 3, without a RST", false, move(model.Established, model.TimeWait, abort, nil)},
		{"note 1", true, move(model.SynReceived, model.Listen, rstArrives, passive)},
		{"note 1, after an active OPEN", false, move(model.SynReceived, model.Listen, rstArrives, nil)},
		{"ABORT", true, move(model.Established, model.Closed, abort, nil)},
		{"CLOSE with unread data, half-duplex", true, move(model.CloseWait, model.Closed, model.Event{Kind: model.CallCLOSE}, resets)},
		{"CLOSE that forgets the connection", false, move(model.Established, model.Closed, model.Event{Kind: model.CallCLOSE}, nil)},
		{"the same in SYN-RECEIVED", false, move(model.SynReceived, model.Closed, model.Event{Kind: model.CallCLOSE}, nil)},
		{"the user timeout", true, move(model.Closing, model.Closed, model.Event{Kind: model.TimeoutUser}, nil)},
	} {
		assert.Equal(t, c.want, mayMove(c.x), c.what)
	}
}
