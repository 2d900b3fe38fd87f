package beliefs

import (
	"strings"

	"finwait/checker"
	"finwait/ladder"
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

type (
	side  = system.Side
	sides = func(i, p *side) bool
	what  = func(s *side, x *system.Happening) bool
)

// made is a part with its claim.
func made(kind properties.Kind, text Text, scenarios, fairness []string, parts func(*system.System, []properties.Fairness) []properties.Property) Part {
	c := properties.Claim{Name: "belief", Kind: kind, Text: text.En, Fairness: fairness, Scenarios: scenarios}
	return Part{Text: text, Scenarios: scenarios, claim: c.Of(parts)}
}

// state asks of every reachable state, of each side i with its peer p.
func state(text Text, scenarios []string, when, then sides) Part {
	return made(properties.Safety, text, scenarios, nil, func(*system.System, []properties.Fairness) []properties.Property {
		return []properties.Property{properties.Always("belief", when, then)}
	})
}

// doing asks of everything that the machine does in a reachable state.
func doing(text Text, scenarios []string, when, then what) Part {
	return made(properties.Step, text, scenarios, nil, func(b *system.System, _ []properties.Fairness) []properties.Property {
		return []properties.Property{properties.Asked("belief", b, when, then)}
	})
}

// doing2 is doing, for questions that need to know the bounds.
func doing2(text Text, scenarios []string, when, then func(*system.System, *side, *system.Happening) bool) Part {
	return made(properties.Step, text, scenarios, nil, func(b *system.System, _ []properties.Fairness) []properties.Property {
		return []properties.Property{properties.Asked("belief", b,
			func(s *side, x *system.Happening) bool { return when(b, s, x) },
			func(s *side, x *system.Happening) bool { return then(b, s, x) })}
	})
}

// leads asks of every fair run: when leads to then.
func leads(text Text, scenarios, fairness []string, when, then sides) Part {
	return made(properties.Liveness, text, scenarios, fairness, func(_ *system.System, fair []properties.Fairness) []properties.Property {
		return properties.LeadsTo("belief", fair, when, then)
	})
}

// claimed asks a claim of the catalogue.
func claimed(text Text, scenarios []string, name string) Part {
	c, ok := properties.Lookup(name)
	if !ok {
		panic("BUG: no claim " + name)
	}
	return Part{Text: text, Scenarios: scenarios, claim: c}
}

// shortest reads the shortest run to a state: see Part.asPrinted.
func shortest(text Text, scenarios []string, to func(properties.View) bool, asPrinted func(*system.System, *properties.Trace) bool) Part {
	p := made(properties.Safety, text, scenarios, nil, func(*system.System, []properties.Fairness) []properties.Property {
		return []properties.Property{checker.AlwaysWhen[system.Action]("belief", to, func(properties.View) bool { return false })}
	})
	p.asPrinted = asPrinted
	return p
}

// question is an event that need not happen: it is put to the machine in
// every reachable state in which when holds.
type question struct {
	when   sides
	event  func(b *system.System, i, p *side) model.Event
	answer func(i *side, next *model.TCB, fx *model.Effects) bool
}

// put asks the machine. Both results are true if the question does not arise.
func (q *question) put(b *system.System, i, p *side) (e model.Event, next model.TCB, fx model.Effects, ok bool) {
	if !q.when(i, p) {
		return e, next, fx, true
	}
	e = q.event(b, i, p)
	next, fx = b.Options.Step(i.TCB, e)
	return e, next, fx, q.answer(i, &next, &fx)
}

// would asks what the machine would answer to an event, in every reachable
// state in which it may come.
func would(text Text, scenarios []string, q question) Part {
	p := made(properties.Safety, text, scenarios, nil, func(b *system.System, _ []properties.Fairness) []properties.Property {
		return []properties.Property{properties.Always("belief", q.when, func(i, p *side) bool {
			_, _, _, ok := q.put(b, i, p)
			return ok
		})}
	})
	p.last = func(b *system.System, v properties.View) []ladder.Row {
		if e, next, fx, ok := q.put(b, v.A, v.B); !ok {
			return answered(b, v, 0, e, &next, &fx)
		}
		e, next, fx, _ := q.put(b, v.B, v.A)
		return answered(b, v, 1, e, &next, &fx)
	}
	return p
}

// answered draws an event at the side with the given role and its answer.
func answered(b *system.System, v properties.View, role int, e model.Event, next *model.TCB, fx *model.Effects) []ladder.Row {
	row := ladder.Row{Action: name(role) + " asked", A: v.A.State.String(), B: v.B.State.String()}
	state := &row.A
	if role == 1 {
		state = &row.B
	}
	*state = next.State.String()
	if last, ok := fx.Clauses.Last(); ok {
		row.Clause = ladder.Clause(last.Section())
	}
	result := ladder.Row{Action: "  " + name(role) + " answers", A: row.A, B: row.B}
	if e.Kind == model.SegmentArrives {
		row.Way, row.Text = way(1-role, ladder.ToB), b.SegmentString(1-role, e.Segment)
	} else {
		row.Text = e.String()
	}
	if fx.Sends {
		result.Way, result.Text = way(role, ladder.FromA), b.SegmentString(role, fx.Segment)
		return []ladder.Row{row, result}
	}
	words := fx.Notices.Strings()
	if e.Kind != model.SegmentArrives {
		words = append(words, fx.Reply.String())
	}
	if fx.Dropped {
		words = append(words, "dropped")
	}
	result.Text = strings.Join(words, ", ")
	return []ladder.Row{row, result}
}

func name(role int) string { return string(rune('A' + role)) }

func way(role int, w ladder.Way) ladder.Way {
	if role == 1 {
		return w.Reverse()
	}
	return w
}

// segments counts what was put on the wire in a run.
func segments(b *system.System, t *properties.Trace) int {
	n := 0
	for k := 1; k < len(t.Steps); k++ {
		before, st := t.Steps[k-1].State, t.Steps[k]
		if st.Action.Kind == system.Lose {
			continue
		}
		who := before.A
		if (st.Side == 1) != st.Action.Kind.Arrives() {
			who = before.B
		}
		list, _ := b.Happenings(*who, st.Action)
		for i := range list {
			if list[i].Fx.Sends {
				n++
			}
		}
	}
	return n
}
