package main

import (
	"bufio"
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"finwait/cmd/explore/private" //nolint:depguard // a part of this command
)

func TestMain(m *testing.M) {
	private.Restore()
	testscript.Main(m, map[string]func(){"explore": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE") != "",
		Setup: func(env *testscript.Env) error {
			captures, err := filepath.Abs("../../capture/testdata")
			env.Setenv("CAPTURES", captures)
			if cache, err := os.UserCacheDir(); err == nil {
				env.Setenv("XDG_CACHE_HOME", cache) // where Graphviz is compiled already
			}
			env.Setenv("GORACE", "atexit_sleep_ms=0") // otherwise every process sleeps for a second
			return err
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"gives":     gives,
			"exits":     exits,
			"interrupt": interrupt,
			"hangup":    hangup,
			"kills":     kills,
			"settle":    settle,
		},
	})
}

// gives CODE ARG... runs explore in this process, and wants that exit code.
func gives(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: gives CODE ARG...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	defer func() {
		if r := recover(); r != nil {
			ts.Fatalf("it panicked: %v\n%s", r, debug.Stack())
		}
	}()
	if got := run(args[1:], strings.NewReader(""), ts.Stdout(), ts.Stderr()); got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// exits CODE ARG... does the same in a process and a directory of its own.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exits CODE ARG...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if got := exitStatus(ts, ts.Exec("explore", args[1:]...)); got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func exitStatus(ts *testscript.TestScript, err error) int {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	ts.Check(err)
	return 0
}

// start runs explore with its output on a pipe, whose first line it awaits.
func start(ts *testscript.TestScript, args []string) (*exec.Cmd, *bufio.Reader, func() error, *bytes.Buffer) {
	path, err := exec.LookPath("explore")
	for dir := range strings.SplitSeq(ts.Getenv("PATH"), string(os.PathListSeparator)) {
		if info, e := os.Stat(dir + "/explore"); e == nil && !info.IsDir() {
			path, err = dir+"/explore", nil
			break
		}
	}
	ts.Check(err)
	cmd := exec.Command(path, args...)
	cmd.Dir = ts.Getenv("WORK")
	cmd.Env = append(os.Environ(), "GOCOVERDIR="+ts.Getenv("GOCOVERDIR"))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	pipe, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	return cmd, bufio.NewReader(pipe), pipe.Close, &stderr
}

// interrupt FILE PATTERN ARG... runs explore, sends it SIGINT as soon as a line
// matches, and puts all that it wrote into the file. It wants exit code 20.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: interrupt FILE PATTERN ARG...")
	}
	pattern := regexp.MustCompile(args[1])
	cmd, r, _, stderr := start(ts, args[2:])
	var out strings.Builder
	for sent := false; ; {
		line, err := r.ReadString('\n')
		out.WriteString(line)
		if !sent && pattern.MatchString(line) {
			sent = true
			ts.Check(cmd.Process.Signal(syscall.SIGINT))
		}
		if err != nil {
			break
		}
	}
	code := exitStatus(ts, cmd.Wait())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(out.String()), 0o600))
	if code != exitInconclusive {
		ts.Fatalf("exit code %d, want 20; it says: %s", code, stderr)
	}
}

// hangup ARG... runs explore, reads one line of its output, and hangs up. It
// wants exit code 1, soon, and not a word.
func hangup(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: hangup ARG...")
	}
	cmd, r, stop, stderr := start(ts, args)
	_, err := r.ReadString('\n')
	ts.Check(err)
	ts.Check(stop())
	late := time.AfterFunc(20*time.Second, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	if code := exitStatus(ts, cmd.Wait()); code != exitOther || stderr.Len() > 0 {
		ts.Fatalf("exit code %d, want 1; it says: %s", code, stderr)
	}
}

// kills FILE ARG... runs explore, and kills it as soon as the file is there.
func kills(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: kills FILE ARG...")
	}
	cmd, r, _, _ := start(ts, args[1:])
	_, err := r.ReadString('\n')
	ts.Check(err)
	for late := time.Now().Add(time.Minute); time.Now().Before(late); time.Sleep(time.Millisecond) {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			break
		}
	}
	ts.Check(cmd.Process.Kill())
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
		ts.Fatalf("it had come to its end: %v", err)
	}
}

var unsettled = []struct{ pattern, with string }{
	{`(?m)^\{"type":"progress".*\n`, ""},
	{`"seconds":[^,}]*`, `"seconds":0`},
	{`"bytes":[^,}]*`, `"bytes":0`},
	{`,"spilled":[^,}]*`, ``},
	{`[0-9]+\.[0-9] s\b`, `0.0 s`},
}

// settle FILE removes from the file what differs from run to run.
func settle(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: settle FILE")
	}
	text := ts.ReadFile(args[0])
	for _, u := range unsettled {
		text = regexp.MustCompile(u.pattern).ReplaceAllString(text, u.with)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}
