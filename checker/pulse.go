package checker

import (
	"sync"
	"sync/atomic"
	"time"
)

// pulse is what a matrix exploration does now and then in the middle of a layer, which may take long.
type pulse struct {
	done     atomic.Int64 // tasks of the layer
	beating  sync.Mutex
	reported time.Time
}

// beat is the least time between two reports within a layer.
const beat = time.Second / 4

// tick is called by workers, after each task. One of them at a time looks at the clock; the others go on.
func (x *layers) tick(tasks int) {
	done := x.done.Add(1)
	x.spill.ease()
	if x.progress == nil || !x.beating.TryLock() {
		return
	}
	defer x.beating.Unlock()
	if time.Since(x.reported) >= beat {
		left := 1 - float64(done)/float64(tasks)
		x.report(int(float64(x.found-x.expanded) * left))
	}
}

// report calls the progress function.
func (x *layers) report(frontier int) {
	if x.progress == nil {
		return
	}
	x.reported = time.Now()
	x.progress(Progress{
		States: x.found, Depth: x.depth, Frontier: frontier, Resumed: x.resumed, Bytes: x.bytes(), Spilled: x.spill.onDisk(), Elapsed: x.reported.Sub(x.began),
	})
}
