package proof

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"finwait/model"
)

// site is a place in the source of the machine where sequence numbers are compared or subtracted.
type site struct{ Func, Expr string }

// comparisons finds every comparison and every distance of sequence numbers in
// the source of ./model, but for the bugs and for what Seq itself consists of.
func comparisons(t *testing.T) (list []site) {
	t.Helper()
	fset := token.NewFileSet()
	names, err := filepath.Glob("../../model/*.go")
	require.NoError(t, err)
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		require.NoError(t, err)
		f, err := parser.ParseFile(fset, name, source, 0)
		require.NoError(t, err)
		files = append(files, f)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	_, err = conf.Check("finwait/model", fset, files, info)
	require.NoError(t, err)
	isSeq := func(e ast.Expr) bool {
		named, ok := info.Types[e].Type.(*types.Named)
		return ok && named.Obj().Name() == "Seq"
	}
	for _, f := range files {
		base := filepath.Base(fset.Position(f.Pos()).Filename)
		if base == "bugs.go" || base == "seq.go" || base == "valid.go" {
			continue
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(fn, func(n ast.Node) bool {
				switch e := n.(type) {
				case *ast.BinaryExpr:
					if !isSeq(e.X) || !isSeq(e.Y) {
						break
					}
					switch e.Op {
					case token.EQL, token.NEQ:
						list = append(list, site{fn.Name.Name, types.ExprString(e)})
					case token.LSS, token.GTR, token.LEQ, token.GEQ:
						require.Fail(t, "sequence numbers are compared as numbers", "%s: %s", fn.Name.Name, types.ExprString(e))
					}
				case *ast.CallExpr:
					s := types.ExprString(e)
					switch called := e.Fun.(type) {
					case *ast.SelectorExpr:
						if isSeq(called.X) && called.Sel.Name != "Add" {
							list = append(list, site{fn.Name.Name, s})
						}
					case *ast.Ident:
						if called.Name == "later" || called.Name == "earlier" {
							list = append(list, site{fn.Name.Name, s})
						}
					}
				}
				return true
			})
		}
	}
	return list
}

// Where no range is needed, or none holds.
const (
	opening  = "- before ESTABLISHED: not covered"
	windows  = "- decides what the send window is: in the proof it is any"
	optional = "- under an option only"
	notation = "- how a segment is written"
	wrong    = "- **false** after 2^32 octets: see above"
)

// sites says for each comparison in the source of the machine which range makes it right.
var sites = map[site]string{
	{"checkACK", "m.SND.NXT.Before(g.ACK)"}:            "SEG.ACK, SND.NXT",
	{"ackOfSYN", "m.SND.UNA.Before(g.ACK)"}:            opening,
	{"ackOfSYN", "m.SND.NXT.Before(g.ACK)"}:            opening,
	{"advance", "g.ACK.Before(m.SND.UNA)"}:             "SEG.ACK, SND.UNA",
	{"advance", "g.ACK.AtMost(m.SND.UNA)"}:             "SEG.ACK, SND.UNA",
	{"advance", "m.SND.UNA == m.SND.NXT"}:              "SND.NXT, SND.UNA",
	{"updateWindow", "m.SND.WL1.Before(g.SEQ)"}:        windows,
	{"updateWindow", "m.SND.WL1 == g.SEQ"}:             windows,
	{"updateWindow", "m.SND.WL2.AtMost(g.ACK)"}:        windows,
	{"acceptable", "g.SEQ == m.RCV.NXT"}:               "SEG.SEQ, RCV.NXT",
	{"acceptable", "g.SEQ.In(m.RCV.NXT, wnd)"}:         "SEG.SEQ, RCV.NXT",
	{"acceptable", "(g.End() - 1).In(m.RCV.NXT, wnd)"}: "last number of the segment, RCV.NXT",
	{"trimSYN", "g.SEQ == m.RCV.IRS"}:                  opening,
	{"zeroWindow", "g.SEQ == m.RCV.NXT"}:               "SEG.SEQ, RCV.NXT",
	{"unacceptable", "g.SEQ == m.RCV.NXT - 1"}:         optional,
	{"unacceptable", "g.End() == m.RCV.NXT"}:           "end of the segment, RCV.NXT",
	{"checkRST", "g.SEQ.Before(m.RCV.NXT)"}:            "SEG.SEQ, RCV.NXT",
	{"checkRST", "g.SEQ != m.RCV.NXT"}:                 "SEG.SEQ, RCV.NXT",
	{"checkSYN", "g.SEQ.Before(m.RCV.NXT)"}:            opening,
	{"send", "m.SND.END.From(m.SND.UNA)"}:              "end of the queue, SND.UNA",
	{"probe", "m.SND.UNA != m.SND.NXT"}:                "SND.NXT, SND.UNA",
	{"keepAlive", "m.SND.UNA != m.SND.NXT"}:            "SND.NXT, SND.UNA",
	{"absolute", "g.SEQ == 0"}:                         notation,
	{"Len", "r.Hi.From(r.Lo)"}:                         "length of held text",
	{"Unread", "c.RCV.NXT.From(c.RCV.READ)"}:           "RCV.NXT, what is read",
	{"FINSent", "c.SND.NXT == c.SND.END + 1"}:          "SND.NXT, end of the queue and FIN",
	{"FINAcked", "c.SND.UNA == c.SND.NXT"}:             "SND.NXT, SND.UNA",
	{"Unsent", "c.SND.END.From(c.SND.NXT)"}:            "end of the queue, SND.NXT",
	{"synOutstanding", "c.SND.UNA == c.SND.ISS"}:       wrong,
	{"synOutstanding", "c.SND.END == c.SND.ISS + 1"}:   wrong,
	{"outstanding", "c.SND.NXT.From(c.SND.UNA)"}:       "SND.NXT, SND.UNA",
	{"room", "c.SND.NXT.From(c.SND.UNA)"}:              "SND.NXT, SND.UNA",
	{"textAndFIN", "m.Held[0].Lo == m.RCV.NXT"}:        optional,
	{"textAndFIN", "text.Lo == m.RCV.NXT"}:             "new text, RCV.NXT",
	{"trim", "hi.Before(right)"}:                       "end of the text, right edge of the window",
	{"trim", "hi == m.RCV.NXT"}:                        optional,
	{"trim", "hi.Before(m.RCV.NXT)"}:                   "end of the text, RCV.NXT",
	{"trim", "m.RCV.FIN.Before(hi)"}:                   "held FIN, end of the text",
	{"trim", "later(lo, m.RCV.NXT)"}:                   "SEG.SEQ, RCV.NXT",
	{"trim", "earlier(hi, right)"}:                     "end of the text, right edge of the window",
	{"trim", "lo.Before(hi)"}:                          "new text, its end",
	{"accept", "hi.From(m.RCV.NXT)"}:                   "length of new text",
	{"hold", "h.Hi.Before(r.Lo)"}:                      "held text, new text",
	{"hold", "r.Hi.Before(h.Lo)"}:                      "new text, held text",
	{"hold", "earlier(r.Lo, h.Lo)"}:                    "beginnings of held and new text",
	{"hold", "later(r.Hi, h.Hi)"}:                      "ends of held and new text",
	{"holdFIN", "m.Held[before].Hi.AtMost(s)"}:         "held text, FIN",
	{"holdFIN", "m.Held[before].Lo.AtMost(s)"}:         "beginning of held text, FIN",
	{"holdFIN", "s != m.RCV.NXT"}:                      "FIN, RCV.NXT",
	{"assemble", "m.Held[0].Lo.AtMost(m.RCV.NXT)"}:     "beginning of held text, RCV.NXT",
	{"assemble", "m.RCV.NXT.Before(m.Held[0].Hi)"}:     "held text, RCV.NXT",
	{"assemble", "m.RCV.FIN == m.RCV.NXT"}:             "held FIN, RCV.NXT",
	{"retransmission", "m.SND.UNA == m.SND.NXT"}:       "SND.NXT, SND.UNA",
	{"arrivesSynSent", "g.ACK.AtMost(m.SND.ISS)"}:      opening,
	{"arrivesSynSent", "m.SND.NXT.Before(g.ACK)"}:      opening,
}

// Every comparison of sequence numbers in the source of the machine has its
// range, and every range is needed by one.
func TestDocumentModulo(t *testing.T) {
	found := map[site]bool{}
	used := map[string]bool{}
	known := map[string]string{}
	for _, r := range Ranges() {
		known[r.Name] = r.Why
	}
	var b strings.Builder
	b.WriteString("| in | comparison | of | less than 2^31 apart, because |\n|---|---|---|---|\n")
	for _, s := range comparisons(t) {
		if found[s] {
			continue
		}
		found[s] = true
		name, ok := sites[s]
		require.True(t, ok, "%s compares %s, and nothing is said of it", s.Func, s.Expr)
		used[name] = true
		why, isRange := known[name]
		if reason, none := strings.CutPrefix(name, "- "); none {
			name, why = "", reason
		} else {
			require.True(t, isRange, "%s: there is no range %q", s.Expr, name)
		}
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", s.Func, s.Expr, name, why)
	}
	for s := range sites {
		assert.True(t, found[s], "%v is not in the source any more", s)
	}
	for name := range known {
		assert.True(t, used[name], "no comparison needs the range %s", name)
	}
	block(t, "modulo", b.String())
}

// What the lemma says of registers is what model.Seq does.
func TestModuloIsSeq(t *testing.T) {
	c := newComparison()
	before, atMost, in, from, equal := c.before(), c.atMost(), c.in(), c.from(), c.equal()
	e := c.Env()
	rapid.Check(t, func(rt *rapid.T) {
		x := rapid.Uint32().Draw(rt, "x")
		y := rapid.OneOf(rapid.Uint32(), rapid.Just(x), rapid.Just(x+1), rapid.Just(x-1), rapid.Just(x+1<<31), rapid.Just(x+1<<31-1)).Draw(rt, "y")
		n := rapid.Uint32Range(0, model.MaxWindow).Draw(rt, "size")
		e.Set(c.xReg, int64(x))
		e.Set(c.yReg, int64(y))
		e.Set(c.size, int64(n))
		p, q := model.Seq(x), model.Seq(y)
		require.Equal(rt, p.Before(q), e.Holds(before))
		require.Equal(rt, p.AtMost(q), e.Holds(atMost))
		require.Equal(rt, p.In(q, n), e.Holds(in))
		require.Equal(rt, p == q, e.Holds(equal))
		require.EqualValues(rt, p.From(q), e.Value(from))
	})
}

// The one comparison that has no range: an endpoint that has written 2^32
// octets, all but the last acknowledged, and closed, takes the last octet for its SYN.
func TestSynAgainAfter4GiB(t *testing.T) {
	const iss = 1000
	c := model.TCB{
		State: model.FinWait1, Flags: model.CloseCalled,
		SND: model.SendVars{ISS: iss, UNA: iss, NXT: iss + 2, END: iss + 1, WND: 10, ACKED: 1<<32 - 1},
		RCV: model.RecvVars{IRS: 5, NXT: 6, READ: 6, WND: 10},
	}
	require.NoError(t, c.Valid())
	_, fx := model.Step(c, model.Event{Kind: model.TimeoutRetransmission, N: 1})
	assert.True(t, fx.Segment.Has(model.SYN), "if this fails, docs/proof.md can do without an exception")
	c.SND.ISS++ // one octet less, or more, and it is right
	_, fx = model.Step(c, model.Event{Kind: model.TimeoutRetransmission, N: 1})
	assert.False(t, fx.Segment.Has(model.SYN))
	assert.EqualValues(t, 1, fx.Segment.TXT)
}
