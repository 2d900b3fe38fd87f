package smt

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// String is the term in SMT-LIB's notation.
func (t *Term) String() string {
	var b strings.Builder
	t.write(&b)
	return b.String()
}

func (t *Term) write(b *strings.Builder) {
	switch {
	case t.op == opVar || t.op == opDefined || t.name != "":
		b.WriteString(symbol(t.name))
	case t.op == opLiteral && t.sort == Bool:
		b.WriteString(strconv.FormatBool(t.n != 0))
	case t.op == opLiteral && t.n < 0:
		fmt.Fprintf(b, "(- %d)", -t.n)
	case t.op == opLiteral:
		b.WriteString(strconv.FormatInt(t.n, 10))
	default:
		b.WriteString("(" + opNames[t.op])
		for _, a := range t.args {
			b.WriteByte(' ')
			a.write(b)
		}
		b.WriteByte(')')
	}
}

// symbol quotes what is no simple symbol of SMT-LIB.
func symbol(name string) string {
	for _, r := range name {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._", r)) {
			return "|" + name + "|"
		}
	}
	return name
}

// Answer is what a solver says: whether there are values that satisfy all that is asserted.
type Answer string

// The answers. A solver may also give up: Unknown.
const (
	Unsat   Answer = "unsat"
	Sat     Answer = "sat"
	Unknown Answer = "unknown"
)

// Obligation is one question to a solver.
type Obligation struct {
	Name string
	// Goal must follow from what its group assumes, if Expect is Unsat; it must
	// be possible under it, if Expect is Sat.
	Goal   *Term
	Expect Answer
}

// asserted is what a solver is given: the goal's negation, if the goal must follow.
func (o *Obligation) asserted() *Term {
	if o.Expect == Unsat {
		return Not(o.Goal)
	}
	return o.Goal
}

// Fact is an assumption with its name.
type Fact struct {
	Name string
	Term *Term
}

// Group is a file: obligations with the same assumptions.
type Group struct {
	Name        string // of the file, without its suffix
	Text        string // what it is about: a comment
	Assume      []Fact
	Obligations []Obligation
}

// SMT is the group as a script in SMT-LIB 2.6. Before each answer the solver
// echoes the name of the obligation.
func (g *Group) SMT() string { return g.script(g.Obligations, nil) }

// script asks some of the obligations, and for the values of some terms after each answer.
func (g *Group) script(list []Obligation, values []*Term) string {
	p := &printer{seen: map[string]*Term{}}
	for line := range strings.SplitSeq(g.Text, "\n") {
		p.line("%s", strings.TrimSpace("; "+line))
	}
	p.line("")
	p.line("(set-info :smt-lib-version 2.6)")
	if values != nil {
		p.line("(set-option :produce-models true)")
	}
	p.line("(set-logic QF_LIA)")
	var terms []*Term
	for _, f := range g.Assume {
		terms = append(terms, f.Term)
	}
	for i := range list {
		terms = append(terms, list[i].Goal)
	}
	p.enums(slices.Concat(terms, values))
	for _, t := range slices.Concat(terms, values) {
		p.declare(t)
	}
	for _, f := range g.Assume {
		p.line("\n; %s", f.Name)
		p.line("(assert %v)", f.Term)
	}
	for i := range list {
		o := &list[i]
		p.line("")
		p.line("(push 1)")
		p.line("(echo %q)", o.Name)
		p.line("(assert %v)", o.asserted())
		p.line("(check-sat) ; %s", o.Expect)
		for _, v := range values {
			p.line("(get-value (%v))", v)
		}
		p.line("(pop 1)")
	}
	p.line("(exit)")
	return p.b.String()
}

type printer struct {
	b    strings.Builder
	seen map[string]*Term
}

func (p *printer) line(format string, args ...any) {
	fmt.Fprintf(&p.b, format, args...)
	p.b.WriteByte('\n')
}

// knows reports whether t, which has a name, is in the script already.
func (p *printer) knows(t *Term) bool {
	other, ok := p.seen[t.name]
	if ok && other != t && (t.op != opLiteral || other.op != opLiteral || other.n != t.n) {
		panic("smt: two terms have the name " + t.name)
	}
	return ok
}

// enums defines the names of enumerated values that occur.
func (p *printer) enums(list []*Term) {
	visited := map[*Term]bool{}
	var visit func(t *Term)
	visit = func(t *Term) {
		if visited[t] {
			return
		}
		visited[t] = true
		if t.op == opLiteral && t.name != "" && !p.knows(t) {
			p.seen[t.name] = t
			p.line("(define-fun %s () Int %d)", symbol(t.name), t.n)
		}
		for _, a := range t.args {
			visit(a)
		}
	}
	for _, t := range list {
		visit(t)
	}
}

// declare declares the variables of t, and defines what it names, each before it is used.
func (p *printer) declare(t *Term) {
	if t.op == opLiteral || t.name != "" && p.knows(t) {
		return
	}
	for _, a := range t.args {
		p.declare(a)
	}
	switch t.op {
	case opVar:
		p.seen[t.name] = t
		p.line("(declare-const %s %s)", symbol(t.name), t.sort)
	case opDefined:
		p.seen[t.name] = t
		p.line("(define-fun %s () %s %v)", symbol(t.name), t.sort, t.args[0])
	}
}

// Variables lists the variables that occur in some terms, in order of occurrence.
func Variables(list ...*Term) (vars []*Term) {
	visited := map[*Term]bool{}
	var visit func(t *Term)
	visit = func(t *Term) {
		if visited[t] {
			return
		}
		visited[t] = true
		if t.op == opVar {
			vars = append(vars, t)
		}
		for _, a := range t.args {
			visit(a)
		}
	}
	for _, t := range list {
		visit(t)
	}
	return vars
}
