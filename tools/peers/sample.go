package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// Sample is one run of one row.
type Sample struct {
	Wall        float64 `json:"wall"`             // seconds from the start of the process to its end
	CPU         float64 `json:"cpu"`              // seconds of processor time, of user and system, all threads
	Memory      int64   `json:"memory"`           // the most that was resident, in bytes
	Tables      int64   `json:"tables,omitempty"` // what our own checker says that its tables take, in bytes
	States      int     `json:"states"`           // counted
	Transitions int     `json:"transitions"`      // counted, less what the checker adds to those of the model
	Load        float64 `json:"load"`             // how many processes wanted to run in the minute before
}

// measure runs a process. It is an error if it does not start, or fails.
func (s *Sample) measure(cmd *exec.Cmd) error {
	began := time.Now()
	err := cmd.Run()
	s.Wall = time.Since(began).Seconds()
	if err != nil {
		return err
	}
	s.CPU = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		s.Memory = usage.Maxrss << 10 // Linux counts it in units of 1024 bytes
	}
	return nil
}

// Results are what the page is made of.
type Results struct {
	Source   string              `json:"source"` // which checker and models were timed: git's names of their trees
	Machine  Machine             `json:"machine"`
	Versions []string            `json:"versions"`
	Compared bool                `json:"compared"` // all have counted the same
	Rows     map[string][]Sample `json:"rows"`     // by "size/name"
}

// load reads the results there are; none is no error.
func loadResults(path string) (*Results, error) {
	r := &Results{Rows: map[string][]Sample{}}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err == nil {
		err = json.Unmarshal(text, r)
	}
	return r, err
}

// save writes the results beside their place and then moves them there, so that an interrupt leaves the old ones.
func (r *Results) save(path string) error {
	text, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", append(text, '\n'), 0o644); err != nil { //nolint:gosec // not secret
		return err
	}
	return os.Rename(path+".new", path)
}

// median is the middle of what f says of the samples, or the mean of the two middle ones; 0 if there are none.
func median(samples []Sample, f func(Sample) float64) float64 {
	var list []float64
	for _, s := range samples {
		list = append(list, f(s))
	}
	slices.Sort(list)
	n := len(list)
	if n == 0 {
		return 0
	}
	return (list[(n-1)/2] + list[n/2]) / 2
}

func wall(s Sample) float64   { return s.Wall }
func cpu(s Sample) float64    { return s.CPU }
func memory(s Sample) float64 { return float64(s.Memory) }
func tables(s Sample) float64 { return float64(s.Tables) }
func busy(s Sample) float64   { return s.Load }
