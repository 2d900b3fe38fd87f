package conformance

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"finwait/model"
)

// VectorVersion is the version of the vectors' format (docs/conform.md).
const VectorVersion = 1

// VectorVersionError is a file of vectors in another version.
type VectorVersionError struct{ Got int }

// Error names both versions.
func (e *VectorVersionError) Error() string {
	return fmt.Sprintf("the vectors have version %d; this is version %d", e.Got, VectorVersion)
}

// vectorHead is the first line.
type vectorHead struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	Cases   int    `json:"cases"`
}

// vectorSegment is a segment; SEQ counts from its sender's ISS, ACK from the receiver's.
type vectorSegment struct {
	SEQ      int32  `json:"seq"`
	Absolute bool   `json:"absolute,omitempty"` // SEQ is 0, whatever the ISS
	ACK      *int32 `json:"ack,omitempty"`
	CTL      string `json:"ctl"`
	Octets   uint32 `json:"octets,omitempty"`
	Window   *int   `json:"window,omitempty"`
}

type vectorAllowed struct {
	Sent     []vectorSegment `json:"sent"`
	Octets   uint32          `json:"octets,omitempty"`
	End      bool            `json:"end,omitempty"`
	Refused  bool            `json:"refused,omitempty"`
	Any      bool            `json:"anyResult,omitempty"`
	State    string          `json:"state"`
	Force    string          `json:"force"`
	Clause   string          `json:"clause"`
	Readings []string        `json:"readings,omitempty"`
}

type vectorStep struct {
	Op      string          `json:"op"`
	N       uint32          `json:"n,omitempty"`
	Segment *vectorSegment  `json:"segment,omitempty"`
	Edge    bool            `json:"edge,omitempty"`
	Allowed []vectorAllowed `json:"allowed"`
}

type vectorCase struct {
	Type  string       `json:"type"`
	Name  string       `json:"name"`
	State string       `json:"state"`
	Event string       `json:"event"`
	At    int          `json:"at"`
	Needs []string     `json:"needs"`
	Steps []vectorStep `json:"steps"`
}

// WriteVectors writes the cases as lines of JSON: with every input the
// reactions that are allowed if each before it was the default one, which
// stands first.
func WriteVectors(w io.Writer, cases []Case) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(vectorHead{"finwait-vectors", VectorVersion, len(cases)}); err != nil {
		return err
	}
	for i := range cases {
		if err := e.Encode(cases[i].vector()); err != nil {
			return err
		}
	}
	return nil
}

func (c *Case) vector() vectorCase {
	v := vectorCase{Type: "case", Name: c.Name, State: c.State.String(), Event: c.Event, At: c.At, Needs: c.Needs.Names()}
	o := NewOracle()
	for _, in := range c.Inputs {
		s := vectorStep{Op: in.Op.String(), N: in.N, Edge: in.Edge}
		if in.Op == Inject {
			g := vectorOf(in.Segment, PeerISS, StackISS)
			wnd := int(in.Segment.WND)
			g.Window = &wnd
			s.Segment = &g
		}
		in = o.Resolve(in)
		allowed := o.Allowed(in)
		for _, a := range allowed {
			va := vectorAllowed{
				Sent: []vectorSegment{}, Octets: a.Octets, End: a.End, Refused: a.Refused, Any: a.AnyResult,
				State: a.State.String(), Force: a.Force.String(), Clause: a.Clause.String(), Readings: a.to.readings,
			}
			for _, g := range a.Sent {
				va.Sent = append(va.Sent, vectorOf(g, StackISS, PeerISS))
			}
			s.Allowed = append(s.Allowed, va)
		}
		v.Steps = append(v.Steps, s)
		o.set = []possible{allowed[0].to}
	}
	return v
}

func vectorOf(g model.Segment, iss, irs model.Seq) vectorSegment {
	v := vectorSegment{SEQ: int32(g.SEQ - iss), CTL: g.CTL.String(), Octets: g.TXT}
	if g.CTL == model.RST|model.ACK && g.SEQ == 0 {
		v.SEQ, v.Absolute = 0, true
	}
	if g.Has(model.ACK) {
		ack := int32(g.ACK - irs)
		v.ACK = &ack
	}
	return v
}

// ReadVectors reads the inputs of vectors: what is allowed, is asked anew.
func ReadVectors(r io.Reader) ([]Case, error) {
	d := json.NewDecoder(bufio.NewReader(r))
	var head vectorHead
	if err := d.Decode(&head); err != nil || head.Type != "finwait-vectors" {
		return nil, errors.New("this is no file of vectors: its first line is not {\"type\":\"finwait-vectors\",...}")
	}
	if head.Version != VectorVersion {
		return nil, &VectorVersionError{head.Version}
	}
	var cases []Case
	for d.More() {
		var v vectorCase
		err := d.Decode(&v)
		if err == nil {
			var c Case
			if c, err = v.decode(); err == nil {
				cases = append(cases, c)
				continue
			}
		}
		return nil, fmt.Errorf("vector %d: %w", len(cases)+1, err)
	}
	if len(cases) != head.Cases {
		return nil, fmt.Errorf("the vectors are cut off: %d cases of %d", len(cases), head.Cases)
	}
	return cases, nil
}

func (v *vectorCase) decode() (Case, error) {
	c := Case{Name: v.Name, Event: v.Event, At: v.At}
	var ok bool
	if c.Needs, ok = CapsOf(v.Needs); !ok {
		return c, fmt.Errorf("unknown capabilities: %s", list(v.Needs))
	}
	if c.State, ok = StateNamed(v.State); !ok {
		return c, fmt.Errorf("%q is not a state", v.State)
	}
	if v.At < 0 || v.At >= len(v.Steps) {
		return c, fmt.Errorf("the event, at %d, is none of the %d steps", v.At, len(v.Steps))
	}
	for _, s := range v.Steps {
		in, err := s.decode()
		if err != nil {
			return c, err
		}
		c.Inputs = append(c.Inputs, in)
	}
	return c, nil
}

func (s *vectorStep) decode() (Input, error) {
	in := Input{N: s.N, Edge: s.Edge, Op: numOps}
	for o, name := range opNames {
		if name == s.Op {
			in.Op = Op(o)
		}
	}
	if in.Op == numOps {
		return in, fmt.Errorf("there is no operation %q", s.Op)
	}
	if in.N > peerWindow || (in.Op == Inject) != (s.Segment != nil) {
		return in, fmt.Errorf("%s: n is above %d, or the segment is missing or too much", s.Op, peerWindow)
	}
	if s.Segment == nil {
		return in, nil
	}
	g := s.Segment
	for _, bit := range strings.FieldsFunc(g.CTL, func(r rune) bool { return r == ',' }) {
		i := strings.Index("FIN SYN RST ACK URG ", bit+" ")
		if i < 0 || len(bit) != 3 {
			return in, fmt.Errorf("%q is not a control bit", bit)
		}
		in.Segment.CTL |= 1 << (i / 4)
	}
	if g.Octets > peerWindow || g.Window == nil || *g.Window < 0 || *g.Window > peerWindow {
		return in, fmt.Errorf("octets and window of a segment are at most %d, and a window is needed", peerWindow)
	}
	in.Segment.SEQ, in.Segment.TXT, in.Segment.WND = PeerISS+model.Seq(g.SEQ), g.Octets, uint32(*g.Window)
	if in.Segment.Has(model.ACK) != (g.ACK != nil) {
		return in, errors.New("a segment has an ack with the bit ACK, and not without")
	}
	if g.ACK != nil {
		in.Segment.ACK = StackISS + model.Seq(*g.ACK)
	}
	return in, nil
}

// StateNamed is the state with the RFC's name: "FIN-WAIT-1".
func StateNamed(name string) (model.State, bool) {
	for s := range model.NumStates {
		if s.String() == name {
			return s, true
		}
	}
	return 0, false
}
