package system

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// open is a side in ESTABLISHED that has what to send: one octet sent, one
// queued, an ACK pending.
func open(s *System) Side {
	side := started(s)[0]
	for range 2 {
		side, _ = s.step(side, Action{Kind: Send})
	}
	side, _ = s.step(side, Action{Kind: Transmit, N: 1})
	side.Net, side.NumNet = [MaxInFlight + 1]model.Segment{}, 0
	side.Flags |= model.ACKPending
	return side
}

// crowd puts n segments in flight that none of the tests sends.
func crowd(s *System, side Side, n int) Side {
	for i := range n {
		s.put(&side, model.Segment{SEQ: 1000 + model.Seq(i), ACK: 1, CTL: model.ACK})
	}
	return side
}

// What an endpoint sends of its own accord waits for room: fewer than K
// segments in flight. The place for a reply is not for it.
func TestSendsWaitForRoom(t *testing.T) {
	for k := 1; k <= MaxInFlight; k++ {
		s := newSystem(t, scenario(t, "abort", 2, 1, inFlight(k)))
		side := open(s)
		for n := 0; n <= k+1; n++ {
			busy := crowd(s, side, n)
			for _, kind := range []Kind{Transmit, Ack, Retransmit, Abort} {
				assert.Equal(t, n < k, len(moves(s, busy, kind)) > 0, "%v with %d of %d in flight", kind, n, k)
			}
			assert.Len(t, moves(s, busy, Close), 1, "CLOSE sends nothing yet: it need not wait")
			assert.Len(t, moves(s, busy, Lose), n)
			assert.Len(t, moves(s, busy, Deliver), n)
		}
	}
}

// The SYN of an active OPEN waits for room as well.
func TestOpenWaitsForRoom(t *testing.T) {
	s := newSystem(t, scenario(t, "refused", 0, 0, inFlight(1)))
	side := started(s)[0]
	assert.Len(t, moves(s, side, ActiveOpen), 1)
	assert.Empty(t, moves(s, crowd(s, side, 1), ActiveOpen))
}

// A retransmission waits while its copy is in flight, also where the network
// would keep both; a pending ACK is absorbed by its copy and settled.
func TestRetransmissionWaitsForItsCopy(t *testing.T) {
	for name, change := range map[string]func(*Bounds){"bag": func(*Bounds) {}, "FIFO": fifo} {
		s := newSystem(t, scenario(t, "close", 2, 1, change))
		side := open(s)
		list := moves(s, side, Retransmit)
		require.Len(t, list, 1, name)
		again := list[0].Next
		require.Len(t, again.InFlight(), 1)
		assert.Empty(t, moves(s, again, Retransmit), "%s: the copy is in flight", name)

		owing := again
		owing.Flags |= model.ACKPending
		acked := moves(s, owing, Ack)
		require.Len(t, acked, 1)
		owing = acked[0].Next
		owing.Flags |= model.ACKPending
		acked = moves(s, owing, Ack)
		if s.FIFO {
			assert.Empty(t, acked, "a FIFO has no room for a third")
			continue
		}
		require.Len(t, acked, 1, "the ACK in flight says the same")
		assert.Len(t, acked[0].Next.InFlight(), 2)
		assert.False(t, acked[0].Next.Is(model.ACKPending))
	}
}

// What is retransmitted is the front of the queue: as much text as a segment
// carries, and the FIN if it fits behind it; the SYN alone.
func TestRetransmissionTakesTheFront(t *testing.T) {
	for _, c := range []struct {
		octets, mss int
		fin         bool
		want        Action
	}{
		{3, 1, false, Action{Kind: Retransmit, N: 1}},
		{3, 2, true, Action{Kind: Retransmit, N: 2}},
		{3, 3, true, Action{Kind: Retransmit, N: 3, FIN: true}},
		{3, 9, true, Action{Kind: Retransmit, N: 3, FIN: true}},
		{3, 9, false, Action{Kind: Retransmit, N: 3}},
		{0, 1, true, Action{Kind: Retransmit, FIN: true}},
	} {
		s := newSystem(t, scenario(t, "close", c.octets, 0, mss(c.mss), inFlight(7)))
		side := started(s)[0]
		take := func(a Action) {
			next, ok := s.step(side, a)
			require.True(t, ok, "%v", a)
			side = next
		}
		for range c.octets {
			take(Action{Kind: Send})
			take(Action{Kind: Transmit, N: 1})
		}
		if c.fin {
			take(Action{Kind: Close})
			take(Action{Kind: Transmit, FIN: true})
		}
		side.Net, side.NumNet = [MaxInFlight + 1]model.Segment{}, 0
		list := moves(s, side, Retransmit)
		require.Len(t, list, 1)
		assert.Equal(t, c.want, list[0].Action)
		s.NoRetransmit = true
		assert.Empty(t, moves(s, side, Retransmit), "the timeout never comes")
	}

	s := newSystem(t, scenario(t, "refused", 0, 0))
	side, ok := s.step(started(s)[0], Action{Kind: ActiveOpen})
	require.True(t, ok)
	side = without(side, 0)
	list := moves(s, side, Retransmit)
	require.Len(t, list, 1)
	assert.Equal(t, Action{Kind: Retransmit}, list[0].Action)
	assert.Equal(t, model.SYN, list[0].Next.Net[0].CTL)
}

// Queued text goes out in segments of every size up to MSS, the FIN with the
// last of it, or alone.
func TestTransmitSizes(t *testing.T) {
	s := newSystem(t, scenario(t, "close", 3, 0, mss(2)))
	side := started(s)[0]
	actions := func() (list []Action) {
		for _, m := range moves(s, side, Transmit) {
			list = append(list, m.Action)
		}
		return list
	}
	assert.Empty(t, actions(), "nothing is queued")
	for range 3 {
		side, _ = s.step(side, Action{Kind: Send})
	}
	assert.Equal(t, []Action{{Kind: Transmit, N: 1}, {Kind: Transmit, N: 2}}, actions())
	side, _ = s.step(side, Action{Kind: Close})
	assert.Equal(t, []Action{{Kind: Transmit, N: 1}, {Kind: Transmit, N: 2}}, actions(), "a FIN waits for the last text")
	side, _ = s.step(side, Action{Kind: Transmit, N: 1})
	assert.Equal(t, []Action{{Kind: Transmit, N: 1}, {Kind: Transmit, N: 2}, {Kind: Transmit, N: 2, FIN: true}}, actions())
	side, _ = s.step(side, Action{Kind: Transmit, N: 2})
	side.Net, side.NumNet = [MaxInFlight + 1]model.Segment{}, 0
	assert.Equal(t, []Action{{Kind: Transmit, FIN: true}}, actions(), "nothing but the FIN is left")
}

// The zero-window probe is a move where windows are real.
func TestProbe(t *testing.T) {
	s := newSystem(t, scenario(t, "close", 1, 0, window(1)))
	side, _ := s.step(started(s)[0], Action{Kind: Send})
	assert.Empty(t, moves(s, side, Probe), "the window is open")
	side.SND.WND = 0
	assert.Empty(t, moves(s, side, Transmit), "no room")
	list := moves(s, side, Probe)
	require.Len(t, list, 1)
	assert.Equal(t, uint32(1), list[0].Next.Net[0].TXT)
	s.Window = 0
	assert.Empty(t, moves(s, side, Probe), "windows never change")
}

// A reply may use the place that is kept for it. When that is taken too, the
// delivery is an Overflow: the segment is processed, the reply is lost.
func TestOverflow(t *testing.T) {
	for kind, over := range map[Kind]Kind{Deliver: Overflow, Duplicate: DuplicateOverflow} {
		for k := 1; k <= MaxInFlight; k++ {
			s := newSystem(t, scenario(t, "close", 0, 0, inFlight(k)))
			// A has closed; a copy of an old FIN of its peer must be acknowledged.
			side := started(s)[0]
			fin := model.Segment{SEQ: 1, ACK: 1, CTL: model.FIN | model.ACK}
			side, lost := s.receive(side, Action{Kind: kind, Segment: fin})
			require.False(t, lost, "the first FIN leaves the ACK pending")
			require.Equal(t, model.CloseWait, side.State)
			reply := model.Segment{SEQ: 1, ACK: 2, CTL: model.ACK}
			for n := 0; n <= k+1; n++ {
				busy := crowd(s, side, n)
				list := s.Accept(busy, Action{Kind: kind, Segment: fin}, nil)
				require.Len(t, list, 1)
				want := kind
				if n > k {
					want = over
				}
				assert.Equal(t, Action{Kind: want, Segment: fin}, list[0].Action, "%d of %d in flight", n, k)
				next := list[0].Next
				assert.Equal(t, want == kind, next.has(reply))
				assert.False(t, next.Is(model.ACKPending), "the segment is processed all the same")
			}
			full := crowd(s, side, k)
			s.put(&full, reply)
			list := s.Accept(full, Action{Kind: kind, Segment: fin}, nil)
			require.Len(t, list, 1)
			assert.Equal(t, kind, list[0].Action.Kind, "a copy of the reply absorbs it: no Overflow")
			assert.Equal(t, full.Net, list[0].Next.Net)
		}
	}
}

// A budget of duplications is spent one by one; without end, it is not counted.
func TestDuplicates(t *testing.T) {
	s := newSystem(t, scenario(t, "close", 0, 0, duplicates(2)))
	side := crowd(s, started(s)[0], 2)
	list := moves(s, side, Duplicate)
	require.Len(t, list, 2)
	assert.Equal(t, uint8(1), list[0].Next.Dups)
	assert.Equal(t, side.Net, list[0].Next.Net, "the segment stays")
	list = moves(s, list[0].Next, Duplicate)
	require.Len(t, list, 2)
	assert.Empty(t, moves(s, list[1].Next, Duplicate), "the budget is spent")

	s.Dup = Unlimited
	list = moves(s, side, Duplicate)
	require.Len(t, list, 2)
	assert.Zero(t, list[0].Next.Dups)
}
