// Package smt is a small language of integer and truth-valued terms, with two
// readers: an evaluator, for values at hand, and a printer to SMT-LIB 2.6, for
// solvers. What is proved and what is run is the same tree.
//
// Only what is linear can be written: there is no product of two variables.
package smt

import "fmt"

// Sort is what a term stands for.
type Sort uint8

// The sorts. An enumeration is an Int with names for its values.
const (
	Int Sort = iota
	Bool
)

func (s Sort) String() string { return [...]string{"Int", "Bool"}[s] }

type op uint8

const (
	opLiteral op = iota
	opVar
	opDefined
	opAnd
	opOr
	opNot
	opImplies
	opEq
	opLe
	opLt
	opAdd
	opSub
	opScale
	opIte
)

var opNames = [...]string{opAnd: "and", opOr: "or", opNot: "not", opImplies: "=>", opEq: "=", opLe: "<=", opLt: "<", opAdd: "+", opSub: "-", opScale: "*", opIte: "ite"}

// Term is an expression. Terms are immutable, and may be shared.
type Term struct {
	op   op
	sort Sort
	n    int64  // the value of a literal; the slot of a variable or definition
	name string // of a variable, a definition, or the value of an enumeration
	enum *Enum  // of which a variable is
	args []*Term
}

// Sort is the sort of t.
func (t *Term) Sort() Sort { return t.sort }

// Name is the name of a variable, a definition or an enumerated value, or empty.
func (t *Term) Name() string { return t.name }

// Enum is an enumeration: the names of the values 0, 1, ...
type Enum struct{ Names []string }

// Value is the i-th value as a term.
func (e *Enum) Value(i int) *Term {
	return &Term{op: opLiteral, sort: Int, n: int64(i), name: e.Names[i]}
}

// Vocabulary hands out variables and definitions. A slot in an [Env] belongs to
// each. In one script no two may have the same name.
type Vocabulary struct{ slots int }

func (v *Vocabulary) slot() int64 {
	v.slots++
	return int64(v.slots - 1)
}

// Int declares an integer.
func (v *Vocabulary) Int(name string) *Term {
	return &Term{op: opVar, sort: Int, n: v.slot(), name: name}
}

// Bool declares a truth value.
func (v *Vocabulary) Bool(name string) *Term {
	return &Term{op: opVar, sort: Bool, n: v.slot(), name: name}
}

// Of declares a variable of an enumeration.
func (v *Vocabulary) Of(e *Enum, name string) *Term {
	return &Term{op: opVar, sort: Int, n: v.slot(), name: name, enum: e}
}

// Define gives a term a name, under which solvers see it once, and by which it
// is evaluated once.
func (v *Vocabulary) Define(name string, t *Term) *Term {
	return &Term{op: opDefined, sort: t.sort, n: v.slot(), name: name, enum: t.enum, args: []*Term{t}}
}

// Number is a literal.
func Number(n int) *Term { return &Term{op: opLiteral, sort: Int, n: int64(n)} }

// The truth values.
var (
	True  = &Term{op: opLiteral, sort: Bool, n: 1}
	False = &Term{op: opLiteral, sort: Bool, n: 0}
)

func (t *Term) isTrue() bool  { return t.op == opLiteral && t.sort == Bool && t.n == 1 }
func (t *Term) isFalse() bool { return t.op == opLiteral && t.sort == Bool && t.n == 0 }

func wants(s Sort, list ...*Term) {
	for _, t := range list {
		if t.sort != s {
			panic("smt: " + t.String() + " is no " + s.String())
		}
	}
}

// fold builds a conjunction or a disjunction: neutral terms are left out, and
// one absorbing term is all of it.
func fold(o op, neutral, absorbing *Term, list []*Term) *Term {
	wants(Bool, list...)
	var args []*Term
	for _, t := range list {
		switch {
		case t.op == opLiteral && t.n == absorbing.n:
			return absorbing
		case t.op == opLiteral:
		case t.op == o:
			args = append(args, t.args...)
		default:
			args = append(args, t)
		}
	}
	switch len(args) {
	case 0:
		return neutral
	case 1:
		return args[0]
	}
	return &Term{op: o, sort: Bool, args: args}
}

// And holds if all of the list do.
func And(list ...*Term) *Term { return fold(opAnd, True, False, list) }

// Or holds if one of the list does.
func Or(list ...*Term) *Term { return fold(opOr, False, True, list) }

// Not is the negation.
func Not(t *Term) *Term {
	wants(Bool, t)
	switch {
	case t.isTrue():
		return False
	case t.isFalse():
		return True
	case t.op == opNot:
		return t.args[0]
	}
	return &Term{op: opNot, sort: Bool, args: []*Term{t}}
}

// Implies is a => b.
func Implies(a, b *Term) *Term {
	wants(Bool, a, b)
	if a.isTrue() || b.isTrue() {
		return b
	}
	return &Term{op: opImplies, sort: Bool, args: []*Term{a, b}}
}

// Eq is equality, of truth values too.
func Eq(a, b *Term) *Term {
	wants(a.sort, b)
	switch {
	case b.isTrue():
		return a
	case b.isFalse():
		return Not(a)
	}
	return &Term{op: opEq, sort: Bool, args: []*Term{a, b}}
}

// Ne is its negation.
func Ne(a, b *Term) *Term { return Not(Eq(a, b)) }

func compare(o op, a, b *Term) *Term {
	wants(Int, a, b)
	return &Term{op: o, sort: Bool, args: []*Term{a, b}}
}

// Le is a =< b.
func Le(a, b *Term) *Term { return compare(opLe, a, b) }

// Lt is a < b.
func Lt(a, b *Term) *Term { return compare(opLt, a, b) }

// Add is the sum.
func Add(list ...*Term) *Term {
	wants(Int, list...)
	return &Term{op: opAdd, sort: Int, args: list}
}

// Sub is a - b.
func Sub(a, b *Term) *Term {
	wants(Int, a, b)
	return &Term{op: opSub, sort: Int, args: []*Term{a, b}}
}

// Scale is n * t.
func Scale(n int, t *Term) *Term {
	wants(Int, t)
	return &Term{op: opScale, sort: Int, args: []*Term{Number(n), t}}
}

// Ite is a if c, else b.
func Ite(c, a, b *Term) *Term {
	wants(Bool, c)
	wants(a.sort, b)
	switch {
	case c.isTrue():
		return a
	case c.isFalse():
		return b
	}
	return &Term{op: opIte, sort: a.sort, enum: a.enum, args: []*Term{c, a, b}}
}

// Max is the greater of two.
func Max(a, b *Term) *Term { return Ite(Lt(a, b), b, a) }

// Min is the lesser of two.
func Min(a, b *Term) *Term { return Ite(Lt(a, b), a, b) }

// One is 1 if c, else 0.
func One(c *Term) *Term { return Ite(c, Number(1), Number(0)) }

// OneOf holds if t is one of the values.
func OneOf(t *Term, values ...*Term) *Term {
	var list []*Term
	for _, v := range values {
		list = append(list, Eq(t, v))
	}
	return Or(list...)
}

// Enumerated reports whether t stands for a value of an enumeration.
func (t *Term) Enumerated() bool { return t.enum != nil }

// ValueName is the name of a value of the enumeration of t.
func (t *Term) ValueName(n int64) string {
	if t.enum == nil || n < 0 || n >= int64(len(t.enum.Names)) {
		return fmt.Sprint(n)
	}
	return t.enum.Names[n]
}
