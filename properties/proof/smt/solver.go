package smt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// Solver is a program that answers scripts in SMT-LIB.
type Solver struct {
	Name    string
	Package string // of Debian and Ubuntu
	args    []string
}

// Solvers lists the two that are used: they share no code.
func Solvers() []Solver {
	return []Solver{
		{"z3", "z3", []string{"-smt2", "-in"}},
		{"cvc5", "cvc5", []string{"--lang=smt2", "--incremental"}},
	}
}

// Missing is the error of a solver that is not installed.
type Missing struct{ Solver Solver }

func (m *Missing) Error() string {
	return fmt.Sprintf("the solver %s is not installed: apt-get install %s", m.Solver.Name, m.Solver.Package)
}

// Find tells whether the solver is installed; if not the error is a [Missing].
func (s Solver) Find() error {
	if _, err := exec.LookPath(s.Name); err != nil {
		return &Missing{s}
	}
	return nil
}

// Version is what the solver calls itself: "Z3 version 4.8.12 - 64 bit".
func (s Solver) Version(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, s.Name, "--version").Output()
	if err != nil {
		return "", fmt.Errorf("%s --version: %w", s.Name, err)
	}
	line, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimSpace(strings.TrimPrefix(line, "This is ")), nil
}

// Outcome is the answer to one obligation.
type Outcome struct {
	Obligation Obligation
	Answer     Answer
}

// Proved reports whether the answer is the one that was expected.
func (o *Outcome) Proved() bool { return o.Answer == o.Obligation.Expect }

// Prove asks the solver every obligation of the group. There is an outcome for
// each, in order, or an error: a solver that says anything else than one
// answer to each question has not understood, and nothing is proved.
func (s Solver) Prove(ctx context.Context, g *Group) ([]Outcome, error) {
	text, err := s.run(ctx, g.SMT())
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", s.Name, g.Name, err)
	}
	list, err := outcomes(g.Obligations, text)
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", s.Name, g.Name, err)
	}
	return list, nil
}

// outcomes reads names and answers, alternating.
func outcomes(asked []Obligation, text string) ([]Outcome, error) {
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		lines = append(lines, strings.Trim(strings.TrimSpace(line), `"`))
	}
	var list []Outcome
	for i, o := range asked {
		switch {
		case len(lines) <= 2*i+1:
			return nil, fmt.Errorf("%d answers to %d questions; the last line is %q", len(list), len(asked), lines[len(lines)-1])
		case lines[2*i] != o.Name:
			return nil, fmt.Errorf("%q where the name of the obligation %q was to be echoed", lines[2*i], o.Name)
		}
		a := Answer(lines[2*i+1])
		if a != Sat && a != Unsat && a != Unknown {
			return nil, fmt.Errorf("%q is no answer (obligation %s)", a, o.Name)
		}
		list = append(list, Outcome{o, a})
	}
	if len(lines) > 2*len(asked) {
		return nil, fmt.Errorf("%q after the last answer", lines[2*len(asked)])
	}
	return list, nil
}

// Model asks for values that satisfy what the obligation asserts: a
// counterexample, if it was to be proved. The order is that of the variables.
func (s Solver) Model(ctx context.Context, g *Group, o Obligation, vars []*Term) ([]int64, error) {
	text, err := s.run(ctx, g.script([]Obligation{o}, vars))
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", s.Name, o.Name, err)
	}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) < 2 || strings.TrimSpace(lines[1]) != string(Sat) {
		return nil, fmt.Errorf("%s: %s: no values: %q", s.Name, o.Name, text)
	}
	values, err := parseValues(strings.Join(lines[2:], " "), len(vars))
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", s.Name, o.Name, err)
	}
	return values, nil
}

// parseValues reads n answers of the form ((name value)).
func parseValues(text string, n int) ([]int64, error) {
	var list []int64
	for part := range strings.SplitSeq(text, "((") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if strings.HasPrefix(part, "|") { // a quoted name
			if _, rest, ok := strings.Cut(part[1:], "|"); ok {
				part = "_" + rest
			}
		}
		_, value, _ := strings.Cut(part, " ")
		value = strings.NewReplacer("(", "", ")", "", " ", "").Replace(value)
		switch value {
		case "true", "false":
			list = append(list, number(value == "true"))
		default:
			v, err := strconv.ParseInt(value, 10, 64)
			if err != nil {
				return nil, fmt.Errorf("%q is no value", part)
			}
			list = append(list, v)
		}
	}
	if len(list) != n {
		return nil, fmt.Errorf("%d values for %d variables", len(list), n)
	}
	return list, nil
}

// run hands a script to the solver, and returns what it prints. The solver is
// killed when ctx is done.
func (s Solver) run(ctx context.Context, script string) (string, error) {
	if err := s.Find(); err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, s.Name, s.args...)
	cmd.WaitDelay = time.Second
	cmd.Stdin = strings.NewReader(script)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return "", context.Cause(ctx)
	case strings.Contains(out.String(), "(error"):
		_, line, _ := strings.Cut(out.String(), "(error")
		line, _, _ = strings.Cut(line, "\n")
		return "", errors.New("(error" + line)
	case err != nil:
		return "", fmt.Errorf("%w: %s", err, strings.TrimSpace(errs.String()))
	}
	return out.String(), nil
}
