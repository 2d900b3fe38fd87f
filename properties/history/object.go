package history

import (
	"strings"

	"github.com/anishathalye/porcupine"
)

// stream is the object, one direction of it: a queue of octets with an end.
type stream struct {
	Queue  string // what is written and not yet read
	Ended  bool   // closeWrite has been called
	Broken bool   // one of the two sides has called abort
}

// String shows a state to whoever looks at porcupine's picture.
func (s stream) String() string {
	words := []string{shown(s.Queue)}
	if s.Ended {
		words = append(words, "ended")
	}
	if s.Broken {
		words = append(words, "aborted")
	}
	return strings.Join(words, " ")
}

// step is the specification: whether a call may return as it did, and what
// then becomes of the stream.
func (s stream) step(o Op) (bool, stream) {
	switch o.Result {
	case Reset:
		return s.Broken && o.Kind != Abort, s
	case TimedOut:
		return s.mayHang(o.Kind), s
	case Refused:
		return (s.Ended || s.Broken) && (o.Kind == Write || o.Kind == CloseWrite), s
	case EOF:
		return o.Kind == Read && s.Ended && s.Queue == "", s
	}
	switch o.Kind {
	case Write:
		s.Queue += o.Data
		return !s.Ended, s
	case CloseWrite:
		ended := s.Ended
		s.Ended = true
		return !ended, s
	case AwaitClose:
		return s.Ended, s
	case Read:
		rest, ok := strings.CutPrefix(s.Queue, o.Data)
		s.Queue = rest
		return ok && o.Data != "", s
	case Abort:
		s.Broken = true
		return true, s
	}
	panic("BUG: no such call")
}

// mayHang reports whether a call may be unanswered when nothing happens any
// more. A read may if there is nothing to be told; a write is always answered,
// for somebody reads; an acknowledged close is promised. After an abort nothing
// of this is.
func (s stream) mayHang(k Kind) bool {
	return s.Broken || k == Read && s.Queue == "" && !s.Ended
}

// Model is the object as porcupine takes it: two partitions, the stream from A
// to B and the stream from B to A.
func Model() porcupine.Model {
	return porcupine.Model{
		Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
			var parts [2][]porcupine.Operation
			for _, p := range history {
				for d := range parts {
					if opOf(p.Input).acts(d) {
						parts[d] = append(parts[d], p)
					}
				}
			}
			return parts[:]
		},
		Init: func() any { return stream{} },
		Step: func(state, input, _ any) (bool, any) {
			return streamOf(state).step(opOf(input))
		},
		DescribeOperation: func(input, _ any) string { return opOf(input).String() },
		DescribeState:     func(state any) string { return streamOf(state).String() },
	}
}

func opOf(input any) Op {
	o, ok := input.(Op)
	if !ok {
		panic("BUG: an operation that is not of this object")
	}
	return o
}

func streamOf(state any) stream {
	s, ok := state.(stream)
	if !ok {
		panic("BUG: a state that is not of this object")
	}
	return s
}

// operations is the history as porcupine takes it. The whole call is the
// input: the object is deterministic once the result is known.
func (h History) operations() []porcupine.Operation {
	list, rows := make([]porcupine.Operation, len(h)), h.Rows()
	for i, o := range h {
		list[i] = porcupine.Operation{
			ClientId: rows[[2]int{o.Side, int(o.User)}], Input: o, Output: o.Result, Call: o.Call, Return: o.Return,
		}
	}
	return list
}
