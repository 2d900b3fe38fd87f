package line

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"finwait/conformance"
)

// Serve is a driver's end of the protocol: newStack makes a fresh endpoint at
// every reset. It returns at the end of the requests.
func Serve(in io.Reader, out io.Writer, newStack func() (conformance.Stack, error)) error {
	s, err := newStack()
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(in)
	w := bufio.NewWriter(out)
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) == 0 {
			continue
		}
		if f[0] == "reset" {
			if err := s.Done(); err != nil {
				return err
			}
			if s, err = newStack(); err != nil {
				return err
			}
		}
		answer := serve(s, f)
		segs, err := s.Collect()
		if err != nil {
			answer = "error " + err.Error()
		}
		for _, g := range segs {
			fmt.Fprintln(w, "seg", format(g))
		}
		fmt.Fprintln(w, answer)
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return errors.Join(lines.Err(), s.Done())
}

// serve is one request and its answer.
func serve(s conformance.Stack, f []string) string {
	n := 0
	if len(f) == 2 && f[0] != "finwait" {
		var err error
		if n, err = strconv.Atoi(f[1]); err != nil {
			return "error " + f[1] + " is not a number"
		}
	}
	switch f[0] {
	case "finwait":
		c := s.Clock()
		return fmt.Sprintf("ok %d %s %d %d %d", Version, strings.Join(s.Caps().Names(), ","),
			c.RTO.Milliseconds(), c.TwoMSL.Milliseconds(), c.Quantum.Milliseconds())
	case "reset":
		return "ok"
	case "listen":
		return said(s.Listen())
	case "connect":
		return said(s.Connect())
	case "accept":
		return said(s.Accept())
	case "write":
		return said(s.Write(n))
	case "read":
		octets, end, err := s.Read(n)
		switch {
		case err != nil:
			return said(err)
		case end:
			return "ok " + strconv.Itoa(octets) + " end"
		}
		return "ok " + strconv.Itoa(octets)
	case "shutdown":
		return said(s.HalfClose())
	case "close":
		return said(s.Close())
	case "abort":
		return said(s.Abort())
	case "inject":
		g, err := parse(f[1:])
		if err != nil {
			return "error " + err.Error()
		}
		return said(s.Inject(g))
	case "advance":
		return said(s.Advance(time.Duration(n) * time.Millisecond))
	case "state":
		state, err := s.State()
		if err != nil {
			return said(err)
		}
		return "ok " + state.String()
	}
	return "error there is no request " + strconv.Quote(f[0])
}

// said is the answer to a call.
func said(err error) string {
	switch {
	case err == nil:
		return "ok"
	case errors.Is(err, conformance.ErrRefused):
		return "refused"
	}
	return "error " + err.Error()
}
