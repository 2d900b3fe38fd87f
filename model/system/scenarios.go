package system

import (
	"slices"

	"finwait/model"
)

// Scenario is a system with a purpose.
type Scenario struct {
	Name   string
	Text   string  // what it is for
	Ends   string  // its terminal states, in words
	Bounds Bounds  // the default ones
	Few    *[2]int // the octets of Small; nil: those of Bounds
	Fewer  [2]bool // whose OPEN is left out in Small, too

	// Actions and Arrows are what the scenario promises to exercise within its
	// default bounds; the others are either impossible in it or no concern of it.
	Actions []Kind
	Arrows  []model.Arrow
}

// Small are smaller bounds, of fewer than 100,000 states, to judge many
// variants of the scenario by. They may be too small for some premises.
func (s Scenario) Small() Bounds {
	b := s.Bounds
	if s.Few != nil {
		b.Octets = *s.Few
	}
	for i, out := range s.Fewer {
		if out {
			b.Opens[i] = NoOpen
		}
	}
	return b
}

// Terminal reports whether a state without successor is an end, and not a
// deadlock: both endpoints are CLOSED; or one waits in FIN-WAIT-2 for a FIN that
// will not come, where the RFC has no timer: the other has lost data and closed,
// and its RST is lost, or it has crashed, and nobody tells, or a third party has
// reset it. (A side whose machine has panicked is judged by S7.)
func Terminal(a, b *Side) bool {
	return leftWaiting(a, b) || leftWaiting(b, a) || leftByInjector(a, b) || leftByInjector(b, a) ||
		a.State == model.Closed && b.State == model.Closed || a.Broken || b.Broken
}

func leftWaiting(i, p *Side) bool {
	return i.State == model.FinWait2 && p.State == model.Closed && (p.Ended == EndedDataLost || p.Crashes > 0)
}

// Scenarios lists the scenarios of the default suite, in order.
func Scenarios() []Scenario {
	return slices.Concat(coreScenarios(), injectorScenarios(), againScenarios(), windowScenarios(), []Scenario{timed()})
}

// coreScenarios are those in which two endpoints are among themselves.
func coreScenarios() []Scenario {
	return []Scenario{
		{
			Name:    "close",
			Text:    "an open connection: both users may send, and close when they like, over a network that loses, reorders and duplicates",
			Ends:    "CLOSED x CLOSED",
			Bounds:  lossy(Bounds{Octets: [2]int{1, 1}, Dup: Unlimited, Start: FromEstablished}),
			Few:     &[2]int{},
			Actions: []Kind{Send, Close, Transmit, Ack, Retransmit, TimeWaitExpire, Deliver, Overflow, Duplicate, DuplicateOverflow, Lose},
			Arrows:  arrows(closing),
		},
		{
			Name:    "half-close",
			Text:    "A closes early, B sends only after it has received A's FIN; reading is a move of the user",
			Ends:    "CLOSED x CLOSED",
			Bounds:  lossy(Bounds{Octets: [2]int{1, 2}, Start: FromEstablished, AfterFIN: true, ReceiveMoves: true}),
			Few:     &[2]int{0, 1},
			Actions: []Kind{Send, Close, Receive, Transmit, Ack, Retransmit, TimeWaitExpire, Deliver, Overflow, Lose},
			Arrows:  arrows(oneAfterTheOther),
		},
		{
			Name:    "simultaneous-close",
			Text:    "both users have sent and closed before anything is delivered",
			Ends:    "CLOSED x CLOSED, both by way of TIME-WAIT",
			Bounds:  lossy(Bounds{Octets: [2]int{1, 1}, Start: FromBothClosing}),
			Few:     &[2]int{},
			Actions: []Kind{Transmit, Ack, Retransmit, TimeWaitExpire, Deliver, Overflow, Lose},
			Arrows: arrows([]leaving{
				{model.FinWait1, model.RcvACKofFIN},
				{model.FinWait1, model.RcvFIN},
				{model.FinWait2, model.RcvFIN},
				{model.Closing, model.RcvACKofFIN},
				{model.TimeWait, model.Timeout2MSL},
			}),
		},
		{
			Name:    "loss-free",
			Text:    "segments are reordered but never lost, and the retransmission timeout never comes: is any needed?",
			Ends:    "CLOSED x CLOSED",
			Bounds:  Bounds{Octets: [2]int{2, 1}, MSS: 1, InFlight: 3, Start: FromEstablished, NoRetransmit: true},
			Actions: []Kind{Send, Close, Transmit, Ack, TimeWaitExpire, Deliver},
			Arrows:  arrows(closing),
		},
		{
			Name:    "lifecycle",
			Text:    "from nothing to nothing: A opens actively, B passively, then data and close",
			Ends:    "CLOSED x CLOSED",
			Bounds:  lossy(Bounds{Octets: [2]int{1, 1}, Opens: [2]Open{OpensActive, OpensPassive}}),
			Few:     &[2]int{},
			Actions: []Kind{PassiveOpen, ActiveOpen, Send, Close, Transmit, Ack, Retransmit, TimeWaitExpire, Deliver, Overflow, Lose},
			Arrows: arrows(closing, opening, []leaving{
				{model.SynReceived, model.CallClose},
			}),
		},
		{
			Name:    "simultaneous-open",
			Text:    "both users open actively, then data and close",
			Ends:    "CLOSED x CLOSED",
			Bounds:  lossy(Bounds{Octets: [2]int{1, 0}, Opens: [2]Open{OpensActive, OpensActive}}),
			Few:     &[2]int{},
			Actions: []Kind{ActiveOpen, Send, Close, Transmit, Ack, Retransmit, TimeWaitExpire, Deliver, Overflow, Lose},
			Arrows: arrows(closing, []leaving{
				{model.Closed, model.ActiveOpen},
				{model.SynSent, model.RcvSYN},
				{model.SynSent, model.RcvSYNACK},
				{model.SynSent, model.RcvRST},
				{model.SynReceived, model.RcvACKofSYN},
				{model.SynReceived, model.CallClose},
				{model.SynReceived, model.RcvRST},
			}),
		},
		{
			Name:    "abort",
			Text:    "as close, but either user may give up at any time: ABORT",
			Ends:    "CLOSED x CLOSED",
			Bounds:  lossy(Bounds{Octets: [2]int{1, 1}, Start: FromEstablished, Aborts: true}),
			Few:     &[2]int{},
			Actions: []Kind{Send, Close, Abort, Transmit, Ack, Retransmit, TimeWaitExpire, Deliver, Overflow, Lose},
			Arrows: arrows(closing, resets, []leaving{
				{model.Established, model.CallAbort},
				{model.FinWait1, model.CallAbort},
				{model.FinWait2, model.CallAbort},
				{model.CloseWait, model.CallAbort},
				{model.Closing, model.CallAbort},
				{model.LastAck, model.CallAbort},
				{model.TimeWait, model.CallAbort},
			}),
		},
		{
			Name:    "refused",
			Text:    "A opens actively, and nobody listens",
			Ends:    "CLOSED x CLOSED",
			Bounds:  lossy(Bounds{Opens: [2]Open{OpensActive, NoOpen}}),
			Actions: []Kind{ActiveOpen, Close, Retransmit, Deliver, Lose},
			Arrows: arrows([]leaving{
				{model.Closed, model.ActiveOpen},
				{model.SynSent, model.CallClose},
				{model.SynSent, model.RcvRST},
			}),
		},
	}
}

// LookupScenario finds a scenario by its name.
func LookupScenario(name string) (Scenario, bool) {
	for _, s := range Scenarios() {
		if s.Name == name {
			return s, true
		}
	}
	return Scenario{}, false
}

// lossy fills in what most scenarios share: two segments in flight per
// direction, reordering, loss, retransmission, one octet a segment.
func lossy(b Bounds) Bounds {
	b.MSS, b.InFlight, b.Loss = 1, 2, true
	return b
}

// Groups of arrows that several scenarios promise.
var (
	// closing are those of Figure 5 from ESTABLISHED on.
	closing = []leaving{
		{model.Established, model.CallClose},
		{model.Established, model.RcvFIN},
		{model.FinWait1, model.RcvACKofFIN},
		{model.FinWait1, model.RcvFIN},
		{model.FinWait2, model.RcvFIN},
		{model.CloseWait, model.CallClose},
		{model.Closing, model.RcvACKofFIN},
		{model.LastAck, model.RcvACKofFIN},
		{model.TimeWait, model.Timeout2MSL},
	}
	// oneAfterTheOther are those of a close in which the FINs do not cross.
	oneAfterTheOther = []leaving{
		{model.Established, model.CallClose},
		{model.FinWait1, model.RcvACKofFIN},
		{model.FinWait2, model.RcvFIN},
		{model.TimeWait, model.Timeout2MSL},
		{model.Established, model.RcvFIN},
		{model.CloseWait, model.CallClose},
		{model.LastAck, model.RcvACKofFIN},
	}
	// opening are those from CLOSED to ESTABLISHED of an active and a passive user.
	opening = []leaving{
		{model.Closed, model.PassiveOpen},
		{model.Closed, model.ActiveOpen},
		{model.Listen, model.RcvSYN},
		{model.Listen, model.CallClose},
		{model.SynSent, model.RcvSYNACK},
		{model.SynSent, model.CallClose},
		{model.SynSent, model.RcvRST},
		{model.SynReceived, model.RcvACKofSYN},
		{model.SynReceived, model.RcvRSTPassive},
	}
	// resets are those of a RST that ends a connection.
	resets = []leaving{
		{model.Established, model.RcvRST},
		{model.FinWait1, model.RcvRST},
		{model.FinWait2, model.RcvRST},
		{model.CloseWait, model.RcvRST},
		{model.Closing, model.RcvRST},
		{model.LastAck, model.RcvRST},
		{model.TimeWait, model.RcvRST},
	}
)

// leaving names an arrow by the state that it leaves and its label.
type leaving struct {
	from    model.State
	trigger model.Trigger
}

// arrows looks up the arrows of some groups, in this order.
func arrows(groups ...[]leaving) []model.Arrow {
	var list []model.Arrow
	for _, n := range slices.Concat(groups...) {
		for a := range model.Arrows {
			if a.From == n.from && a.Trigger == n.trigger {
				list = append(list, a)
			}
		}
	}
	return list
}
