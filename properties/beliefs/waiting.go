package beliefs

import (
	"fmt"

	"finwait/model"
	"finwait/model/system"
)

// waiting are beliefs about TIME-WAIT.
func waiting() []Belief {
	return []Belief{
		{
			Name: "one-time-wait", Clause: "3.6, figure 13",
			Text: Text{"Only one of the two sides goes through TIME_WAIT.", "双方只有一方会经过 TIME_WAIT。"},
			Parts: []Part{state(Text{
				"when one side is in TIME-WAIT, the other is not",
				"一方处于 TIME-WAIT 时，另一方不在 TIME-WAIT",
			}, in("close", "simultaneous-close"), inTimeWait, func(_, p *side) bool { return p.State != model.TimeWait })},
		},
		{
			Name: "last-ack-resent", Clause: "3.10.7.4 fifth, eighth",
			Text: Text{
				"If the last ACK is lost, the side in TIME_WAIT retransmits it.",
				"最后一个 ACK 丢了，处于 TIME_WAIT 的一方会重传它。",
			},
			Parts: []Part{
				would(Text{
					"the last ACK is lost and nothing is in flight: the retransmission timeout of TIME-WAIT sends something",
					"最后的 ACK 已丢失、网络中没有任何报文段：TIME-WAIT 的重传超时会发送些什么",
				}, in("half-close", "close"), question{
					when: func(i, p *side) bool {
						return i.State == model.TimeWait && !i.Is(model.ACKPending) && p.State == model.LastAck && i.NumNet+p.NumNet == 0
					},
					event: func(*system.System, *side, *side) model.Event {
						return model.Event{Kind: model.TimeoutRetransmission, FIN: true}
					},
					answer: func(_ *side, _ *model.TCB, fx *model.Effects) bool { return fx.Sends },
				}),
				doing(Text{
					"TIME-WAIT sends the acknowledgment that it owes, once, and then only answers to what arrives",
					"TIME-WAIT 只把欠下的确认发送一次，此后只对到达的报文段作答",
				}, orderly, func(_ *side, x *system.Happening) bool { return x.Before.State == model.TimeWait && x.Fx.Sends },
					func(_ *side, x *system.Happening) bool { return x.Before.Is(model.ACKPending) || x.Fx.Answers }),
			},
		},
		{
			Name: "2msl-guarantees", Clause: "3.6.1, 3.10.8",
			Text: Text{
				"When TIME_WAIT is over, the peer has certainly received the last ACK.",
				"TIME_WAIT 结束时，对方一定已经收到最后的 ACK。",
			},
			Parts: []Part{
				free(state(Text{
					"however many losses there were while 2MSL ran: whoever left TIME-WAIT has a peer that is not in LAST-ACK",
					"不论 2MSL 期间丢失多少次：离开 TIME-WAIT 的一方，其对端不会处于 LAST-ACK",
				}, in("half-close", "close"), leftTimeWait, notWaiting)),
				state(Text{
					"the same, if 2MSL outlasts everything that the network and the peer's retransmissions can do",
					"同上，但假定 2MSL 长过网络和对端重传所能做的一切",
				}, in("half-close", "close"), leftTimeWait, notWaiting),
			},
		},
		{
			Name: "one-there-one-back", Clause: "3.6.1, 3.4.3",
			Text: Text{
				"2MSL is one MSL for the last ACK to arrive and one for an answer to come back: then nothing is left in the network.",
				"2MSL 就是一来一回：一个 MSL 让最后的 ACK 到达，一个 MSL 让对方的报文段回来，之后网络中就什么都没有了。",
			},
			Parts: []Part{
				ticks(system.Timed{RTO: 5, MSL: 1, TwoMSL: 2}, claimed(Text{
					"no segment lives longer than one tick, TIME-WAIT lasts two, nothing is lost: when it is over, nothing of the connection is in flight (S19)",
					"报文段最多存活一个滴答，TIME-WAIT 持续两个滴答，没有丢失：TIME-WAIT 结束时，网络中不再有这个连接的报文段（S19）",
				}, in("timed"), "net-drained")),
				ticks(system.Timed{RTO: 5, MSL: 1, TwoMSL: 4}, claimed(Text{
					"the same with four ticks, twice what the sentence asks for",
					"同上，但 TIME-WAIT 持续四个滴答，是原话的两倍",
				}, in("timed"), "net-drained")),
				ticks(system.Timed{RTO: 5, MSL: 1, TwoMSL: 2, Losses: 1}, claimed(Text{
					"two ticks again, and one segment may be lost per direction: the peer has nothing left to retransmit (S18)",
					"仍是两个滴答，每个方向可以丢失一个报文段：TIME-WAIT 结束时，对端没有什么还要重传（S18）",
				}, in("timed"), "last-ack-heard")),
			},
		},
		{
			Name: "time-wait-useless", Clause: "3.6.1",
			Text: Text{
				"TIME_WAIT is waste: a stack without it would close just as well.",
				"TIME_WAIT 是浪费：协议栈没有它也一样能正常关闭。",
			},
			Parts: []Part{with("skip-time-wait", claimed(Text{
				"without TIME-WAIT: nobody's connection is reset that nobody aborts (S9)",
				"去掉 TIME-WAIT：没有人 ABORT 的连接不会被 RST（S9）",
			}, in("half-close"), "no-spurious-reset"))},
		},
	}
}

// leftTimeWait: i was in TIME-WAIT until 2MSL was over.
func leftTimeWait(i, _ *side) bool { return i.Ended == system.EndedTimeWait }

// notWaiting: the peer does not wait for the ACK of its FIN.
func notWaiting(_, p *side) bool { return p.State != model.LastAck }

// ticks is a part with this clock.
func ticks(c system.Timed, p Part) Part {
	p.Flags = fmt.Sprintf("--rto %d --msl %d --2msl %d --losses %d", c.RTO, c.MSL, c.TwoMSL, c.Losses)
	p.change = func(b *system.Bounds) { b.Timed = c }
	return p
}

// free is a part with a TIME-WAIT that may end at any time.
func free(p Part) Part {
	p.Flags, p.change = "--time-wait free", func(b *system.Bounds) { b.TimeWait = system.TimeWaitFree }
	return p
}
