package conformance

import (
	"errors"
	"fmt"

	"finwait/model"
)

// Run drives the stack through a case, and frees it. It does not panic, even if
// the stack does.
func Run(newStack func() (Stack, error), c *Case) (res Result) {
	res = Result{Case: c}
	s, err := start(newStack)
	if err != nil {
		res.Outcome, res.Reason = Broken, err.Error()
		return res
	}
	r := run{s: s, o: NewOracle(), res: &res, iss: StackISS}
	defer func() {
		if err := protect(s.Done); err != nil && res.Outcome != Broken {
			res.Outcome, res.Reason, res.At = Broken, err.Error(), len(c.Inputs)-1
		}
	}()
	if missing := c.Needs &^ s.Caps(); missing != 0 {
		res.Outcome, res.Reason = Skipped, "the stack cannot do: "+list(missing.Names())
		return res
	}
	for i, in := range c.Inputs {
		if !r.input(i, in) {
			return res
		}
	}
	if res.Readings = r.o.Readings(); len(res.Readings) > 0 {
		res.Outcome = Variant
	}
	return res
}

func start(newStack func() (Stack, error)) (s Stack, err error) {
	err = protect(func() (err error) {
		s, err = newStack()
		return err
	})
	return s, err
}

// protect turns a panic into an error.
func protect(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the stack panicked: %v", p)
		}
	}()
	return f()
}

// run is one case in progress.
type run struct {
	s   Stack
	o   *Oracle
	res *Result
	iss model.Seq // the stack's own
}

// input does one thing and judges what is seen. It reports whether to go on.
func (r *run) input(i int, in Input) bool {
	in = r.o.Resolve(in)
	var seen Observation
	var raw []model.Segment
	err := protect(func() (err error) {
		seen, raw, err = r.do(in)
		return err
	})
	if err != nil {
		r.res.Outcome, r.res.Reason, r.res.At = Broken, err.Error(), i
		return false
	}
	states := r.o.States()
	matching := r.o.Observe(in, seen)
	step := Step{Input: in, Seen: seen, State: r.o.States()[0]}
	if matching != nil {
		step.Clause = matching[0].Clause
	}
	if seen.HasState {
		step.State = seen.State
	}
	r.res.Steps = append(r.res.Steps, step)
	if matching == nil {
		r.res.Outcome, r.res.At = Deviation, i
		if i < r.res.Case.At {
			r.res.Outcome = Unreached
		}
		r.res.Want, r.res.Got, r.res.States = r.o.Allowed(in), seen, states
		r.res.LooksLike = r.o.looksLike(in, seen)
		return false
	}
	for _, g := range raw {
		if !g.Has(model.RST) {
			r.o.Offers(g.ACK, g.Has(model.ACK), g.WND)
		}
	}
	return true
}

// do drives the stack. The segments come a second time with their windows.
func (r *run) do(in Input) (seen Observation, raw []model.Segment, err error) {
	err = r.call(in, &seen)
	if err != nil {
		return seen, nil, err
	}
	if in.Op != WaitRTO {
		raw, err = r.collect(raw)
	} else {
		raw, err = r.waitRTO()
	}
	if err != nil {
		return seen, nil, err
	}
	seen.Sent = canonical(raw)
	if in.Op == WaitRTO {
		seen.Sent = withoutRepeats(seen.Sent)
	}
	if r.s.Caps()&CanState != 0 {
		seen.State, err = r.s.State()
		seen.HasState = true
	}
	return seen, raw, err
}

// call is the part of an input that is one call of the stack.
func (r *run) call(in Input, seen *Observation) (err error) {
	switch in.Op {
	case Listen:
		err = r.s.Listen()
	case Connect:
		err = r.s.Connect()
	case Accept:
		return r.s.Accept()
	case Write:
		err = r.s.Write(int(in.N))
	case Read:
		var n int
		n, seen.End, err = r.s.Read(int(in.N))
		seen.Octets = uint32(n)
	case HalfClose:
		err = r.s.HalfClose()
	case Close:
		err = r.s.Close()
	case Abort:
		err = r.s.Abort()
	case Inject:
		return r.s.Inject(r.outward(in.Segment))
	case Wait2MSL:
		return r.s.Advance(percent(r.s.Clock().TwoMSL, in.N))
	}
	if errors.Is(err, ErrRefused) {
		seen.Refused, err = true, nil
	}
	return err
}
