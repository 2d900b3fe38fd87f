package checker

// place is what the matrix engine knows of the sides in one place. They are numbered anew, apart for each place, in
// the order in which they are met there; the moves of each are laid out for the inner loop, with targets in these
// numbers.
type place struct {
	*memo
	number []uint32 // by side: its number in this place, plus one; 0: not met yet
	sides  []uint32 // by number: the side
	actors []actor  // by number
	steps  []step

	// answers has, by offer and by number, what becomes of a side that is offered it: see reply. A list may be short.
	answers [][]uint32
	several []answer // the answers that do not fit into a code

	twin  *place              // with symmetry, the other place
	image func(uint32) uint32 // of a side
}

// actor is one side in one place. Its moves stand one after another in the place's list: those that are local and
// need nothing, those that are local and guarded, the offers, the joint moves.
type actor struct {
	facts                         uint64
	first                         uint32
	guarded, offers, joint, total uint16 // where each kind begins, and how many moves there are
	known                         bool   // its moves have been laid out
}

// step is a move of an actor: where it leads, in this place's numbers; what it offers, or does jointly; what it needs;
// which half-move of the memo it is.
type step struct{ target, act, need, half uint32 }

func (p *place) local(a *actor) []step { return p.steps[a.first : a.first+uint32(a.guarded)] }
func (p *place) guarded(a *actor) []step {
	return p.steps[a.first+uint32(a.guarded) : a.first+uint32(a.offers)]
}

func (p *place) offers(a *actor) []step {
	return p.steps[a.first+uint32(a.offers) : a.first+uint32(a.joint)]
}

func (p *place) joint(a *actor) []step {
	return p.steps[a.first+uint32(a.joint) : a.first+uint32(a.total)]
}

// answer is one result of an offer.
type answer struct {
	target, need uint32
	more         bool // another follows
}

// The codes of answers are 0, not known; 1, asked for, but not known yet; 2, blocked; or a target plus three; or, with the
// upper bit, a place in several.
const (
	notKnown   = 0
	isAsked    = 1
	isBlocked  = 2
	firstReply = 3
	isSeveral  = 1 << 31
)

// meet is the number of a side in this place.
func (p *place) meet(side uint32) uint32 {
	if int(side) >= len(p.number) {
		p.number = append(p.number, make([]uint32, max(int(side)+1-len(p.number), len(p.number)))...)
	}
	if n := p.number[side]; n != 0 {
		return n - 1
	}
	p.sides, p.actors = append(p.sides, side), append(p.actors, actor{})
	p.number[side] = uint32(len(p.sides))
	if p.twin != nil {
		p.twin.follow(p.image(side))
	}
	return uint32(len(p.sides) - 1)
}

// learn lays out the moves of an actor, which the memo knows.
func (p *place) learn(n uint32) {
	row := &p.rows[p.sides[n]]
	a := actor{facts: row.facts, first: uint32(len(p.steps)), known: true}
	of := func(kind uint8, guarded bool) uint16 {
		for i := row.first; i < row.end; i++ {
			if h := &p.halves[i]; h.kind == kind && (kind != Local || (h.need != 0) == guarded) {
				p.steps = append(p.steps, step{p.meet(h.next), h.act, h.need, i})
			}
		}
		return uint16(uint32(len(p.steps)) - a.first)
	}
	a.guarded = of(Local, false)
	a.offers = of(Local, true)
	a.joint = of(Offer, false)
	a.total = of(Joint, false)
	p.actors[n] = a
}

// reply is the code of what becomes of a side that is offered something.
func (p *place) reply(offer, n uint32) uint32 {
	if int(offer) >= len(p.answers) {
		return notKnown
	}
	if list := p.answers[offer]; int(n) < len(list) {
		return list[n]
	}
	return notKnown
}

// enter lays out an answer that the memo has.
func (p *place) enter(q question) {
	p.set(q.offer, p.number[q.acceptor]-1, p.code(p.memo.answers[q.acceptor][q.offer]))
}

// set notes the code of what becomes of a side that is offered something.
func (p *place) set(offer, n, code uint32) {
	for int(offer) >= len(p.answers) {
		p.answers = append(p.answers, nil)
	}
	list := &p.answers[offer]
	if int(n) >= len(*list) {
		*list = append(*list, make([]uint32, max(int(n)+1-len(*list), len(*list)))...)
	}
	(*list)[n] = code
}

// code is the code of an answer of the memo.
func (p *place) code(first uint32) uint32 {
	if first < firstHalf {
		return isBlocked
	}
	if h := &p.halves[first]; h.need == 0 && !h.more {
		return p.meet(h.next) + firstReply
	}
	at := uint32(len(p.several))
	for i := first; ; i++ {
		h := &p.halves[i]
		p.several = append(p.several, answer{p.meet(h.next), h.need, h.more})
		if !h.more {
			return at | isSeveral
		}
	}
}

func (p *place) bytes() (n int64) {
	n = int64(cap(p.number)+cap(p.sides))*4 + int64(cap(p.actors))*24 + int64(cap(p.steps))*16 + int64(cap(p.several))*12
	for _, list := range p.answers {
		n += int64(cap(list)) * 4
	}
	return n
}
