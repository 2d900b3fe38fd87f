package properties

import (
	"finwait/model"
	"finwait/model/system"
)

// lostDataClaims are about the CLOSE of a user who will not read any more:
// what its peer is told [3.6.1].
func lostDataClaims() []Claim {
	return []Claim{
		{
			Number: "S13", Name: "abort-honesty", Kind: Safety, Clause: "3.6.1",
			Text: "where CLOSE ends reading too: who is told the end of the stream has no octet acknowledged that the peer's user was not given, " +
				"and the peer of who lost data does not end in order",
			Scenarios: in("half-duplex"),
			parts: func(*system.System, []Fairness) []Property {
				return []Property{
					always("abort-honesty",
						func(i, _ *system.Side) bool { return i.User.EOF && i.State >= model.Established },
						func(i, p *system.Side) bool { return i.SND.ACKED <= uint32(p.User.Next) }),
					always("abort-honesty (no clean end)",
						func(i, _ *system.Side) bool { return i.Ended == system.EndedDataLost },
						func(_, p *system.Side) bool {
							return p.Ended != system.EndedLastAck && p.Ended != system.EndedTimeWait
						}),
				}
			},
		},
		{
			Number: "S13", Name: "lost-data-resets", Kind: Step, Clause: "3.6.1",
			Text:      "where CLOSE ends reading too: a CLOSE with data unread, or new data after it, makes a RST and ends in CLOSED (SHLD-3)",
			Scenarios: in("half-duplex"),
			parts: func(b *system.System, _ []Fairness) []Property {
				return []Property{asked("lost-data-resets", b,
					func(_ *system.Side, x *system.Happening) bool { return losesUnread(x) || losesNew(x) },
					func(_ *system.Side, x *system.Happening) bool {
						return x.Fx.Sends && x.Fx.Segment.Has(model.RST) && x.After.State == model.Closed
					})}
			},
		},
	}
}

// losesUnread: CLOSE, for the first time, with octets received and not read.
func losesUnread(x *system.Happening) bool {
	c := &x.Before
	return x.Event.Kind == model.CallCLOSE && c.State.Synchronized() && !c.Is(model.CloseCalled) && c.Unread() > 0
}

// losesNew: the next octet arrives at an endpoint whose user has closed, and
// reads no more.
func losesNew(x *system.Happening) bool {
	g, c := x.Event.Segment, &x.Before
	return arrived(x) && c.Is(model.NoReader) && (c.State == model.FinWait1 || c.State == model.FinWait2) &&
		g.CTL&(model.SYN|model.RST|model.ACK) == model.ACK && g.ACK.AtMost(c.SND.NXT) &&
		g.TXT > 0 && g.SEQ.AtMost(c.RCV.NXT) && c.RCV.NXT.Before(g.SEQ.Add(g.TXT))
}

// windowWitnesses are what must happen where windows close, and where data is lost.
func windowWitnesses() []Claim {
	return []Claim{
		event("W30", "fin-refused", "3.4", "a FIN finds no room in the window and is refused", in("zero-window"),
			func(_ *system.Side, x *system.Happening) bool {
				return arrived(x) && x.Before.RCV.WND == 0 && x.Event.Segment.Has(model.FIN) && x.Fx.Clauses.Has(model.ClSeqZeroWindow) &&
					x.Before.RCV.NXT == x.After.RCV.NXT
			}),
		event("W31", "probe-reopens", "3.8.6.1", "a probe finds the window open again: the ACK of the probe says so", in("zero-window"),
			func(_ *system.Side, x *system.Happening) bool {
				return arrived(x) && x.Before.SND.WND == 0 && x.After.SND.WND > 0 && x.Before.SND.UNA.Before(x.Event.Segment.ACK)
			}),
		event("W32", "unread-at-close", "3.6.1", "CLOSE with data unread sends a RST", in("half-duplex"),
			func(_ *system.Side, x *system.Happening) bool { return losesUnread(x) && x.Fx.Segment.Has(model.RST) }),
		event("W33", "data-after-close", "3.6.1", "new data after CLOSE is answered by a RST", in("half-duplex"),
			func(_ *system.Side, x *system.Happening) bool { return losesNew(x) && x.Fx.Segment.Has(model.RST) }),
		event("W34", "reset-again", "3.10.7.1", "after data was lost, CLOSED answers what still arrives by another RST", in("half-duplex"),
			func(s *system.Side, x *system.Happening) bool {
				return arrived(x) && x.Before.State == model.Closed && s.Ended == system.EndedDataLost && x.Fx.Segment.Has(model.RST)
			}),
	}
}
