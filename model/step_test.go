package model

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readings are the option sets under which the machine must stay sane: none,
// each reading and deviation alone, and all of them at once.
func readings() []Options {
	sets, all := []Options{{}}, Options{}
	for _, d := range Catalogue() {
		if d.Kind == Bug {
			continue
		}
		var one Options
		d.Set(&one, true)
		d.Set(&all, true)
		sets = append(sets, one)
	}
	return append(sets, all)
}

func TestTheCorpusIsValid(t *testing.T) {
	seen := map[TCB]string{}
	for _, c := range corpus() {
		assert.NoError(t, c.Valid(), c.name)
		assert.Empty(t, seen[c.TCB], "%s is there twice", c.name)
		seen[c.TCB] = c.name
	}
	byState := map[State]bool{}
	for c := range seen {
		byState[c.State] = true
	}
	assert.Len(t, byState, int(NumStates), "every state")
}

// TestStepIsTotal: whatever happens in whatever state, the laws hold; and every
// arrow of the figure is taken.
func TestStepIsTotal(t *testing.T) {
	taken := map[Taken]Options{}
	for _, o := range readings() {
		if testing.Short() && len(o.Names()) == 1 && o.Names()[0] != "half-duplex-close" {
			continue
		}
		for _, c := range corpus() {
			for e := range c.events {
				_, fx, err := obeyLaws(o, c.TCB, e)
				require.NoError(t, err, c.name)
				for a := range fx.Took {
					if _, known := taken[a]; !known {
						taken[a] = o
					}
				}
			}
		}
	}
	arrows := 0
	for a := range Arrows {
		o, ok := taken[Taken{a.From, a.Trigger, a.To}]
		assert.True(t, ok, "nobody takes %v", a)
		if a.Drawn {
			assert.Equal(t, Options{}, o, "%v is drawn and needs no option", a)
		}
		if a.Option {
			assert.NotEqual(t, Options{}, o, "%v is a deviation", a)
		}
		arrows++
	}
	assert.Len(t, taken, arrows, "no arrow but the figure's")
}

// representative is a handful of events, one for each part of section 3.10.
func representative() (cs []TCB, es []Event) {
	add := func(c TCB, e Event) { cs, es = append(cs, c), append(es, e) }
	add(TCB{}, Event{Kind: CallActiveOpen, ISS: 7})
	add(TCB{}, Arrive(Segment{SEQ: 1, CTL: SYN}))
	add(listening(), Arrive(Segment{SEQ: 1, TXT: 3, CTL: SYN | FIN}))
	add(synSent(), Arrive(Segment{SEQ: 300, ACK: 101, CTL: SYN | ACK, WND: 10}))
	add(established(), Event{Kind: CallSEND, N: 4})
	add(established(), Event{Kind: CallRECEIVE, N: 4})
	add(with(established(), text(3, 1)), Event{Kind: OutputTransmit, N: 2})
	add(with(established(), holds(1, 3), holds(5, 7)), Arrive(Segment{SEQ: 301, ACK: 101, TXT: 1, CTL: ACK}))
	add(finWait1(), Arrive(Segment{SEQ: 301, ACK: 102, CTL: FIN | ACK}))
	add(with(closeWait(), closed), Event{Kind: OutputTransmit, FIN: true})
	add(timeWait(), Arrive(Segment{SEQ: 301, ACK: 102, CTL: FIN | ACK}))
	add(timeWait(), Event{Kind: TimeoutTimeWait})
	add(finWait1(), Event{Kind: TimeoutRetransmission, FIN: true})
	add(established(), Event{Kind: CallABORT})
	return cs, es
}

func TestStepAllocatesNothing(t *testing.T) {
	cs, es := representative()
	for i := range cs {
		var sink TCB
		allocs := testing.AllocsPerRun(100, func() {
			next, fx := Step(cs[i], es[i])
			sink = next
			sink.SND.WND += uint32(fx.NumArrows)
		})
		assert.Zero(t, allocs, "%v in %v", es[i], cs[i])
	}
	for _, o := range readings() {
		assert.Zero(t, testing.AllocsPerRun(10, func() { o.Step(cs[7], es[7]) }), "under %v", o.Names())
	}
}

func BenchmarkStep(b *testing.B) {
	cs, es := representative()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		k := i % len(cs)
		Step(cs[k], es[k])
	}
}
