package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"finwait/capture"
	"finwait/explain"
)

// exitDeviates is the exit code of explain if a connection deviates.
const exitDeviates = 3

// explainFlags are the flags of explain.
type explainFlags struct {
	json, quiet, full, complete, summary bool

	connection int
	port       uint16
	filter     string
	tunnels    bool

	svg, html string
	toScale   bool

	most, mostPackets int
	stuckAfter        time.Duration

	checksums bool
}

func newExplain(a *app) *cobra.Command {
	f := &explainFlags{}
	cmd := &cobra.Command{
		Use:   "explain FILE",
		Short: "Follow the connections of a real capture, packet by packet",
		Long: `explain reads a capture (pcap or pcapng, plain or in gzip; "-" is standard input) and follows
both ends of every TCP connection in it with the machine that is RFC 9293: which state each was
in after each packet, by which clause it moved, and whether the machine can have sent what was
captured.

  conforms     all that was sent can be explained, and the connection is over
  incomplete   all that was sent can be explained; the capture ends with the connection open
  deviates     something was sent that the machine cannot send: what, in which states, and
               what it could have sent instead

A connection never deviates for what the capture does not show: text that is acknowledged
though nobody saw it was not captured, and the verdict names such guesses. If you know that
nothing is missing, --complete makes explain as strict as that. Where an end needs a reading
of the RFC other than the default one (explore options), the verdict names it.

From standard input, a connection is told a second after its end, and those that have not
ended when the input ends or is interrupted. Memory is bounded: --max-connections,
--max-packets; the connections that have ended first, else those silent for longest, are told when
there is no room, and it is said how many were given up.

Before the ladder stands in words who opened, who closed first and when, how long the
connection was half-closed, how it ended and why, what was sent, sent again and lost, in
which state each end was left, and what has to happen next for it to be over: the machine
is asked for a shortest run from there, and for whose call of CLOSE no run can do without.

The states at the sides of the ladder are those after the packet; "?" is one of which nothing
is known yet. X marks what did not arrive but was sent again, an ellipsis what arrived only
after its receiver had sent something more.

--filter takes a predicate in the language of github.com/expr-lang/expr (explore find). It knows

  Number Packets Seconds Verdict Ending Cause Opener First Half HalfOctets RSTs Crossed
               Ending: "orderly", "reset", "refused", "unanswered", "opening", "open",
               "half-closed", "closing"; Cause, of the RST: "port closed", "abort", "unread data",
               "data after close", "half-open peer", "late segment", "third party", "unclear";
               First: who closed first; Half, HalfOctets: seconds half-closed, what was sent then

and A and B, with State Certain Known Seen Addr Port FIN Packets Octets Again Lost NotCaptured
KeepAlives ZeroWindows Probes OutOfOrder Copies BadChecksums LargeSegments Guesses Readings.` + explainSchema,
		Example: `  explore explain close.pcap
  tcpdump -i lo -w - tcp | explore explain -
  explore explain close.pcap --port 8080 --full
  explore explain close.pcap --summary
  explore explain close.pcap --filter 'B.State == "CLOSE-WAIT" && Half > 60'
  explore explain close.pcap --json | jq -r 'select(.verdict == "deviates").deviation.packet'`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("explain which file? for example: explore explain close.pcap")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.explain(f, args[0]) },
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"pcap", "pcapng"}, cobra.ShellCompDirectiveFilterFileExt
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.json, "json", false, "one JSON object per line")
	flags.BoolVar(&f.quiet, "quiet", false, "verdicts only, no ladders")
	flags.BoolVar(&f.full, "full", false, "every packet, however many there are")
	flags.BoolVar(&f.complete, "complete", false, "nothing is missing from the capture")
	flags.BoolVar(&f.complete, "strict", false, "the same as --complete: what the capture does not show has not happened")
	flags.BoolVar(&f.summary, "summary", false, "a line per connection, what deserves attention first, and totals")
	flags.StringVar(&f.filter, "filter", "", "only connections for which the predicate `P` holds")
	flags.BoolVar(&f.checksums, "checksums", false, "a segment with a wrong checksum was damaged, not captured before the network card")
	flags.IntVar(&f.most, "max-connections", 100_000, "follow at most `N` connections at once")
	flags.IntVar(&f.mostPackets, "max-packets", 8_000_000, "keep at most `N` packets, of 64 bytes, of the connections that are followed")
	flags.DurationVar(&f.stuckAfter, "stuck-after", 0, "tell a half-closed connection when it has been silent for `D`, by the capture's clock")
	flags.StringVar(&f.svg, "svg", "", "write the ladder of the connection to `FILE` as a picture (one connection: --connection N)")
	flags.StringVar(&f.html, "html", "", "write words and ladders of all connections told to `FILE`, as a page")
	flags.BoolVar(&f.toScale, "to-scale", false, "in pictures, time to scale")
	flags.BoolVar(&f.tunnels, "tunnels", false, "look into IP in IP, GRE and VXLAN")
	flags.IntVar(&f.connection, "connection", 0, "only connection `N`, as numbered")
	flags.Uint16Var(&f.port, "port", 0, "only connections from or to port `P`")
	return cmd
}

func (a *app) explain(f *explainFlags, name string) error {
	only, err := newFilter(f.filter)
	if err != nil {
		return err
	}
	in, size := a.in, int64(0)
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return &failure{exitOther, err.Error()}
		}
		defer file.Close() //nolint:errcheck // it was only read
		in = file
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
	}
	r := explanations{
		a: a, explainFlags: f, only: only, grouper: capture.Within(f.bounds(name == "-")),
		meter: meter{a: a, on: a.terminal && !f.quiet}, numbers: map[*capture.Connection]int{},
	}
	fault := r.follow(in, size)
	for _, c := range r.grouper.Connections() {
		r.one(c)
	}
	r.meter.clear()
	if r.failed != nil {
		return r.failed
	}
	r.end(fault)
	if err := r.pictures(); err != nil {
		return err
	}
	switch {
	case fault != nil:
		return &failure{exitOther, name + ": " + fault.Error()}
	case r.interrupted && name != "-":
		return errInterrupt
	case f.connection > 0 && r.total() == 0:
		return usage("there is no connection %d: the capture has %s", f.connection, count(r.number, "connection"))
	case r.deviate > 0:
		return silently(exitDeviates)
	}
	return nil
}

// wants reports whether connection n is asked for.
func (f *explainFlags) wants(n int, c *capture.Connection) bool {
	return (f.connection == 0 || f.connection == n) && (f.port == 0 || c.A.Port() == f.port || c.B.Port() == f.port)
}

// explanations is what is told of a file.
type explanations struct {
	a *app
	*explainFlags
	only    *filter
	grouper *capture.Grouper
	skipped []capture.Skip
	meter   meter
	numbers map[*capture.Connection]int // of those told as stuck, which are told again
	number  int                         // of the latest connection
	packets int
	givenUp int
	failed  error // of the filter

	svgText string
	drawn   int
	page    strings.Builder

	interrupted bool

	conform, incomplete, deviate int

	totals totals
}

// ladderRows is how many packets of a connection are drawn, unless --full.
const ladderRows = 60

func (r *explanations) rows() int {
	if r.full {
		return 0
	}
	return ladderRows
}

func (r *explanations) tell(n int, x *explain.Connection, note string) {
	if note != stuckNote {
		switch x.Verdict {
		case explain.Conforms:
			r.conform++
		case explain.Incomplete:
			r.incomplete++
		case explain.Deviates:
			r.deviate++
		}
	}
	r.draw(x)
	a := r.a
	switch {
	case r.json:
		a.out.line(connectionOf(n, x, r.rows(), r.quiet, note))
		return
	case r.summary:
		if note != stuckNote {
			r.totals.add(n, x)
		}
		return
	case r.quiet:
		fmt.Fprintf(a.out, "%d: %v > %v: %s%s\n", n, x.A.Addr, x.B.Addr, r.painted(x), inBrackets(note))
		return
	}
	fmt.Fprintf(a.out, "%s %s\n\n%s\n\n%s\n%s\n", a.paint(bold, fmt.Sprintf("connection %d:", n)), x.Heading(),
		wrap(x.Paragraph(), "", columns), x.Ladder(r.rows()), r.painted(x))
	notes := x.Notes()
	if note != "" {
		notes = append(notes, note)
	}
	for _, note := range notes {
		fmt.Fprintf(a.out, "%s\n", a.paint(faint, wrap(note, "    ", columns)))
	}
	fmt.Fprintln(a.out)
	a.out.Flush() //nolint:errcheck // the first error is kept
}

var verdictStyles = map[explain.Verdict]string{explain.Conforms: green, explain.Incomplete: yellow, explain.Deviates: red}

// painted is the summary with the verdict in its colour.
func (r *explanations) painted(x *explain.Connection) string {
	verdict, rest, _ := strings.Cut(x.Summary(), ":")
	return r.a.paint(verdictStyles[x.Verdict], verdict) + ":" + rest
}

func (r *explanations) total() int { return r.conform + r.incomplete + r.deviate }

// end is the last line: how many of which.
func (r *explanations) end(fault error) {
	if r.json {
		r.a.out.line(r.lastLine(fault))
		return
	}
	if r.summary {
		r.totals.write(r.a)
	}
	text := count(r.total(), "connection")
	if r.total() > 0 {
		text += fmt.Sprintf(": %d conform, %d incomplete, %d deviate", r.conform, r.incomplete, r.deviate)
	}
	fmt.Fprintln(r.a.out, text)
	if r.givenUp > 0 {
		fmt.Fprintf(r.a.out, "given up %s before the end, for want of room: what came later counts as others (--max-connections, --max-packets)\n",
			count(r.givenUp, "connection"))
	}
	if n := r.grouper.Late(); n > 0 {
		fmt.Fprintf(r.a.out, "not looked at: %s that came after the connection had been told\n", count(n, "packet"))
	}
	for _, s := range r.skipped {
		fmt.Fprintf(r.a.out, "skipped %s: %s (first: packet %d)\n", count(s.Packets, "packet"), s.Reason, s.First)
	}
}

// offset is the byte offset of a fault, if it has one.
func offset(fault error) *int64 {
	if e, ok := errors.AsType[*capture.Error](fault); ok {
		return &e.Offset
	}
	return nil
}
