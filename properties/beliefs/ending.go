package beliefs

import (
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// ending are the beliefs 9 to 15, of those that one hears first.
func ending() []Belief {
	return []Belief{
		{
			Name: "four-way-open", Clause: "3.10.7.3 fifth",
			Text: Text{
				"The handshake could send ACK and SYN apart, in four segments; that would only waste one.",
				"握手也可以把 ACK 和 SYN 分开，用四个报文段完成，只是多浪费一个而已。",
			},
			Parts: []Part{
				would(Text{
					"a bare ACK of its SYN that arrives in SYN-SENT counts: SND.UNA goes past the SYN",
					"SYN-SENT 中收到单独的、确认自己 SYN 的 ACK 时，这个 ACK 有效：SND.UNA 越过 SYN",
				}, in("lifecycle", "simultaneous-open"), question{
					when: func(i, _ *side) bool { return i.State == model.SynSent },
					event: func(b *system.System, i, p *side) model.Event {
						return model.Arrive(model.Segment{SEQ: b.ISS[p.Role], ACK: i.SND.NXT, CTL: model.ACK})
					},
					answer: func(i *side, next *model.TCB, _ *model.Effects) bool { return next.SND.UNA == i.SND.NXT },
				}),
				would(Text{
					"and the bare SYN that follows makes it a simultaneous open: SYN-RECEIVED, and the SYN sent again, with an ACK",
					"随后到达的单独的 SYN 会使它变成同时打开：进入 SYN-RECEIVED，并且再次发送自己的 SYN，这次带上 ACK",
				}, in("lifecycle", "simultaneous-open"), question{
					when: func(i, _ *side) bool { return i.State == model.SynSent },
					event: func(b *system.System, _, p *side) model.Event {
						return model.Arrive(model.Segment{SEQ: b.ISS[p.Role], CTL: model.SYN})
					},
					answer: func(_ *side, next *model.TCB, fx *model.Effects) bool {
						return next.State == model.SynReceived && fx.Sends && fx.Segment.CTL == model.SYN|model.ACK
					},
				}),
			},
		},
		{
			Name: "time-wait-on-client", Clause: "3.6, figure 12",
			Text: Text{"TIME-WAIT is on the client.", "TIME-WAIT 出现在客户端。"},
			Parts: []Part{
				state(Text{
					"when one side is in TIME-WAIT and the other in LAST-ACK, the former is A, which has opened actively",
					"一方处于 TIME-WAIT、另一方处于 LAST-ACK 时，前者总是主动打开的 A",
				}, in("lifecycle"), func(i, p *side) bool { return i.State == model.TimeWait && p.State == model.LastAck },
					func(i, _ *side) bool { return i.Role == 0 }),
				doing(Text{
					"TIME-WAIT is entered only by who has called CLOSE before it had received the peer's FIN: from FIN-WAIT-1, FIN-WAIT-2 or CLOSING",
					"只有在收到对端 FIN 之前就调用了 CLOSE 的一方才会进入 TIME-WAIT：来自 FIN-WAIT-1、FIN-WAIT-2 或 CLOSING",
				}, connected, func(_ *side, x *system.Happening) bool {
					return x.After.State == model.TimeWait && x.Before.State != model.TimeWait
				}, func(_ *side, x *system.Happening) bool {
					return finWait(&x.Before) || x.Before.State == model.Closing
				}),
			},
		},
		{
			Name: "rst-means-error", Clause: "3.10.7.1",
			Text: Text{"A RST means that something went wrong.", "出现 RST 就说明出了错。"},
			Parts: []Part{doing(Text{
				"nobody aborts: whoever sends a RST has not been through an orderly close of both directions",
				"在没有人 ABORT 的前提下，发送 RST 的一方总是还没有走完两个方向的正常关闭",
			}, in("close", "half-close"), sendsRST, func(s *side, _ *system.Happening) bool {
				return !s.User.Closed || !s.User.EOF || s.User.Error
			})},
		},
		{
			Name: "corruption-harmless", Clause: "3.1",
			Text: Text{"A corrupted segment is harmless.", "报文段在途中损坏了也没有关系。"},
			Parts: []Part{
				would(Text{
					`a segment with text, in which nothing but the FIN bit has been flipped on the way, does not make the machine say "connection closing"`,
					"一个数据报文段在途中只有 FIN 位被翻转，状态机不会因此通知 “connection closing”",
				}, in("close"), question{
					when: func(i, p *side) bool { return i.State == model.Established && next(i, p) != nil },
					event: func(_ *system.System, i, p *side) model.Event {
						g := *next(i, p)
						g.CTL |= model.FIN
						return model.Arrive(g)
					},
					answer: func(_ *side, _ *model.TCB, fx *model.Effects) bool { return !fx.Told(model.ToldClosing) },
				}),
				claimed(Text{
					"one that the checksum catches is a lost one, and any segment may be lost: the end of the stream is told only when all is delivered (S2)",
					"被校验和发现的损坏等于丢失，而任何报文段都可以丢：只有数据全部交付之后才会通知流结束（S2）",
				}, in("close", "half-close", "simultaneous-close"), "eof-honesty"),
				claimed(Text{
					"and both sides still reach CLOSED (L1)",
					"而且双方仍然都会到达 CLOSED（L1）",
				}, in("close", "half-close", "simultaneous-close"), "both-close"),
			},
		},
		{
			Name: "close-returned", Clause: "3.10.4",
			Text: Text{"close() has returned, so the peer has my data.", "close() 返回了，所以对方已经拿到我的数据。"},
			Parts: []Part{
				state(Text{
					"if the user of i has called CLOSE, the user of its peer has all that it SENT",
					"i 的用户调用了 CLOSE 之后，对端用户就已拿到它 SEND 的全部数据",
				}, in("close"), func(i, _ *side) bool { return i.User.Closed }, hasAll),
				claimed(Text{
					"what is known, and later: when the own FIN is acknowledged, the peer's TCP has received everything (S3)",
					"能够确定的事要晚一些才知道：自己的 FIN 得到确认时，对端的 TCP 已经收到了一切（S3）",
				}, orderly, "fin-ack-honesty"),
			},
		},
		{
			Name: "close-wait-ends", Clause: "3.10.4, 3.10.8",
			Text: Text{"CLOSE_WAIT goes away by itself.", "CLOSE_WAIT 过一段时间会自己消失。"},
			Parts: []Part{
				leads(Text{
					"CLOSE-WAIT leads out of CLOSE-WAIT, whatever the user does",
					"无论用户做什么，处于 CLOSE-WAIT 的一方终将离开这个状态",
				}, in("half-close", "close"), properties.AssumeAllBut("close", "msl"), inState(model.CloseWait), notInState(model.CloseWait)),
				leads(Text{
					"it does if the user at last calls CLOSE",
					"只要用户终究会调用 CLOSE，就会离开",
				}, in("half-close", "close"), properties.AssumeAllBut("msl"), inState(model.CloseWait), notInState(model.CloseWait)),
			},
		},
		{
			Name: "fin-wait-2-timeout", Clause: "3.10.8",
			Text: Text{"FIN_WAIT_2 times out: the standard says so.", "FIN_WAIT_2 会超时，这是标准规定的。"},
			Parts: []Part{
				leads(Text{
					"FIN-WAIT-2 leads out of FIN-WAIT-2, also if the peer's user never closes",
					"即使对端用户永远不关闭，处于 FIN-WAIT-2 的一方也终将离开这个状态",
				}, in("half-close", "close"), properties.AssumeAllBut("close", "msl"), inState(model.FinWait2), notInState(model.FinWait2)),
				with("fin-wait-2-timer", claimed(Text{
					"with a timer, as stacks have it, nobody's connection is reset that nobody aborts (S9)",
					"如果像许多协议栈那样加上定时器：没有人 ABORT 的连接不会被 RST（S9）",
				}, in("half-close"), "no-spurious-reset")),
			},
		},
	}
}

func inTimeWait(i, _ *side) bool { return i.State == model.TimeWait }

func sendsRST(_ *side, x *system.Happening) bool { return x.Fx.Sends && x.Fx.Segment.Has(model.RST) }

func inState(s model.State) sides { return func(i, _ *side) bool { return i.State == s } }

func notInState(s model.State) sides { return func(i, _ *side) bool { return i.State != s } }

// next is the segment in flight from the peer that carries the next octet.
func next(i, p *side) *model.Segment {
	for k := range p.InFlight() {
		if g := &p.Net[k]; g.TXT > 0 && g.SEQ == i.RCV.NXT && !g.Has(model.FIN) {
			return g
		}
	}
	return nil
}
