package properties

import (
	"slices"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// View is a state of the system as a property sees it.
type View = checker.Pair[system.Side]

// Half is the part of a transition that happens in one side.
type Half = checker.SideStep[system.Side, system.Action]

// Property is a claim in the form that the checker judges.
type Property = checker.Property[View, system.Action]

// Kind is what a claim speaks of.
type Kind string

// The kinds of claims.
const (
	Safety   Kind = "safety"   // of every reachable state
	Step     Kind = "step"     // of every transition
	Liveness Kind = "liveness" // of every fair run
	Witness  Kind = "witness"  // that something can be reached
)

// Claim is one entry of the catalogue: what must be true, by which clause,
// under which fairness, and in which scenarios it is judged. Two endpoints are
// called i and its peer; a claim is made of both.
type Claim struct {
	Number    string // "S1", "L3"; witnesses have "W1" and so on
	Name      string
	Kind      Kind
	Clause    string   // of RFC 9293
	Text      string   // the claim in words
	Fairness  []string // the assumptions that it needs, by name
	Windowed  []string // further ones, where windows vary
	Scenarios []string // those in which its premise can hold
	Network   bool     // its predicates look at what is in flight, too

	catalogued bool // one of the Catalogue, so that Network says the truth
	parts      func(b *system.System, fair []Fairness) []Property
}

// Properties are the claim's parts for a system, under the claim's own
// fairness less what is dropped. The claim holds if each part does.
func (c Claim) Properties(b *system.System, drop ...string) []Property {
	parts := c.parts(b, Assume(c.Assumes(b), drop...))
	if c.catalogued && !c.Network {
		for i, p := range parts {
			parts[i] = checker.Reading(p, endpoints)
		}
	}
	return parts
}

// endpoints is what most predicates read of a side: all but what it has in
// flight.
var endpoints = &checker.Projection[system.Side]{Of: func(s system.Side) system.Side {
	s.Net, s.NumNet = [system.MaxInFlight + 1]model.Segment{}, 0
	return s
}}

// Assumes names the fairness assumptions that the claim needs in a system. Where
// there is a clock, and fairness at all, time goes on.
func (c Claim) Assumes(b *system.System) []string {
	names := slices.Clip(c.Fairness)
	if b.Window > 0 {
		names = slices.Concat(names, c.Windowed)
	}
	if b.Timed.On() && len(names) > 0 && !slices.Contains(names, "time") {
		names = append(names, "time")
	}
	return names
}

// In reports whether the claim is judged in the scenario.
func (c Claim) In(scenario string) bool { return slices.Contains(c.Scenarios, scenario) }

// Catalogue lists every claim: safety, steps, liveness, witnesses.
func Catalogue() []Claim {
	list := slices.Concat(safetyClaims(), lostDataClaims(), []Claim{halfOpenReset()}, thirdPartyClaims(), clockSafety(), arrivalClaims(), livenessClaims(),
		clockLiveness(), witnesses(), thirdPartyWitnesses(), windowWitnesses(), clockWitnesses())
	for i := range list {
		list[i].catalogued = true
	}
	return list
}

// Lookup finds a claim by its name or its number (the first, if several share it).
func Lookup(name string) (Claim, bool) {
	for _, c := range Catalogue() {
		if c.Name == name || c.Number == name {
			return c, true
		}
	}
	return Claim{}, false
}

// either lifts a predicate over an endpoint and its peer to one that holds of
// the system if it holds of one of the two endpoints.
func either(f func(i, p *system.Side) bool) func(View) bool {
	return func(v View) bool { return f(v.A, v.B) || f(v.B, v.A) }
}

// implied lifts "of each endpoint: when implies then".
func implied(when, then func(i, p *system.Side) bool) func(View) bool {
	return func(v View) bool {
		return (!when(v.A, v.B) || then(v.A, v.B)) && (!when(v.B, v.A) || then(v.B, v.A))
	}
}

// always is the claim of each endpoint: when implies then.
func always(name string, when, then func(i, p *system.Side) bool) Property {
	return checker.AlwaysWhen[system.Action](name, either(when), implied(when, then))
}

// leads makes two parts, one for each endpoint: when leads to then.
func leads(name string, fair []Fairness, when, then func(i, p *system.Side) bool) []Property {
	return []Property{
		checker.LeadsTo(name+" (A)",
			func(v View) bool { return when(v.A, v.B) }, func(v View) bool { return then(v.A, v.B) }, fair...),
		checker.LeadsTo(name+" (B)",
			func(v View) bool { return when(v.B, v.A) }, func(v View) bool { return then(v.B, v.A) }, fair...),
	}
}

// asked is the claim of everything that the machine does: whenever it is
// asked, when implies then.
func asked(name string, b *system.System, when, then func(*system.Side, *system.Happening) bool) Property {
	return checker.AlwaysSideStepWhen(name,
		func(h Half) bool {
			return anyHappening(b, h, when)
		},
		func(h Half) bool {
			return !anyHappening(b, h, func(s *system.Side, x *system.Happening) bool { return when(s, x) && !then(s, x) })
		})
}

// did is the witness that the machine does something.
func did(name string, b *system.System, what func(*system.Side, *system.Happening) bool) Property {
	return checker.SometimesSideStep(name, func(h Half) bool { return anyHappening(b, h, what) })
}

// anyHappening asks the machine again what happened in a half of a transition,
// and reports whether some part of it satisfies f. What a step did is neither
// state nor label.
func anyHappening(b *system.System, h Half, f func(*system.Side, *system.Happening) bool) bool {
	if h.Kind == checker.Offer || !h.Action.Kind.Asks() {
		return false // the segment leaves, or nobody notices; the machine is not asked
	}
	var list []system.Happening
	if h.Memo != nil {
		list, _ = (*h.Memo).([]system.Happening)
	}
	if list == nil {
		list, _ = b.Happenings(*h.From, h.Action)
		if h.Memo != nil {
			*h.Memo = list
		}
	}
	for i := range list {
		if f(h.To, &list[i]) {
			return true
		}
	}
	return false
}

// arrived reports whether the happening is the arrival of a segment.
func arrived(x *system.Happening) bool { return x.Event.Kind == model.SegmentArrives }

func closed(s *system.Side) bool { return s.State == model.Closed }

func bothClosed(v View) bool { return closed(v.A) && closed(v.B) }
