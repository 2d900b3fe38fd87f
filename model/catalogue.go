package model

var onOff = [2]string{"false", "true"}

// catalogue has an entry for every field of Options, in the same order.
var catalogue = [...]Option{
	{
		"seqcheck", Reading, "", "A.2",
		"the ACK field of a segment at RCV.NXT-1 is read although the segment is not acceptable",
		"draft-gont-tcpm-tcp-seq-validation",
		[2]string{"rfc", "gont"},
		func(o *Options) *bool { return &o.SeqCheckGont },
	},
	{
		"time-wait-acks-all", Reading, "18", "3.10.7.4 fifth",
		"TIME-WAIT acknowledges every acceptable segment, bare ACKs too, and restarts 2MSL",
		"RFC 9293 to the letter", onOff,
		func(o *Options) *bool { return &o.TimeWaitAcksAll },
	},
	{
		"zero-window-fin", Reading, "28", "3.10.7.4 first",
		"a FIN is accepted when the window has no room for it",
		"several stacks; to the letter it is refused (smoltcp #845)", onOff,
		func(o *Options) *bool { return &o.ZeroWindowFIN },
	},
	{
		"strict-receive", Reading, "", "3.10.3",
		"RECEIVE in CLOSING, LAST-ACK and TIME-WAIT is an error, with octets on hand too",
		"RFC 9293 to the letter, against 3.6", onOff,
		func(o *Options) *bool { return &o.StrictReceive },
	},
	{
		"closed-forgets", Reading, "", "3.10.3",
		"RECEIVE in CLOSED is an error, with octets on hand too",
		"RFC 9293 to the letter, against 3.6", onOff,
		func(o *Options) *bool { return &o.ClosedForgets },
	},
	{
		"reset-flushes", Reading, "", "3.10.7.4 second",
		"a RST in CLOSING, LAST-ACK or TIME-WAIT throws away what is received and not read",
		"what 3.10.7.4 says of ESTABLISHED, applied to the later states", onOff,
		func(o *Options) *bool { return &o.ResetFlushes },
	},
	{
		"abort-time-wait", Reading, "", "3.3.2 note 3",
		"who sends a RST by ABORT goes to TIME-WAIT, not to CLOSED",
		"note 3 of Figure 5, against 3.10.5", onOff,
		func(o *Options) *bool { return &o.AbortTimeWait },
	},
	{
		"rst-in-window", Reading, "", "3.10.7.4 second",
		"a RST anywhere in the window resets, without a challenge ACK",
		"RFC 793, before RFC 5961", onOff,
		func(o *Options) *bool { return &o.RSTInWindow },
	},
	{
		"syn-in-window-resets", Reading, "", "3.10.7.4 fourth",
		"a SYN in the window of a synchronized state resets, without a challenge ACK",
		"RFC 793, before RFC 5961", onOff,
		func(o *Options) *bool { return &o.SYNInWindowResets },
	},
	{
		"half-duplex-close", Reading, "", "3.6.1",
		"CLOSE also ends reading: received data that is lost by it makes a RST (MAY-1, SHLD-3)",
		"close() of most stacks, as against shutdown()", onOff,
		func(o *Options) *bool { return &o.HalfDuplexClose },
	},
	{
		"simultaneous-synack", Reading, "", "3.5 figure 7",
		"the SYN,ACK of a simultaneous open is accepted although it lies before the window",
		"Figure 7 line 6, against Table 6", onOff,
		func(o *Options) *bool { return &o.SimultaneousSYNACK },
	},
	{
		"time-wait-ignores-rst", Reading, "17", "3.10.7.4 second",
		"a RST in TIME-WAIT is ignored",
		"RFC 1337, fix F1; to the letter of RFC 9293 it closes", onOff,
		func(o *Options) *bool { return &o.TimeWaitIgnoresRST },
	},
	{
		"ack-out-of-order", Reading, "", "3.10.7.4 seventh",
		"what is held out of order is acknowledged, too (a duplicate ACK, MAY-13)",
		"RFC 5681, 3.2; nearly every stack", onOff,
		func(o *Options) *bool { return &o.AckOutOfOrder },
	},
	{
		"rst-carries-ack", Reading, "", "3.10.5",
		"the RST of an ABORT, or of a half-duplex CLOSE, carries ACK=RCV.NXT",
		"Linux and most stacks; the RFC writes <SEQ=SND.NXT><CTL=RST>", onOff,
		func(o *Options) *bool { return &o.RSTCarriesACK },
	},
	{
		"ack-at-once", Reading, "", "3.8.6.3",
		"what is received is acknowledged at once: no acknowledgment is ever pending",
		"a stack without delayed ACKs (they are a SHOULD: SHLD-18)", onOff,
		func(o *Options) *bool { return &o.AckAtOnce },
	},
	{
		"text-not-held", Reading, "", "3.10.7.4 first",
		"text that arrives out of order is dropped, and the FIN behind it, and has to be sent again",
		"small stacks (holding is a SHOULD: SHLD-31)", onOff,
		func(o *Options) *bool { return &o.TextNotHeld },
	},
	{
		"fin-wait-2-timer", Deviation, "33", "3.10.8",
		"FIN-WAIT-2 ends by a timer, silently, though the peer has not closed",
		"Linux (tcp_fin_timeout), the BSDs, lwIP", onOff,
		func(o *Options) *bool { return &o.FinWait2Timer },
	},
	{
		"listen-drops-syn-fin", Deviation, "37", "3.10.7.2 third",
		"a SYN that carries a FIN is dropped in LISTEN, instead of its FIN being queued",
		"Linux; to the letter it is queued (Solbourne P95043001)", onOff,
		func(o *Options) *bool { return &o.ListenDropsSYNFIN },
	},
	{
		"last-ack-any-ack", Bug, "1", "3.10.7.4 fifth",
		"LAST-ACK closes on any ACK", "smoltcp #470", onOff,
		func(o *Options) *bool { return &o.LastAckAnyACK },
	},
	{
		"data-ack-as-fin-ack", Bug, "2", "3.10.7.4 fifth",
		"in FIN-WAIT-1 an ACK of data is taken as the ACK of the FIN", "seqs #22, gVisor PR 13401", onOff,
		func(o *Options) *bool { return &o.DataACKAsFINACK },
	},
	{
		"fin-ack-one-less", Bug, "3a", "3.10.7.4 fifth",
		"the test for the ACK of the FIN accepts one less", "picotcp #527", onOff,
		func(o *Options) *bool { return &o.FINACKOneLess },
	},
	{
		"fin-ack-one-more", Bug, "3b", "3.10.7.4 fifth",
		"the test for the ACK of the FIN wants one more", "picotcp #527", onOff,
		func(o *Options) *bool { return &o.FINACKOneMore },
	},
	{
		"closing-any-ack", Bug, "4", "3.10.7.4 fifth",
		"CLOSING goes to TIME-WAIT on any ACK", "several small stacks", onOff,
		func(o *Options) *bool { return &o.ClosingAnyACK },
	},
	{
		"fin-not-retransmitted", Bug, "5", "3.10.8",
		"the FIN is never retransmitted", "demikernel #203, zephyr #8188", onOff,
		func(o *Options) *bool { return &o.FINNotRetransmitted },
	},
	{
		"fin-retransmitted-later", Bug, "6", "3.10.8",
		"the FIN is retransmitted one sequence number later", "warp17 #15", onOff,
		func(o *Options) *bool { return &o.FINRetransmittedLater },
	},
	{
		"closing-no-fin-bit", Bug, "7", "3.10.8",
		"the FIN bit is missing from retransmissions in CLOSING", "demikernel #1537, smoltcp #279", onOff,
		func(o *Options) *bool { return &o.ClosingNoFINBit },
	},
	{
		"close-wait-no-retransmission", Bug, "8", "3.10.8",
		"nothing is retransmitted in CLOSE-WAIT", "the Netsem specification itself, utcp #24", onOff,
		func(o *Options) *bool { return &o.CloseWaitNoRetransmission },
	},
	{
		"fin-across-hole", Bug, "9", "3.10.7.4 eighth",
		"a FIN is accepted across a hole", "smoltcp #111, picotcp #124", onOff,
		func(o *Options) *bool { return &o.FINAcrossHole },
	},
	{
		"fin-old-ack-dropped", Bug, "11", "3.10.7.4 fifth",
		"a FIN is dropped for its old SEG.ACK", "Linux, \"accept old ack during closing\", 2024", onOff,
		func(o *Options) *bool { return &o.FINOldACKDropped },
	},
	{
		"skip-time-wait", Bug, "16", "3.10.7.4 eighth",
		"TIME-WAIT is skipped", "Scarlet #456", onOff,
		func(o *Options) *bool { return &o.SkipTimeWait },
	},
	{
		"rst-wrong-seq", Bug, "22", "3.10.7.1",
		"a RST in reply carries SEG.SEQ instead of SEG.ACK", "zephyr #4420", onOff,
		func(o *Options) *bool { return &o.RSTWrongSEQ },
	},
	{
		"data-counted-twice", Bug, "26", "3.10.7.4 first",
		"retransmitted data is counted twice in FIN-WAIT-1", "zephyr #57509", onOff,
		func(o *Options) *bool { return &o.DataCountedTwice },
	},
	{
		"syn-received-swallows-fin", Bug, "29", "3.10.7.4 eighth",
		"a FIN,ACK in SYN-RECEIVED is acknowledged and forgotten", "a current Go stack", onOff,
		func(o *Options) *bool { return &o.SynReceivedSwallowsFIN },
	},
	{
		"fin-wait-2-drops-data", Bug, "32", "3.10.7.4 seventh",
		"FIN-WAIT-2 acknowledges data and drops it", "Serenity #22475", onOff,
		func(o *Options) *bool { return &o.FinWait2DropsData },
	},
	{
		"second-fin-advances", Bug, "35", "3.10.7.4 eighth",
		"a retransmitted FIN advances RCV.NXT again", "a current Go stack", onOff,
		func(o *Options) *bool { return &o.SecondFINAdvances },
	},
	{
		"eof-lost", Bug, "40", "3.10.7.4 eighth",
		"the end of the stream is lost on its way to the user", "esp-lwip #18", onOff,
		func(o *Options) *bool { return &o.EOFLost },
	},
	{
		"held-fin-lost", Bug, "10a", "3.10.7.4 first",
		"a FIN that arrives out of order is not held", "demikernel #1441", onOff,
		func(o *Options) *bool { return &o.HeldFINLost },
	},
	{
		"held-fin-early", Bug, "10b", "3.10.7.4 eighth",
		"a held FIN is applied as soon as any text is in order", "FreeBSD D30497", onOff,
		func(o *Options) *bool { return &o.HeldFINEarly },
	},
	{
		"time-wait-ignores-fin", Bug, "13", "3.10.7.4 eighth",
		"TIME-WAIT ignores a retransmitted FIN", "zephyr #46407", onOff,
		func(o *Options) *bool { return &o.TimeWaitIgnoresFIN },
	},
	{
		"time-wait-not-restarted", Bug, "14", "3.10.7.4 eighth",
		"a retransmitted FIN is acknowledged in TIME-WAIT, but does not restart 2MSL", "tricep #104", onOff,
		func(o *Options) *bool { return &o.TimeWaitNotRestarted },
	},
	{
		"closing-no-timer", Bug, "15", "3.10.7.4 fifth",
		"no 2MSL timer runs when TIME-WAIT is entered from CLOSING", "mirage-tcpip #489", onOff,
		func(o *Options) *bool { return &o.ClosingNoTimer },
	},
	{
		"reply-carries-fin", Bug, "19", "3.10.7.4 first",
		"the reply to a segment that is not acceptable carries the FIN", "draft-gont-tcpm-tcp-seq-validation", onOff,
		func(o *Options) *bool { return &o.ReplyCarriesFIN },
	},
	{
		"rst-answered", Bug, "21", "3.10.7.1",
		"a RST is answered", "smoltcp #338", onOff,
		func(o *Options) *bool { return &o.RSTAnswered },
	},
	{
		"rst-not-validated", Bug, "23", "3.10.7.4 second",
		"a RST is believed whatever its sequence number", "tricep #32", onOff,
		func(o *Options) *bool { return &o.RSTNotValidated },
	},
	{
		"syn-received-close-deletes", Bug, "30", "3.10.4",
		"CLOSE in SYN-RECEIVED deletes the TCB", "CVE-2024-36905, gVisor #6067", onOff,
		func(o *Options) *bool { return &o.SynReceivedCloseDeletes },
	},
	{
		"fin-ack-means-closing", Bug, "31", "3.3.2 note 2",
		"FIN-WAIT-1 goes to CLOSING on a FIN that acknowledges its own", "elks #1001, seqs #19", onOff,
		func(o *Options) *bool { return &o.FINACKMeansClosing },
	},
	{
		"last-ack-stuck", Bug, "34", "3.10.7.4 fifth",
		"LAST-ACK is not left on the ACK of its FIN", "FreeBSD SA-15:13", onOff,
		func(o *Options) *bool { return &o.LastAckStuck },
	},
	{
		"fin-hides-ack", Bug, "38", "3.10.7.4 fifth",
		"the ACK field of a segment with FIN is ignored", "picotcp #310", onOff,
		func(o *Options) *bool { return &o.FINHidesACK },
	},
	{
		"time-wait-panics", Bug, "41", "3.10.7.4 fifth",
		"an acceptable ACK in TIME-WAIT panics", "a current Go stack", onOff,
		func(o *Options) *bool { return &o.TimeWaitPanics },
	},
	{
		"half-close-resets", Bug, "42", "3.10.7.4 eighth",
		"the peer's half-close is answered by a RST", "ombrac #400", onOff,
		func(o *Options) *bool { return &o.HalfCloseResets },
	},
	{
		"acks-acks", Bug, "", "3.4",
		"ESTABLISHED acknowledges bare ACKs: \"we would wind up ACKing ACKs!\"", "what 3.5 warns of", onOff,
		func(o *Options) *bool { return &o.ACKsACKs },
	},
	{
		"abort-silent", Bug, "", "3.10.5",
		"ABORT sends no RST", "stacks that forget an aborted connection", onOff,
		func(o *Options) *bool { return &o.AbortSilent },
	},
	{
		"last-ack-time-wait", Bug, "", "3.3.2 figure 5",
		"LAST-ACK goes to TIME-WAIT, an arrow that the figure lacks", "a common misreading of the figure", onOff,
		func(o *Options) *bool { return &o.LastAckTimeWait },
	},
	{
		"fin-without-number", Bug, "", "3.4",
		"the FIN occupies no sequence number: it is acknowledged with the octet before it", "what a FIN as a mere flag would be", onOff,
		func(o *Options) *bool { return &o.FINWithoutNumber },
	},
	{
		"closed-silent", Bug, "", "3.10.7.1",
		"CLOSED answers nothing", "a host behind a filter that drops", onOff,
		func(o *Options) *bool { return &o.ClosedSilent },
	},
	{
		"close-flushes", Bug, "", "3.10.4",
		"CLOSE throws away what is queued and not yet sent: the FIN does not wait for it", "what 3.10.4 forbids", onOff,
		func(o *Options) *bool { return &o.CloseFlushes },
	},
	{
		"held-hides-ack", Bug, "", "3.10.7.4 fifth",
		"the ACK field of a segment that is out of order is not read", "a hold queue in front of the fifth check", onOff,
		func(o *Options) *bool { return &o.HeldHidesACK },
	},
	{
		"closing-skipped", Bug, "", "3.3.2 figure 5",
		"FIN-WAIT-1 goes to TIME-WAIT on any FIN: there is no CLOSING", "a common misreading of the figure", onOff,
		func(o *Options) *bool { return &o.ClosingSkipped },
	},
	{
		"last-ack-skipped", Bug, "", "3.3.2 figure 5",
		"CLOSE-WAIT goes to CLOSED with its FIN: there is no LAST-ACK", "the close in two segments", onOff,
		func(o *Options) *bool { return &o.LastAckSkipped },
	},
	{
		"fin-before-ack-ignored", Bug, "12", "3.3.2 note 2",
		"in FIN-WAIT-1 a FIN that overtakes the ACK of ours is ignored: it is not expected before FIN-WAIT-2",
		"Linux 9603d47bad46", onOff,
		func(o *Options) *bool { return &o.FINBeforeACKIgnored },
	},
	{
		"close-unread-sends-fin", Bug, "24", "3.6.1",
		"a half-duplex CLOSE throws away what is unread, and sends a FIN as if all had been read",
		"gVisor #1449, RFC 2525 2.17", onOff,
		func(o *Options) *bool { return &o.CloseUnreadSendsFIN },
	},
	{
		"data-after-close-acked", Bug, "25", "3.6.1",
		"data that arrives after a half-duplex CLOSE is acknowledged and thrown away",
		"nuttx #8915, RFC 2525 2.16", onOff,
		func(o *Options) *bool { return &o.DataAfterCloseAcked },
	},
	{
		"close-stops-probes", Bug, "27", "3.8.6.1",
		"CLOSE stops the persist timer: behind a full window neither text nor FIN is ever probed with",
		"gVisor #13393, Linux bac76cf89816", onOff,
		func(o *Options) *bool { return &o.CloseStopsProbes },
	},
	{
		"syn-received-rst-needs-ack", Bug, "39", "3.10.7.4 second",
		"a RST without ACK is ignored in SYN-RECEIVED", "Linux 2.4.19, found by CMC", onOff,
		func(o *Options) *bool { return &o.SynReceivedRSTNeedsACK },
	},
	{
		"challenge-echoes", Bug, "20", "3.10.7.4 second",
		"the challenge ACK for a RST acknowledges the RST's own number, not RCV.NXT", "FreeRTOS-Plus-TCP #1235, smoltcp #29", onOff,
		func(o *Options) *bool { return &o.ChallengeEchoes },
	},
	{
		"fin-without-ack", Bug, "36", "3.10.7.4 fifth",
		"a FIN without ACK is accepted", "tricep #120", onOff,
		func(o *Options) *bool { return &o.FINWithoutACK },
	},
	{
		"text-after-fin-advances", Bug, "35b", "3.10.7.4 seventh",
		"text beyond the FIN advances RCV.NXT", "a current Go stack", onOff,
		func(o *Options) *bool { return &o.TextAfterFINAdvances },
	},
	{
		"new-fin-advances", Bug, "35c", "3.10.7.4 eighth",
		"a second FIN, at a new sequence number, advances RCV.NXT over itself again",
		"RFC 9293 to the letter: the eighth check excepts no state", onOff,
		func(o *Options) *bool { return &o.NewFINAdvances },
	},
}
