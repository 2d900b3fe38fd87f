package smt

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// solvers lists those that are installed.
func solvers(t *testing.T) (list []Solver) {
	t.Helper()
	for _, s := range Solvers() {
		if err := s.Find(); err != nil {
			t.Logf("NOT COMPARED with %s: %v", s.Name, err)
			continue
		}
		list = append(list, s)
	}
	if len(list) == 0 {
		t.Skip("SKIP-OK: NOT COMPARED with any solver: apt-get install z3 cvc5")
	}
	return list
}

// vocabulary of random terms.
type terms struct {
	Vocabulary
	ints, bools []*Term
	random      *rand.Rand
}

func newTerms(seed uint64) *terms {
	v := &terms{random: rand.New(rand.NewPCG(seed, 0))}
	e := &Enum{Names: []string{"RED", "GREEN-ISH", "blue sky"}}
	v.ints = []*Term{v.Int("a"), v.Int("b'"), v.Of(e, "colour"), Number(-3), Number(2), e.Value(2), e.Value(0)}
	v.bools = []*Term{v.Bool("p"), v.Bool("q.r"), True, False}
	return v
}

func (v *terms) int(depth int) *Term {
	if depth == 0 {
		return v.ints[v.random.IntN(len(v.ints))]
	}
	x, y := v.int(depth-1), v.int(depth-1)
	switch v.random.IntN(6) {
	case 0:
		return Add(x, y, x)
	case 1:
		return Sub(x, y)
	case 2:
		return Max(x, y)
	case 3:
		return Min(x, y)
	case 4:
		return One(v.bool(depth - 1))
	}
	return Ite(v.bool(depth-1), x, y)
}

func (v *terms) bool(depth int) *Term {
	if depth == 0 {
		return v.bools[v.random.IntN(len(v.bools))]
	}
	p, q := v.bool(depth-1), v.bool(depth-1)
	switch v.random.IntN(8) {
	case 0:
		return And(p, q, v.bool(depth-1))
	case 1:
		return Or(p, q)
	case 2:
		return Not(p)
	case 3:
		return Implies(p, q)
	case 4:
		return Eq(p, q)
	case 5:
		return Eq(v.int(depth-1), v.int(depth-1))
	case 6:
		return Le(v.int(depth-1), v.int(depth-1))
	}
	return Lt(v.int(depth-1), v.int(depth-1))
}

// The evaluator and the solvers, by way of the printer, agree about random terms.
func TestEvaluatorAgreesWithSolvers(t *testing.T) {
	list := solvers(t)
	rapid.Check(t, func(rt *rapid.T) {
		v := newTerms(rapid.Uint64().Draw(rt, "seed"))
		g := &Group{Name: "random"}
		var found []*Term
		for i := range 40 {
			found = append(found, v.Define("defined-"+string(rune('a'+i%26))+string(rune('a'+i/26)), v.bool(4)))
		}
		e := v.Env()
		for _, x := range v.ints[:3] {
			n := v.random.IntN(7) - 3
			e.Set(x, int64(n))
			g.Assume = append(g.Assume, Fact{"value", Eq(x, Number(n))})
		}
		for _, p := range v.bools[:2] {
			b := v.random.IntN(2) == 0
			e.SetBool(p, b)
			if !b {
				p = Not(p)
			}
			g.Assume = append(g.Assume, Fact{"value", p})
		}
		for i, f := range found {
			o := Obligation{Name: found[i].Name(), Goal: f, Expect: Unsat}
			if !e.Holds(f) {
				o.Goal = Not(f)
			}
			g.Obligations = append(g.Obligations, o)
		}
		s := list[v.random.IntN(len(list))]
		answers, err := s.Prove(t.Context(), g)
		require.NoError(rt, err)
		require.Len(rt, answers, len(found))
		for _, a := range answers {
			require.True(rt, a.Proved(), "%s: %s is %s", s.Name, a.Obligation.Name, a.Answer)
		}
	})
}

// A definition has another value as soon as a variable has.
func TestEvaluatorForgets(t *testing.T) {
	var v Vocabulary
	a := v.Int("a")
	d := v.Define("d", Add(a, Number(1)))
	e := v.Env()
	assert.EqualValues(t, 1, e.Value(d))
	e.Set(a, 5)
	assert.EqualValues(t, 6, e.Value(d))
	assert.Panics(t, func() { e.Set(d, 1) }, "a definition cannot be set")
}

// Terms of the wrong sort cannot be built, and two terms of a script cannot share a name.
func TestMistakesPanic(t *testing.T) {
	var v Vocabulary
	a, p := v.Int("a"), v.Bool("p")
	assert.Panics(t, func() { And(a) })
	assert.Panics(t, func() { Le(p, a) })
	assert.Panics(t, func() { Eq(a, p) })
	assert.Panics(t, func() { Ite(p, a, p) })
	g := &Group{Obligations: []Obligation{{"x", Eq(a, v.Int("a")), Sat}}}
	assert.Panics(t, func() { g.SMT() })
}

// A counterexample is one: the values falsify the goal.
func TestModel(t *testing.T) {
	var v Vocabulary
	a, b, p := v.Int("a'"), v.Int("b"), v.Bool("p q")
	g := &Group{Name: "m", Assume: []Fact{{"", Lt(Number(-5), a)}, {"", Lt(a, b)}, {"", Not(p)}}}
	o := Obligation{"no", Or(p, Lt(Number(-2), a)), Unsat}
	for _, s := range solvers(t) {
		values, err := s.Model(t.Context(), g, o, []*Term{a, b, p})
		require.NoError(t, err)
		e := v.Env()
		for i, x := range []*Term{a, b, p} {
			e.Set(x, values[i])
		}
		assert.False(t, e.Holds(o.Goal), s.Name)
		assert.True(t, e.Holds(g.Assume[0].Term) && e.Holds(g.Assume[1].Term), s.Name)
		_, err = s.Model(t.Context(), g, Obligation{"yes", Lt(a, b), Unsat}, []*Term{a})
		assert.Error(t, err, "what is proved has no counterexample")
	}
}

// A solver that says anything but one answer to each question has proved nothing.
func TestAnswersAreCounted(t *testing.T) {
	two := []Obligation{{"one", True, Unsat}, {"two", True, Sat}}
	list, err := outcomes(two, "one\nunsat\n\"two\"\nunknown\n")
	require.NoError(t, err)
	assert.True(t, list[0].Proved())
	assert.False(t, list[1].Proved(), "unknown is not proved")
	for text, want := range map[string]string{
		"":                               "0 answers to 2 questions",
		"one\nunsat\n":                   "1 answers to 2 questions",
		"one\nunsat\ntwo\n":              "1 answers to 2 questions",
		"two\nunsat\none\nsat\n":         `where the name of the obligation "one"`,
		"one\nunsat\ntwo\nunsupported\n": `"unsupported" is no answer`,
		"one\nunsat\ntwo\nsat\nmore\n":   `"more" after the last answer`,
	} {
		_, err := outcomes(two, text)
		assert.ErrorContains(t, err, want, "%q", text)
	}
}

// fake is a solver that does what a script of the shell says.
func fake(t *testing.T, script string) Solver {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "fake"), []byte("#!/bin/sh\n"+script), 0o755))
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	return Solver{Name: "fake", Package: "fake-solver"}
}

// What goes wrong with a solver is an error, and never a proof.
func TestSolverErrors(t *testing.T) {
	g := &Group{Name: "g", Obligations: []Obligation{{"one", True, Unsat}}}
	_, err := Solver{Name: "no-such-solver", Package: "a-package"}.Prove(t.Context(), g)
	var m *Missing
	require.ErrorAs(t, err, &m)
	assert.ErrorContains(t, err, "apt-get install a-package")

	_, err = fake(t, "echo one; echo unsat; echo '(error \"line 3: what?\")'").Prove(t.Context(), g)
	assert.ErrorContains(t, err, "line 3: what?")
	_, err = fake(t, "echo one; echo unsat; echo trouble >&2; exit 3").Prove(t.Context(), g)
	assert.ErrorContains(t, err, "trouble")
	_, err = fake(t, "exit 3").Version(t.Context())
	assert.Error(t, err)
	v, err := fake(t, "echo This is fake version 7; echo more").Version(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "fake version 7", v)

	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = fake(t, "exec sleep 60").Prove(ctx, g)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
}

// Terms can be read by people.
func TestInfix(t *testing.T) {
	var v Vocabulary
	a, b, p := v.Int("a"), v.Int("b"), v.Bool("p")
	for want, x := range map[string]*Term{
		"0 =< a < b":                 And(Le(Number(0), a), Lt(a, b)),
		"p => (a = (b + [p]))":       Implies(p, Eq(a, Add(b, One(p)))),
		"not p or (a /= -1)":         Or(Not(p), Ne(a, Number(-1))),
		"if (a < b) then b else a":   v.Define("d", Max(a, b)),
		"p and (a =< b) and (b < a)": And(p, Le(a, b), Lt(b, a)),
		"a is -1 or 2":               OneOf(a, Number(-1), Number(2)),
		"true":                       True,
	} {
		assert.Equal(t, want, x.Infix())
	}
	assert.Len(t, And(p, Le(a, b), Lt(b, a)).Conjuncts(), 3)
	assert.Len(t, And(Le(Number(0), a), Lt(a, b)).Conjuncts(), 1, "a chain is one")
}
