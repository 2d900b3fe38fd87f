package tla

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"finwait/model"
	"finwait/model/system"
)

// State writes a state of the system as a record in TLA+ syntax: a field for
// each variable of TCP.tla. It is canonical: fields ascend, elements of sets
// too, and equal states have equal texts. Sequence numbers are absolute. What is
// in flight is a set, or if fifo a sequence.
func State(a, b *system.Side, fifo bool) string {
	var w writer
	both := func(name string, side func(*system.Side)) {
		w.field(name)
		w.open()
		w.field("A")
		side(a)
		w.field("B")
		side(b)
		w.close()
	}
	w.open()
	both("ghost", w.ghost)
	both("net", func(s *system.Side) { w.net(s, fifo) })
	both("spent", w.spent)
	both("tcb", w.tcb)
	both("user", w.user)
	w.close()
	return w.String()
}

// writer writes values. A comma goes before every element but the first.
type writer struct {
	strings.Builder
	more bool
}

func (w *writer) open() {
	w.WriteString("[")
	w.more = false
}

func (w *writer) close() {
	w.WriteString("]")
	w.more = true
}

func (w *writer) next() {
	if w.more {
		w.WriteString(", ")
	}
	w.more = true
}

func (w *writer) field(name string) {
	w.next()
	w.WriteString(name)
	w.WriteString(" |-> ")
}

func (w *writer) number(n uint32) {
	w.WriteString(strconv.FormatUint(uint64(n), 10))
	w.more = true
}

func (w *writer) numbered(name string, n uint32) {
	w.field(name)
	w.number(n)
}

func (w *writer) truth(name string, yes bool) {
	w.field(name)
	w.WriteString(strings.ToUpper(strconv.FormatBool(yes)))
}

func (w *writer) named(name, value string) {
	w.field(name)
	w.WriteString(strconv.Quote(value))
}

// set writes a set of texts, each a value.
func (w *writer) set(name string, elements []string) {
	slices.SortFunc(elements, compareValues)
	w.field(name)
	w.WriteString("{" + strings.Join(elements, ", ") + "}")
}

// What a side may hold besides what TCP.tla knows of.
var (
	otherFields = fieldsBut[system.Side]("TCB", "Net", "User", "NumNet", "Role", "Dups", "Injected", "Room",
		"Ended", "GotFIN", "Broken", "FINAt")

	otherUserFields = fieldsBut[system.User]("Sent", "Next", "Opened", "Closed", "Abort", "EOF", "Error", "Hole")
)

func fieldsBut[T any](known ...string) (list []int) {
	t := reflect.TypeFor[T]()
	for i := range t.NumField() {
		if !slices.Contains(known, t.Field(i).Name) {
			list = append(list, i)
		}
	}
	return list
}

// others writes those of the fields that are not zero. No state of TCP.tla has
// them, so none is taken for equal to what is more than it.
func (w *writer) others(structure any, fields []int) {
	for _, i := range fields {
		v := reflect.ValueOf(structure).Elem()
		if f := v.Field(i); !f.IsZero() {
			w.named(v.Type().Field(i).Name, fmt.Sprint(f))
		}
	}
}

// ghost is what no move reads. The machine of TCP.tla cannot panic: a side that
// has done so is equal to none of its.
func (w *writer) ghost(s *system.Side) {
	w.open()
	w.named("ended", s.Ended.String())
	w.numbered("finAt", uint32(s.FINAt))
	w.truth("gotFIN", s.GotFIN)
	if s.Broken {
		w.truth("panicked", true)
	}
	w.others(s, otherFields)
	w.close()
}

func (w *writer) spent(s *system.Side) {
	w.open()
	w.numbered("dups", uint32(s.Dups))
	w.numbered("forged", uint32(s.Injected))
	w.close()
}

func (w *writer) user(s *system.Side) {
	u := &s.User
	w.open()
	w.truth("abort", u.Abort)
	w.truth("closed", u.Closed)
	w.truth("eof", u.EOF)
	w.truth("error", u.Error)
	w.truth("hole", u.Hole)
	w.numbered("next", uint32(u.Next))
	w.truth("opened", u.Opened)
	w.numbered("sent", uint32(u.Sent))
	w.others(u, otherUserFields)
	w.close()
}

func (w *writer) net(s *system.Side, fifo bool) {
	var list []string
	for _, g := range s.InFlight() {
		var e writer
		e.segment(g)
		list = append(list, e.String())
	}
	if fifo {
		w.WriteString("<<" + strings.Join(list, ", ") + ">>")
		return
	}
	slices.SortFunc(list, compareValues)
	w.WriteString("{" + strings.Join(list, ", ") + "}")
}

var ctlNames = map[model.Ctl]string{model.FIN: "FIN", model.SYN: "SYN", model.RST: "RST", model.ACK: "ACK", model.URG: "URG"}

func (w *writer) segment(g model.Segment) {
	var bits []string
	for bit, name := range ctlNames {
		if g.Has(bit) {
			bits = append(bits, strconv.Quote(name))
		}
	}
	w.open()
	w.numbered("ACK", uint32(g.ACK))
	w.set("CTL", bits)
	if g.INC != 0 {
		w.numbered("INC", g.INC) // TCP.tla knows one incarnation
	}
	w.numbered("OCT", g.OCT)
	w.numbered("SEQ", uint32(g.SEQ))
	w.numbered("TXT", g.TXT)
	w.numbered("WND", g.WND)
	w.close()
}

var flagNames = map[model.Flags]string{
	model.Passive: "Passive", model.CloseCalled: "CloseCalled", model.ACKPending: "ACKPending", model.FINHeld: "FINHeld",
	model.FINReceived: "FINReceived", model.EOFTold: "EOFTold", model.TimerTW: "TimerTW", model.RSTSent: "RSTSent",
	model.NoReader: "NoReader",
}

func (w *writer) tcb(s *system.Side) {
	var flags, held []string
	for f, name := range flagNames {
		if s.Is(f) {
			flags = append(flags, strconv.Quote(name))
		}
	}
	for _, r := range s.Held[:s.NumHeld] {
		for q := r.Lo; q != r.Hi; q++ {
			held = append(held, strconv.FormatUint(uint64(q), 10))
		}
	}
	w.open()
	w.field("RCV")
	w.receive(&s.RCV, s.Room)
	w.field("SND")
	w.send(&s.SND)
	w.set("flags", flags)
	w.set("held", held)
	w.named("state", s.State.String())
	w.close()
}

// receive: a RECEIVE is never queued in the system, so TCP.tla has no WANT.
func (w *writer) receive(r *model.RecvVars, room uint16) {
	w.open()
	w.numbered("FIN", uint32(r.FIN))
	w.numbered("IRS", uint32(r.IRS))
	w.numbered("NXT", uint32(r.NXT))
	w.numbered("READ", uint32(r.READ))
	w.numbered("ROOM", uint32(room))
	if r.WANT != 0 {
		w.numbered("WANT", r.WANT)
	}
	w.numbered("WND", r.WND)
	w.close()
}

func (w *writer) send(s *model.SendVars) {
	w.open()
	w.numbered("ACKED", s.ACKED)
	w.numbered("END", uint32(s.END))
	w.numbered("ISS", uint32(s.ISS))
	w.numbered("NXT", uint32(s.NXT))
	w.numbered("UNA", uint32(s.UNA))
	w.numbered("WL1", uint32(s.WL1))
	w.numbered("WL2", uint32(s.WL2))
	w.numbered("WND", s.WND)
	w.close()
}
