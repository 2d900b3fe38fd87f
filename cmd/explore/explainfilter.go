package main

import (
	"github.com/expr-lang/expr/vm"

	"finwait/explain"
)

// happened is what a filter of explain can speak of. The names are part of the
// language.
type happened struct {
	Number, Packets int
	Seconds         float64 // from the first packet to the last
	Verdict         string
	Ending          string
	Cause           string // of the RST
	Opener          string
	First           string  // who closed first: "A", "B", ""
	Half            float64 // seconds half-closed
	HalfOctets      int     // sent in that time by the other end
	RSTs            int
	Crossed         bool // the FINs did
	A, B            happenedEnd
}

type happenedEnd struct {
	State, Certain                               string // "" if nothing is known
	Known, Seen                                  bool
	Addr                                         string
	Port                                         int
	FIN                                          bool // it has sent one
	Packets, Octets, Again, Lost, NotCaptured    int
	KeepAlives, ZeroWindows, Probes, OutOfOrder  int
	Copies, BadChecksums, LargeSegments, Guesses int
	Readings                                     []string
}

var connections = language{&happened{}, fieldsOf[happened](), map[string][]string{
	"happened": fieldsOf[happened](), "happenedEnd": fieldsOf[happenedEnd](),
}}

// filter is a compiled question about a connection; the nil filter lets
// everything pass.
type filter struct {
	text    string
	program *vm.Program
	machine vm.VM
}

func newFilter(text string) (*filter, error) {
	if text == "" {
		return nil, nil //nolint:nilnil // no filter
	}
	program, err := connections.compile(text)
	return &filter{text: text, program: program}, err
}

// passes evaluates the filter.
func (f *filter) passes(n int, x *explain.Connection) (bool, error) {
	if f == nil {
		return true, nil
	}
	out, err := f.machine.Run(f.program, happenedTo(n, x))
	if err != nil {
		return false, usage("%s", connections.pointAt(f.text, err))
	}
	yes, _ := out.(bool)
	return yes, nil
}

func happenedTo(n int, x *explain.Connection) *happened {
	s := x.Story()
	h := &happened{
		Number: n, Packets: x.Len(), Seconds: s.Length.Seconds(), Verdict: string(x.Verdict), Ending: string(s.Ending),
		Cause: string(s.Cause), Opener: s.Opener, Half: s.Half.Seconds(), HalfOctets: int(s.InHalf), RSTs: s.RSTs,
		Crossed: s.Crossed, A: endHappened(&x.A, &s.A), B: endHappened(&x.B, &s.B),
	}
	for i, c := range s.Closes {
		end := &h.A
		if c.FromB {
			end = &h.B
		}
		end.FIN = true
		if i == 0 {
			h.First = "A"
			if c.FromB {
				h.First = "B"
			}
		}
	}
	return h
}

func endHappened(e *explain.Side, s *explain.Sent) happenedEnd {
	h := happenedEnd{
		Known: e.Known(), Seen: e.Seen, Addr: e.Addr.Addr().String(), Port: int(e.Addr.Port()),
		Packets: s.Packets, Octets: int(s.Octets), Again: s.Again, Lost: s.Lost, NotCaptured: int(s.NotCaptured),
		KeepAlives: s.KeepAlives, ZeroWindows: s.ZeroWindows, Probes: s.Probes, OutOfOrder: s.OutOfOrder,
		Copies: s.Copies, BadChecksums: s.BadChecksums, LargeSegments: s.LargeSegments,
		Guesses: len(e.Guesses), Readings: e.Needs,
	}
	if e.Known() {
		h.State, h.Certain = e.State.String(), e.Certain.String()
	}
	return h
}
