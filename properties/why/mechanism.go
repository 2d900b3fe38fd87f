package why

import (
	"path"
	"slices"
	"strings"

	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// Part is what a mechanism belongs to.
type Part string

// The parts of the close, in the order in which they are told.
const (
	Ending    Part = "the FIN"
	Answering Part = "acknowledgments"
	Ordering  Part = "order and duplicates"
	States    Part = "the states of the close"
	Waiting   Part = "TIME-WAIT"
	Resetting Part = "resets"
	Users     Part = "the users"
	Opening   Part = "the opening"
	Fairness  Part = "fairness"
)

// Parts lists them in order.
func Parts() []Part {
	return []Part{Ending, Answering, Ordering, States, Waiting, Resetting, Users, Opening, Fairness}
}

// Mechanism is one thing that could be left out.
type Mechanism struct {
	Name    string
	Part    Part
	Clause  string // of RFC 9293; a fairness assumption has none
	Text    string // what it is, as a phrase: "the FIN is sent again until it is acknowledged"
	Without string // what is done instead when it is removed

	options []string                 // switched on
	bound   func(*system.Bounds)     // or a bound of the system, changed
	flag    string                   // how the command line changes it; empty if it cannot
	drop    string                   // or a fairness assumption, not made
	where   func(system.Bounds) bool // nil: everywhere. Elsewhere it is not there to remove
}

// Catalogue lists the mechanisms, and after them every fairness assumption.
func Catalogue() []Mechanism {
	list := slices.Concat(finMechanisms(), ackMechanisms(), orderMechanisms(), stateMechanisms(),
		timeWaitMechanisms(), resetMechanisms(), userMechanisms(), openingMechanisms())
	for _, a := range properties.Assumptions() {
		list = append(list, Mechanism{
			Name: "fair-" + a.Name, Part: Fairness, Text: a.Text,
			Without: "it is not assumed that " + a.Text, drop: a.Name,
		})
	}
	return list
}

// Matching lists the mechanisms whose name matches the glob.
func Matching(glob string) ([]Mechanism, error) {
	var list []Mechanism
	for _, m := range Catalogue() {
		ok, err := path.Match(strings.ToLower(glob), m.Name)
		if err != nil {
			return nil, err
		}
		if ok {
			list = append(list, m)
		}
	}
	return list, nil
}

// How is how the command line of explore removes it.
func (m *Mechanism) How() string {
	var flags []string
	for _, name := range m.options {
		o := option(name)
		if o.Values[1] != "true" {
			name += "=" + o.Values[1]
		}
		flags = append(flags, "--option "+name)
	}
	if m.flag != "" {
		flags = append(flags, m.flag)
	}
	if m.drop != "" {
		flags = append(flags, "--drop-fairness "+m.drop)
	}
	return strings.Join(flags, " ")
}

// Remove takes the mechanism away from a run. It reports false if there is
// nothing to take: the run is without it already.
func (m *Mechanism) Remove(r *properties.Run) bool {
	before := r.Bounds
	if m.where != nil && !m.where(before) {
		return false
	}
	for _, name := range m.options {
		option(name).Set(&r.Bounds.Options, true)
	}
	if m.bound != nil {
		m.bound(&r.Bounds)
	}
	if m.drop == "" {
		return r.Bounds != before
	}
	if slices.Contains(r.Drop, m.drop) {
		return false
	}
	r.Drop = append(slices.Clone(r.Drop), m.drop)
	r.Claims = slices.DeleteFunc(slices.Clone(r.Claims), func(c properties.Claim) bool {
		return !slices.Contains(c.Fairness, m.drop)
	})
	return len(r.Claims) > 0
}

func option(name string) model.Option {
	o, ok := model.Lookup(name)
	if !ok {
		panic("BUG: no option " + name)
	}
	return o
}

// without is the mechanism that options of the model take away; what they do is
// what they say of themselves.
func without(name string, part Part, text string, options ...string) Mechanism {
	m := Mechanism{Name: name, Part: part, Text: text, options: options}
	var says []string
	for _, n := range options {
		o := option(n)
		says = append(says, o.Text)
		if m.Clause == "" {
			m.Clause = o.Clause
		}
	}
	m.Without = strings.Join(says, "; ")
	return m
}
