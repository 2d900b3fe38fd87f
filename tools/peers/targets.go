package main

import "fmt"

// target is a line of the table of what was aimed at: a quantity, and how much it should be.
type target struct {
	text  string
	at    float64 // at least; at most, if most
	most  bool
	unit  string
	value func(r *Results, of func(Sample) float64) float64 // negative: there are no samples for it
	nocpu bool                                              // the quantity is not a time
}

// targets are what issue 6 of the project asks for.
func targets() []target {
	ratio := func(slow, fast string) func(*Results, func(Sample) float64) float64 {
		return func(r *Results, of func(Sample) float64) float64 {
			return divide(median(r.Rows[slow], of), median(r.Rows[fast], of))
		}
	}
	liveness := func(title string) func(*Results, func(Sample) float64) float64 {
		return func(r *Results, of func(Sample) float64) float64 {
			both := median(r.Rows[title+"/finwait, safety and both-close, 1 thread"], of)
			safety := median(r.Rows[title+"/finwait, safety, 1 thread"], of)
			if both == 0 || safety == 0 {
				return -1
			}
			return max(both-safety, 0) / safety
		}
	}
	perState := func(what func(Sample) float64) func(r *Results, _ func(Sample) float64) float64 {
		return func(r *Results, _ func(Sample) float64) float64 {
			return divide(median(r.Rows["large/finwait, safety, 1 thread"], what), float64(large.states))
		}
	}
	return []target{
		{text: "SPIN, exact, one thread, small", at: 10, unit: "x", value: ratio("small/SPIN, safety", "small/finwait, safety, 1 thread")},
		{text: "SPIN, exact, one thread, large", at: 30, unit: "x", value: ratio("large/SPIN, safety", "large/finwait, safety, 1 thread")},
		{text: "Stateright, two threads each, small", at: 25, unit: "x", value: ratio("small/Stateright, 2 threads", "small/finwait, safety, 2 threads")},
		{text: "Stateright, two threads each, large", at: 25, unit: "x", value: ratio("large/Stateright, 2 threads", "large/finwait, safety, 2 threads")},
		{text: "TLC, two workers each, small", at: 300, unit: "x", value: ratio("small/TLC, 2 workers", "small/finwait, safety, 2 threads")},
		{text: "bytes per state, resident, large", at: 4, most: true, value: perState(memory), nocpu: true},
		{text: "bytes per state, of the tables alone, by the checker's own account, large", at: 4, most: true, value: perState(tables), nocpu: true},
		{text: "liveness beside safety alone, small", at: 0.25, most: true, unit: " of its time", value: liveness("small")},
		{text: "liveness beside safety alone, large", at: 0.25, most: true, unit: " of its time", value: liveness("large")},
		{text: "liveness beside safety alone, the whole close", at: 0.25, most: true, unit: " of its time", value: liveness("whole")},
		{
			text: "SPIN with weak fairness (`-a -f`), safety and answered, small", at: 20, unit: "x",
			value: ratio("small/SPIN, safety and answered, weakly fair", "small/finwait, safety and answered, 1 thread"),
		},
		{
			text: "the same of SPIN, and both-close with strong fairness of us, small", at: 20, unit: "x",
			value: ratio("small/SPIN, safety and answered, weakly fair", "small/finwait, safety and both-close, 1 thread"),
		},
		{text: "TLC on the whole specification, two workers each, the whole close", at: 100, unit: "x", value: ratio("whole/TLC, 2 workers", "whole/finwait, safety, 2 threads")},
	}
}

// divide is a ratio of two quantities that are positive if they are known, and negative if one of them is not.
func divide(x, y float64) float64 {
	if x <= 0 || y <= 0 {
		return -1
	}
	return x / y
}

// verdict says whether the target is reached, and by how much. It is reached if it is by the clock and by processor time.
func (t *target) verdict(byWall, byCPU float64) string {
	if byWall < 0 || byCPU < 0 {
		return "not measured"
	}
	worst := min(byWall, byCPU)
	if t.most {
		worst = max(byWall, byCPU)
	}
	if t.most == (worst <= t.at) || worst == t.at {
		return fmt.Sprintf("reached: %.2f of it", worst/t.at)
	}
	return fmt.Sprintf("**not reached**: %.2f of it", worst/t.at)
}
