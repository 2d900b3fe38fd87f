package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"finwait/conformance"
	"finwait/conformance/line"
	"finwait/model"
)

// conformFlags are the flags of conform.
type conformFlags struct {
	stack, exec, match, vectors string

	options     []string
	json, quiet bool
	patience    time.Duration
	ladders     int
}

func newConform(a *app) *cobra.Command {
	f := &conformFlags{}
	cmd := &cobra.Command{
		Use:   "conform",
		Short: "Hold a TCP implementation against RFC 9293, with thousands of generated tests",
		Long: `conform drives a stack from both sides, as its user and as its peer, through every state that
an endpoint can reach and every event that can come in it, and asks the machine that is RFC
9293 which reactions are allowed. It prints a matrix of states by events, and for each
deviation the shortest case, as a ladder, with what was expected, by which clause.

  pass        what RFC 9293 says by default
  variant     allowed by another reading of it (explore options)
  deviation   what no reading allows, at the event or in the probe behind it
  unreached   a deviation on the way to the state
  broken      the stack hung, died or talked nonsense
  skipped     the stack cannot do what the case needs

Stacks: ` + strings.Join(stackNames(), ", ") + `; or, with --exec, any driver that speaks the line protocol
(docs/conform.md) on its standard input and output. The stack "model" is the machine itself,
under the options that --option sets: with a bug among them it must be found deviating.

Exit codes: 0 no deviation; 2 usage; 3 there are deviations, or the stack broke; 20 interrupted;
1 anything else.
` + conformSchema,
		Example: `  explore conform --stack model
  explore conform --stack model --option last-ack-any-ack
  explore conform --exec './driver --quiet'
  explore conform --stack model --match 'TIME-WAIT*' --json`,
		Args:              atMost(0),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(*cobra.Command, []string) error { return a.conform(f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.stack, "stack", "", "the stack `NAME`")
	flags.StringVar(&f.exec, "exec", "", "a driver: `COMMAND` and arguments, split at spaces")
	flags.StringArrayVar(&f.options, "option", nil, "with --stack model: an option of the machine, `NAME[=VALUE]`; repeatable")
	flags.StringVar(&f.match, "match", "", "only cases whose name matches `PATTERN`, in which * is any text")
	flags.StringVar(&f.vectors, "vectors", "", "run the cases of `FILE` (explore vectors), not generated ones; - is standard input")
	flags.DurationVar(&f.patience, "patience", 5*time.Second, "how long a driver may take for an answer")
	flags.IntVar(&f.ladders, "ladders", 1, "how many cases of a deviation are drawn, at most")
	flags.BoolVar(&f.json, "json", false, "one JSON object per line")
	flags.BoolVar(&f.quiet, "quiet", false, "the matrix and the count only, no ladders")
	complete(cmd, "stack", stackNames()...)
	complete(cmd, "option", optionNames()...)
	return cmd
}

// namedStacks are the stacks that need no driver.
var namedStacks = []struct {
	name string
	open func(f *conformFlags) (newStack func() (conformance.Stack, error), done func(), err error)
}{
	{"model", openModel},
}

func stackNames() (names []string) {
	for _, s := range namedStacks {
		names = append(names, s.name)
	}
	return names
}

// openModel is the machine itself under options.
func openModel(f *conformFlags) (func() (conformance.Stack, error), func(), error) {
	var o model.Options
	if err := setOptions(&o, f.options); err != nil {
		return nil, nil, err
	}
	return func() (conformance.Stack, error) { return conformance.NewModelStack(o), nil }, func() {}, nil
}

// open is the stack that is asked for.
func (f *conformFlags) open() (func() (conformance.Stack, error), func(), error) {
	switch {
	case f.stack != "" && f.exec != "":
		return nil, nil, usage("conform: --stack or --exec, not both")
	case f.patience <= 0:
		return nil, nil, usage("--patience: say a positive duration")
	case f.ladders < 0:
		return nil, nil, usage("--ladders: %d is negative", f.ladders)
	case len(f.options) > 0 && f.stack != "model":
		return nil, nil, usage("--option is for --stack model: other stacks are as they are")
	case f.exec != "":
		command := strings.Fields(f.exec)
		if len(command) == 0 {
			return nil, nil, usage("--exec: which command?")
		}
		d := line.NewDriver(command, f.patience)
		return d.New, d.Close, nil
	}
	for _, s := range namedStacks {
		if s.name == f.stack {
			return s.open(f)
		}
	}
	if f.stack == "" {
		return nil, nil, usage("conform which stack? --stack NAME (%s), or --exec COMMAND", strings.Join(stackNames(), ", "))
	}
	return nil, nil, unknown("stack", f.stack, stackNames())
}

func (a *app) conform(f *conformFlags) error {
	newStack, done, err := f.open()
	if err != nil {
		return err
	}
	defer done()
	var cases []conformance.Case
	if f.vectors != "" {
		if cases, err = a.readVectors(f.vectors); err != nil {
			return err
		}
	}
	interrupted := false
	each := func(r *conformance.Result) bool {
		if f.json {
			a.conformCase(r)
		}
		interrupted = a.ctx.Err() != nil
		return !interrupted
	}
	var report *conformance.Report
	if f.vectors == "" {
		report, err = conformance.RunAll(newStack, f.selects, each)
	} else {
		report = conformance.RunCases(newStack, cases, f.selects, each)
	}
	switch {
	case err != nil:
		return err
	case a.out.err != nil:
		return a.out.err
	case report.Count.Total() == 0:
		return usage("--match: no case has a name like %s", quote(f.match))
	}
	code := exitOK
	switch {
	case interrupted:
		code = exitInconclusive
	case len(report.Different) > 0:
		code = exitDeviates
	}
	if f.json {
		a.conformResult(report, interrupted, code)
	} else {
		a.conformText(f, report)
		if interrupted {
			fmt.Fprintln(a.out, "interrupted: not every case was run")
		}
	}
	return silently(code)
}

// selects reports whether the case is one of those asked for.
func (f *conformFlags) selects(c *conformance.Case) bool {
	return f.match == "" || like(f.match, c.Name)
}

// like matches a pattern in which * is any text.
func like(pattern, s string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == s
	}
	rest, ok := strings.CutPrefix(s, parts[0])
	if !ok {
		return false
	}
	for _, p := range parts[1 : len(parts)-1] {
		i := strings.Index(rest, p)
		if i < 0 {
			return false
		}
		rest = rest[i+len(p):]
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}
