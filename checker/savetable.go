package checker

// save writes a checkpoint of the numbered states, between two rounds, of which the next may belong to the same level.
func (x *explorer) save(last bool) {
	x.saver.save(last, onTable, func(e *encoder) {
		for _, list := range [][]uint32{x.levels, x.parents} {
			e.uint(uint64(len(list)))
			for _, n := range list {
				e.uint(uint64(n + 1)) // of root: 0
			}
		}
		for _, key := range x.keys {
			e.uint(key)
		}
		e.uint(uint64(x.expanded))
		e.uint(uint64(x.deadlocks))
		e.uint(uint64(x.firstDeadlock))
		var sum worker
		for i := range x.workers {
			w := &x.workers[i]
			sum.labels, sum.hits = extend(sum.labels, len(w.labels)), extend(sum.hits, len(w.hits))
			sum.transitions += w.transitions
			add(sum.labels, w.labels)
			add(sum.hits, w.hits)
		}
		e.uint(sum.transitions)
		for _, counts := range [][]uint64{sum.labels, sum.hits} {
			e.uint(uint64(len(counts)))
			for _, n := range counts {
				e.uint(n)
			}
		}
	})
}

// restore is the inverse of save.
func (x *explorer) restore(from *saved) {
	x.saver.recall(from, x.memo)
	for _, list := range []*[]uint32{&x.levels, &x.parents} {
		for range from.uint(mostStates) {
			if *list = append(*list, uint32(from.uint(mostStates+1))-1); from.err != nil {
				return
			}
		}
	}
	sides := uint32(len(x.rows))
	for n := range x.parents {
		key := from.uint(1<<64 - 1)
		if a, b := split(key); a >= sides || b >= sides || !x.visited.add(x.keys, key, uint32(n)) || x.parents[n] != root && int(x.parents[n]) >= n {
			from.fail("its content makes no sense")
		}
		if from.err != nil {
			return
		}
		x.keys = append(x.keys, key)
	}
	x.expanded = int(from.uint(uint64(len(x.keys))))
	x.resumed = x.expanded
	x.deadlocks = int(from.uint(uint64(x.expanded)))
	x.firstDeadlock = uint32(from.uint(mostStates))
	w := &x.workers[0]
	w.transitions = from.uint(1<<64 - 1)
	for _, counts := range []*[]uint64{&w.labels, &w.hits} {
		for range from.uint(1 << 40) {
			if *counts = append(*counts, from.uint(1<<64-1)); from.err != nil {
				return
			}
		}
	}
}
