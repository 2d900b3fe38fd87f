package finwait

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
	"finwait/properties"
)

// assumptions names every fairness assumption but some.
func assumptions(without ...string) []string {
	var names []string
	for _, a := range properties.Assumptions() {
		if !slices.Contains(without, a.Name) {
			names = append(names, a.Name)
		}
	}
	return names
}

// With a receive buffer of one octet there is a war of packets. Fairness of
// delivery, however strong, does not end it: it takes that segments do not live
// for ever, and a timeout.
func TestPropertyOneOctetWindow(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP-OK: the small bounds do not have the octet")
	}
	var text strings.Builder
	var ladders []string
	for _, x := range []struct {
		window   int
		fairness []string
		words    string
		want     checker.Verdict
	}{
		{1, nil, "none", checker.Violated},
		{1, []string{"msl"}, "msl", checker.Violated},
		{1, assumptions("retransmit"), "all but retransmit", checker.Violated},
		{1, assumptions("msl"), "all but msl", checker.Violated},
		{1, []string{"msl", "retransmit"}, "msl, retransmit", checker.Holds},
		{2, nil, "none", checker.Holds},
	} {
		c := claim(t, "quiet")
		c.Windowed = x.fairness
		r := run(t, "zero-window", []properties.Claim{c}, func(r *properties.Run) { r.Bounds.Window = x.window })
		o := r.Outcomes[0]
		require.Equal(t, x.want, o.Verdict, "%d, %s", x.window, x.words)
		fmt.Fprintf(&text, "receive buffer of %d, fairness: %-18s  L5 %s\n", x.window, x.words, o.Verdict)
		if x.words == "none" && o.Trace != nil || x.words == "all but msl" {
			ladders = append(ladders, fmt.Sprintf("\nreceive buffer of %d, fairness: %s: L5 falls: %s\n\n%s", x.window, x.words, o.Trace, drawn(r, o.Trace)))
		}
	}
	golden(t, "one-octet-window.txt", text.String()+strings.Join(ladders, ""))
}

// What a user who never reads can do to its peer: to the letter, where a FIN is
// refused at a zero window, the peer cannot close. Under zero-window-fin it can.
func TestPropertyZeroWindowFIN(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP-OK: the small bounds do not have the octet")
	}
	option, ok := model.Lookup("zero-window-fin")
	require.True(t, ok)
	var text strings.Builder
	var ladder string
	for _, fin := range []bool{false, true} {
		for _, drop := range [][]string{nil, {"receive"}} {
			var claims []properties.Claim
			for _, c := range properties.Judged("zero-window") {
				if c.Kind == properties.Liveness {
					claims = append(claims, c)
				}
			}
			r := run(t, "zero-window", claims, func(r *properties.Run) {
				option.Set(&r.Bounds.Options, fin)
				r.Drop = drop
			})
			var fallen []string
			for _, o := range r.Outcomes {
				if o.Verdict == checker.Violated {
					fallen = append(fallen, o.Claim.Number+" "+o.Claim.Name)
				}
				if o.Claim.Name == "both-close" && o.Verdict == checker.Violated {
					require.False(t, fin)
					ladder = fmt.Sprintf("\na FIN at a zero window: refused; without receive, L1 both-close falls: %s\n\n%s", o.Trace, drawn(r, o.Trace))
				}
			}
			require.Equal(t, drop != nil, fallen != nil)
			fmt.Fprintf(&text, "a FIN at a zero window: %-8s  fairness of RECEIVE: %-3s  what falls: %s\n",
				map[bool]string{false: "refused", true: "accepted"}[fin], map[bool]string{false: "no", true: "yes"}[drop == nil],
				cmp.Or(strings.Join(fallen, ", "), "nothing"))
		}
	}
	require.NotEmpty(t, ladder)
	golden(t, "zero-window-fin.txt", text.String()+ladder)
}

// A window update is a kindness: without any, all that is claimed still holds.
func TestPropertyUpdatesAreNotNeeded(t *testing.T) {
	for _, a := range properties.Assumptions() {
		for side := range 2 {
			_, speaks := a.Class(side, system.Action{Kind: system.Update})
			require.False(t, speaks, "%s assumes that updates are sent", a.Name)
		}
	}
}
