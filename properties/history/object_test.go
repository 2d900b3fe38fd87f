package history

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model"
)

// in reads a history that is written by hand: a call a line.
func in(t *testing.T, lines ...string) History {
	t.Helper()
	h, err := Parse(strings.Join(lines, "\n"))
	require.NoError(t, err)
	require.Len(t, h, len(lines))
	return h
}

func TestPropertyObject(t *testing.T) {
	for _, x := range objectCases() {
		t.Run(x.name, func(t *testing.T) {
			if err := Check(in(t, x.calls...)); x.legal {
				assert.NoError(t, err)
			} else {
				assert.ErrorIs(t, err, ErrIllegal)
			}
		})
	}
}

// A legal history in which one result is falsified is legal no more: no octet
// can be missing or come twice, and no result be another.
func TestPropertyFalsifiedHistories(t *testing.T) {
	falsified := 0
	for seed := range uint64(60) {
		rec, err := Record("half-close", model.Options{}, seed, false)
		require.NoError(t, err)
		last := rec.Recorder.now
		for i, o := range rec.History {
			var lies []Op
			lie := func(f func(*Op)) {
				o := o
				f(&o)
				lies = append(lies, o)
			}
			switch {
			case o.Kind == Read && o.Result == OK:
				lie(func(o *Op) { o.Data = o.Data[:len(o.Data)-1] })
				lie(func(o *Op) { o.Data = o.Data[1:] })
				lie(func(o *Op) { o.Data += o.Data })
				lie(func(o *Op) { o.Data, o.Result = "", EOF })
			case o.Kind == Read && o.Result == EOF:
				lie(func(o *Op) { o.Result, o.Call, o.Return = TimedOut, last, last })
				lie(func(o *Op) { o.Data, o.Result = "?", OK })
			case o.Kind == Read && o.Result == TimedOut:
				lie(func(o *Op) { o.Result = EOF })
			case o.Kind == AwaitClose:
				lie(func(o *Op) { o.Result = TimedOut })
			}
			if o.Kind != Abort {
				lie(func(o *Op) { o.Result = Reset })
			}
			for _, l := range lies {
				h := append(History{}, rec.History...)
				h[i] = l
				falsified++
				assert.ErrorIs(t, Check(h), ErrIllegal, "seed %d: %v instead of %v", seed, l, o)
			}
		}
	}
	t.Logf("%d histories", falsified)
}

// A search that is given up is a failure, and not a pass.
func TestPropertyUnknownIsAFailure(t *testing.T) {
	assert.ErrorIs(t, verdict("Unknown"), ErrUnknown)
}

// What is printed is read again.
func TestPropertyTextIsParsed(t *testing.T) {
	rec, err := Record("abort", model.Options{}, 3, false)
	require.NoError(t, err)
	h, err := Parse(rec.History.Text())
	require.NoError(t, err)
	assert.Equal(t, rec.History, h)
}
