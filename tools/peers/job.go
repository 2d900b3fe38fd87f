package main

import (
	"fmt"
	"regexp"
	"strconv"

	"finwait/docs/benchmarks/reduced"
)

// The sizes of the reduced close at which there are timings, and those at which the checkers are only compared. The
// numbers of states and transitions are what docs/benchmarks/reduced's tests hold our own checker to.
var (
	small = size{reduced.Params{D: 2, M: 1, K: 2}, 1_641_620, 17_161_556}
	large = size{reduced.Params{D: 4, M: 1, K: 2}, 50_552_434, 553_711_272}

	compared = []size{
		{reduced.Params{D: 1, M: 1, K: 1}, 8_834, 47_352},
		{reduced.Params{D: 2, M: 2, K: 1}, 55_090, 315_874},
		{reduced.Params{D: 1, M: 1, K: 2}, 103_825, 1_002_818},
	}
	// whole is the close of model/system by its own bounds: one octet from each side, two segments in flight.
	whole = size{states: 422_769, transitions: 5_472_286}
)

type size struct {
	reduced.Params
	states, transitions int
}

// file names the size in names of files.
func (s size) file() string { return fmt.Sprintf("%d-%d-%d", s.D, s.M, s.K) }

// job is a row: a checker, in a mode, at a size.
type job struct {
	name    string // "SPIN", say: the key of its samples is this and the size
	title   string // of the size
	size    size
	threads int
	need    int // gigabytes that must be free
	command func(w *workshop, j *job) (argv []string, err error)
	count   counter
	differs bool // it does not count the states of the model: a product with a claim, or with states lost
}

func (j *job) key() string { return j.title + "/" + j.name }

// counter reads counts off what a checker printed, and what it adds to the transitions of the model.
type counter struct {
	pattern *regexp.Regexp // named groups: states, transitions
	clean   *regexp.Regexp // must be there: nothing was found, nothing cut off
	dirty   *regexp.Regexp // must not
	extra   int            // counted as transitions, and none of the model's
	digits  int            // how many digits of a number are printed, if not all
}

var (
	ourCount = counter{
		pattern: regexp.MustCompile(`states (?P<states>\d+) transitions (?P<transitions>\d+)`), clean: regexp.MustCompile(`all hold`),
	}
	ourTables = regexp.MustCompile(`(?m)^states \d+ transitions \d+ bytes (\d+)$`)
	// SPIN counts the initial state among the transitions.
	spinCount = counter{
		pattern: regexp.MustCompile(`(?s)(?P<states>\d+) states, stored.*?(?P<transitions>[\d.e+]+) transitions \(= `),
		clean:   regexp.MustCompile(`errors: 0\n`), dirty: regexp.MustCompile(`max search depth too small|Search not completed|out of memory`), extra: 1, digits: 8,
	}
	// Stateright too.
	staterightCount = counter{pattern: regexp.MustCompile(`states (?P<states>\d+) generated (?P<transitions>\d+)`), extra: 1}
	// rumur has a rule that does nothing at the end, so that the end is no deadlock.
	rumurCount = counter{
		pattern: regexp.MustCompile(`(?P<states>\d+) states, (?P<transitions>\d+) rules fired`), clean: regexp.MustCompile(`No error found`), extra: 1,
	}
	// TLC has the same, and counts the initial state.
	tlcCount = counter{
		pattern: regexp.MustCompile(`(?m)^(?P<transitions>\d+) states generated, (?P<states>\d+) distinct states found, 0 states left`),
		clean:   regexp.MustCompile(`No error has been found`), extra: 2,
	}
	// In the whole specification nothing is added at the end: deadlocks are not looked for.
	tlcWholeCount = counter{pattern: tlcCount.pattern, clean: tlcCount.clean, extra: 1}
)

// read reads the counts, in the model's own terms.
func (c counter) read(out string) (states, transitions int, err error) {
	m := c.pattern.FindStringSubmatch(out)
	if m == nil || c.clean != nil && !c.clean.MatchString(out) || c.dirty != nil && c.dirty.MatchString(out) {
		return 0, 0, fmt.Errorf("this is not the end of a search that found nothing:\n%s", out)
	}
	states, err = strconv.Atoi(m[c.pattern.SubexpIndex("states")])
	if err == nil {
		var n float64 // exact below 2^53
		n, err = strconv.ParseFloat(m[c.pattern.SubexpIndex("transitions")], 64)
		transitions = int(n)
	}
	return states, transitions - c.extra, err
}

// same tells whether what was read as x transitions may be y.
func (c counter) same(x, y int) bool {
	if c.digits == 0 {
		return x == y
	}
	return fmt.Sprintf("%.*g", c.digits, float64(x+c.extra)) == fmt.Sprintf("%.*g", c.digits, float64(y+c.extra))
}

// jobs are all rows, in the order in which they take turns.
func jobs() (list []job) {
	add := func(title string, s size, j job) {
		j.title, j.size = title, s
		list = append(list, j)
	}
	one, two := 1, 2
	for _, at := range []struct {
		title string
		size
		gigabytes int
	}{{"small", small, 3}, {"large", large, 8}} {
		add(at.title, at.size, ours("finwait, safety, 1 thread", one, "safety"))
		add(at.title, at.size, spin("SPIN, safety", "exact", at.gigabytes))
		add(at.title, at.size, ours("finwait, safety, 2 threads", two, "safety"))
		add(at.title, at.size, stateright("Stateright, 2 threads", two, at.gigabytes))
		add(at.title, at.size, ours("finwait, safety and both-close, 1 thread", one, "live"))
		add(at.title, at.size, spin("SPIN, hash-compact", "compact", at.gigabytes))
		if at.title == "large" {
			continue
		}
		add(at.title, at.size, ours("finwait, safety and answered, 1 thread", one, "answered"))
		add(at.title, at.size, spin("SPIN, safety and answered, weakly fair", "fair", at.gigabytes))
		add(at.title, at.size, stateright("Stateright, 1 thread", one, at.gigabytes))
		add(at.title, at.size, rumur("rumur, 1 thread", one))
		add(at.title, at.size, tlc("TLC, 2 workers", two))
	}
	add("whole", whole, ours("finwait, safety, 2 threads", two, "safety"))
	add("whole", whole, tlcWhole("TLC, 2 workers", two))
	add("whole", whole, ours("finwait, safety, 1 thread", one, "safety"))
	add("whole", whole, ours("finwait, safety and both-close, 1 thread", one, "live"))
	return list
}
