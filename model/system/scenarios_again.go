package system

import "finwait/model"

// againScenarios are those in which a connection ends and there is another one
// between the same sockets, or could be.
func againScenarios() []Scenario {
	return []Scenario{
		{
			Name: "reincarnation",
			Text: "A closes first, and the same two sockets are connected again, with the same initial sequence numbers: " +
				"only TIME-WAIT keeps the connections apart, and it must ignore RSTs",
			Ends: "CLOSED x CLOSED",
			// "if the TCP implementation were to start all connections with sequence
			// number 0" [3.4.3]: the worst case. With numbers above all that were used,
			// nothing old is ever acceptable, with TIME-WAIT or without.
			Bounds: lossy(Bounds{
				Octets: [2]int{0, 1}, Start: FromEstablished, AfterFIN: true,
				Opens: [2]Open{OpensActive, OpensPassive}, Reopens: [2]int{1, 1},
				Options: model.Options{TimeWaitIgnoresRST: true},
			}),
			Actions: []Kind{
				PassiveOpen, ActiveOpen, Send, Close, Transmit, Ack, Retransmit, TimeWaitExpire, Deliver, Overflow, Lose,
			},
			Arrows: arrows(opening, oneAfterTheOther),
		},
		{
			Name: "crash",
			Text: "from nothing: A opens actively, B passively; A may forget its TCB, once, and open again, once",
			Ends: "CLOSED x CLOSED; or CLOSED x FIN-WAIT-2 after a crash that nobody notices",
			Bounds: Bounds{
				Octets: [2]int{0, 1}, MSS: 1, InFlight: 1, Loss: true,
				Opens: [2]Open{OpensActive, OpensPassive}, Crashes: [2]int{1, 0}, Reopens: [2]int{1, 0}, ISNStep: DefaultISNStep,
			},
			Few: &[2]int{},
			Actions: []Kind{
				PassiveOpen, ActiveOpen, Send, Close, Transmit, Ack, Retransmit, TimeWaitExpire, Deliver, Overflow, Lose, Crash,
			},
			Arrows: arrows(closing, opening, resets, []leaving{
				{model.SynReceived, model.CallClose},
				{model.SynReceived, model.RcvSYNPassive},
			}),
		},
	}
}
