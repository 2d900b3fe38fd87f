package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/parser"
	"go/printer"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// mutators are the kinds of mutants asked for: all that gremlins has, but INVERT_NEGATIVES, which makes of every minus
// the same mutant as ARITHMETIC_BASE and would count it twice.
var mutators = []string{
	"arithmetic-base",
	"conditionals-boundary",
	"conditionals-negation",
	"increment-decrement",
	"invert-assignments",
	"invert-bitwise",
	"invert-bwassign",
	"invert-logical",
	"invert-loopctrl",
	"remove-self-assignments",
}

const duplicate = "invert-negatives"

// A mutant is given the longer of these before it counts as timed out: the multiple of the tests' own time, or the
// floor, which is there for fast tests on a busy machine.
const (
	timeoutMultiple = 10
	timeoutFloor    = 45 * time.Second
)

// unleash runs gremlins on the stage and returns its corrected result. Further arguments go to gremlins.
func unleash(ctx context.Context, c config, st stage, w io.Writer, further ...string) (*report, error) {
	multiple, err := timeLimit(ctx, st)
	if err != nil {
		return nil, err
	}
	r, err := gremlins(ctx, c, st, w, append(further, "--timeout-coefficient", strconv.Itoa(multiple), "--workers", strconv.Itoa(c.workers))...)
	if err != nil {
		return nil, err
	}
	return r, r.correct(st)
}

// gremlins runs it on the stage and returns its result as it is.
func gremlins(ctx context.Context, c config, st stage, w io.Writer, further ...string) (*report, error) {
	raw := filepath.Join(st.root, "gremlins.json")
	args := []string{
		"unleash", st.dir(),
		"--output", raw,
		"--output-statuses", "lctkvr", // all but the skipped
		"--exclude-files", "/", // sub-packages
		"--" + duplicate + "=false",
	}
	for _, m := range mutators {
		args = append(args, "--"+m)
	}
	cmd := exec.CommandContext(ctx, c.gremlins, append(args, further...)...)
	cmd.Dir = st.dir()
	cmd.Env = environment()
	cmd.Stdout, cmd.Stderr = w, w
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("gremlins: %w", err)
	}

	data, err := os.ReadFile(raw)
	if err != nil {
		return nil, errors.New("gremlins found nothing to mutate, or was interrupted: it left no result")
	}
	r := new(report)
	if err := json.Unmarshal(data, r); err != nil {
		return nil, fmt.Errorf("gremlins' result: %w", err)
	}
	return r, nil
}

// environment is the environment for gremlins and the tests it starts: no result from the test cache, and no vet,
// whose complaint about a mutant would be taken for a test's. The diff that sample.go makes up is read with no lines of
// context, relative to the package, whatever the user's own configuration of git says.
func environment() []string {
	flags := strings.TrimSpace(os.Getenv("GOFLAGS") + " -count=1 -vet=off -buildvcs=false")
	return append(
		os.Environ(), "GOFLAGS="+flags,
		"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull, "GIT_CONFIG_COUNT=2",
		"GIT_CONFIG_KEY_0=diff.context", "GIT_CONFIG_VALUE_0=0",
		"GIT_CONFIG_KEY_1=diff.relative", "GIT_CONFIG_VALUE_1=true",
	)
}

// timeLimit runs the package's tests as gremlins will, and returns by how much gremlins shall multiply their time. The
// first run warms the build cache, and is of the source as gremlins prints it, with nothing mutated: a test which reads
// the source, and minds that, would kill every mutant.
func timeLimit(ctx context.Context, st stage) (int, error) {
	restore, err := st.reprint()
	if err != nil {
		return 0, err
	}
	_, err = st.test(ctx)
	if err := errors.Join(err, restore()); err != nil {
		return 0, fmt.Errorf("printed anew, with nothing mutated, the package fails its tests: %w", err)
	}
	// The quickest counts: gremlins multiplies a measurement of its own, which may be made when the machine is idle.
	quickest := time.Hour
	for range 3 {
		elapsed, err := st.test(ctx)
		if err != nil {
			return 0, fmt.Errorf("the tests must pass before there is any mutant: %w", err)
		}
		quickest = min(quickest, elapsed)
	}
	return multiple(quickest), nil
}

// test runs the tests of the package, and returns how long they took, compilation included.
func (s stage) test(ctx context.Context) (time.Duration, error) {
	start := time.Now()
	cmd := exec.CommandContext(ctx, "go", "test", "-cover", "./"+s.pkg)
	cmd.Dir, cmd.Env = s.root, environment()
	if out, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%w\n%s", err, out)
	}
	return time.Since(start), nil
}

// reprint prints the package's source anew, as gremlins prints a file that it mutates, until restore is called.
func (s stage) reprint() (restore func() error, err error) {
	names, err := filepath.Glob(filepath.Join(s.dir(), "*.go"))
	if err != nil {
		return nil, err
	}
	original := make(map[string][]byte)
	restore = func() error {
		var errs []error
		for name, data := range original {
			errs = append(errs, os.WriteFile(name, data, 0o600))
		}
		return errors.Join(errs...)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return restore, err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, data, parser.ParseComments)
		if err != nil {
			return restore, err
		}
		var printed bytes.Buffer
		if err := printer.Fprint(&printed, fset, f); err != nil {
			return restore, err
		}
		original[name] = data
		if err := os.WriteFile(name, printed.Bytes(), 0o600); err != nil {
			return restore, err
		}
	}
	return restore, nil
}

// multiple is timeoutMultiple, or more if that stays below the floor.
func multiple(elapsed time.Duration) int {
	return max(timeoutMultiple, int(timeoutFloor/max(elapsed, time.Millisecond))+1)
}
