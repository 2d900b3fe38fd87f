package line

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"finwait/conformance"
	"finwait/model"
)

// stack is a driver's endpoint for one case.
type stack struct {
	d   *Driver
	p   *process
	out []model.Segment
	bad error // the driver has failed: nothing more can be asked
}

// ask sends a request. Whatever is no answer ends the driver.
func (s *stack) ask(line string) ([]string, error) {
	if s.bad != nil {
		return nil, s.bad
	}
	segs, words, err := s.p.request(line)
	s.out = append(s.out, segs...)
	if err != nil && !errors.Is(err, conformance.ErrRefused) {
		s.bad = err
		s.d.failed++
		s.d.Close()
		return nil, err
	}
	s.d.failed = 0
	return words, err
}

func (s *stack) call(line string) error {
	_, err := s.ask(line)
	return err
}

func (s *stack) Caps() conformance.Caps   { return s.p.caps }
func (s *stack) Clock() conformance.Clock { return s.p.clock }
func (s *stack) Listen() error            { return s.call("listen") }
func (s *stack) Connect() error           { return s.call("connect") }
func (s *stack) Accept() error            { return s.call("accept") }
func (s *stack) Write(n int) error        { return s.call("write " + strconv.Itoa(n)) }
func (s *stack) HalfClose() error         { return s.call("shutdown") }
func (s *stack) Close() error             { return s.call("close") }
func (s *stack) Abort() error             { return s.call("abort") }
func (s *stack) Done() error              { return nil }

// Read: "ok OCTETS" or "ok OCTETS end".
func (s *stack) Read(n int) (octets int, end bool, err error) {
	words, err := s.ask("read " + strconv.Itoa(n))
	if err != nil {
		return 0, false, err
	}
	if len(words) == 0 || len(words) > 2 || len(words) == 2 && words[1] != "end" {
		return 0, false, s.nonsense("read", words)
	}
	octets, err = strconv.Atoi(words[0])
	if err != nil || octets < 0 || octets > n {
		return 0, false, s.nonsense("read", words)
	}
	return octets, len(words) == 2, nil
}

func (s *stack) nonsense(request string, words []string) error {
	s.bad = fmt.Errorf("the driver answers %q with nonsense: ok %q", request, words)
	s.d.failed++
	s.d.Close()
	return s.bad
}

func (s *stack) Inject(g model.Segment) error { return s.call("inject " + format(g)) }

// Collect has them already: they come with every answer.
func (s *stack) Collect() ([]model.Segment, error) {
	out := s.out
	s.out = nil
	return out, s.bad
}

func (s *stack) Advance(d time.Duration) error {
	return s.call("advance " + strconv.FormatInt(d.Milliseconds(), 10))
}

func (s *stack) State() (model.State, error) {
	words, err := s.ask("state")
	if err != nil {
		return 0, err
	}
	if len(words) == 1 {
		if state, ok := conformance.StateNamed(words[0]); ok {
			return state, nil
		}
	}
	return 0, s.nonsense("state", words)
}
