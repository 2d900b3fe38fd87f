package main

import (
	"fmt"
	"strings"
	"time"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// columns is the width of everything that is written for people.
const columns = 100

// textReport writes the results for people.
type textReport struct {
	a     *app
	quiet bool
}

func (t *textReport) printf(format string, args ...any) { fmt.Fprintf(t.a.out, format, args...) }

func (t *textReport) start(r *properties.Run) {
	if t.quiet {
		return
	}
	t.printf("%s\n%s\n%s\n\n", t.a.paint(bold, r.Scenario.Name), wrap(r.Scenario.Text, "  ", columns),
		t.a.paint(faint, wrap(boundsText(r.Bounds), "  ", columns)))
	t.a.out.Flush() //nolint:errcheck // the first error is kept
}

func (t *textReport) progress(string, checker.Progress) {}

// boundsText says what is varied: "octets 1,1; mss 1; ...".
func boundsText(b system.Bounds) string {
	parts := []string{
		fmt.Sprintf("octets %d,%d", b.Octets[0], b.Octets[1]),
		fmt.Sprintf("mss %d", b.MSS),
		fmt.Sprintf("inflight %d", b.InFlight),
		boundsOf(b).Channel,
	}
	if b.Window > 0 {
		parts = append(parts, fmt.Sprintf("window %d", b.Window))
	}
	if b.Loss {
		parts = append(parts, "loss")
	} else {
		parts = append(parts, "no loss")
	}
	switch {
	case b.Dup == system.Unlimited:
		parts = append(parts, "dup inf")
	case b.Dup > 0:
		parts = append(parts, fmt.Sprintf("dup %d", b.Dup))
	}
	if b.Inject > 0 {
		parts = append(parts, fmt.Sprintf("inject %d", b.Inject))
	}
	if b.NoRetransmit {
		parts = append(parts, "no retransmission")
	}
	if b.ReceiveMoves {
		parts = append(parts, "reader moves")
	}
	if b.TimeWait == system.TimeWaitFree {
		parts = append(parts, "time-wait free")
	}
	if b.Crashing() {
		parts = append(parts, fmt.Sprintf("crashes %d,%d", b.Crashes[0], b.Crashes[1]))
	}
	if b.Reincarnates() {
		parts = append(parts, fmt.Sprintf("reopens %d,%d, isn-step %d", b.Reopens[0], b.Reopens[1], b.ISNStep))
	}
	if b.Timed.On() {
		for _, c := range clockFlags {
			parts = append(parts, fmt.Sprintf("%s %d", c.name, *c.of(&b.Timed)))
		}
	}
	if b.ISS != [2]model.Seq{} {
		parts = append(parts, fmt.Sprintf("iss %d,%d", b.ISS[0], b.ISS[1]))
	}
	text := strings.Join(parts, "; ")
	if names := b.Options.Names(); len(names) > 0 {
		text += "; options " + strings.Join(names, ", ")
	}
	return text
}

func (t *textReport) result(r *properties.Result) {
	if !t.quiet {
		t.table(r)
	}
	t.printf("%s\n", t.verdictLine(r))
	if !t.quiet {
		t.evidence(r)
		t.printf("\n")
	}
	t.a.out.Flush() //nolint:errcheck // the first error is kept
}

// table has a line per claim.
func (t *textReport) table(r *properties.Result) {
	const format = "  %-4s %-26s %s %14s   %s\n"
	head := fmt.Sprintf(format, "", "claim", fmt.Sprintf("%-13s", "verdict"), "premise held", "RFC 9293")
	t.printf("%s\n", t.a.paint(faint, strings.TrimSuffix(head, "\n")))
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		if k := o.Claim.Kind; i > 0 && k != r.Outcomes[i-1].Claim.Kind && (k == properties.Liveness || k == properties.Witness) {
			t.printf("\n")
		}
		word, style := verdictText(r, o)
		t.printf(format, o.Claim.Number, o.Claim.Name, t.a.paint(style, fmt.Sprintf("%-13s", word)),
			number(o.Premise), o.Claim.Clause)
	}
	t.printf("\n")
}

// verdictText is a verdict for people.
func verdictText(r *properties.Result, o *properties.Outcome) (word, style string) {
	witness := o.Claim.Kind == properties.Witness
	switch o.Verdict {
	case checker.Violated:
		switch {
		case witness && outcomeCode(r, o) == exitOK:
			return "not reached", ""
		case witness:
			return "NOT REACHED", yellow
		}
		return "VIOLATED", red
	case checker.Inconclusive:
		return "inconclusive", yellow
	case checker.Vacuous:
		return "VACUOUS", yellow
	case checker.Holds:
	}
	if witness {
		return "reached", green
	}
	return "holds", green
}

// verdictLine sums up one scenario.
func (t *textReport) verdictLine(r *properties.Result) string {
	f := &r.Figures
	code := exitCode(r)
	word, style := map[int]string{
		exitOK: "every claim holds", exitSafety: "SAFETY VIOLATED", exitLiveness: "LIVENESS VIOLATED",
		exitDeadlock: "DEADLOCK", exitVacuous: "VACUOUS", exitInconclusive: "inconclusive",
	}[code], map[int]string{exitOK: green, exitVacuous: yellow, exitInconclusive: yellow}[code]
	if style == "" {
		style = red
	}
	lead := "  "
	if t.quiet {
		lead = fmt.Sprintf("%-20s", r.Scenario.Name)
	}
	return fmt.Sprintf("%s%s, %s, depth %d: %s (%s)", lead, count(f.States, "state"),
		count(f.Transitions, "transition"), f.Depth, t.a.paint(style, word), seconds(f.Duration))
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

// evidence shows what is wrong, with the shortest run that shows it.
func (t *textReport) evidence(r *properties.Result) {
	if d := r.Doubt(); d != "" {
		t.printf("%s\n", t.a.paint(yellow, wrap("cut off: "+d, "  ", columns)))
	}
	for _, note := range r.Figures.Notes {
		t.printf("%s\n", wrap("note: "+note, "  ", columns))
	}
	drawn := map[string]string{}
	for i := range r.Outcomes {
		if o := &r.Outcomes[i]; o.Verdict == checker.Violated && o.Claim.Kind != properties.Witness {
			t.violation(r, o, drawn)
		}
	}
	if r.Deadlocked() && r.Deadlock == nil {
		t.printf("\n  %s: there are %s, and there was no room to find the shortest run to one.\n",
			t.a.paint(red, "DEADLOCK"), number(r.Figures.Deadlocks))
	}
	if r.Deadlock != nil {
		t.printf("\n  %s: nothing can happen any more, but this is no end. There are %s. The first:\n\n%s",
			t.a.paint(red, "DEADLOCK"), number(r.Figures.Deadlocks), properties.Ladder(r.System, r.Deadlock))
	}
	for _, name := range r.Missing {
		t.printf("  %s: %s\n", t.a.paint(yellow, "promised, and never happened"), name)
	}
}

// violation shows a counterexample, unless another claim's ladder was the same.
func (t *textReport) violation(r *properties.Result, o *properties.Outcome, drawn map[string]string) {
	c := &o.Claim
	t.printf("\n  %s %s %s [%s]\n%s\n", t.a.paint(red, "VIOLATED"), c.Number, t.a.paint(bold, c.Name), c.Clause,
		wrap(c.Text, "  ", columns))
	if c.Kind == properties.Liveness {
		t.printf("%s\n", t.a.paint(faint, wrap("under fairness: "+strings.Join(assumed(c, r), ", "), "  ", columns)))
	}
	if o.Trace == nil {
		return
	}
	ladder := properties.Ladder(r.System, o.Trace).String()
	if as, ok := drawn[ladder]; ok {
		t.printf("  %s: the run above, of %s\n", o.Message, as)
		return
	}
	drawn[ladder] = c.Number + " " + c.Name
	t.printf("  %s:\n\n%s", o.Message, ladder)
}
