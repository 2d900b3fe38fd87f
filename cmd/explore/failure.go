package main

import (
	"fmt"

	"finwait/checker"
)

// The exit codes: TLC's, where TLC has one.
const (
	exitOK           = 0
	exitOther        = 1
	exitUsage        = 2
	exitDeadlock     = 11
	exitSafety       = 12
	exitLiveness     = 13
	exitInconclusive = 20
	exitVacuous      = 21
)

// worst is the order in which exit codes win over each other: a bug that
// violates a property often deadlocks too.
var worst = [...]int{exitSafety, exitLiveness, exitDeadlock, exitVacuous, exitInconclusive}

// worse is the one of two exit codes that wins.
func worse(a, b int) int {
	for _, code := range worst {
		if a == code || b == code {
			return code
		}
	}
	return max(a, b)
}

var exitWords = map[int]string{
	exitOK: "holds", exitDeadlock: "deadlock", exitSafety: "violated", exitLiveness: "violated",
	exitInconclusive: "inconclusive", exitVacuous: "vacuous",
}

// failure is an error with an exit code. Without a text it says nothing: the
// output has said it already.
type failure struct {
	code int
	text string
}

func (f *failure) Error() string { return f.text }

// usage is a mistake in how the command was called.
func usage(format string, args ...any) error {
	return &failure{exitUsage, fmt.Sprintf(format, args...)}
}

// silently ends with the code, if it is not 0.
func silently(code int) error {
	if code == exitOK {
		return nil
	}
	return &failure{code: code}
}

// verdictWord is how a verdict is written for machines: a witness that was not
// found is no violation.
func verdictWord(v checker.Verdict, witness bool) string {
	if witness && v == checker.Violated {
		v = checker.Vacuous
	}
	return v.String()
}
