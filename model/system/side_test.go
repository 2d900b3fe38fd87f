package system

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"finwait/model"
)

// seg is a bare ACK of A, from ESTABLISHED, with the given numbers.
func seg(seq, ack model.Seq) model.Segment { return model.Segment{SEQ: seq, ACK: ack, CTL: model.ACK} }

// In a bag an identical segment absorbs another; a FIFO keeps both.
func TestAbsorption(t *testing.T) {
	bag := newSystem(t, scenario(t, "close", 0, 0))
	side := started(bag)[0]
	bag.put(&side, seg(2, 1))
	bag.put(&side, seg(1, 1))
	bag.put(&side, seg(2, 1))
	assert.Equal(t, []model.Segment{seg(1, 1), seg(2, 1)}, side.InFlight(), "in order, and each once")
	assert.True(t, bag.fits(&side, seg(1, 1), 2), "a copy always fits")
	assert.False(t, bag.fits(&side, seg(3, 1), 2), "another does not")

	queue := newSystem(t, scenario(t, "close", 0, 0, fifo))
	side = started(queue)[0]
	queue.put(&side, seg(2, 1))
	queue.put(&side, seg(1, 1))
	queue.put(&side, seg(2, 1))
	assert.Equal(t, []model.Segment{seg(2, 1), seg(1, 1), seg(2, 1)}, side.InFlight(), "as they were sent")
	assert.False(t, queue.fits(&side, seg(1, 1), 3), "a copy needs a place too")
	assert.True(t, queue.fits(&side, seg(1, 1), 4))
}

// The order of a bag looks at every field of a segment, and is one of relative
// numbers.
func TestOrder(t *testing.T) {
	b := newSystem(t, scenario(t, "close", 0, 0, isn(1<<32-2, 1<<32-3)))
	base := model.Segment{SEQ: 1<<32 - 1, ACK: 1<<32 - 1, CTL: model.ACK}
	compare := b.order(0)
	assert.Zero(t, compare(base, base))
	for name, change := range map[string]func(*model.Segment){
		"SEQ, past the wrap": func(g *model.Segment) { g.SEQ += 2 },
		"ACK, past the wrap": func(g *model.Segment) { g.ACK += 2 },
		"TXT":                func(g *model.Segment) { g.TXT++ },
		"CTL":                func(g *model.Segment) { g.CTL |= model.URG },
		"OCT":                func(g *model.Segment) { g.OCT++ },
		"WND":                func(g *model.Segment) { g.WND++ },
	} {
		g := base
		change(&g)
		assert.Positive(t, compare(g, base), name)
		assert.Negative(t, compare(base, g), name)
	}
	without := model.Segment{SEQ: base.SEQ, ACK: 77, CTL: model.SYN}
	other := without
	other.ACK = 78
	assert.Zero(t, compare(without, other), "an ACK field without the bit says nothing")
}

// without takes one segment out and leaves the others as they were.
func TestWithout(t *testing.T) {
	b := newSystem(t, scenario(t, "close", 0, 0))
	side := started(b)[0]
	for i := range model.Seq(3) {
		b.put(&side, seg(i+1, 1))
	}
	assert.Equal(t, []model.Segment{seg(2, 1), seg(3, 1)}, new(without(side, 0)).InFlight())
	assert.Equal(t, []model.Segment{seg(1, 1), seg(3, 1)}, new(without(side, 1)).InFlight())
	assert.Equal(t, []model.Segment{seg(1, 1), seg(2, 1)}, new(without(side, 2)).InFlight())
	assert.Len(t, side.InFlight(), 3, "the side itself is as it was")
}

// Every end has words of its own.
func TestEndString(t *testing.T) {
	seen := map[string]bool{}
	for e := NotEnded; e <= EndedByDefects; e++ {
		assert.NotEmpty(t, e.String())
		assert.False(t, seen[e.String()], "%v", e)
		seen[e.String()] = true
	}
	assert.Equal(t, "LAST-ACK", EndedLastAck.String())
}
