package smt

import (
	"strconv"
	"strings"
)

var infixNames = [...]string{opAnd: "and", opOr: "or", opImplies: "=>", opEq: "=", opLe: "=<", opLt: "<", opAdd: "+", opSub: "-", opScale: "*"}

// Infix is the term as people write it.
func (t *Term) Infix() string { return t.infix(false) }

func (t *Term) infix(inside bool) string {
	switch {
	case t.op == opDefined:
		return t.args[0].infix(inside)
	case t.op == opVar || t.name != "":
		return t.name
	case t.op == opLiteral && t.sort == Bool:
		return strconv.FormatBool(t.n != 0)
	case t.op == opLiteral:
		return strconv.FormatInt(t.n, 10)
	case t.op == opNot && t.args[0].op == opEq:
		return parentheses(inside, t.args[0].args[0].infix(true)+" /= "+t.args[0].args[1].infix(true))
	case t.op == opNot:
		return "not " + t.args[0].infix(true)
	case t.op == opIte && t.sort == Int && t.args[1].isNumber(1) && t.args[2].isNumber(0):
		return "[" + t.args[0].infix(false) + "]"
	case t.op == opIte:
		return parentheses(inside, "if "+t.args[0].infix(true)+" then "+t.args[1].infix(true)+" else "+t.args[2].infix(true))
	}
	if s, ok := t.chain(); ok {
		return parentheses(inside, s)
	}
	if s, ok := t.oneOf(); ok {
		return parentheses(inside, s)
	}
	var parts []string
	for _, a := range t.args {
		parts = append(parts, a.infix(true))
	}
	return parentheses(inside, strings.Join(parts, " "+infixNames[t.op]+" "))
}

func parentheses(inside bool, s string) string {
	if inside {
		return "(" + s + ")"
	}
	return s
}

func (t *Term) isNumber(n int64) bool {
	return t.op == opLiteral && t.sort == Int && t.name == "" && t.n == n
}

// chain writes a =< b and b < c as a =< b < c.
func (t *Term) chain() (string, bool) {
	if t.op != opAnd || len(t.args) != 2 {
		return "", false
	}
	x, y := t.args[0], t.args[1]
	ordered := func(u *Term) bool { return u.op == opLe || u.op == opLt }
	if !ordered(x) || !ordered(y) || x.args[1].String() != y.args[0].String() {
		return "", false
	}
	return x.infix(false) + " " + infixNames[y.op] + " " + y.args[1].infix(true), true
}

// oneOf writes x = a or x = b as "x is a or b".
func (t *Term) oneOf() (string, bool) {
	if t.op != opOr {
		return "", false
	}
	var values []string
	for _, a := range t.args {
		if a.op != opEq || a.args[0] != t.args[0].args[0] || a.args[1].op != opLiteral {
			return "", false
		}
		values = append(values, a.args[1].infix(false))
	}
	return t.args[0].args[0].infix(true) + " is " + strings.Join(values, " or "), true
}

// Conjuncts are the parts of a conjunction; of anything else it is the only one.
func (t *Term) Conjuncts() []*Term {
	if _, chain := t.chain(); t.op != opAnd || chain {
		return []*Term{t}
	}
	return t.args
}
