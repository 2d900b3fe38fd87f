package script

import (
	"fmt"
	"slices"

	"finwait/ladder"
	"finwait/model"
)

// The sizes of the run: a megabyte, in segments of an Ethernet's size, into a
// window of 65,535 octets.
const (
	Megabyte = 1 << 20
	MSS      = 1460
)

// The sides.
const a, b = 0, 1

// issA and issB make the sequence numbers wrap: A's with its FIN, B's in the
// middle of the megabyte.
const (
	issA = model.Seq(1<<32 - 2)
	issB = model.Seq(1<<32 - Megabyte/2)
)

// HalfClosed is what became of a half-close with a megabyte after it.
type HalfClosed struct {
	Octets uint64 // given to A's user after it had closed
	Text   int    // segments that carried them
	Acks   int    // segments of A that only acknowledged them
	EOF    bool   // A's user was told of the end
	Ends   [2]model.State

	rows        []ladder.Row
	first, last int // the rows from the first segment of the megabyte to the last
}

// HalfClose plays the run: A opens, closes at once, and is in FIN-WAIT-2; B,
// in CLOSE-WAIT, sends a megabyte and closes; A's user reads what comes.
func HalfClose(o model.Options) (*HalfClosed, error) {
	p := &Play{Options: o, ISS: [2]model.Seq{issA, issB}}
	p.open()
	p.Must(a, model.Event{Kind: model.CallCLOSE})
	p.Must(a, model.Event{Kind: model.OutputTransmit, FIN: true})
	p.Arrive(a)
	p.Must(b, model.Event{Kind: model.OutputAck})
	p.Arrive(b)

	p.Must(b, model.Event{Kind: model.CallSEND, N: Megabyte})
	p.Must(b, model.Event{Kind: model.CallCLOSE})
	h := &HalfClosed{first: len(p.Rows)}
	for p.Err == nil && (p.Ends[b].Unsent() > 0 || p.InFlight(b) > 0) {
		for p.Ends[b].Unsent() > 0 && p.sendNext(b) {
			h.Text++
		}
		h.Acks += p.drain(a, b)
	}
	h.last = len(p.Rows)
	for p.InFlight(a) > 0 {
		p.Arrive(a)
	}
	p.Must(a, model.Event{Kind: model.TimeoutTimeWait})

	h.Octets, h.EOF, h.rows = p.Users[a].AfterFIN, p.Users[a].EOF, p.Rows
	h.Ends = [2]model.State{p.Ends[a].State, p.Ends[b].State}
	if p.Err == nil && (h.Octets != Megabyte || !h.EOF) {
		p.Err = fmt.Errorf("after a half-close the user was given %d octets, the end of the stream: %t", h.Octets, h.EOF)
	}
	return h, p.Err
}

// open is the handshake: A opens actively, B passively.
func (p *Play) open() {
	p.Must(b, model.Event{Kind: model.CallPassiveOpen})
	p.Must(a, model.Event{Kind: model.CallActiveOpen})
	p.Arrive(a)
	p.Arrive(b)
	p.Must(a, model.Event{Kind: model.OutputAck})
	p.Arrive(a)
}

// sendNext sends a full segment, or the last of the text with the FIN, unless
// the window is full.
func (p *Play) sendNext(side int) bool {
	unsent := p.Ends[side].Unsent()
	e := model.Event{Kind: model.OutputTransmit, N: min(unsent, MSS)}
	e.FIN = e.N == unsent
	return p.Do(side, e)
}

// drain lets what the sender has in flight arrive, and what the receiver
// answers: its user reads at once, and every second segment is acknowledged,
// and the last one (SHLD-19). It returns the number of acknowledgments.
func (p *Play) drain(receiver, sender int) (acks int) {
	for n := 1; p.InFlight(sender) > 0 && p.Err == nil; n++ {
		p.Arrive(sender)
		for p.Ends[receiver].Readable() {
			p.Must(receiver, model.Event{Kind: model.CallRECEIVE, N: model.MaxWindow})
		}
		if owed := p.Ends[receiver].Is(model.ACKPending); owed && (n%2 == 0 || p.InFlight(sender) == 0) {
			p.Must(receiver, model.Event{Kind: model.OutputAck})
			acks++
		}
		if p.InFlight(sender) > 0 {
			p.arriveAll(receiver)
		}
	}
	return acks
}

func (p *Play) arriveAll(from int) {
	for p.InFlight(from) > 0 && p.Err == nil {
		p.Arrive(from)
	}
}

// Ladder draws the run, without the middle of the megabyte: its first and last
// rows stay.
func (h *HalfClosed) Ladder() *ladder.Ladder {
	const show = 3
	from, to := h.first+show, h.last-show
	hidden := 0
	for _, r := range h.rows[from:to] {
		if r.Way != ladder.Nowhere {
			hidden++
		}
	}
	middle := ladder.Row{
		A: h.rows[from].A, B: h.rows[from].B, Text: fmt.Sprintf("    ... %d segments ...", hidden),
	}
	l := &ladder.Ladder{}
	for _, r := range slices.Concat(h.rows[:from], []ladder.Row{middle}, h.rows[to:]) {
		l.Add(r)
	}
	return l
}
