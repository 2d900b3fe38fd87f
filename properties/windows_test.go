package properties

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// windowWitnessCases are runs of the witnesses of windows and of lost data.
func windowWitnessCases(t *testing.T) []judged {
	t.Helper()
	const found, missing = checker.Holds, checker.Violated
	b := newSystem(t, scenario(t, "zero-window", 2, 2))
	var list []judged
	gets := func(claim, what string, want checker.Verdict, change func(a, b *system.Side), g model.Segment) {
		list = append(list, judged{claim, what, want, b, arrival(t, b, start(b, change), g), checker.NoLoop})
	}
	fin, open := model.Segment{SEQ: 1, ACK: 1, CTL: model.FIN | model.ACK}, ack(1, 1)
	open.WND = 1
	gets("fin-refused", "no room", found, oneOf(func(x *system.Side) { x.RCV.WND = 0 }), fin)
	gets("fin-refused", "room", missing, oneOf(func(*system.Side) {}), fin)
	gets("fin-refused", "no FIN", missing, oneOf(func(x *system.Side) { x.RCV.WND = 0 }), ack(1, 1))
	probing := func(a, b *system.Side) { finOutstanding(a, b); a.SND.WND = 0 }
	acked := ack(1, 2)
	acked.WND = 1
	gets("probe-reopens", "the ACK of the probe", found, probing, acked)
	gets("probe-reopens", "the window stays closed", missing, probing, ack(1, 2))
	gets("probe-reopens", "an update, and not of the probe", missing, probing, open)
	gets("probe-reopens", "it was open", missing, finOutstanding, acked)

	b = newSystem(t, scenario(t, "half-duplex", 2, 2))
	closes := func(what string, want checker.Verdict, change func(a, b *system.Side)) {
		run := local(t, b, start(b, change), system.Action{Kind: system.Close})
		list = append(list, judged{"unread-at-close", what, want, b, run, checker.NoLoop})
	}
	closes("an octet", found, oneOf(func(x *system.Side) { x.RCV.NXT = 2 }))
	closes("nothing", missing, oneOf(func(*system.Side) {}))
	noReader := func(a, b *system.Side) { finOutstanding(a, b); a.Flags |= model.NoReader | model.EOFTold }
	octet := model.Segment{SEQ: 1, ACK: 1, TXT: 1, CTL: model.ACK}
	gets("data-after-close", "an octet", found, noReader, octet)
	gets("data-after-close", "a bare ACK", missing, noReader, ack(1, 1))
	gets("data-after-close", "before CLOSE", missing, oneOf(func(*system.Side) {}), octet)
	lost := oneOf(func(x *system.Side) { *x = system.Side{Ended: system.EndedDataLost} })
	gets("reset-again", "a segment finds CLOSED", found, lost, octet)
	gets("reset-again", "a RST does, and is not answered", missing, lost, rst(1))
	gets("reset-again", "the data was not lost", missing, oneOf(func(x *system.Side) { *x = system.Side{} }), octet)
	return list
}

// Where windows vary the liveness claims assume more.
func TestAssumes(t *testing.T) {
	c := lookup(t, "quiet")
	assert.Empty(t, c.Assumes(newSystem(t, scenario(t, "close", 1, 1))))
	assert.Equal(t, []string{"msl", "retransmit"}, c.Assumes(newSystem(t, scenario(t, "zero-window", 1, 1))))
	c = lookup(t, "both-close")
	assert.NotContains(t, c.Assumes(newSystem(t, scenario(t, "close", 1, 1))), "msl")
	assert.Contains(t, c.Assumes(newSystem(t, scenario(t, "zero-window", 1, 1))), "msl")
	assert.Contains(t, c.Assumes(newSystem(t, scenario(t, "zero-window", 1, 1))), "close")
}
