package checker

import (
	"context"
	"sync"
)

// digest sums over the rows: a row costs one multiplication.
func (m *matrixCheck[S, A]) digest() string {
	residues := m.system.sideResidues()
	total := m.system.labelResidue(m.tally.labels)
	var mu sync.Mutex
	m.eachRow(true, func(_ int, row uint32, pieces []piece) {
		var sum residue
		for i := range pieces {
			columns(pieces[i].at, &pieces[i].words, func(c uint32) {
				sum = sum.plus(residues[m.place[1].sides[c]][1])
			})
		}
		sum = sum.times(residues[m.place[0].sides[row]][0])
		mu.Lock()
		total = total.plus(sum) // in any order: it is a sum
		mu.Unlock()
	})
	return total.String()
}

// judgeStates evaluates the predicates over states.
func (m *matrixCheck[S, A]) judgeStates(ctx context.Context) {
	judged := pick(m.properties, always, sometimes)
	if len(judged) == 0 {
		return
	}
	local := make([][]finding, len(m.workers))
	for w := range local {
		local[w] = make([]finding, len(judged))
	}
	m.eachRow(true, func(worker int, row uint32, pieces []piece) {
		if ctx.Err() != nil {
			return
		}
		mine := local[worker]
		a := &m.system.values[m.place[0].sides[row]]
		for i := range pieces {
			columns(pieces[i].at, &pieces[i].words, func(c uint32) {
				v := Pair[S]{a, &m.system.values[m.place[1].sides[c]]}
				for j, i := range judged {
					p := &m.properties[i]
					if p.when != nil && !p.when(v) {
						continue
					}
					mine[j].premise++
					if !p.claim(v) {
						mine[j].found = true
					}
				}
			})
		}
	})
	for j, i := range judged {
		for w := range local {
			m.findings[i].premise += local[w][j].premise
			m.findings[i].found = m.findings[i].found || local[w][j].found
		}
		m.findings[i].stopped = ctx.Err() != nil
	}
}

// judgeSteps evaluates the predicates over whole transitions, one by one.
func (m *matrixCheck[S, A]) judgeSteps(ctx context.Context) {
	judged := pick(m.properties, alwaysStep, sometimesStep)
	if len(judged) == 0 {
		return
	}
	local := make([][]finding, len(m.workers))
	buffers := make([][]successor, len(m.workers))
	for w := range local {
		local[w] = make([]finding, len(judged))
	}
	m.eachRow(false, func(worker int, row uint32, pieces []piece) {
		if ctx.Err() != nil {
			return
		}
		for i := range pieces {
			columns(pieces[i].at, &pieces[i].words, func(c uint32) {
				key := m.key(row, c)
				buffers[worker] = m.successors(key, buffers[worker])
				from := m.system.view(key)
				for _, next := range buffers[worker] {
					step := Step[Pair[S], A]{int(next.label & 1), m.system.action(next.label >> 1), from, m.system.view(next.key)}
					for j, i := range judged {
						p := &m.properties[i]
						if p.stepWhen != nil && !p.stepWhen(step) {
							continue
						}
						local[worker][j].premise++
						if !p.stepClaim(step) {
							local[worker][j].found = true
						}
					}
				}
			})
		}
	})
	for j, i := range judged {
		for w := range local {
			m.findings[i].premise += local[w][j].premise
			m.findings[i].found = m.findings[i].found || local[w][j].found
		}
		m.findings[i].stopped = ctx.Err() != nil
	}
}
