package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/printer"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mutable things of every kind, nested, with operands that must be asked in order, and not asked where they need not be.
const varied = `package p

import "fmt"

type Seq uint32

type flags struct{ f Seq }

var log string

func ask(b bool, name string) bool { log += name; return b }

func Run() string {
	log = ""
	n, x, list := 0, flags{f: 6}, [8]Seq{}
	for _, i := range []int{1, 2, 3, 4, 5} {
		if i == 4 {
			break
		}
		if i == 2 {
			continue
		}
		n += i
		list[i&1]++
	}
	for once := true; once; n-- {
		once = false
	}
	x.f |= 1<<3 | Seq(n)
	x.f &^= 2
	switch {
	case ask(n > 0, "a") && ask(n <= 4, "b") || ask(x.f-1 == 13, "c"):
		log += "1"
	case ask(-n >= 1, "d") || // a comment
		ask(n%3 != 0, "e"):
		log += "2"
	}
	return fmt.Sprint(n, x, list, log)
}
`

// every lists each mutant of a package that compiles.
func every(t *testing.T, src *source) []numbered {
	t.Helper()
	var list []numbered
	for name, f := range src.files {
		ast.Inspect(f, func(n ast.Node) bool {
			tok, pos := mutable(n)
			if tok == nil {
				return true
			}
			p := src.fset.Position(pos)
			for kind, to := range become {
				if _, ok := to[*tok]; !ok {
					continue
				}
				m := mutant{Type: kind, Line: p.Line, Column: p.Column}
				s, err := src.standing(name, m)
				if err != nil {
					t.Fatal(err)
				}
				if s == runnable {
					list = append(list, numbered{m, name, len(list) + 1})
				}
			}
			return true
		})
	}
	return list
}

// A program that holds all mutants does, when told to be one of them, what the program does that is mutated in that place.
func TestSchema(t *testing.T) {
	st := newSubject(t, varied)
	src, err := parse(st.dir())
	if err != nil {
		t.Fatal(err)
	}
	mutants := every(t, src)
	if len(mutants) < 30 {
		t.Fatalf("%d mutants only", len(mutants))
	}
	schema := filepath.Join(st.root, "schema")
	if err := os.Mkdir(schema, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := src.overlay(st.dir(), schema, mutants); err != nil {
		t.Fatal(err)
	}

	// The program prints what the package and each mutated copy of it do.
	var imports, calls strings.Builder
	add := func(dir string, text []byte) {
		if err := st.write(dir+"/p.go", text, 0o600); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&imports, "import %s \"m/%s\"\n", dir, dir)
		fmt.Fprintf(&calls, "\tfmt.Println(%s.Run())\n", dir)
	}
	add("p0", []byte(varied))
	for _, m := range mutants {
		tok, _, _ := src.find(m.file, m.mutant)
		was := *tok
		*tok = become[m.Type][was]
		var text bytes.Buffer
		if err := printer.Fprint(&text, src.fset, src.files[m.file]); err != nil {
			t.Fatal(err)
		}
		*tok = was
		add(fmt.Sprintf("p%d", m.number), text.Bytes())
	}
	want := strings.Split(strings.TrimSpace(program(t, st, "direct", imports.String(), calls.String())), "\n")
	if len(want) != len(mutants)+1 {
		t.Fatalf("%d results of %d programs", len(want), len(mutants)+1)
	}

	different := 0
	program(t, st, "all", "import \"m/schema\"\n", "\tfmt.Println(p.Run())\n")
	for k, text := range want {
		if got := chosen(t, filepath.Join(st.root, "all", "all"), k); got != text {
			t.Errorf("mutant %d: %s, and mutated directly: %s", k, got, text)
		}
		if text != want[0] {
			different++
		}
	}
	if different < 20 {
		t.Errorf("only %d mutants do anything else than the program", different)
	}
}

// program builds a program, and returns what it prints.
func program(t *testing.T, st stage, name, imports, calls string) string {
	t.Helper()
	text := "package main\n\nimport \"fmt\"\n" + imports + "\nfunc main() {\n" + calls + "}\n"
	if err := st.write(name+"/main.go", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "build", "-o", filepath.Join(st.root, name, name), "./"+name)
	cmd.Dir = st.root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return chosen(t, filepath.Join(st.root, name, name), 0)
}

func chosen(t *testing.T, program string, mutant int) string {
	t.Helper()
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), fmt.Sprintf("MUTANT=%d", mutant))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("mutant %d: %v\n%s", mutant, err, out)
	}
	return strings.TrimSpace(string(out))
}

// The sample is the same for one commit, and another for the next.
func TestDrawn(t *testing.T) {
	var spots []spot
	for i := range 40 {
		spots = append(spots, spot{place{"a.go", fmt.Sprint(i), 1}, "K", 1})
	}
	one := slices.Clone(drawn(slices.Clone(spots), "1", 10))
	if len(one) != 10 || !slices.Equal(one, drawn(slices.Clone(spots), "1", 10)) {
		t.Error("not the same ten")
	}
	slices.Reverse(spots)
	if !slices.Equal(one, drawn(slices.Clone(spots), "1", 10)) {
		t.Error("it depends on the order")
	}
	if slices.Equal(one, drawn(slices.Clone(spots), "2", 10)) {
		t.Error("the seed does not matter")
	}
	if len(drawn(spots, "1", 100)) != 40 {
		t.Error("not all")
	}
}

// What makes a scenario too large or hangs counts as a change, and not as killed.
func TestCountProperties(t *testing.T) {
	r := &report{Files: []file{{Name: "a.go"}}}
	for s, n := range map[status]int{killed: 6, lived: 2, timedOut: 1, unjudged: 1, unchanged: 5, notReached: 4, outside: 3, notViable: 2} {
		for range n {
			m := mutant{Status: s, Source: "x"}
			if s == killed {
				m.Fell = []string{"S1 prefix"}
			}
			r.Files[0].Mutants = append(r.Files[0].Mutants, m)
		}
	}
	r.countProperties()
	if r.Score != 60 || r.Total != 24 || r.Efficacy != 75 {
		t.Errorf("%+v", r)
	}
	for _, want := range []string{"killed                                      6   60.00 %", "S1 prefix", "\nlived\n", "\ntimed out\n", "\nunjudged\n", "\nunchanged\n"} {
		if !strings.Contains(r.summaryProperties(), want) {
			t.Errorf("no %q in\n%s", want, r.summaryProperties())
		}
	}
}

// Every survivor of the committed result has a reason beside it.
func TestSurvivorsHaveReasons(t *testing.T) {
	dir := filepath.Join("..", "..", "docs", "mutation")
	r, err := load(filepath.Join(dir, "properties"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "properties.md"))
	if err != nil {
		t.Fatal(err)
	}
	if r.Score < 90 {
		t.Errorf("%.2f %% are killed", r.Score)
	}
	for _, f := range r.Files {
		for _, m := range f.Mutants {
			switch m.Status {
			case lived, unjudged, timedOut:
				row := fmt.Sprintf("| %s | %#q | %s |", f.Name, strings.ReplaceAll(m.Source, "|", `\|`), m.Type)
				if !bytes.Contains(text, []byte(row)) {
					t.Errorf("no reason for\n%s", row)
				}
			}
		}
	}
}
