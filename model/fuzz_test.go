package model

import (
	"testing"

	"pgregory.net/rapid"
)

// tape is a source of choices made from the fuzzer's octets; when it runs out
// every choice is the first.
type tape []byte

func (t *tape) next() byte {
	if len(*t) == 0 {
		return 0
	}
	b := (*t)[0]
	*t = (*t)[1:]
	return b
}

func (t *tape) upTo(n int) int { return int(t.next()) % n }

// near is a number a little below or above s.
func (t *tape) near(s Seq) Seq { return s + Seq(int8(t.next())>>3) }

// number is small, or one of the limits.
func (t *tape) number() uint32 {
	b := uint32(t.next())
	if b < 240 {
		return b % 12
	}
	return []uint32{window, MaxWindow, MaxQueue, MaxQueue - 1, 1 << 31, 1<<32 - 1}[b%6]
}

func (t *tape) options() Options {
	var o Options
	bits := uint(t.next()) | uint(t.next())<<8 | uint(t.next())<<16
	for i, d := range Catalogue() {
		if d.Kind != Bug {
			d.Set(&o, bits>>i&1 != 0)
		}
	}
	return o
}

// event is anything, with numbers that c is likely to take an interest in.
func (t *tape) event(c TCB) Event {
	e := Event{Kind: EventKind(t.upTo(2 * int(NumEventKinds)))}
	if e.Kind >= NumEventKinds {
		e.Kind = SegmentArrives
	}
	if e.Kind != SegmentArrives {
		e.N, e.Off, e.FIN, e.WND, e.ISS = t.number(), t.number(), t.next()&1 != 0, t.number(), Seq(t.next())
		return e
	}
	g := Segment{CTL: Ctl(t.next()) & (FIN | SYN | RST | ACK | URG), TXT: min(t.number(), MaxWindow), WND: min(t.number(), MaxWindow)}
	g.SEQ = t.near([]Seq{c.RCV.NXT, c.RCV.NXT, c.RCV.NXT.Add(c.RCV.WND), c.RCV.IRS}[t.upTo(4)])
	if g.Has(ACK) {
		g.ACK = t.near([]Seq{c.SND.NXT, c.SND.NXT, c.SND.UNA, c.SND.ISS}[t.upTo(4)])
	}
	return selecting(Arrive(g), Seq(t.next()))
}

// tcb is one of the corpus, distorted; false if it is not valid any more.
func (t *tape) tcb(all []namedTCB) (TCB, bool) {
	c := all[(int(t.next())<<8|int(t.next()))%len(all)].TCB
	for range t.upTo(8) {
		switch t.upTo(12) {
		case 0:
			c.SND.UNA = t.near(c.SND.UNA)
		case 1:
			c.SND.NXT = t.near(c.SND.NXT)
		case 2:
			c.SND.END = t.near(c.SND.END)
		case 3:
			c.SND.WND = t.number()
		case 4:
			c.RCV.NXT = t.near(c.RCV.NXT)
		case 5:
			c.RCV.READ = t.near(c.RCV.READ)
		case 6:
			c.RCV.WND = t.number()
		case 7:
			c.RCV.WANT = t.number()
		case 8:
			c.Flags ^= 1 << t.upTo(9)
		case 9:
			c.SND.ISS = t.near(c.SND.UNA)
		case 10:
			holdsFIN(t.number())(&c)
		case 11:
			if lo := t.number(); c.NumHeld < MaxHeld {
				holds(lo, lo+t.number())(&c)
			}
		}
	}
	return c, c.Valid() == nil
}

// stories begins somewhere and lets a few things happen; whatever happens, the
// laws of a step hold.
func stories(fail func(format string, args ...any), all []namedTCB, data []byte) {
	t := tape(data)
	o, c := t.options(), TCB{}
	if t.next()&1 != 0 {
		var ok bool
		if c, ok = t.tcb(all); !ok {
			return
		}
	}
	for range 24 {
		next, _, err := obeyLaws(o, c, t.event(c))
		if err != nil {
			fail("%v", err)
			return
		}
		if c = next; len(t) == 0 {
			return
		}
	}
}

func FuzzStep(f *testing.F) {
	all := corpus()
	f.Add([]byte("\x00\x00\x00\x01\x00\x10\x00\x07\x1b\x08"))
	f.Add([]byte("\xff\xff\xff\x01\x00\x30\x02\x0a\x02\x03\x08\x18\x08\x10\x02\x00\x00\x08\x08\x04\x10\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) { stories(t.Fatalf, all, data) })
}

// TestStories is the fuzzer with rapid as the source of the octets: it shrinks.
func TestStories(t *testing.T) {
	all := corpus()
	octets := rapid.SliceOfN(rapid.Byte(), 60, 200)
	rapid.Check(t, func(rt *rapid.T) { stories(rt.Fatalf, all, octets.Draw(rt, "octets")) })
}
