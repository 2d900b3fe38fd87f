package checker_test

import (
	"context"
	"encoding/binary"
	"runtime"
	"testing"

	"finwait/checker"
)

// gossip is a component for measurements: a counter, a set of four messages in flight, and a sum of what was received.
// Its product has (64 * counters)^2 states, each with some fifteen transitions.
type gossip struct{ counters uint8 }

type gossiper struct{ count, net, sum uint8 }

type gossipAction struct {
	name byte // Count, Send, Lose, Deliver or Overflow
	msg  uint8
}

func (g gossip) Init(yield func(a, b gossiper) bool) { yield(gossiper{}, gossiper{}) }

func (g gossip) Moves(s gossiper, buf []checker.Move[gossiper, gossipAction]) []checker.Move[gossiper, gossipAction] {
	add := func(kind, name byte, msg uint8, next gossiper) {
		buf = append(buf, checker.Move[gossiper, gossipAction]{Kind: kind, Action: gossipAction{name, msg}, Next: next})
	}
	add(checker.Local, 'C', 0, gossiper{(s.count + 1) % g.counters, s.net, s.sum})
	for i := range uint8(4) {
		if flip := (gossiper{s.count, s.net ^ 1<<i, s.sum}); s.net>>i&1 == 0 {
			add(checker.Local, 'S', i, flip)
		} else {
			add(checker.Local, 'L', i, flip)
			add(checker.Offer, 'D', i, flip)
		}
	}
	return buf
}

func (g gossip) Accept(s gossiper, a gossipAction, buf []checker.Move[gossiper, gossipAction]) []checker.Move[gossiper, gossipAction] {
	if s.net == 15 {
		a.name = 'O'
	}
	return append(buf, checker.Move[gossiper, gossipAction]{Action: a, Next: gossiper{s.count, s.net, (s.sum + a.msg) % 4}})
}

func (g gossip) Facts(gossiper) uint64 { return 0 }

func (g gossip) Encode(dst []byte, s gossiper) []byte { return append(dst, s.count, s.net, s.sum) }

func (g gossip) EncodeAction(dst []byte, _ int, a gossipAction) []byte {
	return append(dst, a.name, a.msg)
}

type gossipView = checker.Pair[gossiper]

// BenchmarkProduct explores 409,600 states and some 6 million transitions.
func BenchmarkProduct(b *testing.B) {
	for _, workers := range []int{1, runtime.GOMAXPROCS(0)} {
		b.Run(map[bool]string{true: "one worker", false: "all workers"}[workers == 1], func(b *testing.B) {
			var f checker.Figures
			for b.Loop() {
				f = checker.ExploreProduct(context.Background(), gossip{10},
					checker.ProductOptions[gossiper, gossipAction]{Workers: workers}).Figures()
			}
			perState(b, f)
		})
	}
}

func perState(b *testing.B, f checker.Figures) {
	b.Helper()
	seconds := b.Elapsed().Seconds() / float64(b.N)
	b.ReportMetric(float64(f.Transitions)/seconds/1e6, "Mtransitions/s")
	b.ReportMetric(float64(f.States)/seconds/1e6, "Mstates/s")
	b.ReportMetric(float64(f.Bytes)/float64(f.States), "B/state")
}

// lattice is a whole-state model for measurements.
type lattice struct{ side uint32 }

type point struct{ x, y, z uint32 }

func (l lattice) Init(yield func(point) bool) { yield(point{}) }

func (l lattice) Next(p point, buf []checker.Successor[point, uint8]) []checker.Successor[point, uint8] {
	for i, next := range [...]point{{p.x + 1, p.y, p.z}, {p.x, p.y + 1, p.z}, {p.x, p.y, p.z + 1}} {
		if next.x < l.side && next.y < l.side && next.z < l.side {
			buf = append(buf, checker.Successor[point, uint8]{Action: uint8(i), Next: next})
		}
	}
	return buf
}

func (l lattice) Encode(dst []byte, p point) []byte {
	for _, v := range [...]uint32{p.x, p.y, p.z} {
		dst = binary.BigEndian.AppendUint32(dst, v)
	}
	return dst
}
func (l lattice) EncodeAction(dst []byte, a uint8) []byte { return append(dst, a) }

func BenchmarkWholeState(b *testing.B) {
	var f checker.Figures
	for b.Loop() {
		f = checker.Explore(context.Background(), lattice{80}, checker.ModelOptions[point, uint8]{Workers: 1}).Figures()
	}
	perState(b, f)
}

// BenchmarkSafety judges an invariant, a step property and a property of half-moves over an explored product.
func BenchmarkSafety(b *testing.B) {
	g := checker.ExploreProduct(context.Background(), gossip{10}, checker.ProductOptions[gossiper, gossipAction]{Workers: 1})
	for b.Loop() {
		_, _ = g.Check(context.Background(),
			checker.Always[gossipAction]("sum", func(v gossipView) bool { return v.A.sum < 4 }),
			checker.AlwaysSideStep("count", func(s checker.SideStep[gossiper, gossipAction]) bool { return s.To.count < 10 }),
		)
	}
	perState(b, g.Figures())
}

// BenchmarkLiveness judges []<> under weak and strong fairness; it holds, so every component is looked at.
func BenchmarkLiveness(b *testing.B) {
	g := checker.ExploreProduct(context.Background(), gossip{10}, checker.ProductOptions[gossiper, gossipAction]{Workers: 1})
	counts := checker.PerSide(func(_ int, a gossipAction) bool { return a.name == 'C' })
	deliveries := checker.PerSide(func(_ int, a gossipAction) bool { return a.name == 'D' })
	for b.Loop() {
		_, _ = g.Check(context.Background(), checker.AlwaysEventually("count", func(v gossipView) bool { return v.A.count == 0 },
			checker.WF("count", counts), checker.SF("deliver", deliveries)))
	}
	perState(b, g.Figures())
}
