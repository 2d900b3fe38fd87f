package script

import (
	"fmt"

	"finwait/ladder"
	"finwait/model"
)

// Close is a close that is legal, from ESTABLISHED to CLOSED on both sides,
// with the number of its segments.
type Close struct {
	Name     string
	Text     string
	Segments int
	play     func(*Play)
}

// The events of a close.
var (
	closes  = model.Event{Kind: model.CallCLOSE}
	sendFIN = model.Event{Kind: model.OutputTransmit, FIN: true}
	sendACK = model.Event{Kind: model.OutputAck}
	expire  = model.Event{Kind: model.TimeoutTimeWait}
)

// Closes lists them.
func Closes() []Close {
	return []Close{
		{
			"four", "B acknowledges A's FIN, and closes later", 4,
			func(p *Play) {
				p.says(a)
				p.acks(b)
				p.says(b)
				p.acks(a)
				p.Must(a, expire)
			},
		},
		{
			"three", "B closes while the acknowledgment of A's FIN is still pending, and its FIN carries it", 3,
			func(p *Play) {
				p.says(a)
				p.says(b)
				p.acks(a)
				p.Must(a, expire)
			},
		},
		{
			"simultaneous", "both close before either FIN has arrived: Figure 13", 4,
			func(p *Play) {
				for side := range 2 {
					p.Must(side, closes)
					p.Must(side, sendFIN)
				}
				p.Arrive(a)
				p.Arrive(b)
				p.Must(a, sendACK)
				p.Must(b, sendACK)
				p.Arrive(a)
				p.Arrive(b)
				p.Must(a, expire)
				p.Must(b, expire)
			},
		},
	}
}

// says is the end of what a side has to say: CLOSE, and its FIN arrives.
func (p *Play) says(side int) {
	p.Must(side, closes)
	p.Must(side, sendFIN)
	p.Arrive(side)
}

// acks is an acknowledgment that goes out, and arrives.
func (p *Play) acks(side int) {
	p.Must(side, sendACK)
	p.Arrive(side)
}

// Play plays the close on two endpoints that are ESTABLISHED. It is an error if
// they are not CLOSED afterwards, after so many segments and no more.
func (c *Close) Play(o model.Options) (*ladder.Ladder, error) {
	p := &Play{Options: o, Apart: true}
	p.open()
	p.Rows, p.Sent = nil, [2]int{}
	p.row(ladder.Row{})
	c.play(p)
	if p.Err == nil && (p.Ends[a].State != model.Closed || p.Ends[b].State != model.Closed) {
		p.Err = fmt.Errorf("it ends in %v and %v", p.Ends[a].State, p.Ends[b].State)
	}
	if n := p.Sent[a] + p.Sent[b]; p.Err == nil && n != c.Segments {
		p.Err = fmt.Errorf("there are %d segments", n)
	}
	return &ladder.Ladder{Rows: p.Rows}, p.Err
}
