package beliefs

import (
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// fins are beliefs about the segment with the FIN.
func fins() []Belief {
	return []Belief{
		{
			Name: "fin-alone", Clause: "3.10.7.4 fifth",
			Text: Text{
				"A close begins with a segment that has only the FIN bit set.",
				"关闭从一个只设置了 FIN 标志的报文段开始。",
			},
			Parts: []Part{
				doing(Text{"a segment with FIN has no ACK", "带 FIN 的报文段不带 ACK"}, in("close"), sendsFIN, hasNoACK),
				doing(Text{"every segment with FIN has an ACK", "每个带 FIN 的报文段都带 ACK"}, connected, sendsFIN,
					func(s *side, x *system.Happening) bool { return !hasNoACK(s, x) }),
				would(Text{
					"a FIN without ACK that arrives in ESTABLISHED is dropped, and changes nothing",
					"ESTABLISHED 中收到不带 ACK 的 FIN 会被丢弃，什么也不改变",
				}, in("close"), question{
					when: func(i, _ *side) bool { return i.State == model.Established },
					event: func(_ *system.System, i, _ *side) model.Event {
						return model.Arrive(model.Segment{SEQ: i.RCV.NXT, CTL: model.FIN})
					},
					answer: func(i *side, next *model.TCB, fx *model.Effects) bool { return *next == i.TCB && !fx.Sends },
				}),
			},
		},
		{
			Name: "fin-without-data", Clause: "3.10.4",
			Text: Text{"A segment with FIN carries no data.", "FIN 报文段不携带数据。"},
			Parts: []Part{doing(Text{"a segment with FIN has no text", "带 FIN 的报文段不含数据"}, in("close"), sendsFIN,
				func(_ *side, x *system.Happening) bool { return x.Fx.Segment.TXT == 0 })},
		},
		{
			Name: "fin-takes-a-number", Clause: "3.4",
			Twin: Twin{"second-fin-advances", "half-close"},
			Text: Text{
				"A FIN consumes one sequence number, although it is no data.",
				"FIN 不是数据，却要消耗一个序列号。",
			},
			Parts: []Part{state(Text{
				"after the FIN, RCV.NXT is one past it, which is one more than the octets that the peer has SENT",
				"收到 FIN 之后，RCV.NXT 正好越过它：从第一个字节算起，比对端 SEND 的字节数多一",
			}, connected, func(i, _ *side) bool { return i.Is(model.FINReceived) && !closed(i) }, func(i, p *side) bool {
				return i.RCV.NXT == i.RCV.IRS.Add(uint32(p.User.Sent)+2)
			})},
		},
		{
			Name: "same-ack-number", Clause: "3.10.7.4 seventh, eighth",
			Twin: Twin{"second-fin-advances", "half-close"},
			Text: Text{
				"The passive side's FIN repeats the acknowledgment number of its ACK: u+1.",
				"第三次挥手的确认号与第二次相同，仍然是 u+1。",
			},
			Parts: []Part{doing(Text{
				"once a FIN is received RCV.NXT stands still, and whatever is sent acknowledges it",
				"收到 FIN 之后 RCV.NXT 不再变化，此后发出的一切都以它为确认号",
			}, connected, func(_ *side, x *system.Happening) bool {
				return x.Before.Is(model.FINReceived) && x.Before.State != model.Closed && x.After.State != model.Closed
			}, func(_ *side, x *system.Happening) bool {
				g := x.Fx.Segment
				return x.After.RCV.NXT == x.Before.RCV.NXT && (!x.Fx.Sends || !g.Has(model.ACK) || g.ACK == x.Before.RCV.NXT)
			})},
		},
		{
			Name: "last-ack-number", Clause: "3.10.7.4 first, eighth",
			Twin: Twin{"closing-any-ack", "loss-free"},
			Text: Text{
				"The last ACK has SEQ=u+1, although it occupies no sequence number itself.",
				"最后一个 ACK 的序列号是 u+1，尽管它自己并不占用序列号。",
			},
			Parts: []Part{doing(Text{
				"whatever is sent in TIME-WAIT has the number just after the own FIN, and length zero",
				"TIME-WAIT 中发出的报文段，序列号都是自己的 FIN 加一，长度都为零",
			}, orderly, func(_ *side, x *system.Happening) bool { return x.Before.State == model.TimeWait && x.Fx.Sends },
				func(s *side, x *system.Happening) bool {
					g := x.Fx.Segment
					return s.FINAt != 0 && g.LEN() == 0 && g.SEQ == x.Before.SND.ISS.Add(uint32(s.FINAt)+1)
				})},
		},
		{
			Name: "fin-retransmitted", Clause: "3.8.1, 3.10.8",
			Twin: Twin{"fin-not-retransmitted", "half-close"},
			Text: Text{
				"A lost FIN is retransmitted like data.",
				"FIN 丢了会像数据一样重传。",
			},
			Parts: []Part{leads(Text{
				"a FIN that has been sent leads to its acceptance at the peer, under fair loss, whoever else closes or not",
				"只要丢失是公平的，FIN 一旦发出，终将被对端接受，不论对端是否关闭",
			}, orderly, properties.AssumeAllBut("close", "msl"), func(i, _ *side) bool { return i.FINAt != 0 },
				func(i, p *side) bool { return p.GotFIN || i.Ended == system.EndedReset || p.Ended == system.EndedReset })},
		},
		{
			Name: "silent-after-fin", Clause: "3.8.1",
			Text: Text{"After its FIN a side sends no more data.", "发出 FIN 之后，这一方不再发送数据。"},
			Parts: []Part{
				doing(Text{
					"whoever has sent its FIN sends no segment with text",
					"已发出 FIN 的一方不再发送含数据的报文段",
				}, in("close", "half-close"), func(_ *side, x *system.Happening) bool {
					return x.Before.FINSent() && x.Fx.Sends && !x.Fx.Segment.Has(model.RST)
				}, func(_ *side, x *system.Happening) bool { return x.Fx.Segment.TXT == 0 }),
				claimed(Text{
					"no new data: nothing that occupies sequence space lies above the FIN (S5)",
					"没有新数据：占用序列号的东西都不会在 FIN 之上（S5）",
				}, connected, "one-fin"),
			},
		},
		{
			Name: "fin-wait-1-sent", Clause: "3.10.4",
			Text: Text{"FIN_WAIT_1 means that the FIN has been sent.", "处于 FIN_WAIT_1 说明 FIN 已经发出。"},
			Parts: []Part{state(Text{
				"in FIN-WAIT-1 the FIN has been sent, or is the next thing to send",
				"FIN-WAIT-1 中 FIN 已经发出，或者下一个要发的就是它",
			}, in("close"), inState(model.FinWait1), func(i, _ *side) bool { return i.FINAt != 0 || i.Unsent() == 0 })},
		},
		{
			Name: "close-drops-queue", Clause: "3.10.4",
			Text: Text{
				"close() throws away what is still in the send buffer.",
				"close() 会丢弃发送缓冲区里还没发出去的数据。",
			},
			Parts: []Part{
				doing(Text{
					"a CLOSE with unsent text leaves none",
					"还有未发送的数据时调用 CLOSE，之后就没有未发送的数据了",
				}, in("half-close", "close"), func(s *side, x *system.Happening) bool { return closeOfOpen(s, x) && x.Before.Unsent() > 0 },
					func(_ *side, x *system.Happening) bool { return x.After.Unsent() == 0 }),
				leads(Text{
					"what was SENT before the CLOSE is delivered in the end",
					"CLOSE 之前 SEND 的数据最终都会交付",
				}, orderly, properties.AssumeAllBut("close", "msl"), func(i, p *side) bool { return i.User.Closed && !hasAll(i, p) }, hasAll),
			},
		},
		{
			Name: "eof-after-all", Clause: "3.10.7.4 first, eighth",
			Twin: Twin{"fin-across-hole", "loss-free"},
			Text: Text{
				"The end of the stream comes after all the data, however the network reorders.",
				"无论网络怎样乱序，流的结束总是在全部数据之后才被读到。",
			},
			Parts: []Part{claimed(Text{
				"the end of the stream at i means that its peer did CLOSE and all of its octets are delivered at i (S2)",
				"i 读到流的结束，说明对端已经 CLOSE，并且它的全部字节都已交付给 i（S2）",
			}, connected, "eof-honesty")},
		},
	}
}

func hasNoACK(_ *side, x *system.Happening) bool { return !x.Fx.Segment.Has(model.ACK) }
