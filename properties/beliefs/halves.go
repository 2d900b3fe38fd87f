package beliefs

import (
	"finwait/model"
	"finwait/model/system"
)

// halves are beliefs about a connection that is closed in one direction.
func halves() []Belief {
	return []Belief{
		{
			Name: "eof-means-gone", Clause: "3.6.1",
			Text: Text{
				"read() returned 0: the connection is gone, there is nobody to send to.",
				"read() 返回 0，说明连接已经没了，再发也没有人收。",
			},
			Parts: []Part{would(Text{
				"a user that has been told the end of the stream, and has not closed, gets an error from SEND",
				"已读到流结束、尚未关闭的用户，SEND 会得到错误",
			}, in("half-close", "close"), question{
				when:   func(i, p *side) bool { return mayStillSend(i, p) && i.User.EOF },
				event:  octet,
				answer: func(_ *side, _ *model.TCB, fx *model.Effects) bool { return fx.Reply.Refused() },
			})},
		},
		{
			Name: "ack-means-read", Clause: "3.10.7.4 eighth",
			Text: Text{
				"My FIN is acknowledged, so the other application has read everything.",
				"我的 FIN 得到了确认，所以对方应用已经读完了所有数据。",
			},
			Parts: []Part{state(Text{
				"if i's FIN is acknowledged, the user of its peer has been given all that i's user SENT",
				"i 的 FIN 得到确认时，对端用户已经拿到 i 的用户 SEND 的全部数据",
			}, in("half-close"), finAcknowledged, hasAll)},
		},
		{
			Name: "close-wait-not-closed", Clause: "3.10.4",
			Text: Text{
				"A connection in CLOSE_WAIT is one whose application has not called close().",
				"处于 CLOSE_WAIT，就是应用程序还没有调用 close()。",
			},
			Parts: []Part{
				state(Text{
					"in CLOSE-WAIT the user has not closed, or the FIN is the next thing to send",
					"CLOSE-WAIT 中用户尚未关闭，或者下一个要发的就是 FIN",
				}, in("half-close", "close"), inState(model.CloseWait), func(i, _ *side) bool { return !i.User.Closed || i.Unsent() == 0 }),
				state(Text{
					"what it does say: the peer has closed, and the own FIN has not been sent",
					"它真正说明的是：对端已经关闭，而自己的 FIN 尚未发出",
				}, oneFirst, inState(model.CloseWait), func(i, p *side) bool { return p.User.Closed && i.FINAt == 0 }),
			},
		},
		{
			Name: "simultaneous-closing", Clause: "3.6, figure 13",
			Text: Text{
				"When both FINs cross, both sides go through CLOSING.",
				"两个 FIN 在途中交错时，双方都要经过 CLOSING。",
			},
			Parts: []Part{doing2(Text{
				"whoever accepts a FIN that its peer sent before it had received the own one is in FIN-WAIT-1, and goes to CLOSING",
				"如果对端在收到己方 FIN 之前就发出了 FIN，那么己方接受它时处于 FIN-WAIT-1，并进入 CLOSING",
			}, in("loss-free", "close"), func(b *system.System, s *side, x *system.Happening) bool {
				// The FIN acknowledges nothing of the own one, which was sent.
				g := x.Event.Segment
				return arrives(x) && finTaken(s, x) && g.Has(model.FIN) &&
					s.FINAt != 0 && x.Before.FINSent() && g.ACK.AtMost(finSEQ(b, s))
			}, func(_ *system.System, _ *side, x *system.Happening) bool { return x.After.State == model.Closing })},
		},
	}
}
