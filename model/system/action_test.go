package system

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// Every action has a name and a meaning of its own.
func TestKinds(t *testing.T) {
	names, texts := map[string]bool{}, map[string]bool{}
	for k := range NumKinds {
		require.NotEmpty(t, k.String())
		require.NotEmpty(t, k.Text())
		assert.False(t, names[k.String()], k.String())
		assert.False(t, texts[k.Text()], k.Text())
		names[k.String()], texts[k.Text()] = true, true
		arrives := k == Deliver || k == Overflow || k == Duplicate || k == DuplicateOverflow
		assert.Equal(t, arrives, k.Arrives(), k.String())
	}
	assert.Equal(t, "DuplicateOverflow", DuplicateOverflow.String())
	assert.Equal(t, "a segment is lost", Lose.Text())
	assert.Equal(t, Overflow, Deliver+1, "Accept relies on it")
	assert.Equal(t, DuplicateOverflow, Duplicate+1, "Accept relies on it")
}

// An action is a question to the machine.
func TestEvent(t *testing.T) {
	s := newSystem(t, scenario(t, "close", 1, 1, isn(100, 300), window(9)))
	side := started(s)[1]
	g := seg(101, 301)
	for k, want := range map[Kind]model.Event{
		PassiveOpen:       {Kind: model.CallPassiveOpen},
		ActiveOpen:        {Kind: model.CallActiveOpen},
		Send:              {Kind: model.CallSEND, N: 1},
		Close:             {Kind: model.CallCLOSE},
		Receive:           {Kind: model.CallRECEIVE, N: model.MaxWindow},
		Abort:             {Kind: model.CallABORT},
		Transmit:          {Kind: model.OutputTransmit},
		Ack:               {Kind: model.OutputAck},
		Probe:             {Kind: model.OutputProbe},
		Retransmit:        {Kind: model.TimeoutRetransmission},
		TimeWaitExpire:    {Kind: model.TimeoutTimeWait},
		FinWait2Expire:    {Kind: model.TimeoutFinWait2},
		Deliver:           {Kind: model.SegmentArrives, Segment: g},
		Overflow:          {Kind: model.SegmentArrives, Segment: g},
		Duplicate:         {Kind: model.SegmentArrives, Segment: g},
		DuplicateOverflow: {Kind: model.SegmentArrives, Segment: g},
	} {
		a := Action{Kind: k}
		if k.Arrives() {
			a.Segment = g
		}
		want.ISS, want.WND = 300, 9
		assert.Equal(t, want, s.event(&side, a), "%v", k)
	}
	e := s.event(&side, Action{Kind: Transmit, N: 2, FIN: true})
	assert.Equal(t, uint32(2), e.N)
	assert.True(t, e.FIN)
}

// Labels are written with relative numbers.
func TestLabel(t *testing.T) {
	s := newSystem(t, scenario(t, "close", 1, 1, isn(100, 300)))
	fin := model.Segment{SEQ: 102, ACK: 301, TXT: 1, CTL: model.FIN | model.ACK}
	for want, got := range map[string]string{
		"Close":           s.Label(0, Action{Kind: Close}),
		"TimeWaitExpire":  s.Label(1, Action{Kind: TimeWaitExpire}),
		"Transmit(0,FIN)": s.Label(0, Action{Kind: Transmit, FIN: true}),
		"Transmit(12)":    s.Label(0, Action{Kind: Transmit, N: 12}),
		"Retransmit(2)":   s.Label(0, Action{Kind: Retransmit, N: 2}),
		"Deliver <SEQ=2><ACK=1><CTL=FIN,ACK><DATA=1>": s.Label(0, Action{Kind: Deliver, Segment: fin}),
		"Lose <SEQ=2><ACK=1><CTL=FIN,ACK><DATA=1>": s.Label(1, Action{Kind: Lose, Segment: model.Segment{
			SEQ: 302, ACK: 101, TXT: 1, CTL: model.FIN | model.ACK,
		}}),
		"Overflow <SEQ=0><CTL=SYN>":             s.Label(0, Action{Kind: Overflow, Segment: model.Segment{SEQ: 100, CTL: model.SYN}}),
		"DuplicateOverflow <SEQ=3><CTL=RST>":    s.Label(0, Action{Kind: DuplicateOverflow, Segment: model.Segment{SEQ: 103, CTL: model.RST}}),
		"Inject <SEQ=1><CTL=RST>":               s.Label(0, Action{Kind: Inject, Segment: model.Segment{SEQ: 101, CTL: model.RST}}),
		"Duplicate <SEQ=0><ACK=1><CTL=RST,ACK>": s.Label(0, Action{Kind: Duplicate, Segment: model.Segment{ACK: 301, CTL: model.RST | model.ACK}}),
	} {
		assert.Equal(t, want, got)
	}
}
