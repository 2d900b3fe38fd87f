package tla

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"testing"
)

// uncompared is why nothing, or not everything, was compared with TLC.
var uncompared atomic.Pointer[string]

// TestMain says at the end, in one line, what was not compared. Of a package
// that passes, go test shows what it printed only with -v or in its own folder;
// so it is said to the terminal, if there is one.
func TestMain(m *testing.M) {
	code := m.Run()
	if why := uncompared.Load(); why != nil {
		say(os.Stdout, *why)
		if tty, err := os.OpenFile("/dev/tty", os.O_WRONLY, 0); err == nil {
			say(tty, *why)
			_ = tty.Close()
		}
	}
	os.Exit(code)
}

func say(w io.Writer, why string) {
	_, _ = fmt.Fprintf(w, "finwait/tla: %s: state graphs, readings, flips, refinement and verdicts were NOT COMPARED with TLC, "+
		"only with what it found before (make equal compares them)\n", why)
}
