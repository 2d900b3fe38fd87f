package main

import (
	"slices"
	"strconv"
	"strings"

	"finwait/model"
)

// numbering is where an endpoint counts from.
type numbering struct{ iss, irs model.Seq }

// base is a typical TCB in a state, made by the machine itself: every state
// grows from another. Where a FIN is ours to send it has been sent; nothing
// else is outstanding, and nobody has sent any octets.
func (n numbering) base(s model.State) model.TCB {
	const wnd = model.DefaultWindow
	step := func(from model.State, e model.Event) model.TCB {
		e.ISS = n.iss
		c, _ := model.Step(n.base(from), e)
		return c
	}
	arrives := func(from model.State, seq, ack model.Seq, ctl model.Ctl) model.TCB {
		return step(from, model.Arrive(model.Segment{SEQ: n.irs + seq, ACK: n.iss + ack, WND: wnd, CTL: ctl}))
	}
	fin := func(c model.TCB) model.TCB {
		c, _ = model.Step(c, model.Event{Kind: model.CallCLOSE})
		c, _ = model.Step(c, model.Event{Kind: model.OutputTransmit, FIN: true})
		return c
	}
	acked := func(c model.TCB) model.TCB { // the ACK that is pending goes out
		c, _ = model.Step(c, model.Event{Kind: model.OutputAck})
		return c
	}
	switch s {
	case model.Listen:
		return step(model.Closed, model.Event{Kind: model.CallPassiveOpen})
	case model.SynSent:
		return step(model.Closed, model.Event{Kind: model.CallActiveOpen})
	case model.SynReceived:
		return step(model.Listen, model.Arrive(model.Segment{SEQ: n.irs, WND: wnd, CTL: model.SYN}))
	case model.Established:
		return acked(arrives(model.SynSent, 0, 1, model.SYN|model.ACK))
	case model.FinWait1:
		return fin(n.base(model.Established))
	case model.FinWait2:
		return arrives(model.FinWait1, 1, 2, model.ACK)
	case model.CloseWait:
		return acked(arrives(model.Established, 1, 1, model.FIN|model.ACK))
	case model.Closing:
		return acked(arrives(model.FinWait1, 1, 1, model.FIN|model.ACK))
	case model.LastAck:
		return fin(n.base(model.CloseWait))
	case model.TimeWait:
		return acked(arrives(model.FinWait2, 1, 2, model.FIN|model.ACK))
	}
	return model.TCB{}
}

// refinement changes a TCB. The refinements are applied in the order of the
// table, whatever the order in which they are given.
type refinement struct {
	name, value, text string
	set               func(c *model.TCB, n numbering, v uint32)
}

var refinements = []refinement{
	{"una", "N", "SND.UNA", func(c *model.TCB, n numbering, v uint32) { c.SND.UNA = n.iss.Add(v) }},
	{"nxt", "N", "SND.NXT", func(c *model.TCB, n numbering, v uint32) { c.SND.NXT = n.iss.Add(v) }},
	{"end", "N", "the number after the last octet that the user has SENT", func(c *model.TCB, n numbering, v uint32) {
		c.SND.END = n.iss.Add(v)
	}},
	{"rcv.nxt", "N", "RCV.NXT; what lies below it is read", func(c *model.TCB, n numbering, v uint32) {
		c.RCV.NXT = n.irs.Add(v)
		allRead(c)
	}},
	{"fin-unsent", "", "our FIN is queued and not sent", func(c *model.TCB, _ numbering, _ uint32) { unsendFIN(c) }},
	{"fin-sent", "", "our FIN is sent", func(c *model.TCB, _ numbering, _ uint32) {
		if c.Is(model.CloseCalled) {
			c.SND.NXT = c.SND.END + 1
		}
	}},
	{"outstanding", "N", "N octets are sent and not acknowledged", func(c *model.TCB, _ numbering, v uint32) {
		c.SND.NXT, c.SND.END = c.SND.NXT.Add(v), c.SND.END.Add(v)
	}},
	{"unsent", "N", "N octets are queued and not sent; so is our FIN", func(c *model.TCB, _ numbering, v uint32) {
		unsendFIN(c)
		c.SND.END = c.SND.END.Add(v)
	}},
	{"unread", "N", "N octets are received and not read", func(c *model.TCB, _ numbering, v uint32) {
		c.RCV.NXT, c.RCV.WND = c.RCV.NXT.Add(v), c.RCV.WND-min(v, c.RCV.WND)
	}},
	{"snd.wnd", "N", "SND.WND", func(c *model.TCB, _ numbering, v uint32) { c.SND.WND = v }},
	{"rcv.wnd", "N", "RCV.WND", func(c *model.TCB, _ numbering, v uint32) { c.RCV.WND = v }},
	{"want", "N", "a RECEIVE of N octets is queued", func(c *model.TCB, _ numbering, v uint32) { c.RCV.WANT = v }},
	{"held", "LO-HI", "octets LO to HI are held out of order; repeatable", nil},
	{"fin-held", "N", "a FIN with sequence number N is held", func(c *model.TCB, n numbering, v uint32) {
		c.RCV.FIN = n.irs.Add(v)
		c.Flags |= model.FINHeld
	}},
	{"ack-pending", "", "an ACK is owed", flag(model.ACKPending)},
	{"close-called", "", "CLOSE is queued (SYN-RECEIVED, CLOSE-WAIT)", flag(model.CloseCalled)},
	{"passive", "", "came from a passive OPEN", flag(model.Passive)},
	{"active", "", "came from an active OPEN", func(c *model.TCB, _ numbering, _ uint32) { c.Flags &^= model.Passive }},
	{"eof-told", "", "the user has read the end of the stream", func(c *model.TCB, _ numbering, _ uint32) {
		c.Flags |= model.EOFTold
		allRead(c)
	}},
	{"no-reader", "", "the user has closed for reading, too", flag(model.NoReader)},
}

// allRead lets the user have read every octet; the FIN is not one.
func allRead(c *model.TCB) {
	c.RCV.READ = c.RCV.NXT
	if c.Is(model.FINReceived) {
		c.RCV.READ--
	}
}

// unsendFIN takes back our FIN, if it is sent and not acknowledged.
func unsendFIN(c *model.TCB) {
	if c.FINSent() && !c.FINAcked() {
		c.SND.NXT--
	}
}

func flag(f model.Flags) func(*model.TCB, numbering, uint32) {
	return func(c *model.TCB, _ numbering, _ uint32) { c.Flags |= f }
}

func refinementNames() []string {
	return namesOf(refinements, func(r refinement) string { return r.name })
}

// stateHelp lists the refinements.
func stateHelp() string {
	var b strings.Builder
	for _, r := range refinements {
		name := r.name
		if r.value != "" {
			name += "=" + r.value
		}
		b.WriteString("  " + pad(name, 18) + r.text + "\n")
	}
	return b.String()
}

func pad(s string, n int) string { return s + strings.Repeat(" ", max(0, n-len(s))) }

// buildTCB makes a TCB of "FIN-WAIT-1,fin-unsent,unsent=2" and more of the like.
func buildTCB(spec string, more []string, n numbering) (model.TCB, error) {
	words := append(strings.Split(spec, ","), more...)
	name := strings.ToUpper(strings.TrimSpace(words[0]))
	s, ok := model.ParseState(name)
	if !ok {
		return model.TCB{}, unknown("state", words[0], stateNames())
	}
	c := n.base(s)
	given := map[string][]string{}
	for _, w := range words[1:] {
		key, value, _ := strings.Cut(strings.TrimSpace(w), "=")
		if !contains(refinementNames(), key) {
			return c, unknown("refinement", key, refinementNames())
		}
		given[key] = append(given[key], value)
	}
	for _, r := range refinements {
		for _, value := range given[r.name] {
			if err := r.apply(&c, n, value); err != nil {
				return c, err
			}
		}
	}
	if err := c.Valid(); err != nil {
		return c, usage("no endpoint can be so: %s", err)
	}
	if c.State == model.LastAck && !c.FINSent() {
		return c, usage("no endpoint can be so: LAST-ACK is entered when the FIN is sent")
	}
	return c, nil
}

func (r refinement) apply(c *model.TCB, n numbering, value string) error {
	if r.set == nil {
		return hold(c, n, value)
	}
	var v uint64
	if r.value != "" {
		var err error
		if v, err = strconv.ParseUint(value, 10, 32); err != nil {
			return usage("%s=%s: %s is not a number", r.name, r.value, quote(value))
		}
	} else if value != "" {
		return usage("%s takes no value", r.name)
	}
	r.set(c, n, uint32(v))
	return nil
}

// hold adds a range that is held out of order.
func hold(c *model.TCB, n numbering, value string) error {
	lo, hi, ok := strings.Cut(value, "-")
	if !ok {
		hi = lo
	}
	from, err := strconv.ParseUint(lo, 10, 31)
	to, err2 := strconv.ParseUint(hi, 10, 31)
	if err != nil || err2 != nil || to < from {
		return usage("held=%s: say the first octet and the last, held=3-4", value)
	}
	if c.NumHeld == model.MaxHeld {
		return usage("held: an endpoint holds at most %d ranges", model.MaxHeld)
	}
	c.Held[c.NumHeld] = model.Range{Lo: n.irs.Add(uint32(from)), Hi: n.irs.Add(uint32(to) + 1)}
	c.NumHeld++
	slices.SortFunc(c.Held[:c.NumHeld], func(a, b model.Range) int { return int(int32(a.Lo - b.Lo)) })
	return nil
}
