package properties

import (
	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// clocked are the scenarios with a clock.
var clocked = []string{"timed"}

// clockSafety is what TIME-WAIT promises, where it ends because its timer has
// run out, whatever the peer and the network do. The scenarios without a clock
// assume just that: there the guard of TIME-WAIT's end says it (system.FactQuiet
// and system.FactAcked).
func clockSafety() []Claim {
	return []Claim{
		{
			Number: "S18", Name: "last-ack-heard", Kind: Safety, Clause: "3.6, 3.10.8",
			Text:      "when the 2MSL timer has run out at i, its peer has nothing left to retransmit",
			Scenarios: clocked,
			parts: func(*system.System, []Fairness) []Property {
				return []Property{always("last-ack-heard",
					func(i, _ *system.Side) bool { return system.TimeWaitOver(i) },
					func(_, p *system.Side) bool { return p.SND.UNA == p.SND.NXT })}
			},
		},
		{
			Number: "S19", Name: "net-drained", Kind: Safety, Clause: "3.4.3, 3.10.8",
			Text:      "when the 2MSL timer has run out at i, nothing of the connection is in flight",
			Scenarios: clocked,
			Network:   true,
			parts: func(*system.System, []Fairness) []Property {
				return []Property{always("net-drained",
					func(i, _ *system.Side) bool { return system.TimeWaitOver(i) },
					func(i, p *system.Side) bool { return i.NumNet == 0 && p.NumNet == 0 })}
			},
		},
	}
}

// clockLiveness: with a clock and bounded losses no strong fairness is needed.
// What is sent often enough arrives, because the network has no loss left.
func clockLiveness() []Claim {
	return []Claim{
		{
			Number: "L8", Name: "time-goes-on", Kind: Liveness, Clause: "3.8.1",
			Text:      "no run goes on for ever between two ticks of the clock, fair or not",
			Scenarios: clocked,
			parts: func(_ *system.System, fair []Fairness) []Property {
				return []Property{checker.NoFairCycle[View]("time-goes-on", func(_ int, a system.Action) bool {
					return a.Kind != system.Tick
				}, fair...)}
			},
		},
		{
			Number: "L9", Name: "closes-by-the-clock", Kind: Liveness, Clause: "3.6",
			Text:      "both sides reach CLOSED, for good, if losses are bounded and time goes on: no delivery need be strongly fair",
			Fairness:  []string{"close", "transmit", "ack", "retransmit", "2msl", "msl", "time"},
			Scenarios: clocked,
			parts: func(b *system.System, fair []Fairness) []Property {
				return []Property{checker.EventuallyAlways("closes-by-the-clock", over(b), fair...)}
			},
		},
	}
}

// clockWitnesses are what has to happen in time, or the clock is too fast for
// its claims to mean much.
func clockWitnesses() []Claim {
	return []Claim{
		event("W35", "time-wait-restarted", "3.10.7.4 eighth", "a retransmitted FIN restarts the 2MSL timer, which has run for a while", clocked,
			func(_ *system.Side, x *system.Happening) bool {
				return x.Fx.Clauses.Has(model.ClSeqFINAgain) && x.Fx.Started&model.TimerTimeWait != 0
			}),
		networked(state("W36", "life-over", "3.4.3", "the life of a segment is over, and it has yet to arrive or to be lost", clocked,
			some(func(i *system.Side) bool { return i.NumNet > 0 && i.Clock.Life[0] == 0 }))),
		networked(state("W37", "time-wait-alone", "3.6", "TIME-WAIT outlives its peer: it waits for nothing, and cannot know it", clocked,
			either(func(i, p *system.Side) bool {
				return i.State == model.TimeWait && closed(p) && i.NumNet == 0 && p.NumNet == 0
			}))),
		networked(state("W38", "old-ack-resets", "3.10.7.4 first, 3.10.7.1",
			"an old ACK is answered in TIME-WAIT, and the answer by a RST: three segments, one after the other", clocked,
			either(func(i, p *system.Side) bool {
				return i.State == model.TimeWait && p.Ended == system.EndedLastAck && p.NumNet > 0 && p.Net[0].Has(model.RST)
			}))),
	}
}
