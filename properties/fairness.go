package properties

import (
	"slices"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// Fairness is an assumption in the form that the checker takes.
type Fairness = checker.Fairness[system.Action]

// Assumption is a named fairness assumption with its meaning.
type Assumption struct {
	Fairness
	Text string
}

// Assumptions lists the assumptions under which the liveness claims are made.
// Each is necessary for some claim in some scenario; the assumptions that the
// checker showed to be redundant are not made: weak fairness of OPEN and of
// SEND, and fairness of the delivery of each distinct segment, of which "msl"
// is the part that is needed.
func Assumptions() []Assumption {
	return []Assumption{
		weak("close", "a user that may CLOSE does so at last", system.Close),
		weak("receive", "a user that has something to RECEIVE does so at last", system.Receive),
		weak("transmit", "queued text and the FIN are sent at last", system.Transmit),
		weak("ack", "a pending acknowledgment is sent at last", system.Ack),
		weak("retransmit", "what is outstanding is retransmitted at last", system.Retransmit),
		weak("probe", "a zero window is probed at last (the persist timer)", system.Probe),
		weak("2msl", "the 2MSL timeout comes at last", system.TimeWaitExpire),
		{checker.WF("msl", func(side int, a system.Action) (any, bool) {
			return [2]any{side, a.Segment}, a.Kind == system.Deliver || a.Kind == system.Overflow || a.Kind == system.Lose
		}), "no segment stays in the network for ever: it arrives or is lost (the maximum segment lifetime)"},
		strong("deliver-seq", "of what occupies sequence space, sent again and again, some arrives", carriesSEQ),
		strong("deliver-ack", "of bare ACKs, sent again and again, some arrive", carriesACK),
		strong("deliver-rst", "of RSTs, sent again and again, some arrive", carriesRST),
		{checker.Finitely("duplicate", checker.Labels(func(_ int, a system.Action) bool {
			return a.Kind == system.Duplicate || a.Kind == system.DuplicateOverflow
		})), "the network duplicates finitely often"},
		{
			checker.WF("time", checker.Labels(func(_ int, a system.Action) bool { return a.Kind == system.Tick })),
			"time goes on, if there is a clock",
		},
	}
}

func weak(name, text string, kinds ...system.Kind) Assumption {
	return Assumption{checker.WF(name, checker.PerSide(func(_ int, a system.Action) bool {
		return slices.Contains(kinds, a.Kind)
	})), text}
}

func strong(name, text string, kind func(model.Segment) bool) Assumption {
	return Assumption{checker.SF(name, checker.PerSide(func(_ int, a system.Action) bool {
		return (a.Kind == system.Deliver || a.Kind == system.Duplicate) && kind(a.Segment)
	})), text}
}

// The kinds of segments for which delivery is strongly fair, per direction.
// Every segment is of exactly one kind.
func carriesRST(g model.Segment) bool { return g.Has(model.RST) }
func carriesSEQ(g model.Segment) bool { return !g.Has(model.RST) && g.LEN() > 0 }
func carriesACK(g model.Segment) bool { return !g.Has(model.RST) && g.LEN() == 0 }

// baseBut names every assumption but some. That time goes on is assumed where
// there is a clock, and says nothing elsewhere.
func baseBut(without ...string) []string {
	var names []string
	for _, a := range Assumptions() {
		if a.Name != "time" && !slices.Contains(without, a.Name) {
			names = append(names, a.Name)
		}
	}
	return names
}

// Assume looks up the named assumptions, less the dropped ones.
func Assume(names []string, drop ...string) []Fairness {
	var list []Fairness
	for _, a := range Assumptions() {
		if slices.Contains(names, a.Name) && !slices.Contains(drop, a.Name) {
			list = append(list, a.Fairness)
		}
	}
	return list
}
