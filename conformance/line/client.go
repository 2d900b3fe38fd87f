package line

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"finwait/conformance"
	"finwait/model"
)

// Limits of what a driver may answer.
const (
	maxLine    = 1024 // octets in a line
	maxLines   = 256  // lines in an answer
	maxStderr  = 2048 // octets of standard error that are kept
	killAfter  = time.Second
	maxRestart = 8 // drivers in a row that fail before the run is given up
)

// Driver runs a command and speaks the protocol with it. A driver that hangs,
// dies, floods or talks nonsense is ended, and started anew for the next case.
// It is not for concurrent use.
type Driver struct {
	command []string
	patient time.Duration
	p       *process
	failed  int
}

// NewDriver is a driver that is started for the first case. An answer may take
// as long as patient.
func NewDriver(command []string, patient time.Duration) *Driver {
	return &Driver{command: command, patient: patient}
}

// Close ends the driver.
func (d *Driver) Close() {
	if d.p != nil {
		d.p.end()
		d.p = nil
	}
}

// New is a fresh endpoint: the driver's "reset".
func (d *Driver) New() (conformance.Stack, error) {
	if d.p == nil {
		if d.failed >= maxRestart {
			return nil, fmt.Errorf("the driver has failed %d times in a row: it is not started again", d.failed)
		}
		p, err := startProcess(d.command, d.patient)
		if err != nil {
			d.failed++
			return nil, err
		}
		d.p = p
	}
	s := &stack{d: d, p: d.p}
	if _, err := s.ask("reset"); err != nil {
		return nil, err
	}
	return s, nil
}

// process is a running driver.
type process struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	lines   chan string
	quit    chan struct{}
	once    sync.Once
	errs    *tail
	patient time.Duration
	caps    conformance.Caps
	clock   conformance.Clock
}

// startProcess starts the command and exchanges versions with it.
func startProcess(command []string, patient time.Duration) (*process, error) {
	p := &process{
		cmd: exec.Command(command[0], command[1:]...), lines: make(chan string), quit: make(chan struct{}), //nolint:gosec // the user's own command
		errs: &tail{}, patient: patient,
	}
	p.cmd.Stderr = p.errs
	p.cmd.WaitDelay = killAfter
	ownGroup(p.cmd)
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("the driver cannot be started: %w", err)
	}
	go p.read(out)
	if err := p.hello(); err != nil {
		p.end()
		return nil, err
	}
	return p, nil
}

// read takes the driver's lines one at a time: who floods, waits.
func (p *process) read(out io.Reader) {
	defer close(p.lines)
	s := bufio.NewScanner(out)
	s.Buffer(make([]byte, maxLine), maxLine)
	for s.Scan() {
		select {
		case p.lines <- s.Text():
		case <-p.quit:
			return
		}
	}
	if errors.Is(s.Err(), bufio.ErrTooLong) {
		select {
		case p.lines <- "error a line has more than " + strconv.Itoa(maxLine) + " octets":
		case <-p.quit:
		}
	}
}

// end kills the driver with all that it has started, and waits for it.
func (p *process) end() {
	p.once.Do(func() {
		close(p.quit)
		_ = p.in.Close()
		killGroup(p.cmd)
		_ = p.cmd.Wait()
	})
}

// hello: "finwait 1" is answered by "ok 1 CAPS RTO 2MSL [QUANTUM]", times in ms.
func (p *process) hello() error {
	segs, words, err := p.request("finwait " + strconv.Itoa(Version))
	switch {
	case err != nil:
		return err
	case len(segs) > 0 || len(words) < 4:
		return fmt.Errorf("the driver greets with %q, not with: ok VERSION CAPABILITIES RTO 2MSL", strings.Join(words, " "))
	case words[0] != strconv.Itoa(Version):
		return fmt.Errorf("the driver speaks version %s of the protocol, this is version %d", words[0], Version)
	}
	caps, ok := conformance.CapsOf(strings.Split(words[1], ","))
	if !ok && words[1] != "-" {
		return fmt.Errorf("the driver's capabilities %q: known are %s", words[1], strings.Join(conformance.CanAll.Names(), ","))
	}
	p.caps = caps
	times := []*time.Duration{&p.clock.RTO, &p.clock.TwoMSL, &p.clock.Quantum}
	for i, w := range words[2:min(len(words), 5)] {
		ms, err := strconv.ParseUint(w, 10, 32)
		if err != nil {
			return fmt.Errorf("the driver's time %q is not a number of milliseconds", w)
		}
		*times[i] = time.Duration(ms) * time.Millisecond
	}
	if caps&conformance.CanTime != 0 && (p.clock.RTO <= 0 || p.clock.TwoMSL <= 0 || p.clock.Quantum > 0 && p.clock.RTO/p.clock.Quantum > 10_000) {
		return errors.New("the driver can move time, and its RTO, 2MSL and quantum make no sense")
	}
	return nil
}

// request asks and takes the answer: the segments, and the words behind ok. A
// refusal is conformance.ErrRefused.
func (p *process) request(line string) (segs []model.Segment, words []string, err error) {
	timer := time.NewTimer(p.patient)
	defer timer.Stop()
	sent := make(chan error, 1)
	go func() {
		_, err := io.WriteString(p.in, line+"\n")
		sent <- err
	}()
	for range maxLines {
		select {
		case text, open := <-p.lines:
			if !open {
				return nil, nil, p.died(line)
			}
			f := strings.Fields(text)
			if len(f) == 0 {
				return nil, nil, fmt.Errorf("the driver answers %q with an empty line", line)
			}
			switch f[0] {
			case "seg":
				g, err := parse(f[1:])
				if err != nil {
					return nil, nil, fmt.Errorf("the driver answers %q with %q: %w", line, text, err)
				}
				segs = append(segs, g)
			case "ok":
				return segs, f[1:], nil
			case "refused":
				return segs, f[1:], fmt.Errorf("%w: %s", conformance.ErrRefused, strings.Join(f[1:], " "))
			case "error":
				return nil, nil, fmt.Errorf("the driver answers %q with %s", line, text)
			default:
				return nil, nil, fmt.Errorf("the driver answers %q with %q: expected are seg, ok, refused, error", line, text)
			}
		case <-timer.C:
			return nil, nil, fmt.Errorf("the driver hangs: no answer to %q in %v", line, p.patient)
		}
	}
	return nil, nil, fmt.Errorf("the driver floods: more than %d lines in answer to %q", maxLines, line)
}

// died says how the driver ended.
func (p *process) died(line string) error {
	p.end()
	text := fmt.Sprintf("the driver has died at %q: %v", line, p.cmd.ProcessState)
	if s := p.errs.String(); s != "" {
		text += "; it said: " + s
	}
	return errors.New(text)
}

// tail keeps the last of what a driver says on its standard error.
type tail struct {
	mu sync.Mutex
	b  []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.b = append(t.b, b...)
	if n := len(t.b) - maxStderr; n > 0 {
		t.b = append(t.b[:0], t.b[n:]...)
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(bytes.TrimSpace(t.b))
}
