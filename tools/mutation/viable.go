package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
)

// become says which token each mutator makes of which, as gremlins 0.6 does.
var become = map[string]map[token.Token]token.Token{
	"ARITHMETIC_BASE": {
		token.ADD: token.SUB, token.SUB: token.ADD, token.MUL: token.QUO, token.QUO: token.MUL, token.REM: token.MUL,
	},
	"CONDITIONALS_BOUNDARY": {
		token.GEQ: token.GTR, token.GTR: token.GEQ, token.LEQ: token.LSS, token.LSS: token.LEQ,
	},
	"CONDITIONALS_NEGATION": {
		token.EQL: token.NEQ, token.NEQ: token.EQL, token.GEQ: token.LSS, token.LSS: token.GEQ,
		token.GTR: token.LEQ, token.LEQ: token.GTR,
	},
	"INCREMENT_DECREMENT": {token.DEC: token.INC, token.INC: token.DEC},
	"INVERT_ASSIGNMENTS": {
		token.ADD_ASSIGN: token.SUB_ASSIGN, token.SUB_ASSIGN: token.ADD_ASSIGN, token.MUL_ASSIGN: token.QUO_ASSIGN,
		token.QUO_ASSIGN: token.MUL_ASSIGN, token.REM_ASSIGN: token.REM_ASSIGN,
	},
	"INVERT_BITWISE": {
		token.AND: token.OR, token.OR: token.AND, token.XOR: token.AND, token.AND_NOT: token.AND,
		token.SHL: token.SHR, token.SHR: token.SHL,
	},
	"INVERT_BWASSIGN": {
		token.AND_ASSIGN: token.OR_ASSIGN, token.OR_ASSIGN: token.AND_ASSIGN, token.XOR_ASSIGN: token.AND_ASSIGN,
		token.AND_NOT_ASSIGN: token.AND_ASSIGN, token.SHL_ASSIGN: token.SHR_ASSIGN, token.SHR_ASSIGN: token.SHL_ASSIGN,
	},
	"INVERT_LOGICAL":  {token.LAND: token.LOR, token.LOR: token.LAND},
	"INVERT_LOOPCTRL": {token.BREAK: token.CONTINUE, token.CONTINUE: token.BREAK},
	"REMOVE_SELF_ASSIGNMENTS": {
		token.ADD_ASSIGN: token.ASSIGN, token.AND_ASSIGN: token.ASSIGN, token.AND_NOT_ASSIGN: token.ASSIGN,
		token.MUL_ASSIGN: token.ASSIGN, token.OR_ASSIGN: token.ASSIGN, token.QUO_ASSIGN: token.ASSIGN,
		token.REM_ASSIGN: token.ASSIGN, token.SHL_ASSIGN: token.ASSIGN, token.SHR_ASSIGN: token.ASSIGN,
		token.SUB_ASSIGN: token.ASSIGN, token.XOR_ASSIGN: token.ASSIGN,
	},
}

// source is a package's syntax, ready to be mutated and type-checked.
type source struct {
	fset  *token.FileSet
	files map[string]*ast.File
	conf  types.Config
	info  *types.Info // of the package as it stands
}

// parse reads the package in a directory, without its tests. It must type-check: a mutant is judged by that.
func parse(dir string) (*source, error) {
	pkg, err := build.ImportDir(dir, 0)
	if err != nil {
		return nil, err
	}
	s := &source{fset: token.NewFileSet(), files: make(map[string]*ast.File)}
	s.conf.Importer = importer.ForCompiler(s.fset, "source", nil)
	for _, name := range pkg.GoFiles {
		f, err := parser.ParseFile(s.fset, filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		s.files[name] = f
	}
	info := &types.Info{Types: make(map[ast.Expr]types.TypeAndValue)}
	if err := s.check(info); err != nil {
		return nil, fmt.Errorf("the unmutated package does not type-check: %w", err)
	}
	s.info = info
	return s, nil
}

// check type-checks the package as it stands.
func (s *source) check(info *types.Info) error {
	files := make([]*ast.File, 0, len(s.files))
	for _, f := range s.files {
		files = append(files, f)
	}
	_, err := s.conf.Check("mutated", s.fset, files, info)
	return err
}

// verdict corrects gremlins' verdict on a mutant: not viable if it was killed by the compiler rather than by a test,
// outside functions if it is not covered because Go measures no coverage where it is.
func (s *source) verdict(name string, m mutant) (status, error) {
	if m.Status != killed && m.Status != notCovered {
		return m.Status, nil
	}
	tok, inside, _ := s.find(name, m)
	if tok == nil {
		return "", fmt.Errorf("BUG: %s:%d:%d: no %s here", name, m.Line, m.Column, m.Type)
	}
	if m.Status == notCovered {
		if !inside {
			return outside, nil
		}
		return notCovered, nil
	}
	was := *tok
	*tok = become[m.Type][was]
	err := s.check(nil)
	*tok = was
	if err != nil {
		return notViable, nil //nolint:nilerr // that it does not type-check is the answer
	}
	return killed, nil
}

// standing tells whether a schema can hold a mutant that nobody has run.
func (s *source) standing(name string, m mutant) (status, error) {
	m.Status = killed
	v, err := s.verdict(name, m)
	if err != nil || v != killed {
		return v, err
	}
	switch _, inside, constant := s.find(name, m); {
	case !inside, constant:
		return outside, nil
	}
	return runnable, nil
}

// find returns the token that a mutant changes, nil if there is none, and whether it is inside a function, and that of a
// constant expression.
func (s *source) find(name string, m mutant) (tok *token.Token, inside, constant bool) {
	f := s.files[name]
	if f == nil {
		return nil, false, false
	}
	var stack []ast.Node
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		stack = append(stack, n)
		t, pos := mutable(n)
		if t == nil || become[m.Type][*t] == token.ILLEGAL {
			return true
		}
		if p := s.fset.Position(pos); p.Line == m.Line && p.Column == m.Column {
			tok, inside = t, inFunction(stack)
			if e, ok := n.(ast.Expr); ok {
				constant = s.info.Types[e].Value != nil
			}
		}
		return true
	})
	return tok, inside, constant
}

// mutable returns the token of a node that gremlins may mutate, nil if it leaves that kind of node alone.
func mutable(n ast.Node) (*token.Token, token.Pos) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		return &n.Tok, n.TokPos
	case *ast.BinaryExpr:
		return &n.Op, n.OpPos
	case *ast.BranchStmt:
		return &n.Tok, n.TokPos
	case *ast.IncDecStmt:
		return &n.Tok, n.TokPos
	case *ast.UnaryExpr:
		return &n.Op, n.OpPos
	default:
		return nil, token.NoPos
	}
}

// inFunction tells whether the innermost of the nodes is in a function's body.
func inFunction(stack []ast.Node) bool {
	for _, n := range stack {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return true
		}
	}
	return false
}
