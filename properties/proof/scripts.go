package proof

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"finwait/properties/proof/smt"
)

// Write writes the scripts of some groups into a directory, which it makes if need be.
func Write(dir string, groups []*smt.Group) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, g := range groups {
		if err := os.WriteFile(filepath.Join(dir, g.Name+".smt2"), []byte(g.SMT()), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Open is an obligation that a solver did not discharge.
type Open struct {
	Group *smt.Group
	smt.Outcome
}

// Prove asks a solver everything in some groups: how many obligations there
// are, and which of them are open.
func Prove(ctx context.Context, s smt.Solver, groups []*smt.Group) (asked int, open []Open, err error) {
	for _, g := range groups {
		list, err := s.Prove(ctx, g)
		if err != nil {
			return asked, open, err
		}
		if len(list) == 0 {
			return asked, open, fmt.Errorf("%s: nothing was asked", g.Name)
		}
		asked += len(list)
		for _, o := range list {
			if !o.Proved() {
				open = append(open, Open{g, o})
			}
		}
	}
	return asked, open, nil
}
