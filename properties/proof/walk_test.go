package proof

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

var judges = NewJudges()

// iss are initial sequence numbers; some walks go over 2^32.
func iss(rt *rapid.T, label string) model.Seq {
	return model.Seq(rapid.OneOf(rapid.Uint32(), rapid.Uint32Range(1<<32-200, 1<<32-1), rapid.Just[uint32](1<<31-100)).Draw(rt, label))
}

// A random walk of the system, with hundreds of octets, satisfies relation and invariant at every step.
func TestWalks(t *testing.T) {
	octets, closed, steps, enough := 0, 0, 1500, 100
	if testing.Short() {
		steps, enough = 300, 10
	}
	rapid.Check(t, func(rt *rapid.T) {
		b := system.Bounds{
			Octets:   [2]int{rapid.IntRange(0, 400).Draw(rt, "octets of A"), rapid.IntRange(0, 400).Draw(rt, "octets of B")},
			MSS:      rapid.IntRange(1, 60).Draw(rt, "mss"),
			InFlight: rapid.IntRange(2, system.MaxInFlight).Draw(rt, "in flight"),
			Loss:     true, Dup: system.Unlimited, Start: system.FromEstablished,
			Window:       rapid.SampledFrom([]int{0, 0, 1, 7, 100}).Draw(rt, "window"),
			ReceiveMoves: rapid.Bool().Draw(rt, "receive moves"),
			Aborts:       rapid.IntRange(0, 4).Draw(rt, "aborts") == 0,
			ISS:          [2]model.Seq{iss(rt, "ISS of A"), iss(rt, "ISS of B")},
		}
		s, err := system.New(b)
		require.NoError(rt, err)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0))
		f := Follower{System: s, Octets: func(last int32) []int32 {
			return []int32{0, random.Int32N(last + 1), max(0, last-1), last}
		}}
		w := properties.NewWalk(s)
		now := [2]Followed{{Side: w.State[0]}, {Side: w.State[1]}}
		for range steps {
			next := w.Next()
			if len(next) == 0 {
				break
			}
			step := &next[pick(random, next)]
			then := now
			for i := range then {
				asked := step.Action.Kind.Arrives() == (i != step.Side)
				if asked {
					then[i] = f.follow(&now[i], step.Action, step.To[i])
				} else {
					then[i] = Followed{step.To[i], now[i].Past}
				}
			}
			err := f.whole(judges, step.Side, step.Action, view{A: &now[0], B: &now[1]}, view{A: &then[0], B: &then[1]})
			require.NoError(rt, err, "%s", step.Action)
			require.NoError(rt, f.InState(judges, &then[0], &then[1]))
			now = then
			w.Take(step)
		}
		octets = max(octets, int(now[0].User.Next), int(now[1].User.Next))
		if w.Over() {
			closed++
		}
	})
	t.Logf("up to %d octets delivered; %d walks came to CLOSED x CLOSED", octets, closed)
	assert.Greater(t, octets, enough)
	assert.True(t, testing.Short() || closed > 0)
}

// pick chooses a step: what carries the connection on rather than what stops it.
func pick(random *rand.Rand, list []properties.Transition) int {
	total := 0
	weight := func(t *properties.Transition) int {
		switch t.Action.Kind {
		case system.Send, system.Deliver:
			return 200
		case system.Transmit:
			return 1 + int(t.Action.N)
		case system.Close:
			return 1
		case system.Abort:
			return 0
		case system.Duplicate, system.Overflow, system.DuplicateOverflow, system.Lose:
			return 4
		}
		return 20
	}
	for i := range list {
		total += weight(&list[i])
	}
	if total == 0 || random.IntN(500) == 0 {
		return random.IntN(len(list))
	}
	n := random.IntN(total)
	for i := range list {
		if n -= weight(&list[i]); n < 0 {
			return i
		}
	}
	return 0
}

// anything happens to one endpoint: calls, outputs, timeouts, and segments that
// nobody has sent. The relation asks of a side alone what it does.
func anything(random *rand.Rand, c *model.TCB) model.Event {
	near := func(q model.Seq, below, above int) model.Seq {
		return q + model.Seq(random.IntN(below+above+1)-below) //nolint:gosec // modulo 2^32
	}
	n := uint32(random.IntN(6))
	switch random.IntN(16) {
	case 0:
		return model.Event{Kind: model.CallSEND, N: n}
	case 1:
		if random.IntN(4) > 0 {
			break
		}
		return model.Event{Kind: model.CallCLOSE}
	case 2:
		if !c.Readable() {
			break // one that waits: not modelled, what it would return is read later
		}
		return model.Event{Kind: model.CallRECEIVE, N: 1 + n}
	case 3, 4, 5:
		return model.Event{Kind: model.OutputTransmit, N: n, FIN: random.IntN(3) == 0}
	case 6:
		return model.Event{Kind: model.OutputAck}
	case 7:
		return model.Event{Kind: model.OutputProbe}
	case 8:
		return model.Event{Kind: model.TimeoutRetransmission, Off: uint32(random.IntN(3)), N: n, FIN: random.IntN(2) == 0}
	case 9:
		if random.IntN(30) > 0 {
			break
		}
		return model.Event{Kind: []model.EventKind{model.CallABORT, model.TimeoutUser, model.TimeoutTimeWait}[random.IntN(3)]}
	}
	g := model.Segment{
		SEQ: near(c.RCV.NXT, 4, 6), ACK: near(c.SND.NXT, 4, 1), TXT: n, WND: uint32(random.IntN(20)),
		CTL: []model.Ctl{
			model.ACK, model.ACK, model.ACK, model.ACK | model.FIN, model.ACK | model.FIN, model.RST, model.RST | model.ACK,
			model.FIN, 0, model.SYN, model.SYN | model.ACK, model.SYN | model.FIN | model.ACK,
		}[random.IntN(12)],
	}
	if g.Has(model.RST) && random.IntN(10) > 0 {
		g.CTL, g.SEQ = model.ACK, c.RCV.NXT
	}
	g.OCT = uint32(position(g.SEQ, c.RCV.IRS)) //nolint:gosec // the octet that belongs there
	return model.Arrive(g)
}

// endure lets anything happen to an endpoint, step after step, and returns the
// first step that the relation does not allow.
func endure(o model.Options, random *rand.Rand, iss [2]model.Seq, steps int) error {
	c := model.TCB{
		State: model.Established,
		SND:   model.SendVars{ISS: iss[0], UNA: iss[0] + 1, NXT: iss[0] + 1, END: iss[0] + 1, WND: 8, WL1: iss[1], WL2: iss[0] + 1},
		RCV:   model.RecvVars{IRS: iss[1], NXT: iss[1] + 1, READ: iss[1] + 1, WND: []uint32{0, 1, 5, 30}[random.IntN(4)]},
	}
	v := viewOf(&c)
	for range steps {
		h := system.Happening{Before: c, Event: anything(random, &c)}
		if c.State == model.Closed && h.Event.Kind == model.SegmentArrives && h.Event.Segment.CTL&(model.ACK|model.RST) == 0 {
			continue // the RST that answers has the number 0, wherever the stream begins: no position
		}
		h.After, h.Fx = o.Step(c, h.Event)
		var next View
		err := judges.with(func(j *Judge) (err error) {
			for _, x := range []int32{random.Int32N(1 + max(v.Rcv, v.HMax, v.Wr)), max(0, v.Rcv-1), v.Rcv, v.Rcv + 1 + random.Int32N(4)} {
				if next, err = j.Step(0, &v, nil, &h, iss, x); err != nil {
					break
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		c, v = h.After, next
	}
	return nil
}

// Whatever happens to one endpoint, and whatever segments come, honest or not,
// it does what the relation says.
func TestAnything(t *testing.T) {
	lives := 20
	if testing.Short() {
		lives = 3
	}
	rapid.Check(t, func(rt *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0))
		for range lives {
			require.NoError(rt, endure(model.Options{}, random, [2]model.Seq{iss(rt, "ISS"), iss(rt, "IRS")}, 200))
		}
	})
}
