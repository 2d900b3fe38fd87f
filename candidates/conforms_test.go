package candidates_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"finwait/model"
)

// show writes what was seen, for failures.
func show(log []seen) string {
	var b strings.Builder
	for _, s := range log {
		b.WriteString(map[bool]string{false: "\nA ", true: "\n  B "}[s.fromB])
		b.WriteString(s.g.String())
	}
	return b.String()
}

// What the machine sends never deviates, wherever it is observed; and where an
// end is observed, its true state is among the possible ones.
func TestConformingTrafficNeverDeviates(t *testing.T) {
	check(t, func(t *rapid.T) {
		where := rapid.SampledFrom([]point{atA, atB, between}).Draw(t, "where")
		var o model.Options
		if rapid.Bool().Draw(t, "readings") {
			o = readings(t)
		}
		w := newTraffic(t, o, where)
		w.walk(t, rapid.IntRange(1, 80).Draw(t, "steps"))
		trackers, d := observe(w.log, false)
		if d != nil {
			t.Fatalf("options %v: %v%s", w.sys.Options.Names(), d, show(w.log))
		}
		for side, tr := range trackers {
			if where != point(side) || len(tr.States()) == 0 || o != (model.Options{}) {
				continue
			}
			if got := w.sides[side].State; !slices.Contains(tr.Possible(), got) {
				t.Fatalf("options %v: %c is in %v, possible %v%s", w.sys.Options.Names(), 'A'+side, got, tr.Possible(), show(w.log))
			}
		}
	})
}

// The capture may be bad: begin late, end early, miss packets or a direction,
// show some twice, or in another order.
func TestBadCaptureNeverDeviates(t *testing.T) {
	check(t, func(t *rapid.T) {
		w := newTraffic(t, readings(t), rapid.SampledFrom([]point{atA, atB, between}).Draw(t, "where"))
		w.walk(t, rapid.IntRange(1, 80).Draw(t, "steps"))
		log := spoil(t, w.log)
		if _, d := observe(log, false); d != nil {
			t.Fatalf("options %v: %v%s", w.sys.Options.Names(), d, show(log))
		}
	})
}

// spoil makes a bad capture of a good one.
func spoil(t *rapid.T, log []seen) []seen {
	log = slices.Clone(log)
	if n := len(log); n > 0 && rapid.Bool().Draw(t, "begins late") {
		log = log[rapid.IntRange(0, n-1).Draw(t, "first"):]
	}
	if rapid.IntRange(0, 4).Draw(t, "one direction") == 0 {
		b := rapid.Bool().Draw(t, "B's")
		log = slices.DeleteFunc(log, func(s seen) bool { return s.fromB == b })
	}
	missing := rapid.SampledFrom([]int{0, 0, 10, 30}).Draw(t, "missing percent")
	again := rapid.SampledFrom([]int{0, 0, 10, 100}).Draw(t, "twice percent")
	var out []seen
	for _, s := range log {
		if missing > 0 && rapid.IntRange(0, 99).Draw(t, "missing") < missing {
			continue
		}
		out = append(out, s)
		if again > 0 && rapid.IntRange(0, 99).Draw(t, "twice") < again {
			out = append(out, s)
		}
	}
	if rapid.Bool().Draw(t, "disordered") {
		for i := 1; i < len(out); i++ {
			if rapid.IntRange(0, 5).Draw(t, "swap") == 0 {
				out[i-1], out[i] = out[i], out[i-1]
			}
		}
	}
	return out
}
