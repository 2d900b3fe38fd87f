package system

import (
	"encoding/binary"

	"finwait/model"
)

// Encode appends the content of a side, with every sequence number relative to
// the initial ones: states that differ only in these have equal content.
func (b *System) Encode(dst []byte, s Side) []byte {
	own, peer := b.ISS[s.Role], b.ISS[1-s.Role]
	u32 := func(v uint32) { dst = binary.LittleEndian.AppendUint32(dst, v) }
	rel := func(q, base model.Seq, known bool) {
		if known {
			u32(q.From(base))
		} else {
			u32(uint32(q))
		}
	}
	sent, met := s.State >= model.SynSent, s.State >= model.SynReceived
	heard := met || s.State == model.Closed && s.Readable()
	dst = append(dst, byte(s.State), byte(s.Flags), byte(s.Flags>>8), s.NumHeld, s.NumNet, s.Role, s.Dups)
	rel(s.SND.ISS, own, sent)
	rel(s.SND.UNA, own, sent)
	rel(s.SND.NXT, own, sent)
	rel(s.SND.END, own, sent)
	u32(s.SND.WND)
	rel(s.SND.WL1, peer, met && b.Window > 0)
	rel(s.SND.WL2, own, met && b.Window > 0)
	u32(s.SND.ACKED)
	rel(s.RCV.IRS, peer, heard)
	rel(s.RCV.NXT, peer, heard)
	rel(s.RCV.READ, peer, heard)
	u32(s.RCV.WND)
	u32(s.RCV.WANT)
	rel(s.RCV.FIN, peer, s.Is(model.FINHeld))
	for _, h := range s.Held[:s.NumHeld] {
		rel(h.Lo, peer, true)
		rel(h.Hi, peer, true)
	}
	for _, g := range s.Net[:s.NumNet] {
		dst = b.encodeSegment(dst, int(s.Role), g)
	}
	u := &s.User
	dst = binary.LittleEndian.AppendUint16(dst, u.Sent)
	dst = binary.LittleEndian.AppendUint16(dst, u.Next)
	dst = binary.LittleEndian.AppendUint16(dst, s.FINAt)
	if b.Window > 0 {
		dst = binary.LittleEndian.AppendUint16(dst, s.Room)
	}
	dst = append(dst, byte(s.Ended), bits(u.Opened, u.Closed, u.Abort, u.EOF, u.Error, u.Hole, s.GotFIN, s.Broken))
	// What only some scenarios have comes last, and only there: the digests of
	// the others do not speak of it.
	if b.Crashing() {
		dst = append(dst, s.Crashes)
	}
	if b.Reincarnates() {
		dst = append(dst, s.Incarnation, s.Met)
	}
	if b.Timed.On() {
		dst = encodeClock(dst, &s)
	}
	if b.Inject > 0 {
		dst = append(dst, s.Injected)
	}
	return dst
}

func bits(flags ...bool) (b byte) {
	for i, f := range flags {
		if f {
			b |= 1 << i
		}
	}
	return b
}

func (b *System) encodeSegment(dst []byte, role int, g model.Segment) []byte {
	for _, v := range [...]uint32{
		b.relSEQ(g, b.ISS[role]), relACK(g, b.ISS[1-role]), g.WND, g.TXT, g.OCT, uint32(g.CTL),
	} {
		dst = binary.LittleEndian.AppendUint32(dst, v)
	}
	if b.Reincarnates() {
		dst = binary.LittleEndian.AppendUint32(dst, g.INC)
	}
	return dst
}

// EncodeAction appends the content of a label, sequence numbers relative.
func (b *System) EncodeAction(dst []byte, side int, a Action) []byte {
	dst = append(dst, byte(side), byte(a.Kind), bits(a.FIN))
	dst = binary.LittleEndian.AppendUint16(dst, a.N)
	if a.Kind.Bears() {
		dst = b.encodeSegment(dst, side, a.Segment)
	}
	return dst
}
