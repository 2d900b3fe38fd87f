package checker

// save writes a checkpoint of what the matrix holds between two layers.
func (x *layers) save(last bool) {
	x.saver.save(last, onMatrix, func(e *encoder) {
		e.uint(uint64(x.depth))
		e.uint(uint64(x.expanded))
		for p := range x.place {
			e.uint(uint64(len(x.place[p].sides)))
			for n, side := range x.place[p].sides {
				known := uint64(0)
				if x.place[p].actors[n].known {
					known = 1
				}
				e.uint(uint64(side)*2 + known)
			}
		}
		for r := range x.place[0].sides {
			x.saveRow(e, uint32(r))
		}
		e.uint(uint64(len(x.frontier)))
		for i := range x.frontier {
			p := &x.frontier[i]
			e.uint(uint64(p.row))
			e.uint(uint64(count(&p.words)))
			last := uint32(0)
			columns(p.at, &p.words, func(c uint32) { e.increasing(&last, c) })
		}
	})
}

func (x *layers) saveRow(e *encoder, r uint32) {
	states := 0
	x.row(r, func(_ uint32, words *[blockWords]uint64) { states += count(words) })
	e.uint(uint64(states))
	last := uint32(0)
	x.row(r, func(at uint32, words *[blockWords]uint64) {
		columns(at, words, func(c uint32) { e.increasing(&last, c) })
	})
}

// restore is the inverse of save: afterwards the search goes on with the frontier. What does not fit is noted in the
// decoder.
func (x *layers) restore(from *saved) {
	x.saver.recall(from, x.memo)
	depth, expanded := int(from.uint(1<<32)), int(from.uint(1<<62))
	if x.restorePlaces(from); from.err != nil || x.sparse {
		return
	}
	columns := len(x.place[1].sides)
	for r := range x.place[0].sides {
		last := uint32(0)
		for range from.uint(1 << 32) {
			if c := from.increasing(&last, columns); from.err == nil {
				x.workers[0].add(uint32(r), c)
			}
		}
		if len(x.workers[0].added) > 1<<16 {
			x.spill.ease()
			x.advance()
		}
	}
	x.advance()
	x.depth, x.expanded, x.resumed = depth, expanded, expanded
	x.restoreFrontier(from)
}

func (x *layers) restorePlaces(from *saved) {
	var known [2][]uint32
	for p := range x.place {
		for n := range from.uint(1 << 32) {
			side := from.uint(uint64(len(x.rows))*2 - 1)
			if from.err != nil {
				return
			}
			if got := x.place[p].meet(uint32(side / 2)); uint64(got) != n {
				from.fail("its content makes no sense")
			}
			if side%2 != 0 {
				known[p] = append(known[p], uint32(n))
			}
		}
	}
	for p := range known {
		for _, n := range known[p] {
			x.place[p].actors[n].known = true
		}
	}
	x.learnSides(known)
	x.saver.log.questions(func(q question) { x.enterAnswer(q) })
	x.room()
}

func (x *layers) restoreFrontier(from *saved) {
	pieces := from.uint(1 << 40)
	x.frontier = x.spill.pieces(int(pieces), x.frontier)
	columns := len(x.place[1].sides)
	for range pieces {
		p := piece{row: from.index(len(x.place[0].sides))}
		last := uint32(0)
		for i := range from.uint(blockBits) {
			c := from.increasing(&last, columns)
			if i == 0 {
				p.at = c / blockBits
			} else if c/blockBits != p.at {
				from.fail("its content makes no sense")
			}
			p.words[c/64%blockWords] |= 1 << (c % 64)
		}
		if from.err != nil {
			return
		}
		x.frontier = append(x.frontier, p)
	}
}
