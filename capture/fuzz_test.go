package capture

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// damaged reads b, which may be anything, and fails unless what comes out
// keeps the package's promises.
func damaged(t interface{ Fatalf(string, ...any) }, b []byte) {
	packets, skipped, err := readAll(b)
	if len(b) > 1 && b[0] == 0x1f && b[1] == 0x8b {
		return // offsets are those of what it decompresses to
	}
	var fault *Error
	if err != nil && !errors.As(err, &fault) {
		t.Fatalf("%v is no *Error", err)
	}
	if fault != nil && (fault.Offset < 0 || fault.Offset > int64(len(b)) || fault.Reason == "") {
		t.Fatalf("%d bytes, and a fault at %d: %q", len(b), fault.Offset, fault.Reason)
	}
	number, offset := 0, int64(-1)
	for _, p := range packets {
		if p.Number <= number || p.Offset <= offset || p.Offset >= int64(len(b)) {
			t.Fatalf("packet %d at %d after packet %d at %d", p.Number, p.Offset, number, offset)
		}
		if p.Payload < 0 || !p.Src.IsValid() || !p.Dst.IsValid() {
			t.Fatalf("impossible packet %+v", p)
		}
		number, offset = p.Number, p.Offset
	}
	if fault != nil && offset >= fault.Offset {
		t.Fatalf("a packet at %d after the fault at %d", offset, fault.Offset)
	}
	records := 0
	for _, s := range skipped {
		records += s.Packets
	}
	if len(packets)+records < number {
		t.Fatalf("%d packets and %d skipped, and the last is number %d", len(packets), records, number)
	}

	grouped := 0
	for _, c := range group(packets) {
		grouped += c.Len()
		last := 0
		for p := range c.Packets() {
			if p.Number <= last {
				t.Fatalf("packet %d of a connection after packet %d", p.Number, last)
			}
			told := p
			told.Copy = false // that is the connection's own word
			if told != packets[slices.IndexFunc(packets, func(q Packet) bool { return q.Number == p.Number })] {
				t.Fatalf("packet %d came back different", p.Number)
			}
			last = p.Number
			c.Window(p)
		}
	}
	if grouped != len(packets) {
		t.Fatalf("%d packets, and %d in connections", len(packets), grouped)
	}
}

func TestRandomCorruption(t *testing.T) {
	files := captures(t)
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	rapid.Check(t, func(t *rapid.T) {
		b := slices.Clone(files[rapid.SampledFrom(names).Draw(t, "file")])
		for range rapid.IntRange(1, 8).Draw(t, "changes") {
			at := rapid.IntRange(0, len(b)-1).Draw(t, "at")
			switch rapid.IntRange(0, 3).Draw(t, "how") {
			case 0:
				b[at] = rapid.Byte().Draw(t, "octet")
			case 1:
				b[at] = rapid.SampledFrom([]byte{0, 1, 0x7f, 0x80, 0xff}).Draw(t, "extreme")
			case 2:
				b = slices.Delete(b, at, min(at+rapid.IntRange(1, 20).Draw(t, "fewer"), len(b)-1))
			case 3:
				b = slices.Insert(b, at, rapid.SliceOfN(rapid.Byte(), 1, 20).Draw(t, "more")...)
			}
		}
		damaged(t, b)
	})
}

func FuzzReader(f *testing.F) {
	for _, b := range captures(f) {
		f.Add(b)
	}
	v4, v6 := ip4(f, syn(77), 0), ip6(f, 0, []byte{44, 0, 1, 4, 0, 0, 0, 0, 6, 0, 0, 1, 0, 0, 0, 9}, syn(77), 3)
	f.Add(join(section(), description(101, 0), enhanced(0, 5, v4, len(v4)), block(simplePacket, join(words(60), v4)), enhanced(0, 6, v6, len(v6))))
	f.Add(written(f, 1, ether(0x86dd, v6, 0x88a8, 0x8100)))
	f.Fuzz(func(t *testing.T, b []byte) { damaged(t, b) })
}
