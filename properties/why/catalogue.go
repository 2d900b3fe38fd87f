package why

import "finwait/model/system"

func finMechanisms() []Mechanism {
	return []Mechanism{
		without("fin-number", Ending, "the FIN occupies a sequence number of its own", "fin-without-number"),
		without("fin-same-number", Ending, "the FIN that is sent again has the number that it had", "fin-retransmitted-later"),
		without("fin-waits-for-text", Ending, "the FIN waits until everything before it is sent", "close-flushes"),
		without("fin-retransmission", Ending, "the FIN is sent again until it is acknowledged", "fin-not-retransmitted"),
		without("fin-retransmission-in-closing", Ending, "in CLOSING the FIN is still sent again", "closing-no-fin-bit"),
		without("text-retransmission-after-half-close", Ending,
			"text is sent again in CLOSE-WAIT as before", "close-wait-no-retransmission"),
		{
			Name: "retransmission", Part: Ending, Clause: "3.10.8",
			Text: "what is not acknowledged is sent again", Without: "nothing is ever retransmitted",
			bound: func(b *system.Bounds) { b.NoRetransmit = true },
		},
		without("end-of-stream-told", Ending, "the user is told that the peer's stream has ended", "eof-lost"),
		without("half-close", Ending, "the peer's FIN ends one direction only", "half-close-resets"),
		without("text-in-fin-wait-2", Ending, "who has closed goes on receiving", "fin-wait-2-drops-data"),
	}
}

func ackMechanisms() []Mechanism {
	return []Mechanism{
		without("pending-ack", Answering, "an acknowledgment may wait for something that carries it", "ack-at-once"),
		without("no-ack-of-acks", Answering, "a bare ACK is not acknowledged", "acks-acks"),
		without("ack-of-fin-test", Answering, "an ACK counts as that of the FIN only if the FIN is sent and SND.UNA is past it",
			"data-ack-as-fin-ack", "closing-any-ack", "last-ack-any-ack"),
		without("ack-of-fin-exact", Answering, "the ACK of the FIN is one more than that of the text", "fin-ack-one-less"),
		without("ack-field-of-fin", Answering, "the ACK field of a segment with FIN is read", "fin-hides-ack"),
		without("ack-field-of-held", Answering, "the ACK field of a segment is read though its text is held", "held-hides-ack"),
		without("old-ack-ignored-alone", Answering, "an old ACK field is ignored, the segment is not", "fin-old-ack-dropped"),
		without("reply-is-bare", Answering, "the reply to an old duplicate is a bare ACK", "reply-carries-fin"),
	}
}

func orderMechanisms() []Mechanism {
	return []Mechanism{
		without("text-held", Ordering, "text that arrives out of order is held", "text-not-held"),
		without("fin-held", Ordering, "a FIN that arrives out of order is held", "held-fin-lost"),
		without("fin-in-order", Ordering, "a FIN takes effect only when nothing before it is missing", "fin-across-hole"),
		without("held-fin-in-order", Ordering, "a held FIN takes effect only when nothing before it is missing", "held-fin-early"),
		without("duplicates-trimmed", Ordering, "text that was received before is not counted again", "data-counted-twice"),
		without("second-fin-ignored", Ordering, "a second FIN changes nothing", "second-fin-advances"),
	}
}

func stateMechanisms() []Mechanism {
	return []Mechanism{
		without("fin-wait-2", States, "FIN-WAIT-2 waits for the peer's FIN however long it takes", "fin-wait-2-timer"),
		without("closing", States, "CLOSING: the FINs have crossed, and ours is not acknowledged", "closing-skipped"),
		without("fin-before-its-ack", States, "in FIN-WAIT-1 a FIN is taken that overtakes the ACK of ours", "fin-before-ack-ignored"),
		without("note-2", States, "FIN-WAIT-1 goes to TIME-WAIT in one segment if the FIN acknowledges ours", "fin-ack-means-closing"),
		without("last-ack", States, "LAST-ACK: the second FIN waits for its acknowledgment", "last-ack-skipped"),
		without("last-ack-ends", States, "the acknowledgment of its FIN ends LAST-ACK", "last-ack-stuck"),
		without("last-ack-closes", States, "LAST-ACK needs no TIME-WAIT", "last-ack-time-wait"),
	}
}

func timeWaitMechanisms() []Mechanism {
	return []Mechanism{
		without("time-wait", Waiting, "who has closed first waits before it forgets", "skip-time-wait"),
		{
			Name: "2msl", Part: Waiting, Clause: "3.6.1, 3.10.8",
			Text:    "TIME-WAIT lasts until nothing can arrive any more: 2MSL",
			Without: "TIME-WAIT may end at any time", flag: "--time-wait free",
			bound: func(b *system.Bounds) { b.TimeWait = system.TimeWaitFree },
		},
		without("fin-acknowledged-in-time-wait", Waiting, "TIME-WAIT acknowledges a FIN that is sent again", "time-wait-ignores-fin"),
		without("2msl-restarted", Waiting, "a FIN that is sent again restarts 2MSL", "time-wait-not-restarted"),
		{
			Name: "2msl-by-the-clock", Part: Waiting, Clause: "3.6.1, 3.10.8",
			Text:    "TIME-WAIT outlasts the peer's retransmissions, by the clock",
			Without: "TIME-WAIT lasts one MSL",
			bound:   func(b *system.Bounds) { b.Timed.TwoMSL = b.Timed.MSL },
		},
		without("silence-in-time-wait", Waiting, "TIME-WAIT does not answer bare ACKs", "time-wait-acks-all"),
		without("timer-after-closing", Waiting, "TIME-WAIT has its timer, too, when CLOSING leads to it", "closing-no-timer"),
		{
			Name: "rst-ignored-in-time-wait", Part: Waiting, Clause: "3.10.7.4 second",
			Text:    "where connections come again, a RST does not end TIME-WAIT (RFC 1337, fix F1)",
			Without: "a RST ends TIME-WAIT, as RFC 9293 has it", flag: "--option time-wait-ignores-rst=false",
			bound: func(b *system.Bounds) { b.Options.TimeWaitIgnoresRST = false },
		},
		without("rst-ends-time-wait", Waiting, "a RST ends TIME-WAIT", "time-wait-ignores-rst"),
	}
}

func resetMechanisms() []Mechanism {
	return []Mechanism{
		without("rst-from-closed", Resetting, "CLOSED answers with a RST", "closed-silent"),
		without("rst-number", Resetting, "the RST in reply has the number that the other side expects", "rst-wrong-seq"),
		without("rst-unanswered", Resetting, "a RST is not answered", "rst-answered"),
		without("rst-validated", Resetting, "a RST is believed only at RCV.NXT", "rst-not-validated"),
		without("rst-challenge", Resetting, "a RST elsewhere in the window is challenged", "rst-in-window"),
		without("syn-challenge", Resetting, "a SYN in the window is challenged", "syn-in-window-resets"),
		without("challenge-number", Resetting, "the challenge ACK acknowledges RCV.NXT", "challenge-echoes"),
		without("ack-bit", Resetting, "a segment without ACK has no effect", "fin-without-ack"),
		without("nothing-after-fin", Resetting, "nothing that lies beyond the FIN moves RCV.NXT", "text-after-fin-advances", "new-fin-advances"),
		without("abort-resets", Resetting, "ABORT tells the peer", "abort-silent"),
		without("abort-forgets", Resetting, "ABORT leads to CLOSED", "abort-time-wait"),
	}
}

func userMechanisms() []Mechanism {
	return []Mechanism{
		without("text-outlives-closed", Users, "what was received in order can be read in CLOSED", "closed-forgets"),
		without("text-outlives-reset", Users, "a RST in CLOSING, LAST-ACK or TIME-WAIT flushes nothing", "reset-flushes"),
		without("text-outlives-close", Users, "what was received can be read in CLOSING, LAST-ACK and TIME-WAIT", "strict-receive"),
		only(without("lost-data-resets", Users, "if CLOSE ends reading too, data that is lost by it makes a RST",
			"close-unread-sends-fin", "data-after-close-acked"),
			func(b system.Bounds) bool { return b.Options.HalfDuplexClose }),
		without("probe-after-close", Users, "a closed window is probed after CLOSE as before", "close-stops-probes"),
		without("close-goes-on-reading", Users, "CLOSE ends sending, not reading", "half-duplex-close"),
	}
}

func openingMechanisms() []Mechanism {
	return []Mechanism{
		without("close-in-syn-received", Opening, "CLOSE in SYN-RECEIVED makes a FIN, or is queued", "syn-received-close-deletes"),
		without("rst-in-syn-received", Opening, "a RST without ACK is believed in SYN-RECEIVED", "syn-received-rst-needs-ack"),
		{
			Name: "new-numbers", Part: Opening, Clause: "3.4.1",
			Text:    "a new connection begins with a sequence number above all that the old one used",
			Without: "the next connection has the initial sequence numbers of the last", flag: "--isn-step 0",
			bound: func(b *system.Bounds) { b.ISNStep = 0 },
		},
		without("fin-in-syn-received", Opening, "a FIN with the ACK of the SYN takes effect in SYN-RECEIVED", "syn-received-swallows-fin"),
	}
}

// only is a mechanism that is there in some systems only.
func only(m Mechanism, where func(system.Bounds) bool) Mechanism {
	m.where = where
	return m
}
