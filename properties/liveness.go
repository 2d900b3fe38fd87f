package properties

import (
	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

func livenessClaims() []Claim {
	return []Claim{
		{
			Number: "L1", Name: "both-close", Kind: Liveness, Clause: "3.6",
			Text: "both sides reach CLOSED, for good: from ESTABLISHED always; from CLOSED once both have OPENed; " +
				"refused: the active side, and its user is told unless it closed first; " +
				"abort: but for CLOSED x FIN-WAIT-2, when the RST is lost or ABORT in CLOSING sent none; " +
				"half-duplex: but for CLOSED x FIN-WAIT-2, when the RST of lost data is lost; " +
				"crash: once both have OPENed, but for CLOSED x FIN-WAIT-2, when nobody notices; " +
				"with a third party: but for FIN-WAIT-2, when a reset has closed the other side, which what was forged may have caused",
			Fairness: baseBut("msl"),
			Windowed: in("msl"),
			Scenarios: in("close", "half-close", "simultaneous-close", "lifecycle", "simultaneous-open", "abort", "refused",
				"injector", "reincarnation", "crash", "zero-window", "half-duplex", "timed"),
			parts: func(b *system.System, fair []Fairness) []Property {
				return []Property{checker.EventuallyAlways("both-close", over(b), fair...)}
			},
		},
		{
			Number: "L2", Name: "fin-wait-1-ends", Kind: Liveness, Clause: "3.10.7.4 fifth, eighth",
			Text:      "FIN-WAIT-1 leads out of FIN-WAIT-1",
			Fairness:  baseBut("msl"),
			Windowed:  in("msl"),
			Scenarios: and(connected, "injector"),
			parts: func(_ *system.System, fair []Fairness) []Property {
				return leads("fin-wait-1-ends", fair,
					func(i, _ *system.Side) bool { return i.State == model.FinWait1 },
					func(i, _ *system.Side) bool { return i.State != model.FinWait1 })
			},
		},
		{
			Number: "L2", Name: "last-ack-ends", Kind: Liveness, Clause: "3.10.7.4 fifth",
			Text:     "LAST-ACK leads to CLOSED",
			Fairness: baseBut("msl"),
			Windowed: in("msl"),
			Scenarios: in("close", "half-close", "loss-free", "lifecycle", "simultaneous-open", "abort", "injector",
				"reincarnation", "crash", "zero-window", "half-duplex", "timed"),
			parts: func(_ *system.System, fair []Fairness) []Property {
				return leads("last-ack-ends", fair,
					func(i, _ *system.Side) bool { return i.State == model.LastAck },
					func(i, _ *system.Side) bool { return closed(i) })
			},
		},
		{
			Number: "L2", Name: "closing-ends", Kind: Liveness, Clause: "3.10.7.4 fifth",
			Text:     "CLOSING leads to TIME-WAIT; with ABORT, a crash, a half-duplex CLOSE or a third party, to TIME-WAIT or CLOSED",
			Fairness: baseBut("msl"),
			Windowed: in("msl"),
			Scenarios: in("close", "simultaneous-close", "loss-free", "lifecycle", "simultaneous-open", "abort", "injector",
				"crash", "zero-window", "half-duplex", "timed"),
			parts: func(b *system.System, fair []Fairness) []Property {
				return leads("closing-ends", fair,
					func(i, _ *system.Side) bool { return i.State == model.Closing },
					func(i, _ *system.Side) bool {
						return i.State == model.TimeWait ||
							(b.Aborts || b.Crashing() || b.Options.HalfDuplexClose || b.Inject > 0) && closed(i)
					})
			},
		},
		{
			Number: "L3", Name: "half-close-delivery", Kind: Liveness, Clause: "3.6.1",
			Text:      "octets sent in CLOSE-WAIT are delivered, also if their sender never closes; with a third party: or a RST ends the connection at either side",
			Fairness:  baseBut("close", "msl"),
			Windowed:  in("msl"),
			Scenarios: in("close", "half-close", "loss-free", "lifecycle", "simultaneous-open", "injector", "reincarnation", "zero-window", "timed"),
			parts: func(b *system.System, fair []Fairness) []Property {
				return leads("half-close-delivery", fair,
					func(i, p *system.Side) bool { return i.State == model.CloseWait && i.User.Sent > p.User.Next },
					func(i, p *system.Side) bool {
						return i.User.Sent == p.User.Next ||
							b.Inject > 0 && (i.Ended == system.EndedReset || p.Ended == system.EndedReset)
					})
			},
		},
		{
			Number: "L4", Name: "fin-tells-eof", Kind: Liveness, Clause: "3.10.7.4 eighth",
			Text:      "a FIN sent leads to the end of the stream at the peer's user, or to a RST at either end, or to that user's own ABORT",
			Fairness:  baseBut("close", "duplicate"),
			Scenarios: and(orderly, "injector"),
			parts: func(_ *system.System, fair []Fairness) []Property {
				return leads("fin-tells-eof", fair,
					func(i, p *system.Side) bool { return i.FINAt != 0 && hears(i, p) },
					func(i, p *system.Side) bool {
						return p.User.EOF || p.User.Error || p.User.Abort || i.Ended == system.EndedReset || !hears(i, p)
					})
			},
		},
		{
			Number: "L5", Name: "quiet", Kind: Liveness, Clause: "3.10.7.4 first, fifth",
			Text:      "no war of packets: no run goes on for ever by deliveries and acknowledgments alone, fair or not; where windows vary: no fair one",
			Windowed:  in("msl", "retransmit"),
			Scenarios: and(everywhere, "injector"),
			parts: func(_ *system.System, fair []Fairness) []Property {
				return []Property{checker.NoFairCycle[View]("quiet", func(_ int, a system.Action) bool {
					return a.Kind == system.Deliver || a.Kind == system.Overflow || a.Kind == system.Ack
				}, fair...)}
			},
		},
		{
			Number: "L6", Name: "no-retransmission-needed", Kind: Liveness, Clause: "3.10.7.4 first",
			Text:      "without loss, whatever the reordering, both sides reach CLOSED although nothing is retransmitted",
			Fairness:  baseBut("retransmit", "msl"),
			Scenarios: []string{"loss-free"},
			parts: func(b *system.System, fair []Fairness) []Property {
				return []Property{checker.EventuallyAlways("no-retransmission-needed", over(b), fair...)}
			},
		},
		oldConnectionLeft(),
	}
}

// over is the goal of L1: what it means, in this system, that all is over.
func over(b *system.System) func(View) bool {
	switch {
	case b.Start == system.FromClosed && b.Opens[1] == system.NoOpen:
		return func(v View) bool {
			return !v.A.User.Opened || closed(v.A) && (v.A.User.Error || v.A.Ended == system.EndedEarly)
		}
	case b.Crashing():
		left := either(silent)
		return func(v View) bool { return !v.A.User.Opened || !v.B.User.Opened || bothClosed(v) || left(v) }
	case b.Start == system.FromClosed:
		return func(v View) bool { return !v.A.User.Opened || !v.B.User.Opened || bothClosed(v) }
	case b.Aborts || b.Options.HalfDuplexClose || b.Inject > 0:
		left := either(func(i, p *system.Side) bool { return leftInFinWait2(b, i, p) })
		return func(v View) bool { return bothClosed(v) || left(v) }
	default:
		return bothClosed
	}
}

// leftInFinWait2 is the one pair that an ABORT, or a half-duplex CLOSE, may
// leave behind: i waits for a FIN that will not come, and the RFC has no timer
// there. Either the RST was lost, or none was sent: ABORT in CLOSING is silent,
// "Respond with "ok" and delete the TCB" [3.10.5], with the own FIN still unsent
// too. A third party does the same with a RST that comes under i's address.
func leftInFinWait2(b *system.System, i, p *system.Side) bool {
	switch {
	case i.State != model.FinWait2:
		return false
	case p.Ended == system.EndedDataLost:
		return b.Loss
	case p.Ended == system.EndedReset:
		return i.Injected > 0
	case p.Ended != system.EndedAbort:
		return false
	}
	silent := p.GotFIN && p.User.Closed && p.FINAt == 0
	return b.Loss || silent
}
