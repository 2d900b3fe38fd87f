package checker

import (
	"context"
	"math/bits"
)

// Every property of states or transitions is a search for one that satisfies the premise and not the claim. A witness
// is the violation of "never": see the constructors.

// scan goes over [first, n) in parallel, with a finding per property and worker, and merges them. The least number wins,
// so the result does not depend on the workers. When ctx is done it stops, and the findings say so.
func (g *Graph[V, A]) scan(ctx context.Context, first, n int, judged []int, findings []finding, do func(mine []finding, lo, hi int)) {
	local := newFindings(g.workers, len(judged))
	inChunks(g.workers, first, n, roundSize, func(worker, _, lo, hi int) {
		if ctx.Err() == nil {
			do(local[worker], lo, hi)
		}
	})
	gather(ctx, judged, findings, local)
}

// newFindings makes a finding per worker and property.
func newFindings(workers, properties int) [][]finding {
	local := make([][]finding, workers)
	for w := range local {
		local[w] = make([]finding, properties)
	}
	return local
}

// gather merges what the workers found of the properties judged.
func gather(ctx context.Context, judged []int, findings []finding, local [][]finding) {
	for j, i := range judged {
		for w := range local {
			findings[i].merge(&local[w][j])
		}
		findings[i].stopped = findings[i].stopped || ctx.Err() != nil
	}
}

// see notes one violation.
func (f *finding) see(state uint32, step int) {
	if f.earlier(state, step) {
		f.found, f.state, f.step = true, state, step
	}
}

// note counts a premise, and notes a violation.
func (f *finding) note(applies, fails bool, state uint32, step int) {
	if applies {
		f.premise++
	}
	if fails {
		f.see(state, step)
	}
}

// pick lists the properties with one of the operators.
func pick[V, A any](properties []Property[V, A], ops ...operator) (list []int) {
	for i, p := range properties {
		for _, op := range ops {
			if p.op == op {
				list = append(list, i)
			}
		}
	}
	return list
}

// judgeStates evaluates the predicates over the states [first, n), all in one pass.
func (g *Graph[V, A]) judgeStates(ctx context.Context, first, n int, properties []Property[V, A], findings []finding) {
	judged := pick(properties, always, sometimes)
	if len(judged) == 0 {
		return
	}
	g.scan(ctx, first, n, judged, findings, func(mine []finding, lo, hi int) {
		for n := lo; n < hi; n++ {
			v := g.View(n)
			for j, i := range judged {
				applies, fails := properties[i].atState(v)
				mine[j].note(applies, fails, uint32(n), 0)
			}
		}
	})
}

// judgeSteps evaluates the predicates over the transitions that leave the states [first, n). Those over half-moves have been evaluated once per half-move,
// into masks, when the pass begins: there a transition costs two ORs. A pass takes up to 64 of them.
func (g *Graph[V, A]) judgeSteps(ctx context.Context, first, n int, properties []Property[V, A], findings []finding) {
	steps := pick(properties, alwaysStep, sometimesStep)
	sides := pick(properties, alwaysSideStep, sometimesSideStep)
	for len(steps)+len(sides) > 0 {
		batch := sides[:min(64, len(sides))]
		g.passSteps(ctx, first, n, properties, findings, steps, batch)
		steps, sides = nil, sides[len(batch):]
	}
}

func (g *Graph[V, A]) passSteps(ctx context.Context, first, n int, properties []Property[V, A], findings []finding, steps, sides []int) {
	s := g.space
	claims := make([]any, len(sides))
	for j, i := range sides {
		claims[j] = properties[i].side
	}
	masks := g.system.sideMasks(claims)
	judged := append(append([]int{}, sides...), steps...)

	g.scan(ctx, first, n, judged, findings, func(mine []finding, lo, hi int) {
		var buf []successor
		var distinct int
		for n := lo; n < hi; n++ {
			buf, distinct = s.compose(s.keys[n], buf)
			if len(sides) > 0 {
				passHalves(&masks, mine, uint32(n), buf[:distinct], buf[distinct:])
			}
			if len(steps) > 0 {
				g.passState(properties, mine[len(sides):], steps, n, buf[:distinct])
			}
		}
	})
}

// passHalves evaluates claims about half-moves over the transitions that leave state n, with the twins of them.
func passHalves(masks *sideMask, mine []finding, n uint32, transitions, twins []successor) {
	for k := range transitions {
		applies, fails := masks.of(&transitions[k])
		for j := range twins {
			if twins[j].same(&transitions[k]) {
				a, f := masks.of(&twins[j])
				applies, fails = applies|a, fails|f
			}
		}
		for ; applies != 0; applies &= applies - 1 {
			mine[bits.TrailingZeros64(applies)].premise++
		}
		for ; fails != 0; fails &= fails - 1 {
			mine[bits.TrailingZeros64(fails)].see(n, k)
		}
	}
}

// passState evaluates predicates over the transitions that leave state n.
func (g *Graph[V, A]) passState(properties []Property[V, A], mine []finding, steps []int, n int, successors []successor) {
	from := g.View(n)
	for k, next := range successors {
		side, a := g.action(next.label)
		step := Step[V, A]{side, a, from, g.system.view(next.key)}
		for j, i := range steps {
			applies, fails := properties[i].atStep(step)
			mine[j].note(applies, fails, uint32(n), k)
		}
	}
}
