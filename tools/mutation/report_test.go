package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// subject is a package with each thing that matters to a verdict.
const subject = `package p

const bit = 1 << iota

func name(a, b string) string { return a + b }

func less(x, y int) bool {
	if x < y {
		return true
	}
	return x < y && y-x > 0
}
`

// newSubject puts a package on a stage of its own.
func newSubject(t *testing.T, text string) stage {
	t.Helper()
	s := stage{root: t.TempDir(), pkg: "p"}
	for name, data := range map[string]string{"go.mod": "module m\n\ngo 1.26\n", "p/p.go": text} {
		if err := s.write(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// raw is what gremlins would say of the subject: in no order, and wrong about the mutant that does not compile.
func raw() *report {
	return &report{Module: "m", Files: []file{{Name: "p.go", Mutants: []mutant{
		{Type: "CONDITIONALS_NEGATION", Status: killed, Line: 11, Column: 11},
		{Type: "ARITHMETIC_BASE", Status: killed, Line: 5, Column: 42},
		{Type: "INVERT_BITWISE", Status: notCovered, Line: 3, Column: 15},
		{Type: "CONDITIONALS_BOUNDARY", Status: lived, Line: 8, Column: 7},
		{Type: "CONDITIONALS_NEGATION", Status: killed, Line: 8, Column: 7},
		{Type: "ARITHMETIC_BASE", Status: notCovered, Line: 11, Column: 19},
		{Type: "CONDITIONALS_NEGATION", Status: timedOut, Line: 11, Column: 22},
		{Type: "INVERT_LOGICAL", Status: killed, Line: 11, Column: 15},
	}}}}
}

func TestCorrect(t *testing.T) {
	r := raw()
	if err := r.correct(newSubject(t, subject)); err != nil {
		t.Fatal(err)
	}
	const want = `mutants                   8
killed                    3   50.00 % of the viable ones inside functions
lived                     1   efficacy 75.00 %
not covered               1   no test runs them
timed out                 1   not counted as killed
outside functions         1   not tested: Go measures no coverage there
not viable                1   do not compile; not counted

lived
  p.go:8:7  CONDITIONALS_BOUNDARY  if x < y {

not covered
  p.go:11:19  ARITHMETIC_BASE  return x < y && y-x > 0

timed out
  p.go:11:22  CONDITIONALS_NEGATION  return x < y && y-x > 0

outside functions
  p.go:3:15  INVERT_BITWISE  const bit = 1 << iota
`
	if got := r.summary(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}

	out := filepath.Join(t.TempDir(), "docs", "p")
	if err := r.save(out); err != nil {
		t.Fatal(err)
	}
	again, err := load(out)
	if err != nil {
		t.Fatal(err)
	}
	if got := again.summary(); got != want {
		t.Errorf("saved and loaded:\n%swant\n%s", got, want)
	}
}

func TestCorrectRefuses(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a mutant where nothing can be mutated", strings.Replace(subject, "a + b", "a", 1), "BUG: p.go:5:42: no ARITHMETIC_BASE here"},
		{"a mutant on a line that is not there", "package p\n", "no such line"},
		{"a package that does not type-check", "package p\n\nvar x int = true\n", "does not type-check"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := raw().correct(newSubject(t, c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestMultiple(t *testing.T) {
	for elapsed, want := range map[string]int{"0s": 45001, "1s": 46, "3s": 16, "30s": 10, "5m": 10} {
		if got := multiple(duration(t, elapsed)); got != want {
			t.Errorf("tests that take %s: times %d, want %d", elapsed, got, want)
		}
	}
}

// A file that gofmt would not have left so is printed otherwise, and is then what it was.
func TestReprint(t *testing.T) {
	const text = "package p\n\nvar   x  =  1 // an x\n"
	s := newSubject(t, text)
	read := func() string {
		lines, err := readLines(filepath.Join(s.dir(), "p.go"))
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(lines, "\n")
	}
	restore, err := s.reprint()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := read(), "package p\n\nvar x = 1\t// an x\n"; got != want {
		t.Errorf("printed anew: %q, want %q", got, want)
	}
	if err := restore(); err != nil {
		t.Fatal(err)
	}
	if got := read(); got != text {
		t.Errorf("restored: %q, want %q", got, text)
	}
}
