package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// run compares the checkers and then times them: each row once, then each row again, so that what disturbs the machine
// for a while disturbs all of them.
func run(ctx context.Context, c config) error {
	w, err := newWorkshop(ctx)
	if err != nil {
		return err
	}
	r, err := loadResults(results)
	if err != nil {
		return err
	}
	now, err := describe(ctx)
	if err != nil {
		return err
	}
	if c.fresh {
		r = &Results{Rows: map[string][]Sample{}}
	}
	if len(r.Rows) > 0 && (r.Source != now.Source || r.Machine != now.Machine) {
		return fmt.Errorf("%s is of other sources, or another machine: -fresh begins anew", results)
	}
	if !r.Compared || r.Source != now.Source || !slices.Equal(r.Versions, now.Versions) {
		if err := w.verify(); err != nil {
			return err
		}
	}
	r.Source, r.Machine, r.Versions, r.Compared = now.Source, now.Machine, now.Versions, true
	if err := r.save(results); err != nil {
		return err
	}
	return w.rounds(r, c)
}

// rounds takes samples until each row has as many as it should have.
func (w *workshop) rounds(r *Results, c config) error {
	wanted := map[string]int{"small": c.runs, "large": c.large, "whole": c.whole}
	for round := 1; ; round++ {
		left := false
		for _, j := range jobs() {
			if round > wanted[j.title] || !c.rows.MatchString(j.key()) {
				continue
			}
			left = true
			if len(r.Rows[j.key()]) >= round {
				continue
			}
			if free := available(); free < float64(j.need) {
				return fmt.Errorf("%s may need %d GB, and %.1f GB are free", j.key(), j.need, free)
			}
			s, err := w.time(&j)
			if err != nil {
				return err
			}
			fmt.Printf("%s  %-60s %8.1f s, processor %8.1f s, %6.0f MB\n", time.Now().Format(time.TimeOnly), fmt.Sprintf("%s, %d", j.key(), round), s.Wall, s.CPU, float64(s.Memory)/1e6)
			r.Rows[j.key()] = append(r.Rows[j.key()], s)
			if err := r.save(results); err != nil {
				return err
			}
		}
		if !left {
			break
		}
	}
	if len(r.Rows) == 0 {
		return errors.New("nothing was timed: no row has such a name")
	}
	return nil
}
