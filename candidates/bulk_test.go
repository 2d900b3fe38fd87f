package candidates_test

import (
	"fmt"
	"testing"
	"time"

	"finwait/candidates"
	"finwait/model"
)

// bulk is a long transfer from A to B, acknowledged every other segment, with
// so many segments in flight and, now and then, one lost before B and sent
// again.
type bulk struct {
	segments, flight, lossEvery int
	mss                         uint32
	iss, irs                    model.Seq
}

// run feeds both trackers and returns the number of packets.
func (b bulk) run(t testing.TB, trackers [2]*candidates.Tracker) int {
	t.Helper()
	n := 0
	send := func(from int, g model.Segment) {
		t.Helper()
		g.WND = model.MaxWindow
		if d := trackers[from].Sends(n, g); d != nil {
			t.Fatalf("%v; allowed %v", d, d.Allowed)
		}
		trackers[1-from].Arrives(n, g)
		n++
	}
	send(0, model.Segment{SEQ: b.iss, CTL: model.SYN})
	send(1, model.Segment{SEQ: b.irs, ACK: b.iss + 1, CTL: model.SYN | model.ACK})
	send(0, model.Segment{SEQ: b.iss + 1, ACK: b.irs + 1, CTL: model.ACK})
	text := func(i int) model.Segment {
		return model.Segment{SEQ: (b.iss + 1).Add(uint32(i) * b.mss), ACK: b.irs + 1, TXT: b.mss, CTL: model.ACK}
	}
	acked, hole := 0, -1
	ack := func(to int) {
		acked = max(acked, to)
		send(1, model.Segment{SEQ: b.irs + 1, ACK: text(to).SEQ, CTL: model.ACK})
	}
	for i := range b.segments {
		send(0, text(i))
		if b.lossEvery > 0 && i%b.lossEvery == 7 && hole < 0 {
			hole = i
		}
		at := i - b.flight // the latest that has arrived
		switch {
		case at < 0 || at%2 == 0 && hole < 0:
		case hole < 0 || at < hole:
			ack(at + 1)
		case at < hole+20:
			ack(hole)
		default:
			send(0, text(hole))
			hole = -1
			ack(at + 1)
		}
	}
	ack(b.segments)
	end := text(b.segments).SEQ
	send(0, model.Segment{SEQ: end, ACK: b.irs + 1, CTL: model.FIN | model.ACK})
	send(1, model.Segment{SEQ: b.irs + 1, ACK: end + 1, CTL: model.FIN | model.ACK})
	send(0, model.Segment{SEQ: end + 1, ACK: b.irs + 2, CTL: model.ACK})
	return n
}

func both() [2]*candidates.Tracker {
	return [2]*candidates.Tracker{candidates.New(candidates.FromClosed), candidates.New(candidates.FromClosed)}
}

// Long transfers conform, with few candidates: also across the end of the
// sequence numbers, several times.
func TestBulk(t *testing.T) {
	for _, b := range []bulk{
		{segments: 20_000, flight: 10, mss: 1448, iss: 1<<32 - 5000, irs: 77},
		{segments: 20_000, flight: 700, mss: 1448, lossEvery: 997, iss: 1 << 31},
		{segments: 20_000, flight: 3000, mss: 1 << 19, lossEvery: 5000, iss: 3}, // 10 GiB, 1.5 GiB in flight
	} {
		if testing.Short() {
			b.segments /= 4
		}
		t.Run(fmt.Sprint(b), func(t *testing.T) {
			if uint64(b.flight)*uint64(b.mss) > model.MaxWindow {
				b.flight = model.MaxWindow / int(b.mss) / 2
			}
			trackers := both()
			start := time.Now()
			n := b.run(t, trackers)
			t.Logf("%d packets, %.0f ns each, %d and %d candidates", n, float64(time.Since(start).Nanoseconds())/float64(n), trackers[0].Most(), trackers[1].Most())
			for i, want := range []model.State{model.TimeWait, model.Closed} {
				if h := trackers[i].Finish(); h.Settled != want || h.Guessed || len(h.Options.Names()) > 0 {
					t.Errorf("%c is left in %v, guessed %v, options %v; want %v", 'A'+i, h.Settled, h.Guessed, h.Options.Names(), want)
				}
				if trackers[i].Most() > 8 {
					t.Errorf("%c needed %d candidates", 'A'+i, trackers[i].Most())
				}
			}
		})
	}
}

func BenchmarkBulk(b *testing.B) {
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n += bulk{segments: 100_000, flight: 100, mss: 1448, lossEvery: 5000}.run(b, both())
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "packets/s")
}

// One direction alone, more than can ever be outstanding: that it is
// acknowledged has to be guessed.
func TestBulkOneWay(t *testing.T) {
	tracker := candidates.New(candidates.FromClosed)
	seq := model.Seq(100)
	send := func(i int, txt uint32, c model.Ctl) {
		t.Helper()
		if d := tracker.Sends(i, model.Segment{SEQ: seq, ACK: 1, TXT: txt, CTL: c, WND: model.MaxWindow}); d != nil {
			t.Fatal(d)
		}
		seq += model.Seq(txt)
	}
	send(0, 0, model.SYN)
	seq++
	for i := range 5000 {
		send(i, 1<<20, model.ACK)
	}
	send(5000, 0, model.FIN|model.ACK)
	if h := tracker.Finish(); h.Now != model.FinWait1 || !h.Guessed || tracker.Most() > 16 {
		t.Errorf("%v, guessed %v, %d candidates", h.Now, h.Guessed, tracker.Most())
	}
}

// A hole that is filled only after hundreds of segments, in any number of
// pieces: what the endpoint holds meanwhile does not matter.
func TestManyHoles(t *testing.T) {
	for _, holes := range []int{1, 5, 50, 200} {
		trackers := both()
		log := script{}.a(100, 0, 0, syn).b(300, 101, 0, syn|ack).a(101, 301, 0, ack)
		for i := range 2 * holes {
			log = log.a(model.Seq(101+10*i), 301, 10, ack).b(301, 101, 0, ack)
		}
		for i := 0; i < 2*holes; i += 2 { // every other one was lost
			log = log.a(model.Seq(101+10*i), 301, 10, ack).b(301, model.Seq(121+10*i), 0, ack)
		}
		end := model.Seq(101 + 20*holes)
		log = log.a(end, 301, 0, fin|ack).b(301, end+1, 0, fin|ack).a(end+1, 302, 0, ack)
		for i, s := range log {
			from := map[bool]int{true: 1}[s.fromB]
			if d := trackers[from].Sends(i, s.g); d != nil {
				t.Fatalf("%d holes: %v; allowed %v", holes, d, d.Allowed)
			}
			trackers[1-from].Arrives(i, s.g)
		}
		if h := trackers[1].Finish(); h.Settled != model.Closed || h.Guessed {
			t.Errorf("%d holes: %v, guessed %v", holes, h.Settled, h.Guessed)
		}
	}
}
