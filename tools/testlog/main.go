// Command testlog reads the output of go test -json from standard input.
//
//	testlog report   prints what go test prints without -json: a line per package, and what failed
//	testlog skips    lists the tests that were skipped, and fails if one did not say that it may be
//
// A test may be skipped only with a reason that begins with "SKIP-OK:". A suite in which tests fall silent one by one
// stays green for ever.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
)

// event is a line of go test -json (go doc test2json), as far as it matters here.
type event struct {
	Action     string
	Package    string
	ImportPath string // instead of Package, when the compiler speaks
	Test       string
	Output     string
}

const permission = "SKIP-OK: "

func main() {
	if err := command(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "testlog:", err)
		os.Exit(1)
	}
}

func command(args []string, r io.Reader, w io.Writer) error {
	if len(args) != 1 {
		return errors.New("say report or skips")
	}
	log, err := read(r)
	if err != nil {
		return err
	}
	switch args[0] {
	case "report":
		log.report(w)
		return nil
	case "skips":
		return log.skips(w)
	default:
		return fmt.Errorf("%q: say report or skips", args[0])
	}
}

// testlog is what the events come to.
type testlog struct {
	order  []test // in the order in which they ended
	output map[test][]string
	result map[test]string // pass, fail, skip
}

// test is a test, a whole package if it has no name.
type test struct{ pkg, name string }

func read(r io.Reader) (*testlog, error) {
	log := &testlog{output: make(map[test][]string), result: make(map[test]string)}
	for dec := json.NewDecoder(r); ; {
		var e event
		if err := dec.Decode(&e); errors.Is(err, io.EOF) {
			return log, nil
		} else if err != nil {
			return nil, fmt.Errorf("not the output of go test -json: %w", err)
		}
		t := test{e.Package, e.Test}
		switch e.Action {
		case "output":
			log.output[t] = append(log.output[t], e.Output)
		case "build-output":
			t = test{pkg: "build"}
			log.output[t] = append(log.output[t], e.Output)
		case "pass", "fail", "skip":
			log.order = append(log.order, t)
			log.result[t] = e.Action
		}
	}
}

// report prints the compiler's complaints, the output of each failed test, and what each package came to.
func (l *testlog) report(w io.Writer) {
	fmt.Fprint(w, strings.Join(l.output[test{pkg: "build"}], ""))
	for _, t := range l.order {
		lines := l.output[t]
		switch {
		case l.result[t] == "fail":
			fmt.Fprint(w, strings.Join(lines, ""))
		case t.name == "" && len(lines) > 0:
			fmt.Fprint(w, lines[len(lines)-1])
		}
	}
	n := l.count()
	fmt.Fprintf(w, "%d tests passed, %d failed, %d skipped\n", n["pass"], n["fail"], n["skip"])
}

// count counts the tests by result, without the packages.
func (l *testlog) count() map[string]int {
	n := make(map[string]int)
	for _, t := range l.order {
		if t.name != "" {
			n[l.result[t]]++
		}
	}
	return n
}

// skips lists the skipped tests, with their reasons.
func (l *testlog) skips(w io.Writer) error {
	n := l.count()
	if n["pass"]+n["fail"] == 0 {
		return errors.New("no test was run")
	}
	silent := 0
	for _, t := range l.order {
		if t.name == "" || l.result[t] != "skip" {
			continue
		}
		reason := reason(l.output[t])
		if strings.HasPrefix(reason, permission) {
			fmt.Fprintf(w, "SKIPPED, with leave:    %s %s: %s\n", t.pkg, t.name, reason)
			continue
		}
		silent++
		fmt.Fprintf(w, "SKIPPED, without leave: %s %s: %q\n", t.pkg, t.name, reason)
	}
	fmt.Fprintf(w, "%d tests run, %d skipped, %d of them without leave\n", n["pass"]+n["fail"], n["skip"], silent)
	if silent > 0 {
		return fmt.Errorf("%d tests were skipped for a reason that does not begin with %q", silent, permission)
	}
	return nil
}

// logged is a line that a test logged: "    step_test.go:12: SKIP-OK: no room".
var logged = regexp.MustCompile(`^\s+\S+\.go:\d+: (.*)\n?$`)

// reason is the last thing that a skipped test said.
func reason(output []string) string {
	last := ""
	for _, line := range output {
		if m := logged.FindStringSubmatch(line); m != nil {
			last = m[1]
		}
	}
	return last
}
