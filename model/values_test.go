package model

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSeq(t *testing.T) {
	for _, base := range []Seq{0, 5, 1 << 31, ^Seq(0), ^Seq(0) - 1} {
		assert.True(t, base.Before(base+1))
		assert.False(t, base.Before(base))
		assert.False(t, (base + 1).Before(base))
		assert.True(t, base.Before(base+1<<31-1))
		assert.True(t, base.AtMost(base) && base.AtMost(base+1))
		assert.False(t, (base + 1).AtMost(base))
		assert.True(t, base.In(base, 1) && (base+4).In(base, 5))
		assert.False(t, base.In(base, 0) || (base+5).In(base, 5) || (base-1).In(base, 5))
		assert.EqualValues(t, 3, base.Add(3).From(base))
		assert.Equal(t, base+1, later(base, base+1))
		assert.Equal(t, base+1, later(base+1, base))
		assert.Equal(t, base, earlier(base, base+1))
		assert.Equal(t, base, earlier(base+1, base))
	}
}

func TestSegment(t *testing.T) {
	for want, g := range map[string]Segment{
		"<SEQ=100><CTL=SYN>":                  {SEQ: 100, CTL: SYN},
		"<SEQ=300><ACK=101><CTL=FIN,ACK>":     {SEQ: 300, ACK: 101, CTL: FIN | ACK},
		"<SEQ=0><ACK=9><CTL=RST,ACK>":         {ACK: 9, CTL: RST | ACK},
		"<SEQ=1><ACK=2><CTL=URG,ACK><DATA=3>": {SEQ: 1, ACK: 2, TXT: 3, CTL: URG | ACK},
		"<SEQ=1><CTL=SYN,FIN,RST>":            {SEQ: 1, ACK: 7, CTL: SYN | FIN | RST},
		"<SEQ=4294967295><CTL=>":              {SEQ: ^Seq(0)},
	} {
		assert.Equal(t, want, g.String())
	}
	assert.Equal(t, "<SEQ=1><ACK=2><CTL=ACK>", Segment{SEQ: 101, ACK: 302, CTL: ACK}.Relative(100, 300))
	assert.Equal(t, "<SEQ=0><ACK=2><CTL=RST,ACK>", Segment{ACK: 302, CTL: RST | ACK}.Relative(100, 300), "0 is absolute there")
	assert.Equal(t, "<SEQ=4294967196><CTL=RST>", Segment{CTL: RST}.Relative(100, 300), "and nowhere else")
	assert.Equal(t, "<SEQ=1><ACK=2><CTL=RST,ACK>", Segment{SEQ: 101, ACK: 302, CTL: RST | ACK}.Relative(100, 300))
	for n, g := range map[uint32]Segment{0: {CTL: ACK | RST}, 1: {CTL: FIN}, 2: {CTL: SYN | FIN}, 5: {TXT: 5}, 6: {TXT: 5, CTL: SYN}} {
		g.SEQ = ^Seq(0)
		assert.Equal(t, n, g.LEN())
		assert.Equal(t, n, g.End().From(g.SEQ))
	}
	assert.EqualValues(t, 8, Segment{SEQ: 7, CTL: SYN}.text(), "the SYN comes first")
	assert.EqualValues(t, 7, Segment{SEQ: 7, CTL: FIN}.text())
	assert.True(t, Segment{CTL: SYN | ACK}.Has(SYN|ACK))
	assert.False(t, Segment{CTL: SYN}.Has(SYN|ACK))
}

func TestEventNames(t *testing.T) {
	for want, e := range map[string]Event{
		"SEND(2)":                   {Kind: CallSEND, N: 2},
		"RECEIVE(3)":                {Kind: CallRECEIVE, N: 3},
		"Transmit(2,FIN)":           {Kind: OutputTransmit, N: 2, FIN: true},
		"RETRANSMISSION TIMEOUT(1)": {Kind: TimeoutRetransmission, N: 1},
		"CLOSE":                     {Kind: CallCLOSE, N: 4},
		"SEGMENT ARRIVES <SEQ=1><ACK=2><CTL=ACK>": Arrive(Segment{SEQ: 1, ACK: 2, CTL: ACK}),
	} {
		assert.Equal(t, want, e.String())
	}
	names := map[string]bool{}
	for k := range NumEventKinds {
		assert.NotEmpty(t, k.String())
		names[k.String()] = true
	}
	assert.Len(t, names, int(NumEventKinds))
	assert.Equal(t, "EVENT(?)", NumEventKinds.String())
}

func TestEffects(t *testing.T) {
	refused := map[Reply]bool{}
	for r := range numReplies {
		assert.NotEmpty(t, r.String())
		refused[r] = r.Refused()
	}
	for _, r := range []Reply{Done, OK, Queued, EndOfStream} {
		assert.False(t, refused[r], r)
	}
	assert.True(t, refused[ErrNotOpen] && refused[WindowOpen])
	assert.Equal(t, "REPLY(?)", numReplies.String())
	assert.Equal(t, []string{"connection established", "queued calls returned"}, (ToldEstablished | ToldFlushed).Strings())
	assert.Empty(t, Notices(0).Strings())

	_, fx := Step(finWait1(), seg(301, 102, 0, FIN|ACK))
	assert.Equal(t, []Taken{{FinWait1, RcvACKofFIN, FinWait2}, {FinWait2, RcvFIN, TimeWait}}, slices.Collect(fx.Took))
	for a := range fx.Took {
		assert.Equal(t, FinWait1, a.From)
		break
	}
	assert.True(t, fx.Told(ToldClosing|ToldCloseOK))
	assert.False(t, fx.Told(ToldClosing|ToldReset), "every notice")
}

func TestClauses(t *testing.T) {
	seen := map[string]bool{}
	for c := range NumClauses {
		assert.NotEmpty(t, c.Section())
		assert.NotEmpty(t, c.Text())
		assert.Equal(t, "["+c.Section()+"] "+c.Text(), c.String())
		assert.False(t, seen[c.String()], "%v is there twice", c)
		seen[c.String()] = true
	}
	set := Clauses(1<<ClSeq | 1<<ClText | 1<<ClOpen)
	assert.Equal(t, []Clause{ClOpen, ClSeq, ClText}, slices.Collect(set.All), "in the RFC's order")
	for c := range set.All {
		assert.Equal(t, ClOpen, c)
		break
	}
	assert.True(t, set.Has(ClText))
	assert.False(t, set.Has(ClFIN))
	last, ok := set.Last()
	assert.True(t, ok)
	assert.Equal(t, ClText, last)
	last, ok = Clauses(1).Last()
	assert.True(t, ok)
	assert.Equal(t, ClOpen, last)
	_, ok = Clauses(0).Last()
	assert.False(t, ok)
}

// TestEveryClauseIsObeyed: no clause is listed that the machine never comes to.
func TestEveryClauseIsObeyed(t *testing.T) {
	var all Clauses
	for _, o := range readings() {
		for _, c := range corpus() {
			for e := range c.events {
				_, fx := o.Step(c.TCB, e)
				all |= fx.Clauses
			}
		}
	}
	for c := range NumClauses {
		assert.Equal(t, c != ClURG, all.Has(c), "%v (urgent data is not modelled)", c)
	}
}
