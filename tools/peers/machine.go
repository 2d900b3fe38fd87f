package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

// Machine is what the timings depend on.
type Machine struct {
	CPU    string `json:"cpu"`
	Cores  int    `json:"cores"`
	Memory int    `json:"memory"` // GB
	System string `json:"system"`
}

// describe says what is timed, on what, and with which versions of the others.
func describe(ctx context.Context) (r Results, err error) {
	ask := func(pattern string, argv ...string) string {
		out, _ := exec.CommandContext(ctx, argv[0], argv[1:]...).CombinedOutput() //nolint:gosec // the commands below; SPIN exits with 1
		m := regexp.MustCompile(pattern).FindString(string(out))
		if m == "" && err == nil {
			err = fmt.Errorf("%s says: %s", strings.Join(argv, " "), out)
		}
		return m
	}
	// Everything that runs when we are timed, and nothing that is written by timing.
	trees := strings.Fields(ask(`(?s)^[0-9a-f]{40}\s.*`, "git", "rev-parse", "HEAD:checker", "HEAD:model", "HEAD:properties",
		"HEAD:docs/benchmarks/reduced", "HEAD:docs/benchmarks/stateright", "HEAD:docs/benchmarks/close.pml", "HEAD:docs/benchmarks/close.m",
		"HEAD:docs/benchmarks/Close.tla", "HEAD:tla/TCP.tla"))
	for i := range trees {
		trees[i] = trees[i][:min(8, len(trees[i]))]
	}
	r.Source = strings.Join(trees, " ")
	dirty, failed := exec.CommandContext(ctx, "git", "status", "--porcelain", "checker", "model", "properties", "docs/benchmarks/reduced").Output()
	if failed != nil {
		return r, failed
	}
	if len(dirty) > 0 {
		return r, fmt.Errorf("what is timed must be committed first:\n%s", dirty)
	}
	r.Versions = []string{
		"finwait with " + runtime.Version(),
		ask(`Spin Version \d\S*`, "spin", "-V"),
		ask(`Rumur version \S+`, "rumur", "--version"),
		"Stateright 0.31.0 with " + ask(`rustc \d\S*`, "rustc", "--version"),
		"TLC " + ask(`Version \d\S*`, "java", "-cp", jar, "tlc2.TLC", "-help") + " with " + ask(`openjdk version "[^"]+"`, "java", "-version"),
		ask(`gcc.*`, "gcc", "--version"),
	}
	r.Machine = Machine{CPU: field("/proc/cpuinfo", "model name"), Cores: runtime.NumCPU(), System: ask(`\S+`, "uname", "-s") + " " + runtime.GOARCH}
	kilobytes, _ := strconv.Atoi(strings.TrimSuffix(field("/proc/meminfo", "MemTotal"), " kB"))
	r.Machine.Memory = (kilobytes + 1<<19) >> 20
	return r, err
}

// field is the value of the first line of a file that begins with a name and a colon; empty if there is none.
func field(file, name string) string {
	text, _ := os.ReadFile(file) //nolint:gosec // of /proc
	for line := range strings.Lines(string(text)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// available is how much memory is free, in GB.
func available() float64 {
	kilobytes, _ := strconv.Atoi(strings.TrimSuffix(field("/proc/meminfo", "MemAvailable"), " kB"))
	return float64(kilobytes) / (1 << 20)
}

// load is the load of the last minute.
func load() float64 {
	text, _ := os.ReadFile("/proc/loadavg")
	first, _, _ := strings.Cut(string(text), " ")
	n, _ := strconv.ParseFloat(first, 64)
	return n
}
