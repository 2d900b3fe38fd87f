package history

import "math/rand/v2"

// Clock decides when, around the moments at which the machine acts for them,
// users call and are answered. A moment always lies within its call: the call
// is made after the user's call before was answered, and at the latest at the
// moment; the answer is seen at the moment or later, before the user's next
// call. That is the truth of any user of the machine, so a clock adds
// concurrency and cannot make a legal run illegal.
type Clock struct {
	// Within draws from lo to hi, both included.
	Within func(lo, hi int64) int64
	// Group draws how many of n octets one write takes, and by which of two
	// writers.
	Group func(n int) (int, User)
}

// Drawn is a clock that draws with a generator: users call early and see
// answers late, by a few moves.
func Drawn(rng *rand.Rand) Clock {
	return Clock{
		Within: func(lo, hi int64) int64 { return lo + rng.Int64N(hi-lo+1) },
		Group:  func(n int) (int, User) { return 1 + rng.IntN(min(n, 3)), Writer1 + User(rng.IntN(2)) },
	}
}

// Eager is the clock of users who wait at once for whatever comes next, and
// are answered without delay; each write is one octet.
func Eager() Clock {
	return Clock{
		Within: func(lo, _ int64) int64 { return lo },
		Group:  func(int) (int, User) { return 1, Writer1 },
	}
}

// span is a call that has to contain the moments from and to.
type span struct {
	op       Op
	from, to int64
}

// History puts the calls around what was noted.
func (r *Recorder) History(c Clock) History {
	var h History
	for side := range r.sides {
		a := &r.sides[side]
		users := [NumUsers][]span{}
		a.write(c, &users)
		for i, m := range a.close {
			users[Closer] = append(users[Closer], span{Op{Kind: CloseWrite + Kind(i), Result: m.result}, m.at, m.at})
		}
		for _, m := range a.reads {
			users[Reader] = append(users[Reader], span{Op{Kind: Read, Data: m.data, Result: m.result}, m.at, m.at})
		}
		for _, m := range a.abort {
			users[Aborter] = append(users[Aborter], span{Op{Kind: Abort}, m.at, m.at})
		}
		for u, spans := range users {
			h = append(h, c.place(side, User(u), spans, r.now+tick)...)
		}
	}
	h.Sort()
	return h
}

// write groups the octets into writes, of the one writer or the other.
func (a *account) write(c Clock, users *[NumUsers][]span) {
	for rest := a.sends; len(rest) > 0; {
		n, u := c.Group(len(rest))
		op := Op{Kind: Write}
		for _, m := range rest[:n] {
			op.Data += m.data
		}
		users[u] = append(users[u], span{op, rest[0].at, rest[n-1].at})
		rest = rest[n:]
	}
	for _, m := range a.refused {
		users[Writer2] = append(users[Writer2], span{Op{Kind: Write, Data: m.data, Result: m.result}, m.at, m.at})
	}
}

// far is by how much a call precedes its moment, and an answer follows it.
const far = 8 * tick

// place puts the calls of one user one after the other around their moments. A
// time-out is of a call that is made at the very end.
func (c Clock) place(side int, u User, spans []span, end int64) []Op {
	var list []Op
	returned := int64(0)
	for i, s := range spans {
		next := end
		if i+1 < len(spans) {
			next = spans[i+1].from
		}
		earliest := max(returned+1, s.from-far)
		if s.op.Kind == Read && s.op.Result == TimedOut {
			earliest = s.from
		}
		o := s.op
		o.Side, o.User = side, u
		o.Call = c.Within(min(earliest, s.from), s.from)
		o.Return = c.Within(s.to, max(s.to, min(next-1, s.to+far)))
		returned = o.Return
		list = append(list, o)
	}
	return list
}
