package main

import (
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"
)

// meter shows how far the reading of a capture has come: on a terminal.
type meter struct {
	a     *app
	on    bool
	begun time.Time
	bar   *progressbar.ProgressBar
}

func (m *meter) show(packets int, offset, size int64) {
	if !m.on {
		return
	}
	if m.begun.IsZero() {
		m.begun = time.Now()
	}
	elapsed := time.Since(m.begun)
	if elapsed < time.Second/3 { // what is over at once needs no bar
		return
	}
	if m.bar == nil {
		most := size
		if most <= 0 {
			most = -1
		}
		m.bar = progressbar.NewOptions64(most,
			progressbar.OptionSetWriter(m.a.errs), progressbar.OptionClearOnFinish(), progressbar.OptionSpinnerType(11),
			progressbar.OptionSetPredictTime(true), progressbar.OptionSetElapsedTime(true), progressbar.OptionThrottle(100*time.Millisecond))
	}
	m.bar.Describe(fmt.Sprintf("%s, %s/s", count(packets, "packet"), number(uint64(float64(packets)/elapsed.Seconds()))))
	m.bar.Set64(offset) //nolint:errcheck // what cannot be shown is not shown
}

// clear removes the bar, so that a result can be written.
func (m *meter) clear() {
	if m.bar != nil {
		m.bar.Clear() //nolint:errcheck // the same
	}
}
