package checker

// patience is how many states are visited before the context is looked at again.
const patience = 1 << 14

// components yields the strongly connected components of the states given, by the edges that a cycle may use: Tarjan's
// algorithm, with a stack of its own in place of recursion. A component is only valid until yield returns.
func (f *fairSearch) components(states []uint32, yield func(component []uint32)) {
	type frame struct {
		state uint32
		low   uint32 // the least index reachable so far
		edge  int    // the next edge to look at
	}
	region := f.enclose(states)
	for _, n := range states {
		f.index[n] = 0
	}
	var calls []frame
	var stack []uint32 // visited, and not yet in a component
	visited := uint32(0)
	visit := func(n uint32) {
		if visited%patience == 0 && f.ctx.Err() != nil {
			f.stopped = true
		}
		visited++
		f.index[n] = visited
		stack = append(stack, n)
		calls = append(calls, frame{state: n, low: visited})
	}

	for _, n := range states {
		if f.index[n] != 0 {
			continue
		}
		visit(n)
	walk:
		for len(calls) > 0 {
			if f.stopped {
				return
			}
			top := &calls[len(calls)-1]
			out := f.leaving(top.state)
			for top.edge < len(out) {
				e := out[top.edge]
				top.edge++
				if !f.usable[e.label] || !f.within(e.target, region) {
					continue
				}
				if f.index[e.target] == 0 {
					visit(e.target)
					continue walk
				}
				top.low = min(top.low, f.index[e.target])
			}

			done := *top
			calls = calls[:len(calls)-1]
			if len(calls) > 0 {
				caller := &calls[len(calls)-1]
				caller.low = min(caller.low, done.low)
			}
			if done.low == f.index[done.state] {
				at := len(stack) - 1
				for stack[at] != done.state {
					at--
				}
				component := stack[at:]
				stack = stack[:at]
				f.enclose(component) // no longer in play
				yield(component)
			}
		}
	}
}
