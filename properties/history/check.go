package history

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/anishathalye/porcupine"
)

// What Check finds.
var (
	// ErrIllegal: no order of the calls is a run of the object.
	ErrIllegal = errors.New("the history is not linearizable: no two streams of octets behave like this")
	// ErrUnknown: the search was given up. It is a failure like the other.
	ErrUnknown = errors.New("the search for a linearization was given up: nothing is known of the history")
)

// patience is how long a search may take. None comes near it.
const patience = time.Minute

// Check judges a history. Nil means that it is one of the object.
func Check(h History) error {
	return verdict(porcupine.CheckOperationsTimeout(Model(), h.operations(), patience))
}

func verdict(r porcupine.CheckResult) error {
	switch r {
	case porcupine.Ok:
		return nil
	case porcupine.Illegal:
		return ErrIllegal
	case porcupine.Unknown:
		return ErrUnknown
	}
	panic("BUG: no such verdict")
}

// Note is something that happened beside the calls, for the picture: a move of
// the machine.
type Note struct {
	At   int64
	Side int
	Text string
}

// Picture judges a history and draws porcupine's picture of it, a page of
// HTML, with the notes above the calls. Equal histories have equal pictures:
// porcupine finds the partial linearizations in the order of a map, so they are
// put in order before they are drawn.
func Picture(h History, notes []Note) ([]byte, error) {
	m := Model()
	result, info := porcupine.CheckOperationsVerbose(m, h.operations(), patience)
	for _, partition := range info.PartialLinearizations() {
		slices.SortFunc(partition, func(a, b []int) int {
			return cmp.Or(cmp.Compare(len(b), len(a)), slices.Compare(a, b))
		})
	}
	var list []porcupine.Annotation
	for _, n := range notes {
		list = append(list, porcupine.Annotation{
			Tag: "machine of " + string(rune('A'+n.Side)), Start: n.At, Description: n.Text,
			BackgroundColor: "#eef2f7", TextColor: "#333333",
		})
	}
	info.AddAnnotations(list)
	var page bytes.Buffer
	if err := porcupine.Visualize(m, info, &page); err != nil {
		return nil, err
	}
	return page.Bytes(), verdict(result)
}
