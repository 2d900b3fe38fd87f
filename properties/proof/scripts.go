package proof

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"finwait/properties/proof/smt"
)

// Write writes the scripts of some parts into a directory, which it makes if need be.
func Write(dir string, parts []Part) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, p := range parts {
		if err := os.WriteFile(filepath.Join(dir, p.Name+".smt2"), []byte(p.SMT()), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Open is an obligation that a solver did not discharge.
type Open struct {
	Part Part
	smt.Outcome
}

// String is "deliver-a: kept: state of A".
func (o *Open) String() string { return o.Part.Name + ": " + o.Obligation.Name }

// Prove asks a solver everything in a part: how many obligations there are, and which of them are open.
func (p Part) Prove(ctx context.Context, s smt.Solver) (asked int, open []Open, err error) {
	list, err := s.Prove(ctx, p.Group)
	if err != nil {
		return 0, nil, err
	}
	if len(list) == 0 {
		return 0, nil, fmt.Errorf("%s: nothing was asked", p.Name)
	}
	for _, o := range list {
		if !o.Proved() {
			open = append(open, Open{p, o})
		}
	}
	return len(list), open, nil
}

// FirstOpen is the first obligation of some parts that the solver does not discharge; nil if there is none.
func FirstOpen(ctx context.Context, s smt.Solver, parts []Part) (*Open, error) {
	for _, p := range parts {
		_, open, err := p.Prove(ctx, s)
		if err != nil {
			return nil, err
		}
		if len(open) > 0 {
			return &open[0], nil
		}
	}
	return nil, nil
}
