package candidates_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"finwait/candidates"
	"finwait/model"
	"finwait/model/system"
)

// script writes a capture by hand, numbers relative to 0.
type script []seen

func (s script) a(seq, ack model.Seq, txt uint32, c model.Ctl) script {
	return s.put(false, seq, ack, txt, c)
}

func (s script) b(seq, ack model.Seq, txt uint32, c model.Ctl) script {
	return s.put(true, seq, ack, txt, c)
}

func (s script) put(b bool, seq, ack model.Seq, txt uint32, c model.Ctl) script {
	g := model.Segment{SEQ: seq, ACK: ack, TXT: txt, CTL: c, WND: model.MaxWindow}
	return append(slices.Clone(s), seen{b, g})
}

const (
	syn = model.SYN
	fin = model.FIN
	rst = model.RST
	ack = model.ACK
)

// opened is a connection after the handshake, and after 10 octets from A.
func opened() script {
	return script{}.a(100, 0, 0, syn).b(300, 101, 0, syn|ack).a(101, 301, 0, ack).
		a(101, 301, 10, ack).b(301, 111, 0, ack)
}

// halfClosed is one of which A has closed its half.
func halfClosed() script { return opened().a(111, 301, 0, fin|ack).b(301, 112, 0, ack) }

// What no endpoint can send deviates at the segment that shows it: always, or
// only if nothing is missing from the capture.
func TestDeviations(t *testing.T) {
	for _, test := range []struct {
		name     string
		log      script
		complete bool // only a complete capture shows it
		in       model.State
	}{
		{"text after the FIN", halfClosed().a(112, 301, 5, ack), false, model.FinWait2},
		{"a second FIN behind the first", halfClosed().a(112, 301, 0, fin|ack), false, model.FinWait2},
		{"a FIN retransmitted one number later", opened().a(111, 301, 0, fin|ack).a(112, 301, 0, fin|ack), false, model.FinWait1},
		{"a FIN within text that was sent", opened().a(105, 301, 0, fin|ack), false, model.Established},
		{"an ACK behind the peer's FIN", halfClosed().b(301, 113, 0, ack), false, model.CloseWait},
		{"a FIN without ACK", opened().a(111, 0, 0, fin), false, model.Established},
		{"text without ACK", opened().a(111, 0, 3, 0), false, model.Established},
		{"a SYN,ACK of another SYN", script{}.a(100, 0, 0, syn).b(300, 102, 0, syn|ack), true, model.Listen},
		{"a second SYN,ACK with another ISS", opened().b(400, 101, 0, syn|ack), false, model.Established},
		{"a FIN one number too far", opened().a(112, 301, 0, fin|ack), true, model.Established},
		{"an ACK of what was never sent", opened().b(301, 120, 0, ack), true, model.Established},
		{"a RST far from every number", opened().b(1<<31+50, 0, 0, rst), true, model.Established},
		{"a RST one number too far", opened().b(302, 0, 0, rst), true, model.Established},
		{"text of which a part was left out", opened().a(121, 301, 10, ack), true, model.Established},
	} {
		t.Run(test.name, func(t *testing.T) {
			last := len(test.log) - 1
			for _, complete := range []bool{false, true} {
				_, d := observe(test.log, complete)
				switch {
				case test.complete && !complete && d != nil:
					t.Errorf("deviates in an incomplete capture: %v", d)
				case test.complete && !complete:
				case d == nil:
					t.Errorf("complete %v: it conforms", complete)
				case d.Packet != last || !slices.Contains(d.States, test.in):
					t.Errorf("complete %v: %v; want packet %d in %v", complete, d, last, test.in)
				case len(d.Allowed) == 0:
					t.Error("nothing else is allowed")
				case !strings.Contains(d.Error(), test.in.String()):
					t.Errorf("the error %q does not name the state", d)
				}
			}
		})
	}
}

// What real stacks send does not deviate, and needs no guess.
func TestRealTraffic(t *testing.T) {
	for _, test := range []struct {
		name    string
		log     script
		a, b    model.State
		options []string // that either end needs
	}{
		{"keep-alives", opened().a(110, 301, 0, ack).b(301, 111, 0, ack).a(110, 301, 1, ack).b(301, 111, 0, ack), model.Established, model.Established, nil},
		{"a zero-window probe of one octet, then the rest", opened().a(111, 301, 1, ack).b(301, 111, 0, ack).a(111, 301, 9, ack).b(301, 120, 0, ack), model.Established, model.Established, nil},
		{"window updates and duplicate ACKs", opened().b(301, 111, 0, ack).b(301, 111, 0, ack).b(301, 111, 0, ack), model.Established, model.Established, nil},
		{"a hole filled by a selective retransmission", opened().a(111, 301, 10, ack).a(121, 301, 10, ack).a(131, 301, 10, ack).
			b(301, 121, 0, ack).b(301, 121, 0, ack).a(121, 301, 10, ack).b(301, 141, 0, ack), model.Established, model.Established, nil},
		{"a selective retransmission in the middle", opened().a(111, 301, 10, ack).a(121, 301, 10, ack).a(131, 301, 10, ack).
			a(121, 301, 10, ack).b(301, 141, 0, ack), model.Established, model.Established, nil},
		{"a retransmission in other pieces, and with more", opened().a(111, 301, 10, ack).a(121, 301, 10, ack).
			a(111, 301, 15, ack).a(126, 301, 20, ack).b(301, 146, 0, ack), model.Established, model.Established, nil},
		{"an ACK within a segment", opened().a(111, 301, 1000, ack).b(301, 611, 0, ack).b(301, 1111, 0, ack), model.Established, model.Established, nil},
		{"a FIN with text, sent again", opened().a(111, 301, 10, fin|ack).a(111, 301, 10, fin|ack).b(301, 122, 0, ack), model.FinWait2, model.CloseWait, nil},
		{"a lost FIN, sent again with the text before it", opened().a(111, 301, 10, ack).a(121, 301, 0, fin|ack).
			a(111, 301, 10, fin|ack).b(301, 122, 0, ack), model.FinWait2, model.CloseWait, nil},
		{"the FIN acknowledged by the other FIN", opened().a(111, 301, 0, fin|ack).b(301, 112, 0, fin|ack).a(112, 302, 0, ack), model.TimeWait, model.Closed, nil},
		{"TIME-WAIT acknowledges the FIN again", opened().a(111, 301, 0, fin|ack).b(301, 112, 0, fin|ack).a(112, 302, 0, ack).
			b(301, 112, 0, fin|ack).a(112, 302, 0, ack), model.TimeWait, model.Closed, nil},
		{"a RST after the FIN", halfClosed().a(112, 0, 0, rst), model.Closed, model.Closed, nil},
		{"a RST in answer to text after CLOSE", halfClosed().b(301, 112, 5, ack).a(112, 0, 0, rst), model.Closed, model.Closed, []string{"fin-wait-2-timer"}},
		{"a RST,ACK", opened().a(111, 301, 0, rst|ack), model.Closed, model.Closed, []string{"rst-carries-ack"}},
		{"SYN and SYN,ACK sent again", script{}.a(100, 0, 0, syn).a(100, 0, 0, syn).b(300, 101, 0, syn|ack).b(300, 101, 0, syn|ack).
			a(101, 301, 0, ack).a(101, 301, 0, ack), model.Established, model.Established, nil},
		{"a challenge ACK for a SYN, then the RST", opened().a(7000, 0, 0, syn).b(301, 111, 0, ack).a(111, 0, 0, rst), model.SynSent, model.Closed, nil},
		{"both open at once", script{}.a(100, 0, 0, syn).b(300, 0, 0, syn).a(100, 301, 0, syn|ack).b(300, 101, 0, syn|ack).
			a(101, 301, 0, ack).b(301, 101, 0, ack), model.Established, model.Established, nil},
		{"text on the SYN, refused", script{}.a(100, 0, 20, syn).b(300, 101, 0, syn|ack).a(101, 301, 20, ack).b(301, 121, 0, ack), model.Established, model.Established, nil},
		{"text on the SYN, accepted (RFC 7413)", script{}.a(100, 0, 20, syn).b(300, 121, 0, syn|ack).a(121, 301, 5, ack).b(301, 126, 0, ack), model.Established, model.Established, nil},
		{"a FIN before the SYN is acknowledged", script{}.a(100, 0, 0, syn).b(300, 101, 0, syn|ack).b(301, 101, 0, fin|ack).
			a(101, 302, 0, ack), model.CloseWait, model.FinWait2, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, complete := range []bool{false, true} {
				trackers, d := observe(test.log, complete)
				if d != nil {
					t.Fatalf("complete %v: %v; allowed %v", complete, d, d.Allowed)
				}
				var options []string
				for i, want := range []model.State{test.a, test.b} {
					h := trackers[i].Finish()
					if h.Settled != want || h.Guessed {
						t.Errorf("%c is in %v, guessed %v; want %v", 'A'+i, h.Settled, h.Guessed, want)
					}
					options = append(options, h.Options.Names()...)
				}
				if !slices.Equal(options, test.options) {
					t.Errorf("needs %v, want %v", options, test.options)
				}
			}
		})
	}
}

// The bugs that show on the wire are found when they happen at an end all of
// whose segments are seen.
func TestBugsAreFound(t *testing.T) {
	for _, name := range []string{
		"fin-retransmitted-later", "second-fin-advances", "rst-wrong-seq", "data-counted-twice", "fin-across-hole",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, _ := model.Lookup(name)
			var o model.Options
			d.Set(&o, true)
			found := 0
			walks := 4000
			if testing.Short() {
				walks = 400
			}
			for seed := range walks {
				w := rapid.Custom(func(t *rapid.T) *traffic {
					w := newTraffic(t, o, atA)
					w.walk(t, 60)
					return w
				}).Example(seed)
				if _, d := observe(w.log, true); d != nil {
					found++
				}
			}
			if found == 0 {
				t.Error("never found")
			}
			t.Logf("found in %d of %d walks", found, walks)
		})
	}
}

// An end all of whose segments are seen, and all that reach it, in the order in
// which they do, conforms also to the strictest observer.
func TestCompleteCaptureNeverDeviates(t *testing.T) {
	check(t, func(t *rapid.T) {
		var o model.Options
		if rapid.Bool().Draw(t, "readings") {
			o = readings(t)
		}
		w := newTraffic(t, o, atA)
		w.walk(t, rapid.IntRange(1, 80).Draw(t, "steps"))
		from := candidates.FromClosed
		if w.sys.Start != system.FromClosed {
			if from = candidates.FromMiddle; o.AbortTimeWait {
				return // a RST seen first, in the middle, does not tell what its sender still answers
			}
		}
		tracker := candidates.New(from)
		tracker.Complete()
		for i, s := range w.log {
			if s.fromB {
				tracker.Arrives(i, s.g)
			} else if d := tracker.Sends(i, s.g); d != nil {
				t.Fatalf("options %v: %v%s", w.sys.Options.Names(), d, show(w.log))
			}
		}
	})
}
