package candidates_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"finwait/candidates"
	"finwait/model"
	"finwait/model/system"
)

// check is rapid.Check, with ten times as many checks unless -short.
func check(t *testing.T, property func(*rapid.T)) {
	t.Helper()
	rounds := 10
	if testing.Short() {
		rounds = 1
	}
	for range rounds {
		if rapid.Check(t, property); t.Failed() {
			return
		}
	}
}

// seen is a segment that an observer has seen.
type seen struct {
	fromB bool
	g     model.Segment
}

// point is where an observer stands.
type point int

const (
	atA point = iota
	atB
	between
)

// traffic is a random walk of the system, as somebody sees it.
type traffic struct {
	sys   *system.System
	sides [2]system.Side
	where point
	log   []seen
	onWay [2][]flying // what is between the sides, for an observer between them
}

// flying is a segment that was sent and has not arrived.
type flying struct {
	g      model.Segment
	passed bool // the observer has seen it
}

// walk lets the system do at most so many random steps.
func (w *traffic) walk(t *rapid.T, steps int) {
	for range steps {
		type choice struct {
			side int
			move system.Move
		}
		var choices []choice
		for i, s := range w.sides {
			facts := w.sys.Facts(w.sides[1-i])
			for _, m := range w.sys.Moves(s, nil) {
				if m.Need&^facts == 0 {
					choices = append(choices, choice{i, m})
				}
			}
		}
		if len(choices) == 0 {
			return
		}
		c := choices[rapid.IntRange(0, len(choices)-1).Draw(t, "move")]
		w.do(t, c.side, c.move)
	}
}

func (w *traffic) do(t *rapid.T, side int, m system.Move) {
	before := w.sides[side]
	w.sides[side] = m.Next
	switch {
	case m.Action.Kind.Arrives():
		w.arrives(t, side, m.Action)
		to := w.sides[1-side]
		list, _ := w.sys.Happenings(to, m.Action)
		w.sides[1-side] = w.sys.Accept(to, m.Action, nil)[0].Next
		w.sent(t, 1-side, list)
	case m.Action.Kind == system.Lose:
		w.lost(t, side, m.Action.Segment)
	default:
		list, _ := w.sys.Happenings(before, m.Action)
		w.sent(t, side, list)
	}
}

func (w *traffic) sent(t *rapid.T, side int, list []system.Happening) {
	for _, h := range list {
		if !h.Fx.Sends {
			continue
		}
		w.onWay[side] = append(w.onWay[side], flying{g: h.Fx.Segment})
		if w.where == point(side) {
			w.see(side, h.Fx.Segment)
		}
		w.pass(t)
	}
}

func (w *traffic) see(side int, g model.Segment) {
	g.WND, g.OCT = model.MaxWindow, 0
	w.log = append(w.log, seen{side == 1, g})
}

// pass lets segments come to the observer between the sides, in any order.
func (w *traffic) pass(t *rapid.T) {
	if w.where != between {
		return
	}
	for side := range w.onWay {
		for i := range w.onWay[side] {
			if f := &w.onWay[side][i]; !f.passed && rapid.Bool().Draw(t, "passes") {
				f.passed = true
				w.see(side, f.g)
			}
		}
	}
}

func alike(a, b model.Segment) bool {
	a.WND, a.OCT, b.WND, b.OCT = 0, 0, 0, 0
	return a == b
}

func (w *traffic) find(side int, g model.Segment) int {
	return slices.IndexFunc(w.onWay[side], func(f flying) bool { return alike(f.g, g) })
}

func (w *traffic) arrives(t *rapid.T, side int, a system.Action) {
	if w.where == point(1-side) {
		w.see(side, a.Segment)
		return
	}
	i := w.find(side, a.Segment)
	if w.where != between || i < 0 {
		return
	}
	again := a.Kind == system.Duplicate || a.Kind == system.DuplicateOverflow
	if f := &w.onWay[side][i]; !f.passed {
		f.passed = true
		w.see(side, f.g)
	} else if again && rapid.Bool().Draw(t, "duplicated before") {
		w.see(side, f.g)
	}
	if !again {
		w.onWay[side] = slices.Delete(w.onWay[side], i, i+1)
	}
}

func (w *traffic) lost(t *rapid.T, side int, g model.Segment) {
	i := w.find(side, g)
	if i < 0 {
		return
	}
	if f := w.onWay[side][i]; w.where == between && !f.passed && rapid.Bool().Draw(t, "lost behind") {
		w.see(side, f.g)
	}
	w.onWay[side] = slices.Delete(w.onWay[side], i, i+1)
}

// readings are the options that a conforming endpoint may have.
func readings(t *rapid.T) model.Options {
	var o model.Options
	for _, d := range model.Catalogue() {
		if d.Kind != model.Bug && rapid.IntRange(0, 7).Draw(t, d.Name) == 7 {
			d.Set(&o, true)
		}
	}
	return o
}

var numbers = rapid.OneOf(
	rapid.Uint32(), rapid.SampledFrom([]uint32{0, 1, 1<<32 - 1, 1<<32 - 2, 1<<32 - 3, 1 << 31, 1<<31 - 1}),
)

// anySystem draws a system: all the ways to begin, to lose and to disorder.
func anySystem(t *rapid.T, o model.Options) *system.System {
	b := system.Bounds{
		Octets:   [2]int{rapid.IntRange(0, 8).Draw(t, "octets of A"), rapid.IntRange(0, 8).Draw(t, "octets of B")},
		MSS:      rapid.IntRange(1, 4).Draw(t, "mss"),
		InFlight: rapid.IntRange(1, 5).Draw(t, "in flight"),
		FIFO:     rapid.Bool().Draw(t, "fifo"),
		Loss:     rapid.Bool().Draw(t, "loss"),
		Dup:      rapid.IntRange(0, 2).Draw(t, "dup"),
		ISS:      [2]model.Seq{model.Seq(numbers.Draw(t, "iss of A")), model.Seq(numbers.Draw(t, "iss of B"))},
		Options:  o,
		Start:    rapid.SampledFrom([]system.Start{system.FromClosed, system.FromClosed, system.FromEstablished, system.FromBothClosing}).Draw(t, "start"),
		Opens: [2]system.Open{
			rapid.SampledFrom([]system.Open{system.OpensActive, system.OpensPassive, system.OpensActive}).Draw(t, "A opens"),
			rapid.SampledFrom([]system.Open{system.OpensPassive, system.OpensActive, system.NoOpen, system.OpensPassive}).Draw(t, "B opens"),
		},
		Aborts:       rapid.Bool().Draw(t, "aborts"),
		ReceiveMoves: rapid.Bool().Draw(t, "receive moves"),
		Window:       rapid.SampledFrom([]int{0, 0, 1, 3, 10}).Draw(t, "window"),
		TimeWait:     rapid.SampledFrom([]system.TimeWaitMode{system.TimeWaitGuarded, system.TimeWaitFree}).Draw(t, "time wait"),
	}
	s, err := system.New(b)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// newTraffic begins a walk.
func newTraffic(t *rapid.T, o model.Options, where point) *traffic {
	w := &traffic{sys: anySystem(t, o), where: where}
	w.sys.Init(func(x, y system.Side) bool {
		w.sides = [2]system.Side{x, y}
		return false
	})
	return w
}

// observe is what package explain does: both ends are followed.
func observe(log []seen, complete bool) (trackers [2]*candidates.Tracker, deviation *candidates.Deviation) {
	for side := range trackers {
		from := candidates.FromClosed
		if len(log) == 0 || !log[0].g.Has(model.SYN) || log[0].g.Has(model.ACK) && log[0].fromB != (side == 1) {
			from = candidates.FromMiddle
		}
		trackers[side] = candidates.New(from)
		if complete {
			trackers[side].Complete()
		}
	}
	for i, s := range log {
		from := 0
		if s.fromB {
			from = 1
		}
		if d := trackers[from].Sends(i, s.g); d != nil && deviation == nil {
			deviation = d
		}
		trackers[1-from].Arrives(i, s.g)
	}
	return trackers, deviation
}
