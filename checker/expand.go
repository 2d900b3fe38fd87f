package checker

import (
	"math/bits"
	"slices"
)

// expand adds the successors of states of one row. What one side does is done for many states at once: the row's moves take
// whole pieces to other rows; the columns' moves, and the answers to offers, are gathered in images.
func (x *layers) expand(w *layerer, pieces []piece) {
	rows := &x.place[0]
	row := pieces[0].row
	me := &rows.actors[row]
	w.prepare(x.stride, len(x.offers))
	for i := range pieces {
		p := &pieces[i]
		for _, m := range rows.local(me) {
			w.addAll(m.target, p.at, &p.words)
		}
		for _, m := range rows.guarded(me) {
			words := x.guarded(p, m.need)
			w.addAll(m.target, p.at, &words)
		}
		x.moveColumns(w, p, me)
	}
	for _, o := range rows.offers(me) {
		to := uint32(away)
		if o.target == row {
			to = stay
		}
		for i := range pieces {
			x.offer(w, &pieces[i], o, to)
		}
		if to == away {
			w.flush(&w.adder, away, o.target)
		}
	}
	w.flushAll(&w.adder, row)
}

// moveColumns gathers what the columns of a piece do.
func (x *layers) moveColumns(w *layerer, p *piece, me *actor) {
	cols := &x.place[1]
	joint := x.place[0].joint(me)
	for i, word := range &p.words {
		for ; word != 0; word &= word - 1 {
			c := p.at*blockBits + uint32(i*64+bits.TrailingZeros64(word))
			you := &cols.actors[c]
			for _, m := range cols.local(you) {
				w.put(stay, m.target)
			}
			for _, m := range cols.guarded(you) {
				if x.enabled(m.need, me.facts) {
					w.put(stay, m.target)
				}
			}
			for _, o := range cols.offers(you) {
				if o.need != 0 && !x.enabled(o.need, me.facts) {
					continue
				}
				slot := w.slots[o.act]
				if slot == slotUnknown {
					slot = w.slot(p.row, o.act, x.place[0].reply(o.act, p.row))
				}
				if slot != slotSlow {
					w.put(slot, o.target)
				} else {
					x.answer(w, wait{1, p.row, c, o}, x.place[0].reply(o.act, p.row))
				}
			}
			for _, m := range joint {
				x.jointly(w, m, me, you)
			}
		}
	}
}

// guarded is the part of a piece whose columns satisfy a need.
func (x *layers) guarded(p *piece, need uint32) (words [blockWords]uint64) {
	for i, word := range x.guards[need].columns[p.at*blockWords : (p.at+1)*blockWords] {
		words[i] = p.words[i] & word
	}
	return words
}

// offer gathers what the row offers to each column of a piece.
func (x *layers) offer(w *layerer, p *piece, o step, to uint32) {
	words := p.words
	if o.need != 0 {
		words = x.guarded(p, o.need)
	}
	var codes []uint32
	if you := &x.place[1]; int(o.act) < len(you.answers) {
		codes = you.answers[o.act]
	}
	for i, word := range words {
		for ; word != 0; word &= word - 1 {
			c := p.at*blockBits + uint32(i*64+bits.TrailingZeros64(word))
			code := uint32(notKnown)
			if int(c) < len(codes) {
				code = codes[c]
			}
			if code-firstReply < isSeveral-firstReply {
				w.put(to, code-firstReply)
			} else if code != isBlocked {
				x.answer(w, wait{0, p.row, c, o}, code)
			}
		}
	}
}

// wait is an offer of the side in a place, in a state, that may have to wait for an answer.
type wait struct {
	place, row, column uint32
	step
}

// acceptor is who has to answer.
func (o *wait) acceptor() uint32 {
	if o.place == 0 {
		return o.column
	}
	return o.row
}

// answer is an offer whose answer is not simply a target.
func (x *layers) answer(w *layerer, o wait, code uint32) {
	you := &x.place[1-o.place]
	switch {
	case code == notKnown || code == isAsked:
		w.waiting = append(w.waiting, o)
	case code >= isSeveral:
		facts := x.place[0].actors[o.row].facts
		if o.place == 1 {
			facts = x.place[1].actors[o.column].facts
		}
		for j := code &^ isSeveral; ; j++ {
			r := &you.several[j]
			if x.enabled(r.need, facts) {
				if o.place == 0 {
					w.add(o.target, r.target)
				} else {
					w.add(r.target, o.target)
				}
			}
			if !r.more {
				return
			}
		}
	case code >= firstReply && o.place == 0:
		w.add(o.target, code-firstReply)
	case code >= firstReply:
		w.add(code-firstReply, o.target)
	}
}

// jointly adds the steps that a joint move of the row makes with those of a column.
func (x *layers) jointly(w *layerer, m step, me, you *actor) {
	for _, n := range x.place[1].joint(you) {
		if m.act == n.act && x.enabled(m.need, you.facts) && x.enabled(n.need, me.facts) {
			w.add(m.target, n.target)
		}
	}
}

// learnAnswers has the oracle asked for the answers that expanding lacked, and does what had to wait for them.
func (x *layers) learnAnswers() {
	var keys []uint64
	for i := range x.workers {
		for j := range x.workers[i].waiting {
			o := &x.workers[i].waiting[j]
			if you, n := &x.place[1-o.place], o.acceptor(); you.reply(o.act, n) == notKnown {
				you.set(o.act, n, isAsked)
				keys = append(keys, join(you.sides[n], o.act))
			}
		}
	}
	if len(keys) == 0 {
		return
	}
	slices.Sort(keys) // so numbers do not depend on the workers
	questions := make([]question, 0, len(keys))
	for _, key := range slices.Compact(keys) {
		acceptor, offer := split(key)
		questions = append(questions, question{acceptor, offer})
	}
	fresh := slices.DeleteFunc(slices.Clone(questions), func(q question) bool {
		known := x.answers[q.acceptor]
		return int(q.offer) < len(known) && known[q.offer] != unasked
	})
	if len(fresh) > 0 {
		x.oracle.learnAnswers(fresh)
	}
	for _, q := range questions {
		x.enterAnswer(q)
	}
	if x.room(); x.sparse {
		return
	}
	for i := range x.workers {
		w := &x.workers[i]
		for _, o := range w.waiting {
			x.answer(w, o, x.place[1-o.place].reply(o.act, o.acceptor()))
		}
		w.waiting = w.waiting[:0]
	}
}

// enterAnswer lays out an answer that the memo has, wherever the side occurs.
func (x *layers) enterAnswer(q question) {
	for p := range x.place {
		if me := &x.place[p]; int(q.acceptor) < len(me.number) && me.number[q.acceptor] != 0 {
			me.enter(q)
		}
	}
}
