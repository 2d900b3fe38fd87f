package explain_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/capture"
	"finwait/explain"
	"finwait/model"
)

// truth is what really happened in a capture, by its README.
type truth struct {
	opener, first string // first: who closed first
	ending        explain.Ending
	cause         explain.Cause
	a, b          int64 // octets
	lost, again   int
	crossed       bool
}

var (
	normal = truth{opener: "A", first: "A", ending: explain.Orderly, a: 5, b: 5}

	truths = map[string]truth{
		"normal-v4-lo-en10mb.pcap":             normal,
		"normal-v6-lo-en10mb.pcap":             normal,
		"normal-v4-lo.pcapng":                  normal,
		"normal-v4-any-sll2.pcap":              normal,
		"normal-v4-snap64.pcap":                normal,
		"normal-v4-tun-raw.pcap":               normal,
		"normal-v6-tun-raw.pcap":               normal,
		"normal-v4-loop-converted.pcap":        normal,
		"normal-v6-null-darwin-converted.pcap": normal,
		"server-first-v4-lo.pcap":              {opener: "A", first: "B", ending: explain.Orderly, a: 5},
		"halfclose-v4-lo.pcap":                 {opener: "A", first: "A", ending: explain.Orderly, a: 3, b: 15},
		"simul-close-v4-tun-raw.pcap":          {opener: "A", first: "B", ending: explain.Orderly, crossed: true},
		"simul-close-v4-null-converted.pcap":   {opener: "A", first: "B", ending: explain.Orderly, crossed: true},
		"simul-open-v4-tun-raw.pcap":           {opener: "both", first: "A", ending: explain.Orderly},
		"fin-lost-twice-v4-tun-raw.pcap":       {opener: "A", first: "B", ending: explain.Orderly, lost: 2, again: 2},
		"rst-unread-v4-lo.pcap":                {opener: "A", ending: explain.Reset, cause: explain.UnreadData, a: 17},
		"rst-linger0-v4-lo.pcap":               {opener: "A", ending: explain.Reset, cause: explain.Abort, a: 1},
		"refused-v4-tun-raw.pcap":              {opener: "A", ending: explain.Refused, cause: explain.PortClosed},
		"fw2-orphan-v4-tun-raw.pcap":           {opener: "A", first: "B", ending: explain.Reset, cause: explain.DataAfterClose, a: 4},
		"truncated-open-v4-tun-raw.pcap":       {opener: "A", ending: explain.Open, a: 1},
	}
)

// told is what the story says of it.
func told(s *explain.Story) truth {
	t := truth{
		opener: s.Opener, ending: s.Ending, cause: s.Cause, a: s.A.Octets, b: s.B.Octets,
		lost: s.A.Lost + s.B.Lost, again: s.A.Again + s.B.Again, crossed: s.Crossed,
	}
	if len(s.Closes) > 0 {
		t.first = map[bool]string{false: "A", true: "B"}[s.Closes[0].FromB]
	}
	return t
}

func TestTheStoryIsTheTruth(t *testing.T) {
	require.Len(t, truths, len(expected))
	for name, want := range truths {
		assert.Equal(t, want, told(explain.Explain(only(t, name)).Story()), name)
	}
}

// cutAt is a capture that ends after n packets.
func cutAt(t *testing.T, name string, n int) *explain.Connection {
	t.Helper()
	return explain.Explain(edited(t, name, func(list []capture.Packet) []capture.Packet { return list[:n] }))
}

// texts are the steps in words.
func texts(n explain.Next) (list []string) {
	for _, s := range n.Steps {
		list = append(list, s.String())
	}
	return list
}

// Whose move it is, in each state in which a half-close can be left.
func TestWhatHasToHappenNext(t *testing.T) {
	const file = "normal-v4-lo-en10mb.pcap"
	open := cutAt(t, file, 7)
	assert.Equal(t, "A=ESTABLISHED, B=ESTABLISHED", open.Left())
	assert.True(t, open.Next().NeedsA && open.Next().NeedsB, "both programs have to close")

	half := cutAt(t, file, 8)
	assert.Equal(t, "A=FIN-WAIT-1, B=CLOSE-WAIT", half.Left())
	next := half.Next()
	assert.True(t, next.NeedsB && !next.NeedsA, "only the passive closer's program has to")
	assert.Equal(t, []string{
		"B's program calls CLOSE", "B sends its FIN (LAST-ACK)", "B's FIN reaches A (TIME-WAIT)",
		"A acknowledges what it has received", "A's ACK reaches B (CLOSED)", "A's TIME-WAIT is over (2 MSL) (CLOSED)",
	}, texts(next))
	assert.Equal(t, explain.HalfClosed, half.Story().Ending)
	assert.Contains(t, half.Paragraph(), "It is the move of B's program, which has to call CLOSE")

	last := cutAt(t, file, 9)
	assert.Equal(t, "A=TIME-WAIT, B=LAST-ACK", last.Left())
	assert.False(t, last.Next().NeedsA || last.Next().NeedsB, "nobody has to")
	assert.Equal(t, explain.Closing, last.Story().Ending)
	assert.Equal(t, []string{
		"A acknowledges what it has received", "A's ACK reaches B (CLOSED)", "A's TIME-WAIT is over (2 MSL) (CLOSED)",
	}, texts(last.Next()))

	// The orphan of FIN-WAIT-2 is gone, and the other end knows nothing of it.
	orphan := cutAt(t, "fw2-orphan-v4-tun-raw.pcap", 5)
	assert.Equal(t, "A=CLOSE-WAIT, B=FIN-WAIT-2", orphan.Left())
	assert.True(t, orphan.Next().NeedsA && !orphan.Next().NeedsB)

	refused := explain.Explain(only(t, "refused-v4-tun-raw.pcap"))
	assert.True(t, refused.Next().Over)
}

// Of one end alone, the machine still tells what has to come from the other.
func TestNextWithOneEndUnknown(t *testing.T) {
	x := explain.Explain(edited(t, "normal-v4-lo-en10mb.pcap", func(list []capture.Packet) []capture.Packet {
		var own []capture.Packet
		for _, p := range list[:8] {
			if p.Src == list[0].Src && p.TCP.Flags != capture.SYN {
				own = append(own, p)
			}
		}
		return own
	}))
	require.True(t, x.A.Known() && !x.B.Known())
	n := x.Next()
	require.True(t, n.Known)
	assert.Equal(t, "B's FIN reaches A (TIME-WAIT)", texts(n)[0], "the FIN of the peer, with the ACK of ours")
}

// Cut anywhere, there is a paragraph, and a run to the end unless it is over;
// the steps of a run fit together.
func TestEveryCutHasANextStep(t *testing.T) {
	for name := range expected {
		c := only(t, name)
		for n := 1; n <= c.Len(); n++ {
			x := cutAt(t, name, n)
			next := x.Next()
			if !next.Known {
				t.Errorf("%s cut after %d: no run: %s", name, n, x.Paragraph())
			}
			state := map[bool]model.State{false: x.A.State, true: x.B.State}
			for _, s := range next.Steps {
				if s.Before != state[s.FromB] {
					t.Errorf("%s cut after %d: %s", name, n, strings.Join(texts(next), "; "))
				}
				state[s.FromB] = s.After
			}
		}
	}
}
