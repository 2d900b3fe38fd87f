// Command explore explores the model of a TCP connection and judges every
// claim about it. It holds flags, rendering and exit codes, and no semantics.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"finwait/cmd/explore/private" //nolint:depguard // a part of this command
)

func main() {
	private.Restore()
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the whole command; its result is the exit code.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	ctx, cancel := interruptible()
	defer cancel(nil)
	a := &app{
		ctx: ctx, in: in, errs: errs,
		out:      newOutput(out, cancel),
		colour:   coloured(out),
		terminal: isTerminal(errs),
	}
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(a.out)
	root.SetErr(errs)
	err := root.ExecuteContext(ctx)
	if flushed := a.out.Flush(); flushed != nil {
		err = flushed
	}
	return a.exit(err)
}

// app is what every verb is given.
type app struct {
	ctx      context.Context
	in       io.Reader
	out      *output
	errs     io.Writer
	colour   bool // of standard output
	terminal bool // whether standard error is one
}

// exit says what went wrong, and turns it into an exit code.
func (a *app) exit(err error) int {
	var f *failure
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, syscall.EPIPE):
		return exitOther // whoever was reading has gone, and knows
	case errors.As(err, &f):
		if f.text != "" {
			fmt.Fprintln(a.errs, "explore: "+f.text)
		}
		return f.code
	}
	fmt.Fprintln(a.errs, "explore: "+err.Error())
	return exitOther
}

var errInterrupt = errors.New("interrupted")

// interruptible is done at the first SIGINT or SIGTERM, so that what is known
// by then can be told. The second one kills.
func interruptible() (context.Context, context.CancelCauseFunc) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	signal.Ignore(syscall.SIGPIPE) // a closed pipe is a write error
	go func() {
		select {
		case <-signals:
			cancel(errInterrupt)
		case <-ctx.Done():
		}
		signal.Stop(signals)
	}()
	return ctx, cancel
}
