package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// ours is our own checker, through its public interface, in a process of its own.
func ours(name string, threads int, claims string) job {
	return job{name: name, threads: threads, need: 2, count: ourCount, command: func(_ *workshop, j *job) ([]string, error) {
		self, err := os.Executable()
		argv := []string{self, "child", "-workers", strconv.Itoa(j.threads), "-claims", claims}
		if j.title != "whole" {
			argv = append(argv, "-d", fmt.Sprint(j.size.D), "-m", fmt.Sprint(j.size.M), "-k", fmt.Sprint(j.size.K))
		}
		return argv, err
	}}
}

// spin is SPIN: the verifier that it makes, compiled for what is asked.
func spin(name, mode string, gigabytes int) job {
	options := map[string][]string{
		"exact":   {"-DSAFETY", "-DNOFAIR"},
		"compact": {"-DSAFETY", "-DNOFAIR", "-DHC4"},
		"fair":    {},
	}[mode]
	return job{name: name, threads: 1, need: gigabytes, count: spinCount, differs: mode != "exact", command: func(w *workshop, j *job) ([]string, error) {
		dir := filepath.Join(w.outputs, "spin-"+mode+"-"+j.size.file())
		pan := filepath.Join(dir, "pan")
		generate := []string{"spin", "-a", fmt.Sprint("-DD=", j.size.D), fmt.Sprint("-DM=", j.size.M), fmt.Sprint("-DK=", j.size.K)}
		argv := []string{pan, "-m10000", "-w22"}
		if j.title == "large" {
			argv[2] = "-w26" // slots of its table, as a power of two: not fewer than there are states
		}
		if mode == "fair" {
			generate = append(generate, "-DFAIR")
			argv = append(argv, "-a", "-f", "-N", "answered")
		}
		compile := append([]string{"gcc", "-O3", "-march=native", "-w", "-DNOREDUCE", "-DNOBOUNDCHECK", "-DMEMLIM=10000"}, options...)
		return argv, w.build(dir,
			append(generate, filepath.Join(w.models, "close.pml")),
			append(compile, "-o", pan, "pan.c"))
	}}
}

func rumur(name string, threads int) job {
	return job{name: name, threads: threads, need: 2, count: rumurCount, command: func(w *workshop, j *job) ([]string, error) {
		dir := filepath.Join(w.outputs, fmt.Sprint("rumur-", threads, "-", j.size.file()))
		model := filepath.Join(dir, "close.m")
		err := w.copy(model, "close.m", func(text string) string {
			return strings.NewReplacer("D: 2;", fmt.Sprintf("D: %d;", j.size.D), "M: 1;", fmt.Sprintf("M: %d;", j.size.M),
				"K: 2;", fmt.Sprintf("K: %d;", j.size.K)).Replace(text)
		})
		if err != nil {
			return nil, err
		}
		verifier := filepath.Join(dir, "verifier")
		return []string{verifier}, w.build(dir,
			[]string{"rumur", "--threads", strconv.Itoa(threads), "--deadlock-detection", "stuck", "--output", "verifier.c", model},
			[]string{"gcc", "-std=c11", "-O3", "-march=native", "-mcx16", "-o", verifier, "verifier.c", "-lpthread"})
	}}
}

func stateright(name string, threads, gigabytes int) job {
	return job{name: name, threads: threads, need: gigabytes, count: staterightCount, command: func(w *workshop, j *job) ([]string, error) {
		target := filepath.Join(w.outputs, "stateright")
		binary := filepath.Join(target, "release", "reduced-close")
		argv := []string{binary, fmt.Sprint(j.size.D), fmt.Sprint(j.size.M), fmt.Sprint(j.size.K), strconv.Itoa(threads)}
		return argv, w.build(target, []string{
			"cargo", "build", "--quiet", "--release", "--locked", "--target-dir", target,
			"--manifest-path", filepath.Join(w.models, "stateright", "Cargo.toml"),
		})
	}}
}

func tlc(name string, workers int) job {
	return job{name: name, threads: workers, need: 6, count: tlcCount, command: func(w *workshop, j *job) ([]string, error) {
		dir := filepath.Join(w.outputs, "tlc-"+j.size.file())
		text := fmt.Sprintf("CONSTANTS\n  D = %d\n  M = %d\n  K = %d\nSPECIFICATION Spec\nINVARIANTS Received EndOfStream Everything Remains\n",
			j.size.D, j.size.M, j.size.K)
		if err := w.write(filepath.Join(dir, "Close.cfg"), text); err != nil {
			return nil, err
		}
		err := w.copy(filepath.Join(dir, "Close.tla"), "Close.tla", nil)
		return w.java(dir, "Close", workers), err
	}}
}

// tlcWhole is TLC on the specification of ../tla, with the bounds that the scenario close has in model/system.
func tlcWhole(name string, workers int) job {
	return job{name: name, threads: workers, need: 6, count: tlcWholeCount, command: func(w *workshop, _ *job) ([]string, error) {
		dir, spec := filepath.Join(w.outputs, "tlc-whole"), filepath.Join("..", "..", "tla")
		for _, module := range []string{"TCP.tla", "MC.tla"} {
			if err := w.copy(filepath.Join(dir, module), filepath.Join(spec, module), nil); err != nil {
				return nil, err
			}
		}
		err := w.copy(filepath.Join(dir, "MC.cfg"), filepath.Join(spec, "close.cfg"), func(text string) string {
			return strings.Replace(text, "OctetsA = 0", "OctetsA = 1", 1)
		})
		return w.java(dir, "MC", workers), err
	}}
}

// java is the command line of TLC.
func (w *workshop) java(dir, module string, workers int) []string {
	return []string{
		"java", "-Xmx5g", "-XX:+UseParallelGC", "-cp", w.jar, "tlc2.TLC", "-workers", strconv.Itoa(workers), "-nowarning",
		"-metadir", filepath.Join(dir, "states"), "-config", filepath.Join(dir, module+".cfg"), filepath.Join(dir, module+".tla"),
	}
}
