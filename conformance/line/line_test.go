package line_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/conformance"
	"finwait/conformance/line"
	"finwait/model"
)

// The test binary is a driver, too: FINWAIT_DRIVER says which.
func TestMain(m *testing.M) {
	if name := os.Getenv("FINWAIT_DRIVER"); name != "" {
		drive(name)
		return
	}
	os.Exit(m.Run())
}

// drive is a driver: the model, perhaps with a bug, or one of the bad ones.
func drive(name string) {
	var o model.Options
	if d, ok := model.Lookup(name); ok {
		d.Set(&o, true)
	}
	_ = line.Serve(os.Stdin, os.Stdout, func() (conformance.Stack, error) {
		return &bad{conformance.NewModelStack(o), name}, nil
	})
}

// bad is a stack that, at the first segment, does what its name says.
type bad struct {
	*conformance.ModelStack
	name string
}

func (b *bad) Inject(g model.Segment) error {
	switch b.name {
	case "hangs":
		time.Sleep(time.Hour)
	case "dies":
		say(os.Stderr, "out of mbufs\n")
		os.Exit(7)
	case "nonsense":
		say(os.Stdout, "quite so\n")
	case "not-a-segment":
		say(os.Stdout, "seg 1 2 FA many 5\n")
	case "floods":
		for {
			say(os.Stdout, "seg 1 2 A 0 5\n")
		}
	case "long-line":
		say(os.Stdout, strings.Repeat("x", 1<<20))
	}
	return b.ModelStack.Inject(g)
}

// say writes, and ends the driver when nobody listens.
func say(f *os.File, text string) {
	if _, err := f.WriteString(text); err != nil {
		os.Exit(1)
	}
}

func driver(t *testing.T, name string, patience time.Duration) *line.Driver {
	t.Helper()
	t.Setenv("FINWAIT_DRIVER", name)
	d := line.NewDriver([]string{os.Args[0]}, patience)
	t.Cleanup(d.Close)
	return d
}

// some are a part of the cases: every seventh.
func some() func(*conformance.Case) bool {
	n := 0
	return func(*conformance.Case) bool { n++; return n%7 == 0 }
}

// Through the protocol the model does what it does without.
func TestModelThroughTheLine(t *testing.T) {
	d := driver(t, "model", time.Minute)
	report, err := conformance.RunAll(d.New, some(), func(r *conformance.Result) bool {
		require.Equal(t, conformance.Pass, r.Outcome, "%s", r.Ladder())
		return true
	})
	require.NoError(t, err)
	assert.Equal(t, report.Count[conformance.Pass], report.Count.Total())
	assert.Greater(t, report.Count.Total(), 4000)
}

// A bug is found through the protocol, too, and named.
func TestBugThroughTheLine(t *testing.T) {
	d := driver(t, "last-ack-skipped", time.Minute)
	var found *conformance.Result
	_, err := conformance.RunAll(d.New, func(c *conformance.Case) bool { return c.State == model.CloseWait }, func(r *conformance.Result) bool {
		if r.Outcome == conformance.Deviation {
			found = r
		}
		return found == nil
	})
	require.NoError(t, err)
	require.NotNil(t, found)
	assert.Contains(t, found.LooksLike, "last-ack-skipped")
}

// A bad driver breaks the case, with the reason; the next case begins with a new
// one, and after too many that fail no more is started.
func TestBadDrivers(t *testing.T) {
	for _, c := range []struct{ name, reason string }{
		{"hangs", `the driver hangs: no answer to "inject`},
		{"dies", "the driver has died at \"inject"},
		{"dies", "exit status 7; it said: out of mbufs"},
		{"nonsense", "expected are seg, ok, refused, error"},
		{"not-a-segment", `"many" is not a number of 16 bits`},
		{"floods", "the driver floods: more than 256 lines"},
		{"long-line", "a line has more than 1024 octets"},
	} {
		t.Run(c.name, func(t *testing.T) {
			patience := time.Minute
			if c.name == "hangs" {
				patience = 200 * time.Millisecond
			}
			d := driver(t, c.name, patience)
			closed := conformance.Case{Inputs: []conformance.Input{{Op: conformance.Listen}}}
			syn := conformance.Case{Inputs: []conformance.Input{{Op: conformance.Inject, Segment: model.Segment{SEQ: conformance.PeerISS, CTL: model.SYN}}}}
			for range 2 {
				r := conformance.Run(d.New, &syn)
				assert.Equal(t, conformance.Broken, r.Outcome)
				assert.Contains(t, r.Reason, c.reason)
				r = conformance.Run(d.New, &closed)
				assert.Equal(t, conformance.Pass, r.Outcome, "the run goes on: %s", r.Reason)
			}
		})
	}
	d := driver(t, "dies", time.Minute)
	var r conformance.Result
	for range 20 {
		r = conformance.Run(d.New, &conformance.Case{Inputs: []conformance.Input{{Op: conformance.Inject, Segment: model.Segment{CTL: model.SYN}}}})
	}
	assert.Equal(t, conformance.Broken, r.Outcome)
}

// Drivers that cannot be used are errors before the first case.
func TestNoDriver(t *testing.T) {
	for _, c := range []struct {
		command []string
		reason  string
	}{
		{[]string{"/nonexistent/driver"}, "cannot be started"},
		{[]string{"true"}, "the driver has died at \"finwait 1\""},
		{[]string{"cat"}, "expected are seg, ok, refused, error"},
		{[]string{"echo", "ok 2 time 1000 60000"}, "speaks version 2 of the protocol, this is version 1"},
		{[]string{"echo", "ok 1 telepathy 1000 60000"}, "capabilities \"telepathy\": known are time,state"},
		{[]string{"echo", "ok 1 time soon 60000"}, "\"soon\" is not a number"},
		{[]string{"echo", "ok 1 time 0 0"}, "make no sense"},
	} {
		d := line.NewDriver(c.command, time.Minute)
		_, err := d.New()
		assert.ErrorContains(t, err, c.reason)
		d.Close()
	}
}
