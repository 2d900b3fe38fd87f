package properties

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// closeWait: A has received the FIN of B and called CLOSE; pending, it has
// still to acknowledge it.
func closeWait(pending bool) func(a, b *system.Side) {
	return func(a, _ *system.Side) {
		a.State, a.RCV.NXT, a.GotFIN, a.User.Closed = model.CloseWait, 2, true, true
		a.Flags = model.FINReceived | model.EOFTold | model.CloseCalled
		if pending {
			a.Flags |= model.ACKPending
		}
	}
}

// both is a change of each of the two sides.
func both(f func(*system.Side)) func(a, b *system.Side) {
	return func(a, b *system.Side) { f(a); f(b) }
}

// oneOf is a change of A only.
func oneOf(f func(*system.Side)) func(a, b *system.Side) {
	return func(a, _ *system.Side) { f(a) }
}

func inState(s model.State) func(*system.Side) { return func(x *system.Side) { x.State = s } }

func holdsFIN(x *system.Side) { x.Flags |= model.FINHeld; x.RCV.FIN = x.RCV.NXT + 1 }

func holdsText(x *system.Side) {
	x.Held[0], x.NumHeld = model.Range{Lo: x.RCV.NXT + 1, Hi: x.RCV.NXT + 2}, 1
}

// fourth is a side of a simultaneous close whose FIN has arrived, and which has
// still to acknowledge the other's.
func fourth(x *system.Side) {
	x.State, x.SND.NXT, x.RCV.NXT, x.GotFIN, x.FINAt = model.Closing, 2, 2, true, 1
	x.User.Closed, x.User.EOF = true, true
	x.Flags = model.CloseCalled | model.FINReceived | model.EOFTold | model.ACKPending
}

func finWait2(a, b *system.Side) { finOutstanding(a, b); a.State, a.SND.UNA = model.FinWait2, 2 }

func witnessCases(t *testing.T) []judged {
	t.Helper()
	const found, missing = checker.Holds, checker.Violated
	b := newSystem(t, scenario(t, "close", 2, 2))
	var list []judged
	stays := func(claim, what string, want checker.Verdict, change func(a, b *system.Side)) {
		list = append(list, judged{claim, what, want, b, still(start(b, change)), checker.NoLoop})
	}
	does := func(claim, what string, want checker.Verdict, change func(a, b *system.Side), a system.Action) {
		list = append(list, judged{claim, what, want, b, local(t, b, start(b, change), a), checker.NoLoop})
	}
	gets := func(claim, what string, want checker.Verdict, change func(a, b *system.Side), g model.Segment) {
		list = append(list, judged{claim, what, want, b, arrival(t, b, start(b, change), g), checker.NoLoop})
	}
	sendFIN := system.Action{Kind: system.Transmit, FIN: true}
	text := model.Segment{SEQ: 1, ACK: 1, TXT: 1, CTL: model.ACK}
	fin := model.Segment{SEQ: 1, ACK: 2, CTL: model.FIN | model.ACK}
	unchanged := func(_, _ *system.Side) {}

	does("three-segment-close", "the ACK goes with the FIN", found, closeWait(true), sendFIN)
	does("three-segment-close", "the ACK has gone before", missing, closeWait(false), sendFIN)
	does("four-segment-close", "the ACK has gone before", found, closeWait(false), sendFIN)
	does("four-segment-close", "the ACK goes with the FIN", missing, closeWait(true), sendFIN)

	stays("both-closing", "both", found, both(inState(model.Closing)))
	stays("both-closing", "one", missing, oneOf(inState(model.Closing)))
	stays("both-time-wait", "both", found, both(inState(model.TimeWait)))
	stays("both-time-wait", "one", missing, oneOf(inState(model.TimeWait)))
	stays("held-fin", "held", found, oneOf(holdsFIN))
	stays("held-fin", "text is held", missing, oneOf(holdsText))
	stays("queued-fin", "behind text", found, closeQueued)
	stays("queued-fin", "text alone", missing, queued)
	stays("queued-fin", "all is sent", missing, finOutstanding)

	gets("fin-again-in-time-wait", "the FIN again", found, timeWait, fin)
	gets("fin-again-in-time-wait", "an ACK", missing, timeWait, ack(2, 2))
	gets("data-after-half-close", "text in FIN-WAIT-2", found, finWait2, model.Segment{SEQ: 1, ACK: 2, TXT: 1, CTL: model.ACK})
	gets("data-after-half-close", "text in FIN-WAIT-1", missing, finOutstanding, text)
	gets("note-2", "a FIN that acknowledges the own", found, finOutstanding, fin)
	gets("note-2", "a FIN that does not", missing, finOutstanding, model.Segment{SEQ: 1, ACK: 1, CTL: model.FIN | model.ACK})

	stays("simultaneous-in-four", "both FINs have arrived", found, both(fourth))
	stays("simultaneous-in-four", "one has not", missing, oneOf(fourth))
	stays("simultaneous-in-four", "with octets", missing, both(func(x *system.Side) { fourth(x); x.User.Sent = 1 }))
	stays("simultaneous-in-four", "one is still under way", missing, func(x, y *system.Side) {
		fourth(x)
		fourth(y)
		x.Net[0], x.NumNet = fin, 1
	})
	stays("simultaneous-in-four", "one is acknowledged", missing, func(x, y *system.Side) {
		fourth(x)
		fourth(y)
		y.Flags &^= model.ACKPending
	})

	does("ack-pending-at-close", "pending", found, oneOf(func(x *system.Side) { x.Flags = model.ACKPending }), system.Action{Kind: system.Close})
	does("ack-pending-at-close", "none", missing, unchanged, system.Action{Kind: system.Close})

	acked := oneOf(func(x *system.Side) {
		x.SND = model.SendVars{UNA: 2, NXT: 2, END: 2, ACKED: 1, WND: x.SND.WND}
		x.User.Sent = 1
	})
	gets("in-order-fin-old-ack", "an old SEG.ACK", found, acked, model.Segment{SEQ: 1, ACK: 1, CTL: model.FIN | model.ACK})
	gets("in-order-fin-old-ack", "the newest SEG.ACK", missing, acked, fin)
	gets("in-order-fin-old-ack", "not in order", missing, acked, model.Segment{SEQ: 2, ACK: 1, CTL: model.FIN | model.ACK})

	stays("both-holding", "text and a FIN", found, func(x, y *system.Side) { holdsText(x); holdsFIN(y) })
	stays("both-holding", "one of them", missing, oneOf(holdsText))
	stays("text-held-in-fin-wait-2", "in FIN-WAIT-2", found, func(x, y *system.Side) { finWait2(x, y); holdsText(x) })
	stays("text-held-in-fin-wait-2", "in ESTABLISHED", missing, oneOf(holdsText))
	gets("text-and-fin-behind-hole", "both", found, unchanged, model.Segment{SEQ: 2, ACK: 1, TXT: 1, CTL: model.FIN | model.ACK})
	gets("text-and-fin-behind-hole", "a FIN", missing, unchanged, model.Segment{SEQ: 2, ACK: 1, CTL: model.FIN | model.ACK})
	gets("text-and-fin-behind-hole", "text", missing, unchanged, model.Segment{SEQ: 2, ACK: 1, TXT: 1, CTL: model.ACK})
	gets("text-and-fin-behind-hole", "no hole", missing, unchanged, model.Segment{SEQ: 1, ACK: 1, TXT: 1, CTL: model.FIN | model.ACK})
	return slices.Concat(list, windowWitnessCases(t), clockWitnessCases(t))
}

// The witnesses, found and missed in runs that are made up.
func TestWitnesses(t *testing.T) {
	seen := check(t, slices.Concat(witnessCases(t), againWitnessCases(t), thirdPartyRuns(t)))
	for _, c := range Catalogue() {
		if c.Kind == Witness {
			assert.True(t, seen[c.Name], "%s must be seen to be found and to be missed", c.Name)
			assert.Empty(t, c.Fairness, c.Name)
		}
	}
}
