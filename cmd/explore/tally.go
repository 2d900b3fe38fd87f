package main

import (
	"maps"
	"slices"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// tally counts transitions by action and by arrow of the figure.
type tally map[string]uint64

func tallyOf(r *properties.Result) tally {
	t := tally{}
	t.add(r.Figures.Coverage)
	t.add(r.Figures.Points)
	return t
}

func (t tally) add(counts []checker.Count) {
	for _, c := range counts {
		t[c.Name] += c.N
	}
}

// actions lists every action, also those that never fired.
func (t tally) actions() []actionCount {
	var list []actionCount
	for k := range system.NumKinds {
		list = append(list, actionCount{k.String(), t[k.String()]})
	}
	return list
}

// arrows lists every arrow, also those that never fired, and last those that
// no table has: only a bug takes them.
func (t tally) arrows() []arrowCount {
	var list []arrowCount
	rest := maps.Clone(t)
	for k := range system.NumKinds {
		delete(rest, k.String())
	}
	for a := range model.Arrows {
		list = append(list, arrowCount{a.From.String(), a.Trigger.String(), a.To.String(), where(a), t[a.String()]})
		delete(rest, a.String())
	}
	for _, name := range slices.Sorted(maps.Keys(rest)) {
		from, trigger, to := cutArrow(name)
		list = append(list, arrowCount{from, trigger, to, "bug", rest[name]})
	}
	return list
}

// where tells where the RFC has an arrow.
func where(a model.Arrow) string {
	switch {
	case a.Drawn:
		return "figure"
	case a.Option:
		return "option"
	}
	return "text"
}
