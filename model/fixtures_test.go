package model

// The TCBs that the tests start from, each grown from another. Our initial
// sequence number is 100, the peer's 300; windows have 1000 octets.

const (
	ourISS  Seq    = 100
	peerISS Seq    = 300
	window  uint32 = 1000
)

// but is c, changed a little.
func but(c TCB, change func(*TCB)) TCB {
	change(&c)
	return c
}

func listening() TCB {
	return TCB{State: Listen, Flags: Passive, RCV: RecvVars{WND: window}}
}

func synSent() TCB {
	return TCB{
		State: SynSent,
		SND:   SendVars{ISS: ourISS, UNA: ourISS, NXT: ourISS + 1, END: ourISS + 1},
		RCV:   RecvVars{WND: window},
	}
}

// synReceived comes from an active OPEN; synReceivedPassive from LISTEN.
func synReceived() TCB {
	return but(synSent(), func(c *TCB) {
		c.State = SynReceived
		c.SND.WND, c.SND.WL1, c.SND.WL2 = window, peerISS, ourISS
		c.RCV = RecvVars{IRS: peerISS, NXT: peerISS + 1, READ: peerISS + 1, WND: window}
	})
}

func synReceivedPassive() TCB {
	return but(synReceived(), func(c *TCB) { c.Flags = Passive })
}

func established() TCB {
	return but(synReceived(), func(c *TCB) {
		c.State = Established
		c.SND.UNA, c.SND.WL1, c.SND.WL2 = ourISS+1, peerISS+1, ourISS+1
	})
}

// finQueued is FIN-WAIT-1 before the FIN is sent, finWait1 after it.
func finQueued() TCB {
	return but(established(), func(c *TCB) { c.State = FinWait1; c.set(CloseCalled) })
}

func finWait1() TCB { return but(finQueued(), func(c *TCB) { c.SND.NXT++ }) }

func finWait2() TCB {
	return but(finWait1(), func(c *TCB) { c.State = FinWait2; c.SND.UNA++ })
}

func closeWait() TCB {
	return but(established(), func(c *TCB) { c.State = CloseWait; c.RCV.NXT++; c.set(FINReceived) })
}

func closing() TCB {
	return but(finWait1(), func(c *TCB) { c.State = Closing; c.RCV.NXT++; c.set(FINReceived) })
}

func closingFINQueued() TCB {
	return but(finQueued(), func(c *TCB) { c.State = Closing; c.RCV.NXT++; c.set(FINReceived) })
}

func lastAck() TCB {
	return but(closeWait(), func(c *TCB) { c.State = LastAck; c.set(CloseCalled); c.SND.NXT++ })
}

func timeWait() TCB {
	return but(closing(), func(c *TCB) { c.State = TimeWait; c.SND.UNA++; c.set(TimerTW) })
}

// resetSent is TIME-WAIT after a RST of our own (note 3).
func resetSent() TCB {
	return but(established(), func(c *TCB) { c.State = TimeWait; c.Flags = RSTSent | EOFTold | TimerTW })
}

// Changes that make sense in many states.

// text queues n octets and sends the first m of them.
func text(n, sent uint32) func(*TCB) {
	return func(c *TCB) {
		fin := c.FINSent()
		c.SND.END = c.SND.END.Add(n)
		c.SND.NXT = c.SND.NXT.Add(sent)
		if fin && sent != n {
			panic("the FIN was sent before the text")
		}
	}
}

func unread(n uint32) func(*TCB) {
	return func(c *TCB) { c.RCV.NXT = c.RCV.NXT.Add(n); c.RCV.WND -= n }
}

func noRoom(c *TCB)   { c.RCV.WND = 0 }
func shut(c *TCB)     { c.SND.WND = 0 }
func owesACK(c *TCB)  { c.set(ACKPending) }
func closed(c *TCB)   { c.set(CloseCalled) }
func noReader(c *TCB) { c.set(NoReader | EOFTold | CloseCalled) }

func wants(n uint32) func(*TCB) { return func(c *TCB) { c.RCV.WANT = n } }

// holds keeps text from RCV.NXT+lo to RCV.NXT+hi.
func holds(lo, hi uint32) func(*TCB) {
	return func(c *TCB) {
		c.Held[c.NumHeld] = Range{c.RCV.NXT.Add(lo), c.RCV.NXT.Add(hi)}
		c.NumHeld++
	}
}

func holdsFIN(at uint32) func(*TCB) {
	return func(c *TCB) { c.set(FINHeld); c.RCV.FIN = c.RCV.NXT.Add(at) }
}

// leftover is CLOSED with n octets unread, and the end of the stream if eof.
func leftover(n uint32, eof bool) TCB {
	c := TCB{RCV: RecvVars{IRS: peerISS, NXT: peerISS + 1, READ: peerISS + 1}}
	c.RCV.NXT = c.RCV.NXT.Add(n)
	if eof {
		c.RCV.NXT++
		c.set(FINReceived)
	}
	return c
}

func with(c TCB, changes ...func(*TCB)) TCB {
	for _, change := range changes {
		change(&c)
	}
	return c
}
