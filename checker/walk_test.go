package checker_test

import (
	"context"
	"encoding/binary"
	"slices"
	"testing"

	"finwait/checker"
)

// tug is two sides that count to 3: alone, by giving to the other, and together.
type tug struct{}

type tugSide struct{ N, Got uint8 }

type tugMove = checker.Move[tugSide, string]

func (tug) Init(yield func(a, b tugSide) bool) { yield(tugSide{}, tugSide{N: 1}) }

func (tug) Moves(s tugSide, buf []tugMove) []tugMove {
	if s.N == 3 {
		return buf
	}
	up := tugSide{s.N + 1, s.Got}
	return append(buf,
		tugMove{checker.Local, "up", up, 0},
		tugMove{checker.Offer, "give", up, 1},
		tugMove{checker.Joint, "both", up, 0})
}

func (tug) Accept(s tugSide, a string, buf []tugMove) []tugMove {
	if s.Got == 2 {
		return append(buf, tugMove{checker.Offer, "full", s, 0})
	}
	return append(buf, tugMove{checker.Offer, a, tugSide{s.N, s.Got + 1}, 0})
}

func (tug) Facts(s tugSide) uint64 {
	if s.N < 3 {
		return 1
	}
	return 0
}

func (tug) Encode(dst []byte, s tugSide) []byte { return append(dst, s.N, s.Got) }

func (tug) EncodeAction(dst []byte, side int, a string) []byte {
	return append(binary.LittleEndian.AppendUint16(dst, uint16(side)), a...)
}

type tugProperty = checker.Property[checker.Pair[tugSide], string]

// tugClaims are claims of every form, some of which hold.
func tugClaims() []tugProperty {
	type side = checker.SideStep[tugSide, string]
	return []tugProperty{
		checker.Always[string]("never full", func(v checker.Pair[tugSide]) bool { return v.A.Got < 2 }),
		checker.AlwaysWhen[string]("never", func(v checker.Pair[tugSide]) bool { return v.A.N > 3 },
			func(checker.Pair[tugSide]) bool { return false }),
		checker.AlwaysStep("not together", func(s checker.Step[checker.Pair[tugSide], string]) bool { return s.Action != "both" }),
		checker.AlwaysSideStep("no third", func(h side) bool { return h.To.N < 3 }),
		checker.AlwaysSideStepWhen("accepting keeps N", func(h side) bool { return h.Kind == checker.Accept },
			func(h side) bool { return h.From.N == h.To.N }),
		checker.AlwaysSideStep("nothing is refused", func(h side) bool { return h.Action != "full" }),
		checker.AlwaysSideStep("nothing full is offered", func(h side) bool { return h.Kind != checker.Offer || h.Action != "full" }),
		checker.AlwaysSideStepWhen("joint goes up", func(h side) bool { return h.Kind == checker.Joint },
			func(h side) bool { return h.To.N == h.From.N+1 }),
	}
}

func TestWalksAgreeWithExploration(t *testing.T) {
	g := checker.ExploreProduct(context.Background(), tug{}, checker.ProductOptions[tugSide, string]{})
	report, err := g.Check(context.Background(), tugClaims()...)
	if err != nil {
		t.Fatal(err)
	}
	broken := make([]bool, len(report.Results))
	for n := range g.States() {
		from := g.View(n)
		var edges, steps []string
		for e := range g.EdgesFrom(n) {
			edges = append(edges, string(rune('A'+e.Side))+e.Action)
		}
		for _, s := range checker.Successors(tug{}, from) {
			steps = append(steps, string(rune('A'+s.Side))+s.Action)
			for i, p := range tugClaims() {
				broken[i] = broken[i] || checker.Breaks(tug{}, p, from, s)
			}
		}
		if !slices.Equal(edges, steps) {
			t.Fatalf("state %d: the graph has %v, a walk %v", n, edges, steps)
		}
	}
	for i, r := range report.Results {
		if violated := r.Verdict == checker.Violated; violated != broken[i] {
			t.Errorf("%s: exploration says %v, walks say %v", r.Name, r.Verdict, broken[i])
		}
	}
	witness := checker.Sometimes[string]("two", func(v checker.Pair[tugSide]) bool { return v.A.N == 2 })
	for _, s := range checker.Successors(tug{}, g.View(0)) {
		if checker.Breaks(tug{}, witness, g.View(0), s) {
			t.Error("a step cannot break a witness")
		}
	}
}
