package smt

// Env holds the values of variables. Truth values are 0 and 1. It is not safe
// for concurrent use.
type Env struct {
	values []int64
	made   []uint32 // when the value of a definition was computed
	now    uint32
}

// Env makes an environment for the vocabulary as it is now: every variable is 0.
func (v *Vocabulary) Env() *Env {
	return &Env{values: make([]int64, v.slots), made: make([]uint32, v.slots), now: 1}
}

// Set gives a variable a value.
func (e *Env) Set(t *Term, n int64) {
	if t.op != opVar {
		panic("smt: " + t.String() + " is no variable")
	}
	if e.values[t.n] != n {
		e.values[t.n] = n
		e.now++ // every definition may have another value
	}
}

// SetBool gives a variable a truth value.
func (e *Env) SetBool(t *Term, b bool) { e.Set(t, number(b)) }

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// Holds evaluates a truth-valued term.
func (e *Env) Holds(t *Term) bool { return e.Value(t) != 0 }

// Value evaluates a term.
func (e *Env) Value(t *Term) int64 {
	switch t.op {
	case opLiteral:
		return t.n
	case opVar:
		return e.values[t.n]
	case opDefined:
		if e.made[t.n] != e.now {
			e.values[t.n], e.made[t.n] = e.Value(t.args[0]), e.now
		}
		return e.values[t.n]
	case opAnd:
		return e.all(t.args, 0)
	case opOr:
		return 1 - e.all(t.args, 1)
	case opNot:
		return 1 - e.Value(t.args[0])
	case opImplies:
		return number(e.Value(t.args[0]) == 0 || e.Value(t.args[1]) != 0)
	case opEq:
		return number(e.Value(t.args[0]) == e.Value(t.args[1]))
	case opLe:
		return number(e.Value(t.args[0]) <= e.Value(t.args[1]))
	case opLt:
		return number(e.Value(t.args[0]) < e.Value(t.args[1]))
	case opAdd:
		var sum int64
		for _, a := range t.args {
			sum += e.Value(a)
		}
		return sum
	case opScale:
		return t.args[0].n * e.Value(t.args[1])
	case opSub:
		return e.Value(t.args[0]) - e.Value(t.args[1])
	}
	if e.Value(t.args[0]) != 0 {
		return e.Value(t.args[1])
	}
	return e.Value(t.args[2])
}

// all is 1 if no term of the list has the value that ends the search.
func (e *Env) all(list []*Term, ends int64) int64 {
	for _, t := range list {
		if e.Value(t) == ends {
			return 0
		}
	}
	return 1
}
