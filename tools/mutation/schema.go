package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A schema is one program that holds every mutant of a package, and is told when it starts which of them to be. It is
// compiled once, so that a mutant costs no more than its run. Each place that can be mutated
//
//	a == b
//
// becomes a call that computes what the mutant says if that one is chosen, and otherwise what it always did:
//
//	func(x, y Seq) bool { switch mutant { case 17: return x != y }; return x == y }(a, b)
//
// If none is chosen but -1, it notes which mutants are reached.

// numbered is a mutant with its number in the schema, from 1.
type numbered struct {
	mutant
	file   string
	number int
}

// edit is text to put into a source file.
type edit struct {
	at, to int // what is replaced; nothing if they are equal
	rank   int // of edits at one offset, in which order: what ends there, then what begins there
	text   string
}

// schema rewrites one file so that it holds all of its mutants.
type schema struct {
	*source
	info  *types.Info
	file  *ast.File
	edits []edit
	count int // of nodes, for the ranks
	err   error
}

// rewrite is the text of a file with the given mutants, which must be viable, in it.
func (s *source) rewrite(name string, mutants []numbered) ([]byte, error) {
	f := s.files[name]
	data, err := os.ReadFile(s.fset.Position(f.Pos()).Filename)
	if err != nil {
		return nil, err
	}
	x := &schema{source: s, info: s.info, file: f}
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			return true
		}
		var here []numbered
		if tok, pos := mutable(n); tok != nil {
			p := s.fset.Position(pos)
			for _, m := range mutants {
				if m.Line == p.Line && m.Column == p.Column {
					here = append(here, m)
				}
			}
		}
		if len(here) > 0 {
			x.count++
			x.node(n, here)
		}
		return x.err == nil
	})
	if x.err != nil {
		return nil, fmt.Errorf("%s: %w", name, x.err)
	}
	return apply(data, x.edits), nil
}

// apply makes the edits, which do not overlap.
func apply(data []byte, edits []edit) []byte {
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.rank, b.rank)) })
	var out bytes.Buffer
	done := 0
	for _, e := range edits {
		out.Write(data[done:e.at])
		out.WriteString(e.text)
		done = e.to
	}
	out.Write(data[done:])
	return out.Bytes()
}

// node puts the mutants of one node into the text.
func (x *schema) node(n ast.Node, here []numbered) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if n.Op == token.LAND || n.Op == token.LOR {
			x.logical(n, here[0].number)
			return
		}
		x.open(n.Pos(), fmt.Sprintf("func(x %s, y %s) %s { %s; return x %s y }(",
			x.typeOf(n.X), x.typeOf(n.Y), x.typeOf(n), x.choose(here, n.Op, "return x %s y"), n.Op))
		x.replace(n.OpPos, len(n.Op.String()), ",")
		x.close(n.End(), ")")
	case *ast.UnaryExpr:
		x.open(n.Pos(), fmt.Sprintf("func(x %s) %s { %s; return %sx }(", x.typeOf(n.X), x.typeOf(n),
			x.choose(here, n.Op, "return %sx"), n.Op))
		x.replace(n.OpPos, len(n.Op.String()), "")
		x.close(n.End(), ")")
	case *ast.AssignStmt:
		x.open(n.Pos(), fmt.Sprintf("func(p *%s, y %s) { %s; *p %s y }(&", x.typeOf(n.Lhs[0]), x.typeOf(n.Rhs[0]),
			x.choose(here, n.Tok, "*p %s y; return"), n.Tok))
		x.replace(n.TokPos, len(n.Tok.String()), ",")
		x.close(n.End(), ")")
	case *ast.IncDecStmt:
		x.open(n.Pos(), fmt.Sprintf("func(p *%s) { %s; *p%s }(&", x.typeOf(n.X), x.choose(here, n.Tok, "*p%s; return"), n.Tok))
		x.replace(n.TokPos, len(n.Tok.String()), ")")
	case *ast.BranchStmt:
		label := ""
		if n.Label != nil {
			label = " " + n.Label.Name
		}
		m := here[0]
		x.open(n.Pos(), fmt.Sprintf("if mutant < 0 { note(%d) }; if mutant == %d { %s%s }; ", m.number, m.number, become[m.Type][n.Tok], label))
	default:
		x.err = fmt.Errorf("BUG: %T cannot be put into a schema", n)
	}
}

// logical keeps the second operand from being asked where it need not be.
func (x *schema) logical(n *ast.BinaryExpr, number int) {
	is := "=="
	if n.Op == token.LOR {
		is = "!="
	}
	x.open(n.Pos(), fmt.Sprintf("func() %s { if mutant < 0 { note(%d) }; if x := bool(", x.typeOf(n), number))
	x.replace(n.OpPos, len(n.Op.String()), fmt.Sprintf("); x %s (mutant == %d) { return %s(x) }; return (", is, number, x.typeOf(n)))
	x.close(n.End(), ") }()")
}

// choose is the statement that does what the chosen mutant does, if it is one of these.
func (x *schema) choose(here []numbered, was token.Token, form string) string {
	var b strings.Builder
	numbers := make([]string, len(here))
	b.WriteString("switch mutant {")
	for i, m := range here {
		fmt.Fprintf(&b, " case %d: "+form+";", m.number, become[m.Type][was])
		numbers[i] = fmt.Sprint(m.number)
	}
	fmt.Fprintf(&b, " case -1: note(%s) }", strings.Join(numbers, ", "))
	return b.String()
}

// typeOf writes the type of an expression. That of an untyped constant is the one which its place gives it.
func (x *schema) typeOf(e ast.Expr) string {
	return types.TypeString(types.Default(x.info.TypeOf(e)), func(p *types.Package) string {
		if p.Name() == x.file.Name.Name {
			return ""
		}
		return p.Name()
	})
}

func (x *schema) offset(p token.Pos) int { return x.fset.Position(p).Offset }

// open puts text where a node begins: an outer node's before an inner one's.
func (x *schema) open(p token.Pos, text string) {
	at := x.offset(p)
	x.edits = append(x.edits, edit{at, at, x.count, text})
}

// close puts text where a node ends: an inner node's before an outer one's.
func (x *schema) close(p token.Pos, text string) {
	at := x.offset(p)
	x.edits = append(x.edits, edit{at, at, -x.count, text})
}

func (x *schema) replace(p token.Pos, n int, text string) {
	at := x.offset(p)
	x.edits = append(x.edits, edit{at, at + n, 1 << 30, text})
}

// chooser is the file that tells which mutant to be.
const chooser = `package %s

import (
	"os"
	"strconv"
)

var mutant, _ = strconv.Atoi(os.Getenv("MUTANT"))

var noted [1 << 12]bool

func note(numbers ...int) {
	for _, n := range numbers {
		noted[n] = true
	}
}

// NotedMutants lists the mutants that have been reached since it was last asked.
func NotedMutants() []int {
	list := []int{}
	for n, yes := range noted {
		if yes {
			list = append(list, n)
		}
	}
	clear(noted[:])
	return list
}
`

// overlay writes the schema into a directory, for go build -overlay.
func (s *source) overlay(dir, into string, mutants []numbered) (map[string]string, error) {
	replaced := map[string]string{}
	put := func(original string, data []byte) error {
		name := filepath.Join(into, fmt.Sprint(len(replaced))+".go")
		replaced[original] = name
		return os.WriteFile(name, data, 0o600)
	}
	pkg := ""
	for name, f := range s.files {
		pkg = f.Name.Name
		var here []numbered
		for _, m := range mutants {
			if m.file == name {
				here = append(here, m)
			}
		}
		data, err := s.rewrite(name, here)
		if err != nil {
			return nil, err
		}
		if err := put(filepath.Join(dir, name), data); err != nil {
			return nil, err
		}
	}
	return replaced, put(filepath.Join(dir, "mutant_chooser.go"), fmt.Appendf(nil, chooser, pkg))
}
