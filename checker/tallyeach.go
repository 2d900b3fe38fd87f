package checker

// plain tells that no component can make the same transition in two ways, for then it counts for one.
func (x *layers) plain() bool {
	source := map[uint32]uint32{} // by label: the offer that it answers, plus one; 0: a move of its own
	only := func(act, from uint32) bool {
		if before, seen := source[act]; seen {
			return before == from
		}
		source[act] = from
		return true
	}
	for s := range x.rows {
		r := &x.rows[s]
		if r.clash {
			return false
		}
		for i := r.first; i < r.end; i++ {
			if h := &x.halves[i]; h.kind != Offer && !only(h.act, 0) {
				return false
			}
		}
	}
	for _, answers := range x.answers {
		for offer, first := range answers {
			for i := first; i >= firstHalf; i++ {
				if !only(x.halves[i].act, uint32(offer)+1) {
					return false
				}
				for j := first; j < i; j++ {
					if x.halves[j].act == x.halves[i].act && x.halves[j].next == x.halves[i].next {
						return false
					}
				}
				if !x.halves[i].more {
					break
				}
			}
		}
	}
	return true
}

// countEach counts transition by transition, each once however many ways there are to make it.
func (x *layers) countEach(masks []sideMask, actions, points, claims int) *tally {
	sum := &tally{labels: make([]uint64, 2*actions), hits: make([]uint64, points)}
	found := make([]finding, 64*len(masks))
	local := newFindings(len(x.workers), len(found))
	workers := make([]worker, len(x.workers))
	deadlocks := make([]int, len(x.workers))
	for i := range workers {
		workers[i] = worker{labels: make([]uint64, 2*actions), hits: make([]uint64, points)}
	}
	x.eachRow(false, func(id int, row uint32, pieces []piece) {
		w := &workers[id]
		for i := range pieces {
			columns(pieces[i].at, &pieces[i].words, func(c uint32) {
				key := x.key(row, c)
				w.generate(x.memo, key)
				w.count(x.memo, 1)
				if w.distinct == 0 && !x.oracle.terminal(key) {
					deadlocks[id]++
				}
				for k := range masks {
					passHalves(&masks[k], local[id][64*k:], 0, w.buf[:w.distinct], w.buf[w.distinct:])
				}
			})
		}
	})
	for i := range workers {
		sum.deadlocks += deadlocks[i]
		sum.transitions += workers[i].transitions
		add(sum.labels, workers[i].labels)
		add(sum.hits, workers[i].hits)
		for j := range found {
			found[j].merge(&local[i][j])
		}
	}
	for i := range found[:claims] {
		sum.premise = append(sum.premise, found[i].premise)
		sum.fails = append(sum.fails, 0)
		if found[i].found {
			sum.fails[i] = 1
		}
	}
	return sum
}

func add(sum, counts []uint64) {
	for i, n := range counts {
		sum[i] += n
	}
}
