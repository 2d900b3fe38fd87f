package checker

import (
	"context"
	"slices"
	"sync"
)

// digest sums over the rows: a row costs one multiplication.
func (m *matrixCheck[S, A]) digest() string {
	residues := m.system.sideResidues()
	total := m.system.labelResidue(m.tally.labels)
	ofColumn := make([]residue, len(m.place[1].sides))
	for c, side := range m.place[1].sides {
		ofColumn[c] = residues[side][1]
	}
	var mu sync.Mutex
	m.eachRow(true, func(_ int, row uint32, pieces []piece) {
		var inRow bigSum
		for i := range pieces {
			columns(pieces[i].at, &pieces[i].words, func(c uint32) { inRow.add(&ofColumn[c]) })
		}
		sum := inRow.residue().times(residues[m.place[0].sides[row]][0])
		mu.Lock()
		total = total.plus(sum) // in any order: it is a sum
		mu.Unlock()
	})
	return total.String()
}

// judgeStates evaluates the predicates over states.
func (m *matrixCheck[S, A]) judgeStates(ctx context.Context) {
	m.judgeProjected(ctx)
	judged := slices.DeleteFunc(pick(m.properties, always, sometimes), func(i int) bool { return m.projection(&m.properties[i]) != nil })
	m.scan(ctx, true, judged, func(mine []finding, _ int, key uint64, v Pair[S]) {
		for j, i := range judged {
			applies, fails := m.atState(i, key, v)
			mine[j].note(applies, fails, 0, 0)
		}
	})
}

// judgeSteps evaluates the predicates over whole transitions, one by one.
func (m *matrixCheck[S, A]) judgeSteps(ctx context.Context) {
	judged := pick(m.properties, alwaysStep, sometimesStep)
	buffers := make([][]successor, len(m.workers))
	m.scan(ctx, false, judged, func(mine []finding, worker int, key uint64, from Pair[S]) {
		buffers[worker] = m.successors(key, buffers[worker])
		for _, next := range buffers[worker] {
			side, a := m.action(next.label)
			step := Step[Pair[S], A]{side, a, from, m.system.view(next.key)}
			for j, i := range judged {
				applies, fails := m.atStep(i, key, next.key, step)
				mine[j].note(applies, fails, 0, 0)
			}
		}
	})
}

// scan goes over the states in parallel, all of them or only those whose successors are known, with a finding per
// property and worker, and merges them. Where a violation was seen is not known to them: see evidence.
func (m *matrixCheck[S, A]) scan(ctx context.Context, all bool, judged []int, do func(mine []finding, worker int, key uint64, v Pair[S])) {
	if len(judged) == 0 {
		return
	}
	local := newFindings(len(m.workers), len(judged))
	m.eachRow(all, func(worker int, row uint32, pieces []piece) {
		if ctx.Err() == nil {
			m.views(row, pieces, func(c uint32, v Pair[S]) { do(local[worker], worker, m.key(row, c), v) })
		}
	})
	gather(ctx, judged, m.findings, local)
}

// views yields the states of a row: the column, and the state as predicates see it.
func (m *matrixCheck[S, A]) views(row uint32, pieces []piece, yield func(column uint32, v Pair[S])) {
	a := &m.system.values[m.place[0].sides[row]]
	for i := range pieces {
		columns(pieces[i].at, &pieces[i].words, func(c uint32) {
			yield(c, Pair[S]{a, &m.system.values[m.place[1].sides[c]]})
		})
	}
}
