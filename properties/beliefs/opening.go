package beliefs

import (
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// opening are beliefs about how a connection comes about.
func opening() []Belief {
	return []Belief{
		{
			Name: "three-way-open", Clause: "3.5, figure 7",
			Text: Text{"Opening a connection takes three segments.", "建立连接需要三个报文段（三次握手）。"},
			Parts: []Part{shortest(Text{
				"the shortest run of a simultaneous open to ESTABLISHED on both sides has three segments",
				"同时打开时，双方都到达 ESTABLISHED 的最短运行包含三个报文段",
			}, in("simultaneous-open"), bothEstablished, func(b *system.System, t *properties.Trace) bool { return segments(b, t) == 3 })},
		},
		{
			Name: "established-together", Clause: "3.5, figure 6",
			Text: Text{
				"When connect() has returned at the client, the server is ESTABLISHED too.",
				"客户端的 connect() 返回时，服务器也已经处于 ESTABLISHED。",
			},
			Parts: []Part{state(Text{
				"when A, which has opened actively, is in ESTABLISHED, B is not in SYN-RECEIVED any more",
				"主动打开的 A 处于 ESTABLISHED 时，B 已不再处于 SYN-RECEIVED",
			}, in("lifecycle"), func(i, _ *side) bool { return i.Role == 0 && i.State == model.Established },
				func(_, p *side) bool { return p.State != model.SynReceived })},
		},
		{
			Name: "third-segment", Clause: "3.10.7.4 fifth",
			Text: Text{
				"If the third segment of the handshake is lost, the server stays in SYN_RCVD until that ACK is sent again.",
				"握手的第三个报文段丢了，服务器就一直停在 SYN_RCVD，直到这个 ACK 被重发。",
			},
			Parts: []Part{doing(Text{
				"what takes B from SYN-RECEIVED into the connection is a bare ACK",
				"把 B 从 SYN-RECEIVED 带入连接的，总是一个单独的 ACK",
			}, in("lifecycle"), func(s *side, x *system.Happening) bool {
				return s.Role == 1 && x.Before.State == model.SynReceived && x.Fx.Told(model.ToldEstablished)
			}, func(_ *side, x *system.Happening) bool { return x.Event.Segment.LEN() == 0 })},
		},
		{
			Name: "close-after-established", Clause: "3.10.4, figure 5",
			Text: Text{
				"A connection must be ESTABLISHED before it can be closed.",
				"连接必须先进入 ESTABLISHED，才能关闭。",
			},
			Parts: []Part{doing(Text{
				"FIN-WAIT-1 is entered from ESTABLISHED only",
				"只能从 ESTABLISHED 进入 FIN-WAIT-1",
			}, in("lifecycle", "simultaneous-open"), func(_ *side, x *system.Happening) bool {
				return x.Before.State != model.FinWait1 && x.After.State == model.FinWait1
			}, func(_ *side, x *system.Happening) bool { return x.Before.State == model.Established })},
		},
	}
}

func bothEstablished(v properties.View) bool {
	return v.A.State == model.Established && v.B.State == model.Established
}
