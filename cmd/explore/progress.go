package main

import (
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"

	"finwait/checker"
)

// bar shows progress on standard error: on a terminal, or if asked for.
type bar struct {
	bar  *progressbar.ProgressBar
	a    *app
	on   bool
	tty  bool
	last time.Time
}

func (a *app) bar(f *shared) *bar {
	on := a.terminal && !f.quiet
	if f.given("progress") {
		on = f.progress
	}
	return &bar{a: a, on: on, tty: a.terminal}
}

// show tells how far an exploration has come.
func (b *bar) show(name string, p checker.Progress) {
	if !b.on || b.tty && p.Elapsed < time.Second/3 { // what is over at once needs no bar
		return
	}
	text := fmt.Sprintf("%s: %s, %s to go, depth %d, %s/s, %d MB",
		name, count(p.States, "state"), number(p.Frontier), p.Depth, number(uint64(max(0, p.Rate()))), p.Bytes/1e6)
	if p.Spilled > 0 {
		text += fmt.Sprintf(", %d MB on disk", p.Spilled/1e6)
	}
	if !b.tty {
		if now := time.Now(); now.Sub(b.last) >= time.Second {
			b.last = now
			fmt.Fprintln(b.a.errs, text)
		}
		return
	}
	if b.bar == nil {
		b.bar = progressbar.NewOptions64(-1,
			progressbar.OptionSetWriter(b.a.errs), progressbar.OptionClearOnFinish(),
			progressbar.OptionSpinnerType(11), progressbar.OptionSetElapsedTime(true),
			progressbar.OptionThrottle(100*time.Millisecond))
	}
	b.bar.Describe(text)
	b.bar.Set(p.States) //nolint:errcheck // what cannot be shown is not shown
}

// clear removes the bar, so that a result can be written.
func (b *bar) clear() {
	if b.bar != nil {
		b.bar.Finish() //nolint:errcheck // the same
		b.bar.Clear()  //nolint:errcheck // the same
		b.bar = nil
	}
}
