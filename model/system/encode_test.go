package system

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// encodings are the contents of a graph: its states and its labels.
func encodings(s *System, g *graph) (states, labels map[string]bool) {
	states, labels = map[string]bool{}, map[string]bool{}
	for n := range g.States() {
		v := g.View(n)
		a := s.Encode(nil, *v.A)
		states[string(s.Encode(append(a, '|'), *v.B))] = true
	}
	for e := range g.Edges() {
		labels[string(s.EncodeAction(nil, e.Side, e.Action))] = true
	}
	return states, labels
}

// Equal sides, and only those, have equal content; so have labels.
func TestEncodeTellsApart(t *testing.T) {
	for name, b := range map[string]Bounds{
		"close":              scenario(t, "close", 1, 0, duplicates(1), roomy),
		"half-close":         scenario(t, "half-close", 0, 1, roomy),
		"simultaneous-close": scenario(t, "simultaneous-close", 1, 1, inFlight(1)),
		"loss-free":          scenario(t, "loss-free", 1, 1, roomy),
		"lifecycle":          scenario(t, "lifecycle", 0, 0, roomy),
		"simultaneous-open":  scenario(t, "simultaneous-open", 0, 0, roomy),
		"abort":              scenario(t, "abort", 0, 0, option("rst-carries-ack"), roomy),
		"refused":            scenario(t, "refused", 0, 0),
		"reincarnation":      scenario(t, "reincarnation", 0, 0),
		"crash":              scenario(t, "crash", 0, 0),
		"timed":              scenario(t, "timed", 0, 1),
		"real windows":       scenario(t, "lifecycle", 0, 0, inFlight(1), window(1)),
		"zero-window":        scenario(t, "zero-window", 1, 0, inFlight(1)),
		"half-duplex":        scenario(t, "half-duplex", 0, 1, roomy),
		"injector":           scenario(t, "injector", 0, 0, option("rst-carries-ack")),
	} {
		for _, n := range []model.Seq{0, 1<<32 - 1} {
			s, g := explore(t, with(b, isn(n, n-1)))
			values, contents := map[Side]bool{}, map[string]bool{}
			for side := range sides(g) {
				values[*side] = true
				contents[string(s.Encode(nil, *side))] = true
			}
			assert.Len(t, contents, len(values), "%s: sides", name)
			type label struct {
				side int
				Action
			}
			actions, contents := map[label]bool{}, map[string]bool{}
			for e := range g.Edges() {
				actions[label{e.Side, e.Action}] = true
				contents[string(s.EncodeAction(nil, e.Side, e.Action))] = true
			}
			assert.Len(t, contents, len(actions), "%s: labels", name)
		}
	}
}

// Encode appends, and looks at every field of a side.
func TestEncodeLooksAtEverything(t *testing.T) {
	s := newSystem(t, scenario(t, "close", 1, 1, window(9), inject(1), func(b *Bounds) { b.Crashes[0], b.Reopens[0] = 9, 9 }))
	base := started(s)[0]
	base.Flags |= model.FINHeld
	base.NumHeld, base.NumNet = 1, 1
	changes := map[string]func(*Side){
		"State": func(x *Side) { x.State = model.CloseWait }, "Flags": func(x *Side) { x.Flags |= model.ACKPending },
		"upper flags": func(x *Side) { x.Flags |= model.NoReader },
		"SND.ISS":     func(x *Side) { x.SND.ISS++ }, "SND.UNA": func(x *Side) { x.SND.UNA++ },
		"SND.NXT": func(x *Side) { x.SND.NXT++ }, "SND.END": func(x *Side) { x.SND.END++ },
		"SND.WND": func(x *Side) { x.SND.WND++ }, "SND.WL1": func(x *Side) { x.SND.WL1++ },
		"SND.WL2": func(x *Side) { x.SND.WL2++ }, "SND.ACKED": func(x *Side) { x.SND.ACKED++ },
		"RCV.IRS": func(x *Side) { x.RCV.IRS++ }, "RCV.NXT": func(x *Side) { x.RCV.NXT++ },
		"RCV.READ": func(x *Side) { x.RCV.READ++ }, "RCV.WND": func(x *Side) { x.RCV.WND++ },
		"RCV.WANT": func(x *Side) { x.RCV.WANT++ }, "RCV.FIN": func(x *Side) { x.RCV.FIN++ },
		"Held.Lo": func(x *Side) { x.Held[0].Lo++ }, "Held.Hi": func(x *Side) { x.Held[0].Hi++ },
		"NumHeld": func(x *Side) { x.NumHeld++ }, "NumNet": func(x *Side) { x.NumNet++ },
		"SEQ": func(x *Side) { x.Net[0].SEQ++ }, "WND": func(x *Side) { x.Net[0].WND++ },
		"TXT": func(x *Side) { x.Net[0].TXT++ }, "OCT": func(x *Side) { x.Net[0].OCT++ },
		"CTL":  func(x *Side) { x.Net[0].CTL |= model.FIN },
		"ACK":  func(x *Side) { x.Net[0].CTL |= model.ACK; x.Net[0].ACK++ },
		"Dups": func(x *Side) { x.Dups++ }, "Sent": func(x *Side) { x.User.Sent++ },
		"many Sent": func(x *Side) { x.User.Sent += 256 }, "Next": func(x *Side) { x.User.Next++ },
		"Opened": func(x *Side) { x.User.Opened = false }, "Closed": func(x *Side) { x.User.Closed = true },
		"Abort": func(x *Side) { x.User.Abort = true }, "EOF": func(x *Side) { x.User.EOF = true },
		"Error": func(x *Side) { x.User.Error = true }, "Hole": func(x *Side) { x.User.Hole = true },
		"Ended": func(x *Side) { x.Ended = EndedAbort }, "GotFIN": func(x *Side) { x.GotFIN = true },
		"Broken": func(x *Side) { x.Broken = true }, "FINAt": func(x *Side) { x.FINAt++ },
		"Room":    func(x *Side) { x.Room++ },
		"Crashes": func(x *Side) { x.Crashes++ }, "Incarnation": func(x *Side) { x.Incarnation++ }, "Met": func(x *Side) { x.Met++ },
		"INC":      func(x *Side) { x.Net[0].INC++ },
		"Injected": func(x *Side) { x.Injected++ },
	}
	seen := map[string]string{string(s.Encode(nil, base)): "nothing"}
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		side := base
		changes[name](&side)
		require.NotEqual(t, base, side, name)
		content := string(s.Encode(nil, side))
		assert.Empty(t, seen[content], "a change of %s", name)
		seen[content] = name
	}
	role := base
	role.Role = 1
	assert.NotEqual(t, s.Encode(nil, base), s.Encode(nil, role), "the role")
	assert.Equal(t, append([]byte("abc"), s.Encode(nil, base)...), s.Encode([]byte("abc"), base), "it appends")
}

// The contents of a graph do not depend on the initial sequence numbers, the
// wrap at 2^32 included, nor on which of them begins where.
func TestEncodeIsRelative(t *testing.T) {
	wraps := []model.Seq{1<<32 - 1, 1<<32 - 2, 1<<31 - 1}
	far := []model.Seq{1 << 30, 1<<31 - 2} // 0 is far from both: see TestEncodeAbsoluteZero
	for name, c := range map[string]struct {
		bounds Bounds
		iss    []model.Seq
	}{
		"close":              {scenario(t, "close", 1, 0, inFlight(1)), wraps},
		"half-close":         {scenario(t, "half-close", 0, 1, roomy), wraps},
		"simultaneous-close": {scenario(t, "simultaneous-close", 0, 0, roomy), wraps},
		"loss-free":          {scenario(t, "loss-free", 1, 1, roomy), wraps},
		"abort":              {scenario(t, "abort", 0, 0, roomy), wraps},
		"real windows":       {scenario(t, "close", 1, 0, inFlight(1), window(1)), wraps},
		"lifecycle":          {scenario(t, "lifecycle", 0, 0, inFlight(1)), far},
		"simultaneous-open":  {scenario(t, "simultaneous-open", 0, 0, inFlight(1)), far},
		"refused":            {scenario(t, "refused", 0, 0), far},
		"reincarnation":      {scenario(t, "reincarnation", 0, 0), far},
		"crash":              {scenario(t, "crash", 0, 0), far},
		"opened, windows":    {scenario(t, "lifecycle", 0, 0, inFlight(1), window(1)), far},
		"injector":           {scenario(t, "injector", 0, 0), far},
	} {
		wantStates, wantLabels := encodings(explore(t, with(c.bounds, isn(c.iss[0], c.iss[0]))))
		for _, n := range c.iss {
			states, labels := encodings(explore(t, with(c.bounds, isn(n, n-7))))
			assert.Len(t, states, len(wantStates), name)
			assert.Equal(t, len(wantStates), common(states, wantStates), "%s: states from ISS %d", name, n)
			assert.Equal(t, wantLabels, labels, "%s: labels from ISS %d", name, n)
		}
	}
}

func common(a, b map[string]bool) (n int) {
	for k := range a {
		if b[k] {
			n++
		}
	}
	return n
}

// The RST that answers a segment without ACK has SEQ=0, whatever the initial
// sequence numbers are: its content is always the same, and not that of a
// number of the connection.
func TestEncodeAbsoluteZero(t *testing.T) {
	rst := model.Segment{SEQ: 0, CTL: model.RST | model.ACK}
	content := func(iss model.Seq, g model.Segment) string {
		s := newSystem(t, scenario(t, "lifecycle", 0, 0, isn(iss, 5)))
		g.ACK = 6
		return string(s.EncodeAction(nil, 0, Action{Kind: Deliver, Segment: g}))
	}
	want := content(1<<30, rst)
	for _, iss := range []model.Seq{0, 1, 1<<32 - 1, 1 << 31} {
		assert.Equal(t, want, content(iss, rst), "ISS %d", iss)
		bare := rst
		bare.CTL = model.RST
		bare.SEQ = iss
		assert.NotEqual(t, want, content(iss, bare))
	}
	own := newSystem(t, scenario(t, "abort", 0, 0, option("rst-carries-ack"), isn(50, 60)))
	assert.EqualValues(t, 1, own.relSEQ(model.Segment{SEQ: 51, CTL: model.RST | model.ACK}, 50), "a RST of one's own has a number of the connection")
	assert.EqualValues(t, 1<<32-50, own.relSEQ(rst, 50), "0 too, where every segment has an ACK")
	opening := newSystem(t, scenario(t, "lifecycle", 0, 0, option("rst-carries-ack"), isn(50, 60)))
	assert.EqualValues(t, absoluteSEQ, opening.relSEQ(rst, 50), "the answer to a segment without ACK has not")
	forged := newSystem(t, scenario(t, "injector", 0, 0, option("rst-carries-ack"), isn(50, 60)))
	assert.EqualValues(t, absoluteSEQ, forged.relSEQ(rst, 50), "a third party sends some of those")
	assert.EqualValues(t, 2, forged.relSEQ(model.Segment{SEQ: 52, CTL: model.RST | model.ACK}, 50), "and RSTs at a number of its choice")
}

// A label's content has its side, kind, FIN, octets; its segment where it has one.
func TestEncodeAction(t *testing.T) {
	s := newSystem(t, scenario(t, "close", 0, 0))
	seen := map[string]bool{}
	add := func(side int, a Action) {
		content := string(s.EncodeAction(nil, side, a))
		assert.False(t, seen[content], "%d %v", side, a)
		seen[content] = true
	}
	for side := range 2 {
		for k := range NumKinds {
			add(side, Action{Kind: k})
		}
		for _, k := range []Kind{Transmit, Retransmit} {
			add(side, Action{Kind: k, FIN: true})
			add(side, Action{Kind: k, N: 1})
			add(side, Action{Kind: k, N: 256})
		}
		for _, k := range []Kind{Deliver, Overflow, Duplicate, DuplicateOverflow, Lose, Inject} {
			add(side, Action{Kind: k, Segment: seg(1, 1)})
			add(side, Action{Kind: k, Segment: seg(1, 2)})
			add(side, Action{Kind: k, Segment: seg(2, 1)})
		}
	}
	assert.Equal(t, "x"+string(s.EncodeAction(nil, 1, Action{Kind: Ack})), string(s.EncodeAction([]byte("x"), 1, Action{Kind: Ack})))
}

func TestBits(t *testing.T) {
	assert.Zero(t, bits())
	assert.Equal(t, byte(0b101), bits(true, false, true))
	assert.Equal(t, byte(0b10000000), bits(false, false, false, false, false, false, false, true))
}
