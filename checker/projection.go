package checker

import "context"

// Projection says what predicates over states read of a side: Of keeps that, and sets the rest to zero. [CheckProduct]
// evaluates a predicate that has a projection once for all states whose sides are equal in it, and shows it the
// projected sides; the other engine shows it the states as they are. So where a predicate reads more than its projection
// keeps, the two may judge differently, and the verdict on the matrix may be wrong: a predicate and its projection should be
// held against each other on small systems, by both engines.
type Projection[S comparable] struct{ Of func(S) S }

// Reading declares the projection that the predicates of a property read. It matters to predicates over states alone.
// Properties that share a projection are judged together.
func Reading[S comparable, A any](p Property[Pair[S], A], of *Projection[S]) Property[Pair[S], A] {
	p.reads = of
	return p
}

// classes are the sides of a place, sorted by a projection.
type classes[S comparable] struct {
	values []S        // by class: what is read
	of     []uint32   // by side
	sides  [][]uint32 // by class
}

func sortSides[S comparable](p *Projection[S], values []S, sides []uint32) *classes[S] {
	c := &classes[S]{of: make([]uint32, len(sides))}
	numbers := map[S]uint32{}
	for n, side := range sides {
		class := number(numbers, &c.values, p.Of(values[side]))
		if int(class) == len(c.sides) {
			c.sides = append(c.sides, nil)
		}
		c.sides[class] = append(c.sides[class], uint32(n))
		c.of[n] = class
	}
	return c
}

// projection is the projection of a property, or nil. Where states stand for their images, too, there is none.
func (m *matrixCheck[S, A]) projection(p *Property[Pair[S], A]) *Projection[S] {
	of, _ := p.reads.(*Projection[S])
	if m.images != nil {
		return nil
	}
	return of
}

// judgeProjected evaluates predicates over states that have projections, and the premises of ~>. It counts the states of
// each pair of classes, and asks each predicate once for a pair that occurs.
func (m *matrixCheck[S, A]) judgeProjected(ctx context.Context) {
	groups := map[*Projection[S]][]int{}
	var order []*Projection[S]
	for _, i := range pick(m.properties, always, sometimes, leadsTo) {
		if of := m.projection(&m.properties[i]); of != nil {
			if groups[of] == nil {
				order = append(order, of)
			}
			groups[of] = append(groups[of], i)
		}
	}
	for _, of := range order {
		m.judgeGroup(ctx, of, groups[of])
	}
}

func (m *matrixCheck[S, A]) judgeGroup(ctx context.Context, of *Projection[S], judged []int) {
	rows := sortSides(of, m.system.values, m.place[0].sides)
	cols := sortSides(of, m.system.values, m.place[1].sides)
	local := newFindings(len(m.workers), len(judged))
	states := make([][]uint64, len(m.workers)) // by class of columns, in the class of rows at hand
	parallel(len(m.workers), len(rows.sides), func(worker, class int) {
		if ctx.Err() != nil {
			return
		}
		m.spill.ease()
		if states[worker] == nil {
			states[worker] = make([]uint64, len(cols.values))
		}
		n := states[worker]
		for _, row := range rows.sides[class] {
			m.row(row, func(at uint32, words *[blockWords]uint64) {
				columns(at, words, func(c uint32) { n[cols.of[c]]++ })
			})
		}
		for c := range n {
			if n[c] > 0 {
				v := Pair[S]{&rows.values[class], &cols.values[c]}
				for j, i := range judged {
					applies, fails := m.properties[i].atClass(v)
					if applies {
						local[worker][j].premise += n[c]
					}
					if fails {
						local[worker][j].see(0, 0)
					}
				}
				n[c] = 0
			}
		}
	})
	gather(ctx, judged, m.findings, local)
}

// atClass tells what a property says of all states that look like v: of ~>, whether its premise holds.
func (p *Property[V, A]) atClass(v V) (applies, fails bool) {
	if p.op == leadsTo {
		return p.claim(v), false
	}
	return p.atState(v)
}
