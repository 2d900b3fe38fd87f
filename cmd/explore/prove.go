package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"finwait/properties/proof"
	"finwait/properties/proof/smt"
)

// proveFlags are the flags of prove.
type proveFlags struct {
	shared
	solver  string
	write   string
	without []string
	plants  []string
}

func newProve(a *app) *cobra.Command {
	f := &proveFlags{}
	cmd := &cobra.Command{
		Use:   "prove",
		Short: "Prove the safety of the close for any amount of data, with SMT solvers",
		Long: `prove asks the solvers z3 and cvc5 to show that an inductive invariant holds of the close from
ESTABLISHED on: it holds at first, every action keeps it, and the safety claims S1 to S6, S9, S11
and S15 follow; and that every action is possible under it. There is no bound on octets, on
segments in flight, on losses, duplicates and reordering. docs/proof.md has the theorem with its
assumptions, and the invariant.

An obligation that fails is shown with a counterexample to induction: a state that satisfies the
invariant and a step after which something does not hold, as a pair of states; and a bounded
search tells whether a run of the machine comes to that state. To see one, leave a conjunct of
the invariant out (--without), or plant a bug into the relation (--option); then the machine with
that bug is held against the relation without it, too.

The solvers are packages of Debian and Ubuntu: apt-get install z3 cvc5.

Exit codes: 0 everything is proved; 2 usage; 12 an obligation fails; 20 a solver is not
installed, gave up, or was interrupted; 1 anything else.
` + proveSchema,
		Example: `  explore prove
  explore prove --solver z3 --quiet
  explore prove --option last-ack-any-ack
  explore prove --without fin-received
  explore prove --write /tmp/smt2`,
		Args: atMost(0),
		RunE: func(*cobra.Command, []string) error { return a.prove(f) },
	}
	fs := cmd.Flags()
	fs.SortFlags = false
	f.given = fs.Changed
	fs.StringVar(&f.solver, "solver", "both", "who is asked: `z3|cvc5|both`; both have to agree")
	fs.StringVar(&f.write, "write", "", "write the scripts in SMT-LIB 2.6 into `DIR`, and ask nobody")
	fs.StringArrayVar(&f.without, "without", nil, "leave out the `CONJUNCT` of the invariant; repeatable")
	fs.StringArrayVar(&f.plants, "option", nil, "plant the `BUG` into the relation; repeatable")
	fs.DurationVar(&f.timeout, "timeout", 0, "stop after a `duration`: 90s, 10m")
	fs.BoolVar(&f.json, "json", false, "one JSON object per line on standard output")
	fs.BoolVar(&f.quiet, "quiet", false, "the result only")
	complete(cmd, "solver", "z3", "cvc5", "both")
	complete(cmd, "without", proof.Names()...)
	complete(cmd, "option", proof.Plants()...)
	return cmd
}

// proveReporter writes what prove finds, as it is found.
type proveReporter interface {
	part(*provedPart)
	refuted(*refutation)
	held(*heldMachine)
	end(*proveSum)
}

// provedPart is a part of the proof, as the solvers answered.
type provedPart struct {
	name        string
	obligations int
	solvers     []string
	open        [2]int // by each solver that was asked
	took        [2]time.Duration
}

// refutation is an obligation that fails.
type refutation struct {
	solver  string
	open    *proof.Open
	counter *proof.Counterexample // nil if there is none
	search  proof.Searched
}

// heldMachine is the machine with a bug, held against the relation without it.
type heldMachine struct {
	bug, scenario string
	proof.Held
}

// proveSum sums up.
type proveSum struct {
	solvers     []smt.Solver
	versions    []string
	obligations int
	refuted     int // obligations that fail
	unknown     int // that a solver gave up
	took        [2]time.Duration
	cutOff      string
	exitCode    int
}

func (a *app) prove(f *proveFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	theory := proof.New(f.plants...)
	parts := proof.Of(theory, f.without...).Parts()
	if f.write != "" {
		return proof.Write(f.write, parts)
	}
	ctx, done, err := f.limited(a.ctx)
	if err != nil {
		return err
	}
	defer done()

	sum := &proveSum{}
	missing := f.find(a.ctx, sum)
	if len(sum.solvers) == 0 {
		return &failure{exitInconclusive, oneLine(missing)}
	}
	var report proveReporter = &proveText{a: a, quiet: f.quiet, sum: sum}
	if f.json {
		report = &proveJSON{a}
	}
	p := &prover{f, theory, report, sum}
	if err := p.all(ctx, parts); err != nil {
		return err
	}
	if a.out.err != nil {
		return a.out.err
	}
	sum.finish(missing)
	report.end(sum)
	return silently(sum.exitCode)
}

// check looks at what was asked for.
func (f *proveFlags) check() error {
	if !contains([]string{"z3", "cvc5", "both"}, f.solver) {
		return unknown("solver", f.solver, []string{"z3", "cvc5", "both"})
	}
	for _, c := range f.without {
		if !contains(proof.Names(), c) {
			return unknown("conjunct", c, proof.Names())
		}
	}
	for _, b := range f.plants {
		if !contains(proof.Plants(), b) {
			return unknown("bug that can be planted", b, proof.Plants())
		}
	}
	return nil
}

// find looks for the solvers that are to be asked, and says which are missing.
func (f *proveFlags) find(ctx context.Context, sum *proveSum) (missing error) {
	for _, s := range smt.Solvers() {
		if f.solver != "both" && f.solver != s.Name {
			continue
		}
		version, err := "", s.Find()
		if err == nil {
			version, err = s.Version(ctx)
		}
		if err != nil {
			missing = errors.Join(missing, err)
			continue
		}
		sum.solvers, sum.versions = append(sum.solvers, s), append(sum.versions, version)
	}
	return missing
}

// prover asks, part after part.
type prover struct {
	f      *proveFlags
	theory *proof.Theory
	report proveReporter
	sum    *proveSum
}

func (p *prover) all(ctx context.Context, parts []proof.Part) error {
	for _, part := range parts {
		found := &provedPart{name: part.Name}
		var open *proof.Open
		by := 0
		for i, s := range p.sum.solvers {
			began := time.Now()
			asked, list, err := part.Prove(ctx, s)
			if stop, err := p.stops(ctx, err); stop {
				return err
			}
			found.solvers = append(found.solvers, s.Name)
			found.obligations, found.open[i], found.took[i] = asked, len(list), time.Since(began)
			p.sum.took[i] += found.took[i]
			for k := range list {
				p.count(&list[k])
				if open == nil || open.Answer == smt.Unknown {
					open, by = &list[k], i
				}
			}
		}
		p.sum.obligations += found.obligations
		p.report.part(found)
		if open != nil {
			if err := p.refute(ctx, open, p.sum.solvers[by]); err != nil {
				return err
			}
		}
	}
	return p.hold(ctx)
}

// stops reports whether there is an end of it: an error, or that there is no time left, which is noted.
func (p *prover) stops(ctx context.Context, err error) (bool, error) {
	if ctx.Err() != nil {
		p.sum.cutOff = context.Cause(ctx).Error()
		return true, nil //nolint:nilerr // it is no error, and it is noted
	}
	return err != nil, err
}

func (p *prover) count(o *proof.Open) {
	if o.Answer == smt.Unknown {
		p.sum.unknown++
	} else {
		p.sum.refuted++
	}
}

// refute shows the first obligation of a part that fails.
func (p *prover) refute(ctx context.Context, open *proof.Open, s smt.Solver) error {
	r := &refutation{solver: s.Name, open: open}
	var err error
	if open.Obligation.Expect == smt.Unsat && open.Answer == smt.Sat {
		r.counter, err = p.theory.Counterexample(ctx, s, open)
		if err == nil {
			r.search, err = r.counter.Reach(ctx, p.f.plants)
		}
		if stop, err := p.stops(ctx, err); stop {
			return err
		}
	}
	p.report.refuted(r)
	return nil
}

// hold holds the machine with each bug that was planted against the relation without it.
func (p *prover) hold(ctx context.Context) error {
	for _, bug := range p.f.plants {
		if bug == proof.FreeTimeWait {
			continue // it is none of the machine's
		}
		scenario, h, err := proof.HoldBug(ctx, bug)
		if stop, err := p.stops(ctx, err); stop {
			return err
		}
		p.report.held(&heldMachine{bug, scenario, h})
	}
	return nil
}

// oneLine writes several errors in one line.
func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }

// finish turns what was found into an exit code.
func (s *proveSum) finish(missing error) {
	if missing != nil {
		s.cutOff = oneLine(missing)
	}
	switch {
	case s.refuted > 0:
		s.exitCode = exitSafety
	case s.unknown > 0 || s.cutOff != "":
		s.exitCode = exitInconclusive
	}
}
