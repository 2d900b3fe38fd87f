package main

import (
	"os"
	"runtime"
	"runtime/pprof"
)

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
