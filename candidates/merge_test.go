package candidates

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"finwait/model"
)

// random draws a segment from a small world, so that much of it makes sense.
func random(t *rapid.T) model.Segment {
	return model.Segment{
		SEQ: model.Seq(rapid.IntRange(0, 8).Draw(t, "seq")), ACK: model.Seq(rapid.IntRange(0, 8).Draw(t, "ack")),
		TXT: uint32(rapid.IntRange(0, 3).Draw(t, "text")), WND: model.MaxWindow,
		CTL: rapid.SampledFrom([]model.Ctl{
			model.ACK, model.ACK, model.ACK, model.ACK | model.FIN, model.SYN, model.SYN | model.ACK, model.RST, model.RST | model.ACK,
		}).Draw(t, "control bits"),
	}
}

// explains reports whether a candidate alone can send what follows, and in
// which states it can be then.
func explains(k candidate, log []model.Segment, sends []bool) (bool, []model.State) {
	in := *k.in
	in.list, in.pasts.events = slices.Clone(in.list), slices.Clone(in.pasts.events)
	k.in = &in
	t := &Tracker{in: &in, set: []candidate{k}}
	for i, g := range log {
		if !sends[i] {
			t.Arrives(i, g)
		} else if t.Sends(i, g) != nil {
			return false, nil
		}
	}
	return true, t.States()
}

// Whatever a candidate that is left out by merge can explain, one that is kept
// can explain: merging is harmless.
func TestMergeIsHarmless(t *testing.T) {
	merged := 0
	rapid.Check(t, func(t *rapid.T) {
		tr := New(rapid.SampledFrom([]Beginning{FromClosed, FromMiddle}).Draw(t, "from"))
		for i := range rapid.IntRange(1, 12).Draw(t, "before") {
			g := random(t)
			if rapid.Bool().Draw(t, "arrives") {
				tr.Arrives(i, g)
				continue
			}
			var next []candidate
			for _, k := range tr.set {
				next = append(next, k.explain(i, g)...)
			}
			if len(next) == 0 {
				continue
			}
			for i := range next {
				next[i].forget()
			}
			all := slices.Clone(next)
			tr.set = merge(next, 1<<20)
			if len(all) == len(tr.set) {
				continue
			}
			merged++
			n := rapid.IntRange(1, 6).Draw(t, "after")
			log, sends := make([]model.Segment, n), make([]bool, n)
			for j := range log {
				log[j], sends[j] = random(t), rapid.Bool().Draw(t, "sends")
			}
			some := slices.ContainsFunc(tr.set, func(k candidate) bool { ok, _ := explains(k, log, sends); return ok })
			for _, k := range all {
				if ok, _ := explains(k, log, sends); ok && !some {
					t.Fatalf("only what was left out can send %v (%v): %v", log, sends, k.tcb)
				}
			}
		}
	})
	if merged == 0 {
		t.Error("nothing was ever merged")
	}
	t.Logf("%d merges", merged)
}

// Pruning keeps every past as it was.
func TestPruneKeepsThePasts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := &incoming{}
		set := []candidate{{in: in}}
		for i := range rapid.IntRange(1, 60).Draw(t, "events") {
			k := set[rapid.IntRange(0, len(set)-1).Draw(t, "whose")]
			k.happened(Event{Packet: int32(i)})
			if len(set) < 5 && rapid.Bool().Draw(t, "fork") {
				set = append(set, k)
			} else {
				set[rapid.IntRange(0, len(set)-1).Draw(t, "which")] = k
			}
		}
		var before [][]int32
		packets := func(m moment) (list []int32) {
			for _, e := range in.pasts.until(m) {
				list = append(list, e.Packet)
			}
			return list
		}
		for _, k := range set {
			before = append(before, packets(k.past))
		}
		n := len(in.pasts.events)
		in.pasts.events = append(in.pasts.events, make([]Event, 1<<12)...) // enough to be worth it
		in.pasts.prune(set)
		if len(in.pasts.events) > n {
			t.Fatalf("%d events are left of %d", len(in.pasts.events), n)
		}
		for i, k := range set {
			if got := packets(k.past); !slices.Equal(got, before[i]) {
				t.Fatalf("past %v, was %v", got, before[i])
			}
		}
	})
}
