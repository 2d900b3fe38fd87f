package properties

import "finwait/model/system"

// Of is the claim with these parts. It is for claims outside the catalogue:
// what is asked of the machine once, to answer somebody.
func (c Claim) Of(parts func(b *system.System, fair []Fairness) []Property) Claim {
	c.parts, c.catalogued = parts, false
	return c
}

// Always claims of each endpoint i with its peer p: whenever when holds, then does.
func Always(name string, when, then func(i, p *system.Side) bool) Property {
	return always(name, when, then)
}

// LeadsTo claims of each endpoint i with its peer p, in two parts: when leads to then.
func LeadsTo(name string, fair []Fairness, when, then func(i, p *system.Side) bool) []Property {
	return leads(name, fair, when, then)
}

// Asked claims of everything that the machine does: whenever it is asked and
// when holds, then does. The side is the one that it has become.
func Asked(name string, b *system.System, when, then func(*system.Side, *system.Happening) bool) Property {
	return asked(name, b, when, then)
}

// AssumeAllBut names every fairness assumption but some.
func AssumeAllBut(without ...string) []string { return baseBut(without...) }
