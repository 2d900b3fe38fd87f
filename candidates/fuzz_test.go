package candidates_test

import (
	"testing"

	"finwait/model"
)

// segments reads random segments, mostly near each other, from fuzzing input:
// eight bytes each.
func segments(data []byte) []seen {
	var log []seen
	for len(data) >= 8 && len(log) < 60 {
		d := data[:8]
		data = data[8:]
		g := model.Segment{
			SEQ: model.Seq(int8(d[1])), ACK: model.Seq(int8(d[2])), TXT: uint32(d[3] % 16), WND: model.MaxWindow,
			CTL: model.Ctl(d[4]) & (model.FIN | model.SYN | model.RST | model.ACK),
		}
		if d[5] == 1 {
			g.SEQ += model.Seq(d[6]) << 24 // far away
		}
		if d[5] == 2 {
			g.TXT <<= d[6] % 27
		}
		if g.Has(model.RST) {
			g.TXT = 0
		}
		log = append(log, seen{d[0]&1 == 1, g})
	}
	return log
}

// FuzzTracker follows what nobody sends: it never panics, however little it
// makes sense, and the candidates stay few.
func FuzzTracker(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x00\x02\x00\x00\x00\x01\x09\x01\x00\x0a\x00\x00\x00\x00\x01\x0a\x00\x08\x00\x00\x00"))
	f.Add([]byte("\x00\x01\x01\x00\x09\x00\x00\x00\x01\x01\x02\x03\x08\x00\x00\x00\x00\x02\x04\x00\x0c\x00\x00\x00"))
	f.Add([]byte("\x00\x00\x00\x07\x02\x00\x00\x00\x01\x09\x08\x00\x0a\x01\x80\x00\x00\x08\x0a\x05\x08\x02\x1a\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		log := segments(data)
		for _, complete := range []bool{false, true} {
			trackers, d := observe(log, complete)
			if d != nil && (d.Packet < 0 || d.Packet >= len(log) || d.Segment != log[d.Packet].g) {
				t.Errorf("a deviation of nothing: %v", d)
			}
			for _, tr := range trackers {
				if tr.Most() > 48 {
					t.Errorf("%d candidates", tr.Most())
				}
				tr.Finish()
			}
		}
	})
}
