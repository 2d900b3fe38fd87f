package beliefs

import (
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// resets are beliefs about RST, and about peers that are gone.
func resets() []Belief {
	return []Belief{
		{
			Name: "linger-zero", Clause: "3.10.5",
			Text: Text{
				"SO_LINGER with 0 closes just as well, only without TIME_WAIT.",
				"SO_LINGER 设为 0 一样能关闭连接，只是没有 TIME_WAIT。",
			},
			Parts: []Part{state(Text{
				"if the peer learns of an ABORT, it has been given all that was SENT before it",
				"对端得知 ABORT 时，已经拿到了 ABORT 之前 SEND 的全部数据",
			}, in("abort"), func(i, p *side) bool { return i.Ended == system.EndedAbort && p.Ended == system.EndedReset }, hasAll)},
		},
		{
			Name: "rst-ends-both", Clause: "3.10.5",
			Text: Text{
				"A RST ends the connection on both sides.",
				"发一个 RST，两边的连接就都结束了。",
			},
			Parts: []Part{leads(Text{
				"ABORT at one side leads to CLOSED at the other, under every fairness assumption",
				"在全部公平性假设之下，一方 ABORT 终将使另一方到达 CLOSED",
			}, in("abort"), properties.AssumeAllBut("msl"), func(i, _ *side) bool { return i.Ended == system.EndedAbort },
				func(_, p *side) bool { return closed(p) })},
		},
		{
			Name: "rst-unanswered", Clause: "3.10.7.4 second",
			Text: Text{"A RST is never answered.", "RST 从来不会得到回应。"},
			Parts: []Part{
				doing(Text{
					"whoever receives a RST sends nothing",
					"收到 RST 的一方什么也不发",
				}, in("abort"), gotRST, func(_ *side, x *system.Happening) bool { return !x.Fx.Sends }),
				doing(Text{
					"whoever receives a RST sends no RST",
					"收到 RST 的一方不会回 RST",
				}, in("half-close", "lifecycle", "simultaneous-open", "abort", "refused"), gotRST,
					func(s *side, x *system.Happening) bool { return !sendsRST(s, x) }),
			},
		},
		{
			Name: "half-open-noticed", Clause: "3.5.1",
			Text: Text{
				"TCP itself notices when the other end is gone.",
				"对端没了，TCP 自己会发现。",
			},
			Parts: []Part{
				leads(Text{
					"a peer that has crashed leads out of ESTABLISHED, also if nobody sends or closes",
					"对端崩溃之后，即使无人发送也无人关闭，也终将离开 ESTABLISHED",
				}, in("crash"), properties.AssumeAllBut("close", "msl"), func(i, p *side) bool {
					return i.State == model.Established && p.Ended == system.EndedCrash
				}, notInState(model.Established)),
				claimed(Text{
					"who has something to send, or to have acknowledged, does leave the old connection (L7)",
					"有东西要发、或者有东西等待确认的一方，则会离开旧的连接（L7）",
				}, in("crash"), "half-open-ends"),
				doing(Text{
					"whoever sends something to an endpoint that is gone is answered with a RST",
					"向已经消失的端点发送任何东西，都会得到 RST",
				}, in("half-close", "lifecycle", "simultaneous-open", "abort", "refused", "crash"), func(_ *side, x *system.Happening) bool {
					return arrives(x) && x.Before.State == model.Closed && !x.Event.Segment.Has(model.RST)
				}, sendsRST),
			},
		},
		{
			Name: "close-sends-fin", Clause: "3.6.1 (SHLD-3)",
			Text: Text{"close() sends a FIN.", "close() 会发送 FIN。"},
			Parts: []Part{
				with("half-duplex-close", doing(Text{
					"a CLOSE of a user that will not read any more sends no RST",
					"不再读取的用户调用 CLOSE，不会发送 RST",
				}, in("half-close"), closeOfOpen, func(s *side, x *system.Happening) bool { return !sendsRST(s, x) })),
				doing(Text{
					"a CLOSE of a user that may go on reading never sends a RST",
					"仍可继续读取的用户调用 CLOSE，从不发送 RST",
				}, oneFirst, closeOfOpen, func(s *side, x *system.Happening) bool { return !sendsRST(s, x) }),
			},
		},
	}
}

// gotRST: a RST arrives.
func gotRST(_ *side, x *system.Happening) bool { return arrives(x) && x.Event.Segment.Has(model.RST) }

// closeOfOpen: a user calls CLOSE on an open connection.
func closeOfOpen(_ *side, x *system.Happening) bool {
	return x.Event.Kind == model.CallCLOSE && (x.Before.State == model.Established || x.Before.State == model.CloseWait)
}
