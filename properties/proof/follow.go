package proof

import (
	"sync"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// Followed is a side of a system that is followed: in CLOSED the machine forgets, and the
// proof does not, so what it knew last goes with it.
type Followed struct {
	system.Side
	Past View // in CLOSED; zero before
}

// view is what the proof sees of the side.
func (f *Followed) view() View {
	v := f.Past
	if f.State != model.Closed {
		v = viewOf(&f.TCB)
	}
	v.Dl, v.Eof, v.Hole = int32(f.User.Next), f.User.EOF, f.User.Hole
	return v
}

// Follower is a system whose sides are followed. It is a checker.Component.
type Follower struct {
	*system.System
	// Octets picks the octets to judge by, of those from 0 to last; nil: every one.
	Octets func(last int32) []int32
}

func (f Follower) octets(last int32) []int32 {
	if f.Octets != nil {
		return f.Octets(last)
	}
	list := make([]int32, last+1)
	for x := range list {
		list[x] = int32(x) //nolint:gosec // not more than last
	}
	return list
}

// Move is a step of a side, as the checker has it.
type Move = struct {
	Kind   uint8
	Action system.Action
	Next   Followed
	Need   uint64
}

func (f Follower) follow(s *Followed, a system.Action, next system.Side) Followed {
	to := Followed{Side: next}
	if next.State != model.Closed {
		return to
	}
	v := s.view()
	if a.Kind.Asks() {
		list, _ := f.Happenings(s.Side, a)
		for i := range list {
			v = v.after(&list[i])
		}
	}
	v.Dl, v.Eof, v.Hole = 0, false, false // the user's record has them
	to.Past = v
	return to
}

// Init yields the initial state.
func (f Follower) Init(yield func(a, b Followed) bool) {
	f.System.Init(func(x, y system.Side) bool { return yield(Followed{Side: x}, Followed{Side: y}) })
}

// Moves appends the moves of a side.
func (f Follower) Moves(s Followed, buf []Move) []Move {
	for _, m := range f.System.Moves(s.Side, nil) {
		next := Followed{m.Next, s.Past}
		if m.Kind == checker.Local {
			next = f.follow(&s, m.Action, m.Next)
		}
		buf = append(buf, Move{m.Kind, m.Action, next, m.Need})
	}
	return buf
}

// Accept appends what becomes of a side when a segment arrives.
func (f Follower) Accept(s Followed, a system.Action, buf []Move) []Move {
	for _, m := range f.System.Accept(s.Side, a, nil) {
		buf = append(buf, Move{m.Kind, m.Action, f.follow(&s, a, m.Next), m.Need})
	}
	return buf
}

// Facts is what the other side's guards may see.
func (f Follower) Facts(s Followed) uint64 { return f.System.Facts(s.Side) }

// Encode appends the content of a side.
func (f Follower) Encode(dst []byte, s Followed) []byte {
	dst = f.System.Encode(dst, s.Side)
	if s.State == model.Closed {
		p := &s.Past
		for _, n := range []int32{p.Una, p.Nxt, p.Wr, p.Rcv, p.Read, int32(p.End)} {
			dst = append(dst, byte(n), byte(n>>8), byte(n>>16), byte(n>>24)) //nolint:gosec // its four octets
		}
		dst = append(dst, byte(bit(p.Cl)), byte(bit(p.Rf)), byte(bit(p.Told)))
	}
	return dst
}

// Judges is a pool of judges of one theory: for concurrent use.
type Judges struct{ pool sync.Pool }

// NewJudges makes the pool.
func NewJudges() *Judges {
	return &Judges{sync.Pool{New: func() any { return NewJudge(New()) }}}
}

func (j *Judges) with(do func(*Judge) error) error {
	one, _ := j.pool.Get().(*Judge)
	defer j.pool.Put(one)
	return do(one)
}

// InState judges a state of the system, for every octet of both streams.
func (f Follower) InState(j *Judges, a, b *Followed) error {
	views := [2]View{a.view(), b.view()}
	flight := [2][]model.Segment{a.InFlight(), b.InFlight()}
	return j.with(func(one *Judge) error {
		for _, x := range f.octets(max(views[0].Wr, views[1].Wr)) {
			if err := one.State(&views, &flight, f.ISS, x); err != nil {
				return err
			}
		}
		return nil
	})
}

// Half is what happens to one side in a transition of a system that is followed.
type Half = checker.SideStep[Followed, system.Action]

// InHalf judges one half of a transition: what the machine is asked in it, and
// that nothing else changes, for every octet of both streams. Where the other
// side has a say, in the TIME-WAIT timeout, it is left out: [Follower.InTimeWait].
func (f Follower) InHalf(j *Judges, h *Half) error {
	v, to := h.From.view(), h.To.view()
	if !h.Action.Kind.Asks() || h.Kind == checker.Offer {
		if v != to {
			return &Refused{h.Action.String(), "a side changes that was not asked"}
		}
		return nil
	}
	return f.asked(j, h.From, nil, h.Action, &to)
}

// InTimeWait judges the TIME-WAIT timeout of a side, with the peer as it is.
func (f Follower) InTimeWait(j *Judges, s, peer, to *Followed) error {
	v, after := peer.view(), to.view()
	return f.asked(j, s, &v, system.Action{Kind: system.TimeWaitExpire}, &after)
}

func (f Follower) asked(j *Judges, s *Followed, peer *View, a system.Action, to *View) error {
	list, _ := f.Happenings(s.Side, a)
	if len(list) == 0 {
		return &Refused{a.String(), "the machine panics"}
	}
	return j.with(func(one *Judge) error {
		first := s.view()
		for _, x := range f.octets(max(first.Wr, to.Wr, first.Rcv, to.Rcv, first.HMax, to.HMax)) {
			v := first
			for i := range list {
				next, err := one.Step(int(s.Role), &v, peer, &list[i], f.ISS, x)
				if err != nil {
					return err
				}
				v = next
			}
			if v != *to {
				return &Refused{a.String(), "the side is not what the machine said"}
			}
		}
		return nil
	})
}
