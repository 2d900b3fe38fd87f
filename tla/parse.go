package tla

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// compareValues orders the canonical texts of values: numbers by size, which
// the shorter has less of, and all others as strings.
func compareValues(a, b string) int {
	if digits(a) && digits(b) {
		if d := cmp.Compare(len(a), len(b)); d != 0 {
			return d
		}
	}
	return strings.Compare(a, b)
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// Canonical rewrites a state as TLC prints it, a conjunction of variables and
// their values, in the form of State: a record with ascending fields.
func Canonical(state string) (string, error) {
	p := parser{text: state}
	var fields []string
	for p.skip(`/\`) {
		f, err := p.binding("=")
		if err != nil {
			return "", err
		}
		fields = append(fields, f)
	}
	if p.space(); p.at < len(p.text) {
		return "", p.fault("a conjunction")
	}
	slices.Sort(fields)
	return "[" + strings.Join(fields, ", ") + "]", nil
}

// parser reads the values that TCP.tla has: numbers, strings, truth values,
// records, sets and sequences.
type parser struct {
	text string
	at   int
}

func (p *parser) fault(wanted string) error {
	rest := p.text[p.at:]
	return fmt.Errorf("a state that TLC printed: %s is wanted at %.40q", wanted, rest)
}

func (p *parser) space() {
	for p.at < len(p.text) && strings.IndexByte(" \n\t\r", p.text[p.at]) >= 0 {
		p.at++
	}
}

func (p *parser) skip(token string) bool {
	p.space()
	if !strings.HasPrefix(p.text[p.at:], token) {
		return false
	}
	p.at += len(token)
	return true
}

func wordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

func (p *parser) word() string {
	p.space()
	from := p.at
	for p.at < len(p.text) && wordByte(p.text[p.at]) {
		p.at++
	}
	return p.text[from:p.at]
}

// binding is a name and a value: "next |-> 0".
func (p *parser) binding(sign string) (string, error) {
	name := p.word()
	if name == "" || !p.skip(sign) {
		return "", p.fault("NAME " + sign)
	}
	v, err := p.value()
	return name + " |-> " + v, err
}

func (p *parser) value() (string, error) {
	switch {
	case p.skip("["):
		fields, err := p.list("]", func() (string, error) { return p.binding("|->") })
		slices.Sort(fields)
		return "[" + strings.Join(fields, ", ") + "]", err
	case p.skip("<<"):
		elements, err := p.list(">>", p.value)
		return "<<" + strings.Join(elements, ", ") + ">>", err
	case p.skip("{"):
		elements, err := p.list("}", p.value)
		slices.SortFunc(elements, compareValues)
		return "{" + strings.Join(elements, ", ") + "}", err
	case p.skip(`"`):
		n := strings.IndexByte(p.text[p.at:], '"')
		if n < 0 {
			return "", p.fault("the end of a string")
		}
		p.at += n + 1
		return p.text[p.at-n-2 : p.at], nil
	}
	from := p.at
	w := p.word()
	if w != "TRUE" && w != "FALSE" && !digits(w) {
		p.at = from
		return "", p.fault("a value")
	}
	return w, nil
}

// list reads elements between commas, up to a bracket.
func (p *parser) list(end string, element func() (string, error)) ([]string, error) {
	var list []string
	for !p.skip(end) {
		if len(list) > 0 && !p.skip(",") {
			return nil, p.fault("a comma or " + end)
		}
		e, err := element()
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, nil
}
