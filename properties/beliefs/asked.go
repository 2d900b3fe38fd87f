package beliefs

import (
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// asked are the beliefs that one hears first: 1 to 8.
func asked() []Belief {
	return []Belief{
		{
			Name: "each-direction", Clause: "3.6",
			Twin:  Twin{"fin-wait-2-drops-data", "half-close"},
			Text:  Text{"Each direction of a connection is closed on its own.", "连接的两个方向是各自独立关闭的。"},
			Parts: []Part{eachDirection()},
		},
		{
			Name: "fin-from-close", Clause: "3.10.4",
			Twin: Twin{"fin-retransmitted-later", "half-close"},
			Text: Text{
				"A FIN comes from the application's close, after everything that it sent before.",
				"FIN 是应用程序调用 close 引起的，并且排在它之前发送的所有数据之后。",
			},
			Parts: []Part{doing(Text{
				"whoever sends a FIN has been told CLOSE by its user, and the FIN stands just behind the last octet that this user has SENT",
				"凡是发出 FIN 的一方，其用户都已调用 CLOSE，并且 FIN 的序列号紧跟在该用户 SEND 的最后一个字节之后",
			}, connected, sendsFIN, func(s *side, x *system.Happening) bool {
				fin := x.Fx.Segment.End() - 1
				return s.User.Closed && fin == s.SND.ISS.Add(uint32(s.User.Sent)+1)
			})},
		},
		{
			Name: "fin-tells", Clause: "3.10.7.4 eighth",
			Twin: Twin{"syn-received-swallows-fin", "lifecycle"},
			Text: Text{"Whoever receives a FIN tells its application.", "收到 FIN 的一方会通知自己的应用程序。"},
			Parts: []Part{
				doing(Text{
					`whenever RCV.NXT goes past the peer's FIN, the user is told "connection closing" in the same step`,
					"每当 RCV.NXT 越过对端的 FIN，同一步里用户就会得到 “connection closing” 的通知",
				}, connected, finTaken, func(_ *side, x *system.Happening) bool { return x.Fx.Told(model.ToldClosing) }),
				claimed(Text{
					"and a FIN that has been sent leads, sooner or later, to the end of the stream at the peer's user, or to a RST (L4)",
					"而且 FIN 一旦发出，对端用户迟早会读到流的结束，否则就是连接被 RST（L4）",
				}, orderly, "fin-tells-eof"),
			},
		},
		{
			Name: "send-after-fin", Clause: "3.6.1",
			Twin: Twin{"close-wait-no-retransmission", "half-close"},
			Text: Text{
				"After receiving a FIN one may still send, and none of it is lost.",
				"收到对方的 FIN 之后仍然可以继续发送，而且发出的数据不会丢。",
			},
			Parts: []Part{
				claimed(Text{
					"octets sent in CLOSE-WAIT are delivered, also if their sender never closes (L3)",
					"在 CLOSE-WAIT 中发送的字节最终都会交付，即使发送方永远不调用 close（L3）",
				}, in("close", "half-close", "loss-free", "lifecycle", "simultaneous-open"), "half-close-delivery"),
				with("half-duplex-close", claimed(Text{
					"the same, if CLOSE means that the user will not read any more either, as it does for sockets",
					"同上，但假定 CLOSE 还意味着用户不再读取（套接字的 close 就是如此）",
				}, in("half-close"), "half-close-delivery")),
			},
		},
		{
			Name: "four-segments", Clause: "3.6, figure 12",
			Text: Text{"Closing a connection takes four segments.", "关闭一个连接需要四个报文段（四次挥手）。"},
			Parts: []Part{shortest(Text{
				"the shortest run in which both sides close in order, one by way of LAST-ACK, the other of TIME-WAIT, has four segments",
				"双方正常关闭（一方经过 LAST-ACK，另一方经过 TIME-WAIT）的最短运行包含四个报文段",
			}, in("close"), func(v properties.View) bool {
				return v.A.Ended == system.EndedTimeWait && v.B.Ended == system.EndedLastAck
			}, func(b *system.System, t *properties.Trace) bool { return segments(b, t) == 4 })},
		},
		{
			Name: "ack-fin-apart", Clause: "3.10.4, 3.10.7.4 seventh",
			Text: Text{
				"The passive side's ACK and FIN cannot be merged into one segment.",
				"被动关闭方的 ACK 和 FIN 不能合并成一个报文段。",
			},
			Parts: []Part{
				doing(Text{
					"when the FIN of CLOSE-WAIT leaves, no acknowledgment is pending any more",
					"CLOSE-WAIT 的一方发出 FIN 时，已经没有尚未发出的确认",
				}, in("half-close", "close", "loss-free"), finLeaves, nothingOwed),
				with("ack-at-once", doing(Text{
					"the same of a stack that acknowledges at once, and delays no ACK",
					"同上，但协议栈收到就立即确认，从不延迟 ACK",
				}, in("half-close", "close"), finLeaves, nothingOwed)),
			},
		},
		{
			Name: "fin-waits-for-acks", Clause: "3.10.4",
			Text: Text{
				"The server's FIN waits until the data that the server sent has been acknowledged.",
				"服务器要等自己发送的数据都得到确认之后才会发 FIN。",
			},
			Parts: []Part{doing(Text{
				"when the FIN of CLOSE-WAIT leaves, everything sent before is acknowledged, and no octet goes with it",
				"CLOSE-WAIT 的一方发出 FIN 时，此前发送的数据都已得到确认，并且 FIN 不携带数据",
			}, in("half-close", "close"), finLeaves, func(_ *side, x *system.Happening) bool {
				return x.Before.SND.UNA == x.Before.SND.NXT && x.Event.N == 0
			})},
		},
		{
			Name: "client-finishes-first", Clause: "3.10.7.4 eighth",
			Text: Text{
				"The client finishes its own work before it acknowledges the server's FIN.",
				"客户端要先处理完自己的事情，才会确认服务器的 FIN。",
			},
			Parts: []Part{doing(Text{
				"when A, which has opened actively, acknowledges B's FIN in CLOSE-WAIT, A's user has closed",
				"主动打开的 A 在 CLOSE-WAIT 中确认 B 的 FIN 时，A 的用户已经调用了 CLOSE",
			}, in("lifecycle"), func(s *side, x *system.Happening) bool {
				return s.Role == 0 && x.Before.State == model.CloseWait && x.Before.Is(model.ACKPending) && !x.After.Is(model.ACKPending)
			}, func(s *side, _ *system.Happening) bool { return s.User.Closed })},
		},
	}
}

// eachDirection has both halves of the sentence: who has been told that the
// other direction is closed may SEND, who has closed its own still receives.
func eachDirection() Part {
	text := Text{
		"whoever has received a FIN and has not closed may SEND; whoever has closed and received no FIN accepts text that comes in order",
		"收到 FIN 而自己尚未关闭的一方仍可 SEND；自己已关闭而尚未收到 FIN 的一方仍接收按序到达的数据",
	}
	return made(properties.Step, text, orderly[:2], nil, func(b *system.System, _ []properties.Fairness) []properties.Property {
		return []properties.Property{
			properties.Always("may send", mayStillSend, func(i, p *side) bool {
				next, fx := b.Options.Step(i.TCB, octet(b, i, p))
				return fx.Reply == model.OK && next.SND.END == i.SND.END+1
			}),
			properties.Asked("may receive", b,
				func(_ *side, x *system.Happening) bool { return finWait(&x.Before) && inOrder(x) },
				func(_ *side, x *system.Happening) bool { return x.After.Unread() > x.Before.Unread() }),
		}
	})
}

// nothingOwed: no acknowledgment was pending.
func nothingOwed(_ *side, x *system.Happening) bool { return !x.Before.Is(model.ACKPending) }

// with is a part under an option of the model.
func with(option string, p Part) Part {
	p.Option = option
	return p
}
