package main

import (
	"context"
	"os"
	"runtime"
	"runtime/pprof"
)

// begin is the context of what the flags ask for: it ends at the timeout. done ends it, and the profiles.
func (f *shared) begin(ctx context.Context) (_ context.Context, done func(), err error) {
	stop, err := f.profile()
	if err != nil {
		return nil, nil, err
	}
	ctx, cancel, err := f.limited(ctx)
	if err != nil {
		stop()
		return nil, nil, err
	}
	return ctx, func() { cancel(); stop() }, nil
}

// profile starts the profiles that were asked for; what it returns ends them.
func (f *shared) profile() (stop func(), err error) {
	stop = func() {}
	if f.cpuProfile != "" {
		w, err := os.Create(f.cpuProfile)
		if err != nil {
			return nil, err
		}
		if err := pprof.StartCPUProfile(w); err != nil {
			return nil, err
		}
		stop = func() {
			pprof.StopCPUProfile()
			w.Close() //nolint:errcheck // a profile is for the curious
		}
	}
	if f.memProfile == "" {
		return stop, nil
	}
	w, err := os.Create(f.memProfile)
	if err != nil {
		return nil, err
	}
	inner := stop
	return func() {
		inner()
		runtime.GC()
		pprof.WriteHeapProfile(w) //nolint:errcheck // a profile is for the curious
		w.Close()                 //nolint:errcheck // the same
	}, nil
}
