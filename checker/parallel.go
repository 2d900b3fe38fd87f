package checker

import (
	"sync"
	"sync/atomic"
)

// parallel does tasks 0 to n-1 with the given number of workers, each taking the next task as it becomes free. It
// returns when all are done. A panic in a task is raised again here, where the caller can see it.
func parallel(workers, n int, do func(worker, task int)) {
	if workers = min(workers, n); workers <= 1 {
		for task := range n {
			do(0, task)
		}
		return
	}
	var next atomic.Int64
	var failed atomic.Pointer[any]
	var all sync.WaitGroup
	for worker := range workers {
		all.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					failed.CompareAndSwap(nil, &p)
				}
			}()
			for {
				task := int(next.Add(1)) - 1
				if task >= n || failed.Load() != nil {
					return
				}
				do(worker, task)
			}
		})
	}
	all.Wait()
	if p := failed.Load(); p != nil {
		panic(*p)
	}
}

// inChunks calls do for consecutive ranges of [lo, hi), in parallel; task is the number of the range.
func inChunks(workers, lo, hi, size int, do func(worker, task, lo, hi int)) {
	parallel(workers, (hi-lo+size-1)/size, func(worker, task int) {
		first := lo + task*size
		do(worker, task, first, min(first+size, hi))
	})
}
