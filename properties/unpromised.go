package properties

import "finwait/model"

// Unpromised lists the arrows that no scenario of the default suite can take,
// each with the reason. (A test of package model takes each of them.)
func Unpromised() map[model.Arrow]string {
	reasons := map[model.Arrow]string{}
	for a := range model.Arrows {
		switch {
		case a.Option:
			reasons[a] = "a deviation, taken only under its option"
		case a.Trigger == model.UserTimeout:
			reasons[a] = "the scenarios have no user timeout: it may end every connection at any time"
		case a.Trigger == model.SndRST:
			reasons[a] = "note 3 against 3.10.5: taken only under abort-time-wait"
		case a.Trigger == model.RcvSYNInWindow:
			reasons[a] = "RFC 793, before RFC 5961: taken only under syn-in-window-resets"
		case a.Trigger == model.DataLost && a.From == model.SynReceived:
			reasons[a] = "half-duplex begins in ESTABLISHED: no text comes before it"
		case a.From == model.Listen && (a.Trigger == model.CallSend || a.Trigger == model.ActiveOpen):
			reasons[a] = "the users of the scenarios do not turn a passive OPEN into an active one"
		case a.From < model.Established && a.Trigger == model.CallAbort:
			reasons[a] = "the scenario with ABORT begins in ESTABLISHED"
		}
	}
	return reasons
}
