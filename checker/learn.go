package checker

import "reflect"

// knowledge is the memo together with the values behind its numbers. It is the only place where a component is asked.
type knowledge[S, A comparable] struct {
	memo
	fork    func() Component[S, A] // a component for one worker's use
	cover   func(half SideStep[S, A], yield func(point string))
	workers int

	values  []S      // by number of a side
	actions []A      // by number of an action
	names   []string // of coverage points

	sideOf   map[S]uint32
	actionOf map[A]uint32
	offerOf  map[uint32]uint32 // by action
	needOf   map[uint64]uint32
	pointOf  map[string]uint32
}

func newKnowledge[S, A comparable](fork func() Component[S, A], workers int, cover func(SideStep[S, A], func(string))) *knowledge[S, A] {
	k := &knowledge[S, A]{
		memo: newMemo(), fork: fork, cover: cover, workers: workers,
		values:   make([]S, 1), // number 0 is nobody
		sideOf:   map[S]uint32{},
		actionOf: map[A]uint32{},
		offerOf:  map[uint32]uint32{},
		needOf:   map[uint64]uint32{0: 0},
		pointOf:  map[string]uint32{},
	}
	if cover != nil {
		k.covers = make([]uint32, firstHalf)
	}
	return k
}

// number interns a value: its number is its index in the list.
func number[T comparable](numbers map[T]uint32, list *[]T, v T) uint32 {
	n, ok := numbers[v]
	if !ok {
		n = uint32(len(*list))
		numbers[v] = n
		*list = append(*list, v)
	}
	return n
}

// side interns a side.
func (k *knowledge[S, A]) side(s S) uint32 {
	n := number(k.sideOf, &k.values, s)
	if int(n) == len(k.rows) {
		k.rows = append(k.rows, row{})
		k.answers = append(k.answers, nil)
	}
	return n
}

// reply is what a component said to a chunk of questions: the moves of question i end at ends[i], and the coverage
// points of move j at pointEnds[j].
type reply[S, A comparable] struct {
	moves     []Move[S, A]
	ends      []int
	facts     []uint64
	points    []string
	pointEnds []int
}

const questionsPerChunk = 64

// learnRows asks for the moves and the facts of sides: in parallel, for models may be slow, and then enters the
// answers in the order of the questions, so that numbers do not depend on the workers.
func (k *knowledge[S, A]) learnRows(sides []uint32) {
	replies := k.ask(len(sides), func(c Component[S, A], i int, r *reply[S, A]) {
		s := &k.values[sides[i]]
		begin := len(r.moves)
		r.moves = c.Moves(*s, r.moves)
		r.facts = append(r.facts, c.Facts(*s))
		for j := begin; j < len(r.moves); j++ {
			m := &r.moves[j]
			k.coverHalf(r, SideStep[S, A]{Kind: m.Kind, Action: m.Action, From: s, To: &m.Next})
		}
	})
	for i, s := range sides {
		r := &replies[i/questionsPerChunk]
		lo, hi := r.bounds(i % questionsPerChunk)
		entry := row{first: uint32(len(k.halves)), facts: r.facts[i%questionsPerChunk], known: true}
		for j := lo; j < hi; j++ {
			h := k.half(&r.moves[j])
			if h.kind == Offer {
				entry.offering = true
				h.act = k.offer(h.act)
			}
			k.enter(h, r, j)
		}
		entry.end = uint32(len(k.halves))
		entry.clash = k.clash(k.halves[entry.first:entry.end])
		k.rows[s] = entry
	}
}

// learnAnswers asks how sides answer offers.
func (k *knowledge[S, A]) learnAnswers(questions []question) {
	replies := k.ask(len(questions), func(c Component[S, A], i int, r *reply[S, A]) {
		q := questions[i]
		s := &k.values[q.acceptor]
		begin := len(r.moves)
		r.moves = c.Accept(*s, k.actions[k.offers[q.offer]], r.moves)
		for j := begin; j < len(r.moves); j++ {
			m := &r.moves[j]
			k.coverHalf(r, SideStep[S, A]{Kind: Accept, Action: m.Action, From: s, To: &m.Next})
		}
	})
	for i, q := range questions {
		r := &replies[i/questionsPerChunk]
		lo, hi := r.bounds(i % questionsPerChunk)
		first := uint32(len(k.halves))
		for j := lo; j < hi; j++ {
			h := k.half(&r.moves[j])
			h.kind, h.more = Accept, j+1 < hi
			h.twin = h.act != k.offers[q.offer] || hi-lo > 1
			k.enter(h, r, j)
		}
		if lo == hi {
			first = blocked
		}
		list := &k.answers[q.acceptor]
		k.slots -= int64(cap(*list))
		for len(*list) <= int(q.offer) {
			*list = append(*list, unasked)
		}
		k.slots += int64(cap(*list))
		(*list)[q.offer] = first
	}
}

// ask puts n questions to components, one for each worker, and returns the replies by chunk.
func (k *knowledge[S, A]) ask(n int, one func(c Component[S, A], i int, r *reply[S, A])) []reply[S, A] {
	replies := make([]reply[S, A], (n+questionsPerChunk-1)/questionsPerChunk)
	components := make([]Component[S, A], k.workers)
	for w := range components {
		components[w] = k.fork()
	}
	inChunks(k.workers, 0, n, questionsPerChunk, func(worker, task, lo, hi int) {
		r := &replies[task]
		for i := lo; i < hi; i++ {
			one(components[worker], i, r)
			r.ends = append(r.ends, len(r.moves))
		}
	})
	return replies
}

// bounds is the range of moves that answers question i of a chunk.
func (r *reply[S, A]) bounds(i int) (lo, hi int) {
	if i > 0 {
		lo = r.ends[i-1]
	}
	return lo, r.ends[i]
}

// coverHalf asks the caller for the coverage points of a half-move.
func (k *knowledge[S, A]) coverHalf(r *reply[S, A], h SideStep[S, A]) {
	if k.cover == nil {
		return
	}
	k.cover(h, func(point string) { r.points = append(r.points, point) })
	r.pointEnds = append(r.pointEnds, len(r.points))
}

// half puts a move into numbers.
func (k *knowledge[S, A]) half(m *Move[S, A]) half {
	if m.Kind > Joint {
		panic("checker: a component made a move that is neither Local, Offer nor Joint")
	}
	return half{
		act:  number(k.actionOf, &k.actions, m.Action),
		next: k.side(m.Next),
		need: number(k.needOf, &k.needs, m.Need),
		kind: m.Kind,
	}
}

// offer numbers the offers apart from the other actions, for the answers are tables by offer.
func (k *knowledge[S, A]) offer(act uint32) uint32 { return number(k.offerOf, &k.offers, act) }

// enter appends a half-move to the memo, with the coverage points that the reply has for move j.
func (k *knowledge[S, A]) enter(h half, r *reply[S, A], j int) {
	k.halves = append(k.halves, h)
	if k.cover == nil {
		return
	}
	begin := 0
	if j > 0 {
		begin = r.pointEnds[j-1]
	}
	mine := len(k.points)
next:
	for _, name := range r.points[begin:r.pointEnds[j]] {
		p := number(k.pointOf, &k.names, name)
		for _, q := range k.points[mine:] {
			if p == q {
				continue next // yielded twice
			}
		}
		k.points = append(k.points, p)
	}
	k.covers = append(k.covers, uint32(len(k.points)))
}

// clash tells whether two moves of a side have the same action and the same next side.
func (k *knowledge[S, A]) clash(moves []half) bool {
	act := func(h half) uint32 {
		if h.kind == Offer {
			return k.offers[h.act]
		}
		return h.act
	}
	for i, g := range moves {
		for _, h := range moves[:i] {
			if g.next == h.next && act(g) == act(h) {
				return true
			}
		}
	}
	return false
}

// bytes estimates the memory of the values and the tables.
func (k *knowledge[S, A]) bytes() int64 {
	side := int64(reflect.TypeFor[S]().Size())
	action := int64(reflect.TypeFor[A]().Size())
	const overhead = 12 // of an entry in a map: the number, control bytes and slack
	return k.memo.bytes() +
		int64(cap(k.values))*side + int64(len(k.sideOf))*2*(side+overhead) +
		int64(cap(k.actions))*action + int64(len(k.actionOf))*2*(action+overhead)
}
