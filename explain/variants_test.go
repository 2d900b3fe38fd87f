package explain_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"
	"time"

	"finwait/capture"
	"finwait/explain"
)

// variants are what real captures do to packets: each yields lists in which
// nothing happened that the endpoints would not do.
var variants = map[string]func(list []capture.Packet, yield func(string, []capture.Packet)){
	"every packet captured twice": func(list []capture.Packet, yield func(string, []capture.Packet)) {
		var out []capture.Packet
		for _, p := range list {
			out = append(out, p, p)
		}
		yield("", out)
	},
	"one packet captured again later": func(list []capture.Packet, yield func(string, []capture.Packet)) {
		for i := range list {
			for j := i + 1; j <= len(list); j++ {
				yield(fmt.Sprintf("%d at %d", i, j), slices.Insert(slices.Clone(list), j, list[i]))
			}
		}
	},
	"two packets in the wrong order": func(list []capture.Packet, yield func(string, []capture.Packet)) {
		for i := range len(list) - 1 {
			for j := i + 1; j < min(i+4, len(list)); j++ {
				out := slices.Clone(list)
				p := out[j]
				yield(fmt.Sprintf("%d before %d", j, i), slices.Insert(slices.Delete(out, j, j+1), i, p))
			}
		}
	},
	"one direction only": func(list []capture.Packet, yield func(string, []capture.Packet)) {
		for _, from := range []netip.AddrPort{list[0].Src, list[0].Dst} {
			out := slices.DeleteFunc(slices.Clone(list), func(p capture.Packet) bool { return p.Src != from })
			for i := range out {
				yield(fmt.Sprintf("%v from %d", from, i), out[i:])
				yield(fmt.Sprintf("%v to %d", from, i), out[:i+1])
			}
		}
	},
	"a part of it": func(list []capture.Packet, yield func(string, []capture.Packet)) {
		for i := range list {
			for j := i + 1; j <= len(list); j++ {
				yield(fmt.Sprintf("%d to %d", i, j), list[i:j])
			}
		}
	},
	"two packets missing": func(list []capture.Packet, yield func(string, []capture.Packet)) {
		for j := range list {
			for i := range j {
				out := slices.Delete(slices.Clone(list), j, j+1)
				yield(fmt.Sprintf("%d and %d", i, j), slices.Delete(out, i, i+1))
			}
		}
	},
	"a clock that goes back": func(list []capture.Packet, yield func(string, []capture.Packet)) {
		out := slices.Clone(list)
		for i := range out {
			out[i].Time = out[i].Time.Add(-time.Duration(i*i) * time.Second)
		}
		yield("", out)
	},
	"no window, urgent data, ECN": func(list []capture.Packet, yield func(string, []capture.Packet)) {
		out := slices.Clone(list)
		for i := range out {
			out[i].TCP.Window, out[i].TCP.Urgent = 0, 1
			out[i].TCP.Flags |= capture.URG | capture.ECE | capture.CWR | capture.NS
		}
		yield("", out)
	},
	"a RST of a third party": thirdParty,
	"keep-alives":            keepAlives,
	"text in smaller pieces": func(list []capture.Packet, yield func(string, []capture.Packet)) {
		var out []capture.Packet
		for _, p := range list {
			for p.Payload > 1 && !p.TCP.Flags.Has(capture.SYN) {
				q := p
				q.Payload, q.TCP.Flags = 1, q.TCP.Flags&^capture.FIN
				out = append(out, q)
				p.Payload--
				p.TCP.Seq++
			}
			out = append(out, p)
		}
		yield("", out)
	},
}

// edge is where a side stands before packet i: what it sends and acknowledges
// next.
func edge(list []capture.Packet, i int, from netip.AddrPort) (seq, ack uint32, known bool) {
	for _, p := range list[:i] {
		switch {
		case p.Src == from:
			if p.TCP.Flags.Has(capture.RST) {
				return 0, 0, false
			}
			if p.LEN() > 0 {
				seq, known = p.TCP.Seq+p.LEN(), true
			}
		case p.LEN() > 0:
			ack = p.TCP.Seq + p.LEN()
		}
	}
	return seq, ack, known && ack != 0
}

// thirdParty puts in a RST that neither end has sent, and that its receiver
// ignores, or that did not reach it.
func thirdParty(list []capture.Packet, yield func(string, []capture.Packet)) {
	for i := 3; i < len(list); i++ {
		for _, from := range []netip.AddrPort{list[0].Src, list[0].Dst} {
			for _, flags := range []capture.Flags{capture.RST, capture.RST | capture.ACK} {
				seq, ack, known := edge(list, i, from)
				if !known {
					continue
				}
				rst := list[0]
				rst.Src, rst.Dst = from, list[0].Dst
				if from == list[0].Dst {
					rst.Dst = list[0].Src
				}
				rst.Time, rst.Payload = list[i].Time, 0
				rst.TCP = capture.Header{Seq: seq, Ack: ack, Flags: flags}
				yield(fmt.Sprintf("%v before %d as %v", flags, i, from), slices.Insert(slices.Clone(list), i, rst))
			}
		}
	}
}

// keepAlives puts in a probe and its answer, where nothing is outstanding.
func keepAlives(list []capture.Packet, yield func(string, []capture.Packet)) {
	for i := 3; i < len(list); i++ {
		for n, from := range []netip.AddrPort{list[0].Src, list[0].Dst} {
			seq, ack, known := edge(list, i, from)
			last, next, _ := edge(list, i, []netip.AddrPort{list[0].Dst, list[0].Src}[n])
			if !known || list[i-1].LEN() != 0 || last != ack || next != seq || list[i].TCP.Flags.Has(capture.SYN) {
				continue
			}
			closed := slices.ContainsFunc(list[:i], func(p capture.Packet) bool { return p.Src == from && p.TCP.Flags.Has(capture.FIN) })
			for octets := range 2 {
				if octets > 0 && closed {
					continue // there is a FIN in the octet's place
				}
				probe, answer := list[0], list[0]
				probe.Src, probe.Dst = from, []netip.AddrPort{list[0].Dst, list[0].Src}[n]
				answer.Src, answer.Dst = probe.Dst, probe.Src
				probe.TCP = capture.Header{Seq: seq - 1, Ack: ack, Flags: capture.ACK, Window: 100}
				probe.Payload = octets
				answer.TCP, answer.Payload = capture.Header{Seq: ack, Ack: seq, Flags: capture.ACK, Window: 100}, 0
				yield(fmt.Sprintf("before %d from %v", i, from), slices.Insert(slices.Clone(list), i, probe, answer, probe, answer))
			}
		}
	}
}

// faithful are the variants that show as much as the original: their story is
// the same.
var faithful = map[string]bool{
	"every packet captured twice": true, "a clock that goes back": true, "no window, urgent data, ECN": true,
	"keep-alives": true, "text in smaller pieces": true,
}

// Whatever a capture does to the packets of a connection that conforms, it
// never deviates; a faithful one tells the same story.
func TestNoVariantDeviates(t *testing.T) {
	count := map[string]int{}
	for name := range expected {
		list := slices.Collect(only(t, name).Packets())
		for what, vary := range variants {
			vary(list, func(detail string, out []capture.Packet) {
				var g capture.Grouper
				for i, p := range out {
					p.Number = i + 1
					g.Add(p)
				}
				connections := g.Connections()
				for _, c := range connections {
					x := explain.Explain(c)
					count[what]++
					if x.Verdict == explain.Deviates {
						t.Errorf("%s: %s %s:\n%s", name, what, detail, text(x, 0))
					}
					want, got := truths[name], told(x.Story())
					got.lost, got.again = want.lost, want.again
					if faithful[what] && (len(connections) != 1 || got != want) {
						t.Errorf("%s: %s %s: %+v, want %+v:\n%s", name, what, detail, got, want, text(x, 0))
					}
				}
			})
		}
	}
	for what := range variants {
		if count[what] == 0 {
			t.Errorf("there is no variant with %s", what)
		}
	}
	t.Log(count)
}

// After the RST of a third party the connection goes on, and the story says
// that somebody else has sent it.
func TestTheRSTOfAThirdParty(t *testing.T) {
	list := slices.Collect(only(t, "halfclose-v4-lo.pcap").Packets())
	found := 0
	thirdParty(list[:12], func(_ string, out []capture.Packet) {
		out = append(out, list[12:]...)
		var g capture.Grouper
		for _, p := range out {
			g.Add(p)
		}
		s := explain.Explain(g.Connections()[0]).Story()
		if s.Cause == explain.ThirdParty && s.Ending == explain.Orderly {
			found++
		}
	})
	if found < 20 {
		t.Errorf("noticed %d times", found)
	}
	t.Logf("noticed %d times", found)
}

// Two connections on the same ports, one after the other, are told apart, and
// each keeps its own story.
func TestSplicedCaptures(t *testing.T) {
	for first := range expected {
		for _, second := range []string{"normal-v4-tun-raw.pcap", "halfclose-v4-lo.pcap", "rst-unread-v4-lo.pcap"} {
			a, b := slices.Collect(only(t, first).Packets()), slices.Collect(only(t, second).Packets())
			client := b[0].Src
			start := a[len(a)-1].Time.Add(time.Minute)
			var g capture.Grouper
			for _, p := range a {
				g.Add(p)
			}
			for _, p := range b {
				p.Time = start.Add(p.Time.Sub(b[0].Time))
				from := p.Src == client
				p.TCP.Seq += 1 << 24 // another initial sequence number
				p.TCP.Ack += 1 << 24
				p.Src, p.Dst = a[0].Src, a[0].Dst
				if !from {
					p.Src, p.Dst = p.Dst, p.Src
				}
				g.Add(p)
			}
			list := g.Connections()
			if len(list) != 2 {
				t.Errorf("%s and %s: %d connections", first, second, len(list))
				continue
			}
			for i, name := range []string{first, second} {
				x := explain.Explain(list[i])
				if got := told(x.Story()); got != truths[name] || x.Verdict == explain.Deviates {
					t.Errorf("%s and %s, %d: %+v", first, second, i, got)
				}
			}
		}
	}
}

// A damaged segment is not believed under Checksums, and believed without.
func TestChecksums(t *testing.T) {
	damage := func(list []capture.Packet) []capture.Packet {
		bad := list[5]
		bad.TCP.Seq += 77777
		bad.WrongChecksum = true
		for i := range list {
			list[i].WrongChecksum = false
		}
		return slices.Insert(list, 5, bad)
	}
	c := edited(t, "normal-v4-tun-raw.pcap", damage)
	believed := explain.Options{}.Explain(c)
	if s := believed.Story(); len(believed.B.Guesses) == 0 || s.B.BadChecksums != 1 {
		t.Errorf("believed: guesses %v, %d wrong", believed.B.Guesses, s.B.BadChecksums)
	}
	if x := (explain.Options{Checksums: true}).Explain(c); len(x.B.Guesses) > 0 || x.Verdict != explain.Conforms {
		t.Errorf("not believed: %s, guesses %v", x.Summary(), x.B.Guesses)
	}
}
