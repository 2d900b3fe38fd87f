package checker

import "sync"

// A matrix is folded if only one of each pair of mirror images is in it. The sides in the two places are numbered
// together: what has number n in place 1 is the image of what has n in place 0. So the image of the state (row, column)
// is (column, row), and the one whose row is not above its column stands for both.

// reflections is an oracle that interns the image of every side as soon as it knows the side.
type reflections[S, A comparable] struct {
	*product[S, A]
	mirrors *mirrors[S, A]
	of      []uint32 // by side: its image
}

func (r *reflections[S, A]) learnRows(sides []uint32) {
	r.product.learnRows(sides)
	r.reflect()
}

func (r *reflections[S, A]) learnAnswers(questions []question) {
	r.product.learnAnswers(questions)
	r.reflect()
}

func (r *reflections[S, A]) initial(yield func(key uint64) bool) {
	r.product.initial(func(key uint64) bool {
		r.reflect()
		return yield(key)
	})
}

// reflect catches up. An image may be new; then its own image is not.
func (r *reflections[S, A]) reflect() {
	if len(r.of) == 0 {
		r.of = append(r.of, 0) // nobody
	}
	for n := len(r.of); n < len(r.values); n++ {
		r.of = append(r.of, r.side(r.mirrors.Mirror(r.values[n])))
	}
}

func (r *reflections[S, A]) bytes() int64 { return r.product.bytes() + int64(cap(r.of))*4 }

// image is the image of a state.
func (r *reflections[S, A]) image(key uint64) uint64 {
	a, b := split(key)
	return join(r.of[b], r.of[a])
}

// atState is what a property says of a state, or of its image.
func (m *matrixCheck[S, A]) atState(i int, key uint64, v Pair[S]) (applies, fails bool) {
	applies, fails = m.properties[i].atState(v)
	if m.images != nil {
		a, f := m.properties[i].atState(m.system.view(m.images.image(key)))
		applies, fails = applies || a, fails || f
	}
	return applies, fails
}

// atStep is the same of a transition.
func (m *matrixCheck[S, A]) atStep(i int, from, to uint64, step Step[Pair[S], A]) (applies, fails bool) {
	applies, fails = m.properties[i].atStep(step)
	if m.images != nil {
		step.Side, step.Action = m.mirrors.MirrorLabel(step.Side, step.Action)
		step.From, step.To = m.system.view(m.images.image(from)), m.system.view(m.images.image(to))
		a, f := m.properties[i].atStep(step)
		applies, fails = applies || a, fails || f
	}
	return applies, fails
}

// fold makes the matrix one of pairs of images.
func (x *layers) fold(image func(side uint32) uint32) {
	x.folded = true
	for p := range x.place {
		x.place[p].twin, x.place[p].image = &x.place[1-p], image
	}
}

// follow gives the image of a side the number that the side has just got in the other place.
func (p *place) follow(side uint32) {
	if p == nil {
		return
	}
	if int(side) >= len(p.number) {
		p.number = append(p.number, make([]uint32, max(int(side)+1-len(p.number), len(p.number)))...)
	}
	p.sides, p.actors = append(p.sides, side), append(p.actors, actor{})
	p.number[side] = uint32(len(p.sides))
}

// addFolded is addAll in a row some of whose states may be represented by their images.
func (a *adder) addFolded(row, at uint32, words *[blockWords]uint64) {
	rest := *words
	columns(at, words, func(c uint32) {
		if c < row {
			a.add(c, row)
			rest[c/64%blockWords] &^= 1 << (c % 64)
		}
	})
	if rest != [blockWords]uint64{} {
		a.addWords(row, at, &rest)
	}
}

// onDiagonal counts, by label, the transitions that leave states which are their own images.
func (x *layers) onDiagonal(labels int) []uint64 {
	counts := make([]uint64, labels)
	var mu sync.Mutex
	x.eachRow(false, func(_ int, row uint32, pieces []piece) {
		for i := range pieces {
			p := &pieces[i]
			if row/blockBits != p.at || p.words[row/64%blockWords]>>(row%64)&1 == 0 {
				continue
			}
			mu.Lock()
			for _, next := range x.successors(x.key(row, row), nil) {
				counts[next.label]++
			}
			mu.Unlock()
		}
	})
	return counts
}

// foldedStates is the digest of all states and their images.
func (m *matrixCheck[S, A]) foldedStates() (total residue) {
	residues := m.system.sideResidues()
	var mu sync.Mutex
	m.eachRow(true, func(_ int, row uint32, pieces []piece) {
		var states, images residue
		for i := range pieces {
			columns(pieces[i].at, &pieces[i].words, func(c uint32) {
				states = states.plus(residues[m.place[1].sides[c]][1])
				if c != row {
					images = images.plus(residues[m.place[0].sides[c]][0])
				}
			})
		}
		states = states.times(residues[m.place[0].sides[row]][0])
		images = images.times(residues[m.place[1].sides[row]][1])
		mu.Lock()
		total = total.plus(states).plus(images)
		mu.Unlock()
	})
	return total
}

// unfold is what all images imply: the digest of the whole graph, and its transitions by name of label.
func (m *matrixCheck[S, A]) unfold() (digest string, named []Count) {
	c := m.system.component
	total := m.foldedStates()
	diagonal := m.onDiagonal(len(m.tally.labels))
	name := m.options.name()
	var names []string
	var times []uint64
	enter := func(side int, a A, n uint64) {
		if n > 0 {
			total = total.plus(residueOf(byte(2+side), c.EncodeAction(nil, side, a)).multiple(n))
			names, times = append(names, name(side, a)), append(times, n)
		}
	}
	for l, n := range m.tally.labels {
		if n == 0 {
			continue
		}
		side, a := m.action(uint32(l))
		enter(side, a, n)
		side, a = m.mirrors.MirrorLabel(side, a)
		enter(side, a, n-diagonal[l])
	}
	return total.String(), counts(names, times)
}
