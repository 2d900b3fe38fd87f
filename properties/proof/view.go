package proof

import (
	"finwait/model"
	"finwait/model/system"
)

// View is what the proof sees of a side of the machine: the values of the
// variables of [Side], but for octet x, of which it knows every one.
type View struct {
	State             model.State
	End               uint8
	Una, Nxt, Wr      int32
	Rcv, Read, Dl     int32
	HMax, Hfp         int32
	Cl, Rf, Told, Eof bool
	Hf, Hole          bool
	held              [model.MaxHeld][2]int32
}

// position is how many places q lies after the first octet of the stream that
// begins at iss: the reading of 32 bits that is right while everything alive is
// less than 2^31 apart.
func position(q, iss model.Seq) int32 { return int32(q - iss - 1) } //nolint:gosec // modulo 2^32, on purpose

// viewOf is the view of a TCB that is not CLOSED.
func viewOf(c *model.TCB) View {
	v := View{
		State: c.State,
		Una:   position(c.SND.UNA, c.SND.ISS), Nxt: position(c.SND.NXT, c.SND.ISS), Wr: position(c.SND.END, c.SND.ISS),
		Rcv: position(c.RCV.NXT, c.RCV.IRS), Read: position(c.RCV.READ, c.RCV.IRS),
		Cl: c.Is(model.CloseCalled), Rf: c.Is(model.FINReceived), Told: c.Is(model.EOFTold), Hf: c.Is(model.FINHeld),
	}
	if v.Hf {
		v.Hfp = position(c.RCV.FIN, c.RCV.IRS)
	}
	for i, h := range c.Held[:c.NumHeld] {
		v.held[i] = [2]int32{position(h.Lo, c.RCV.IRS), position(h.Hi, c.RCV.IRS)}
		v.HMax = v.held[i][1]
	}
	return v
}

// holds reports whether octet x of the peer's stream is held out of order.
func (v *View) holds(x int32) bool {
	for _, r := range v.held {
		if r[0] <= x && x < r[1] {
			return true
		}
	}
	return false
}

// has reports whether octet x is in the buffer, or was: received in order, or held.
func (v *View) has(x int32) bool {
	octets := v.Rcv
	if v.Rf {
		octets--
	}
	return x < octets || v.holds(x)
}

// after is the view after the machine was asked: from its TCB, or, when that is
// gone, from what it was before, and from what the machine said.
func (v *View) after(h *system.Happening) View {
	next := *v
	if h.After.State != model.Closed {
		next = viewOf(&h.After)
	} else {
		next.State, next.HMax, next.Hf, next.Hfp, next.held = model.Closed, 0, false, 0, [model.MaxHeld][2]int32{}
		next.Read += int32(h.Fx.Delivered.Len()) //nolint:gosec // less than MaxWindow
		next.Told = v.Told || h.Fx.Told(model.ToldEOF)
		if h.Before.State != model.Closed {
			next.End = endOf(&h.Fx)
			if next.End == ByLastAck && h.Event.Kind == model.SegmentArrives {
				next.Una = position(h.Event.Segment.ACK, h.Before.SND.ISS) // the last thing that it did
			}
		}
		if c := &h.After; c.Readable() {
			left := viewOf(c)
			next.Rcv, next.Read, next.Rf = left.Rcv, left.Read, left.Rf
		}
	}
	next.Dl, next.Eof, next.Hole = v.Dl, v.Eof || h.Fx.Told(model.ToldEOF), v.Hole
	if n := h.Fx.Delivered.Len(); n > 0 {
		irs := h.Before.RCV.IRS
		next.Hole = v.Hole || position(h.Fx.Delivered.Lo, irs) != v.Dl
		next.Dl += int32(n) //nolint:gosec // less than MaxWindow
	}
	return next
}

// endOf tells how the connection came to CLOSED.
func endOf(fx *model.Effects) uint8 {
	way := uint8(ByDefect)
	for a := range fx.Took {
		if a.To != model.Closed {
			continue
		}
		switch a.Trigger {
		case model.RcvACKofFIN:
			way = ByLastAck
		case model.Timeout2MSL:
			way = ByTimeWait
		case model.RcvRST:
			way = ByReset
		case model.CallAbort:
			way = ByAbort
		case model.UserTimeout:
			way = ByTimeout
		}
	}
	return way
}
